"""The freeze: who gets it is decided for good, one row for each person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, select

from shopdesk.broadcasts import audience, follows, notices, reading
from shopdesk.broadcasts.personal import coupons_of, hindrance, make_links, said_of
from shopdesk.broadcasts.previews import Dry, chosen
from shopdesk.broadcasts.refusals import cancelled, refuse_hopeless
from shopdesk.broadcasts.tables import BatchRow, BroadcastRow
from shopdesk.coupons import had_enough
from shopdesk.line import limits
from shopdesk.segments import compile_rule

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.broadcasts.office import Office
    from shopdesk.messages import Draft


def freeze(office: Office, broadcast_id: int) -> None:
    """Write one row for each person, with a reason for those left out. Safe to repeat.

    Raises:
        StateError: it was cancelled.
        EmptyAudienceError: nobody would get it.
        QuotaError: the month's messages do not suffice.
        NeedsOwnerError, NeedsSecondError: they are so many that somebody else has to confirm it.
        LineError: LINE cannot be asked, or refuses the messages.
    """
    with office.database.read() as session:
        row = reading.stored(session, broadcast_id)
        begun = session.scalar(select(BatchRow.id).where(BatchRow.broadcast_id == broadcast_id).limit(1))
        if row.control == "cancel":
            raise cancelled()
        dry = look(office, session, row)
    if row.frozen_at is None and row.scheduled_at is None:  # what was scheduled was confirmed then
        office.require_size(dry.planned)
    if begun is None:
        _require_sense(office, row, dry)
    if row.frozen_at is None:
        _write(office, broadcast_id, dry, unit="" if row.mail_only else _unit(office, row))


def _require_sense(office: Office, row: BroadcastRow, dry: Dry) -> None:
    """Refuse what cannot work, as `refuse_hopeless`; a follow-up whose time has come may be for nobody: all have opened the first."""
    mailed = any(one.reason == "by_mail" for one in dry.excluded)
    if mailed or (row.follows_id is not None and row.scheduled_at is not None and not dry.planned):
        return
    refuse_hopeless(dry, office)


def require_size(office: Office, row: BroadcastRow) -> None:
    """Ask, before it is to begin by itself, whether who acts may write to so many. Raises NeedsOwnerError, NeedsSecondError."""
    with office.database.read() as session:
        people = look(office, session, row).planned
    office.require_size(people)


def _unit(office: Office, row: BroadcastRow) -> str:
    """The broadcast's name in LINE's statistics; none where this month's 1,000 names are used up."""
    if office.line.units_used() >= limits.UNITS_A_MONTH:
        return ""
    return f"shopdesk_{row.id}_{row.seed[:8]}"


def _write(office: Office, broadcast_id: int, dry: Dry, unit: str) -> None:
    with office.database.write() as session:
        row = reading.stored(session, broadcast_id, locked=True)
        if row.frozen_at is not None:
            return
        if row.follows_id is not None:  # two follow-ups of one broadcast are decided one after the other
            reading.stored(session, row.follows_id, locked=True)
        row.frozen_people = audience.write(session, broadcast_id, who(office, session, row))
        audience.divide(session, row)
        if row.audience == notices.AUDIENCE:
            notices.note(session, broadcast_id)
        if not row.mail_only:
            make_links(session, office.links, row, _drafts(office, row))
        row.frozen_at, row.way, row.unit = office.clock.now(), dry.way, unit
        office.staff.record(session, "freeze", "broadcast", [broadcast_id])
    office.tell()


def look(office: Office, session: Session, row: BroadcastRow) -> Dry:
    """Say of a broadcast what can be said without LINE: from its people once frozen, else from who would be chosen."""
    drafts = _drafts(office, row)
    dry = (
        Dry.frozen(session, row, drafts)
        if row.frozen_at is not None
        else Dry.live(session, row, drafts, who(office, session, row))
    )
    public = bool(office.settings.fixed_address())
    asked = (public or row.counts) and not row.mail_only
    wrong = hindrance(session, office, drafts) if asked else None
    return replace(dry, public=public, hindrance=wrong)


def _drafts(office: Office, row: BroadcastRow) -> tuple[Draft, ...]:
    return tuple(said_of(office, row).values())


def who(office: Office, session: Session, row: BroadcastRow) -> Select[Any]:
    """Return who would be chosen now. Raises NotFoundError, InvalidRuleError: the segment is gone, or what its rule asks for."""
    if row.audience == audience.STEP:
        return chosen(row.id)
    now = office.clock.now()
    before = follows.barred(row.follows_id, row.id)
    if row.mail_only:
        return audience.by_mail(_of_rule(office, row, now), *before)
    barred = office.barred(now, row.id)
    barred += [
        (had_enough(one, audience.FRIEND.customer_id, now), "had_coupon") for one in coupons_of(_drafts(office, row))
    ]
    if row.audience == "everyone":
        return audience.of_everyone(*barred)
    if row.audience == notices.AUDIENCE:
        return audience.of_segment(notices.people(session, now), *barred)
    return audience.of_segment(_of_rule(office, row, now), *barred, before=before)


def _of_rule(office: Office, row: BroadcastRow, now: datetime) -> Select[Any]:
    """The customers of its segment, or those who got the broadcast that it follows. Raises as `who`."""
    if row.follows_id is not None:
        return follows.people(office, row)
    return compile_rule(office.segments.rule_now(row.segment_name), now)
