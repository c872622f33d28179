"""What came of a survey: counts and shares, compared by who people are, and what they wrote. From the first answer on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.errors import NotFoundError
from shopdesk.i18n import _
from shopdesk.staff import Act, needs
from shopdesk.surveys import crossing, reading, results
from shopdesk.surveys.forms import load_questions

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from shopdesk.surveys.office import Office
    from shopdesk.surveys.records import CrossRow, Dimension, Question, QuestionResult, Results, Said
    from shopdesk.surveys.tables import SurveyRow, SurveyVersionRow


class Outcome:
    """Tells what was answered to the newest version of a survey, by those who came to its end."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._staff = office.staff

    @needs(Act.SEE_PEOPLE)
    def of(self, survey_id: int) -> Results:
        """Return counts and shares of every question. Raises NotFoundError: there is none, or it was never published."""
        with self._office.database.read() as session:
            row, version = self._version(session, survey_id)
            found = reading.survey(session, row, self._office.now(session))
            return results.results(session, found, version)

    @needs(Act.SEE_PEOPLE)
    def cross(self, survey_id: int, question: str, by: Dimension) -> list[CrossRow]:
        """Return how each group of people answered a choice, a number or a rating; the counts are in the order of its answers.

        Raises:
            NotFoundError: there is no such survey or question.
        """
        with self._office.database.read() as session:
            _row, version = self._version(session, survey_id)
            one = _question(version, question)
            return crossing.cross(session, version.id, one, by, self._office.now(session))

    @needs(Act.SEE_PEOPLE)
    def said(self, survey_id: int, question: str, words: str = "", *, after: int = 0, limit: int = 200) -> list[Said]:
        """Return what was written to a question, the newest first, with `words` where they all stand; `after` is the last response
        of the page before. Raises NotFoundError.
        """
        with self._office.database.read() as session:
            _row, version = self._version(session, survey_id)
            return results.said(session, version.id, _question(version, question).name, words, after=after, limit=limit)

    @needs(Act.SEE_PEOPLE)
    def people(self, survey_id: int) -> list[int]:
        """Return the customers who have answered the newest version, in their own order. Raises NotFoundError."""
        with self._office.database.read() as session:
            return results.people(session, self._version(session, survey_id)[1].id)

    @needs(Act.SERVE_PAGE)
    def poll(self, survey_id: int) -> list[QuestionResult]:
        """Return the counts that a voter sees: of choices and ratings that are not sensitive; nothing of what is no poll."""
        with self._office.database.read() as session:
            return self.poll_in(session, survey_id)

    def poll_in(self, session: Session, survey_id: int) -> list[QuestionResult]:
        """Do what `poll` does in the caller's transaction, whose own answers count."""
        row, version = self._version(session, survey_id)
        if not reading.live_form(row).poll:
            return []
        shown = [one for one in load_questions(version.questions) if one.kind in results.COUNTED and not one.sensitive]
        return [results.of_question(session, version.id, one) for one in shown]

    @staticmethod
    def _version(session: Session, survey_id: int) -> tuple[SurveyRow, SurveyVersionRow]:
        row = reading.stored(session, survey_id)
        version = reading.newest_version(session, row)
        if version is None:
            raise NotFoundError(_("This survey is a draft; nobody has been asked yet."))
        return row, version


def _question(version: SurveyVersionRow, name: str) -> Question:
    found = next((one for one in load_questions(version.questions) if one.name == name), None)
    if found is None:
        raise NotFoundError(_("This survey has no question “{name}”.").format(name=name))
    return found
