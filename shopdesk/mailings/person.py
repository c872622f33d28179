"""What happens in the mailings to a person who is merged, forgotten or disclosed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select, update

from shopdesk.broadcasts import tables as broadcasts
from shopdesk.customers import Event
from shopdesk.database import portions
from shopdesk.i18n import _
from shopdesk.mailings.tables import LetterRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class MailingPart:
    """Mailings' part in a person's life."""

    name = "mailings"

    def move(self, session: Session, keep: int, other: int) -> list[Any]:
        """Give `keep` the letters of `other`; where both have one, that of `other` waits no more and is nobody's."""
        had = select(LetterRow.broadcast_id).where(LetterRow.customer_id == keep)
        theirs = update(LetterRow).where(LetterRow.customer_id == other)
        twice = theirs.where(LetterRow.broadcast_id.in_(had))
        session.execute(twice.where(LetterRow.state == "waiting").values(state="excluded", reason="same_address"))
        left = sorted(session.scalars(twice.values(customer_id=None).returning(LetterRow.id)))
        return [sorted(session.scalars(theirs.values(customer_id=keep).returning(LetterRow.id))), left]

    def move_back(self, session: Session, keep: int, other: int, moved: list[Any]) -> None:
        """Give `other` its letters again."""
        for ids, still in zip(moved, (LetterRow.customer_id == keep, LetterRow.customer_id.is_(None)), strict=False):
            for some in portions(ids):
                session.execute(update(LetterRow).where(LetterRow.id.in_(some), still).values(customer_id=other))

    def erase(self, session: Session, customer_id: int) -> None:
        """Take the person out of every letter: what waits is left out, the bytes of what went out go."""
        mine = update(LetterRow).where(LetterRow.customer_id == customer_id)
        session.execute(mine.where(LetterRow.state == "waiting").values(state="excluded", reason="no_address"))
        session.execute(mine.where(LetterRow.state != "claimed").values(body=b""))
        session.execute(mine.values(customer_id=None, said=""))

    def disclose(self, session: Session, customer_id: int) -> dict[str, Any]:
        """Return which mails went to the person, and what became of each."""
        letter, broadcast = LetterRow, broadcasts.BroadcastRow
        chosen = (
            select(broadcast.name, letter.settled_at, letter.state, letter.reason)
            .join(letter, letter.broadcast_id == broadcast.id)
            .where(letter.customer_id == customer_id)
            .order_by(letter.id.desc())
        )
        return {
            "mails": [
                {"broadcast": name, "at": at.isoformat() if at else None, "state": state, "reason": reason}
                for name, at, state, reason in session.execute(chosen)
            ]
        }

    def timeline(self, session: Session, customer_id: int, limit: int) -> list[Event]:
        """Return the mails the provider took for the person, newest first."""
        letter, broadcast = LetterRow, broadcasts.BroadcastRow
        chosen = (
            select(letter.settled_at, broadcast.name)
            .join(broadcast, broadcast.id == letter.broadcast_id)
            .where(letter.customer_id == customer_id, letter.state == "accepted")
            .order_by(letter.settled_at.desc())
            .limit(limit)
        )
        return [Event(at, "broadcast", _("Mail"), name) for at, name in session.execute(chosen) if at is not None]

    def find(self, session: Session, text: str, limit: int) -> list[int]:
        """Return whose letter has the key that somebody who wants no more mail sent in the subject: STOP 3f0c…"""
        try:
            key = str(UUID(text.upper().removeprefix("STOP").strip()))
        except ValueError:
            return []
        found = select(LetterRow.customer_id).where(LetterRow.key == key, LetterRow.customer_id.is_not(None))
        return [one for one in session.scalars(found.limit(limit)) if one is not None]
