"""The trigger: somebody has answered a survey, as a whole or with certain options of one question."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, exists, func, or_, select

from shopdesk.automations.tables import EntryRow
from shopdesk.friends.tables import FriendRow
from shopdesk.surveys import CHOICES
from shopdesk.surveys.tables import SurveyAnswerRow, SurveyResponseRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Select

    from shopdesk.automations.records import Trouble
    from shopdesk.automations.tables import AutomationRow
    from shopdesk.surveys import Form, Survey


def people(row: AutomationRow, since: datetime | None) -> Select[Any]:
    """Return (customer_id, friend_id, response_id, at) of everybody who has given such an answer, the first time: a customer, or a friend.

    With `since` only answers count that were given since then and have led nobody in yet: a round looks at what is new.
    """
    response = SurveyResponseRow
    customer = func.coalesce(response.customer_id, FriendRow.customer_id)
    friend = case((customer.is_(None), response.friend_id), else_=None)
    chosen = (
        select(
            customer.label("customer_id"),
            friend.label("friend_id"),
            func.min(response.id).label("response_id"),
            func.min(response.finished_at).label("at"),
        )
        .outerjoin(FriendRow, FriendRow.id == response.friend_id)
        .where(response.survey_id == row.survey_id, response.state == "finished")
        .where(or_(customer.is_not(None), response.friend_id.is_not(None)))
        .group_by(customer, friend)
    )
    if since is not None:
        taken = exists().where(EntryRow.response_id == response.id, EntryRow.automation_id == row.id)
        chosen = chosen.where(response.finished_at >= since, ~taken)
    if row.question:
        answer = SurveyAnswerRow
        said = (answer.response_id == response.id, answer.question == row.question)
        chosen = chosen.where(exists().where(*said, answer.option.in_(json.loads(row.options))))
    return chosen


def trouble(survey: Survey, question: str, options: tuple[str, ...]) -> Trouble:
    """Return why nobody can give such an answer any more, '' where people can."""
    if survey.standing in {"closed", "over", "full"}:
        return "survey_over"
    if survey.form.anonymous:
        return "anonymous"
    return "" if asks(survey.form, question, options) else "question_gone"


def asks(form: Form, question: str, options: tuple[str, ...]) -> bool:
    """Tell whether a survey asks that question and all those options can be chosen there."""
    if not question:
        return not options
    asked = form.question(question)
    return (
        asked is not None
        and asked.kind in CHOICES
        and bool(options)
        and set(options) <= {one.label for one in asked.options}
    )
