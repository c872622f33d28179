"""Mailings and their letters: one row for each person, with the bytes that went out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from shopdesk.database import Base, PrimaryId


class MailingRow(Base):
    """The mail of one broadcast. `control` is what a person asked for last: none, pause or cancel; `paused_reason` a code.

    `counts`: the addresses in it are each reader's own, and tell who opened them.
    """

    __tablename__ = "mailings"

    broadcast_id: Mapped[int] = mapped_column(ForeignKey("broadcasts.id"), primary_key=True, autoincrement=False)
    subject: Mapped[str]
    text: Mapped[str]
    counts: Mapped[bool] = mapped_column(server_default=false())
    control: Mapped[str]
    paused_reason: Mapped[str]
    frozen_at: Mapped[datetime | None]


class LeftOutRow(Base):
    """How many people of a frozen mailing have no letter, for one reason. Who was left out later has a letter that says so."""

    __tablename__ = "mailing_left_out"

    broadcast_id: Mapped[int] = mapped_column(
        ForeignKey("mailings.broadcast_id"), primary_key=True, autoincrement=False
    )
    reason: Mapped[str] = mapped_column(primary_key=True)
    people: Mapped[int]

    __table_args__ = ({"sqlite_with_rowid": False},)


class LetterRow(Base):
    """One person's letter.

    `state`: waiting, claimed (its bytes are committed, it may be on its way), accepted, failed, unknown, cancelled or
    excluded; `reason` is a code of why. `key` stands in its message id and in the subject of the mail that stops it.
    SMTP knows no retry key: a claimed letter of a process that is gone is never sent again by itself.
    """

    __tablename__ = "mailing_letters"

    id: Mapped[PrimaryId]
    broadcast_id: Mapped[int] = mapped_column(ForeignKey("mailings.broadcast_id"))
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id", ondelete="SET NULL"), index=True)
    state: Mapped[str]
    reason: Mapped[str]
    key: Mapped[str] = mapped_column(index=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str]
    code: Mapped[int | None]
    said: Mapped[str]
    settled_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("broadcast_id", "customer_id"),
        Index("ix_mailing_letters_state", "broadcast_id", "state", "id"),
    )
