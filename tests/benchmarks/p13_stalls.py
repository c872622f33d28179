"""P13: the longest time in which the screen cannot answer: with nothing to do, during an import, during counts."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from shopdesk.segments import parse
from shopdesk.ui.tasks import Lane, Tasks
from tests.benchmarks.measuring import fresh, in_turn
from tests.benchmarks.results import Figure, Line
from tests.benchmarks.rules import rules
from tests.benchmarks.workplace import opened

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.shop import Shop
    from tests.benchmarks.workplace import Workplace

NAME = "P13"
GOAL = 1.5
TICK_MS = 4


class Pulse(QObject):
    """A timer of 4 ms that notes the longest time between two of its ticks."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._last = perf_counter()
        self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = perf_counter()
        self.longest, self._last = max(self.longest, now - self._last), now


def anchor(seconds: float) -> float:
    """Let the screen idle; return the longest gap in milliseconds."""
    waiting = QEventLoop()
    pulse = Pulse()
    QTimer.singleShot(round(seconds * 1000), waiting.quit)
    waiting.exec()
    return pulse.longest * 1000


def product(tasks: Tasks, work: Callable[[], object], lane: Lane) -> float:
    """Do what a page does, in the lanes a page uses; return the longest gap in milliseconds."""
    waiting, pulse = QEventLoop(), Pulse()
    failures: list[Exception] = []

    def failed(error: Exception) -> None:
        failures.append(error)
        waiting.quit()

    # Not the pulse: the worker would drop the last reference to it, and a timer must end on its own thread.
    tasks.run(tasks, work, lambda _done: waiting.quit(), failed=failed, lane=lane)
    waiting.exec()
    if failures:
        raise failures[0]
    return pulse.longest * 1000


def report(place: Workplace) -> list[Line]:
    """Measure in a process of its own, the three in turn."""
    with place.lent_home(place.large_home()) as home:
        file = str(place.csv("utf-8"))
        said = fresh("p13_stalls:fresh_stalls", str(home), file, place.size.rounds, place.size.calm)["found"]
    idle = Figure(said["idle"], "ms")
    what = "longest gap between ticks of 4 ms, "
    return [
        Line.of(
            NAME, f"{what}import of {place.size.rows:,} rows", idle, Figure(said["import"], "ms"), GOAL, "anchor: idle"
        ),
        Line.of(
            NAME, f"{what}count among {place.size.customers:,}", idle, Figure(said["count"], "ms"), GOAL, "anchor: idle"
        ),
        Line(NAME, f"{what}2,000 pushes a second", note="the sender at its rate is set up later"),
    ]


def fresh_stalls(_started: float, home: str, file: str, rounds: int, calm: float) -> dict[str, Any]:
    """Measure in an application without a window: what its one thread is kept from."""
    app = QApplication([])
    tasks = Tasks()
    with opened(Path(home)) as shop:
        sides: dict[str, Callable[[], float]] = {
            "idle": lambda: anchor(calm),
            "import": lambda: product(tasks, lambda: shop.imports.run([Path(file)]), Lane.WRITE),
            "count": lambda: product(tasks, lambda: _count_for(shop, calm), Lane.READ),
        }
        runs = in_turn(sides, rounds)
        tasks.close()
    del app
    return {"found": {name: min(values) for name, values in runs.items()}}


def _count_for(shop: Shop, seconds: float) -> None:
    """Count rule after rule, as a page does while somebody edits one."""
    until = perf_counter() + seconds
    asked = [parse(rule.said) for rule in rules(12)]
    while True:
        for rule in asked:
            shop.segments.counts(rule)
            if perf_counter() > until:
                return
