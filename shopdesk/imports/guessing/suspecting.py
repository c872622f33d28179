"""Columns whose headings say nothing: what their cells alone make one suspect, which is always asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shopdesk.imports.guessing.choosing import NOTHING, Guess, places_of
from shopdesk.imports.guessing.contents import Contents
from shopdesk.imports.reading import cells
from shopdesk.imports.reading.cells import text
from shopdesk.japanese import nfkc

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shopdesk.imports.guessing.naming import Named
    from shopdesk.imports.headers import Header

_SUSPECTED = 0.6
_ALWAYS = (("customer.email", "mail"), ("customer.phone", "shown_phone"))
_UNNAMED = (
    ("customer.postal", "shown_postal"),
    ("customer.prefecture", "prefecture"),
    ("customer.sex", "shown_sex"),
    ("customer.kana", "kana"),
    ("customer.address", "address"),
)
"""What is looked for only below a blank heading: a heading that people understand and we do not, is another matter."""
_PERSON = re.compile(r"[^\W\d_]{1,5} [^\W\d_]{1,5}")
_LEAST_YEN, _LEAST_DIGITS = 100, 3


def suspect(
    kind: str, header: Header, names: Sequence[Named], contents: Contents, guesses: Sequence[Guess]
) -> tuple[str, tuple[Guess, ...]]:
    """Return the kind and the guesses with what the contents of unnamed columns suggest."""
    found = list(guesses)
    silent = [index for index, name in enumerate(names) if not name.tags and found[index] == NOTHING]
    if kind != "products":
        for index in silent:
            field = _personal(contents, index, blank=not header.folded[index])
            if field and not places_of(found, field):
                found[index] = Guess(field, _SUSPECTED)
    bare = not any(header.folded)
    if bare and any(contents.is_like(index, "shown_date") for index in silent):
        kind = "orders"
    if kind == "orders":
        _suspect_order(contents, silent, found)
    return kind, tuple(found)


def _personal(contents: Contents, index: int, *, blank: bool) -> str | None:
    for field, look in _ALWAYS + _UNNAMED if blank else _ALWAYS:
        if contents.is_like(index, look):
            return field
    people = [_PERSON.fullmatch(nfkc(text(cell))) is not None for cell in contents.filled(index)]
    return "customer.name" if blank and people and sum(people) >= 0.8 * len(people) else None


def _suspect_order(contents: Contents, silent: Sequence[int], found: list[Guess]) -> None:
    """Look for what no order can do without, among the columns that say nothing."""
    tests: tuple[tuple[str, Callable[[int], bool]], ...] = (
        ("order.date", lambda index: contents.is_like(index, "shown_date")),
        ("order.number", lambda index: _numbers_orders(contents, index)),
        ("order.total_yen", lambda index: _is_money(contents, index)),
    )
    for field, test in tests:
        free = [index for index in silent if found[index] == NOTHING and test(index)]
        if free and not places_of(found, field):
            best = free[-1] if field == "order.total_yen" else free[0]
            found[best] = Guess(field, _SUSPECTED)


def _numbers_orders(contents: Contents, index: int) -> bool:
    """Say whether each value stands in one run of rows, as an order's number does, and hardly any is blank."""
    if not contents.is_like(index, "number") or len(contents.filled(index)) < len(contents.rows):
        return False
    groups = contents.groups(index)
    whole = all(len(text(contents.rows[group[0]][index])) >= _LEAST_DIGITS for group in groups)
    return whole and len(groups) > len(contents.rows) / 4 and all(_is_run(group) for group in groups)


def _is_run(group: Sequence[int]) -> bool:
    return group[-1] - group[0] == len(group) - 1


def _is_money(contents: Contents, index: int) -> bool:
    amounts = [cells.yen(cell) or 0 for cell in contents.filled(index)]
    return contents.is_like(index, "yen") and max(amounts, default=0) >= _LEAST_YEN


def looks_like_data(header: Header, below: Contents) -> bool:
    """Say whether a row that was to be the header looks like the rows below it: a mail address, a date or a number."""
    first = Contents([header.names], len(header.names))
    looks = ("mail", "shown_phone", "shown_postal", "shown_date", "yen")
    return any(
        first.is_like(index, look) and below.is_like(index, look)
        for index in range(len(header.names))
        for look in looks
    )
