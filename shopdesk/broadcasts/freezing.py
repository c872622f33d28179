"""The freeze: who gets it is decided for good, one row for each person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, select

from shopdesk.broadcasts import audience, reading
from shopdesk.broadcasts.previews import Dry
from shopdesk.broadcasts.refusals import cancelled, refuse_hopeless
from shopdesk.broadcasts.tables import BatchRow, BroadcastRow
from shopdesk.messages import restored
from shopdesk.segments import compile_rule

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from shopdesk.broadcasts.office import Office


def freeze(office: Office, broadcast_id: int) -> None:
    """Write one row for each person, with a reason for those left out. Safe to repeat.

    Raises:
        StateError: it was cancelled.
        EmptyAudienceError: nobody would get it.
        QuotaError: the month's messages do not suffice.
        LineError: LINE cannot be asked, or refuses the messages.
    """
    with office.database.read() as session:
        row = reading.stored(session, broadcast_id)
        begun = session.scalar(select(BatchRow.id).where(BatchRow.broadcast_id == broadcast_id).limit(1))
        if row.control == "cancel":
            raise cancelled()
        dry = look(office, session, row)
    if begun is None:
        refuse_hopeless(dry, office.line)
    if row.frozen_at is None:
        _write(office, broadcast_id, dry)


def _write(office: Office, broadcast_id: int, dry: Dry) -> None:
    with office.database.write() as session:
        row = reading.stored(session, broadcast_id, locked=True)
        if row.frozen_at is not None:
            return
        row.frozen_people = audience.freeze(session, broadcast_id, _audience(office, row))
        row.frozen_at, row.way = office.clock.now(), dry.way
        office.staff.record(session, "freeze", "broadcast", [broadcast_id])
    office.tell()


def look(office: Office, session: Session, row: BroadcastRow) -> Dry:
    """Say of a broadcast what can be said without LINE: from its people once frozen, else from who would be chosen."""
    draft = restored(row.messages)
    if row.frozen_at is not None:
        return Dry.frozen(session, row, draft)
    return Dry.live(session, row, draft, _audience(office, row))


def _audience(office: Office, row: BroadcastRow) -> Select[Any]:
    if row.audience == "everyone":
        return audience.of_everyone()
    rule = office.segments.get(row.segment_name).rule
    return audience.of_segment(compile_rule(rule, office.clock.now()))
