"""What a survey's page asks for whenever it is opened: queries that are built once, and bare rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from shopdesk.database import Statement
from shopdesk.errors import NotFoundError
from shopdesk.i18n import _
from shopdesk.surveys import reading
from shopdesk.surveys.records import Person
from shopdesk.surveys.tables import SurveyLinkRow, SurveyRow, SurveyVersionRow
from shopdesk.surveys.wishes import KEY

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from shopdesk.surveys.records import Progress

_newest = (SurveyVersionRow.survey_id == SurveyRow.id) & (SurveyVersionRow.number == SurveyRow.version)
_SURVEY = (
    select(SurveyRow, SurveyVersionRow.id.label("version_id"), SurveyVersionRow.number, SurveyVersionRow.questions)
    .select_from(SurveyRow)
    .outerjoin(SurveyVersionRow, _newest)
)
"""A survey with its newest version."""
_BY_ID = Statement(_SURVEY.where(SurveyRow.id == bindparam("survey_id")))
_BY_PAGE = Statement(_SURVEY.where(SurveyRow.page_key == bindparam("page_key")))
_BY_LINK = Statement(
    _SURVEY.add_columns(SurveyLinkRow.customer_id)
    .join(SurveyLinkRow, SurveyLinkRow.survey_id == SurveyRow.id)
    .where(SurveyLinkRow.key_hash == bindparam("key_hash"))
)
_RESPONSE = Statement(
    "SELECT id, survey_id, version_id, customer_id, state, asked, agreed FROM survey_responses "
    "WHERE version_id = :version_id AND who = :who"
)


def by_key(session: Session, key: str) -> tuple[Any, Person | None]:
    """Return the survey of a page, and whose page it is: of the key that everybody has nobody's, with a phone's own after it that phone's.

    Raises:
        NotFoundError: there is no such page, or what it would ask is still a draft.
    """
    row, person = _BY_LINK.first(session, key_hash=reading.hash_of(key)), None
    if row is not None:
        person = Person(row.customer_id)
    else:
        page_key, _dot, phone = key.partition(".")
        if not phone or KEY.fullmatch(phone):
            row, person = _BY_PAGE.first(session, page_key=page_key), Person(key=phone) if phone else None
    if row is not None and row.state != "draft":
        return row, person
    raise NotFoundError(_("This page asks nothing. Ask the shop for the right address."))


def by_id(session: Session, survey_id: int) -> Any:
    """Return a survey with its newest version. Raises NotFoundError."""
    row = _BY_ID.first(session, survey_id=survey_id)
    if row is None:
        raise reading.no_survey(survey_id)
    return row


def progress(session: Session, row: Any, person: Person, at: str = "") -> Progress | None:
    """Return how far somebody is, None where they have not begun; `row` is of `by_key` or `by_id`, the rest as in `Answering.look`."""
    if row.version_id is None:
        return None
    names = reading.names_of(row, person, anonymous=reading.live_form(row).anonymous)
    found = (_RESPONSE.first(session, version_id=row.version_id, who=one) for one in names)
    response: Any = next(filter(None, found), None)
    if response is None and not person.key:
        return None
    return reading.progress(session, row, response, at, version=row)
