"""What a person asks of a broadcast that runs or has run: pause, cancel, settle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sqlalchemy import select, update

from shopdesk.broadcasts import reading
from shopdesk.broadcasts.office import LEASE
from shopdesk.broadcasts.outcomes import cancel_unclaimed, settle_open
from shopdesk.broadcasts.refusals import StateError, cancelled
from shopdesk.broadcasts.tables import BatchRow, BroadcastRow, RecipientRow
from shopdesk.i18n import _
from shopdesk.leases import LeaseHeldError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from shopdesk.broadcasts.office import Office


def ask(office: Office, broadcast_id: int, control: Literal["pause", "cancel"]) -> None:
    """Note what is wanted; who has no batch yet is cancelled at once.

    Raises:
        NotFoundError: there is no such broadcast.
        StateError: there is nothing to stop.
    """
    with office.database.write() as session:
        _note(session, reading.stored(session, broadcast_id, locked=True), control)
        office.staff.record(session, control, "broadcast", [broadcast_id])
    if control == "cancel":
        settle_if_nobody_sends(office, broadcast_id)
    office.tell()


def _note(session: Session, row: BroadcastRow, control: Literal["pause", "cancel"]) -> None:
    where = reading.where(row, reading.remaining(session, row.id))
    if where == "finished":
        raise StateError(_("This broadcast has been sent to everybody already; there is nothing left to stop."))
    if where == "cancelled" and control == "pause":
        raise cancelled()
    if where == "draft" and control == "pause":
        raise StateError(_("This broadcast has not been started, so there is nothing to pause."))
    row.control = control
    if control == "cancel":
        cancel_unclaimed(session, row.id)


def settle_if_nobody_sends(office: Office, broadcast_id: int) -> None:
    """Settle what is on its way in a cancelled broadcast, where no sender is there to do it."""
    try:
        lease = office.leases.take(LEASE)
    except LeaseHeldError:
        return  # the sender finishes what it has in hand
    try:
        with office.database.write() as session:
            lease.check(session)
            settle_open(session, broadcast_id, "cancelled", office.clock.now())
    finally:
        lease.release()


def settle(office: Office, broadcast_id: int, as_: Literal["accepted", "failed"]) -> None:
    """Say of everybody whose outcome is not known what it was.

    Raises:
        NotFoundError: there is no such broadcast.
        StateError: there is nobody whose outcome is not known.
    """
    batch, person = BatchRow, RecipientRow
    with office.database.write() as session:
        reading.stored(session, broadcast_id, locked=True)
        unclear = select(person.id).where(person.broadcast_id == broadcast_id, person.state == "unknown").limit(1)
        if session.scalar(unclear) is None:
            raise StateError(_("There is nobody in this broadcast whose outcome is unclear, so nothing was changed."))
        batches = update(batch).where(batch.broadcast_id == broadcast_id, batch.state == "unknown")
        session.execute(batches.values(state=as_, settled_at=office.clock.now(), problem="by_hand"))
        people = update(person).where(person.broadcast_id == broadcast_id, person.state == "unknown")
        session.execute(people.values(state=as_, reason="by_hand"))
        office.staff.record(session, "settle", "broadcast", [broadcast_id], [as_])
    office.tell()
