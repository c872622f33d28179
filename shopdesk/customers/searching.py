"""The search index: folded text as grams of one and two characters, and candidates checked by substring."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import bindparam, false, func, or_, select, update

from shopdesk import japanese
from shopdesk.customers.keys import keys_by_customer
from shopdesk.customers.tables import CustomerRow
from shopdesk.search_index import SearchIndex, on_sqlite

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

CHUNK = 500
COMMON = 5_000
"""From so many candidates on it is quicker to walk the sorted list and check each row than to collect them."""
_DIALLED = re.compile(r"[+\d()./\-]*\d[+\d()./\-]*")
INDEX = SearchIndex("customer_search", "customer_id")


def search_text(name: str, kana: str, phone: str, email: str, member_ids: Iterable[str]) -> str:
    """Return what a search is checked against: the folded parts, one a line. `phone` is E.164, kept as dialled in Japan."""
    parts = (name, kana, japanese.phone_digits(phone), email, *member_ids)
    return "\n".join(folded for folded in map(japanese.fold, parts) if folded)


def grams_of(stored: str) -> list[str]:
    """Return the distinct grams of a stored search text; none spans two parts."""
    return list(dict.fromkeys(chain.from_iterable(map(japanese.grams, stored.split("\n")))))


def reindex(session: Session, ids: Sequence[int]) -> None:
    """Rewrite the search text and the index rows of these customers; ids that are gone leave the index."""
    for start in range(0, len(ids), CHUNK):
        _reindex(session, ids[start : start + CHUNK])


def _reindex(session: Session, ids: Sequence[int]) -> None:
    row = CustomerRow
    keys = keys_by_customer(session, ids)
    chosen = select(row.id, row.name, row.kana, row.phone, row.email).where(row.id.in_(ids))
    texts = {
        one.id: search_text(
            one.name,
            one.kana,
            one.phone,
            one.email,
            [key.value for key in keys.get(one.id, ()) if key.kind == "member"],
        )
        for one in session.execute(chosen)
    }
    unindex(session, ids)
    if not texts:
        return
    stored = CustomerRow.__table__
    session.connection().execute(
        update(stored).where(stored.c.id == bindparam("who")).values(search_text=bindparam("found")),  # type: ignore[arg-type]
        [{"who": one, "found": found} for one, found in texts.items()],
    )
    INDEX.put(session, {one: grams_of(found) for one, found in texts.items()})


def unindex(session: Session, ids: Sequence[int]) -> None:
    """Take customers out of the index."""
    INDEX.take_out(session, ids)


class Match(NamedTuple):
    """The condition that a customer matches every word, in two forms; and whether few do.

    `collected` starts from the index; `checked` only looks at each row, so that a list already sorted can be read
    until a page is full. Both are empty when there is nothing to search for.
    """

    collected: tuple[ColumnElement[bool], ...] = ()
    checked: tuple[ColumnElement[bool], ...] = ()
    rare: bool = False


def matches(session: Session, words: str) -> Match:
    """Return who matches every word."""
    dialled = _DIALLED.fullmatch(japanese.fold(words))  # a number with spaces in it is one word
    wanted = [_alternatives(word) for word in ([words] if dialled else words.split())]
    wanted = [alternatives for alternatives in wanted if alternatives]
    if not wanted:
        nobody = (false(),) if words.strip() else ()
        return Match(nobody, nobody, bool(nobody))
    candidates = INDEX.candidates(session, wanted)
    some = session.scalar(select(func.count()).select_from(candidates.limit(COMMON + 1).subquery())) or 0
    contains = func.instr if on_sqlite(session) else func.strpos
    checks = tuple(
        or_(*(contains(CustomerRow.search_text, one) > 0 for one in alternatives)) for alternatives in wanted
    )
    return Match((CustomerRow.id.in_(candidates), *checks), checks, some <= COMMON)


def _alternatives(word: str) -> tuple[str, ...]:
    """The folded word, and a phone number typed with hyphens or +81 as it is stored."""
    folded = japanese.fold(word)
    if _DIALLED.fullmatch(folded):
        number = japanese.phone(folded) if folded.startswith("+") else None
        digits = japanese.phone_digits(number) if number else re.sub(r"\D", "", folded)
        return tuple(dict.fromkeys((folded, digits)))
    return (folded,) if folded else ()
