"""Whether an order was called off: by the cart's rules about its rows, or by the column that says nothing else."""

from __future__ import annotations

import re
from datetime import time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from shopdesk import japanese
from shopdesk.i18n import N_
from shopdesk.imports.reading.cells import Issue, consent, text
from shopdesk.imports.rules import any_of

if TYPE_CHECKING:
    from shopdesk.imports.carts import Cart
    from shopdesk.imports.headers import Header
    from shopdesk.imports.reading.grouping import Group
    from shopdesk.spreadsheets import Cell

BAD_CANCELLED = N_("This says neither that the order was cancelled nor that it was not; it was counted.")
_NOT = re.compile(
    r"[^\w○◯〇]*|0[0\W]*|(未|NOT)?(キャンセル|取消|CANCELL?ED)?(ナシ|無|無シ|シナイ|シテイナイ|不可|未)?|通常|正常|有効|NONE|NULL|ー+"
)
_DONE = "(済|済ミ|アリ|有|有リ|シタ|サレタ|シマシタ|サレマシタ|完了|確定|扱イ|受付|受付済|注文)?"
_CALLED_OFF = re.compile(
    f"(注文|全|全件|全部)?(キャンセル|取消|取消シ|取リ消シ|CANCEL|CANCELL?ED|VOID|VOIDED){_DONE}|済|済ミ|[✓✔☑レ]"
)


@lru_cache(maxsize=1 << 10, typed=True)
def called_off(cell: Cell) -> bool | None:
    """Say whether a cell of such a column says that the order was cancelled: a yes, キャンセル済, the day of it.

    Returns None where it says neither: 一部キャンセル, a reason, another amount than 0 or 1.
    """
    word = japanese.fold(text(cell)).upper()
    if _CALLED_OFF.fullmatch(word):
        return True
    if _NOT.fullmatch(word):
        return False
    answer = consent(cell)
    if answer is not None:
        return answer == 1
    return None if isinstance(cell, time | timedelta) or japanese.date_time(cell) is None else True


class Cancelling:
    """The columns of one file that say it."""

    def __init__(self, cart: Cart, header: Header) -> None:
        self._rule = any_of(cart.cancelled, header)
        self._option = any_of(cart.options, header)
        self._whole = cart.cancelled_whole
        source = cart.sources.get("order.cancelled")
        self._places = source.indexes(header) if source else ()

    def of(self, sales: Group, issues: list[tuple[int, Issue]]) -> bool:
        """Say of an order's rows whether it is cancelled; cells that say neither are noted in `issues`.

        A column of its own must not say no on one row and yes on another: then only some goods were called off.
        """
        return self._by_rule(sales) or (bool(self._places) and self._by_column(sales, issues))

    def _by_rule(self, sales: Group) -> bool:
        test = self._rule
        if test is None or not sales:
            return False
        if len(sales) == 1:
            return test(sales[0][1])
        if self._whole:
            return all(test(row) for _, row in sales if not (self._option is not None and self._option(row)))
        return any(test(row) for _, row in sales)

    def _by_column(self, sales: Group, issues: list[tuple[int, Issue]]) -> bool:
        written = [(number, row[place]) for number, row in sales for place in self._places if row[place] != ""]
        said = [(number, cell, called_off(cell)) for number, cell in written]
        issues.extend(
            (number, Issue("order.cancelled", text(cell), BAD_CANCELLED)) for number, cell, off in said if off is None
        )
        return any(off for _, _, off in said) and not any(off is False for _, _, off in said)
