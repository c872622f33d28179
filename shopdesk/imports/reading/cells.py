"""What single cells say, and what of them could not be read."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from shopdesk import japanese
from shopdesk.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.spreadsheets import Cell


class Issue(NamedTuple):
    """A cell that could not be read: the field it was for, what it held, and the sentence (not yet translated).

    `column` is its heading where the field has several columns of which each says something else.
    """

    field: str
    value: str
    message: str
    column: str = ""


BAD_PHONE = N_("This is not a phone number; it was left out.")
BAD_MAIL = N_("This is not a mail address; it was left out.")
BAD_POSTAL = N_("This is not a Japanese postal code; it was left out.")
BAD_PREFECTURE = N_("This is not a prefecture; it was left out.")
BAD_DATE = N_("This is not a date; it was left out.")
BAD_YEN = N_("This is not an amount in yen; it was left out.")
BAD_QUANTITY = N_("This is not a quantity; it was counted as 1.")
BAD_CONSENT = N_("This says neither yes nor no; it was left out.")
DATE_CODE = N_("Excel seems to have turned this code into a date; check it.")


def text(cell: Cell | None) -> str:  # noqa: PLR0911 - one for each kind of cell
    """Return the cell as a person reads it: whole floats without `.0`, dates as YYYY-MM-DD."""
    if cell == "":
        return ""
    if isinstance(cell, str):
        plain = cell if cell.isprintable() else japanese.clean(cell)
        return plain.strip().removeprefix("'")
    if cell is None or cell is False:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


@lru_cache(maxsize=1 << 14, typed=True)
def yen(cell: Cell, sign: str = "") -> int | None:
    """Return whole yen or None; the same few amounts come again and again. `sign`: what the cart writes for ¥, such as $."""
    if isinstance(cell, str):
        return japanese.yen(cell.replace(sign, "") if sign else cell)
    return None if isinstance(cell, date | time | timedelta) else japanese.yen(cell)


def number(cell: Cell) -> str:
    """Return an order's or member's number as one text: `12300001.0` from a workbook is `12300001`."""
    return japanese.nfkc(text(cell))


def phone(cells: Sequence[Cell]) -> str | None:
    """Return the number in E.164, '' where all parts are blank, None where they make no number."""
    parts = [text(cell) for cell in cells if cell != ""]
    if not any(parts):
        return ""
    if len(parts) == 1:
        return japanese.phone(parts[0])
    return japanese.phone("-".join(parts)) or japanese.phone(_with_zeros(parts))


def _with_zeros(parts: list[str]) -> str:
    """Put back the zeros Excel took from each part of a number in three columns: 90, 0, 1."""
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):  # noqa: PLR2004 - area, exchange, line
        return ""
    area = "0" + parts[0].lstrip("0")
    whole = 11 if re.fullmatch("0[25789]0", area) else 10
    return f"{area}{parts[1].zfill(whole - 4 - len(area))}{parts[2].zfill(4)}"


def postal(cells: Sequence[Cell]) -> str | None:
    """Return seven digits, '' where all parts are blank, None where they make no postal code."""
    parts = [text(cell) for cell in cells if cell != ""]
    if not any(parts):
        return ""
    if len(parts) == 2:  # noqa: PLR2004 - three digits and four
        parts = [japanese.nfkc(parts[0]).zfill(3), japanese.nfkc(parts[1]).zfill(4)]
    return japanese.postal("".join(parts))


def address(cells: Sequence[Cell]) -> str:
    """Join the parts of an address: Japanese runs on, Latin letters and digits keep a space between."""
    joined = ""
    for part in filter(None, map(text, cells)):
        gap = " " if joined and (joined[-1].isascii() or part[0].isascii()) else ""
        joined += gap + part
    return joined


def spaced(cells: Sequence[Cell]) -> str:
    """Join the filled parts with one space: names."""
    return " ".join(filter(None, map(text, cells)))


_SAID_YES = """
yes true 1 y on subscribed はい 有 有り あり 可 許可 希望 希望する 希望します 受信 受信する 受け取る 購読 購読中 購読する
配信 配信中 配信する 同意 同意する 承諾 必要 ○ ◯ 〇 オン
"""
_SAID_NO = """
no false 0 n off unsubscribed いいえ 無 無し なし 不可 拒否 希望しない 希望しません 受信しない 受信拒否 受け取らない 購読しない
購読解除 配信しない 配信停止 配信不可 停止 解除 同意しない 不要 × ✕ ✗ x オフ
"""
_YES, _NO = (frozenset(map(japanese.fold, words.split())) for words in (_SAID_YES, _SAID_NO))


def consent(cell: Cell) -> int | None:
    """Return 1 for a yes, 2 for a no, None where a filled cell says neither."""
    if isinstance(cell, bool):
        return 1 if cell else 2
    word = japanese.fold(text(cell))
    return 1 if word in _YES else 2 if word in _NO else None


_DIGIT = re.compile(r"\d")
_SUMS = frozenset(
    map(japanese.fold, ("合計", "総合計", "総計", "小計", "計", "total", "grand total", "subtotal", "sum"))
)


def is_number(cell: Cell) -> bool:
    """Say whether a cell of the order number's column holds one: not blank, not the word a sum stands under."""
    if not isinstance(cell, str):
        return bool(cell)
    return _DIGIT.search(cell) is not None or (cell.strip() != "" and japanese.fold(cell) not in _SUMS)


def is_sum_row(row: Sequence[Cell]) -> bool:
    """Say whether a row without an order number is a sheet's own sum, or nothing at all."""
    words = [cell for cell in row if isinstance(cell, str) and cell.strip()]
    filled = any(cell not in {"", 0} for cell in row)
    return not filled or any(japanese.fold(word) in _SUMS for word in words[:10])
