"""What happens to the LINE side of a person who is merged, forgotten or disclosed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select, update

from shopdesk.clock import in_japan
from shopdesk.customers import Event
from shopdesk.friends.tables import FriendRow, LinkProofRow
from shopdesk.friends.turns import turns_of
from shopdesk.i18n import _

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from shopdesk.customers import Customers, LineState
    from shopdesk.events import Events


class FriendPart:
    """Friends' part in a person's life."""

    name = "friends"

    def __init__(self, customers: Customers, events: Events) -> None:
        self._customers, self._events = customers, events

    def move(self, session: Session, keep: int, other: int) -> list[Any]:
        """Give `keep` the friend of `other`; where both have one, that of `keep` stays and the other is nobody's.

        Returns the friend's id and whether `keep` got it; nothing where `other` had none.
        """
        mine = session.scalar(select(FriendRow.id).where(FriendRow.customer_id == keep))
        theirs = session.execute(select(FriendRow.id, FriendRow.state).where(FriendRow.customer_id == other)).first()
        if theirs is None:
            return []
        moved = update(FriendRow).where(FriendRow.id == theirs.id)
        session.execute(moved.values(customer_id=None if mine is not None else keep))
        if mine is None:
            self._customers.set_line_state(session, keep, "blocked" if theirs.state == "blocked" else "friend")
        return [theirs.id, mine is None]

    def move_back(self, session: Session, keep: int, other: int, moved: list[Any]) -> None:
        """Give `other` the friend again, unless it was linked with somebody else since."""
        if moved:
            friend, given = moved
            still = FriendRow.customer_id == keep if given else FriendRow.customer_id.is_(None)
            session.execute(update(FriendRow).where(FriendRow.id == friend, still).values(customer_id=other))
        for one in (keep, other):
            state = session.scalar(select(FriendRow.state).where(FriendRow.customer_id == one))
            linked: LineState = "blocked" if state == "blocked" else "friend"
            self._customers.set_line_state(session, one, "none" if state is None else linked)

    def erase(self, session: Session, customer_id: int) -> None:
        """Remove the friend: LINE's name, picture and id of the person, here and in the inbox."""
        named = select(FriendRow.user_id).where(FriendRow.customer_id == customer_id)
        self._events.erase(session, session.scalars(named).all())
        session.execute(delete(LinkProofRow).where(LinkProofRow.customer_id == customer_id))
        session.execute(delete(FriendRow).where(FriendRow.customer_id == customer_id))

    def disclose(self, session: Session, customer_id: int) -> dict[str, Any]:
        """Return what is held of the person on LINE."""
        rows = session.scalars(select(FriendRow).where(FriendRow.customer_id == customer_id))
        held = [
            {
                "user_id": row.user_id,
                "display_name": row.display_name,
                "picture_url": row.picture_url,
                "state": row.state,
                "first_seen": in_japan(row.since).isoformat(),
                "blocked_at": in_japan(row.blocked_at).isoformat() if row.blocked_at else None,
            }
            for row in rows
        ]
        given = select(LinkProofRow).where(LinkProofRow.customer_id == customer_id).order_by(LinkProofRow.id)
        proofs = [
            {"kind": row.kind, "at": in_japan(row.made_at).isoformat(), "state": row.outcome}
            for row in session.scalars(given)
        ]
        turns = turns_of(
            session, session.scalars(select(FriendRow.id).where(FriendRow.customer_id == customer_id)).all()
        )
        did = [{"did": one.kind, "at": in_japan(one.at).isoformat()} for each in turns.values() for one in each]
        return {"line": held, "line_turns": did, "link_proofs": proofs}

    def timeline(self, session: Session, customer_id: int, limit: int) -> list[Event]:
        """Return when the person became a friend, blocked us and came back."""
        row = session.scalar(select(FriendRow).where(FriendRow.customer_id == customer_id))
        if row is None:
            return []
        titles = {"blocked": _("Blocked on LINE"), "returned": _("Friend on LINE again")}
        turns = turns_of(session, [row.id]).get(row.id, ())
        return [
            Event(
                one.at,
                "blocked" if one.kind == "blocked" else "friend",
                titles.get(one.kind, _("Friend on LINE")),
                "" if one.kind == "blocked" else row.display_name,
            )
            for one in reversed(turns)
        ][:limit]

    def find(self, session: Session, text: str, limit: int) -> list[int]:
        """Return customers whose LINE name contains the text, or whose user id it is."""
        if not text.strip():
            return []
        named = FriendRow.display_name.icontains(text, autoescape=True) | (FriendRow.user_id == text)
        chosen = select(FriendRow.customer_id).where(named, FriendRow.customer_id.is_not(None)).limit(limit)
        return [found for found in session.scalars(chosen) if found is not None]
