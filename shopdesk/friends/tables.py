"""LINE friends."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from shopdesk.database import Base, PrimaryId


class FriendRow(Base):
    """A person on LINE, linked to at most one customer and the other way round."""

    __tablename__ = "friends"

    id: Mapped[PrimaryId]
    user_id: Mapped[str] = mapped_column(unique=True)
    display_name: Mapped[str]
    picture_url: Mapped[str]
    state: Mapped[str]  # friend or blocked
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id", ondelete="SET NULL"), unique=True)
    since: Mapped[datetime]  # when we first saw them; since when they are a friend, their turns say
    blocked_at: Mapped[datetime | None]
    refreshed_at: Mapped[datetime | None]
    # The event, or the look at LINE, that `state` is from: an older one that arrives later changes nothing.
    state_at: Mapped[datetime]
    state_event: Mapped[str]

    __table_args__ = ({"sqlite_autoincrement": True},)


class FriendTurnRow(Base):
    """That a friend followed, blocked or came back: told by an event, or found by a look at LINE's list."""

    __tablename__ = "friend_turns"

    id: Mapped[PrimaryId]
    friend_id: Mapped[int] = mapped_column(ForeignKey("friends.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    kind: Mapped[str]  # followed, blocked, returned, or found: new in LINE's list since the look before
    event: Mapped[str]  # LINE's id of the event, '' for a look

    __table_args__ = (
        Index("ix_friend_turns_friend_id_at", "friend_id", "at"),
        Index("ix_friend_turns_at", "at"),
        {"sqlite_autoincrement": True},
    )


class LinkProofRow(Base):
    """Something the shop gave out, or a friend asked for, that links a friend with a customer. Only hashes are kept of it.

    Whom an entry of the customers has become since is asked when it is used, so a card goes with the person through
    merging and parting, and one of a forgotten person links nobody.
    """

    __tablename__ = "link_proofs"

    id: Mapped[PrimaryId]
    kind: Mapped[str]  # card, mail (a ticket with its code), account (LINE's nonce), or answer (only that)
    key_hash: Mapped[str] = mapped_column(unique=True)
    code_hash: Mapped[str]
    customer_id: Mapped[int | None]  # None where a mail address was nobody's: nobody can see the difference
    made_at: Mapped[datetime]
    until: Mapped[datetime]
    tries: Mapped[int]
    outcome: Mapped[str]  # open or done; of what only waits to be answered: the answer, a word of `answers.py`
    friend_id: Mapped[int | None] = mapped_column(ForeignKey("friends.id", ondelete="CASCADE"))
    told: Mapped[bool]  # whether the friend has been answered

    __table_args__ = (
        Index("ix_link_proofs_customer_id", "customer_id"),
        Index(
            "ix_link_proofs_untold",
            "friend_id",
            sqlite_where=text("NOT told"),
            postgresql_where=text("NOT told"),
        ),
        {"sqlite_autoincrement": True},
    )
