"""What of the orders fits into a cart's layout: which rows it takes, and what it has no place for, counted as they go by."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from shopdesk.exports.layouts import layout_of
from shopdesk.exports.records import Unheld

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shopdesk.exports.layouts import Layout
    from shopdesk.exports.records import Entry

_OURS_ALONE = frozenset({"order.cart", "order.key", "customer.keys"})


class Fitting:
    """The orders on their way into one layout."""

    def __init__(self, layout: Layout) -> None:
        self._rows = layout.rows
        beside = layout.rows == "goods"  # an order file of the same cart says the rest
        self._says_cancelled = beside or "order.cancelled" in layout.held
        self._homeless = [
            one
            for one in layout_of("orders").columns
            if one.word not in layout.held | _OURS_ALONE and (one.word.startswith("line.") or not beside)
        ]
        self._unheld: Counter[str] = Counter()
        self.cancelled_left_out = 0

    def of(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Yield the entries that become rows."""
        for entry in entries:
            first = entry.goods is None or entry.goods.position <= 1
            if entry.order is not None and entry.order.cancelled and not self._says_cancelled:
                self.cancelled_left_out += first
                continue
            if first:
                self._count(entry)
            if (self._rows != "orders" or first) and (self._rows != "goods" or entry.lines):
                yield entry

    def _count(self, entry: Entry) -> None:
        """Count the order once for each word that it has a value of and the layout no place for."""
        every = [entry, *(entry._replace(goods=one) for one in entry.lines[1:])]
        for column in self._homeless:
            if any(column.value(one) for one in every):
                self._unheld[column.word] += 1

    @property
    def unheld(self) -> tuple[Unheld, ...]:
        """What did not fit, in the order of our own columns."""
        counted = ((one, self._unheld[one.word]) for one in self._homeless)
        return tuple(Unheld(one.word, one.title, orders) for one, orders in counted if orders)
