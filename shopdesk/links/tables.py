"""Tracked links and their clicks; the places where people find the shop on LINE, and who came by each."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, false, text
from sqlalchemy.orm import Mapped, mapped_column

from shopdesk.database import Base, PrimaryId


class LinkRow(Base):
    """An address of ours that leads to one destination, for good: another destination is another link.

    `name` is where a link for everybody stands; `broadcast_id` is set of one that a broadcast carries, on LINE or, `mailed`, in its mail.
    """

    __tablename__ = "links"

    id: Mapped[PrimaryId]
    key: Mapped[str] = mapped_column(unique=True)
    destination: Mapped[str]
    name: Mapped[str]
    broadcast_id: Mapped[int | None] = mapped_column(ForeignKey("broadcasts.id", ondelete="CASCADE"))
    mailed: Mapped[bool] = mapped_column(server_default=false())
    made_at: Mapped[datetime]

    __table_args__ = (Index("ix_links_broadcast_id", "broadcast_id"), {"sqlite_autoincrement": True})


class ReceiverRow(Base):
    """The address of a link as one person got it. Without friend and customer: whoever got it was forgotten."""

    __tablename__ = "link_receivers"

    id: Mapped[PrimaryId]
    link_id: Mapped[int] = mapped_column(ForeignKey("links.id", ondelete="CASCADE"))
    friend_id: Mapped[int | None] = mapped_column(ForeignKey("friends.id", ondelete="SET NULL"))
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id", ondelete="SET NULL"))
    token: Mapped[str] = mapped_column(unique=True)

    __table_args__ = (
        Index("ix_link_receivers_link_id", "link_id"),
        Index("ix_link_receivers_friend_id", "friend_id"),
        Index("ix_link_receivers_customer_id", "customer_id"),
        {"sqlite_autoincrement": True},
    )


class ClickRow(Base):
    """How often people opened a link in one hour: a row an hour, however often strangers open it."""

    __tablename__ = "link_clicks"

    id: Mapped[PrimaryId]
    link_id: Mapped[int] = mapped_column(ForeignKey("links.id", ondelete="CASCADE"))
    receiver_id: Mapped[int | None] = mapped_column(ForeignKey("link_receivers.id", ondelete="CASCADE"))
    hour: Mapped[datetime]  # its beginning
    clicks: Mapped[int]

    __table_args__ = (
        Index("uq_link_clicks_hour", "link_id", text("coalesce(receiver_id, 0)"), "hour", unique=True),
        Index("ix_link_clicks_receiver_id", "receiver_id"),
        {"sqlite_autoincrement": True},
    )


class SourceRow(Base):
    """A place where people find the shop on LINE, and what is printed for it. `key` stands in its QR code for good.

    `colour` is #rrggbb; `picture` the id of a kept picture, '' for none; `logo` that of one in the middle of the code.
    """

    __tablename__ = "friend_sources"

    id: Mapped[PrimaryId]
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    note: Mapped[str]
    way: Mapped[str]  # talk, page or plain
    headline: Mapped[str]
    offer: Mapped[str]
    picture: Mapped[str]
    colour: Mapped[str]
    logo: Mapped[str]
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    __table_args__ = ({"sqlite_autoincrement": True},)


class ArrivalRow(Base):
    """By which source a friend came: the first that is known, one for each friend. `how`: said (the code, in the talk) or signed in."""

    __tablename__ = "friend_arrivals"

    id: Mapped[PrimaryId]
    friend_id: Mapped[int] = mapped_column(ForeignKey("friends.id", ondelete="CASCADE"), unique=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("friend_sources.id"))
    at: Mapped[datetime]
    how: Mapped[str]

    __table_args__ = (Index("ix_friend_arrivals_source_id", "source_id", "at"), {"sqlite_autoincrement": True})


class VisitRow(Base):
    """How often a source's page was seen on a day in Japan."""

    __tablename__ = "friend_source_visits"

    id: Mapped[PrimaryId]
    source_id: Mapped[int] = mapped_column(ForeignKey("friend_sources.id", ondelete="CASCADE"))
    day: Mapped[datetime]  # its midnight
    visits: Mapped[int]

    __table_args__ = (
        Index("uq_friend_source_visits_day", "source_id", "day", unique=True),
        {"sqlite_autoincrement": True},
    )
