"""Regular exports and how each of their runs went."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from shopdesk.database import Base, PrimaryId


class ScheduledExportRow(Base):
    """One regular export. `minute` counts from midnight in Japan; `encoding` is '' for the layout's own."""

    __tablename__ = "scheduled_exports"

    id: Mapped[PrimaryId]
    name: Mapped[str] = mapped_column(unique=True)
    what: Mapped[str]
    segment: Mapped[str]
    layout: Mapped[str]
    kind: Mapped[str]
    encoding: Mapped[str]
    folder: Mapped[str]
    every: Mapped[str]
    weekday: Mapped[int]
    day: Mapped[int]
    minute: Mapped[int]
    next_at: Mapped[datetime]
    created_at: Mapped[datetime]

    __table_args__ = ({"sqlite_autoincrement": True},)


class ExportRunRow(Base):
    """One run. `message` is '' when it went well, else the sentence that says why not; `lost` counts characters."""

    __tablename__ = "export_runs"

    id: Mapped[PrimaryId]
    schedule_id: Mapped[int] = mapped_column(ForeignKey("scheduled_exports.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    file: Mapped[str]
    rows: Mapped[int]
    lost: Mapped[int]
    message: Mapped[str]

    __table_args__ = ({"sqlite_autoincrement": True},)
