"""What happens in the automations to a person who is merged, forgotten or disclosed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select, update

from shopdesk.automations.entering import had_too, join
from shopdesk.automations.tables import AutomationRow, EntryRow
from shopdesk.clock import in_japan
from shopdesk.customers import Event
from shopdesk.database import portions
from shopdesk.friends.tables import FriendRow
from shopdesk.i18n import _

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session


class AutomationPart:
    """Automations' part in a person's life. It comes before that of the friends, whose rows it reads."""

    name = "automations"

    def move(self, session: Session, keep: int, other: int) -> list[Any]:
        """Let `keep` be where `other` is; where both are, they are one from now on.

        Returns the ids of the entries that moved, and of those that are nobody's now with those of `keep` in their place.
        """
        entry = EntryRow
        had = select(entry.automation_id, entry.id).where(entry.customer_id == keep)
        mine = dict(session.execute(had).all())
        moved, joined = [], []
        theirs = select(entry.id, entry.automation_id).where(entry.customer_id == other).order_by(entry.id)
        for one, automation in session.execute(theirs).all():
            if automation in mine:
                join(session, mine[automation], one)
                joined.append([one, mine[automation]])
            else:
                session.execute(update(entry).where(entry.id == one).values(customer_id=keep))
                moved.append(one)
        return [moved, joined]

    def move_back(self, session: Session, keep: int, other: int, moved: list[Any]) -> None:
        """Let `other` be where they were. What went to both as one, `other` has had, too: nothing is sent to them again."""
        ids, joined = moved
        for some in portions(ids):
            still = (EntryRow.id.in_(some), EntryRow.customer_id == keep)
            session.execute(update(EntryRow).where(*still).values(customer_id=other))
        for one, theirs in joined:
            nobodys = (EntryRow.id == one, EntryRow.customer_id.is_(None), EntryRow.friend_id.is_(None))
            session.execute(update(EntryRow).where(*nobodys).values(customer_id=other))
            had_too(session, one, theirs)

    def erase(self, session: Session, customer_id: int) -> None:
        """Take the person out: nothing more is due to them; that somebody was in it stays."""
        session.execute(
            update(EntryRow).where(_of(customer_id)).values(customer_id=None, friend_id=None),
            execution_options={"synchronize_session": False},
        )

    def disclose(self, session: Session, customer_id: int) -> dict[str, Any]:
        """Return which automations the person came into, and when."""
        return {
            "automations": [
                {"automation": name, "at": in_japan(at).isoformat()}
                for name, at in session.execute(_history(customer_id))
            ]
        }

    def timeline(self, session: Session, customer_id: int, limit: int) -> list[Event]:
        """Return which automations the person came into, newest first; the messages themselves are told as broadcasts."""
        found = session.execute(_history(customer_id).limit(limit))
        return [Event(at, "automation", _("Came into an automation"), name) for name, at in found]

    def find(self, _session: Session, _text: str, _limit: int) -> list[int]:
        """Return nobody: no text of an automation names a person."""
        return []


def _of(customer_id: int) -> ColumnElement[bool]:
    linked = select(FriendRow.id).where(FriendRow.customer_id == customer_id)
    return or_(EntryRow.customer_id == customer_id, EntryRow.friend_id.in_(linked))


def _history(customer_id: int) -> Any:
    return (
        select(AutomationRow.name, EntryRow.at)
        .join(EntryRow, EntryRow.automation_id == AutomationRow.id)
        .where(_of(customer_id))
        .order_by(EntryRow.at.desc(), EntryRow.id.desc())
    )
