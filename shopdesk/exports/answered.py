"""The answers to a survey as a table: a row for each person who came to its end, a column for each question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from shopdesk.clock import in_japan
from shopdesk.customers.tables import CustomerRow
from shopdesk.i18n import N_, _
from shopdesk.spreadsheets import OutColumn
from shopdesk.surveys import NUMBERS
from shopdesk.surveys.tables import SurveyAnswerRow, SurveyResponseRow, SurveyVersionRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.orm import Session

    from shopdesk.spreadsheets import OutRow, Value
    from shopdesk.surveys import Question, Survey

_AT_ONCE = 500
_BETWEEN = "、"
_WAYS = {"talk": N_("in the talk"), "page": N_("on the page")}


def columns(survey: Survey) -> list[OutColumn]:
    """Return the columns: when, how, who where that may be known, and the questions."""
    who = (
        []
        if survey.form.anonymous
        else [OutColumn(_("Customer number"), "number", 10), OutColumn(_("Name"), "text", 16)]
    )
    asked = [
        OutColumn(one.name, "number" if one.kind in NUMBERS else "text", 12 if one.kind in NUMBERS else 30)
        for one in survey.form.questions
    ]
    return [OutColumn(_("Answered at"), "moment", 20), OutColumn(_("Answered"), "text", 14), *who, *asked]


def rows(session: Session, survey: Survey) -> Iterator[OutRow]:
    """Yield who has answered the newest version, in the order in which they began."""
    row, version = SurveyResponseRow, SurveyVersionRow
    mine = (version.survey_id == survey.id, version.number == survey.version, row.state == "finished")
    chosen = (
        select(row.id, row.finished_at, row.channel, row.customer_id, CustomerRow.name)
        .join(version, version.id == row.version_id)
        .outerjoin(CustomerRow, CustomerRow.id == row.customer_id)
        .where(*mine)
        .order_by(row.id)
        .limit(_AT_ONCE)
    )
    last = 0
    while found := session.execute(chosen.where(row.id > last)).all():
        last = found[-1].id
        said = _answers(session, [one.id for one in found])
        for one in found:
            who = () if survey.form.anonymous else (one.customer_id, one.name or "")
            at = in_japan(one.finished_at).replace(tzinfo=None)
            answers = (_value(each, said.get((one.id, each.name), ())) for each in survey.form.questions)
            yield (at, _(_WAYS[one.channel]), *who, *answers)


def _answers(session: Session, ids: Sequence[int]) -> dict[tuple[int, str], list[SurveyAnswerRow]]:
    found: dict[tuple[int, str], list[SurveyAnswerRow]] = {}
    for one in session.scalars(select(SurveyAnswerRow).where(SurveyAnswerRow.response_id.in_(ids))):
        found.setdefault((one.response_id, one.question), []).append(one)
    return found


def _value(question: Question, said: Sequence[SurveyAnswerRow]) -> Value:
    if question.kind in NUMBERS:
        return next((one.number for one in said), None)
    places = {option.label: place for place, option in enumerate(question.options)}
    texts = sorted((one.option or one.text for one in said), key=lambda text: places.get(text, 0))
    return _BETWEEN.join(filter(None, texts))
