"""E3: the computer is off when a broadcast is due, for a minute to a month: up to an hour late it goes out, later it asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random

from shopdesk.broadcasts import LateError
from shopdesk.due import run_due
from tests.faults.cases import Check
from tests.faults.sending.stage import WAYS, Lent, Stage, refused

MINUTES = (1, 5, 15, 30, 59, 60, 61, 90, 120, 1_440, 10_080, 43_200)
HOUR = timedelta(hours=1)


def off(stage: Lent) -> Callable[[int, Random], Check]:
    """Return the maker of the cases: the twelve spans, then random ones."""

    def make(number: int, random: Random) -> Check:
        minutes = MINUTES[number] if number < len(MINUTES) else random.randint(1, 20_000)
        return lambda folder: come_back(stage(), folder, timedelta(minutes=minutes), WAYS[number % 3])

    return make


def come_back(stage: Stage, folder: Path, late: timedelta, way: str) -> None:
    """Start the shop again so long after the time; what is due runs once."""
    with stage.scene(folder) as scene:
        made = scene.draft(way, at=scene.pc.now() + HOUR)
        if way != "push":
            scene.shop.broadcasts.freeze(made)
        scene.shop.close()
        scene.later(HOUR + late)
        scene.shop = stage.opened(scene.shop.home.path, scene.pc)
        (ran,) = run_due(scene.shop)
        if late <= HOUR:
            scene.finished(scene.shop.broadcasts.status(made), 6)
        else:
            assert (ran.state, bool(ran.message)) == ("late", True), ran
            assert sum(scene.received()) == 0
            refused(LateError, lambda: scene.send(made))
            scene.finished(scene.send(made, late_ok=True), 6)
        assert run_due(scene.shop) == []
        scene.finished(scene.shop.broadcasts.status(made), 6)
