"""What happens in the broadcasts to a person who is merged, forgotten or disclosed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select, update

from shopdesk.broadcasts.tables import BatchRow, BroadcastRow, RecipientRow
from shopdesk.clock import in_japan
from shopdesk.customers import Event
from shopdesk.database import portions
from shopdesk.friends import tables as friends
from shopdesk.i18n import _

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session


class BroadcastPart:
    """Broadcasts' part in a person's life. It comes before that of the friends, whose rows it reads."""

    name = "broadcasts"

    def move(self, session: Session, keep: int, other: int) -> list[Any]:
        """Give `keep` what was sent to `other`; where both were written to, the row of `other` is nobody's.

        Returns the ids of the rows that moved, and of those that are nobody's now.
        """
        person = RecipientRow
        had = select(person.broadcast_id).where(person.customer_id == keep)
        theirs = update(person).where(person.customer_id == other)
        of_segments = select(BroadcastRow.id).where(BroadcastRow.audience != "everyone")
        twice = (
            person.broadcast_id.in_(had),
            person.broadcast_id.in_(of_segments),
            person.state == "waiting",
            person.batch_id.is_(None),
        )
        session.execute(theirs.where(*twice).values(state="excluded", reason="merged"))
        nobodys = theirs.where(person.broadcast_id.in_(had)).values(customer_id=None).returning(person.id)
        left = sorted(session.scalars(nobodys))
        return [sorted(session.scalars(theirs.values(customer_id=keep).returning(person.id))), left]

    def move_back(self, session: Session, keep: int, other: int, moved: list[Any]) -> None:
        """Give `other` its rows again. Whoever was left out as merged stays so: what was not sent is not sent late."""
        person = RecipientRow
        for ids, still in zip(moved, (person.customer_id == keep, person.customer_id.is_(None)), strict=False):
            for some in portions(ids):
                session.execute(update(person).where(person.id.in_(some), still).values(customer_id=other))

    def erase(self, session: Session, customer_id: int) -> None:
        """Take the person out of every row; the sums stay, the bytes of settled requests that name them go."""
        person = RecipientRow
        mine = _of(customer_id)
        waiting = (mine, person.state == "waiting", person.batch_id.is_(None))
        session.execute(update(person).where(*waiting).values(state="excluded", reason="gone"))
        named = select(person.batch_id).where(mine, person.batch_id.is_not(None))
        settled = update(BatchRow).where(BatchRow.id.in_(named), BatchRow.state != "claimed")
        session.execute(settled.values(body=b""))
        session.execute(update(person).where(mine).values(customer_id=None, user_id=None))

    def disclose(self, session: Session, customer_id: int) -> dict[str, Any]:
        """Return which broadcasts the person was written to, and what became of each."""
        sent = [
            {"broadcast": name, "at": in_japan(at).isoformat() if at else None, "state": state, "reason": reason}
            for name, at, state, reason in session.execute(_history(customer_id))
        ]
        return {"broadcasts": sent}

    def timeline(self, session: Session, customer_id: int, limit: int) -> list[Event]:
        """Return the broadcasts LINE took for the person, newest first."""
        accepted = _history(customer_id).where(RecipientRow.state == "accepted").limit(limit)
        return [
            Event(at, "broadcast", _("Message on LINE"), name)
            for name, at, _state, _reason in session.execute(accepted)
            if at is not None
        ]

    def find(self, session: Session, text: str, limit: int) -> list[int]:
        """Return nobody: no text of a broadcast names a person."""
        del session, text, limit
        return []


def _of(customer_id: int) -> ColumnElement[bool]:
    linked = select(friends.FriendRow.user_id).where(friends.FriendRow.customer_id == customer_id)
    return or_(RecipientRow.customer_id == customer_id, RecipientRow.user_id.in_(linked))


def _history(customer_id: int) -> Any:
    return (
        select(BroadcastRow.name, BroadcastRow.started_at, RecipientRow.state, RecipientRow.reason)
        .join(RecipientRow, RecipientRow.broadcast_id == BroadcastRow.id)
        .where(_of(customer_id))
        .order_by(BroadcastRow.id.desc())
    )
