"""What must be true of every automation's rows at rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from shopdesk.automations.tables import EntryRow, StepRow, TurnRow
from shopdesk.broadcasts.tables import BroadcastRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from shopdesk.broadcasts import Steps


def broken(session: Session, making: Steps) -> list[int]:
    """Return the steps whose message somebody got twice, or whose turns are not those of their broadcasts; none when all is sound."""
    turn, step, entry, broadcast = TurnRow, StepRow, EntryRow, BroadcastRow
    strange = (
        select(turn.step_id)
        .join(step, step.id == turn.step_id)
        .join(entry, entry.id == turn.entry_id)
        .join(broadcast, broadcast.id == turn.broadcast_id)
        .where((broadcast.step_id != step.id) | (entry.automation_id != step.automation_id))
    )
    return sorted({*making.twice(session), *session.scalars(strange)})
