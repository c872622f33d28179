"""Rows for tests, written straight into the tables as an import's merge would."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert

from shopdesk.customers import folds, keys_of, reindex
from shopdesk.customers.keys import give
from shopdesk.customers.tables import CustomerRow
from shopdesk.orders import refresh_sums
from shopdesk.orders.tables import OrderLineRow, OrderRow, ProductRow

if TYPE_CHECKING:
    from datetime import datetime

    from shopdesk.shop import Shop


def person(
    shop: Shop, name: str = "見本 花子", kana: str = "", *, cart: str = "shopify", member_id: str = "", **more: object
) -> int:
    """Store one customer with keys and index rows; return its id."""
    values = {
        "email": "",
        "phone": "",
        "postal": "",
        "prefecture": "",
        "address": "",
        "birth_date": None,
        "birth_month": None,
        "sex": "",
        "note": "",
        "consent_line": True,
        "consent_mail": False,
        "line_state": "none",
        "orders": 0,
        "spent_yen": 0,
        "search_text": "",
        "first_order_at": None,
        "last_order_at": None,
        "created_at": shop.clock.now(),
        "changed_at": shop.clock.now(),
    }
    with shop.database.write() as session:
        made = session.execute(
            insert(CustomerRow)
            .values(name=name, kana=kana, **folds(name, kana)._asdict(), **values | more)
            .returning(CustomerRow.id)
        ).scalar_one()
        give(session, made, keys_of(cart, member_id, str(more.get("email", ""))))
        reindex(session, [made])
    return made


def product(shop: Shop, name: str, code: str = "", cart: str = "shopify", category: str = "") -> int:
    """Store one product; return its id."""
    with shop.database.write() as session:
        return session.execute(
            insert(ProductRow).values(cart=cart, code=code, name=name, category=category).returning(ProductRow.id)
        ).scalar_one()


_number = iter(range(1000, 1_000_000))


def order(
    shop: Shop,
    customer: int | None,
    at: datetime,
    yen: int | None = 1000,
    products: tuple[int, ...] = (),
    **more: object,
) -> int:
    """Store one order with a line of each product (quantity 1, the yen shared out) and refresh its customer's sums."""
    values = {
        "cart": "shopify",
        "number": f"#{next(_number)}",
        "buyer_name": "見本 花子",
        "refunded_yen": 0,
        "cancelled": False,
        "status": "",
        "payment": "",
        "digest": "",
    } | more
    with shop.database.write() as session:
        made = session.execute(
            insert(OrderRow).values(customer_id=customer, ordered_at=at, total_yen=yen, **values).returning(OrderRow.id)
        ).scalar_one()
        for position, one in enumerate(products, 1):
            each = None if yen is None else yen // len(products)
            session.execute(
                insert(OrderLineRow).values(
                    order_id=made, position=position, product_id=one, quantity=1, unit_price_yen=each, total_yen=each
                )
            )
        if customer is not None:
            refresh_sums(session, [customer])
    return made
