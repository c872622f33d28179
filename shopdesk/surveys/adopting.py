"""Answers become somebody's: of a friend who is linked with a customer, of a customer who is made one with another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from shopdesk.surveys import reading, ways
from shopdesk.surveys.forms import load_questions
from shopdesk.surveys.tables import SurveyResponseRow, SurveyVersionRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from shopdesk.surveys.giving import Giving
    from shopdesk.surveys.records import Person
    from shopdesk.surveys.tables import SurveyRow


class Adopting:
    """Gives answers of a friend to the customer whom the friend has become, with all that they lead to, each once."""

    def __init__(self, giving: Giving) -> None:
        self._giving = giving

    def of_friend(self, session: Session, friend_id: int, customer_id: int) -> None:
        """Take over all that a friend has answered, in the transaction that links them; the caller tells of all that changes."""
        row = SurveyResponseRow
        mine = (row.friend_id == friend_id, row.customer_id.is_(None), row.state != "merged")
        surveys = session.scalars(select(row.survey_id).where(*mine).distinct().order_by(row.survey_id)).all()
        for survey_id in surveys:
            survey = reading.stored(session, survey_id, locked=True)
            theirs = select(row).where(*mine, row.survey_id == survey_id).order_by(row.id)
            for one in session.scalars(theirs.execution_options(populate_existing=True)).all():
                self._take(session, survey, one, customer_id)

    def adopt(self, session: Session, survey: SurveyRow, response: SurveyResponseRow, person: Person) -> None:
        """Take over one answer of somebody who is known better by now than when they began it."""
        anonymous = reading.live_form(survey).anonymous
        best = reading.names_of(survey, person, anonymous=anonymous)[0]
        if response.who == best:
            return
        if anonymous or person.customer_id is None:
            response.who = best
            session.flush()
        else:
            self._take(session, survey, response, person.customer_id)

    def _take(self, session: Session, survey: SurveyRow, one: SurveyResponseRow, customer_id: int) -> None:
        row = SurveyResponseRow
        same = select(row).where(row.version_id == one.version_id, row.who == _name(customer_id))
        join(session, one, session.scalar(same), customer_id)
        renew(session, customer_id)
        if one.state == "finished" and one.newest:
            version = session.get_one(SurveyVersionRow, one.version_id)
            said = reading.answers_of(session, one.id)
            self._giving.give(session, survey, one, ways.way(load_questions(version.questions), said), said)


def join(session: Session, one: SurveyResponseRow, there: SurveyResponseRow | None, customer_id: int) -> None:
    """Let an answer be a customer's; `there` is what they have said to the same version: the finished one counts, else theirs."""
    if there is not None and one.state == "finished" and there.state == "open":
        there.state, there.who = "merged", _merged(there)
        session.flush()
        there = None
    if there is not None:
        one.state, one.who, one.newest = "merged", _merged(one), False
    else:
        one.who = _name(customer_id)
    one.customer_id = customer_id
    session.flush()


def renew(session: Session, customer_id: int) -> None:
    """Work out which finished answers of a person are the newest of their survey."""
    row, seen = SurveyResponseRow, set()
    done = select(row).where(row.customer_id == customer_id, row.state == "finished")
    for one in session.scalars(done.order_by(row.version_id.desc()).execution_options(populate_existing=True)):
        one.newest = one.survey_id not in seen
        seen.add(one.survey_id)
    session.flush()


def _name(customer_id: int) -> str:
    return f"customer:{customer_id}"


def _merged(one: SurveyResponseRow) -> str:
    return f"merged:{one.id}"
