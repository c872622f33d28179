"""Each guard has a control: with its limit lifted, the case it is for is no longer refused."""

from __future__ import annotations

from random import Random

import pytest

from shopdesk.spreadsheets import guards, open_table, tables
from tests.faults import orders, sheets
from tests.faults.files import Made, check
from tests.faults.program import Program, through
from tests.faults.reader import Read
from tests.faults.workbooks import SHEET_1, cells, changed, sheet, xls, xls_number, xlsb

SPARSE = Made("sparse.xlsx", changed({SHEET_1: sheet(cells(("A", 1), ("CV", 1_000)))}), code="too_large")
MANY = Made("many.xlsx", changed({f"xl/m/{n}": b"" for n in range(2_001)}), code="too_large")
LARGE = Made("large.xlsx", changed({"xl/media/a.bin": Random(1).randbytes(3_000_000)}), code="too_large")
BOMB = Made("bomb.xlsx", changed({"xl/media/a.bin": bytes(3_000_000)}), code="too_large")
FAR_XLS = Made("far.xls", xls([["見本", 1]], beyond=xls_number(999, 99)), code="too_large")
FAR_XLSB = Made("far.xlsb", xlsb([["見本", 1]], beyond=((999, 99),)), code="too_large")
LONG = Made("long.xlsx", sheets._one("見" * 40_000), code="too_large")
BLANK = Made("blank.xlsx", changed({SHEET_1: sheet(cells(("A", 1), ("A", 3_000)))}), rows=[[1.0]])


class Here:
    """Reads in this process, so that a limit lifted here is lifted for it."""

    @staticmethod
    def rows(path):
        try:
            return Read(rows=tuple(open_table(path).rows()))
        except tables.UnreadableFileError as error:
            return Read(error.code, error.message)


@pytest.mark.parametrize(
    ("made", "where", "limit", "held", "lifted"),
    [
        (MANY, guards, "MOST_ENTRIES", 2_000, 10_000),
        (LARGE, guards, "MOST_UNPACKED", 1 << 20, 1 << 30),
        (BOMB, guards, "MOST_RATIO", 200, 1_000_000),
        (SPARSE, guards, "MOST_CELLS", 99_999, 10_000_000),
        (FAR_XLS, guards, "MOST_CELLS", 99_999, 10_000_000),
        (FAR_XLSB, guards, "MOST_CELLS", 99_999, 10_000_000),
        (LONG, guards, "LONGEST_CELL", 32_767, 1_000_000),
        (BLANK, tables, "BLANK_ROWS_END", 1_000, 10_000),
    ],
    ids=["entries", "size", "ratio", "cells", "xls", "xlsb", "long-cell", "blank-rows"],
)
def test_without_its_guard_the_case_goes_red(tmp_path, monkeypatch, made, where, limit, held, lifted):
    monkeypatch.setattr(where, limit, held)
    (tmp_path / "held").mkdir()
    check(made, tmp_path / "held", Here())
    monkeypatch.setattr(where, limit, lifted)
    (tmp_path / "lifted").mkdir()
    with pytest.raises(AssertionError):
        check(made, tmp_path / "lifted", Here())


def test_what_the_program_makes_of_a_file_is_held_against_its_truth(tmp_path):
    program = Program()
    made = orders.touched(0, Random(1))
    path = tmp_path / made.name
    path.write_bytes(made.content)
    through(made, path, program)
    assert made.orders
    for untrue in (
        Made(made.name, made.content, orders=made.orders[1:]),
        Made(made.name, made.content, code="damaged"),
    ):
        with pytest.raises(AssertionError):
            through(untrue, path, program)
    path.write_bytes(b"")
    through(Made(made.name, b"", code="empty"), path, program)
    with pytest.raises(AssertionError):
        through(Made(made.name, b"", code="damaged"), path, program)
    program.close()
