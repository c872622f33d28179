"""Rows become neutral orders, streaming: one group of rows at a time, problems as values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import _
from shopdesk.imports.reading.amounts import Amount, UnreadableTotalError
from shopdesk.imports.reading.cancelling import Cancelling
from shopdesk.imports.reading.cells import Issue, text
from shopdesk.imports.reading.cut_rows import cut_row
from shopdesk.imports.reading.files import SourceFile, cell_problem, column_name, first_of, lost_characters, picker
from shopdesk.imports.reading.grouping import Group, groups
from shopdesk.imports.reading.items import Items, LonelyItemsError
from shopdesk.imports.reading.lines import line_columns, line_reader, with_surcharge
from shopdesk.imports.reading.moments import Moments
from shopdesk.imports.reading.neutral import Lost, NeutralLine, NeutralOrder, Problem
from shopdesk.imports.reading.people import person_columns, person_reader
from shopdesk.imports.reading.seen import Seen
from shopdesk.imports.recognition import needs_mapping
from shopdesk.imports.rules import any_of, first_known
from shopdesk.spreadsheets import damaged

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shopdesk.spreadsheets import Cell, Row


def read_orders(files: Sequence[SourceFile]) -> Iterator[NeutralOrder | Problem]:
    """Yield the orders of all order files, joined with the item files of the same cart, and the problems met.

    Rows of one order that lie apart come as further groups, marked `continued`: `neutral.joined` puts them together.

    Raises:
        LonelyItemsError: an item file has no order file of its cart beside it.
        NeedsMappingError: no column gives an order's number, date or total.
    """
    for file in files:
        if file.recognition.missing and file.recognition.kind in {"orders", "items"}:
            raise needs_mapping(file.recognition, file.table.path.name)
    orders = [file for file in files if file.recognition.kind == "orders"]
    for file in files:
        companions = [each for each in orders if each.recognition.cart.family == file.recognition.cart.family]
        if file.recognition.kind == "items" and not companions:
            sentence = _("“{file}” holds only the goods. Give it together with the order file of the same export.")
            raise LonelyItemsError(sentence.format(file=file.table.path.name))
    items = {file.recognition.cart.family: Items() for file in files if file.recognition.kind == "items"}
    for file in files:
        if file.recognition.kind == "items":
            yield from items[file.recognition.cart.family].load(file)
    seen = Seen()
    for file in orders:
        yield from _Orders(file, items.get(file.recognition.cart.family), seen).read()
    for goods in items.values():
        yield from goods.left_over()


class _Orders:
    """One order file, its columns resolved once."""

    def __init__(self, file: SourceFile, items: Items | None, seen: Seen) -> None:
        found = file.recognition
        self._file, self._items, self._seen = file, items, seen
        cart, header = found.cart, found.header
        self._cart, self._name = cart, file.table.path.name
        self._pick_person, self._read_person = picker(person_columns(cart, header)), person_reader(cart, header)
        self._pick_lines, self._read_lines = picker(line_columns(cart, header)), line_reader(cart, header)
        self._refunded, self._refunds, self._not_order, self._option = (
            any_of(rules, header) for rules in (cart.refunded, cart.refunds, cart.not_orders, cart.options)
        )
        self._cancelling = Cancelling(cart, header)
        self._goods = first_known(cart.goods, header)
        self._when = Moments(cart, header)
        self._status, self._payment = (
            first_of(cart.sources[word].indexes(header) if word in cart.sources else ())
            for word in ("order.status", "order.payment")
        )
        self._total, self._given_back, self._discount = (
            Amount(cart, header, f"order.{word}") for word in ("total_yen", "refunded_yen", "discount_yen")
        )
        self._waiting: dict[str, Group] = {}
        self._cut: set[str] = set()

    def read(self) -> Iterator[NeutralOrder | Problem]:
        waits = self._cart.blank_later or self._refunds is not None
        for number, group in groups(self._file):
            if self._not_order is not None and self._not_order(group[0][1]):
                continue
            if self._lost_to_a_cut(number, group):
                yield from self._left_out(number, group)
                continue
            head = self._head(group)
            if number and head is None and waits:
                if self._seen.maybe(number):
                    yield from self._order(number, group, group[0], continued=True)
                else:
                    self._waiting.setdefault(number, []).extend(group)
                continue
            whole = self._waiting.pop(number, []) + group if self._waiting else group
            yield from self._order(number, whole, head or whole[0], continued=self._seen.add(number))
        for number, group in self._waiting.items():
            yield from self._headless(number, group)
        yield from lost_characters(self._file)

    def _lost_to_a_cut(self, number: str, group: Group) -> bool:
        """Say whether an order has a row that ends too early, in this file or among its goods: what is left is not the order."""
        cut = self._file.cut
        here = bool(cut) and any(row_number in cut for row_number, _row in group)
        return here or number in self._cut or (self._items is not None and number in self._items.cut)

    def _left_out(self, number: str, group: Group) -> Iterator[Problem]:
        """Leave an order out, naming those of its rows that end too early.

        Raises:
            DamagedFileError: other rows of it went by before: nobody can take them back.
        """
        if number and self._seen.maybe(number):
            raise damaged(self._file.table.path)
        if number:
            self._cut.add(number)
            self._waiting.pop(number, None)
            if self._items is not None:
                self._items.take(number)
        yield from (cut_row(self._name, at, number) for at, _row in group if at in self._file.cut)

    def _head(self, group: Group) -> Row | None:
        """The row that has the order's own values: the first with a total; of summed ones any that is no refund."""
        sales = group if self._refunds is None else [entry for entry in group if not self._refunds(entry[1])]
        for entry in sales:
            if self._total.filled(entry[1]):
                return entry
        return sales[0] if sales and self._total.summed else None

    def _headless(self, number: str, group: Group) -> Sequence[NeutralOrder | Problem]:
        if self._refunds is not None and self._refunds(group[0][1]):
            message = _("This refunds a sale that is not in the file. Export a period that has both.")
            return [self._lost(group[0][0], "order.number", number, message)]
        return self._order(number, group, group[0], continued=self._seen.maybe(number))

    def _order(self, number: str, group: Group, head: Row, *, continued: bool) -> Sequence[NeutralOrder | Problem]:
        """Return the order and the cells of it that could not be read, or why it was left out."""
        head_row, row = head
        if not number:
            return [self._lost(head_row, "order.number", "", _("This row has no order number; it was left out."))]
        ordered_at = self._when.of(row)
        if ordered_at is None:
            message = _("The order date cannot be read; the order was left out.")
            return [self._lost(head_row, "order.date", text(self._when.written(row)), message)]
        sales, refunds = self._parted(group)
        try:
            total, back = self._total.of(sales, head) if sales else None, self._total.taken_back(refunds)
        except UnreadableTotalError as error:
            message = _("The order total cannot be read; the order was left out.")
            return [self._lost(error.row, "order.total_yen", text(error.cell), message)]
        if total is None and not (continued or self._may_be_unsaid(row)):
            message = _("The order total cannot be read; the order was left out.")
            return [self._lost(head_row, "order.total_yen", "", message)]
        buyer, unread = self._read_person(self._pick_person(row))
        issues = [(head_row, issue) for issue in unread]
        if self._refunded is not None and self._refunded(row):
            back = max(total or 0, 0)
        order = NeutralOrder(
            *self._cart.numbered(number),
            ordered_at,
            total,
            back or self._given_back.less(sales, head, issues),
            self._discount.less(sales, head, issues),
            self._cancelling.of(sales, issues),
            text(self._status(row)),
            text(self._payment(row)),
            buyer,
            self._lines(number, sales, head, issues),
            group[0][0],
            group[-1][0],
            continued,
            self._total.summed,
        )
        return [order, *(cell_problem(self._file, row_number, issue) for row_number, issue in issues)]

    def _parted(self, group: Group) -> tuple[Group, Group]:
        """What was sold and what was taken back."""
        if self._refunds is None:
            return group, []
        refunds = [entry for entry in group if self._refunds(entry[1])]
        return [entry for entry in group if entry not in refunds], refunds

    def _may_be_unsaid(self, row: Sequence[Cell]) -> bool:
        """An order may come without its total where the cart sums, has not determined it yet, or exports no amounts."""
        return self._cart.unpriced or self._cart.ours or self._total.summed or self._total.filled(row)

    def _lines(
        self,
        number: str,
        sales: Group,
        head: Row,
        issues: list[tuple[int, Issue]],
    ) -> tuple[NeutralLine, ...]:
        goods = self._items.take(number) if self._items else None
        if goods is not None:
            return goods
        lines: list[NeutralLine] = []
        for row_number, row in [head] if self._cart.packed_lines else sales:
            if self._goods is not None and not self._goods(row):
                continue
            found, unread = self._read_lines(self._pick_lines(row))
            if self._option is not None and self._option(row):
                lines[-1:] = [with_surcharge(line, found) for line in lines[-1:]]
            else:
                lines += found
            if unread:
                issues.extend((row_number, issue) for issue in unread)
        return tuple(lines)

    def _lost(self, row: int, word: str, value: str, message: str) -> Problem:
        return Problem(self._name, row, column_name(self._file, word), value, message, Lost.ORDER)
