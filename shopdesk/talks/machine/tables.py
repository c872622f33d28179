"""The rules by which the machine answers."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from shopdesk.database import Base, PrimaryId


class AnswerRuleRow(Base):
    """One rule: `words` and `messages` are JSON lists, the messages in LINE's own form."""

    __tablename__ = "answer_rules"

    id: Mapped[PrimaryId]
    name: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int]  # the first that fits answers
    match: Mapped[str]  # exact, contains, any or alike
    words: Mapped[str]
    during: Mapped[str]  # always, open or closed
    active: Mapped[bool]
    messages: Mapped[str]

    __table_args__ = ({"sqlite_autoincrement": True},)
