"""What friends ask for on the shop's pages and not in the talk: a card in it that waits for an answer, as a message does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import update

from shopdesk.talks.receiving import kept_body, placed
from shopdesk.talks.searching import index
from shopdesk.talks.standing import settle, talk_of
from shopdesk.talks.tables import TalkMessageRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from shopdesk.clock import Clock


class Requests:
    """The cards of requests, in transactions of the feature that takes them."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def place(self, session: Session, friend_id: int, asked: Mapping[str, Any], words: str) -> int:
        """Put a request into a friend's talk and return the number of its message.

        `asked` is what its card shows, `words` what of it is read and searched.
        """
        talk = talk_of(session, friend_id)
        row = placed(friend_id, self._clock.now(), asked, words)
        session.add(row)
        session.flush()
        index(session, row.id, words)
        settle(session, talk)
        return row.id

    def renew(self, session: Session, message_id: int, asked: Mapping[str, Any]) -> None:
        """Let a card show something else; nothing where the talk is not kept any more."""
        session.execute(update(TalkMessageRow).where(TalkMessageRow.id == message_id).values(body=kept_body(asked)))
