"""What the machine of a process that was killed had written down and not said: replies whose token still lives."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select, update

from shopdesk.talks.occasions import LEAVE_WAITING, SURVEY
from shopdesk.talks.records import token_lives
from shopdesk.talks.replying import Spoken
from shopdesk.talks.tables import TalkMessageRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


class Unsaid(NamedTuple):
    """A reply to a friend that LINE may not have got."""

    friend_id: int
    spoken: Spoken


def unsaid(session: Session, now: datetime) -> list[Unsaid]:
    """Return what is still to be said, in its order. LINE takes the token of a reply once: nothing is said twice by that.

    Of what is too late, or was a question that another one has followed, nobody knows whether the friend has got it.
    """
    row = TalkMessageRow
    half = (row.state == "sending", row.by_machine, row.way == "reply")
    chosen = select(row.retry_key, row.friend_id, row.occasion, func.min(row.id), func.max(row.id)).where(*half)
    found: list[Unsaid] = []
    for key, friend_id, occasion, first, last in session.execute(
        chosen.group_by(row.retry_key, row.friend_id, row.occasion).order_by(func.min(row.id))
    ).all():
        at = _answered(session, friend_id, first)
        if at is None or not token_lives(at, now) or (occasion == SURVEY and _followed(session, friend_id, last)):
            mine = update(row).where(row.retry_key == key, row.state == "sending")
            session.execute(mine.values(state="unknown", reason="closed"))
        else:
            settles = None if occasion in LEAVE_WAITING else at
            found.append(Unsaid(friend_id, Spoken(key, at, settles, again=True)))
    return found


def _answered(session: Session, friend_id: int, message_id: int) -> datetime | None:
    """Return when that was said to which a message is the reply; None where it stands in no talk."""
    row = TalkMessageRow
    theirs = (row.friend_id == friend_id, row.side == "friend", row.id < message_id)
    return session.scalar(select(row.at).where(*theirs).order_by(row.id.desc()).limit(1))


def _followed(session: Session, friend_id: int, message_id: int) -> bool:
    row = TalkMessageRow
    later = (row.friend_id == friend_id, row.side == "shop", row.occasion == SURVEY, row.id > message_id)
    return session.scalar(select(row.id).where(*later).limit(1)) is not None
