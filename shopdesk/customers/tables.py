"""Customers, the keys that identify them, and their tags."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from shopdesk.database import Base, PrimaryId, SortText


class CustomerRow(Base):
    """One person.

    `name_fold` and `kana_fold` are what identity compares; `sort_key` is what a list of names sorts by;
    `search_text` is what a search is checked against after the index has proposed the row.
    The sums and `line_state` are kept here so that a list of a million can be sorted by them.
    """

    __tablename__ = "customers"

    id: Mapped[PrimaryId]
    name: Mapped[str]
    kana: Mapped[str]
    name_fold: Mapped[str]
    kana_fold: Mapped[str]
    sort_key: Mapped[str] = mapped_column(SortText)
    search_text: Mapped[str]
    email: Mapped[str]
    phone: Mapped[str]
    postal: Mapped[str]
    prefecture: Mapped[str]
    address: Mapped[str]
    birth_date: Mapped[date | None] = mapped_column(Date)
    birth_month: Mapped[int | None] = mapped_column(SmallInteger)
    sex: Mapped[str]
    note: Mapped[str]
    consent_line: Mapped[bool]
    consent_mail: Mapped[bool]
    line_state: Mapped[str]
    orders: Mapped[int]
    spent_yen: Mapped[int]
    first_order_at: Mapped[datetime | None]
    last_order_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    __table_args__ = (
        Index("ix_customers_sort_key", "sort_key", "id"),
        Index(
            # All that segments ask and count by: a rule over a million people reads this instead of the wide rows.
            "ix_customers_figures",
            "last_order_at",
            "id",
            "orders",
            "spent_yen",
            "first_order_at",
            "line_state",
            "consent_line",
            "consent_mail",
            "birth_month",
            "sex",
            "prefecture",
        ),
        Index("ix_customers_spent_yen", "spent_yen", "id"),
        Index("ix_customers_orders", "orders", "id"),
        Index("ix_customers_phone", "phone"),
        {"sqlite_autoincrement": True},
    )


class CustomerKeyRow(Base):
    """What identifies exactly one customer: a member id within a cart, or a mail address.

    `scope` is the cart of a member id; of a mail it is empty for a real address and the mall's name for a masked one,
    so that masked addresses never match across malls.
    """

    __tablename__ = "customer_keys"

    kind: Mapped[str] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), index=True)

    __table_args__ = ({"sqlite_with_rowid": False},)


class TagRow(Base):
    """A word the shop puts on people."""

    __tablename__ = "tags"

    id: Mapped[PrimaryId]
    name: Mapped[str] = mapped_column(unique=True)


class CustomerTagRow(Base):
    """Who carries which tag."""

    __tablename__ = "customer_tags"

    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id", ondelete="CASCADE"), primary_key=True)
    customer_id: Mapped[int] = mapped_column(
        ForeignKey("customers.id", ondelete="CASCADE"), primary_key=True, index=True
    )

    __table_args__ = ({"sqlite_with_rowid": False},)


class FormerCustomerRow(Base):
    """A customer id that is gone: merged into `became`, or forgotten (NULL). Applied again after a restore.

    The time of creation belongs to the key because a restored database gives numbers out again.
    """

    __tablename__ = "former_customers"

    customer_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    created_at: Mapped[datetime] = mapped_column(primary_key=True)
    became: Mapped[int | None] = mapped_column(index=True)
    at: Mapped[datetime]

    __table_args__ = ({"sqlite_with_rowid": False},)
