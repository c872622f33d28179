"""How far mailings are, counted from their letters, and which of them go on by themselves."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from sqlalchemy import and_, func, or_, select

from shopdesk.broadcasts import is_late, tables as broadcasts
from shopdesk.errors import NotFoundError
from shopdesk.i18n import _
from shopdesk.mailings.records import MailDue, MailSums, State
from shopdesk.mailings.states import sentence, with_sentences
from shopdesk.mailings.tables import LeftOutRow, LetterRow, MailingRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.mailings.recipients import Chosen

OPEN = ("waiting", "claimed")
# Who decided whom a mail goes to begins to mail at once: after this time that process has died.
_BEGINS_WITHIN = timedelta(minutes=2)
_COUNTED = ("accepted", "failed", "unknown", "cancelled")


def stored(session: Session, broadcast_id: int) -> MailingRow:
    """Return the row of a mailing. Raises NotFoundError: this broadcast has no mail."""
    row = session.get(MailingRow, broadcast_id)
    if row is None:
        raise NotFoundError(_("Broadcast {id} has no mail.").format(id=broadcast_id))
    return row


def sums(session: Session, rows: Sequence[MailingRow], *, alive: bool) -> dict[int, MailSums]:
    """Return how far each is, by its broadcast; `alive`: a process is mailing."""
    letter = LetterRow
    counted = (
        select(letter.broadcast_id, letter.state, func.count())
        .where(letter.broadcast_id.in_([row.broadcast_id for row in rows]))
        .group_by(letter.broadcast_id, letter.state)
    )
    by_mailing: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for broadcast_id, state, number in session.execute(counted):
        by_mailing[broadcast_id][state] = number
    left_out = _left_out(session, [row.broadcast_id for row in rows])
    return {
        row.broadcast_id: _sums(row, by_mailing[row.broadcast_id], left_out[row.broadcast_id], alive=alive)
        for row in rows
    }


def _left_out(session: Session, broadcast_ids: Sequence[int]) -> defaultdict[int, Counter[str]]:
    """Why people get no mail: counted when it began, and those who were left out of it later."""
    letter, begun = LetterRow, LeftOutRow
    at_first = select(begun.broadcast_id, begun.reason, begun.people).where(begun.broadcast_id.in_(broadcast_ids))
    later = (
        select(letter.broadcast_id, letter.reason, func.count())
        .where(letter.broadcast_id.in_(broadcast_ids), letter.state == "excluded")
        .group_by(letter.broadcast_id, letter.reason)
    )
    found: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for broadcast_id, reason, number in (*session.execute(at_first), *session.execute(later)):
        found[broadcast_id][reason] += number
    return found


def _sums(row: MailingRow, by_state: Counter[str], left_out: Counter[str], *, alive: bool) -> MailSums:
    remaining = sum(by_state[one] for one in OPEN)
    state = _state(row, remaining)
    reason = "asked" if state == "paused" and row.control == "pause" else row.paused_reason
    if state == "waiting" and not alive:
        reason = "no_mailer"
    return MailSums(
        state=state,
        planned=by_state.total() - by_state["excluded"],
        remaining=remaining,
        excluded=left_out.total(),
        left_out=with_sentences(left_out),
        **{kind: by_state[kind] for kind in _COUNTED},
        reason=reason,
        sentence=sentence(reason),
        alive=alive and state in {"waiting", "paused"},
    )


def expected(sums: MailSums, who: Chosen) -> MailSums:
    """Return the sums of a draft with those whom it would go to now."""
    planned, excluded = len(who.customers), sum(who.left_out.values())
    left_out = with_sentences(who.left_out)
    return replace(sums, planned=planned, remaining=planned, excluded=excluded, left_out=left_out)


def _state(row: MailingRow, remaining: int) -> State:
    if row.control == "cancel":
        return "cancelled"
    if row.frozen_at is None:
        return "draft"
    if not remaining:
        return "finished"
    return "paused" if row.paused_reason or row.control == "pause" else "waiting"


def due(session: Session, now: datetime, *, alive: bool) -> Iterable[MailDue]:
    """Yield those that go on by themselves: after quiet hours, which are over, and after a process that died, before it mailed too."""
    waits = select(LetterRow.id).where(LetterRow.broadcast_id == MailingRow.broadcast_id, LetterRow.state.in_(OPEN))
    broadcast = broadcasts.BroadcastRow
    begun = and_(MailingRow.frozen_at.is_not(None), waits.exists())
    left = and_(
        MailingRow.frozen_at.is_(None),
        broadcast.mail_only,
        broadcast.control == "none",
        broadcast.frozen_at < now - _BEGINS_WITHIN,
    )
    open_ = (
        select(MailingRow, broadcast.frozen_at)
        .join(broadcast, broadcast.id == MailingRow.broadcast_id)
        .where(MailingRow.control == "none", or_(begun, left))
    )
    for row, decided_at in session.execute(open_.order_by(MailingRow.broadcast_id)).all():
        wanted = _wanted(session, row, row.frozen_at or decided_at, now, alive=alive)
        if wanted is not None:
            yield MailDue(row.broadcast_id, asks=wanted == "ask")


def _wanted(
    session: Session, row: MailingRow, since: datetime | None, now: datetime, *, alive: bool
) -> Literal["go", "ask"] | None:
    if alive:
        return None
    if row.paused_reason:
        return "go" if row.paused_reason == "quiet_hours" else None
    settled = select(func.max(LetterRow.settled_at)).where(LetterRow.broadcast_id == row.broadcast_id)
    return "ask" if is_late(session.scalar(settled) or since, now) else "go"
