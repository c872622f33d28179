"""Patterns at the tills that the owner should look at. None of them proves anything: each names what to look up."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select

from shopdesk.cards.records import Suspicion
from shopdesk.cards.tables import CardEntryRow, CardRefusalRow, CardRewardRow
from shopdesk.clock import japan_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from sqlalchemy.orm import Session

MANY_SCANS, MANY_VOIDS = 4, 5
"""So many visits of one card that one member of the staff counts in a day; so many entries that one takes back."""
_REPLAYS = ("expired", "replayed")
TWO_TILLS_WITHIN = timedelta(minutes=1)


class _Seen(NamedTuple):
    """What a till did or was refused; `what` is the entry's kind, or the code of the refusal.

    `code` is the passing code's hash: beside a static proof it did not hold when it was noted without the data.
    """

    card_id: int | None
    at: datetime
    what: str
    actor: str
    till: str
    proof: str
    code: str | None = None


def suspicions(session: Session, since: datetime) -> list[Suspicion]:
    """Return what looks odd since a moment, the newest first."""
    row, refused = CardEntryRow, CardRefusalRow
    done = select(row.card_id, row.at, row.kind, row.actor, row.till, row.proof, row.proof_hash)
    entries = [
        _Seen(*one)
        for one in session.execute(done.where(row.at >= since, row.nonce.is_not(None)).order_by(row.at, row.id))
    ]
    codes = select(refused.card_id, refused.at, refused.code, refused.actor, refused.till)
    replays = codes.where(refused.at >= since, refused.code.in_(_REPLAYS)).order_by(refused.id)
    found = [
        *_often("many_scans", MANY_SCANS, (one for one in entries if one.what == "earn"), by_card=True),
        *_often("voids", MANY_VOIDS, (one for one in entries if one.what == "reverse"), by_card=False),
        *_two_tills(entries),
        *(_of(one, "paper_use") for one in entries if one.what == "use" and one.proof == "static"),
        *(_of(one, "unproved") for one in entries if one.proof == "static" and one.code is not None),
        *(_of(_Seen(*one, proof="passing"), "replayed") for one in session.execute(replays)),
        *_kept(session, since),
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _kept(session: Session, since: datetime) -> Iterator[Suspicion]:
    """Find visits that were taken back when the reward they brought had been handed over."""
    row, reward = CardEntryRow, CardRewardRow
    handed = (row.at >= since, row.kind == "reverse", row.nonce.is_not(None), reward.withdrawn_at.is_(None))
    found = (
        select(row.at, row.actor, row.till, row.card_id, func.count())
        .join(reward, reward.entry_id == row.reverses_id)
        .where(*handed)
        .group_by(row.id, row.at, row.actor, row.till, row.card_id)
    )
    for at, actor, till, card_id, count in session.execute(found):
        yield Suspicion("kept", at, actor, till, card_id, count)


def _often(kind: str, least: int, entries: Iterable[_Seen], *, by_card: bool) -> Iterator[Suspicion]:
    """Find who did something often in a day, to one card or at all."""
    groups: dict[tuple[object, ...], list[_Seen]] = {}
    for one in entries:
        groups.setdefault((one.actor, japan_day(one.at), one.card_id if by_card else None), []).append(one)
    for group in groups.values():
        if len(group) >= least:
            found = _of(group[-1], kind, len(group))
            yield found if by_card else Suspicion(kind, found.at, found.actor, found.till, None, found.count)


def _two_tills(entries: Iterable[_Seen]) -> Iterator[Suspicion]:
    """Find cards that were at two tills within a minute: a code that was passed on."""
    cards: dict[int | None, list[_Seen]] = {}
    for one in entries:
        if one.proof:
            cards.setdefault(one.card_id, []).append(one)
    for seen in cards.values():
        for before, after in pairwise(seen):
            if before.till != after.till and after.at - before.at <= TWO_TILLS_WITHIN:
                yield _of(after, "two_tills", 2)


def _of(one: _Seen, kind: str, count: int = 1) -> Suspicion:
    return Suspicion(kind, one.at, one.actor, one.till, one.card_id, count)
