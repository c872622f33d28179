"""The fault tables. A new one is a tuple of `Kind`s in `TABLES`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.faults import archives, kinds, mutations, orders, sheets, texts
from tests.faults.cases import Kind
from tests.faults.files import Made, checked
from tests.faults.program import Program, through
from tests.faults.reader import Reader

MUTATED = 200
"""The commit's count of F12."""


def tables(borrow: Callable[[], Reader], lend: Callable[[], Program]) -> dict[str, tuple[Kind, ...]]:
    """Return the tables by letter. `borrow` gives the warm reader of files, `lend` the program, first started when needed.

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
    mutated = mutations.mutated(borrow, _through(MUTATED, lend, mutated=True))
    return {"F": (*kept, Kind("F12", MUTATED, 20_000, mutated))}


def _through(commit: int, lend: Callable[[], Program], *, mutated: bool = False) -> Callable[[int, Made, Path], None]:
    def run(number: int, made: Made, path: Path) -> None:
        if number < commit:
            through(made, path, lend(), mutated=mutated)

    return run
