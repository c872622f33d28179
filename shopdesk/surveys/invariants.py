"""What must be true of surveys at rest: limits and quotas kept, and every finished one answered all along its way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from shopdesk.surveys import ways
from shopdesk.surveys.forms import load_questions
from shopdesk.surveys.person import GONE
from shopdesk.surveys.records import Given
from shopdesk.surveys.tables import SurveyAnswerRow, SurveyResponseRow, SurveyVersionRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session


def broken(session: Session) -> list[int]:
    """Return the surveys of which a quota is passed, or a finished answer has holes or more than its way.

    Of people who were forgotten not all is there any more; their choices still took up a quota.
    """
    wrong = set()
    for version in session.scalars(select(SurveyVersionRow).order_by(SurveyVersionRow.id)):
        if not all(_whole(session, version)):
            wrong.add(version.survey_id)
    return sorted(wrong)


def _whole(session: Session, version: SurveyVersionRow) -> Iterator[bool]:
    questions, row, answer = load_questions(version.questions), SurveyResponseRow, SurveyAnswerRow
    quotas = {(one.name, option.label): option.quota for one in questions for option in one.options if option.quota}
    done = (row.version_id == version.id, row.state == "finished", row.who.not_like(f"{GONE}%"))
    chosen = select(row.id, answer.question, answer.option, answer.text, answer.number)
    rows = session.execute(chosen.join(answer, answer.response_id == row.id).where(*done).order_by(row.id))
    of_one: dict[int, dict[str, Given]] = {}
    counted: dict[tuple[str, str], int] = {}
    for response_id, question, option, said, number in rows:
        given = of_one.setdefault(response_id, {})
        picked = given.get(question, Given()).picked
        given[question] = Given((*picked, option) if option else picked, said, number)
        counted[question, option] = counted.get((question, option), 0) + 1
    yield all(counted.get(one, 0) <= quota for one, quota in quotas.items())
    for said_by_one in of_one.values():
        way = ways.way(questions, said_by_one)
        yield {one.name for one in way} == set(said_by_one)
    yield session.scalar(select(func.count()).select_from(row).where(*done)) == len(of_one)
