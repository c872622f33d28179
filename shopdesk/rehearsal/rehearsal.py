"""The state of the pretend LINE Platform: one account, its friends, its month, its journal."""

from __future__ import annotations

import secrets
import uuid
from typing import TYPE_CHECKING

from shopdesk.clock import Clock, SystemClock
from shopdesk.rehearsal.faults import Faults
from shopdesk.rehearsal.journal import Journal
from shopdesk.rehearsal.people import Delivery, Message, People, Person
from shopdesk.rehearsal.quota import Quota
from shopdesk.rehearsal.rates import Rates
from shopdesk.rehearsal.retries import RetryKeys
from shopdesk.rehearsal.tokens import AccessTokens, ReplyTokens, rehearsal_channel

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

MONTHLY_MESSAGES = 30_000

# LINE gives a quote token for these.
_QUOTABLE = {"text", "textV2", "sticker", "image", "video", "imagemap", "template", "flex"}


class Rehearsal:
    """A verified account on a pretend LINE: nobody has blocked it, 30,000 messages a month.

    `friends` are made up, the same ones each time; `named` are (userId, displayName) pairs that come before them.
    """

    def __init__(
        self,
        friends: int = 0,
        named: Iterable[tuple[str, str]] = (),
        *,
        quota: int = MONTHLY_MESSAGES,
        clock: Clock | None = None,
        journal_file: Path | None = None,
    ) -> None:
        self.clock = clock or SystemClock()
        self.channel = rehearsal_channel()
        self.people = People(friends, named)
        self.tokens = AccessTokens(self.channel.access_token)
        self.reply_tokens = ReplyTokens()
        self.quota = Quota(quota)
        self.rates = Rates()
        self.retry_keys = RetryKeys()
        self.faults = Faults()
        self.journal = Journal(journal_file)
        self.webhook_url: str | None = None
        self._last_message = uuid.uuid4().int % 10**17 + 5 * 10**17

    def next_message_id(self) -> str:
        """Return a new message id: 18 digits, rising."""
        self._last_message += 1
        return str(self._last_message)

    def deliver(self, people: Sequence[Person], endpoint: str, messages: Sequence[Message]) -> None:
        """Bring the messages to these people, once for each time they are named."""
        delivery = Delivery(self.clock.now(), endpoint, messages)
        for person in people:
            person.deliveries.append(delivery)

    def sent(self, messages: Sequence[Message]) -> list[dict[str, str]]:
        """Return LINE's `sentMessages` for these: an id each, and a quote token where one can be quoted."""
        made = []
        for message in messages:
            one = {"id": self.next_message_id()}
            if message["type"] in _QUOTABLE:
                one["quoteToken"] = secrets.token_urlsafe(24)
            made.append(one)
        return made
