"""The shop's pages, who likes them and what is said below them, and the requests for reservations."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from shopdesk.database import Base, PrimaryId
from shopdesk.site.records import CommentState, Kind, ReservationState, State

_SINGLE = text("kind IN ('shop', 'privacy')")


class PageRow(Base):
    """A page. `parts` is JSON of its parts. News that follows a broadcast says what that says, until somebody writes it anew."""

    __tablename__ = "site_pages"

    id: Mapped[PrimaryId]
    kind: Mapped[Kind] = mapped_column(Text)
    title: Mapped[str]
    parts: Mapped[str]
    menu: Mapped[str]
    reserves: Mapped[bool]
    answers: Mapped[bool]
    state: Mapped[State] = mapped_column(Text)
    key: Mapped[str] = mapped_column(unique=True)
    broadcast_id: Mapped[int | None] = mapped_column(ForeignKey("broadcasts.id"), unique=True)
    published_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]
    seen: Mapped[int]

    __table_args__ = (
        CheckConstraint("(state = 'published') <= (published_at IS NOT NULL)", name="published"),
        Index("ix_site_pages_kind", "kind", "published_at"),
        Index("uq_site_pages_single", "kind", unique=True, sqlite_where=_SINGLE, postgresql_where=_SINGLE),
        {"sqlite_autoincrement": True},
    )


class VisitorRow(Base):
    """That an address of the pages is a friend's own: only the hash of what stands in it."""

    __tablename__ = "site_visitors"

    id: Mapped[PrimaryId]
    friend_id: Mapped[int] = mapped_column(ForeignKey("friends.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]

    __table_args__ = ({"sqlite_autoincrement": True},)


class LikeRow(Base):
    """That somebody likes news, once: `mark` tells people apart, a friend by their number, others by what their browser keeps."""

    __tablename__ = "site_likes"

    id: Mapped[PrimaryId]
    page_id: Mapped[int] = mapped_column(ForeignKey("site_pages.id", ondelete="CASCADE"))
    friend_id: Mapped[int | None] = mapped_column(ForeignKey("friends.id", ondelete="CASCADE"), index=True)
    mark: Mapped[str]
    at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("page_id", "mark"), {"sqlite_autoincrement": True})


class CommentRow(Base):
    """What somebody wrote. `nonce` is of the form it came from: sent twice, it is one. Nothing is shown before somebody decides so."""

    __tablename__ = "site_comments"

    id: Mapped[PrimaryId]
    page_id: Mapped[int] = mapped_column(ForeignKey("site_pages.id", ondelete="CASCADE"))
    friend_id: Mapped[int | None] = mapped_column(ForeignKey("friends.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    text: Mapped[str]
    state: Mapped[CommentState] = mapped_column(Text)
    nonce: Mapped[str] = mapped_column(unique=True)
    at: Mapped[datetime]

    __table_args__ = (
        Index("ix_site_comments_page_id", "page_id", "state"),
        Index("ix_site_comments_state", "state", "id"),
        {"sqlite_autoincrement": True},
    )


class ReservationRow(Base):
    """A request. `nonce` is of its form, as with comments; `message_id` is its card in the friend's talk, None without LINE."""

    __tablename__ = "site_reservations"

    id: Mapped[PrimaryId]
    friend_id: Mapped[int | None] = mapped_column(ForeignKey("friends.id", ondelete="CASCADE"), index=True)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("talk_messages.id", ondelete="SET NULL"))
    at: Mapped[datetime]
    people: Mapped[int]
    name: Mapped[str]
    phone: Mapped[str]
    mail: Mapped[str]
    note: Mapped[str]
    state: Mapped[ReservationState] = mapped_column(Text)
    offered_at: Mapped[datetime | None]
    nonce: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str]

    __table_args__ = (
        CheckConstraint("(state = 'open') = (decided_at IS NULL)", name="decided"),
        Index("ix_site_reservations_state", "state", "at"),
        Index("ix_site_reservations_message_id", "message_id"),
        {"sqlite_autoincrement": True},
    )
