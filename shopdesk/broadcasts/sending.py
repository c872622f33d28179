"""Sending one broadcast in the foreground, under the sender's lease."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.broadcasts import freezing, reading
from shopdesk.broadcasts.ledger import Ledger
from shopdesk.broadcasts.refusals import require_in_time
from shopdesk.broadcasts.sender import Sender
from shopdesk.broadcasts.stopping import run

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from shopdesk.broadcasts.office import Office
    from shopdesk.broadcasts.records import Status
    from shopdesk.leases import Lease

LEASE = "sender"


def send(office: Office, now: Status, *, late_ok: bool, sleep: Callable[[float], Awaitable[None]]) -> None:
    """Send, or go on sending, until finished, paused or stopped.

    Args:
        office: What broadcasts work with.
        now: How far it is; not finished.
        late_ok: Send although its scheduled time was more than an hour ago.
        sleep: How back-off waits.

    Raises:
        StateError, LateError, LeaseHeldError, LineError, QuotaError, EmptyAudienceError, MessageError: as `Broadcasts.send`.
    """
    if not late_ok:
        require_in_time(now, office.clock.now())
    lease = office.leases.take(LEASE)
    try:
        freezing.freeze(office, now.id)
        office.line.quota()  # also shows LINE's clock, before an old key could be used
        _start(office, now.id)
        _run(office, lease, now.id, sleep)
    finally:
        lease.release()
        office.tell()


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
