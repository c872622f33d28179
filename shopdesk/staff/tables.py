"""The append-only table of what was done. Triggers of the migration refuse every change and removal."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from shopdesk.database import Base, PrimaryId


class AuditRow(Base):
    """One act; each row's hash covers the row before it."""

    __tablename__ = "audit"

    id: Mapped[PrimaryId]
    at: Mapped[datetime]
    actor: Mapped[str]
    role: Mapped[str]
    action: Mapped[str]
    object: Mapped[str]
    ids: Mapped[str]
    fields: Mapped[str]
    hash: Mapped[str] = mapped_column(unique=True)
