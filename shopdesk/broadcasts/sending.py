"""Sending one broadcast in the foreground, under the sender's lease."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.broadcasts import freezing, reading
from shopdesk.broadcasts.ledger import Ledger
from shopdesk.broadcasts.office import LEASE
from shopdesk.broadcasts.refusals import cancelled, require_in_time
from shopdesk.broadcasts.schedules import go_on_cooling, wait_for_cooling
from shopdesk.broadcasts.sender import Sender
from shopdesk.broadcasts.stopping import run
from shopdesk.changes import Topic

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from shopdesk.broadcasts.office import Office
    from shopdesk.leases import Lease


def send(
    office: Office,
    broadcast_id: int,
    *,
    late_ok: bool,
    sleep: Callable[[float], Awaitable[None]],
    cooling: Callable[[datetime], None],
) -> None:
    """Send, or go on sending, until finished, paused or stopped; what is left of a cooling time is waited for first.

    Args:
        office: What broadcasts work with.
        broadcast_id: Which one.
        late_ok: Send although its time was more than an hour ago.
        sleep: How back-off and the cooling time wait.
        cooling: Is told once until when it waits, where it waits.

    Raises:
        StateError, LateError, LeaseHeldError, LineError, QuotaError, EmptyAudienceError, MessageError: as `Broadcasts.send`.
    """
    with office.database.read() as session:
        row = reading.stored(session, broadcast_id)
    if row.control == "cancel":
        raise cancelled()
    if (
        not late_ok and row.control != "pause" and not reading.alone(row)
    ):  # who lets a paused one go on has just looked at it
        require_in_time(reading.begins(row, office.settings.quiet_hours()), office.clock.now())
    if row.cooling_until and not row.started_at and not _cooled(office, broadcast_id, sleep, cooling):
        return
    lease = office.leases.take(LEASE)
    try:
        freezing.freeze(office, broadcast_id)
        if row.mail_only:
            return
        office.line.quota()  # also shows LINE's clock, before an old key could be used
        _start(office, broadcast_id)
        _run(office, lease, broadcast_id, sleep)
    finally:
        lease.release()
        office.tell()
        office.changes.tell(Topic.COUPONS)


def _cooled(
    office: Office,
    broadcast_id: int,
    sleep: Callable[[float], Awaitable[None]],
    cooling: Callable[[datetime], None],
) -> bool:
    """Take back a pause and wait for the rest of the cooling time; False where somebody stops it meanwhile."""
    until = go_on_cooling(office, broadcast_id)
    if until is not None and until > office.clock.now():
        cooling(until)
    return wait_for_cooling(office, broadcast_id, sleep)


def _run(office: Office, lease: Lease, broadcast_id: int, sleep: Callable[[float], Awaitable[None]]) -> None:
    ledger = Ledger(office, lease, broadcast_id)
    run(lambda: Sender(office.line, ledger, lease, office.clock, sleep))


def _start(office: Office, broadcast_id: int) -> None:
    with office.database.write() as session:
        office.installation.require_free(session)
        row = reading.stored(session, broadcast_id, locked=True)
        if row.control == "pause":
            row.control = "none"
        row.paused_reason = ""
        office.staff.record(session, "send", "broadcast", [broadcast_id])
    office.tell()
