"""H9: kill -9 at each moment of a survey's step in the talk; the gateway comes back while the reply token lives, or after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import func, select

from shopdesk.coupons import Offer
from shopdesk.gateway.draining import Drainer
from shopdesk.rehearsal.talk import act
from shopdesk.surveys import Form, Option, Person, Question
from shopdesk.surveys.tables import SurveyResponseRow
from tests.faults.cases import Check
from tests.faults.sending.stage import Lent, Scene, Stage
from tests.faults.webhooks.deliveries import Event, body, resting, sound
from tests.people import person

POINTS = (
    "inbox: put",
    "event: take",
    "talk: written",
    "events: apply",
    "inbox: done",
    "reply: out",
    "reply: read",
    "reply: noted",
)
WHEN = ("before", "after")
PAUSES_S = (2, 90)
STEPS = 4
EXHAUSTIVE = len(POINTS) * len(WHEN) * STEPS * len(PAUSES_S)
_WORD, _WHAT = "ごかんそう", "もしもし、届いていますか"
_ASKED = ("一つめの質問", "二つめの質問", "三つめの質問", "以上です")
_SAID = {"味": ("おいしい",), "声": ("また来ます",), "点": ("5",)}
_FORM = Form(
    "感想",
    "",
    (
        Question("味", _ASKED[0], "one", options=(Option("おいしい"), Option("ふつう"))),
        Question("声", _ASKED[1], "text"),
        Question("点", _ASKED[2], "rating", least=1, most=5),
    ),
    keyword=_WORD,
    thanks=_ASKED[3],
)
_TURNS = 10


@dataclass(frozen=True)
class Moment:
    """Where the gateway dies: while the friend's nth word or tap is taken; and after how long another one starts."""

    point: str
    when: str
    step: int
    pause_s: int

    @classmethod
    def number(cls, number: int) -> Moment:
        """Return one of them all."""
        rest, pause = divmod(number, len(PAUSES_S))
        rest, step = divmod(rest, STEPS)
        point, when = divmod(rest, len(WHEN))
        return cls(POINTS[point], WHEN[when], step, PAUSES_S[pause])


class _Shifted:
    """The clock of the computer and of LINE, put forward while no gateway runs."""

    def __init__(self) -> None:
        self.by = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.by


class _Friend:
    """Somebody who answers what they are asked, and asks back where nothing comes."""

    def __init__(self, scene: Scene) -> None:
        self._rehearsal = scene.there.rehearsal
        self.user_id = next(iter(self._rehearsal.people)).user_id
        self._before = 0  # how many questions were there when they last did something

    def received(self) -> list[dict[str, Any]]:
        return list(self._rehearsal.people.meet(self.user_id).received())

    def seen(self) -> list[int]:
        """Return the questions on the phone in their order, by their places; the thanks are the last."""
        texts = [str(one.get("text")) for one in self.received()]
        return [place for said in texts for place, title in enumerate(_ASKED) if title in said]

    def acts(self) -> Event:
        """Answer the newest question; where none has come since the last answer, ask what became of it."""
        seen = self.seen()
        waits, self._before = len(seen) == self._before, len(seen)
        if not seen or seen[-1] >= len(_SAID):
            return self._does(text=_WORD)
        if waits:
            return self._does(text=_WHAT)
        (said,) = list(_SAID.values())[seen[-1]]
        items = self.received()[-1]["quickReply"]["items"]
        tapped = [one["action"] for one in items if one["action"]["label"] == said]
        return self._does(tap={"action": tapped[0]}) if tapped else self._does(text=said)

    def _does(self, **what: Any) -> Event:
        happened = act(self._rehearsal, self.user_id, what)
        assert happened is not None
        return happened


def died(stage: Lent) -> Callable[[int, Random], Check]:
    """Make a case of H9; beyond them all a random one again."""

    def make(number: int, random: Random) -> Check:
        moment = Moment.number(number if number < EXHAUSTIVE else random.randrange(EXHAUSTIVE))
        return lambda folder: die(stage(), folder, moment)

    return make


def die(stage: Stage, folder: Path, moment: Moment) -> None:
    """Kill the gateway there, start another, let LINE deliver again, and let the friend go on.

    Every answer is kept once. While the reply token lives the friend is asked what is theirs now, once; after it the next thing
    they say brings the question, and is no answer to it. No question is passed over, none is asked twice without need.
    """
    clock = _Shifted()
    with stage.scene(folder, 1, clock=clock) as scene:
        friend, customer = _Friend(scene), _prepared(scene)
        for _ in range(moment.step):
            _hear(scene, friend.acts())
        sent = body(friend.acts())
        steps = [["arm talk", moment.point, moment.when], ["keep", sent.decode()], ["drain", ""], ["speak"]]
        said = stage.processes.ended(stage.processes.start(scene.shop.home.path, steps))
        assert said == "killed", said
        clock.by += timedelta(seconds=moment.pause_s)
        with resting(scene) as inbox:
            if inbox.kept() == moment.step:  # it was not kept when it died, so LINE was not answered
                inbox.put([sent], clock.now())
        _hear(scene)
        _check_restart(scene, friend, moment)
        _hear(scene, sent)
        _check_restart(scene, friend, moment)
        _to_the_end(scene, friend, customer)
        _check_end(scene, friend, moment, customer)


def _prepared(scene: Scene) -> int:
    shop = scene.shop
    gift = shop.coupons.publish(shop.coupons.create(Offer("お礼", "yen_off", 100)).id).id
    shop.surveys.publish(shop.surveys.create(replace(_FORM, gift_coupon=gift)).id)
    customer = person(shop)
    shop.friends.link(next(iter(scene.there.rehearsal.people)).user_id, customer)
    return customer


def _hear(scene: Scene, *happened: Event | bytes) -> None:
    """Be a gateway that starts, takes what came, and answers."""
    with resting(scene) as inbox:
        for one in happened:
            inbox.put([one if isinstance(one, bytes) else body(one)], scene.shop.clock.now())
        Drainer(scene.shop, inbox).drain()
    scene.shop.talks.machine.speak()


def _check_restart(scene: Scene, friend: _Friend, moment: Moment) -> None:
    seen, given = friend.seen(), _answers(scene)
    before = list(range(moment.step))
    assert seen[: moment.step] == before, f"the friend saw {seen}"
    if moment.pause_s == min(PAUSES_S):
        assert seen == [*before, moment.step], f"after the restart the friend saw {seen}"
    else:
        assert seen in (before, [*before, moment.step]), f"after the token's end the friend saw {seen}"
    assert list(given) == list(_SAID)[: moment.step], f"kept: {given}"


def _to_the_end(scene: Scene, friend: _Friend, customer: int) -> None:
    survey = scene.shop.surveys.find("感想").id
    for _ in range(_TURNS):
        found = scene.shop.surveys.answering.look(survey, Person(customer))
        if found is not None and found.finished:
            return
        _hear(scene, friend.acts())
    raise AssertionError(f"the friend saw {friend.seen()} and never came to the end")


def _check_end(scene: Scene, friend: _Friend, moment: Moment, customer: int) -> None:
    assert _answers(scene) == _SAID, f"kept: {_answers(scene)}"
    seen = friend.seen()
    steps = [after - before for before, after in pairwise(seen)]
    assert set(steps) <= {0, 1}, f"a question was passed over: {seen}"
    if moment.pause_s == min(PAUSES_S):
        assert seen == list(range(STEPS)), f"asked twice: {seen}"
    assert len(scene.shop.coupons.held_by(customer)) == 1
    with scene.shop.database.read() as session:
        assert session.scalar(select(func.count()).select_from(SurveyResponseRow)) == 1
    sound(scene.shop)


def _answers(scene: Scene) -> dict[str, tuple[str, ...]]:
    shop = scene.shop
    friend = shop.friends.page(limit=1)[0]
    found = shop.surveys.answering.look(shop.surveys.find("感想").id, Person(friend.customer_id))
    return {name: one.words for name, one in found.answers.items()} if found else {}
