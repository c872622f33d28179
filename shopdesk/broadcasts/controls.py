"""What a person asks of a broadcast that runs or has run: pause, cancel, settle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sqlalchemy import update

from shopdesk.broadcasts import reading
from shopdesk.broadcasts.refusals import StateError, cancelled
from shopdesk.broadcasts.tables import BatchRow, BroadcastRow, RecipientRow
from shopdesk.i18n import _

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


def ask(session: Session, row: BroadcastRow, control: Literal["pause", "cancel"]) -> None:
    """Note what is wanted; who has no batch yet is cancelled at once. Raises StateError where there is nothing to stop."""
    where = reading.status(session, row).state
    if where == "finished":
        raise StateError(_("This broadcast has been sent to everybody already; there is nothing left to stop."))
    if where == "cancelled" and control == "pause":
        raise cancelled()
    if where == "draft" and control == "pause":
        raise StateError(_("This broadcast has not been started, so there is nothing to pause."))
    row.control = control
    if control == "cancel":
        person = RecipientRow
        free = (person.broadcast_id == row.id, person.state == "waiting", person.batch_id.is_(None))
        session.execute(update(person).where(*free).values(state="cancelled"))


def settle(session: Session, broadcast_id: int, as_: Literal["accepted", "failed"], now: datetime) -> None:
    """Say of everybody whose outcome is not known what it was."""
    batch, person = BatchRow, RecipientRow
    batches = update(batch).where(batch.broadcast_id == broadcast_id, batch.state == "unknown")
    session.execute(batches.values(state=as_, settled_at=now, problem="by_hand"))
    people = update(person).where(person.broadcast_id == broadcast_id, person.state == "unknown")
    session.execute(people.values(state=as_, reason="by_hand"))
