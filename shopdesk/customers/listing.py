"""A list of a million customers, read page by page from the row before: keyset, never OFFSET."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import UnaryExpression, and_, case, func, literal, or_, select, tuple_, type_coerce
from sqlalchemy.orm import aliased
from sqlalchemy.sql.operators import custom_op

from shopdesk.customers.columns import column, holds
from shopdesk.customers.filters import Anchor
from shopdesk.customers.searching import matches
from shopdesk.customers.tables import CustomerRow
from shopdesk.customers.views import list_lines, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

    from shopdesk.customers.filters import CustomerRowView, Filter

WINDOW = 5_000
"""So many rows of the sorted list are looked at for a page of matches before all matches are collected: about 10 ms."""


class _Way(NamedTuple):
    """How matches are found: the value sorted by, and the conditions."""

    key: ColumnElement[Any]
    conditions: tuple[ColumnElement[bool], ...]


class Listing:
    """One filtered, sorted list. People without a value to sort by (no order yet) come last in both directions.

    A page of many matches is read by walking the sort index; a page of few by collecting them all, in the table's own
    order, and sorting: walking for them would read every row, each at another place of the file. A column without an
    index is sorted in one pass that keeps a page's rows only.
    """

    def __init__(self, session: Session, chosen: Filter) -> None:
        self._session = session
        self._descending = chosen.descending
        self._column = sorted_by = column(session, chosen.sort)
        key = sorted_by.value
        narrowed = [holds(session, one) for one in chosen.conditions]
        match = matches(session, chosen.text)
        self._narrowed = bool(narrowed or match.collected)
        self._on_sqlite = session.get_bind().dialect.name == "sqlite"
        # SQLite: +column keeps the planner from the index on it. PostgreSQL's planner knows by itself.
        unindexed = UnaryExpression(key, operator=custom_op("+"), type_=key.type) if self._on_sqlite else key
        self._walk = _Way(key, (*narrowed, *match.checked))
        self._collect = _Way(unindexed if self._narrowed else key, (*narrowed, *match.collected))
        self._rare = match.rare or not sorted_by.indexed

    def count(self) -> int:
        """Return how many customers the list has."""
        conditions = self._collect.conditions
        return self._session.scalar(select(func.count()).select_from(CustomerRow).where(*conditions)) or 0

    def ids(self) -> list[int]:
        """Return the id of every customer of the list, in no particular order."""
        return list(self._session.scalars(select(CustomerRow.id).where(*self._collect.conditions)))

    def page(self, after: Anchor | None, limit: int, *, backwards: bool) -> list[CustomerRowView]:
        """Return up to `limit` rows after the anchor (or before it), in the order of the list."""
        rows: list[CustomerRowView] = []
        for nulls in self._stretches(backwards=backwards):
            if after is not None and not self._reaches(nulls, after, backwards=backwards):
                continue
            begun = after is not None and (after.value is None) == nulls
            found = self._found(nulls, after if begun else None, limit - len(rows), backwards=backwards)
            rows += list_lines(self._session, found)
            if len(rows) >= limit:
                break
        return rows[::-1] if backwards else rows

    def _found(self, nulls: bool, after: Anchor | None, limit: int, *, backwards: bool) -> Sequence[Any]:  # noqa: FBT001
        """Read up to `limit` matches of one stretch."""

        def read(way: _Way, *more: ColumnElement[bool]) -> Sequence[Any]:
            value = self._lacking_as_null(way.key)
            # A pass over everybody sorts ids alone: the wide rows of a page are read after it.
            chosen = listed(value) if self._column.indexed else select(CustomerRow.id)
            query = self._stretch(chosen.where(*way.conditions, *more), way.key, nulls, after, backwards).limit(limit)
            if not self._column.indexed:
                query = listed(value).where(CustomerRow.id.in_(query))
                query = query.order_by(*self._ordered(way.key, nulls, backwards=backwards))
            return self._session.execute(query).all()

        if self._rare:
            return read(self._collect)
        if not (self._narrowed and self._on_sqlite):
            return read(self._walk)
        edge = select(self._walk.key, CustomerRow.id)
        last = self._session.execute(
            self._stretch(edge, self._walk.key, nulls, after, backwards).limit(1).offset(WINDOW)
        ).first()
        if last is None:
            return read(self._walk)
        found = read(self._walk, self._beyond(self._walk.key, nulls, Anchor(*last), backwards=not backwards))
        return found if len(found) == limit else read(self._collect)

    def anchors(self, every: int) -> list[Anchor]:
        """Return the last row of each full page of `every` rows."""
        found: list[Anchor] = []
        before = 0
        # SQLite seeks a hop by its first value only: where many rows share one, numbering them all is quicker.
        hop = self._column is column(self._session, "last_order_at") and not self._narrowed
        for nulls in self._stretches(backwards=False):
            chosen = (self._hops if hop else self._numbered)(nulls, every, before)
            found += [Anchor(None if nulls else value, one) for value, one in self._session.execute(chosen)]
            if not nulls and self._column.lacking is not None:
                with_value = (*self._collect.conditions, *self._null_condition(nulls))
                before = self._session.scalar(select(func.count()).select_from(CustomerRow).where(*with_value)) or 0
        return found

    def _numbered(self, nulls: bool, every: int, before: int) -> Select[*tuple[Any, ...]]:  # noqa: FBT001
        """Number the matches."""
        key, conditions = self._collect
        number = func.row_number().over(order_by=self._ordered(key, nulls, backwards=False)) + before
        numbered = (
            select(key.label("value"), CustomerRow.id, number.label("number"))
            .where(*conditions, *self._null_condition(nulls))
            .subquery()
        )
        chosen = select(numbered.c.value, numbered.c.id).where(numbered.c.number % every == 0)
        return chosen.order_by(numbered.c.number)

    def _hops(self, nulls: bool, every: int, before: int) -> Select[*tuple[Any, ...]]:  # noqa: FBT001
        """Go from each anchor to the next in the sort index: a sixth of the time that numbering every row takes."""
        key = self._walk.key
        first = self._stretch(select(key.label("value"), CustomerRow.id), key, nulls, None, backwards=False)
        hops = first.limit(1).offset(every - 1 - before % every).subquery()
        hopped = select(hops.c.value, hops.c.id, literal(1).label("number")).cte("hops", recursive=True)
        here, there = aliased(CustomerRow), hopped.c
        beyond = self._past(key, nulls, there.value, there.id, backwards=False)
        following = (
            select(CustomerRow.id)
            .where(beyond, *self._null_condition(nulls))
            .order_by(*self._ordered(key, nulls, backwards=False))
            .limit(1)
            .offset(every - 1)
            .correlate(hopped)
            .scalar_subquery()
        )
        value = type_coerce(here.last_order_at, key.type)
        hopped = hopped.union_all(
            select(value, here.id, there.number + 1).join_from(hopped, here, here.id == following)
        )
        return select(hopped.c.value, hopped.c.id).order_by(hopped.c.number)

    def _stretches(self, *, backwards: bool) -> tuple[bool, ...]:
        """The parts of the list in reading order: those with a value (False), those without (True)."""
        if self._column.lacking is None:
            return (False,)
        return (True, False) if backwards else (False, True)

    def _reaches(self, nulls: bool, after: Anchor, *, backwards: bool) -> bool:  # noqa: FBT001 - which stretch
        """Whether reading on from the anchor comes to this stretch."""
        return nulls == (after.value is None) or nulls != backwards

    def _stretch(
        self,
        query: Select[*tuple[Any, ...]],
        key: ColumnElement[Any],
        nulls: bool,  # noqa: FBT001
        after: Anchor | None,
        backwards: bool,  # noqa: FBT001
    ) -> Select[*tuple[Any, ...]]:
        query = query.where(*self._null_condition(nulls))
        if after is not None:
            query = query.where(self._beyond(key, nulls, after, backwards=backwards))
        return query.order_by(*self._ordered(key, nulls, backwards=backwards))

    def _lacking_as_null(self, key: ColumnElement[Any]) -> ColumnElement[Any]:
        return key if self._column.lacking is None else case((self._column.lacking, None), else_=key)

    def _null_condition(self, nulls: bool) -> tuple[ColumnElement[bool], ...]:  # noqa: FBT001
        lacking = self._column.lacking
        if lacking is None:
            return ()
        return (lacking if nulls else ~lacking,)

    def _ordered(self, key: ColumnElement[Any], nulls: bool, *, backwards: bool) -> tuple[ColumnElement[Any], ...]:  # noqa: FBT001
        falling = self._descending != backwards
        number = CustomerRow.id.desc() if self._number_falls(backwards=backwards) else CustomerRow.id.asc()
        return (number,) if nulls else (key.desc() if falling else key.asc(), number)

    def _number_falls(self, *, backwards: bool) -> bool:
        """Without an index equal values are read from the lowest id: that is the order of the pass, which so stays short."""
        return (self._descending if self._column.indexed else False) != backwards

    def _beyond(self, key: ColumnElement[Any], nulls: bool, after: Anchor, *, backwards: bool) -> ColumnElement[bool]:  # noqa: FBT001
        value, one = literal(after.value, key.type), literal(after.id, CustomerRow.id.type)
        return self._past(key, nulls, value, one, backwards=backwards)

    def _past(
        self,
        key: ColumnElement[Any],
        nulls: bool,  # noqa: FBT001
        value: ColumnElement[Any],
        one: ColumnElement[int],
        *,
        backwards: bool,
    ) -> ColumnElement[bool]:
        falling, number_falls = self._descending != backwards, self._number_falls(backwards=backwards)
        further = CustomerRow.id < one if number_falls else CustomerRow.id > one
        if nulls:
            return further
        if falling != number_falls:
            return or_(key < value if falling else key > value, and_(key == value, further))
        place, there = tuple_(key, CustomerRow.id), tuple_(value, one)
        return place < there if falling else place > there
