"""Kept messages, and the pictures they show."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from shopdesk.database import Base, PrimaryId

_KEPT = text("deleted_at IS NULL")


class MessageTemplateRow(Base):
    """Messages under a name; `messages` is a JSON list in LINE's own form. A deleted one stays until it cannot be undone."""

    __tablename__ = "message_templates"

    id: Mapped[PrimaryId]
    name: Mapped[str]
    messages: Mapped[str]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_message_templates_name", "name", unique=True, sqlite_where=_KEPT, postgresql_where=_KEPT),
        {"sqlite_autoincrement": True},
    )


class MessagePictureRow(Base):
    """A picture under an unguessable id; width and height are those of its widest size, `sha256` of file and cut."""

    __tablename__ = "message_pictures"

    picture_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    sha256: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]


class MessagePictureSizeRow(Base):
    """The picture encoded in one width."""

    __tablename__ = "message_picture_sizes"

    picture_id: Mapped[str] = mapped_column(
        ForeignKey("message_pictures.picture_id", ondelete="CASCADE"), primary_key=True
    )
    width: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    media: Mapped[str]
    data: Mapped[bytes] = mapped_column(LargeBinary)
