"""Rows become neutral orders and people, streaming: one group of rows at a time, problems as values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from operator import itemgetter
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from shopdesk import japanese
from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _
from shopdesk.imports import cells
from shopdesk.imports.cells import Issue, text
from shopdesk.imports.lines import line_columns, line_reader
from shopdesk.imports.neutral import Lost, NeutralLine, NeutralOrder, NeutralPerson, Problem
from shopdesk.imports.people import NOBODY, person_columns, person_reader
from shopdesk.imports.recognition import recognise
from shopdesk.imports.rules import any_of
from shopdesk.imports.seen import Seen
from shopdesk.spreadsheets import open_table

if TYPE_CHECKING:
    from pathlib import Path

    from shopdesk.imports.mapping import Mapping
    from shopdesk.imports.recognition import Recognition
    from shopdesk.spreadsheets import Cell, Row, Table

Group = list["Row"]
Pick = Callable[[Sequence["Cell"]], tuple["Cell", ...]]


class LonelyItemsError(ShopDeskError):
    """An item file was given without the order file it belongs to."""

    code = "needs_companion"


@dataclass(slots=True)
class SourceFile:
    """An opened and recognised file. `rows` counts its data rows while it is read."""

    table: Table
    recognition: Recognition
    rows: int = 0


def open_file(path: Path, *, cart: str | None = None, mapping: Mapping | None = None) -> SourceFile:
    """Open and recognise one file.

    Raises:
        UnreadableFileError, NotRecognisedError, NoRowsError, NotFoundError, InvalidInputError: each says what to do.
    """
    table = open_table(path, mapping.encoding if mapping else None)
    return SourceFile(table, recognise(table, cart=cart, mapping=mapping))


def read_orders(files: Sequence[SourceFile]) -> Iterator[NeutralOrder | Problem]:
    """Yield the orders of all order files, joined with the item files of the same cart, and the problems met.

    Rows of one order that lie apart come as further groups, marked `continued`: `neutral.joined` puts them together.

    Raises:
        LonelyItemsError: an item file has no order file of its cart beside it.
    """
    orders = [file for file in files if file.recognition.kind == "orders"]
    for file in files:
        companions = [each for each in orders if each.recognition.cart.family == file.recognition.cart.family]
        if file.recognition.kind == "items" and not companions:
            sentence = _("“{file}” holds only the goods. Give it together with the order file of the same export.")
            raise LonelyItemsError(sentence.format(file=file.table.path.name))
    items = {file.recognition.cart.family: _Items() for file in files if file.recognition.kind == "items"}
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
        pick, read = _picker(person_columns(found.cart, found.header)), person_reader(found.cart, found.header)
        for number, row in _data_rows(file):
            customer, issues = read(pick(row))
            if customer == NOBODY or (cells.is_sum_row(row) and not customer.email):
                continue
            yield NeutralPerson(found.cart.family, customer, number)
            for issue in issues:
                yield _cell_problem(file, number, issue)
        yield from _lost_characters(file)


class _Items:
    """The goods of an item file by order number, held until their orders come by."""

    def __init__(self) -> None:
        self._lines: dict[str, list[NeutralLine]] = {}
        self._rows: dict[str, tuple[str, int]] = {}

    def load(self, file: SourceFile) -> Iterator[Problem]:
        found = file.recognition
        pick, read = _picker(line_columns(found.cart, found.header)), line_reader(found.cart, found.header)
        numbers = _picker(found.cart.sources["order.number"].indexes(found.header))
        for row_number, row in _data_rows(file):
            number = cells.number(_first_filled(numbers(row)))
            if not number:
                continue
            lines, issues = read(pick(row))
            self._lines.setdefault(number, []).extend(lines)
            self._rows.setdefault(number, (file.table.path.name, row_number))
            for issue in issues:
                yield _cell_problem(file, row_number, issue)
        yield from _lost_characters(file)

    def take(self, number: str) -> tuple[NeutralLine, ...] | None:
        """Return the goods of an order, once; None where the item files have none."""
        self._rows.pop(number, None)
        lines = self._lines.pop(number, None)
        return None if lines is None else tuple(lines)

    def left_over(self) -> Iterator[Problem]:
        """Yield a problem for each order number that no order file has."""
        for number, (name, row) in self._rows.items():
            message = _("No order file has the order of these goods; they were left out.")
            yield Problem(name, row, "", number, message, Lost.ORDER)


class _Orders:
    """One order file, its columns resolved once."""

    def __init__(self, file: SourceFile, items: _Items | None, seen: Seen) -> None:
        found = file.recognition
        self._file, self._items, self._seen = file, items, seen
        self._cart, header = found.cart, found.header
        self._name = file.table.path.name
        self._zone = ZoneInfo(self._cart.zone)
        self._pick_person = _picker(person_columns(self._cart, header))
        self._read_person = person_reader(self._cart, header)
        self._pick_lines = _picker(line_columns(self._cart, header))
        self._read_lines = line_reader(self._cart, header)
        self._cancelled = any_of(self._cart.cancelled, header)
        self._goods = any_of(self._cart.goods, header)
        sources = self._cart.sources
        self._at = {word: source.indexes(header) for word, source in sources.items() if word.startswith("order.")}
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
        yield from _lost_characters(self._file)

    def _groups(self) -> Iterator[tuple[str, Group]]:
        """Neighbouring rows with one order number; rows without one are sums or problems, never orders."""
        places = self._at["order.number"]
        plain = places[0] if len(places) == 1 else None
        pick = _picker(places)
        raw: Cell | None = None
        group: Group = []
        for entry in _data_rows(self._file):
            row = entry[1]
            cell = row[plain] if plain is not None else _first_filled(pick(row))
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
        ordered_at = japanese.date_time(self._value("order.date", row), self._zone)
        if ordered_at is None:
            message = _("The order date cannot be read; the order was left out.")
            yield self._lost(head_row, "order.date", self._text("order.date", row), message)
            return
        if "order.time" in self._at:
            ordered_at += self._later(row, ordered_at)
        written = self._value("order.total_yen", row)
        total = cells.yen(written)
        if total is None and not (continued and written == ""):
            message = _("The order total cannot be read; the order was left out.")
            yield self._lost(head_row, "order.total_yen", text(written), message)
            return
        issues: list[tuple[int, Issue]] = []
        buyer, unread = self._read_person(self._pick_person(row))
        issues.extend((head_row, issue) for issue in unread)
        lines = self._lines(number, group, head, issues)
        yield NeutralOrder(
            cart=self._cart.family,
            number=number,
            ordered_at=ordered_at,
            total_yen=None if total in self._cart.undetermined else total,
            refunded_yen=self._refunded(head, issues),
            cancelled=self._is_cancelled(group),
            status=self._text("order.status", row),
            payment=self._text("order.payment", row),
            buyer=buyer,
            lines=lines,
            row_first=group[0][0],
            row_last=group[-1][0],
            continued=continued,
        )
        for row_number, issue in issues:
            yield _cell_problem(self._file, row_number, issue)

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

    def _value(self, word: str, row: Sequence[Cell]) -> Cell:
        for index in self._at.get(word, ()):
            if row[index] != "":
                return row[index]
        return ""

    def _text(self, word: str, row: Sequence[Cell]) -> str:
        return text(self._value(word, row))

    def _later(self, row: Sequence[Cell], day: datetime) -> timedelta:
        """The time of day where it stands in a column of its own; a date that has a time already needs none."""
        clock = japanese.time_of_day(self._value("order.time", row))
        return timedelta() if clock is None or day.astimezone(self._zone).time() != time() else clock

    def _refunded(self, head: Row, issues: list[tuple[int, Issue]]) -> int:
        written = self._value("order.refunded_yen", head[1])
        found = 0 if written == "" else cells.yen(written)
        if found is None:
            issues.append((head[0], Issue("order.refunded_yen", text(written), cells.BAD_YEN)))
        return abs(found or 0)

    def _lost(self, row: int, word: str, value: str, message: str) -> Problem:
        return Problem(self._name, row, _column_name(self._file, word), value, message, Lost.ORDER)


def _data_rows(file: SourceFile) -> Iterator[Row]:
    """The rows below the header, each as wide as the header, blank ones left out and the others counted."""
    found, width = file.recognition, len(file.recognition.header.names)
    for entry in file.table.rows(found.sheet):
        number, row = entry
        if number <= found.header_row:
            continue
        if len(row) < width:
            if not any(row):
                continue
            row.extend([""] * (width - len(row)))
        elif not any(row):
            continue
        file.rows += 1
        yield entry


def _first_filled(row: tuple[Cell, ...]) -> Cell:
    return next((cell for cell in row if cell != ""), "")


def _picker(indexes: tuple[int, ...]) -> Pick:
    if not indexes:
        return lambda row: ()  # noqa: ARG005 - the shape itemgetter has
    if len(indexes) == 1:
        index = indexes[0]
        return lambda row: (row[index],)
    return itemgetter(*indexes)


def _column_name(file: SourceFile, word: str) -> str:
    found = file.recognition
    indexes = found.cart.sources[word].indexes(found.header) if word in found.cart.sources else ()
    return " ".join(found.header.names[index] for index in indexes[:1])


def _cell_problem(file: SourceFile, row: int, issue: Issue) -> Problem:
    column = _column_name(file, issue.field)
    return Problem(file.table.path.name, row, column, issue.value[:200], _(issue.message), Lost.CELL)


def _lost_characters(file: SourceFile) -> Iterator[Problem]:
    count = file.table.lost_characters()
    if count:
        message = _("{count} characters could not be read and show as �. Export the file again if they matter.")
        yield Problem(file.table.path.name, 0, "", "", message.format(count=count), Lost.CELL)
