"""A3: LINE forgets a retry key after 24 hours, so ours end after 23: by which clock, and through sleep and restored backups."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from shopdesk.at_rest import restore_shop
from tests.faults.cases import Check
from tests.faults.sending.stage import Lent, Scene, Stage

HOURS = tuple(timedelta(hours=hour, minutes=minute) for hour, minute in ((22, 59), (23, 1), (23, 59), (24, 1)))
WAYS_OF_TIME = ("plain", "two hours slow", "a day slow", "two days fast", "asleep", "restored")
EDGE = timedelta(hours=23)
# How wrong the computer's clock is when the sender comes back.
_WRONG = {"two hours slow": -timedelta(hours=2), "a day slow": -timedelta(days=1), "two days fast": timedelta(days=2)}


def aged(stage: Lent) -> Callable[[int, Random], Check]:
    """Return the maker of the cases: the 24, then random spans and errors of the clock."""

    def make(number: int, random: Random) -> Check:
        how, span = divmod(number % (len(HOURS) * len(WAYS_OF_TIME)), len(HOURS))
        by = HOURS[span]
        if number >= len(HOURS) * len(WAYS_OF_TIME):
            by = timedelta(minutes=random.randint(60, 3_000))
        return lambda folder: come_back(stage(), folder, WAYS_OF_TIME[how], by)

    return make


def come_back(stage: Stage, folder: Path, how: str, by: timedelta) -> None:
    """LINE takes a request and its answers are lost; the sender comes back after so long."""
    with stage.scene(folder) as scene:
        made, ends = scene.draft("multicast"), scene.pc.now() + by
        scene.fault(endpoint="multicast", times=9_999, answer=500, accept=True)
        if how == "asleep":
            _asleep(scene, made, ends)
        else:
            assert scene.send(made).state == "paused"
            scene.mended()
            _away(stage, scene, how, ends)
        before = len(scene.sends())
        status = scene.send(made)
        past = max(by, by + _WRONG.get(how, timedelta())) >= EDGE
        people = len(scene.received())
        wanted = (0, people) if past else (people, 0)
        assert (status.state, status.accepted, status.unknown) == ("finished", *wanted), status
        assert len(scene.sends()) - before == (0 if past or how == "asleep" else 1)
        assert scene.received() == [1] * people
        if past:
            assert all("23 hours" in one.sentence for one in scene.shop.broadcasts.people(made, "unknown"))
        scene.sound()


def _asleep(scene: Scene, made: int, ends: datetime) -> None:
    """The computer sleeps while the sender waits to try again; LINE is well when it wakes."""

    async def nap(_seconds: float) -> None:
        scene.later(ends - scene.pc.now())
        scene.mended()

    scene.shop.broadcasts.send(made, sleep=nap)


def _away(stage: Stage, scene: Scene, how: str, ends: datetime) -> None:
    """Let the time go by; a restored home is looked at and let go by its owner."""
    if how == "restored":
        file, _rows = scene.shop.back_up()
        scene.shop.close()
        restore_shop(file, scene.shop.home.path)
        with closing(stage.opened(scene.shop.home.path, scene.pc)) as again:
            again.lift_quarantine()
        scene.shop = stage.opened(scene.shop.home.path, scene.pc)
    scene.later(ends - scene.pc.now())
    scene.pc.move(_WRONG.get(how, timedelta()))
