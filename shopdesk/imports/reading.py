"""Rows become neutral orders and people, streaming: one group of rows at a time, problems as values."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from shopdesk import japanese
from shopdesk.i18n import _
from shopdesk.imports import cells
from shopdesk.imports.cells import Issue, text
from shopdesk.imports.items import Items, LonelyItemsError
from shopdesk.imports.lines import line_columns, line_reader
from shopdesk.imports.neutral import Lost, NeutralLine, NeutralOrder, NeutralPerson, Problem
from shopdesk.imports.people import NOBODY, person_columns, person_reader
from shopdesk.imports.recognition import needs_mapping
from shopdesk.imports.rows import (
    SourceFile,
    cell_problem,
    column_name,
    data_rows,
    first_filled,
    first_of,
    lost_characters,
    picker,
)
from shopdesk.imports.rules import any_of
from shopdesk.imports.seen import Seen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shopdesk.spreadsheets import Cell, Row

Group = list["Row"]


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


def read_customers(files: Sequence[SourceFile]) -> Iterator[NeutralPerson | Problem]:
    """Yield the people of all customer files and the problems met; rows without any person are left out."""
    for file in files:
        if file.recognition.kind != "customers":
            continue
        found = file.recognition
        pick, read = picker(person_columns(found.cart, found.header)), person_reader(found.cart, found.header)
        for number, row in data_rows(file):
            customer, issues = read(pick(row))
            if customer == NOBODY or (cells.is_sum_row(row) and not (customer.email or customer.keys)):
                continue
            yield NeutralPerson(found.cart.family, customer, number)
            for issue in issues:
                yield cell_problem(file, number, issue)
        yield from lost_characters(file)


class _Orders:
    """One order file, its columns resolved once."""

    def __init__(self, file: SourceFile, items: Items | None, seen: Seen) -> None:
        found = file.recognition
        self._file, self._items, self._seen = file, items, seen
        self._cart, header = found.cart, found.header
        self._name = file.table.path.name
        self._zone = ZoneInfo(self._cart.zone)
        self._pick_person = picker(person_columns(self._cart, header))
        self._read_person = person_reader(self._cart, header)
        self._pick_lines = picker(line_columns(self._cart, header))
        self._read_lines = line_reader(self._cart, header)
        self._cancelled = any_of(self._cart.cancelled, header)
        self._goods = any_of(self._cart.goods, header)
        sources = self._cart.sources
        self._at = {word: source.indexes(header) for word, source in sources.items() if word.startswith("order.")}
        self._date, self._time, self._written_total, self._status, self._payment = (
            first_of(self._at.get(f"order.{word}", ())) for word in ("date", "time", "total_yen", "status", "payment")
        )
        self._total = self._at.get("order.total_yen", ())
        self._waiting: dict[str, Group] = {}

    def read(self) -> Iterator[NeutralOrder | Problem]:
        for number, group in self._groups():
            head = self._head(group)
            if number and head is None and self._cart.blank_later:
                if self._seen.maybe(number):
                    yield from self._order(number, group, group[0], continued=True)
                else:
                    self._waiting.setdefault(number, []).extend(group)
                continue
            whole = self._waiting.pop(number, []) + group if self._waiting else group
            yield from self._order(number, whole, head or whole[0], continued=self._seen.add(number))
        for number, group in self._waiting.items():
            yield from self._order(number, group, group[0], continued=self._seen.maybe(number))
        yield from lost_characters(self._file)

    def _groups(self) -> Iterator[tuple[str, Group]]:
        """Neighbouring rows with one order number; rows without one are sums or problems, never orders."""
        places = self._at["order.number"]
        plain = places[0] if len(places) == 1 else None
        pick = picker(places)
        raw: Cell | None = None
        group: Group = []
        for entry in data_rows(self._file):
            row = entry[1]
            cell = row[plain] if plain is not None else first_filled(pick(row))
            if cell == raw:
                group.append(entry)
                continue
            if group:
                yield cells.number(raw or ""), group
            group = []
            raw = cell
            if cells.is_number(cell):
                group.append(entry)
            else:
                raw = None
                if cells.is_sum_row(row):
                    self._file.rows -= 1
                else:
                    yield "", [entry]
        if group:
            yield cells.number(raw or ""), group

    def _head(self, group: Group) -> Row | None:
        """The row that has the order's own values: the first with a total."""
        for entry in group:
            for index in self._total:
                if entry[1][index] != "":
                    return entry
        return None

    def _order(self, number: str, group: Group, head: Row, *, continued: bool) -> Iterator[NeutralOrder | Problem]:
        head_row, row = head
        if not number:
            yield self._lost(head_row, "order.number", "", _("This row has no order number; it was left out."))
            return
        ordered_at = japanese.date_time(self._date(row), self._zone)
        if ordered_at is None:
            message = _("The order date cannot be read; the order was left out.")
            yield self._lost(head_row, "order.date", text(self._date(row)), message)
            return
        if "order.time" in self._at:
            ordered_at += self._later(row, ordered_at)
        written = self._written_total(row)
        total = cells.yen(written)
        if total is None and not (written == "" and (continued or self._cart.ours)):
            message = _("The order total cannot be read; the order was left out.")
            yield self._lost(head_row, "order.total_yen", text(written), message)
            return
        issues: list[tuple[int, Issue]] = []
        buyer, unread = self._read_person(self._pick_person(row))
        issues.extend((head_row, issue) for issue in unread)
        lines = self._lines(number, group, head, issues)
        yield NeutralOrder(
            *self._cart.numbered(number),
            ordered_at,
            None if total in self._cart.undetermined else total,
            self._less(head, "order.refunded_yen", issues),
            self._less(head, "order.discount_yen", issues),
            self._is_cancelled(group),
            text(self._status(row)),
            text(self._payment(row)),
            buyer,
            lines,
            group[0][0],
            group[-1][0],
            continued,
        )
        for row_number, issue in issues:
            yield cell_problem(self._file, row_number, issue)

    def _is_cancelled(self, group: Group) -> bool:
        test = self._cancelled
        if test is None:
            return False
        return test(group[0][1]) if len(group) == 1 else any(test(row) for _, row in group)

    def _lines(
        self,
        number: str,
        group: Group,
        head: Row,
        issues: list[tuple[int, Issue]],
    ) -> tuple[NeutralLine, ...]:
        goods = self._items.take(number) if self._items else None
        if goods is not None:
            return goods
        lines: list[NeutralLine] = []
        for row_number, row in [head] if self._cart.packed_lines else group:
            if self._goods is not None and not self._goods(row):
                continue
            found, unread = self._read_lines(self._pick_lines(row))
            lines += found
            if unread:
                issues.extend((row_number, issue) for issue in unread)
        return tuple(lines)

    def _later(self, row: Sequence[Cell], day: datetime) -> timedelta:
        """The time of day where it stands in a column of its own; a date that has a time already needs none."""
        clock = japanese.time_of_day(self._time(row))
        return timedelta() if clock is None or day.astimezone(self._zone).time() != time() else clock

    def _less(self, head: Row, word: str, issues: list[tuple[int, Issue]]) -> int:
        """Yen that were given back or taken off: some carts write them negative."""
        written = first_of(self._at.get(word, ()))(head[1])
        found = 0 if written == "" else cells.yen(written)
        if found is None:
            issues.append((head[0], Issue(word, text(written), cells.BAD_YEN)))
        return abs(found or 0)

    def _lost(self, row: int, word: str, value: str, message: str) -> Problem:
        return Problem(self._name, row, column_name(self._file, word), value, message, Lost.ORDER)
