"""What one person has in answer to a condition on surveys, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from shopdesk.friends.tables import FriendRow
from shopdesk.segments.answers import NOTHING, shown
from shopdesk.segments.surveys import names
from shopdesk.surveys.tables import SurveyAnswerRow, SurveyResponseRow, SurveyRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.segments.rules import Condition


def finished(session: Session, who: int, condition: Condition, _now: datetime) -> str:
    """The day when they answered the survey."""
    found = _newest(session, who, names(condition.field)[0])
    return shown(found.finished_at if found else None)


def answered(session: Session, who: int, condition: Condition, _now: datetime) -> str:
    """What they answered to the question."""
    survey, question = names(condition.field)
    found, row = _newest(session, who, survey), SurveyAnswerRow
    if found is None:
        return NOTHING
    mine = (row.response_id == found.id, row.question == question)
    said = session.execute(select(row.option, row.text, row.number).where(*mine).order_by(row.option))
    texts = (option or text or ("" if number is None else f"{number:,}") for option, text, number in said)
    return ", ".join(filter(None, texts)) or NOTHING


def _newest(session: Session, who: int, survey: str) -> SurveyResponseRow | None:
    row, friend = SurveyResponseRow, FriendRow
    as_friend = row.friend_id.in_(select(friend.id).where(friend.customer_id == who))
    mine = or_(row.customer_id == who, row.customer_id.is_(None) & as_friend)
    chosen = select(row).join(SurveyRow, SurveyRow.id == row.survey_id).where(SurveyRow.name == survey, mine)
    return session.scalar(chosen.where(row.newest).order_by(row.id.desc()).limit(1))
