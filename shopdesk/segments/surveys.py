"""Conditions on what people answered in surveys, by the newest answers of each: a field for each question, one for each survey."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, or_, select

from shopdesk.customers.tables import CustomerRow
from shopdesk.friends.tables import FriendRow
from shopdesk.segments.comparing import compared, listed, on_day
from shopdesk.segments.forms import Among, InOneCase
from shopdesk.surveys import BETWEEN, load_questions
from shopdesk.surveys.tables import SurveyAnswerRow, SurveyResponseRow, SurveyRow, SurveyVersionRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from shopdesk.segments.rules import Condition
    from shopdesk.surveys import Question

SURVEY = "survey."


def names(key: str) -> tuple[str, str]:
    """Return the survey and the question that a field's key names; '' where it is about the whole survey."""
    survey, _between, question = key.removeprefix(SURVEY).partition(BETWEEN)
    return survey, question


def finished(condition: Condition, _now: datetime) -> Among:
    """Whether somebody has answered the survey to its end."""
    return _among(condition, negated=not condition.value)


def answered(condition: Condition, now: datetime) -> Among:
    """What somebody answered to the question; who has not been asked gave no answer."""
    row = SurveyAnswerRow
    said = select(row.response_id).where(row.question == names(condition.field)[1], _said(condition, now))
    return _among(condition, SurveyResponseRow.id.in_(said), negated=condition.comparison in {"is_not", "contains_not"})


def _said(condition: Condition, now: datetime) -> ColumnElement[bool]:
    row, said = SurveyAnswerRow, condition.comparison
    if said in {"is", "is_not"}:
        return or_(row.option.in_(listed(condition)), row.text.in_(listed(condition)))
    if said in {"contains", "contains_not"}:
        wanted = "".join(one.lower() if one.isascii() else one for one in str(condition.value))
        return InOneCase(row.__table__.c.text).contains(wanted, autoescape=True)
    value: Any = condition.value[0] if isinstance(condition.value, tuple) else condition.value
    if said in {"within_days", "before_days"} or isinstance(value, date):
        return row.text.like("____-__-__") & on_day(row.text, condition, now, date.isoformat)
    return row.number.is_not(None) & compared(row.number, condition)


def _among(condition: Condition, *where: ColumnElement[bool], negated: bool) -> Among:
    """Return the people whose newest answers meet the conditions, also those who were a friend only when they answered."""
    row, friend = SurveyResponseRow, FriendRow
    survey = select(SurveyRow.id).where(SurveyRow.name == names(condition.field)[0])
    mine = (row.survey_id.in_(survey), row.newest, *where)
    by_person = select(row.customer_id).where(*mine, row.customer_id.is_not(None))
    by_friend = select(friend.customer_id).join(row, row.friend_id == friend.id)
    by_friend = by_friend.where(*mine, row.customer_id.is_(None), friend.customer_id.is_not(None))
    ids = (by_person, by_friend)
    test = or_(
        exists(by_person.where(row.customer_id == CustomerRow.id).correlate(CustomerRow)),
        exists(by_friend.where(friend.customer_id == CustomerRow.id).correlate(CustomerRow)),
    )
    return Among(ids, test, ids, negated=negated)


def questions(session: Session) -> dict[str, dict[str, Question]]:
    """Return the questions of every published survey by their names, of all its versions; the newest where they share a name."""
    version, survey = SurveyVersionRow, SurveyRow
    chosen = select(survey.name, version.questions).join(version, version.survey_id == survey.id)
    found: dict[str, dict[str, Question]] = {}
    for name, kept in session.execute(chosen.order_by(survey.id.desc(), version.number)):
        found.setdefault(name, {}).update({one.name: one for one in load_questions(kept)})
    return found
