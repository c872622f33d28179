"""The orders' part of an import: tell new, changed and unchanged orders apart and write them, set-based.

The tables `staged_*` are made by `shopdesk.imports.staging`; `shopdesk.customers.staged` has found the people before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from shopdesk.database import reserve_ids

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_CHANGEABLE = (
    *("buyer_name", "ordered_at", "total_yen", "refunded_yen", "discount_yen"),
    *("cancelled", "status", "payment", "digest"),
)

_MATCH = (
    "UPDATE staged_orders SET order_id = NULL, state = 'new' WHERE state <> 'new'",
    # A report that does not say the amount has no news of an order whose amount is known; a buyer whom nothing identified
    # before, as while their phone was written wrong, is news. Of an order whose buyer was erased the name is gone.
    """UPDATE staged_orders SET order_id = o.id, state = CASE
           WHEN staged_orders.total_yen IS NULL AND o.total_yen IS NOT NULL AND staged_orders.cancelled = 0 THEN 'unchanged'
           WHEN o.customer_id IS NULL AND staged_orders.customer_n IS NOT NULL AND o.buyer_name = staged_orders.buyer_name THEN 'updated'
           WHEN o.digest = staged_orders.digest THEN 'unchanged' ELSE 'updated' END
       FROM orders o WHERE o.cart = staged_orders.cart AND o.number = staged_orders.number""",
)


def match(session: Session) -> None:
    """Say of every staged order whether it is `new`, `updated` or `unchanged`."""
    for statement in _MATCH:
        session.execute(text(statement))


def counts(session: Session) -> dict[str, int]:
    """Return how many orders are new, updated, unchanged, cancelled, their goods lines, and what they come to in yen."""
    said = """SELECT coalesce(sum(CASE WHEN state = 'new' THEN 1 ELSE 0 END), 0),
        coalesce(sum(CASE WHEN state = 'updated' THEN 1 ELSE 0 END), 0),
        coalesce(sum(CASE WHEN state = 'unchanged' THEN 1 ELSE 0 END), 0), coalesce(sum(cancelled), 0),
        (SELECT count(*) FROM staged_lines), coalesce(sum(total_yen), 0),
        coalesce(sum(CASE WHEN state = 'new' THEN total_yen ELSE 0 END), 0) FROM staged_orders"""
    names = ("new", "updated", "unchanged", "cancelled", "lines", "gross_yen", "new_yen")
    return dict(zip(names, map(int, session.execute(text(said)).one()), strict=True))


def write(session: Session, import_id: int) -> None:
    """Write the new and the changed orders with their lines and products, noting what was there before.

    The sums of the customers concerned are the caller's to bring up to date: `orders.add_staged_sums`.
    """
    given = {"import_id": import_id}
    _add_products(session, given)
    _number_the_new(session)
    _note(session, given)
    _insert_orders(session)
    _change_orders(session)
    _write_lines(session)


def samples(session: Session, state: str, most: int) -> list[tuple[str, str, int, int | None, int]]:
    """Return the first orders of a state: number, buyer, moment in milliseconds, yen, number of lines."""
    said = text(
        "SELECT number, buyer_name, ordered_at, total_yen, (SELECT count(*) FROM staged_lines WHERE order_n = n) "
        "FROM staged_orders WHERE state = :state ORDER BY n LIMIT :most"
    )
    return [tuple(row) for row in session.execute(said, {"state": state, "most": most})]


def _add_products(session: Session, given: dict[str, int]) -> None:
    known = (
        "UPDATE staged_products SET product_id = p.id FROM products p WHERE p.cart = staged_products.cart "
        "AND p.code = staged_products.code AND p.name = staged_products.name"
    )
    session.execute(text(known))
    session.execute(
        text(
            "INSERT INTO products (cart, code, name, category) SELECT cart, code, name, '' FROM staged_products "
            "WHERE product_id IS NULL"
        )
    )
    session.execute(
        text(
            "INSERT INTO import_changes SELECT :import_id, 'product', p.id, NULL FROM staged_products s "
            "JOIN products p ON p.cart = s.cart AND p.code = s.code AND p.name = s.name WHERE s.product_id IS NULL"
        ),
        given,
    )
    session.execute(text(known))


def _number_the_new(session: Session) -> None:
    """As they are staged: an order that is no news leaves a gap."""
    last = session.scalar(text("SELECT max(n) FROM staged_orders")) or 0
    first = reserve_ids(session, "orders", last)
    numbered = text("UPDATE staged_orders SET order_id = :first + n - 1 WHERE state = 'new'")
    session.execute(numbered, {"first": first})


def _note(session: Session, given: dict[str, int]) -> None:
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    pair, record = ("json_array", "json_object") if on_sqlite else ("jsonb_build_array", "jsonb_build_object")
    gather = "json_group_array" if on_sqlite else "jsonb_agg"
    session.execute(
        text(
            "INSERT INTO import_changes SELECT :import_id, 'order', order_id, NULL FROM staged_orders WHERE state = 'new'"
        ),
        given,
    )
    images = ", ".join(f"'{name}', {pair}(o.{name}, {_settled(session, name)})" for name in _CHANGEABLE)
    buyer = f"'customer_id', {pair}(o.customer_id, coalesce(o.customer_id, c.customer_id))"
    lines = (
        f"(SELECT {gather}({pair}(l.position, l.product_id, l.quantity, l.unit_price_yen, l.total_yen)) "
        "FROM order_lines l WHERE l.order_id = o.id)"
    )
    session.execute(
        text(
            f"INSERT INTO import_changes SELECT :import_id, 'order', o.id, {record}({images}, {buyer}, 'lines', {lines}) "
            "FROM staged_orders s JOIN orders o ON o.id = s.order_id LEFT JOIN staged_customers c ON c.n = s.customer_n "
            "WHERE s.state = 'updated'"
        ),
        given,
    )
    again = f"CASE WHEN o.digest = s.digest THEN {record}('digest', {pair}(o.digest, o.digest)) ELSE {record}() END"
    session.execute(
        text(
            f"INSERT INTO import_changes SELECT :import_id, 'order', o.id, {again} FROM staged_orders s "
            "JOIN orders o ON o.id = s.order_id WHERE s.state = 'unchanged'"
        ),
        given,
    )


def _settled(session: Session, name: str) -> str:
    """The new value of an order `o` the shop has: a report that does not say the amount leaves it as it is known."""
    return "coalesce(s.total_yen, o.total_yen)" if name == "total_yen" else _as_stored(session, name)


def _as_stored(session: Session, name: str) -> str:
    """Staged truth values are numbers; PostgreSQL wants its own kind."""
    if name == "cancelled" and session.get_bind().dialect.name != "sqlite":
        return "(s.cancelled = 1)"
    return f"s.{name}"


def _insert_orders(session: Session) -> None:
    session.execute(
        text(
            "INSERT INTO orders (id, cart, number, customer_id, buyer_name, ordered_at, total_yen, refunded_yen, discount_yen, "
            f"cancelled, status, payment, digest) SELECT s.order_id, s.cart, s.number, c.customer_id, s.buyer_name, s.ordered_at, "
            f"s.total_yen, s.refunded_yen, s.discount_yen, {_as_stored(session, 'cancelled')}, s.status, s.payment, s.digest FROM staged_orders s "
            "LEFT JOIN staged_customers c ON c.n = s.customer_n WHERE s.state = 'new' ORDER BY s.n"
        )
    )


def _change_orders(session: Session) -> None:
    values = ", ".join(f"{name} = {_settled(session, name)}" for name in _CHANGEABLE)
    session.execute(
        text(
            f"UPDATE orders AS o SET {values}, customer_id = coalesce(o.customer_id, s.buyer) FROM "
            "(SELECT s.*, c.customer_id AS buyer FROM staged_orders s LEFT JOIN staged_customers c ON c.n = s.customer_n "
            "WHERE s.state = 'updated') AS s WHERE o.id = s.order_id"
        )
    )


def _write_lines(session: Session) -> None:
    session.execute(
        text("DELETE FROM order_lines WHERE order_id IN (SELECT order_id FROM staged_orders WHERE state = 'updated')")
    )
    session.execute(
        text(
            "INSERT INTO order_lines (order_id, position, product_id, quantity, unit_price_yen, total_yen) "
            "SELECT o.order_id, l.position, p.product_id, l.quantity, l.unit_price_yen, l.total_yen FROM staged_lines l "
            "JOIN staged_orders o ON o.n = l.order_n JOIN staged_products p ON p.n = l.product_n "
            "WHERE o.state <> 'unchanged' ORDER BY o.order_id, l.position"
        )
    )
