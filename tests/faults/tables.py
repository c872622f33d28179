"""The fault tables. A new one is a tuple of `Kind`s in `TABLES`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.faults import archives, kinds, mutations, orders, sheets, texts
from tests.faults.cases import Kind
from tests.faults.counter import deaths as till_deaths, duels, forgeries, lines, repeats
from tests.faults.counter.rig import Counter
from tests.faults.files import Made, checked
from tests.faults.menus import deaths as menu_deaths
from tests.faults.program import Program, through
from tests.faults.reader import Reader
from tests.faults.sending import (
    answers,
    audiences,
    calendars,
    copies,
    jumps,
    kills,
    late,
    old_keys,
    outages,
    partings,
    rivals,
)
from tests.faults.sending.stage import Stage
from tests.faults.strangers import floods, inward, paths, previews, questions, redirects, taps, tricks, uploads, words
from tests.faults.webhooks import deaths, forged, loads, orders as webhook_orders, repeated

MUTATED = 200
"""The commit's count of F12."""


def tables(
    borrow: Callable[[], Reader],
    lend: Callable[[], Program],
    stage: Callable[[], Stage],
    counter: Callable[[], Counter],
) -> dict[str, tuple[Kind, ...]]:
    """Return the tables by letter. `borrow` gives the warm reader of files, `lend` the program, first started when needed.

    `stage` gives the pretend LINE and the shops that broadcasts are sent from, `counter` the tills in processes of their own.

    A night's further cases are read only: the program says the same of what it is told.
    """
    files = (
        ("F1", 40, 400, archives.cut),
        ("F2", 20, 60, archives.bomb),
        ("F3", 17, 68, sheets.giant),
        ("F4", 6, 20, sheets.blank),
        ("F5", 40, 120, texts.text),
        ("F6", 24, 60, sheets.formula),
        ("F7", 40, 120, orders.touched),
        ("F8", 8, 20, sheets.long_cell),
        ("F9", 33, 66, kinds.kind),
        ("F10", 16, 40, archives.outward),
        ("F11", 60, 200, orders.value),
    )
    kept = (
        Kind(name, commit, nightly, checked(make, borrow, _through(commit, lend)))
        for name, commit, nightly, make in files
    )
    broadcasts = (
        Kind("A1", kills.EXHAUSTIVE, 3_000, kills.killed(stage)),
        Kind("A2", answers.EXHAUSTIVE, 2_000, answers.answered(stage)),
        Kind("A3", 24, 200, old_keys.aged(stage)),
        Kind("A4", 20, 1_000, rivals.rivals(stage)),
        Kind("A5", 10, 100, copies.copied(stage)),
        Kind("A6", 50, 2_000, partings.parted(stage)),
        Kind("A7", 12, 100, audiences.audience(stage)),
        Kind("A8", 0, 1_000, outages.cut_off(stage)),
    )
    webhooks = (
        Kind("B1", 100, 1_000, repeated.repeated(stage)),
        Kind("B2", webhook_orders.EXHAUSTIVE, 1_700, webhook_orders.ordered(stage)),
        Kind("B3", 50, 500, repeated.replayed(stage)),
        Kind("B4", 50, 500, forged.forged(stage)),
        Kind("B5", 50, 10_000, forged.poisoned(stage)),
        Kind("B6", deaths.EXHAUSTIVE, 1_000, deaths.died(stage)),
        Kind("B7", 20, 500, deaths.locked(stage)),
        Kind("B8", 0, 3, loads.loaded(stage)),
    )
    strangers = (
        Kind("H1", 20, 200, paths.traversed(stage)),
        Kind("H2", 60, 600, uploads.uploaded(stage)),
        Kind("H3", 80, 500, redirects.redirected(stage)),
        Kind("H4", inward.EXHAUSTIVE, inward.EXHAUSTIVE, inward.turned),
        Kind("H5", previews.EXHAUSTIVE, previews.EXHAUSTIVE, previews.previewed(stage)),
        Kind("H6", 12, 60, tricks.tricked(stage)),
        Kind("H7", 0, 1, floods.guessed(stage)),
        Kind("H8", 20, 100, floods.flooded(stage)),
        Kind("H9", questions.EXHAUSTIVE, 1_000, questions.died(stage)),
        Kind("taps", 40, 400, taps.tapped(stage)),
    )
    tills = (
        Kind("C1", 1_000, 40_000, duels.duelled(counter)),
        Kind("C2", 100, 2_000, repeats.repeated(counter)),
        Kind("C3", 100, 2_000, repeats.retried(counter)),
        Kind("C4", 1_700, 10_000, forgeries.forged(counter)),
        Kind("C5", till_deaths.EXHAUSTIVE, 3_000, till_deaths.died(counter)),
        Kind("C7", lines.EXHAUSTIVE, 1_000, lines.cut_off(counter)),
    )
    clocks = (
        Kind("E1", 98, 500, jumps.jumped(stage)),
        Kind("E2", 60, 300, calendars.dated(stage)),
        Kind("E3", 12, 50, late.off(stage)),
    )
    mutated = mutations.mutated(borrow, _through(MUTATED, lend, mutated=True))
    return {
        "A": broadcasts,
        "B": webhooks,
        "C": tills,
        "E": clocks,
        "F": (*kept, Kind("F12", MUTATED, 20_000, mutated)),
        "G": (Kind("G", words.EXHAUSTIVE, words.EXHAUSTIVE, words.written(stage)),),
        "H": strangers,
        "M": (Kind("M1", menu_deaths.EXHAUSTIVE, 1_000, menu_deaths.died(stage)),),
    }


def _through(commit: int, lend: Callable[[], Program], *, mutated: bool = False) -> Callable[[int, Made, Path], None]:
    def run(number: int, made: Made, path: Path) -> None:
        if number < commit:
            through(made, path, lend(), mutated=mutated)

    return run
