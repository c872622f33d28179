"""Following and blocking, as LINE's events tell it: the state follows when it happened, not when it arrived."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from shopdesk.friends.records import Met
from shopdesk.friends.tables import FriendRow
from shopdesk.friends.turns import note_turn

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from shopdesk.friends.records import FriendState, TurnKind
    from shopdesk.line import LineEvent

_STATES: dict[str, FriendState] = {"follow": "friend", "unfollow": "blocked"}
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def new_friend(user_id: str, at: datetime) -> FriendRow:
    """Return the row of a friend whom we see for the first time; the profile is asked for later."""
    return FriendRow(
        user_id=user_id,
        display_name="",
        picture_url="",
        state="friend",
        customer_id=None,
        since=at,
        blocked_at=None,
        refreshed_at=None,
        state_at=at,
        state_event="",
    )


def meet(session: Session, event: LineEvent) -> Met:
    """Note the friend of an event, and the state where the event changes it: none that happened later was here before.

    Of two events of one moment the one with the larger id counts: the same in every order of arrival.
    """
    row = session.scalar(select(FriendRow).where(FriendRow.user_id == event.user_id).with_for_update())
    new = row is None
    if row is None:
        row = new_friend(event.user_id, event.at)
        row.state_at = NEVER  # only seen: whatever a follow or unfollow says, also an earlier one, counts
        session.add(row)
    row.since = min(row.since, event.at)
    state = _STATES.get(event.kind)
    turned = state is not None and (event.at, event.id) > (row.state_at, row.state_event)
    unblocked = row.state == "blocked" or event.part("follow").get("isUnblocked") is True
    if state is not None and turned:
        row.state, row.state_at, row.state_event = state, event.at, event.id
        row.blocked_at = event.at if state == "blocked" else None
    session.flush()
    if state is not None:
        again = event.part("follow").get("isUnblocked") is True
        kind: TurnKind = "blocked" if state == "blocked" else "returned" if again else "followed"
        note_turn(session, row.id, kind, event.at, event.id)
    return Met(row.id, row.customer_id, state or "friend", new, turned, turned and state == "friend" and unblocked)
