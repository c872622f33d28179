"""Table F: what a file must end in – its rows, or one sentence – and what must hold for every file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from tests.faults.cases import Check
from tests.faults.reader import Read, Reader

SENTENCES = {
    "empty": ("is empty",),
    "damaged": ("is damaged or cut short", "is not readable text", "a quotation mark may be missing"),
    "password": ("has a password", "rights management"),
    "wrong_kind": ("Excel", "is not a table", "is an archive", "without a table", "is a folder", "is a device"),
    "too_large": ("fill the memory", "longer than 32,767", "larger than 512 MB", "more than 200 MB"),
    "unsafe": ("was not opened",),
    "file_missing": ("cannot be opened", "cannot be reached"),
    "file_locked": ("still open in Excel",),
}
"""Every way a file may be refused, with what its sentence says."""


@dataclass(frozen=True)
class Made:
    """A file and its truth: `rows` (cells only), or the `code` of its refusal with what the sentence must say."""

    name: str
    content: bytes | Callable[[Path], None]
    rows: list[list[Any]] | None = None
    code: str = ""
    says: str = ""
    orders: list[tuple[Any, ...]] | None = None
    """Number, date, total and buyer's name of each order, where the file is to be read as orders."""


def checked(
    make: Callable[[int, Random], Made],
    borrow: Callable[[], Reader],
    through: Callable[[int, Made, Path], None],
) -> Callable[[int, Random], Check]:
    """Return a maker of cases for `Kind` from a maker of files: each is read, then goes `through` the program."""

    def case(number: int, random: Random) -> Check:
        def run(folder: Path) -> None:
            made = make(number, random)
            check(made, folder, borrow())
            through(number, made, folder / made.name)

        return run

    return case


def check(made: Made, folder: Path, reader: Reader) -> None:
    path = folder / made.name
    if callable(made.content):
        made.content(path)
    else:
        path.write_bytes(made.content)
    before = digest(path)
    found = reader.orders(path) if made.orders is not None else reader.rows(path)
    assert digest(path) == before, "the file was changed"
    assert {entry.name for entry in folder.iterdir()} == {path.name}, "something was written beside it"
    if made.code:
        assert_refused(found, made)
        return
    assert found.code == "", f"{made.name}: refused, {found.code}: {found.message}"
    if made.orders is not None:
        orders = [
            (one.number, one.ordered_at.strftime("%Y-%m-%d %H:%M"), one.total_yen, one.buyer.name)
            for one in found.rows
            if not isinstance(one, str)
        ]
        assert_same(orders, made.orders)
    else:
        assert_same([_plain(cells) for _, cells in found.rows], [_plain(row) for row in made.rows or []])


def assert_same(found: list[Any], wanted: list[Any]) -> None:
    """Fail with the first row that differs."""
    for number, (one, other) in enumerate(zip(found, wanted, strict=False), 1):
        assert one == other, f"row {number}: {one!r}, not {other!r}"
    assert len(found) == len(wanted), f"{len(found)} rows, not {len(wanted)}"


def assert_refused(found: Read, made: Made) -> None:
    """One sentence, that of its code, naming the file."""
    assert found.code == made.code, f"{made.name}: {found.code or 'read'}, not {made.code}: {found.message}"
    if made.code in SENTENCES:
        assert any(said in found.message for said in SENTENCES[made.code]), found.message
        assert made.says in found.message, found.message
        assert "“" in found.message
        assert found.message.endswith(".")
        assert "\n" not in found.message


def digest(path: Path) -> str:
    """Return the hash of a file, or its kind where it has no bytes of its own to hash."""
    if not path.is_file() or path.stat().st_size > 1 << 30:
        return oct(path.lstat().st_mode) + str(path.lstat().st_size)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _plain(cells: list[Any]) -> list[Any]:
    """Without the blanks at the end: how wide a sheet is says nothing."""
    cells = list(cells)
    while cells and cells[-1] in {"", None}:
        cells.pop()
    return cells
