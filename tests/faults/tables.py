"""The fault tables. A new one is a tuple of `Kind`s in `TABLES`."""

from __future__ import annotations

from collections.abc import Callable

from tests.faults import archives, kinds, mutations, orders, sheets, texts
from tests.faults.cases import Kind
from tests.faults.files import checked
from tests.faults.reader import Reader


def tables(borrow: Callable[[], Reader]) -> dict[str, tuple[Kind, ...]]:
    """Return the tables by letter. `borrow` gives the warm reader of files, first started when a case needs it."""
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
    kept = (Kind(name, commit, nightly, checked(make, borrow)) for name, commit, nightly, make in files)
    return {"F": (*kept, Kind("F12", 200, 20_000, mutations.mutated(borrow)))}
