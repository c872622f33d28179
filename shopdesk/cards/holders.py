"""Who has a card, as a list: searched, sorted by any of its columns, and read page by page from the row before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import and_, func, literal, or_, select, tuple_

from shopdesk.cards.finding import card_number
from shopdesk.cards.tables import LIVE, CardRewardRow, CardRow
from shopdesk.customers import matches
from shopdesk.customers.tables import CustomerRow
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

    from shopdesk.cards.office import Office

# Where there is no day: who never came stands before everybody, what never expires behind everything.
_LONG_AGO, _NEVER = datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)
_NAME = func.coalesce(func.nullif(CardRow.nickname, ""), CustomerRow.name)
_KEYS: dict[str, Any] = {
    "number": CardRow.id,
    "name": CustomerRow.sort_key,
    "points": CardRow.balance,
    "expires": func.coalesce(CardRow.expires_at, literal(_NEVER, CardRow.expires_at.type)),
    "visit": func.coalesce(CardRow.last_visit_at, literal(_LONG_AGO, CardRow.last_visit_at.type)),
}
SORTS = tuple(_KEYS)


class Place(NamedTuple):
    """Where a row stands in the list: the value it is sorted by, and its card's number."""

    value: Any
    id: int


@dataclass(frozen=True, slots=True)
class Holder:
    """A card in the list. `id` is its number, `name` what its customer chose to be called, else their name."""

    id: int
    customer_id: int
    name: str
    kana: str
    balance: int
    expires_at: datetime | None
    last_visit_at: datetime | None
    issued_at: datetime
    place: Place


@dataclass(frozen=True, slots=True)
class Search:
    """Which cards, in which order. `text` is part of a name, a phone number's digits, or a card number; `sort` one of `SORTS`."""

    text: str = ""
    sort: str = "visit"
    descending: bool = True


class Holders:
    """The people with a card."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._staff = office.staff

    @needs(Act.SEE_PEOPLE)
    def count(self, search: Search) -> int:
        """Return how many cards are found."""
        with self._office.database.read() as session:
            return session.scalar(_found(session, search, func.count())) or 0

    @needs(Act.SEE_PEOPLE)
    def page(self, search: Search, after: Place | None = None, limit: int = 200) -> list[Holder]:
        """Return the next cards after one's place."""
        key = _KEYS[search.sort]
        place, falls = tuple_(key, CardRow.id), search.descending
        shown = (CardRow, _NAME.label("name"), CustomerRow.kana, key.label("value"))
        with self._office.database.read() as session:
            chosen = _found(session, search, *shown).order_by(*_ordered(key, falls=falls)).limit(limit)
            if after is not None:
                there = tuple_(literal(after.value, key.type), literal(after.id, CardRow.id.type))
                chosen = chosen.where(place < there if falls else place > there)
            return [_holder(*one) for one in session.execute(chosen)]

    @needs(Act.SEE_PEOPLE)
    def anchors(self, search: Search, every: int) -> list[Place]:
        """Return the place of the last card of each full page of `every`."""
        key = _KEYS[search.sort]
        number = func.row_number().over(order_by=_ordered(key, falls=search.descending)).label("number")
        with self._office.database.read() as session:
            rows = _found(session, search, key.label("value"), CardRow.id, number).subquery()
            chosen = select(rows.c.value, rows.c.id).where(rows.c.number % every == 0).order_by(rows.c.number)
            return [Place(*one) for one in session.execute(chosen)]

    @needs(Act.SEE_PEOPLE)
    def ids(self, search: Search) -> list[int]:
        """Return the number of every card that is found, the lowest first."""
        with self._office.database.read() as session:
            return list(session.scalars(_found(session, search, CardRow.id).order_by(CardRow.id)))

    @needs(Act.SEE_PEOPLE)
    def rewarded(self) -> dict[int, int]:
        """Return how often the reward at so many points was given, and kept."""
        row = CardRewardRow
        chosen = (
            select(row.at_points, func.count().label("given")).where(row.withdrawn_at.is_(None)).group_by(row.at_points)
        )
        with self._office.database.read() as session:
            return {one.at_points: one.given for one in session.execute(chosen)}


def _found(session: Session, search: Search, *shown: Any) -> Select[*tuple[Any, ...]]:
    joined = CustomerRow.id == CardRow.customer_id
    chosen = select(*shown).select_from(CardRow).join(CustomerRow, joined).where(CardRow.state == LIVE)
    words = search.text.strip()
    if not words:
        return chosen
    ways = [and_(*matches(session, words).checked), CardRow.nickname.contains(words, autoescape=True)]
    number = card_number(words)
    return chosen.where(or_(*ways, *([CardRow.id == number] if number is not None else [])))


def _ordered(key: ColumnElement[Any], *, falls: bool) -> Sequence[ColumnElement[Any]]:
    return (key.desc(), CardRow.id.desc()) if falls else (key.asc(), CardRow.id.asc())


def _holder(row: CardRow, name: str, kana: str, value: Any) -> Holder:
    return Holder(
        row.id,
        row.customer_id or 0,
        name,
        kana,
        row.balance,
        row.expires_at,
        row.last_visit_at,
        row.issued_at,
        Place(value, row.id),
    )
