"""Answering: one row for each person and version, one question at a time, whatever is tapped how often."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from shopdesk.errors import NotFoundError
from shopdesk.i18n import N_, _
from shopdesk.staff import Act, needs
from shopdesk.surveys import answers, looking, reading, ways
from shopdesk.surveys.adopting import Adopting
from shopdesk.surveys.forms import load_questions
from shopdesk.surveys.giving import Giving
from shopdesk.surveys.refusals import AGREE_FIRST, AnswerError, OptionFullError, not_open
from shopdesk.surveys.tables import SurveyAnswerRow, SurveyFillRow, SurveyResponseRow, SurveyRow, SurveyVersionRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.surveys.office import Office
    from shopdesk.surveys.records import Channel, Given, Person, Progress, Question

UNDER_WAY = timedelta(hours=24)
"""So long after their last answer a text in the talk still belongs to the survey; a button continues it any time."""


class Answering:
    """Takes answers. Verbs that end in `_in` work in the caller's transaction, who tells after it.

    `adopting` lets what a friend has answered be the customer's whom they become; `giving` says what they got for it.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._staff = office.staff
        self.giving = Giving(office)
        self.adopting = Adopting(self.giving)

    @needs(Act.SERVE_PAGE)
    def begin(self, survey_id: int, person: Person) -> Progress:
        """Begin on a page, or go on where the person was. Raises NotFoundError, NotOpenError."""
        with self._office.database.write() as session:
            found = self.begin_in(session, survey_id, person, "page")
        self._office.tell(gave=found.finished)
        return found

    @needs(Act.SERVE_PAGE)
    def answer(
        self, survey_id: int, person: Person, question: str, said: Sequence[str], *, version: int, agreed: bool = False
    ) -> Progress:
        """Take an answer from a page, and finish with the last one. Whoever has finished, or answers another version, changes nothing.

        Args:
            survey_id: Of the survey.
            person: Who answers.
            question: The name of what was asked.
            said: What was chosen or written; nothing to pass it over.
            version: Of the form that was answered.
            agreed: They said yes to what the answer is for.

        Raises:
            NotFoundError: there is no such survey.
            NotOpenError: it takes no answers.
            AnswerError: this is no answer; `OptionFullError`: somebody else was quicker.
        """
        with self._office.database.write() as session:
            found = self.answer_in(session, survey_id, person, question, said, version=version, agreed=agreed)
        self._office.tell(gave=found.finished)
        return found

    @needs(Act.SERVE_PAGE)
    def look(self, survey_id: int, person: Person, at: str = "") -> Progress | None:
        """Return how far somebody is, None where they have not begun; with `at` as if that question were asked.

        A phone that nobody knows has begun as soon as it has its key: only its first answer is written down.
        """
        with self._office.database.read() as session:
            return looking.progress(session, looking.by_id(session, survey_id), person, at)

    def begin_in(self, session: Session, survey_id: int, person: Person, channel: Channel) -> Progress:
        """Do what `begin` does, in the talk or on a page."""
        row = reading.stored(session, survey_id, locked=True)
        now = self._office.now(session)
        response = self._response(session, row, person)
        if response is None or response.state != "finished":
            self._require_open(session, row, now)
        if response is None:
            response = self._begun(session, row, person, channel, now)
        self.adopting.adopt(session, row, response, person)
        return reading.progress(session, row, response, self._ended(session, row, response))

    def _ended(self, session: Session, row: SurveyRow, response: SurveyResponseRow) -> str:
        """Finish what was answered to its end when an option was taken up; return the question that is still in the way, '' for none."""
        version = session.get_one(SurveyVersionRow, response.version_id)
        said = reading.answers_of(session, response.id)
        way = ways.way(load_questions(version.questions), said)
        if response.state != "open" or response.asked or way[-1].name not in said:
            return ""
        try:
            self._finish(session, row, response, way)
        except OptionFullError as full:
            return full.question
        return ""

    def answer_in(
        self,
        session: Session,
        survey_id: int,
        person: Person,
        question: str,
        said: Sequence[str],
        *,
        version: int,
        agreed: bool = False,
        channel: Channel = "page",
    ) -> Progress:
        """Do what `answer` does, in the talk or on a page."""
        row = reading.stored(session, survey_id, locked=True)
        now = self._office.now(session)
        response = self._response(session, row, person)
        if response is not None and response.state == "finished":
            return reading.progress(session, row, response)
        self._require_open(session, row, now)
        response = response or self._begun(session, row, person, channel, now)
        self.adopting.adopt(session, row, response, person)
        there = session.get_one(SurveyVersionRow, response.version_id)
        questions = load_questions(there.questions)
        before = reading.answers_of(session, response.id)
        one = next((one for one in ways.way(questions, before) if one.name == question), None)
        if one is None or there.number != version:
            return reading.progress(session, row, response)
        given = self._read(session, there, one, said, agreed=agreed or response.agreed == one.name)
        self._put(session, response, one, given, now)
        done = ways.way(questions, {**before, one.name: given})
        if done[-1].name in {*before, one.name}:
            self._finish(session, row, response, done)
        return reading.progress(session, row, response)

    def ask_in(self, session: Session, response_id: int, question: str, *, agreed: bool = False) -> None:
        """Note which question was put to somebody in the talk, and that they said yes to what its answer is for."""
        values = {"asked": question, "agreed": question if agreed else "", "changed_at": self._office.now(session)}
        session.execute(update(SurveyResponseRow).where(SurveyResponseRow.id == response_id).values(**values))
        session.expire_all()

    def under_way_in(self, session: Session, person: Person) -> Progress | None:
        """Return what a friend is being asked in the talk, None where nothing is, or it takes no answers any more."""
        now = self._office.now(session)
        if person.friend_id is None:
            return None
        response = reading.under_way(session, person.friend_id, person.customer_id, now - UNDER_WAY)
        if response is None:
            return None
        row = reading.stored(session, response.survey_id)
        version = reading.newest_version(session, row)
        goes_on = version is not None and version.id == response.version_id and row.state == "published"
        return reading.progress(session, row, response) if goes_on else None

    @needs(Act.EDIT_PEOPLE)
    def remove(self, survey_id: int, customer_id: int) -> int:
        """Delete what a customer answered, in every version; return how many answers those were.

        Name, phone and address that came from them are again what they were, where nobody changed them since. Tags, own fields and the
        gift stay; whoever answers again gets no second one. Raises NotFoundError: they have not answered.
        """
        row, fill = SurveyResponseRow, SurveyFillRow
        with self._office.database.write() as session:
            reading.stored(session, survey_id, locked=True)
            theirs = select(row).where(row.survey_id == survey_id, row.customer_id == customer_id)
            found = session.scalars(theirs.order_by(row.finished_at.desc().nulls_last(), row.id.desc())).all()
            if not found:
                raise NotFoundError(_("This person has not answered this survey."))
            for one in found:  # the latest first: each gives back what it found
                filled = session.scalars(select(fill).where(fill.response_id == one.id)).all()
                written = {each.field: (each.before, each.after) for each in filled}
                self._office.customers.filling.take_back(session, customer_id, written)
                session.execute(delete(row).where(row.id == one.id))
            self._staff.record(session, "delete answer", "survey", [survey_id, customer_id])
        self._office.tell(gave=True)
        return len(found)

    @needs(Act.SERVE_PAGE)
    def gift_code(self, survey_id: int, person: Person) -> str:
        """Return a code that opens the coupon somebody got: a new one each time, the ticket is used once all the same.

        Raises:
            NotFoundError: they have none to use.
        """
        found = self.look(survey_id, person)
        if found is None or found.gift is None or found.gift.ticket_id is None:
            raise NotFoundError(_("This person has no such coupon to use. Look at what they have."))
        return self._office.coupons.code_again(found.gift.ticket_id).code

    # Steps

    @staticmethod
    def _response(session: Session, row: SurveyRow, person: Person) -> SurveyResponseRow | None:
        version = reading.newest_version(session, row)
        if version is None:
            return None
        names = reading.names_of(row, person, anonymous=reading.live_form(row).anonymous)
        return reading.response_of(session, version, names)

    @staticmethod
    def _require_open(session: Session, row: SurveyRow, now: datetime) -> None:
        found = reading.takes(session, row, now)
        if found != "open":
            raise not_open(found, reading.live_form(row))

    def _begun(
        self, session: Session, row: SurveyRow, person: Person, channel: Channel, now: datetime
    ) -> SurveyResponseRow:
        version = reading.newest_version(session, row)
        assert version is not None  # noqa: S101 - a published survey has one
        anonymous = reading.live_form(row).anonymous
        made = SurveyResponseRow(
            survey_id=row.id,
            version_id=version.id,
            who=reading.names_of(row, person, anonymous=anonymous)[0],
            customer_id=None if anonymous else person.customer_id,
            friend_id=None if anonymous else person.friend_id,
            channel=channel,
            state="open",
            newest=False,
            asked="",
            agreed="",
            begun_at=now,
            changed_at=now,
            finished_at=None,
        )
        session.add(made)
        session.flush()
        self._staff.record(session, "begin", "survey", [row.id, made.id])
        return made

    def _read(
        self, session: Session, version: SurveyVersionRow, one: Question, said: Sequence[str], *, agreed: bool
    ) -> Given:
        given = answers.read(one, said)
        if one.consent and not given.empty and not agreed:
            raise AnswerError(AGREE_FIRST)
        self._require_room(session, version, one, given)
        return given

    @staticmethod
    def _require_room(session: Session, version: SurveyVersionRow, one: Question, given: Given) -> None:
        """Be sure that not as many have chosen an option as may. Raises OptionFullError."""
        full = reading.taken_up(session, version.id, one) if given.picked else ()
        for label in given.picked:
            if label in full:
                raise OptionFullError(one.name, N_("“{option}” is taken up. Choose another one."), option=label)

    def _put(self, session: Session, response: SurveyResponseRow, one: Question, given: Given, now: datetime) -> None:
        row = SurveyAnswerRow
        session.execute(delete(row).where(row.response_id == response.id, row.question == one.name))
        shared = {"response_id": response.id, "question": one.name, "text": given.text, "number": given.number}
        session.execute(insert(row), [{**shared, "option": option} for option in given.picked or ("",)])
        response.asked, response.agreed, response.changed_at = "", "", now
        session.flush()
        self._staff.record(session, "answer", "survey", [response.survey_id, response.id])

    def _finish(self, session: Session, row: SurveyRow, response: SurveyResponseRow, way: Sequence[Question]) -> None:
        version = session.get_one(SurveyVersionRow, response.version_id)
        said = reading.answers_of(session, response.id)
        for one in way:
            self._require_room(session, version, one, said[one.name])
        answer, other = SurveyAnswerRow, SurveyResponseRow
        beside = answer.question.not_in([one.name for one in way])
        session.execute(delete(answer).where(answer.response_id == response.id, beside))
        theirs = (other.survey_id == row.id, other.who == response.who, other.id != response.id)
        session.execute(update(other).where(*theirs).values(newest=False))
        response.state, response.newest, response.finished_at = "finished", True, response.changed_at
        session.flush()
        self._staff.record(session, "finish", "survey", [row.id, response.id])
        self.giving.give(session, row, response, way, said)
