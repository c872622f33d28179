"""Rows that are no orders: people of customer lists, products of product lists, and subscriptions wherever a column has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk import japanese
from shopdesk.i18n import _
from shopdesk.imports.reading import cells
from shopdesk.imports.reading.cells import Issue, text
from shopdesk.imports.reading.cut_rows import cut_row
from shopdesk.imports.reading.files import (
    SourceFile,
    cell_problem,
    column_name,
    data_rows,
    first_of,
    lost_characters,
    picker,
)
from shopdesk.imports.reading.neutral import Lost, NeutralPerson, NeutralProduct, NeutralSubscription, Problem
from shopdesk.imports.reading.people import NOBODY, person_columns, person_reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from shopdesk.spreadsheets import Cell

# How shops write the state of a subscription; the first list with a word of the cell decides.
_STATES = (
    ("paused", ("休止", "一時停止", "スキップ", "pause", "suspend", "skip", "hold")),
    (
        "stopped",
        ("解約", "停止", "終了", "キャンセル", "退会", "無効", "中止", "cancel", "stop", "expire", "ended", "inactive"),
    ),
    ("active", ("継続", "有効", "契約中", "利用中", "購入中", "申込中", "定期中", "稼働", "再開", "active", "live")),
)


def read_customers(files: Sequence[SourceFile]) -> Iterator[NeutralPerson | Problem]:
    """Yield the people of all customer files and the problems met; rows without any person are left out."""
    for file in files:
        if file.recognition.kind != "customers":
            continue
        found = file.recognition
        pick, read = picker(person_columns(found.cart, found.header)), person_reader(found.cart, found.header)
        for number, row in data_rows(file):
            if number in file.cut:
                yield cut_row(file.table.path.name, number)
                continue
            customer, issues = read(pick(row))
            if customer == NOBODY or (cells.is_sum_row(row) and not (customer.email or customer.keys)):
                continue
            yield NeutralPerson(found.cart.family, customer, number)
            for issue in issues:
                yield cell_problem(file, number, issue)
        yield from lost_characters(file)


def read_products(files: Sequence[SourceFile]) -> Iterator[NeutralProduct | Problem]:
    """Yield the products of all product lists. A row with a code and no name is a variant of the product above."""
    for file in files:
        if file.recognition.kind != "products":
            continue
        words = ("line.code", "line.product", "product.category", "product.price_yen")
        written_code, written_name, written_category, written_price = (_place(file, word) for word in words)
        name = category = ""
        for number, row in data_rows(file):
            if number in file.cut:
                yield cut_row(file.table.path.name, number)
                continue
            code = cells.number(written_code(row))
            if text(written_name(row)):
                name, category = text(written_name(row)), text(written_category(row))
            elif not code:
                continue
            price, written = cells.yen(written_price(row)), text(written_price(row))
            yield NeutralProduct(file.recognition.cart.family, code, name, category, price, number)
            if price is None and written:
                yield cell_problem(file, number, Issue("product.price_yen", written, cells.BAD_YEN))
        yield from lost_characters(file)


def read_goods(files: Sequence[SourceFile]) -> Iterator[NeutralProduct]:
    """Yield what order files tell about their goods beside each line: a column for their category, or their price in the shop."""
    for file in files:
        told = {"product.category", "product.price_yen"} & file.recognition.cart.sources.keys()
        if file.recognition.kind != "orders" or not told:
            continue
        words = ("line.code", "line.product", "product.category", "product.price_yen")
        places = [_place(file, word) for word in words]
        seen: set[tuple[str, str, str, int | None]] = set()
        for number, row in data_rows(file, counted=False):
            code, name, category, price = (place(row) for place in places)
            one = (text(code), text(name), text(category), cells.yen(price))
            if (one[0] or one[1]) and (one[2] or one[3] is not None) and one not in seen:
                seen.add(one)
                yield NeutralProduct(file.recognition.cart.family, *one, number)


def read_subscriptions(files: Sequence[SourceFile]) -> Iterator[NeutralSubscription | Problem]:
    """Yield the subscriptions of every file that has a column for their state, whatever else is in it."""
    for file in files:
        found = file.recognition
        if "subscription.state" not in found.cart.sources:
            continue
        pick, read = picker(person_columns(found.cart, found.header)), person_reader(found.cart, found.header)
        at = {word: _place(file, f"subscription.{word}") for word in ("number", "product", "state", "nth")}
        days = [_place(file, f"subscription.{word}_on") for word in ("started", "next", "stopped")]
        product = _place(file, "line.product")
        alone = found.kind == "subscriptions"
        for number, row in data_rows(file, counted=alone):
            if number in file.cut and alone:
                yield cut_row(file.table.path.name, number)
            written = "" if number in file.cut else text(at["state"](row))
            if not written:
                continue
            state = state_of(written)
            if state is None:
                message = _("This is no state of a subscription; it was left out.")
                name = column_name(file, "subscription.state")
                yield Problem(
                    file.table.path.name, number, name, written[:200], message, Lost.ORDER if alone else Lost.CELL
                )
                continue
            customer, issues = read(pick(row))
            started, following, stopped = (_day(day(row)) for day in days)
            yield NeutralSubscription(
                *found.cart.numbered(cells.number(at["number"](row))),
                customer,
                text(at["product"](row)) or text(product(row)),
                state,
                cells.yen(at["nth"](row)),
                started,
                following,
                stopped,
                file.table.path.name,
                number,
            )
            for issue in issues if alone else ():
                yield cell_problem(file, number, issue)


def state_of(written: str) -> str | None:
    """Return active, paused or stopped for a word such as 継続中, 休止, 解約済; None where it says neither."""
    word = japanese.fold(written)
    return next((state for state, words in _STATES if any(japanese.fold(one) in word for one in words)), None)


def _day(cell: Cell) -> date | None:
    return None if cell == "" else japanese.date(cell)


def _place(file: SourceFile, word: str) -> Callable[[Sequence[Cell]], Cell]:
    found = file.recognition
    return first_of(found.cart.sources[word].indexes(found.header) if word in found.cart.sources else ())
