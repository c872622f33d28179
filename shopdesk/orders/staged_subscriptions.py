"""The subscriptions of an import: tell new, changed and unchanged ones apart and write them, set-based.

`shopdesk.customers.staged` has found the people, `shopdesk.orders.staged` has written the products before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_DAYS = ("started_on", "next_on", "stopped_on")
_MATCH = (
    "UPDATE staged_subscriptions SET subscription_id = NULL, news = 'new'",
    """UPDATE staged_subscriptions SET subscription_id = o.id,
           news = CASE WHEN o.digest = staged_subscriptions.digest THEN 'unchanged' ELSE 'updated' END
       FROM subscriptions o WHERE o.cart = staged_subscriptions.cart AND o.number = staged_subscriptions.number""",
)
_STAGED = (
    "FROM staged_subscriptions s LEFT JOIN staged_customers c ON c.n = s.customer_n "
    "LEFT JOIN staged_products p ON p.n = s.product_n"
)


def match(session: Session) -> None:
    """Say of every staged subscription whether it is `new`, `updated` or `unchanged`."""
    for statement in _MATCH:
        session.execute(text(statement))


def counts(session: Session) -> tuple[int, int]:
    """Return how many are new and how many get news."""
    parts = ", ".join(f"count(CASE WHEN news = '{news}' THEN 1 END)" for news in ("new", "updated"))
    new, updated = session.execute(text(f"SELECT {parts} FROM staged_subscriptions")).one()
    return int(new), int(updated)


def write(session: Session, import_id: int) -> None:
    """Write the new and the changed ones, noting what was there before; what the file leaves blank stays."""
    given = {"import_id": import_id}
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    pair, record = ("json_array", "json_object") if on_sqlite else ("jsonb_build_array", "jsonb_build_object")
    day = {name: f"s.{name}" if on_sqlite else f"CAST(s.{name} AS date)" for name in _DAYS}
    values = {
        "state": "s.state",
        "nth": "coalesce(s.nth, o.nth)",
        "product_id": "coalesce(p.product_id, o.product_id)",
        "customer_id": "coalesce(o.customer_id, c.customer_id)",
        "digest": "s.digest",
        **{name: f"coalesce({day[name]}, o.{name})" for name in _DAYS},
    }
    images = ", ".join(f"'{name}', {pair}(o.{name}, {value})" for name, value in values.items())
    changed = f"{_STAGED} JOIN subscriptions o ON o.id = s.subscription_id WHERE s.news = 'updated'"
    session.execute(
        text(f"INSERT INTO import_changes SELECT :import_id, 'subscription', o.id, {record}({images}) {changed}"), given
    )
    session.execute(
        text(
            "INSERT INTO import_changes SELECT :import_id, 'subscription', subscription_id, '{}' FROM staged_subscriptions "
            "WHERE news = 'unchanged'"
        ),
        given,
    )
    settled = ", ".join(f"{value} AS {name}" for name, value in values.items())
    session.execute(
        text(
            f"UPDATE subscriptions SET {', '.join(f'{name} = n.{name}' for name in values)} "
            f"FROM (SELECT o.id, {settled} {changed}) n WHERE subscriptions.id = n.id"
        )
    )
    made = session.scalars(
        text(
            f"INSERT INTO subscriptions (cart, number, customer_id, product_id, state, nth, {', '.join(_DAYS)}, digest) "
            f"SELECT s.cart, s.number, c.customer_id, p.product_id, s.state, s.nth, {', '.join(day.values())}, s.digest "
            f"{_STAGED} WHERE s.news = 'new' ORDER BY s.n RETURNING id"
        )
    ).all()
    if made:
        note = text("INSERT INTO import_changes VALUES (:import_id, 'subscription', :id, NULL)")
        session.execute(note, [given | {"id": one} for one in made])
