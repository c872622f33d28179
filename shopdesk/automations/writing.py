"""An automation's rows written, and written anew: what was sent stays."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from shopdesk.automations.answered import asks
from shopdesk.automations.reading import steps_of
from shopdesk.automations.tables import AutomationRow, StepRow
from shopdesk.errors import InvalidInputError
from shopdesk.i18n import _
from shopdesk.messages import restored, stored

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.automations.office import Office
    from shopdesk.automations.records import NewAutomation, NewStep
    from shopdesk.surveys import Survey


def require_free_name(session: Session, name: str, but: int) -> None:
    """Refuse a name that another automation than `but` has. Raises InvalidInputError."""
    if session.scalar(select(AutomationRow.id).where(AutomationRow.name == name, AutomationRow.id != but)) is not None:
        raise InvalidInputError(_("There is an automation “{name}” already. Choose another name.").format(name=name))


def write(session: Session, row: AutomationRow, wanted: NewAutomation, now: datetime) -> list[int]:
    """Write an automation over its row; return the steps that are gone.

    Where it was started, another survey or answer counts from now on, and a new step is for those whose turn comes later.

    Raises:
        InvalidInputError: a step is none of this automation.
    """
    before = (row.survey_id, row.question, row.options)
    row.name, row.survey_id, row.question = wanted.name, wanted.survey_id, wanted.question
    row.options, row.changed_at = json.dumps(wanted.options, ensure_ascii=False), now
    if row.since is not None and before != (row.survey_id, row.question, row.options):
        row.since = now
    session.flush()
    return _write_steps(session, row, wanted.steps, now)


def _write_steps(session: Session, row: AutomationRow, wanted: Iterable[NewStep], now: datetime) -> list[int]:
    there, kept = {one.id for one in steps_of(session, row.id)}, set()
    for one in wanted:
        values = {
            "days": one.days,
            "at": f"{one.at:%H:%M}" if one.at is not None else "",
            "messages": stored(one.said),
        }
        if one.id is None:
            since = now if row.since is not None else None
            session.execute(insert(StepRow).values(automation_id=row.id, since=since, **values))
        elif one.id in there and one.id not in kept:
            session.execute(update(StepRow).where(StepRow.id == one.id).values(**values))
            kept.add(one.id)
        else:
            raise InvalidInputError(_("There is no step {id} in this automation.").format(id=one.id))
    gone = sorted(there - kept)
    session.execute(delete(StepRow).where(StepRow.id.in_(gone)))
    return gone


def require_ready(session: Session, office: Office, row: AutomationRow, survey: Survey) -> None:
    """Refuse an automation that could not work as it is.

    Raises:
        InvalidInputError: nobody can give such an answer, or nobody knows who gives it.
        ShopDeskError: a message in it could be sent to nobody.
    """
    require_known(survey)
    if not asks(survey.form, row.question, tuple(json.loads(row.options))):
        raise InvalidInputError(
            _("The survey does not ask this. Choose one of its questions, and at least one answer to it.")
        )
    for one in steps_of(session, row.id):
        office.steps.require_sound(session, restored(one.messages))


def require_known(survey: Survey) -> None:
    """Refuse a survey of which nobody learns who answers, or that nobody was ever asked. Raises InvalidInputError."""
    if not survey.version:
        raise InvalidInputError(_("Nobody has been asked this survey yet. Publish it first."))
    if survey.form.anonymous:
        raise InvalidInputError(
            _("Nobody knows who answers an anonymous survey, so nothing can be sent to them. Choose another one.")
        )
