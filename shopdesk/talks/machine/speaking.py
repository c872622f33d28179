"""What the machine has written down goes to LINE, outside of any transaction."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, NamedTuple

from shopdesk.errors import ShopDeskError
from shopdesk.messages import NOTHING, Own, for_person

if TYPE_CHECKING:
    from shopdesk.line import Line
    from shopdesk.messages import Draft
    from shopdesk.talks.replying import Replies, Spoken

logger = logging.getLogger(__name__)


class Saying(NamedTuple):
    """An answer to send; `written` is there where it names a friend whose name only LINE knows yet, `own` is what else is theirs."""

    spoken: Spoken
    user_id: str
    written: Draft | None = None
    own: Own = NOTHING


class Speaking:
    """Sends answers."""

    def __init__(self, line: Line, replies: Replies) -> None:
        self._line, self._replies = line, replies

    def send(self, saying: Saying) -> None:
        """Send one. Never raises for LINE: the talk says what became of it."""
        if saying.written is not None and (name := self._name(saying.user_id)):
            self._replies.rewrite(saying.spoken, for_person(saying.written, name, saying.own))
        self._replies.send(saying.spoken)

    def _name(self, user_id: str) -> str:
        """Ask LINE what a new friend is called; '' where it does not say: then the default stands."""
        try:
            ((_user, profile),) = self._line.profiles([user_id])
        except ShopDeskError as trouble:
            logger.info("a greeting goes without the name: %s", trouble.code)
            return ""
        return profile.name if profile is not None else ""
