"""How many people a rule takes and how they are reached: of many people a stretch at a time, on two connections at once."""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select

from shopdesk.customers.tables import CustomerRow
from shopdesk.segments.forms import END, FIRST
from shopdesk.segments.queries import plan
from shopdesk.segments.records import Reach
from shopdesk.segments.sizes import Sizes

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

    from shopdesk.database import Database
    from shopdesk.segments.rules import Rule

MANY = 100_000
"""From so many people on SQLite counts in stretches. PostgreSQL divides the work by itself."""
STRETCHES = 8
"""Whoever came early has bought most: with more stretches than connections none waits for the other for long."""
CONNECTIONS = min(4, os.cpu_count() or 1)

Stretch = dict[str, int]


def reach(database: Database, rule: Rule, now: datetime) -> Reach:
    """Return how many people a rule takes, and how many of them LINE reaches.

    A count of many people sees what was committed when each stretch began: it is asked again after every change anyway.
    """
    with database.read() as session:
        sizes = Sizes(session)
        many = database.on_sqlite and sizes.people >= MANY
        condition, of_many = plan(rule, now, sizes, in_stretches=many)
        query = select(*_figures()).select_from(CustomerRow).where(condition, *sizes.usable())
        if many and of_many:
            return Reach(*_in_stretches(database, session, query, sizes.people))
        return Reach(*_read(session, query, {FIRST.key: 0, END.key: sizes.people + 1} if many else {}))


def total(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """Return the figure that counts the rows for which a condition holds."""
    return func.count().filter(condition)


def _figures() -> tuple[Any, ...]:
    row = CustomerRow
    listens, linked = row.consent_line.is_(True), row.line_state != "none"
    return (
        func.count(),
        total(and_(listens, row.line_state == "friend")),
        total(and_(listens, ~linked)),
        total(row.consent_line.is_(False)),
        total(and_(listens, row.line_state == "blocked")),
    )


def _in_stretches(database: Database, session: Session, query: Select[Any], people: int) -> tuple[int, ...]:
    """Count with the caller's session and others beside it; what ends the caller's ends them, too."""
    # Through the table's own key a stretch would be read from the wide rows.
    query = query.with_hint(CustomerRow, "INDEXED BY ix_customers_figures", "sqlite")
    query = query.where(CustomerRow.id >= FIRST, CustomerRow.id < END)
    ends = [people * n // STRETCHES + 1 for n in range(STRETCHES + 1)]
    left = deque({FIRST.key: first, END.key: end} for first, end in pairwise(ends))
    found: list[tuple[int, ...]] = []

    def work(session: Session) -> None:
        with suppress(IndexError):  # none is left
            while True:
                found.append(_read(session, query, left.popleft()))

    def help_out() -> None:
        with database.read() as beside:
            work(beside)

    with ThreadPoolExecutor(max(1, CONNECTIONS - 1)) as others:
        helping = [others.submit(help_out) for _ in range(CONNECTIONS - 1)]
        try:
            work(session)
        finally:
            left.clear()
    for one in helping:
        one.result()
    return tuple(map(sum, zip(*found, strict=True)))


def _read(session: Session, query: Select[Any], stretch: Stretch) -> tuple[int, ...]:
    return tuple(int(one or 0) for one in session.execute(query, stretch).one())
