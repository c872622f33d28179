"""The tables of a preview: orders, what could not be read, and what each column was taken for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import _, _n
from shopdesk.ui import amounts
from shopdesk.ui.days import day_time
from shopdesk.ui.widgets import RIGHT, Cell, Column, Mark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shopdesk.imports import ColumnRead, RowProblem, SampleOrder

_LONGEST = 20


def order_columns() -> list[Column[SampleOrder]]:
    """Return the columns of orders."""
    return [
        Column(_("Order number"), lambda one: Cell(one.number), 200),
        Column(_("Customer"), lambda one: Cell(one.buyer or "–", bold=True)),
        Column(_("Lines"), lambda one: Cell(_n("{n} item", "{n} items", one.lines).format(n=one.lines)), 110, RIGHT),
        Column(_("Ordered"), lambda one: Cell(day_time(one.ordered_at)), 180, RIGHT),
        Column(_("Total"), lambda one: Cell("–" if one.total_yen is None else amounts.yen(one.total_yen)), 150, RIGHT),
    ]


def problem_columns(*, files: bool) -> list[Column[RowProblem]]:
    """Return the columns of what could not be read; `files` names the file where there are several."""
    in_file: list[Column[RowProblem]] = [Column(_("File"), lambda one: Cell(one.file), 150)] if files else []
    return [
        Column(_("Row"), lambda one: Cell("–" if one.row is None else amounts.number(one.row)), 72, RIGHT),
        *in_file,
        Column(_("Column"), lambda one: Cell(one.column or "–"), 140),
        Column(_("What it says"), lambda one: _value(one.value), 180),
        Column(_("What to do"), lambda one: Cell(one.message)),
    ]


def _value(text: str) -> Cell:
    flat = " ".join(text.split())
    short = flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 1]}…"
    return Cell(badge=Mark(short, "danger")) if short else Cell(_("empty"), tone="text_3")


def column_columns(titles: Mapping[str, str], *, files: bool) -> list[Column[ColumnRead]]:
    """Return the columns of the assignment; `titles` are the fields' titles by their words."""
    in_file: list[Column[ColumnRead]] = [Column(_("File"), lambda one: Cell(one.file), 200)] if files else []

    def used(one: ColumnRead) -> Cell:
        if one.field is None:
            return Cell(_("not used"), tone="text_3")
        unclear = Mark(_("unclear"), "warning") if one.asked else None
        return Cell(titles.get(one.field, one.field), badge=unclear)

    return [
        Column(_("Column"), lambda one: Cell(letters(one.index)), 90, RIGHT),
        *in_file,
        Column(_("Heading in the file"), lambda one: Cell(one.column or _("(no heading)"), bold=True)),
        Column(_("Used as"), used, 320),
    ]


def letters(index: int) -> str:
    """Return a column's letters as Excel writes them: 0 is A, 26 is AA."""
    said = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        said = chr(65 + rest) + said
    return said
