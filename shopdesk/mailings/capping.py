"""Who has had so many messages and mails lately that the shop's own cap leaves them out of the next mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from sqlalchemy import and_, func, or_, select

from shopdesk.broadcasts import tables as broadcasts
from shopdesk.mailings.tables import LetterRow

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, SQLColumnExpression

    from shopdesk.settings import Cap

# A person counts as written to when LINE took it, when that is not known, and while the request is on its way.
_COUNTED = ("accepted", "unknown", "waiting")


@dataclass(frozen=True, slots=True)
class Capped:
    """A cap at one moment for the mail of one broadcast: whoever had `messages` others after `since` has had enough."""

    messages: int
    since: datetime
    but: int | None

    @classmethod
    def at(cls, cap: Cap | None, now: datetime, but: int | None) -> Self | None:
        """Return the cap as it counts now for the mail of broadcast `but`; None where there is none."""
        return None if cap is None else cls(cap.messages, now - timedelta(days=cap.days), but)

    def reached_by(self, customer_id: SQLColumnExpression[int]) -> ColumnElement[bool]:
        """Return the condition that this person has had enough, by LINE and by mail together."""
        letter, person, batch = LetterRow, broadcasts.RecipientRow, broadcasts.BatchRow
        out = or_(
            letter.state == "claimed",
            and_(letter.state.in_(("accepted", "unknown")), letter.settled_at > self.since),
        )
        mails = select(func.count()).where(letter.customer_id == customer_id, out)
        messages = (
            select(func.count())
            .select_from(person)
            .join(batch, batch.id == person.batch_id)
            .where(person.customer_id == customer_id, person.state.in_(_COUNTED), batch.claimed_at > self.since)
        )
        if self.but is not None:
            mails = mails.where(letter.broadcast_id != self.but)
            messages = messages.where(person.broadcast_id != self.but)
        return mails.scalar_subquery() + messages.scalar_subquery() >= self.messages
