"""Saved segments."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from shopdesk.database import Base, PrimaryId


class SegmentRow(Base):
    """A named rule; `rule` is the JSON of the contract."""

    __tablename__ = "segments"

    id: Mapped[PrimaryId]
    name: Mapped[str] = mapped_column(unique=True)
    rule: Mapped[str]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
