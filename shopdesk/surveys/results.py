"""Counts of a version's answers, and the texts among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from shopdesk.coupons.tables import TicketRow
from shopdesk.customers.tables import CustomerRow
from shopdesk.surveys.forms import load_questions
from shopdesk.surveys.records import CHOICES, NUMBERS, Count, QuestionResult, Results, Said
from shopdesk.surveys.tables import SurveyAnswerRow, SurveyGiftRow, SurveyResponseRow, SurveyVersionRow

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from shopdesk.surveys.records import Question, Survey

COUNTED = CHOICES | {"rating"}
"""The kinds of questions whose answers are counted one by one."""


def results(session: Session, survey: Survey, version: SurveyVersionRow) -> Results:
    """Return everything that can be counted of a version."""
    row = SurveyResponseRow
    mine = row.version_id == version.id
    states = dict(session.execute(select(row.state, func.count()).where(mine).group_by(row.state)).all())
    talked = (mine, row.state == "finished", row.channel == "talk")
    gift = SurveyGiftRow
    gifts = session.scalar(select(func.count()).where(gift.survey_id == survey.id)) or 0
    used = select(func.count()).select_from(gift).join(TicketRow, TicketRow.id == gift.ticket_id)
    return Results(
        survey,
        version.number,
        states.get("finished", 0),
        session.scalar(select(func.count()).where(*talked)) or 0,
        states.get("open", 0),
        _seconds(session, mine, states.get("finished", 0)),
        gifts,
        session.scalar(used.where(gift.survey_id == survey.id, TicketRow.state == "used")) or 0,
        tuple(of_question(session, version.id, one) for one in load_questions(version.questions)),
    )


def _seconds(session: Session, mine: ColumnElement[bool], count: int) -> int | None:
    """Return the middle one of the times that people took."""
    row = SurveyResponseRow
    if not count:
        return None
    done = select(row.begun_at, row.finished_at).where(mine, row.state == "finished")
    took = sorted((ended - begun).total_seconds() for begun, ended in session.execute(done) if ended is not None)
    return round(took[len(took) // 2])


def of_question(session: Session, version_id: int, one: Question) -> QuestionResult:
    """Return what was answered to one question."""
    row = SurveyAnswerRow
    counted = dict(session.execute(_answers(version_id, one, row.option, func.count()).group_by(row.option)).all())
    numbers = dict(
        session.execute(
            _answers(version_id, one, row.number, func.count()).where(row.number.is_not(None)).group_by(row.number)
        ).all()
    )
    answered, passed = (_people(session, version_id, one, said=said) for said in (True, False))
    if one.kind in CHOICES:
        labels = [(option.label, counted.get(option.label, 0)) for option in one.options]
    elif one.kind == "rating":
        labels = [(str(number), numbers.get(number, 0)) for number in range(one.least or 0, (one.most or 0) + 1)]
    else:
        labels = []
    average = sum(number * many for number, many in numbers.items()) / answered if numbers and answered else None
    counts = tuple(Count(label, many, many / answered if answered else 0.0) for label, many in labels)
    return QuestionResult(one, answered, passed, counts, average if one.kind in NUMBERS else None)


def _answers(version_id: int, one: Question, *columns: Any) -> Any:
    row, response = SurveyAnswerRow, SurveyResponseRow
    chosen = select(*columns).select_from(row).join(response, response.id == row.response_id)
    return chosen.where(response.version_id == version_id, response.state == "finished", row.question == one.name)


def _people(session: Session, version_id: int, one: Question, *, said: bool) -> int:
    """Return how many said something to a question, or passed it over."""
    row = SurveyAnswerRow
    something = (row.option != "") | (row.text != "") | row.number.is_not(None)
    chosen = _answers(version_id, one, func.count(row.response_id.distinct()))
    return session.scalar(chosen.where(something if said else ~something)) or 0


def said(session: Session, version_id: int, question: str, words: str, *, after: int, limit: int) -> list[Said]:
    """Return the texts of a question, the newest first."""
    row, response = SurveyAnswerRow, SurveyResponseRow
    chosen = (
        select(response.id, response.finished_at, row.text, response.customer_id, CustomerRow.name)
        .join(row, row.response_id == response.id)
        .outerjoin(CustomerRow, CustomerRow.id == response.customer_id)
        .where(
            response.version_id == version_id, response.state == "finished", row.question == question, row.text != ""
        )
        .order_by(response.id.desc())
        .limit(limit)
    )
    for word in words.split():
        chosen = chosen.where(row.text.icontains(word, autoescape=True))
    if after:
        chosen = chosen.where(response.id < after)
    return [
        Said(response_id, at, text, customer_id, name or "")
        for response_id, at, text, customer_id, name in session.execute(chosen)
        if at is not None
    ]


def people(session: Session, version_id: int) -> list[int]:
    """Return the customers who have answered a version."""
    row = SurveyResponseRow
    mine = (row.version_id == version_id, row.state == "finished", row.customer_id.is_not(None))
    return [one for one in session.scalars(select(row.customer_id).where(*mine).order_by(row.customer_id)) if one]
