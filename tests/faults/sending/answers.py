"""A2: twenty kinds of what LINE, or the way to it, answers; at three places; once, five times, for ever."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock

from yarl import URL

from shopdesk.broadcasts import Status
from shopdesk.broadcasts.claiming import HANDS, Hand
from shopdesk.line import limits, sending
from shopdesk.line.sending import Sending
from shopdesk.rehearsal.faults import KINDS as REHEARSED
from tests.faults.cases import Check
from tests.faults.sending.kills import BATCHES, PEOPLE, TOGETHER
from tests.faults.sending.stage import Lent, Scene, Stage

ELSEWHERE = ("dns", "tls")
KINDS = (*REHEARSED, *ELSEWHERE)
TIMES = (1, 5, 9_999)
EXHAUSTIVE = len(KINDS) * 3 * len(TIMES)
# Of a key that LINE took: the words of the contract for "accepted, and the answer says 409".
_TAKEN_BEFORE = {"answer": 409, "accept": True}
_REFUSED = {"400", "413"}
_PAUSES = {"401": "token", "403": "forbidden", "429-rate": "rate", "429-quota": "monthly_limit"}
_HARMLESS = {"200", "409"}
# What makes the sender wait, each time longer.
_WAITED_FOR = set(KINDS) - _REFUSED - _HARMLESS - (_PAUSES.keys() - {"429-rate"})
_TIMES_OUT_S = 0.15


@dataclass(frozen=True)
class Mishap:
    """One kind, from the `nth` request on, `times` requests long."""

    kind: str
    nth: int
    times: int
    way: str

    @classmethod
    def number(cls, number: int) -> Mishap:
        """Return one of the 180: pushes and multicasts take turns."""
        rest, times = divmod(number, len(TIMES))
        kind, place = divmod(rest, 3)
        way = ("push", "multicast")[number % 2]
        return cls(KINDS[kind], BATCHES[way][place], TIMES[times], way)

    @property
    def passes(self) -> bool:
        """Whether it goes away before the sender gives up: after one refusal of a token, and six tries of anything else."""
        patience = {"401": 1, "403": 0, "429-quota": 0}
        return self.times <= patience.get(self.kind, 5)


def answered(stage: Lent) -> Callable[[int, Random], Check]:
    """Return the maker of the cases: the 180, then random chains of mishaps."""

    def make(number: int, random: Random) -> Check:
        if number >= EXHAUSTIVE:
            return lambda folder: _chain(stage(), folder, random)
        return lambda folder: meet(stage(), folder, Mishap.number(number))

    return make


def meet(stage: Stage, folder: Path, mishap: Mishap) -> None:
    """Send through a mishap, then once more when all is well again; check the whole."""
    with stage.scene(folder, PEOPLE) as scene, _one_at_a_time(), _happening(scene, mishap) as mended:
        brings_coupon = mishap.way == "push" and mishap.times == 1
        made = scene.gift() if brings_coupon else scene.draft(mishap.way)
        status = scene.send(made)
        if brings_coupon:
            scene.gifted()
        scene.sound()
        assert status.planned == PEOPLE == status.accepted + status.failed + status.unknown + status.remaining
        if mishap.kind in _REFUSED:
            _refused(scene, mishap, status)
            return
        assert status.failed == status.unknown == 0, status
        if mishap.kind in _WAITED_FOR:
            _spread(scene.naps)
        if mishap.passes or mishap.kind in _HARMLESS:
            scene.finished(status, PEOPLE)
            return
        assert (status.state, status.reason) == ("paused", _PAUSES.get(mishap.kind, "network")), status
        mended()
        scene.finished(scene.send(made), PEOPLE)
        if brings_coupon:
            scene.gifted()


def _refused(scene: Scene, mishap: Mishap, status: Status) -> None:
    """A request that LINE refuses fails alone and is never repeated."""
    batches = PEOPLE if mishap.way == "push" else PEOPLE // TOGETHER
    refused = min(mishap.times, batches - mishap.nth + 1)
    failed = refused if mishap.way == "push" else refused * TOGETHER
    assert (status.state, status.failed, status.accepted) == ("finished", failed, PEOPLE - failed), status
    assert sum(scene.received()) == PEOPLE - failed
    assert max(Counter(one["retry_key"] for one in scene.sends()).values()) == 1, "a refused request was repeated"


def _spread(naps: list[float]) -> None:
    """Each wait of one request is at least twice the one before, and none is the bare figure: chance spreads them."""
    for before, after in pairwise(naps):
        begins_again = after < 1
        assert begins_again or after >= 2 * before or after >= 60, naps
    assert naps, "it never waited"
    assert all(nap % 0.5 for nap in naps), f"no jitter: {naps}"


@contextmanager
def _happening(scene: Scene, mishap: Mishap) -> Iterator[Callable[[], None]]:
    """Let it happen; yields what ends it. A time-out takes a moment instead of half a minute."""
    with mock.patch.object(sending, "TOTAL_S", _TIMES_OUT_S if _is_slow(mishap) else sending.TOTAL_S):
        if mishap.kind in ELSEWHERE:
            detour = Detour(scene.there.url, mishap)
            with detour.taken():
                yield detour.end
        else:
            words = _TAKEN_BEFORE if mishap.kind == "409" else {"kind": mishap.kind}
            scene.fault(endpoint=mishap.way, nth=mishap.nth, times=mishap.times, **words)
            yield scene.mended


def _is_slow(mishap: Mishap) -> bool:
    return mishap.kind.startswith("time-out") or mishap.kind == "trickle"


class Detour:
    """Requests that go to a name nobody has, or speak TLS where none is spoken."""

    def __init__(self, host: str, mishap: Mishap) -> None:
        wrong = "http://line.invalid" if mishap.kind == "dns" else host.replace("http:", "https:")
        self._url = URL(f"{wrong}/v2/bot/message/{mishap.way}")
        self._first, self._last, self._met = mishap.nth, mishap.nth + mishap.times - 1, 0

    def end(self) -> None:
        """Let the next ones go the right way."""
        self._last = 0

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Send them there while this lasts."""
        right = Sending.post

        async def post(door: Sending, endpoint: str, *rest: Any) -> Any:
            self._met += 1
            if self._first <= self._met <= self._last:
                door._urls[endpoint] = self._url
            try:
                return await right(door, endpoint, *rest)
            finally:
                door._urls.pop(endpoint, None)

        with mock.patch.object(Sending, "post", post):
            yield


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """One request after the other, so that it is known which one is the nth."""
    hands = dict.fromkeys(HANDS, Hand(1, 1))
    with mock.patch.dict(HANDS, hands), mock.patch.object(limits, "MULTICAST_PEOPLE", TOGETHER):
        yield


def _chain(stage: Stage, folder: Path, random: Random) -> None:
    """Let one mishap after the other happen, many requests under way at once, until the sender is through."""
    alone = _one_at_a_time() if random.random() < 0.5 else nullcontext()
    kinds = sorted(set(REHEARSED) - {"409"})
    with stage.scene(folder, PEOPLE) as scene, alone, mock.patch.object(sending, "TOTAL_S", _TIMES_OUT_S):
        made = scene.draft(random.choice(("push", "multicast", "broadcast")))
        for _ in range(random.randint(1, 4)):
            for _ in range(random.randint(1, 4)):
                kind, nth, times = random.choice(kinds), random.randint(1, 9), random.choice(TIMES)
                scene.fault(endpoint=random.choice(["push", "multicast", "broadcast"]), nth=nth, times=times, kind=kind)
            scene.send(made)
            scene.sound()
            scene.mended()
        status = scene.send(made)
        assert status.state == "finished"
        assert sum(scene.received()) == status.accepted
        assert status.accepted + status.failed == PEOPLE
        scene.sound()
