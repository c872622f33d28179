"""What the cells of a column look like: the evidence that a heading must agree with."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from shopdesk import japanese
from shopdesk.imports.reading import cells
from shopdesk.imports.reading.cancelling import called_off
from shopdesk.imports.reading.cells import text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shopdesk.spreadsheets import Cell

LOOKED_AT = 200
"""Rows that are looked at: enough to tell, few enough for a file of eighty columns."""
_KANA = re.compile(r"[ァ-ヶー・.]+")
_SPLIT_PHONE = re.compile(r"\d{1,5}")
_SHOWN_PHONE = re.compile(r"\(?(?:0\d|\+\d{2})[\d() -]{7,14}")
_SHOWN_POSTAL = re.compile(r"〒?\d{3}-\d{4}")
_SHOWN_DATE = re.compile(r"\S*\d{1,4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}.*")
_SHOWN_ADDRESS = re.compile(r".*[市区町村郡].*|.*\d+-\d+.*|.*丁目.*")
_MONTH_AND_DAY = re.compile(r"\d{1,2}(?:月\d{1,2}日|/\d{1,2})(?:\s.*)?")
_ANSWERS = """
0 1 y n yes no true false on off ○ × はい いいえ あり なし 有 無 有り 無し 可 不可 希望 希望する 希望しない
許可 拒否 受け取る 受け取らない 購読 購読中 解除 停止 配信 配信する 配信しない 未配信 同意 不同意
"""
_YES_NO = frozenset(map(japanese.fold, _ANSWERS.split()))
_LATEST_BIRTH, _MOST_PIECES, _LONGEST_NAME = 2024, 999, 40
_NEARLY_ALL = 0.9


def _is_mail(cell: Cell) -> bool:
    return isinstance(cell, str) and japanese.email(cell) is not None


def _is_phone(cell: Cell) -> bool:
    return not _is_shown_date(cell) and japanese.phone(text(cell)) is not None


def _is_shown_phone(cell: Cell) -> bool:
    return bool(_SHOWN_PHONE.fullmatch(japanese.nfkc(text(cell)))) and _is_phone(cell)


def _is_postal(cell: Cell) -> bool:
    return japanese.postal(text(cell)) is not None


def _is_date(cell: Cell) -> bool:
    return not isinstance(cell, bool | time | timedelta) and japanese.date(cell) is not None


def _is_shown_date(cell: Cell) -> bool:
    if isinstance(cell, str):
        return bool(_SHOWN_DATE.fullmatch(japanese.nfkc(cell))) and _is_date(cell)
    return isinstance(cell, date)


def _is_birth(cell: Cell) -> bool:
    found = japanese.date(cell) if _is_date(cell) else None
    return found is not None and found.year <= _LATEST_BIRTH


def _is_yen(cell: Cell) -> bool:
    return cells.yen(cell) is not None


def _is_few(cell: Cell) -> bool:
    found = cells.yen(cell)
    return found is not None and abs(found) <= _MOST_PIECES


def _is_number(cell: Cell) -> bool:
    written = text(cell)
    return any(map(str.isdecimal, written)) and "@" not in written and not (_is_shown_date(cell) or _is_day(cell))


def _is_day(cell: Cell) -> bool:
    return _MONTH_AND_DAY.fullmatch(japanese.nfkc(text(cell))) is not None


def _is_words(cell: Cell) -> bool:
    return isinstance(cell, str) and any(map(str.isalpha, cell)) and "@" not in cell and not _is_shown_date(cell)


def _is_name(cell: Cell) -> bool:
    written = text(cell)
    return _is_words(cell) and len(written) <= _LONGEST_NAME and all(map(_is_letter_of_name, written))


def _is_called(cell: Cell) -> bool:
    """What may stand below a heading that says name: people call themselves with flowers, signs and formulas."""
    return _is_words(cell) and len(text(cell)) <= _LONGEST_NAME and not _is_address(cell)


def _is_letter_of_name(letter: str) -> bool:
    return letter.isalpha() or letter in " \u3000・.,'’-()（）〆"


def _is_kana(cell: Cell) -> bool:
    return isinstance(cell, str) and _KANA.fullmatch(japanese.fold(cell)) is not None


def _is_address(cell: Cell) -> bool:
    return isinstance(cell, str) and (
        japanese.prefecture_of(cell) is not None or _SHOWN_ADDRESS.fullmatch(japanese.nfkc(cell)) is not None
    )


_LOOKS: dict[str, Callable[[Cell], bool]] = {
    "mail": _is_mail,
    "phone": _is_phone,
    "shown_phone": _is_shown_phone,
    "phone_part": lambda cell: _SPLIT_PHONE.fullmatch(text(cell)) is not None,
    "postal": _is_postal,
    "shown_postal": lambda cell: _SHOWN_POSTAL.fullmatch(japanese.nfkc(text(cell))) is not None,
    "date": _is_date,
    "shown_date": _is_shown_date,
    "day_of_year": _is_day,
    "birth": _is_birth,
    "clock": lambda cell: not _is_shown_date(cell) and japanese.time_of_day(cell) is not None,
    "yen": _is_yen,
    "few": _is_few,
    "number": _is_number,
    "words": _is_words,
    "name": _is_name,
    "called": _is_called,
    "kana": _is_kana,
    "prefecture": lambda cell: japanese.prefecture(text(cell)) is not None,
    "address": _is_address,
    "sex": lambda cell: (
        japanese.sex(text(cell)) != "" or japanese.fold(text(cell)) in {"0", "1", "2", "不明", "ソノ他"}
    ),
    "shown_sex": lambda cell: japanese.sex(text(cell)) != "",
    "yes_no": lambda cell: cell is True or cell is False or japanese.fold(text(cell)) in _YES_NO,
    "called_off": lambda cell: called_off(cell) is not None,
    "any": lambda _cell: True,
}


class Contents:
    """The first rows below a header, seen by columns."""

    def __init__(self, rows: Sequence[Sequence[Cell]], width: int) -> None:
        self.rows = [[*row, *[""] * (width - len(row))] for row in rows[:LOOKED_AT]]
        self.share = cache(self._share)

    def column(self, index: int) -> list[Cell]:
        """Return the cells of one column, blank ones too."""
        return [row[index] for row in self.rows]

    def filled(self, index: int) -> list[Cell]:
        """Return the cells of one column that hold something."""
        return [cell for cell in self.column(index) if cell != "" and text(cell) != ""]

    def _share(self, index: int, look: str) -> float | None:
        """Return which part of the filled cells look so, from 0 to 1; None where the column is blank."""
        found = self.filled(index)
        return sum(map(_LOOKS[look], found)) / len(found) if found else None

    def is_like(self, index: int, look: str, least: float = 0.8) -> bool:
        """Say whether a column that is not blank looks so, but for a few cells."""
        share: float | None = self.share(index, look)
        return share is not None and share >= least

    def counted_from(self, index: int) -> int | None:
        """Return the number of the first row where a column only counts the rows, one more in nearly each; else None."""
        numbers = [
            int(cell) for cell in map(text, self.filled(index)) if cell.isdecimal() and len(cell) <= _LONGEST_NAME
        ]
        if not numbers or len(numbers) < _NEARLY_ALL * len(self.filled(index)):
            return None
        steps = sum(after - before == 1 for before, after in pairwise(numbers))
        counts = steps >= _NEARLY_ALL * (len(numbers) - 1) and (steps > 0 or numbers[0] <= 1)
        return numbers[0] if counts else None

    def same(self, one: int, other: int) -> bool:
        """Say whether two columns never contradict each other: one value, or one of them blank, in nearly every row."""
        pairs = [(text(row[one]), text(row[other])) for row in self.rows]
        return sum(a == b or not a or not b for a, b in pairs) >= 0.98 * len(pairs)

    def groups(self, index: int) -> list[list[int]]:
        """Return the places of the rows that share a value of this column, for each value."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for place, row in enumerate(self.rows):
            if row[index] != "":
                found[text(row[index])].append(place)
        return list(found.values())


def moments(cells_of_column: Sequence[Cell]) -> list[datetime]:
    """Return the moments that a column's cells say, where they say one."""
    return [moment for cell in cells_of_column if (moment := japanese.date_time(cell)) is not None]
