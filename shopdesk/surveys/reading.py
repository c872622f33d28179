"""Surveys and answers, read from their rows."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import false, func, or_, select

from shopdesk.coupons.tables import TicketRow
from shopdesk.database import Statement
from shopdesk.errors import NotFoundError
from shopdesk.i18n import _
from shopdesk.surveys import forms, ways
from shopdesk.surveys.records import Form, Gift, Given, Person, Progress, Question, Standing, Survey
from shopdesk.surveys.tables import (
    SurveyAnswerRow,
    SurveyGiftRow,
    SurveyResponseRow,
    SurveyRow,
    SurveyVersionRow,
)

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy.orm import Session


# What every opened page asks for.
_ANSWERS = Statement("SELECT question, option, text, number FROM survey_answers WHERE response_id = :response_id")


def stored(session: Session, survey_id: int, *, locked: bool = False) -> SurveyRow:
    """Return the row of a survey; `locked` until the transaction ends, so that all who answer it come one by one.

    Raises:
        NotFoundError: there is none.
    """
    row = session.get(SurveyRow, survey_id, populate_existing=locked, with_for_update=True if locked else None)
    if row is None:
        raise no_survey(survey_id)
    return row


def no_survey(survey_id: int) -> NotFoundError:
    """Return what is said of a survey that is not there."""
    return NotFoundError(_("There is no survey {id}. `surveys list` shows all.").format(id=survey_id))


def live_form(row: SurveyRow) -> Form:
    """Return what people are asked; of a draft what is written."""
    return forms.load(row.live or row.draft)


def newest_version(session: Session, row: SurveyRow) -> SurveyVersionRow | None:
    """Return the version that is asked now, None for a draft."""
    version = SurveyVersionRow
    return session.scalar(select(version).where(version.survey_id == row.id, version.number == row.version))


def survey(session: Session, row: SurveyRow, now: datetime) -> Survey:
    """Return a survey from its row."""
    return surveys(session, [row], now)[0]


def asked(session: Session, row: SurveyRow, now: datetime) -> Survey:
    """Return a survey as it is asked just now, without counting who has answered: a page is opened often."""
    return _survey(row, 0, 0, takes(session, row, now))


def surveys(session: Session, rows: Collection[SurveyRow], now: datetime) -> list[Survey]:
    """Return surveys from their rows, in their order."""
    version, response = SurveyVersionRow, SurveyResponseRow
    chosen = (
        select(response.survey_id, response.state, func.count())
        .join(version, version.id == response.version_id)
        .join(SurveyRow, (SurveyRow.id == response.survey_id) & (SurveyRow.version == version.number))
        .where(response.survey_id.in_([row.id for row in rows]))
        .group_by(response.survey_id, response.state)
    )
    counted = {(survey_id, state): count for survey_id, state, count in session.execute(chosen)}
    found = []
    for row in rows:
        answers, begun = (counted.get((row.id, state), 0) for state in ("finished", "open"))
        found.append(_survey(row, answers, begun, standing(row.state, live_form(row), answers, now)))
    return found


def _survey(row: SurveyRow, answers: int, begun: int, stands: Standing) -> Survey:
    return Survey(
        row.id,
        live_form(row),
        forms.load(row.draft),
        row.state,  # type: ignore[arg-type]
        stands,
        row.page_key,
        row.version,
        answers,
        begun,
        row.created_at,
    )


def standing(state: str, form: Form, answers: int, now: datetime) -> Standing:
    """Return whether a survey takes answers at this moment."""
    if state != "published":
        return "closed"
    if form.opens is not None and now < form.opens:
        return "not_yet"
    if form.closes is not None and now >= form.closes:
        return "over"
    return "full" if form.most is not None and answers >= form.most else "open"


def finished(session: Session, version_id: int) -> int:
    """Return how many have answered a version."""
    row = SurveyResponseRow
    mine = (row.version_id == version_id, row.state == "finished")
    return session.scalar(select(func.count()).where(*mine)) or 0


def takes(session: Session, row: SurveyRow, now: datetime) -> Standing:
    """Return whether a survey takes answers; those there are counted only where there is a limit."""
    form = live_form(row)
    version = newest_version(session, row) if form.most is not None else None
    return standing(row.state, form, finished(session, version.id) if version else 0, now)


def taken_up(session: Session, version_id: int, question: Question) -> frozenset[str]:
    """Return the options, by their labels, that as many have chosen as may, counting those who have finished."""
    quotas = {option.label: option.quota for option in question.options if option.quota is not None}
    if not quotas:
        return frozenset()
    row, response = SurveyAnswerRow, SurveyResponseRow
    chosen = select(row.option, func.count()).join(response, response.id == row.response_id)
    mine = (row.question == question.name, row.option.in_(quotas))
    finished = (response.version_id == version_id, response.state == "finished")
    counted = session.execute(chosen.where(*mine, *finished).group_by(row.option))
    return frozenset(option for option, people in counted if people >= quotas[option])


def hash_of(key: str) -> str:
    """Return what is kept of a key: nobody who reads that can open the page."""
    return hashlib.sha256(key.encode()).hexdigest()


def names_of(row: SurveyRow, person: Person, *, anonymous: bool) -> list[str]:
    """Return by what somebody is told apart in a survey, the best first: who became a customer later is the friend they were."""
    if person.key:
        return [f"key:{hash_of(person.key)}"]
    ids = (("customer", person.customer_id), ("friend", person.friend_id))
    plain = [f"{kind}:{one}" for kind, one in ids if one is not None]
    return [f"hidden:{hash_of(row.salt + one)}" for one in plain] if anonymous else plain


def response_of(session: Session, version: SurveyVersionRow, names: list[str]) -> SurveyResponseRow | None:
    """Return the answers of somebody to a version."""
    row = SurveyResponseRow
    found = {
        one.who: one for one in session.scalars(select(row).where(row.version_id == version.id, row.who.in_(names)))
    }
    return next((found[one] for one in names if one in found), None)


def answers_of(session: Session, response_id: int) -> dict[str, Given]:
    """Return what was said, by the names of the questions."""
    found: dict[str, Given] = {}
    for one in _ANSWERS.all(session, response_id=response_id):
        before = found.get(one.question, Given())
        picked = (*before.picked, one.option) if one.option else before.picked
        found[one.question] = Given(picked, one.text, one.number)
    return found


def progress(
    session: Session,
    row: SurveyRow,
    response: SurveyResponseRow | None,
    at: str = "",
    *,
    version: SurveyVersionRow | None = None,
) -> Progress:
    """Return how far somebody is, at the beginning where there is no response; with `at` as if that question were asked, where it lies
    on their way. `version` is the one that the response answers, where the caller has read it.
    """
    if version is None:
        version = (
            newest_version(session, row) if response is None else session.get(SurveyVersionRow, response.version_id)
        )
    assert version is not None  # noqa: S101 - a survey that was published has one
    form = forms.load_version(row.live or row.draft, version.questions)
    said = answers_of(session, response.id) if response is not None else {}
    ahead = ways.way(form.questions, said)
    done = response is not None and response.state == "finished"
    wanted = at or (response.asked if response is not None else "")
    asked = next((one for one in ahead if one.name == wanted), ahead[-1])
    place = ahead.index(asked)
    return Progress(
        response.id if response is not None else 0,
        row.id,
        row.page_key,
        form,
        version.number,
        {one.name: said[one.name] for one in ahead if one.name in said},
        None if done else asked,
        ahead[place - 1] if place and not done else None,
        frozenset() if done else taken_up(session, version.id, asked),
        response is not None and response.agreed == asked.name,
        place + 1,
        ways.steps(form.questions, said, ahead),
        done,
        _gift(session, response) if response is not None and done else None,
    )


def _gift(session: Session, response: SurveyResponseRow) -> Gift | None:
    if response.customer_id is None:
        return None
    row, mine, used = SurveyGiftRow, SurveyResponseRow, func.coalesce(TicketRow.state == "used", false())
    theirs = (mine.survey_id == row.survey_id) & (mine.customer_id == row.customer_id)
    chosen = select(row.ticket_id, row.points, row.at < mine.begun_at, used).join(mine, theirs)
    tickets = chosen.outerjoin(TicketRow, TicketRow.id == row.ticket_id)
    found = session.execute(tickets.where(mine.id == response.id)).first()
    return Gift(*found) if found is not None else None


def under_way(session: Session, friend_id: int, customer_id: int | None, since: datetime) -> SurveyResponseRow | None:
    """Return what a friend is being asked in the talk: the last one since a moment that is not at its end."""
    row = SurveyResponseRow
    mine = row.friend_id == friend_id
    if customer_id is not None:
        mine = or_(mine, row.customer_id == customer_id)
    chosen = select(row).where(mine, row.state == "open", row.asked != "", row.changed_at >= since)
    return session.scalar(chosen.order_by(row.changed_at.desc(), row.id.desc()).limit(1))
