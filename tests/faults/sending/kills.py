"""A1: kill -9 at every point where a sender commits or calls, before and after, at the first, middle and last batch, each way."""

from __future__ import annotations

import os
import signal
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import select, update

from shopdesk.broadcasts import StateError
from shopdesk.broadcasts.tables import BatchRow
from shopdesk.clock import SystemClock
from tests.faults.cases import Check
from tests.faults.sending.stage import WAYS, Lent, Scene, Stage

POINTS = (
    *("freeze", "rows and keys", "claim", "connect", "bytes out", "reply read"),
    *("accepted", "quota", "pause", "resume", "cancel", "finish"),
)
WHEN = ("before", "after")
EXHAUSTIVE = len(POINTS) * len(WHEN) * 3 * len(WAYS)
PEOPLE, TOGETHER = 8, 2
_MANY = 120
# The first, middle and last batch of eight people.
BATCHES = {"push": (1, 4, 8), "multicast": (1, 2, 4), "broadcast": (1, 1, 1)}
# Where something happens once in a broadcast, the three places are its beginning, middle and end.
_STAGES = {
    "freeze": ("freeze: people", "freeze: audit", "freeze"),
    "finish": ("finish", "finish: lease", "finish: program"),
}


@dataclass(frozen=True)
class Kill:
    """Where a sender dies. `place` 0, 1, 2: first, middle, last; LINE's broadcast has one batch, so there the first to third broadcast."""

    point: str
    when: str
    place: int
    way: str

    @classmethod
    def number(cls, number: int) -> Kill:
        """Return one of the 216."""
        rest, way = divmod(number, len(WAYS))
        rest, place = divmod(rest, 3)
        point, when = divmod(rest, len(WHEN))
        return cls(POINTS[point], WHEN[when], place, WAYS[way])

    @property
    def before(self) -> int:
        """How many broadcasts the shop has sent before."""
        return self.place if self.way == "broadcast" and self.point not in _STAGES else 0

    def steps(self, earlier: list[int], made: int) -> list[list[Any]]:
        """Return what the process does until it dies."""
        batch = BATCHES[self.way][self.place]
        armed = ["arm", _STAGES.get(self.point, (self.point,) * 3)[self.place], self.when]
        sent = [["send", one] for one in earlier]
        if self.point in {"pause", "cancel"}:
            return [*sent, ["freeze", made], ["asked at", self.point, made, batch], [*armed, 1], ["send", made]]
        if self.point == "resume":
            paused = [["freeze", made], ["control", "pause", made]]
            if self.way != "broadcast" and self.place:
                paused = [["asked at", "pause", made, max(1, (batch - 2) * (self.place - 1))], ["send", made]]
            return [*sent, *paused, [*armed, 1], ["send", made]]
        if self.point == "quota" and self.place == 2 and self.way != "broadcast":
            return [["asked at", "pause", made, 1], ["send", made], [*armed, 1], ["send", made]]
        if self.point == "quota":
            return [*sent, [*armed, 1 + (self.place if self.way != "broadcast" else 1)], ["send", made]]
        if self.point not in _STAGES:
            return [*sent, [*armed, batch], ["send", made]]
        return [[*armed, 1], ["send", made]]


def killed(stage: Lent) -> Callable[[int, Random], Check]:
    """Return the maker of the cases: the 216, then kills at random moments."""

    def make(number: int, random: Random) -> Check:
        if number >= EXHAUSTIVE:
            return lambda folder: _at_random(stage(), folder, random)
        return lambda folder: die_and_finish(stage(), folder, Kill.number(number))

    return make


def die_and_finish(stage: Stage, folder: Path, kill: Kill, meanwhile: Callable[[Scene], None] | None = None) -> None:
    """Kill a sender at its point; another finishes. `meanwhile` spoils what lies there, for the control."""
    with stage.scene(folder, PEOPLE, clock=SystemClock()) as scene:
        earlier = [scene.draft(kill.way, f"{number}") for number in range(kill.before)]
        brings_coupon = kill.way == "push" and kill.place == 1
        made = scene.gift() if brings_coupon else scene.draft(kill.way)
        process = stage.processes.start(scene.shop.home.path, kill.steps(earlier, made), people=TOGETHER)
        said = stage.processes.ended(process)
        assert said == "killed", f"{kill} was not reached: {said}"
        assert scene.shop.broadcasts.broken_sums() == []
        if meanwhile:
            meanwhile(scene)
        _finish(scene, made, kill.before + 1)
        if brings_coupon:
            scene.gifted()


def _finish(scene: Scene, made: int, each: int) -> None:
    try:
        scene.finished(scene.send(made), len(scene.received()), each)
    except StateError:  # it died after somebody had cancelled
        status = scene.shop.broadcasts.cancel(made)
        assert (status.state, status.remaining) == ("cancelled", 0)
        assert status.accepted + status.unknown + status.cancelled == status.planned
        scene.sound(each)


def forget_the_keys(scene: Scene) -> None:
    """What a sender without stored keys does: who has no outcome is sent to again under a new key."""
    with scene.shop.database.write() as session:
        for batch in session.scalars(select(BatchRow.id).where(BatchRow.state == "claimed")).all():
            session.execute(update(BatchRow).where(BatchRow.id == batch).values(retry_key=str(uuid.uuid4())))


def _at_random(stage: Stage, folder: Path, random: Random) -> None:
    """Kill one sender after the other at no special moment."""
    with stage.scene(folder, _MANY, clock=SystemClock()) as scene:
        made = scene.draft(random.choice(WAYS[:2]))
        for _ in range(random.randint(1, 4)):
            until = len(scene.sends()) + random.randint(0, 25)
            process = stage.processes.start(scene.shop.home.path, [["send", made]], people=random.randint(2, 9))
            latest = time.monotonic() + 5
            while len(scene.sends()) < until and time.monotonic() < latest:
                time.sleep(0.001)
            time.sleep(random.random() * 0.05)
            os.kill(process, signal.SIGKILL)
            assert stage.processes.ended(process) in {"killed", "finished"}
            assert scene.shop.broadcasts.broken_sums() == []
        _finish(scene, made, 1)
