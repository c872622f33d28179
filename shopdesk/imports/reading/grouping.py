"""Neighbouring rows of one order become a group; rows without an order number are sums, problems, or go with the row above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.imports.reading import cells
from shopdesk.imports.reading.files import SourceFile, data_rows, first_of
from shopdesk.imports.reading.lines import line_columns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopdesk.spreadsheets import Cell, Row

Group = list["Row"]


def groups(file: SourceFile) -> Iterator[tuple[str, Group]]:
    """Yield the neighbouring rows with one order number each; a row that has none and is no sum comes alone, under ''."""
    found = file.recognition
    sources, header = found.cart.sources, found.header
    number_of = first_of(sources["order.number"].indexes(header))
    own = tuple(
        index
        for word in ("order.date", "order.total_yen")
        if word in sources
        for index in sources[word].indexes(header)
    )
    goods = line_columns(found.cart, header)
    raw: Cell = ""
    group: Group = []
    for entry in data_rows(file):
        row = entry[1]
        cell = number_of(row)
        if group and (cell == raw or (cell == "" and _goes_on(row, own, goods))):
            group.append(entry)
            continue
        if group:
            yield cells.number(raw), group
        raw, group = cell, []
        if cells.is_number(cell):
            group.append(entry)
        elif cells.is_sum_row(row):
            file.rows -= 1
        else:
            yield "", [entry]
    if group:
        yield cells.number(raw), group


def _goes_on(row: list[Cell], own: tuple[int, ...], goods: tuple[int, ...]) -> bool:
    """Say whether a row without a number holds further goods of the order above: merged cells leave the rest blank."""
    blank = all(row[index] == "" for index in own)
    return blank and any(row[index] != "" for index in goods) and not cells.is_sum_row(row)
