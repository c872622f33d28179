"""Which events of LINE have had their effect."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from shopdesk.database import Base, PrimaryId


class EventRow(Base):
    """An event that was applied, written in the transaction of its effects: its redelivery finds it here."""

    __tablename__ = "line_events"

    event_id: Mapped[str] = mapped_column(primary_key=True)  # LINE's webhookEventId
    at: Mapped[datetime] = mapped_column(index=True)


class ErasureRow(Base):
    """A person of LINE's who was forgotten and may still be named in the bodies of an inbox: whoever holds one works this off."""

    __tablename__ = "line_erasures"

    user_id: Mapped[str] = mapped_column(primary_key=True)


class WaitingRow(Base):
    """A body of the inbox that nobody had worked off when a backup was made; empty but while one is made."""

    __tablename__ = "line_waiting"

    id: Mapped[PrimaryId]
    received_at: Mapped[datetime]
    body: Mapped[bytes] = mapped_column(LargeBinary)
