"""Who has had so many broadcasts lately that the shop's own cap leaves them out of the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from sqlalchemy import func, select

from shopdesk.broadcasts.tables import BatchRow, RecipientRow

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, SQLColumnExpression

    from shopdesk.settings import Cap

# A person counts as written to when LINE took it, when that is not known, and while the request is on its way.
_COUNTED = ("accepted", "unknown", "waiting")


@dataclass(frozen=True, slots=True)
class Capped:
    """A cap at one moment: whoever had `messages` broadcasts claimed after `since` has had enough."""

    messages: int
    since: datetime

    @classmethod
    def at(cls, cap: Cap | None, now: datetime) -> Self | None:
        """Return the cap as it counts now; None where there is none."""
        return None if cap is None else cls(cap.messages, now - timedelta(days=cap.days))

    def reached_by(
        self, user_id: SQLColumnExpression[str] | SQLColumnExpression[str | None], but: int
    ) -> ColumnElement[bool]:
        """Return the condition that this person has had enough of all broadcasts but one."""
        person, batch = RecipientRow.__table__.alias("had"), BatchRow.__table__.alias("by")
        had = (
            select(func.count())
            .select_from(person.join(batch, batch.c.id == person.c.batch_id))
            .where(
                person.c.user_id == user_id,
                person.c.broadcast_id != but,
                person.c.state.in_(_COUNTED),
                batch.c.claimed_at > self.since,
            )
        )
        return had.scalar_subquery() >= self.messages
