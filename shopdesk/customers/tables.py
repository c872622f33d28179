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
    The sums and `line_state` are kept here so that a list of a million can be sorted by them. `source` is where the
    person first came from: a cart, `shop` (typed in) or `line`. `order_months` has bit m-1 set for each month of the
    Japanese year in which a counted order was made; `sale_orders` counts those with a discount.
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
    source: Mapped[str]
    orders: Mapped[int]
    spent_yen: Mapped[int]
    cancelled_orders: Mapped[int]
    sale_orders: Mapped[int]
    order_months: Mapped[int]
    first_order_at: Mapped[datetime | None]
    last_order_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    __table_args__ = (
        Index("ix_customers_sort_key", "sort_key", "id"),
        Index(
            # All that segments ask and count by: a rule over a million people reads this instead of the wide rows, or a
            # stretch of it, beside another connection that reads the next.
            "ix_customers_figures",
            "id",
            "last_order_at",
            "orders",
            "spent_yen",
            "first_order_at",
            "line_state",
            "consent_line",
            "consent_mail",
            "birth_month",
            "sex",
            "prefecture",
            "birth_date",
            "source",
            "cancelled_orders",
            "sale_orders",
            "order_months",
        ),
        Index("ix_customers_last_order_at", "last_order_at", "id"),
        Index("ix_customers_spent_yen", "spent_yen", "id"),
        Index("ix_customers_orders", "orders", "id"),
        Index("ix_customers_phone", "phone"),
        {"sqlite_autoincrement": True},
    )


class CustomerKeyRow(Base):
    """What identifies exactly one customer: a member id within a cart, a mail address, or the entry of another ShopDesk.

    `scope` is the cart of a member id; of a mail it is empty for a real address and the mall's name for a masked one,
    so that masked addresses never match across malls. `kind` person is somebody whom nothing identified in the shop that wrote the
    file they came from: their number there, `scope` the moment of their creation there in milliseconds.
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


class OwnFieldRow(Base):
    """A field the shop made for itself; `kind` is text, number or date."""

    __tablename__ = "own_fields"

    id: Mapped[PrimaryId]
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]


class OwnValueRow(Base):
    """What a person has in one of the shop's own fields: text, a number in digits, or a day as YYYY-MM-DD."""

    __tablename__ = "own_values"

    field_id: Mapped[int] = mapped_column(ForeignKey("own_fields.id", ondelete="CASCADE"), primary_key=True)
    customer_id: Mapped[int] = mapped_column(
        ForeignKey("customers.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    value: Mapped[str]

    __table_args__ = ({"sqlite_with_rowid": False},)


class ConsentRow(Base):
    """Proof of one yes or no: append-only, triggers of the migration refuse every change but to whom it belongs.

    `how` is where it was said: shop, line, import, page, merge or stop-use; `wording` is what the person agreed to.
    """

    __tablename__ = "consents"

    id: Mapped[PrimaryId]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), index=True)
    channel: Mapped[str]
    given: Mapped[bool]
    at: Mapped[datetime]
    how: Mapped[str]
    wording: Mapped[str]
    actor: Mapped[str]


class StoppedCustomerRow(Base):
    """A person whose data is not to be used (利用停止): in no segment, sent nothing, whatever a file says."""

    __tablename__ = "stopped_customers"

    customer_id: Mapped[int] = mapped_column(
        ForeignKey("customers.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    at: Mapped[datetime]


class DistinctPeopleRow(Base):
    """Two entries of which somebody said that they are two people. `one_id` is the lower number."""

    __tablename__ = "distinct_people"

    one_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), primary_key=True, index=True)

    __table_args__ = ({"sqlite_with_rowid": False},)


class CustomerRelationRow(Base):
    """Two people who belong together; `kind` is family or company. `one_id` is the lower number."""

    __tablename__ = "customer_relations"

    one_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), primary_key=True, index=True)
    kind: Mapped[str]

    __table_args__ = ({"sqlite_with_rowid": False},)


class MergeRow(Base):
    """Two entries made one. `image` is JSON of all that is needed to take it back; it is emptied by that."""

    __tablename__ = "merges"

    id: Mapped[PrimaryId]
    keep_id: Mapped[int] = mapped_column(index=True)
    other_id: Mapped[int] = mapped_column(index=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    image: Mapped[str]
    undone_at: Mapped[datetime | None]

    __table_args__ = ({"sqlite_autoincrement": True},)


class BulkEditRow(Base):
    """One change to many people. `what` is JSON of the `Change`; `people` is how many it changed."""

    __tablename__ = "bulk_edits"

    id: Mapped[PrimaryId]
    at: Mapped[datetime]
    actor: Mapped[str]
    what: Mapped[str]
    people: Mapped[int]
    undone_at: Mapped[datetime | None]

    __table_args__ = ({"sqlite_autoincrement": True},)


class BulkImageRow(Base):
    """What one person had before a bulk edit; NULL is nothing. Only those whom it changed have a row."""

    __tablename__ = "bulk_images"

    edit_id: Mapped[int] = mapped_column(ForeignKey("bulk_edits.id", ondelete="CASCADE"), primary_key=True)
    customer_id: Mapped[int] = mapped_column(
        ForeignKey("customers.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    before: Mapped[str | None]

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
