"""What happens to the talk of a person who is forgotten or disclosed. It stays with the friend where people are merged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

from shopdesk.clock import in_japan
from shopdesk.customers import Event
from shopdesk.friends.tables import FriendRow
from shopdesk.i18n import _
from shopdesk.talks.occasions import said_by
from shopdesk.talks.searching import INDEX
from shopdesk.talks.tables import TalkLabelRow, TalkMessageRow, TalkRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class TalkPart:
    """The talks' part in a person's life."""

    name = "talks"

    def move(self, _session: Session, _keep: int, _other: int) -> list[Any]:
        """Move nothing: the talk is the friend's, and the friend moves."""
        return []

    def move_back(self, _session: Session, _keep: int, _other: int, _moved: list[Any]) -> None:
        """Move nothing back."""

    def erase(self, session: Session, customer_id: int) -> None:
        """Erase everything that was said, with its files and labels."""
        row = TalkMessageRow
        friends = select(FriendRow.id).where(FriendRow.customer_id == customer_id)
        INDEX.take_out(session, session.scalars(select(row.id).where(row.friend_id.in_(friends))).all())
        for table in (TalkMessageRow, TalkLabelRow, TalkRow):
            session.execute(delete(table).where(table.friend_id.in_(friends)))

    def disclose(self, session: Session, customer_id: int) -> dict[str, Any]:
        """Return everything that was said, the notes included."""
        row = TalkMessageRow
        chosen = select(row).join(FriendRow, FriendRow.id == row.friend_id).where(FriendRow.customer_id == customer_id)
        held = [
            {
                "at": in_japan(one.at).isoformat(),
                "from": one.side,
                "type": one.kind,
                "text": one.words,
                "by": said_by(one.author, one.occasion),
            }
            for one in session.scalars(chosen.order_by(row.at, row.id))
        ]
        return {"talk": held}

    def timeline(self, session: Session, customer_id: int, limit: int) -> list[Event]:
        """Return what the friend and the shop said."""
        row = TalkMessageRow
        chosen = select(row).join(FriendRow, FriendRow.id == row.friend_id)
        mine = chosen.where(FriendRow.customer_id == customer_id, row.side != "note", row.state != "unsent")
        titles = {"friend": _("Wrote to the shop"), "shop": _("Answer of the shop")}
        return [
            Event(one.at, "talk", titles[one.side], one.words)
            for one in session.scalars(mine.order_by(row.at.desc(), row.id.desc()).limit(limit))
        ]

    def find(self, _session: Session, _text: str, _limit: int) -> list[int]:
        """Return nobody: what was said is searched among the talks."""
        return []
