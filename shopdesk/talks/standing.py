"""How a talk stands: always worked out from its messages, so that the order in which they arrived does not matter."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from shopdesk.talks.tables import TalkMessageRow, TalkRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def talk_of(session: Session, friend_id: int) -> TalkRow:
    """Return the talk with a friend, for writing; a new one where nothing was said yet."""
    row = session.get(TalkRow, friend_id, with_for_update=True)
    if row is None:
        row = TalkRow(
            friend_id=friend_id,
            read_until=NEVER,
            done_until=NEVER,
            last_at=NEVER,
            last_message_id=None,
            unread=0,
            waiting_since=None,
            failed=0,
            assigned_to="",
            silenced=False,
            told_closed_at=None,
            offered_at=None,
            reply_token="",
            reply_token_at=None,
            typing_by="",
            typing_at=None,
        )
        session.add(row)
    return row


def settle(session: Session, talk: TalkRow) -> None:
    """Work out what follows from the messages: the last one, how many are unread, and since when the friend waits.

    The friend waits, too, for an answer that was refused or whose fate nobody knows, whatever else was answered: until it is
    sent again, or somebody says that the talk is done.
    """
    session.flush()
    row = TalkMessageRow
    mine, friend = row.friend_id == talk.friend_id, row.side == "friend"
    last = session.execute(
        select(row.id, row.at).where(mine, row.side != "note").order_by(row.at.desc(), row.id.desc()).limit(1)
    ).first()
    answered = session.scalar(
        select(func.max(row.at)).where(mine, row.side == "shop", row.by_machine.is_(False), row.state == "accepted")
    )
    settled = max(talk.done_until, answered or NEVER)
    asks = (mine, friend, row.state == "received", row.kind != "postback")
    talk.last_message_id, talk.last_at = last if last is not None else (None, NEVER)
    talk.unread = session.scalar(select(func.count()).where(*asks, row.at > talk.read_until)) or 0
    failed = (mine, row.side == "shop", row.by_machine.is_(False), row.state.in_(("refused", "unknown")))
    since_failed, talk.failed = session.execute(
        select(func.min(row.at), func.count()).where(*failed, row.at > talk.done_until)
    ).one()
    since_asked = session.scalar(select(func.min(row.at)).where(*asks, row.at > settled))
    talk.waiting_since = min(filter(None, (since_asked, since_failed)), default=None)
    session.flush()
