"""LINE friends."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
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
    since: Mapped[datetime]
    blocked_at: Mapped[datetime | None]
    refreshed_at: Mapped[datetime | None]
    # The event, or the look at LINE, that `state` is from: an older one that arrives later changes nothing.
    state_at: Mapped[datetime]
    state_event: Mapped[str]

    __table_args__ = ({"sqlite_autoincrement": True},)
