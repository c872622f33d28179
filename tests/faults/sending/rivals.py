"""A4: two to four senders want the same broadcast: at once, on another computer, after a kill, and one frozen and woken later."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random

from shopdesk.clock import SystemClock
from tests.faults.cases import Check
from tests.faults.sending.kills import PEOPLE, TOGETHER
from tests.faults.sending.stage import Lent, Scene, Stage

HOWS = ("at once", "two computers", "killed", "frozen", "expired")
_OUTLASTS_S = 20
"""A lease lasts 15 s: another computer whose clock is that much later takes it over."""


def rivals(stage: Lent) -> Callable[[int, Random], Check]:
    """Return the maker of the cases: 5 encounters × 2 ways × 2 places; at night also random places and more senders."""

    def make(number: int, random: Random) -> Check:
        rest, how = divmod(number, len(HOWS))
        way = ("push", "multicast")[rest % 2]
        nth = (1, 3)[rest // 2 % 2] if number < 20 else random.randint(1, 3)
        senders = 2 + rest % 3
        return lambda folder: meet(stage(), folder, HOWS[how], way, nth, senders)

    return make


def meet(stage: Stage, folder: Path, how: str, way: str, nth: int, senders: int) -> None:
    """Hold the first sender in the middle of its nth request, let the others come, then let it go on."""
    with stage.scene(folder, PEOPLE, clock=SystemClock()) as scene:
        made = scene.draft(way)
        scene.shop.broadcasts.freeze(made)
        first = _start(stage, scene, made, "PC-1" if how not in {"at once", "killed"} else "")
        if how != "at once":
            scene.fault(endpoint=way, nth=nth, delay_s=0.4)
            _until(lambda: len(scene.sends()) >= nth)
        ends = {"at once": _race, "two computers": _elsewhere, "killed": _after_a_kill, "frozen": _woken}
        ends.get(how, _expired)(stage, scene, made, first, senders)
        assert max(scene.received()) <= 1, scene.received()
        status = scene.shop.broadcasts.status(made)
        if status.state != "finished":
            status = scene.send(made)
        scene.finished(status, PEOPLE)


def _race(stage: Stage, scene: Scene, made: int, first: int, senders: int) -> None:
    """All on one computer: one sends, the others are told so."""
    others = [_start(stage, scene, made) for _ in range(senders - 1)]
    said = Counter(stage.processes.ended(one) for one in (first, *others))
    assert said["finished"] >= 1, said
    assert said.keys() <= {"finished", "lease_held"}, said


def _elsewhere(stage: Stage, scene: Scene, made: int, first: int, senders: int) -> None:
    """Another computer, while the first one's lease lives, is refused."""
    others = [_start(stage, scene, made, f"PC-{number + 2}") for number in range(senders - 1)]
    said = [stage.processes.ended(one) for one in others]
    assert set(said) <= {"lease_held", "finished"}, said
    assert stage.processes.ended(first) == "finished"


def _after_a_kill(stage: Stage, scene: Scene, made: int, first: int, senders: int) -> None:
    """On the same computer a killed one is replaced at once."""
    os.kill(first, signal.SIGKILL)
    assert stage.processes.ended(first) == "killed"
    _race(stage, scene, made, _start(stage, scene, made), senders)


def _woken(stage: Stage, scene: Scene, made: int, first: int, senders: int) -> None:
    """The first one freezes, another computer takes over and finishes, the first one wakes: it writes nothing."""
    _freeze(scene, first)
    try:
        second = _start(stage, scene, made, "PC-2", ahead_s=_OUTLASTS_S)
        said = stage.processes.ended(second)
    finally:
        os.kill(first, signal.SIGCONT)
    both = said, stage.processes.ended(first)
    assert both == ("finished", "lease_lost"), both
    assert _fencing(scene) > 1


def _freeze(scene: Scene, process: int) -> None:
    """Stop a process where it does not hold the database: nobody else could write until it wakes."""
    for _ in range(200):
        os.kill(process, signal.SIGSTOP)
        with closing(sqlite3.connect(scene.shop.database.path, timeout=0.05, isolation_level=None)) as database:
            try:
                database.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                os.kill(process, signal.SIGCONT)
                time.sleep(0.005)
            else:
                database.execute("ROLLBACK")
                return
    raise AssertionError("it never let go of the database")


def _expired(stage: Stage, scene: Scene, made: int, first: int, senders: int) -> None:
    """Another computer finds the lease at its end while the first one still works: one of them is fenced off."""
    second = _start(stage, scene, made, "PC-2", ahead_s=_OUTLASTS_S)
    said = {stage.processes.ended(second), stage.processes.ended(first)}
    assert said <= {"finished", "lease_lost", "lease_held"}, said


def _fencing(scene: Scene) -> int:
    lease = scene.shop.leases.take("sender")
    lease.release()
    return lease.fencing


def _start(stage: Stage, scene: Scene, made: int, machine: str = "", ahead_s: float = 0) -> int:
    where = {"machine": machine} if machine else {}
    steps = [["send", made]]
    return stage.processes.start(scene.shop.home.path, steps, people=TOGETHER, ahead_s=ahead_s, **where)


def _until(true: Callable[[], bool], longest_s: float = 20) -> None:
    latest = time.monotonic() + longest_s
    while not true():
        assert time.monotonic() < latest, "it never came to that"
        time.sleep(0.002)
