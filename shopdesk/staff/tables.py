"""Who works here, and the append-only table of what was done. Triggers of the migration refuse every change and removal of the latter."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column

from shopdesk.database import Base, PrimaryId
from shopdesk.staff.records import MemberRole


class MemberRow(Base):
    """Somebody who works here. Who leaves stays as a row: what they did keeps a name."""

    __tablename__ = "staff_members"
    __table_args__ = (
        CheckConstraint("role IN ('owner', 'manager', 'counter')", name="role"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[PrimaryId]
    name: Mapped[str]
    role: Mapped[MemberRole] = mapped_column(Text)
    answers: Mapped[bool]
    exports: Mapped[bool]
    pin_hash: Mapped[str]
    code_hash: Mapped[str | None] = mapped_column(unique=True)
    wrong_pins: Mapped[int]
    waits_until: Mapped[datetime | None]
    made_at: Mapped[datetime]
    left_at: Mapped[datetime | None]


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
