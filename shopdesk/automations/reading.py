"""What the rows of automations say."""

from __future__ import annotations

import json
from datetime import time
from typing import TYPE_CHECKING, cast

from sqlalchemy import exists, func, not_, or_, select

from shopdesk.automations import answered, timing
from shopdesk.automations.records import Automation, Step
from shopdesk.automations.tables import AutomationRow, EntryRow, StepRow, TurnRow
from shopdesk.errors import NotFoundError
from shopdesk.i18n import N_, _
from shopdesk.messages import restored

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from shopdesk.automations.records import State, Trouble
    from shopdesk.broadcasts import Steps
    from shopdesk.surveys import Survey

_TROUBLES: dict[Trouble, str] = {
    "survey_over": N_(
        "The survey takes no answers any more, so nobody new comes in. Open it again, or end this automation."
    ),
    "anonymous": N_(
        "The survey is anonymous now, so nobody new comes in. Ask by person again, or end this automation."
    ),
    "question_gone": N_(
        "The survey does not ask this any more, so nobody new comes in. Choose an answer that it has now."
    ),
}


def stored(session: Session, automation_id: int, *, locked: bool = False) -> AutomationRow:
    """Return the row of an automation, `locked` until the transaction ends. Raises NotFoundError."""
    row = session.get(AutomationRow, automation_id, populate_existing=locked, with_for_update=locked or None)
    if row is None:
        raise missing(str(automation_id))
    return row


def missing(said: str) -> NotFoundError:
    """Return what is said of an automation that is not there."""
    return NotFoundError(_("There is no automation “{name}”. `automations list` shows all.").format(name=said))


def steps_of(session: Session, automation_id: int) -> Sequence[StepRow]:
    """Return the steps of an automation, the first first."""
    row = StepRow
    return session.scalars(select(row).where(row.automation_id == automation_id).order_by(row.days, row.id)).all()


def when(step: StepRow) -> timing.Time:
    """Return when somebody has their turn with a step."""
    return timing.Time(step.days, time.fromisoformat(step.at) if step.at else None)


def trouble(row: AutomationRow, survey: Survey) -> Trouble:
    """Return why nobody comes into an automation that runs, '' where people do."""
    if row.state != "running":
        return ""
    return answered.trouble(survey, row.question, tuple(json.loads(row.options)))


def automation(session: Session, row: AutomationRow, surveys: Mapping[int, Survey], making: Steps) -> Automation:
    """Return an automation with how far it is; `surveys` by their ids."""
    survey = surveys[row.survey_id]
    wrong = trouble(row, survey)
    people = select(func.count()).select_from(EntryRow).where(EntryRow.automation_id == row.id)
    steps = _steps(session, row, making)
    still = making.standing(session, (one.open for one in steps if one.open)) if row.state == "running" else ""
    return Automation(
        id=row.id,
        name=row.name,
        state=cast("State", row.state),
        survey_id=row.survey_id,
        survey=survey.form.name,
        question=row.question,
        options=tuple(json.loads(row.options)),
        steps=steps,
        since=row.since,
        created_at=row.created_at,
        people=session.scalar(people) or 0,
        trouble=wrong,
        sentence=_(_TROUBLES[wrong]) if wrong else still,
    )


def _steps(session: Session, row: AutomationRow, making: Steps) -> tuple[Step, ...]:
    steps, sums = steps_of(session, row.id), making.sums(session, row.id)
    under_way = making.open_of(session, [one.id for one in steps])
    found = []
    for one in steps:
        waiting, first = _waiting(session, row, one)
        became = sums[one.id]
        found.append(
            Step(
                id=one.id,
                days=one.days,
                at=when(one).at,
                said=restored(one.messages),
                waiting=waiting,
                next_at=timing.due(first, when(one)) if first is not None else None,
                sending=became["waiting"],
                open=under_way.get(one.id),
                sent=became["accepted"],
                left_out=became["excluded"],
                failed=became["failed"] + became["cancelled"],
                unknown=became["unknown"],
            )
        )
    return tuple(found)


def _waiting(session: Session, row: AutomationRow, step: StepRow) -> tuple[int, datetime | None]:
    """How many have not had their turn with a step, and when the first of them answered."""
    if row.state == "ended":
        return 0, None
    entry = EntryRow
    chosen = select(func.count(), func.min(entry.at)).where(entry.automation_id == row.id, *to_come(step))
    count, first = session.execute(chosen).one()
    return count, first


def to_come(step: StepRow) -> list[ColumnElement[bool]]:
    """Return the conditions that an entry is somebody's, and that they have not had their turn with a step that is for them."""
    entry, turn = EntryRow, TurnRow
    had = exists().where(turn.entry_id == entry.id, turn.step_id == step.id)
    wanted = [or_(entry.customer_id.is_not(None), entry.friend_id.is_not(None)), not_(had)]
    if step.since is not None:
        wanted.append(entry.at > timing.answered_by(step.since, when(step)))
    return wanted
