"""Coupons, who has one, the codes that open them, and each use."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from shopdesk.coupons.records import Happening, Kind, Proof, State, Why
from shopdesk.database import Base, PrimaryId


class CouponRow(Base):
    """A coupon and what it promises.

    `weekdays` are digits, 0 for Monday, '' for every day; `opens` and `closes` are minutes of a day in Japan. `used` counts the uses
    that stand: it is raised by the same write that uses one, so it never passes `most`. `line_id` is LINE's id of the coupon that was
    made of it there, '' for none; `line_form` is how it was made, to tell whether it has changed since; `line_left` the id of the one
    before, until LINE has closed it.
    """

    __tablename__ = "coupons"

    id: Mapped[PrimaryId]
    name: Mapped[str]
    kind: Mapped[Kind] = mapped_column(Text)
    value: Mapped[int | None]
    text: Mapped[str]
    terms: Mapped[str]
    picture: Mapped[str]
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    lasts_days: Mapped[int | None]
    weekdays: Mapped[str]
    opens: Mapped[int | None]
    closes: Mapped[int | None]
    per_person: Mapped[int | None]
    most: Mapped[int | None]
    minimum_yen: Mapped[int]
    odds: Mapped[int | None]
    by_link: Mapped[bool]
    event: Mapped[Happening] = mapped_column(Text)
    state: Mapped[State] = mapped_column(Text)
    page_key: Mapped[str] = mapped_column(unique=True)
    used: Mapped[int]
    line_id: Mapped[str]
    line_form: Mapped[str]
    line_left: Mapped[str]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("used >= 0 AND (most IS NULL OR used <= most)", name="used"),
        {"sqlite_autoincrement": True},
    )


class TicketRow(Base):
    """The right of one person to one use. Without a customer: whoever took it by the link and is not known, or was forgotten.

    `won` is how the lottery went, drawn when it was given, and nobody's to know before it is opened; None where there is none.
    """

    __tablename__ = "coupon_tickets"

    id: Mapped[PrimaryId]
    coupon_id: Mapped[int] = mapped_column(ForeignKey("coupons.id"))
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id", ondelete="SET NULL"))
    why: Mapped[Why] = mapped_column(Text)
    won: Mapped[bool | None]
    issued_at: Mapped[datetime]
    until: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    state: Mapped[str]  # issued or used

    __table_args__ = (
        Index("ix_coupon_tickets_coupon_id", "coupon_id", "customer_id"),
        Index("ix_coupon_tickets_customer_id", "customer_id"),
        {"sqlite_autoincrement": True},
    )


class CodeRow(Base):
    """A code that opens a ticket: only its hash. One may have several, for a lost one is replaced and not looked up."""

    __tablename__ = "coupon_codes"

    id: Mapped[PrimaryId]
    ticket_id: Mapped[int] = mapped_column(ForeignKey("coupon_tickets.id", ondelete="CASCADE"))
    code_hash: Mapped[str] = mapped_column(unique=True)

    __table_args__ = (Index("ix_coupon_codes_ticket_id", "ticket_id"), {"sqlite_autoincrement": True})


class UseRow(Base):
    """One use, or one that was taken back. Of a ticket only one stands: the index refuses a second.

    `proof` is what was shown: code (its own), passing (the card's changing code) or static (a printed card, where the shop allows it).
    `asked` is the hash of what the till asked for under `nonce`. Amounts are yen; `off_yen` is what came off, None where nobody said
    what the sale was or a thing was given.
    """

    __tablename__ = "coupon_uses"

    id: Mapped[PrimaryId]
    coupon_id: Mapped[int] = mapped_column(ForeignKey("coupons.id"))
    ticket_id: Mapped[int] = mapped_column(ForeignKey("coupon_tickets.id"))
    at: Mapped[datetime]
    till: Mapped[str]
    staff: Mapped[str]
    proof: Mapped[Proof] = mapped_column(Text)
    sale_yen: Mapped[int | None]
    off_yen: Mapped[int | None]
    nonce: Mapped[str] = mapped_column(unique=True)
    asked: Mapped[str]
    undone_at: Mapped[datetime | None]
    undone_till: Mapped[str]
    undone_by: Mapped[str]
    undone_why: Mapped[str]

    __table_args__ = (
        Index(
            "uq_coupon_uses_ticket_id",
            "ticket_id",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
        Index("ix_coupon_uses_coupon_id", "coupon_id"),
        Index("ix_coupon_uses_at", "at"),
        {"sqlite_autoincrement": True},
    )
