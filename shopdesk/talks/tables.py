"""Talks with friends, one a friend: what was said, the files in it, and how the talk stands."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from shopdesk.database import Base, PrimaryId


class TalkRow(Base):
    """How the talk with a friend stands; there is one once something was said."""

    __tablename__ = "talks"

    friend_id: Mapped[int] = mapped_column(
        ForeignKey("friends.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    read_until: Mapped[datetime]
    done_until: Mapped[datetime]
    # What follows from the messages and the two above, written anew whenever one of them changes (`standing.py`).
    last_at: Mapped[datetime]
    last_message_id: Mapped[int | None]
    unread: Mapped[int]
    waiting_since: Mapped[datetime | None]  # the friend wrote last, and nobody said that the talk is done
    assigned_to: Mapped[str]
    silenced: Mapped[bool]  # a person has taken over: the answering machine keeps still until the talk is handed back
    told_closed_at: Mapped[datetime | None]  # when the machine last said that the shop is closed
    offered_at: Mapped[datetime | None]  # when it last offered to ask a person
    reply_token: Mapped[str]  # the newest that nobody used
    reply_token_at: Mapped[datetime | None]
    typing_by: Mapped[str]
    typing_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_talks_last_at", "last_at"),)


class TalkMessageRow(Base):
    """One message, or a note of the shop's own. `body` is LINE's message object, as it came or as it is sent."""

    __tablename__ = "talk_messages"

    id: Mapped[PrimaryId]
    friend_id: Mapped[int] = mapped_column(ForeignKey("friends.id", ondelete="CASCADE"))
    line_id: Mapped[str | None] = mapped_column(unique=True)
    side: Mapped[str]  # friend, shop or note
    author: Mapped[str]  # who of the shop, or the rule by which the machine answered
    by_machine: Mapped[bool]
    kind: Mapped[str]  # LINE's type of message
    body: Mapped[str]
    words: Mapped[str]  # what of it can be read and searched
    at: Mapped[datetime]
    state: Mapped[str]  # received, unsent, sending, accepted, refused or unknown
    reason: Mapped[str]
    way: Mapped[str]  # reply or push
    retry_key: Mapped[str]
    tried_at: Mapped[datetime | None]
    read_token: Mapped[str]
    file_state: Mapped[str]  # '' for none, wanted, here or gone

    __table_args__ = (
        Index("ix_talk_messages_friend_id_at", "friend_id", "at", "id"),
        Index("ix_talk_messages_at", "at", "id"),
        Index(
            "ix_talk_messages_sending",
            "id",
            sqlite_where=text("state = 'sending'"),
            postgresql_where=text("state = 'sending'"),
        ),
        Index(
            "ix_talk_messages_wanted",
            "id",
            sqlite_where=text("file_state = 'wanted'"),
            postgresql_where=text("file_state = 'wanted'"),
        ),
        {"sqlite_autoincrement": True},
    )


class TalkFileRow(Base):
    """A file somebody sent, fetched from LINE, which keeps it for a while only. In the database: with its key, in its backups."""

    __tablename__ = "talk_files"

    message_id: Mapped[int] = mapped_column(
        ForeignKey("talk_messages.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    name: Mapped[str]
    media_type: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)


class TalkLabelRow(Base):
    """A label on a talk."""

    __tablename__ = "talk_labels"

    friend_id: Mapped[int] = mapped_column(
        ForeignKey("friends.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    name: Mapped[str] = mapped_column(primary_key=True)
