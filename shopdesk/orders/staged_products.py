"""The product lists of an import: tell category and price of the products the shop knows, and add those it does not.

A list of a cart tells about that cart's products; one of no cart about every product with its code, or its name where either
has no code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_NEWS = "s.category <> '' AND s.category <> p.category OR s.price_yen IS NOT NULL AND coalesce(p.price_yen, -1) <> s.price_yen"
_LISTED = "FROM staged_catalog s JOIN products p ON (s.cart = '' OR s.cart = p.cart) AND"
_MATCH = (
    "DELETE FROM staged_listed",
    f"INSERT INTO staged_listed SELECT p.id, min(s.n) {_LISTED} p.code = s.code WHERE s.code <> '' GROUP BY p.id",
    f"INSERT INTO staged_listed SELECT p.id, min(s.n) {_LISTED} p.name = s.name WHERE (s.code = '' OR p.code = '') "
    "AND p.id NOT IN (SELECT product_id FROM staged_listed) GROUP BY p.id",
)
_CHANGED = (
    f"FROM staged_listed l JOIN staged_catalog s ON s.n = l.n JOIN products p ON p.id = l.product_id WHERE ({_NEWS})"
)
_FRESH = "FROM staged_catalog s WHERE s.name <> '' AND s.n NOT IN (SELECT n FROM staged_listed)"


def match(session: Session) -> None:
    """Find the products that the staged lists tell about."""
    for statement in _MATCH:
        session.execute(text(statement))


def counts(session: Session) -> tuple[int, int]:
    """Return how many listed products are new and how many of the shop's get news."""
    new, changed = session.execute(text(f"SELECT (SELECT count(*) {_FRESH}), (SELECT count(*) {_CHANGED})")).one()
    return int(new), int(changed)


def write(session: Session, import_id: int) -> None:
    """Write what the lists tell, noting it for an undo. The products of the import's own orders are there by now."""
    match(session)
    given = {"import_id": import_id}
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    pair, record = ("json_array", "json_object") if on_sqlite else ("jsonb_build_array", "jsonb_build_object")
    category = "CASE WHEN s.category <> '' THEN s.category ELSE p.category END"
    images = f"'category', {pair}(p.category, {category}), 'price_yen', {pair}(p.price_yen, coalesce(s.price_yen, p.price_yen))"
    session.execute(
        text(
            f"INSERT INTO import_changes SELECT :import_id, 'product', p.id, {record}({images}) {_CHANGED} ON CONFLICT DO NOTHING"
        ),
        given,
    )
    fresh = f"SELECT s.cart, s.code, s.name, s.category, s.price_yen {_FRESH} ORDER BY s.n"
    made = session.scalars(
        text(
            f"INSERT INTO products (cart, code, name, category, price_yen) {fresh} ON CONFLICT DO NOTHING RETURNING id"
        )
    ).all()
    note = text("INSERT INTO import_changes VALUES (:import_id, 'product', :id, NULL)")
    if made:
        session.execute(note, [given | {"id": one} for one in made])
    session.execute(
        text(
            f"UPDATE products AS p SET category = {category}, price_yen = coalesce(s.price_yen, p.price_yen) "
            f"FROM staged_listed l JOIN staged_catalog s ON s.n = l.n WHERE p.id = l.product_id AND ({_NEWS})"
        )
    )
