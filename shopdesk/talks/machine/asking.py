"""What of a survey stands last in a talk, and whether it was put at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from shopdesk.talks.occasions import SURVEY
from shopdesk.talks.tables import TalkMessageRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def asks(session: Session, friend_id: int) -> bool:
    """Say whether the last words of the shop are a survey's: what is written now is said to them, not to a person."""
    row = TalkMessageRow
    last = select(row.occasion).where(row.friend_id == friend_id, row.side == "shop")
    return session.scalar(last.order_by(row.at.desc(), row.id.desc()).limit(1)) == SURVEY


def state_of_question(session: Session, friend_id: int) -> str:
    """Return what became of a survey's last words in a talk: `accepted` where LINE took them, or where nothing is kept of them."""
    row = TalkMessageRow
    last = select(row.state).where(row.friend_id == friend_id, row.side == "shop", row.occasion == SURVEY)
    return session.scalar(last.order_by(row.id.desc()).limit(1)) or "accepted"
