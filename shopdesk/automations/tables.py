"""Automations, their steps, who is in them, and which step somebody has had."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shopdesk.database import Base, PrimaryId


class AutomationRow(Base):
    """What happens by itself after a survey was answered.

    `question` is the short name of the one that counts, '' for any answer; `options` a JSON list of those that count, where there is
    one. Answers count that were finished since `since`, which is NULL until it was started.
    """

    __tablename__ = "automations"

    id: Mapped[PrimaryId]
    name: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str]  # draft, running, paused or ended
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"), index=True)
    question: Mapped[str]
    options: Mapped[str]
    since: Mapped[datetime | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    __table_args__ = ({"sqlite_autoincrement": True},)


class StepRow(Base):
    """A message, so many days after the answer, at a time of day in Japan ('10:00'), '' for the same time as the answer.

    A step that was added later is for those whose turn comes after `since`.
    """

    __tablename__ = "automation_steps"

    id: Mapped[PrimaryId]
    automation_id: Mapped[int] = mapped_column(ForeignKey("automations.id", ondelete="CASCADE"), index=True)
    days: Mapped[int]
    at: Mapped[str]
    messages: Mapped[str]
    since: Mapped[datetime | None]

    __table_args__ = ({"sqlite_autoincrement": True},)


class EntryRow(Base):
    """One person in an automation, once: a customer, or a friend who is nobody's customer. Both are NULL of whoever is not in it any more.

    `at` is when they gave their answer `response_id`: where that is deleted, they are not in it any more.
    """

    __tablename__ = "automation_entries"

    id: Mapped[PrimaryId]
    automation_id: Mapped[int] = mapped_column(ForeignKey("automations.id", ondelete="CASCADE"))
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id", ondelete="SET NULL"), index=True)
    friend_id: Mapped[int | None] = mapped_column(ForeignKey("friends.id", ondelete="SET NULL"), index=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("survey_responses.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("automation_id", "customer_id"),
        UniqueConstraint("automation_id", "friend_id"),
        Index("ix_automation_entries_at", "automation_id", "at"),
        {"sqlite_autoincrement": True},
    )


class TurnRow(Base):
    """That somebody had their turn with a step: one row each, written with the broadcast that brings it."""

    __tablename__ = "automation_turns"

    entry_id: Mapped[int] = mapped_column(
        ForeignKey("automation_entries.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    step_id: Mapped[int] = mapped_column(
        ForeignKey("automation_steps.id", ondelete="CASCADE"), primary_key=True, autoincrement=False, index=True
    )
    broadcast_id: Mapped[int] = mapped_column(ForeignKey("broadcasts.id"), index=True)
    at: Mapped[datetime]

    __table_args__ = ({"sqlite_with_rowid": False},)
