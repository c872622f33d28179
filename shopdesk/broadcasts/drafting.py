"""A draft and its row: made, read again, written anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.broadcasts import freezing, reading
from shopdesk.broadcasts.records import Drafted
from shopdesk.broadcasts.refusals import StateError, require_future
from shopdesk.broadcasts.splitting import new_seed
from shopdesk.broadcasts.tables import BroadcastRow
from shopdesk.errors import InvalidInputError
from shopdesk.i18n import _
from shopdesk.messages import restored, stored

if TYPE_CHECKING:
    from datetime import datetime

    from shopdesk.broadcasts.office import Office

MOST_HELD_OUT = 90


def add(office: Office, wanted: Drafted, at: datetime | None) -> int:
    """Keep a draft and return its id.

    Raises:
        InvalidInputError: neither or both of segment and everyone, or a past time.
        NotFoundError: there is no such segment.
        NeedsOwnerError, NeedsSecondError: it is to begin by itself, and they are so many that somebody else has to confirm it.
    """
    _require_sound(office, wanted)
    require_future(at, office.clock.now())
    row = row_of(wanted, at, office)
    if at is not None:
        freezing.require_size(office, row)
    with office.database.write() as session:
        session.add(row)
        session.flush()
        office.staff.record(session, "draft", "broadcast", [row.id])
    office.tell()
    return row.id


def revise(office: Office, broadcast_id: int, wanted: Drafted) -> None:
    """Write a draft anew.

    Raises:
        StateError: who gets it has been decided already, or it was cancelled.
        InvalidInputError, NotFoundError: as for a new draft.
    """
    _require_sound(office, wanted)
    with office.database.write() as session:
        row = reading.stored(session, broadcast_id, locked=True)
        if row.frozen_at is not None or row.control == "cancel":
            raise StateError(_("This broadcast has been started and cannot be changed. Make a new one."))
        if row.follows_id is not None and (row.follows_id, row.mail_only) != (wanted.follows, wanted.mail_only):
            raise InvalidInputError(_("This is a follow-up; who gets it and by which way stays as it is."))
        _write(row, wanted)
        office.staff.record(session, "revise", "broadcast", [broadcast_id])
    office.tell()


def drafted(office: Office, broadcast_id: int) -> Drafted:
    """Return what was drafted: what is said and to whom. Raises NotFoundError."""
    with office.database.read() as session:
        row = reading.stored(session, broadcast_id)
    everyone = row.audience == "everyone"
    return Drafted(
        restored(row.messages),
        None if everyone or row.follows_id is not None else row.segment_name,
        everyone=everyone,
        each=row.each,
        name=row.name,
        messages_b=restored(row.messages_b) if row.messages_b else None,
        split=row.split,
        holdout=row.holdout,
        counts=row.counts,
        mail_only=row.mail_only,
        follows=row.follows_id,
    )


def _require_sound(office: Office, wanted: Drafted) -> None:
    if [wanted.everyone, wanted.segment is not None, wanted.follows is not None].count(True) != 1:
        raise InvalidInputError(_("Say who gets it: a segment, or everyone."))
    if wanted.everyone and wanted.mail_only:
        raise InvalidInputError(_("A mail goes to a segment. Choose a segment instead of everyone."))
    if wanted.segment is not None:
        office.segments.get(wanted.segment)
    if wanted.messages_b is not None and not 1 <= wanted.split <= 99:  # noqa: PLR2004 - per cent
        raise InvalidInputError(_("Say how many per cent read the second text: 1 to 99."))
    if wanted.messages_b is None and wanted.split:
        raise InvalidInputError(_("A split needs a second text. Write one, or take the split out."))
    if not 0 <= wanted.holdout <= MOST_HELD_OUT:
        raise InvalidInputError(_("At most {most} per cent can be left out.").format(most=MOST_HELD_OUT))


def row_of(wanted: Drafted, at: datetime | None, office: Office) -> BroadcastRow:
    """Return the row of a new draft, which is not kept yet."""
    made = BroadcastRow(
        rule="",
        way="",
        seed=new_seed(),
        unit="",
        cooling_until=None,
        control="none",
        paused_reason="",
        created_at=office.clock.now(),
        scheduled_at=at,
        frozen_at=None,
        frozen_people=None,
        started_at=None,
        automation_id=None,
        step_id=None,
        actor=office.staff.actor.name,
    )
    _write(made, wanted)
    return made


def _write(made: BroadcastRow, wanted: Drafted) -> None:
    made.name = wanted.name or wanted.segment or _("Everyone")
    made.audience = "everyone" if wanted.everyone else "segment" if wanted.follows is None else "follow"
    made.follows_id, made.mail_only = wanted.follows, wanted.mail_only
    made.each = wanted.each
    made.segment_name = wanted.segment or ""
    made.messages = stored(wanted.messages)
    made.messages_b = stored(wanted.messages_b) if wanted.messages_b else ""
    made.split = wanted.split
    made.holdout = wanted.holdout
    made.counts = wanted.counts
