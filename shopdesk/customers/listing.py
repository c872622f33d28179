"""A list of a million customers, read page by page from the row before: keyset, never OFFSET."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import BigInteger, UnaryExpression, and_, func, literal, select, tuple_, type_coerce
from sqlalchemy.sql.operators import custom_op

from shopdesk.customers.records import Anchor
from shopdesk.customers.searching import matches
from shopdesk.customers.tables import CustomerRow, CustomerTagRow, TagRow
from shopdesk.customers.views import LISTED, row_view

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

    from shopdesk.customers.records import CustomerRowView, Filter, SortKey

# As the index stores them, so that an anchor's value is compared without any conversion.
_SORTED_BY: dict[SortKey, ColumnElement[Any]] = {
    "name": cast("ColumnElement[Any]", CustomerRow.sort_key),
    "orders": cast("ColumnElement[Any]", CustomerRow.orders),
    "spent_yen": cast("ColumnElement[Any]", CustomerRow.spent_yen),
    "last_order_at": type_coerce(CustomerRow.last_order_at, BigInteger),
}


class Listing:
    """One filtered, sorted list. People without a value to sort by (no order yet) come last in both directions."""

    def __init__(self, session: Session, chosen: Filter) -> None:
        self._session = session
        self._sort = chosen.sort
        self._descending = chosen.descending
        self._key = _SORTED_BY[chosen.sort]
        matching, rare = matches(session, chosen.text)
        self._conditions = [*_narrowed(chosen), *([] if matching is None else [matching])]
        # Of few matches all are collected and sorted: walking the whole sort index for them would read every row.
        unindexed = chosen.text.strip() and rare and session.get_bind().dialect.name == "sqlite"
        self._ordering = UnaryExpression(self._key, operator=custom_op("+")) if unindexed else self._key

    def count(self) -> int:
        """Return how many customers the list has."""
        return self._session.scalar(select(func.count()).select_from(CustomerRow).where(*self._conditions)) or 0

    def ids(self) -> list[int]:
        """Return the id of every customer of the list, in no particular order."""
        return list(self._session.scalars(select(CustomerRow.id).where(*self._conditions)))

    def page(self, after: Anchor | None, limit: int, *, backwards: bool) -> list[CustomerRowView]:
        """Return up to `limit` rows after the anchor (or before it), in the order of the list."""
        rows: list[CustomerRowView] = []
        for nulls in self._stretches(backwards=backwards):
            if after is not None and not self._reaches(nulls, after, backwards=backwards):
                continue
            begun = after is not None and (after.value is None) == nulls
            query = self._stretch(nulls, after if begun else None, backwards=backwards).limit(limit - len(rows))
            rows += [row_view(row, self._sort) for row in self._session.execute(query)]
            if len(rows) >= limit:
                break
        return rows[::-1] if backwards else rows

    def anchors(self, every: int) -> list[Anchor]:
        """Return the last row of each full page of `every` rows."""
        found: list[Anchor] = []
        before = 0
        for nulls in self._stretches(backwards=False):
            value = literal(None, BigInteger) if nulls else self._key
            number = func.row_number().over(order_by=self._ordered(nulls, backwards=False)) + before
            conditions = (*self._conditions, *self._null_condition(nulls))
            numbered = (
                select(value.label("value"), CustomerRow.id, number.label("number")).where(*conditions).subquery()
            )
            chosen = select(numbered.c.value, numbered.c.id).where(numbered.c.number % every == 0)
            found += [Anchor(*row) for row in self._session.execute(chosen.order_by(numbered.c.number))]
            if not nulls and self._sort == "last_order_at":
                before = self._session.scalar(select(func.count()).select_from(CustomerRow).where(*conditions)) or 0
        return found

    def _stretches(self, *, backwards: bool) -> tuple[bool, ...]:
        """The parts of the list in reading order: those with a value (False), those without (True)."""
        if self._sort != "last_order_at":
            return (False,)
        return (True, False) if backwards else (False, True)

    def _reaches(self, nulls: bool, after: Anchor, *, backwards: bool) -> bool:  # noqa: FBT001 - which stretch
        """Whether reading on from the anchor comes to this stretch."""
        return nulls == (after.value is None) or nulls != backwards

    def _stretch(self, nulls: bool, after: Anchor | None, *, backwards: bool) -> Select[*tuple[Any, ...]]:  # noqa: FBT001
        query = select(*LISTED).where(*self._conditions, *self._null_condition(nulls))
        if after is not None:
            query = query.where(self._beyond(nulls, after, backwards=backwards))
        return query.order_by(*self._ordered(nulls, backwards=backwards))

    def _null_condition(self, nulls: bool) -> tuple[ColumnElement[bool], ...]:  # noqa: FBT001
        if self._sort != "last_order_at":
            return ()
        return (self._key.is_(None) if nulls else self._key.is_not(None),)

    def _ordered(self, nulls: bool, *, backwards: bool) -> tuple[ColumnElement[Any], ...]:  # noqa: FBT001
        columns = (CustomerRow.id,) if nulls else (self._ordering, CustomerRow.id)
        falling = self._descending != backwards
        return tuple(column.desc() if falling else column.asc() for column in columns)

    def _beyond(self, nulls: bool, after: Anchor, *, backwards: bool) -> ColumnElement[bool]:  # noqa: FBT001
        falling = self._descending != backwards
        if nulls:
            return CustomerRow.id < after.id if falling else CustomerRow.id > after.id
        place = tuple_(self._key, CustomerRow.id)
        there = tuple_(literal(after.value, self._key.type), literal(after.id, CustomerRow.id.type))
        return place < there if falling else place > there


def _narrowed(chosen: Filter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if chosen.tag:
        carrying = select(CustomerTagRow.customer_id).join(TagRow, TagRow.id == CustomerTagRow.tag_id)
        conditions.append(CustomerRow.id.in_(carrying.where(TagRow.name == chosen.tag)))
    if chosen.line:
        conditions.append(CustomerRow.line_state == chosen.line)
    if chosen.bought_twice:
        conditions.append(CustomerRow.orders >= 2)  # noqa: PLR2004 - twice
    if chosen.ordered_since is not None:
        conditions.append(
            and_(CustomerRow.last_order_at.is_not(None), CustomerRow.last_order_at >= chosen.ordered_since)
        )
    return conditions
