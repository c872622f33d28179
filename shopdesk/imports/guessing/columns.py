"""What the columns of a file nobody described may be: names and contents must agree, and what is unsure is asked."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from shopdesk.imports.carts import Source
from shopdesk.imports.guessing import choosing
from shopdesk.imports.guessing.choosing import NOTHING, Guess
from shopdesk.imports.guessing.naming import Named, named
from shopdesk.imports.guessing.suspecting import suspect

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.imports.guessing.contents import Contents
    from shopdesk.imports.headers import Header

_AGREED, _BLANK, _ALONE, _HALF_AGREED = 0.97, 0.92, 0.9, 0.5
_AGREES, _CONTRADICTS = 0.6, 0.3
_TOO_FEW = 3
"""So few cells contradict a heading only where they are clearly something else."""
_JOINED = frozenset({"customer.name", "customer.kana", "customer.address"})
_COUNTS = frozenset({"no", "#", "番号", "ナンバー", "num", "number"})
"""Headings of a column that may only count the rows; an ID or a code is given to somebody."""
_SPLIT = {"customer.phone": 3, "customer.postal": 2}
"""In how many numbered columns these come when they are split."""
_CALLED = frozenset({"customer.name", "customer.kana"})
"""What no look of a cell proves or disproves: below a heading that says so for sure, strange cells are asked about."""
_CALLED_OFF_ON = {"cancel", "date"}
"""キャンセル日: of an order, or of a subscription where the file is about these."""

_LOOK_OF = {
    "order.number": "number",
    "order.date": "date",
    "order.time": "clock",
    "order.total_yen": "yen",
    "order.refunded_yen": "yen",
    "order.discount_yen": "yen",
    "order.cancelled": "called_off",
    "order.payment": "words",
    "line.product": "words",
    "line.quantity": "few",
    "line.unit_price_yen": "yen",
    "line.total_yen": "yen",
    "customer.member_id": "number",
    "customer.name": "called",
    "customer.kana": "kana",
    "customer.email": "mail",
    "customer.phone": "phone",
    "customer.postal": "postal",
    "customer.prefecture": "prefecture",
    "customer.address": "words",
    "customer.birth_date": "birth",
    "customer.sex": "sex",
    "points": "yen",
    "product.category": "words",
    "product.price_yen": "yen",
    "subscription.number": "number",
    "subscription.product": "words",
    "subscription.nth": "few",
    "subscription.next_on": "date",
    "subscription.started_on": "date",
    "subscription.stopped_on": "date",
    "consent.mail": "yes_no",
    "consent.line": "yes_no",
}
_PROVED_BY_LOOK = frozenset(
    {"customer.kana", "customer.postal", "customer.prefecture", "customer.birth_date", "customer.sex", "order.date"}
)
"""Fields whose contents alone nearly prove them: a few strange letters in the heading do not matter."""
_FIELDS_OF = {
    "orders": ("order.", "line.", "customer.", "subscription.", "consent.", "product.category", "points"),
    "customers": ("customer.", "subscription.", "consent.", "points"),
    "subscriptions": ("customer.", "subscription.", "consent.", "points"),
    "products": ("line.product", "line.code", "product."),
}


def guess(header: Header, contents: Contents) -> tuple[str, tuple[Guess, ...]]:
    """Return what kind of file it is, and a guess for each column."""
    names = _in_company([named(folded) for folded in header.folded])
    believed = [_believed(each, index, contents) for index, each in enumerate(names)]
    kind = _kind(believed, names)
    guesses = [_fitting(kind, one, name) for one, name in zip(believed, names, strict=True)]
    for index, name in enumerate(names):
        if name.tags == {"no"} and contents.is_like(index, "number"):
            guesses[index] = _bare_number(kind, header.folded[index], contents.counted_from(index))
    if kind == "orders":
        guesses = choosing.settled_amounts(names, contents, choosing.settled_dates(names, contents, guesses))
    guesses = choosing.without_rivals(header, names, contents, guesses)
    return suspect(kind, header, names, contents, guesses)


def _in_company(names: list[Named]) -> list[Named]:
    """Read 名 as the given name where there is a 姓, and as the whole name where there is none."""
    parts = {each.part for each in names}
    read = []
    for each in names:
        bare = each.tags - {"buyer"}
        if bare == {"mei"}:
            halved = "family" in parts
            each = Named("customer.name", True, "given" if halved else "", tags=each.tags)  # noqa: PLW2901
        elif bare == {"mei", "kana"}:
            halved = "kana_family" in parts
            each = Named("customer.kana", True, "kana_given" if halved else "", tags=each.tags)  # noqa: PLW2901
        read.append(each)
    return read


def _believed(name: Named, index: int, contents: Contents) -> Guess:
    """Hold what a heading says against the cells below it."""
    field = name.field
    if field is None:
        return NOTHING
    day = _day(name, index, contents)
    if day is not None:
        return day
    share = contents.share(index, "called_off" if name.tags == _CALLED_OFF_ON else _LOOK_OF.get(field, "any"))
    if name.part.isdecimal() and field in _SPLIT and contents.is_like(index, "phone_part"):
        share = 1.0
    if share is None:
        return Guess(field, _BLANK if name.sure else _HALF_AGREED, name.part)
    if share < _CONTRADICTS and not (name.sure and field in _CALLED):
        return NOTHING if _is_something_else(index, contents) else Guess(field, _BLANK if name.sure else _HALF_AGREED)
    if share < _AGREES:
        return Guess(field, _HALF_AGREED, name.part)
    proved = name.sure or field in _PROVED_BY_LOOK
    return Guess(field, _AGREED if proved else _HALF_AGREED, name.part)


def _day(name: Named, index: int, contents: Contents) -> Guess | None:
    """Say whether what may be a time, or 受付 alone, which may be a number, is the order's day; one without a year is asked."""
    if name.tags == {"order"} and contents.is_like(index, "day_of_year"):
        return Guess("order.date", _HALF_AGREED)
    may_be = name.field == "order.time" or name.tags == {"order"}
    return Guess("order.date", _AGREED) if may_be and contents.is_like(index, "shown_date") else None


def _is_something_else(index: int, contents: Contents) -> bool:
    """Say whether cells that are not what their heading says are enough, or plain enough, to be believed."""
    looks = ("name", "mail", "shown_phone", "shown_date", "yen")
    return len(contents.filled(index)) >= _TOO_FEW or any(contents.is_like(index, look) for look in looks)


def _kind(guesses: Sequence[Guess], names: Sequence[Named]) -> str:
    sure = {one.field for one in guesses if one.field and not one.asked}
    every = {one.field for one in guesses if one.field}
    dated = any(
        one.field == "order.date" and choosing.is_orders_own(name) for one, name in zip(guesses, names, strict=True)
    )
    about = Counter(word.partition(".")[0] for word in every)
    if about["subscription"] > 1 and "order.number" not in sure:
        return "subscriptions"
    if "order.number" in sure or (dated and every & {"order.total_yen", "line.product", "line.total_yen"}):
        return "orders"
    if about["customer"]:
        return "customers"
    goods = {"line.product", "line.code"} & every
    if goods and every & {"line.unit_price_yen", "product.category", "line.code"}:
        return "products"
    return "orders" if about["order"] or goods else "customers"


def _fitting(kind: str, one: Guess, name: Named) -> Guess:
    """Give a column the meaning it has in a file of this kind, or none."""
    field = one.field
    if field == "line.unit_price_yen" and kind == "products":
        return one._replace(field="product.price_yen")
    if kind == "orders" and field == "subscription.stopped_on" and name.tags == _CALLED_OFF_ON:
        return one._replace(field="order.cancelled")
    if field is None or not field.startswith(_FIELDS_OF[kind]):
        return NOTHING
    borrowed = field.startswith("subscription.") and "sub" not in name.tags and kind != "subscriptions"
    remark = field == "customer.note" and kind != "customers" and "buyer" not in name.tags
    return NOTHING if borrowed or remark else one


def _bare_number(kind: str, folded: str, first: int | None) -> Guess:
    """Say what a bare No. is: one that counts the rows from 1 is nobody's, and another's in the next file.

    `first`: what the column counts from, None where it does not count.
    """
    if kind not in {"customers", "orders"} or (first is not None and first <= 1 and folded in _COUNTS):
        return NOTHING
    if kind == "customers":
        return Guess("customer.member_id", _ALONE if first is None else _HALF_AGREED)
    return Guess("order.number", _HALF_AGREED)


def are_parts(field: str, columns: int) -> bool:
    """Say whether so many columns of a field are parts of one value (姓 and 名, a number in three) rather than one or another."""
    return field in _JOINED or columns == _SPLIT.get(field)


def sources(guesses: Sequence[Guess]) -> dict[str, Source]:
    """Return where each guessed field's value comes from: halves of names family first, mobile phones before others."""
    found: dict[str, Source] = {}
    for field in dict.fromkeys(each.field for each in guesses if each.field):
        places = [(each.part, index) for index, each in enumerate(guesses) if each.field == field]
        parts = {part for part, _index in places}
        split = len(places) == _SPLIT.get(field, 0) and len(parts) == len(places) and all(map(str.isdecimal, parts))
        if field in _JOINED or split:
            places.sort(key=lambda place: ("given" in place[0], place[0].zfill(2), place[1]))
        found[field] = Source(tuple(f"#{index}" for _part, index in places), join=field in _JOINED or split)
    return found
