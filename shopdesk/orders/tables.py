"""Orders, their lines, and the products in them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shopdesk.database import Base, PrimaryId


class ProductRow(Base):
    """A product as one cart names it. `category` and `price_yen` come from product lists; '' and None without one."""

    __tablename__ = "products"

    id: Mapped[PrimaryId]
    cart: Mapped[str]
    code: Mapped[str]
    name: Mapped[str]
    category: Mapped[str]
    price_yen: Mapped[int | None]

    __table_args__ = (
        UniqueConstraint("cart", "code", "name"),
        Index("ix_products_name", "name"),
        Index("ix_products_code", "code"),
    )


class OrderRow(Base):
    """One order. `total_yen` is None while the cart has not determined it; `digest` tells whether an import brings news.

    `discount_yen` is what a coupon or a sale took off, 0 where the cart does not say.
    """

    __tablename__ = "orders"

    id: Mapped[PrimaryId]
    cart: Mapped[str]
    number: Mapped[str]
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id", ondelete="SET NULL"))
    buyer_name: Mapped[str]
    ordered_at: Mapped[datetime]
    total_yen: Mapped[int | None]
    refunded_yen: Mapped[int]
    discount_yen: Mapped[int]
    cancelled: Mapped[bool]
    status: Mapped[str]
    payment: Mapped[str]
    digest: Mapped[str]

    __table_args__ = (
        UniqueConstraint("cart", "number"),
        # Both with what sums need: a long time is counted person by person, a short one by itself, neither reads the orders.
        Index("ix_orders_customer_id", "customer_id", "ordered_at", "cancelled", "total_yen", "refunded_yen"),
        Index("ix_orders_counted", "ordered_at", "customer_id", "cancelled", "total_yen", "refunded_yen"),
        {"sqlite_autoincrement": True},
    )


class OrderLineRow(Base):
    """One product in an order."""

    __tablename__ = "order_lines"

    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    quantity: Mapped[int]
    unit_price_yen: Mapped[int | None]
    total_yen: Mapped[int | None]

    __table_args__ = ({"sqlite_with_rowid": False},)


class CustomerProductRow(Base):
    """What a customer bought of a product, counted orders only; `first_day` and `last_day` are days of Japan since 1970.

    `customer_id` is no foreign key: sorted by product, the table would be read whole for each customer who goes.
    """

    __tablename__ = "customer_products"

    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True)
    customer_id: Mapped[int] = mapped_column(primary_key=True)
    orders: Mapped[int]
    quantity: Mapped[int]
    yen: Mapped[int]
    first_day: Mapped[int]
    last_day: Mapped[int]

    __table_args__ = ({"sqlite_with_rowid": False},)


class SubscriptionRow(Base):
    """A product that comes again and again (定期購入). `state` is active, paused or stopped.

    `number` is the cart's own for the subscription, else made of what identifies it: `nth` is the last delivery's count.
    """

    __tablename__ = "subscriptions"

    id: Mapped[PrimaryId]
    cart: Mapped[str]
    number: Mapped[str]
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id", ondelete="SET NULL"), index=True)
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"))
    state: Mapped[str]
    nth: Mapped[int | None]
    started_on: Mapped[date | None] = mapped_column(Date)
    next_on: Mapped[date | None] = mapped_column(Date)
    stopped_on: Mapped[date | None] = mapped_column(Date)
    digest: Mapped[str]

    __table_args__ = (UniqueConstraint("cart", "number"), {"sqlite_autoincrement": True})
