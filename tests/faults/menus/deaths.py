"""M1: kill -9 before and after every write and every call to LINE, while one menu is replaced and another is given to a segment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from shopdesk.clock import SystemClock
from shopdesk.menus import Action, Area, Design, Plan, Tab
from shopdesk.segments import Condition
from tests.faults.cases import Check
from tests.faults.sending.stage import Lent, Scene, Stage
from tests.people import person

# What one whole run of this case does: it is counted again by the control that nothing is left out.
WRITES, CALLS = 36, 12
POINTS = (("menus: write", WRITES), ("menus: call", CALLS))
WHEN = ("before", "after")
EXHAUSTIVE = sum(times for _point, times in POINTS) * len(WHEN)
_FRIENDS = 4
_REGULAR = "常連"


@dataclass(frozen=True)
class Death:
    """Where the program dies: before or after its nth write or call."""

    point: str
    when: str
    nth: int

    @classmethod
    def number(cls, number: int) -> Death:
        """Return one of them all."""
        rest, when = divmod(number, len(WHEN))
        for point, times in POINTS:
            if rest < times:
                return cls(point, WHEN[when], rest + 1)
            rest -= times
        raise AssertionError(number)


def died(stage: Lent) -> Callable[[int, Random], Check]:
    """Return the maker of the cases: every place once, then two deaths after each other at random ones."""

    def make(number: int, random: Random) -> Check:
        deaths = (
            [Death.number(number)]
            if number < EXHAUSTIVE
            else [Death.number(random.randrange(EXHAUSTIVE)) for _ in "12"]
        )
        return lambda folder: die_and_settle(stage(), folder, *deaths)

    return make


def die_and_settle(stage: Stage, folder: Path, *deaths: Death, must: bool = True) -> None:
    """Let the program die there; somebody leaves the segment; another run settles, and everybody sees what they are to see.

    `must`: whether each place has to be reached; a second death may come when nothing is left to do.
    """
    with stage.scene(folder, _FRIENDS, clock=SystemClock()) as scene:
        prepare(scene)
        for nth, death in enumerate(deaths):
            said = _run(stage, scene, [["arm menus", death.point, death.when, death.nth], ["settle menus"]])
            assert said == "killed" or nth or not must, f"{death} was not reached: {said}"
            assert scene.shop.menus.broken() == []
            assert "" not in seen(scene), f"somebody sees no menu after {death}"
        first = scene.shop.friends.page(limit=_FRIENDS)[-1].customer_id
        scene.shop.customers.untag([first or 0], _REGULAR)
        scene.shop.menus.settle()
        assert seen(scene) == ["次", "常連", "次", "次"], f"seen: {seen(scene)}"
        assert on_line(scene) == ["常連", "次", "次"], f"on LINE: {on_line(scene)}"
        assert scene.shop.menus.settle().nothing, "it was not settled"
        scene.sound()


def prepare(scene: Scene) -> None:
    """Two of four friends are regulars; a menu of two tabs is up, is written anew and published, and so is one for regulars."""
    shop = scene.shop
    for number, friend in enumerate(reversed(shop.friends.page(limit=_FRIENDS))):
        who = person(shop, f"見本 {number}")
        shop.friends.link(friend.user_id, who)
        if number < 2:
            shop.customers.tag([who], _REGULAR)
    shop.segments.save(_REGULAR, Condition("tags", "is", (_REGULAR,)))
    common = shop.menus.create(_plan("前", "a", "b")).id
    shop.menus.publish(common)
    shop.menus.settle()
    shop.menus.change(common, _plan("次", "a", "b"))
    shop.menus.publish(common)
    best = shop.menus.create(_plan("常連", "c", segment_id=shop.segments.get(_REGULAR).id)).id
    shop.menus.publish(best)
    shop.menus.order([best, common])


def _plan(bar: str, *tabs: str, **more: int) -> Plan:
    # Each tab turns to the next one, the last to the first.
    turns = zip(tabs, (*tabs[1:], tabs[0]), strict=True)
    made = tuple(Tab(one, one, (Area(0, 0, 800, 270, Action("tab", next_), "star", bar),)) for one, next_ in turns)
    return Plan(bar, Design(800, 270, bar, made), **more)


def _run(stage: Stage, scene: Scene, steps: list[list[object]]) -> str:
    return stage.processes.ended(stage.processes.start(scene.shop.home.path, steps))


def seen(scene: Scene) -> list[str]:
    """The bars of the menus that the friends see."""
    menus = scene.there.rehearsal.rich_menus
    found = (menus.shown_to(one) for one in scene.there.rehearsal.people)
    return [one.wanted["chatBarText"] if one else "" for one in found]


def on_line(scene: Scene) -> list[str]:
    """The bars of all menus that LINE has."""
    return sorted(one.wanted["chatBarText"] for one in scene.there.rehearsal.rich_menus.by_id.values())


def counted(stage: Stage, folder: Path) -> dict[str, int]:
    """How often a whole run comes to each point."""
    with stage.scene(folder, _FRIENDS, clock=SystemClock()) as scene:
        prepare(scene)
        said = _run(stage, scene, [["count menus"], ["settle menus"], ["counted menus"]])
    writes, calls = map(int, said.split())
    return {"menus: write": writes, "menus: call": calls}
