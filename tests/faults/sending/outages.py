"""A8: the disk fills up, another program locks the database, the power goes: in the middle of a broadcast."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random

from shopdesk.clock import SystemClock
from tests.faults.cases import Check
from tests.faults.sending.kills import TOGETHER
from tests.faults.sending.stage import WAYS, Lent, Scene, Stage

PEOPLE = 40
HOWS = ("full", "locked", "power")


def cut_off(stage: Lent) -> Callable[[int, Random], Check]:
    """Return the maker of the cases: three outages, each at a random moment."""
    return lambda number, random: lambda folder: suffer(stage(), folder, HOWS[number % len(HOWS)], random)


def suffer(stage: Stage, folder: Path, how: str, random: Random, meanwhile: Callable[[Scene], object] = id) -> None:
    """Let a sender run into it; what it had said was accepted is so afterwards (I9), and another one finishes.

    `meanwhile` spoils what lies there, for the control.
    """
    with stage.scene(folder, PEOPLE, clock=SystemClock()) as scene:
        made = scene.draft(random.choice(WAYS[:2]))
        scene.shop.broadcasts.freeze(made)
        steps: list[list[object]] = [["full", random.randint(0, 300_000)]] if how == "full" else []
        process = stage.processes.start(scene.shop.home.path, [*steps, ["send", made]], people=TOGETHER)
        if how != "full":
            until = random.randint(0, PEOPLE // TOGETHER)
            while len(scene.sends()) < until and _runs(process):
                time.sleep(0.001)
        if how == "locked":
            _lock(scene, random.uniform(0.05, 1))
        elif how == "power":
            os.kill(process, signal.SIGKILL)
        said = stage.processes.ended(process)
        assert not said.startswith("broken"), said
        scene.shop.close()
        if how == "power":
            _tear(scene, random)
        scene.shop = stage.opened(scene.shop.home.path, SystemClock())
        meanwhile(scene)
        assert scene.shop.broadcasts.broken_sums() == []
        scene.finished(scene.send(made), PEOPLE)


def _runs(process: int) -> bool:
    return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").split()[2] != "Z"


def _lock(scene: Scene, seconds: float) -> None:
    """Hold the database as another program would."""
    with closing(sqlite3.connect(scene.shop.database.path, timeout=10, isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")
        time.sleep(seconds)
        database.execute("ROLLBACK")


def _tear(scene: Scene, random: Random) -> None:
    """Leave half a page of what was never committed at the end of the journal, as a disk does that loses its power."""
    journal = Path(f"{scene.shop.database.path}-wal")
    if journal.exists():
        with journal.open("ab") as file:
            file.write(random.randbytes(random.randint(1, 4_096)))
