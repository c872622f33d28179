"""The state of the pretend LINE Platform: one account, its friends, its month, its journal."""

from __future__ import annotations

import asyncio
import secrets
import uuid
from typing import TYPE_CHECKING

from shopdesk.clock import Clock, SystemClock
from shopdesk.rehearsal.contents import Content, Contents, sample_picture
from shopdesk.rehearsal.coupons import Coupons
from shopdesk.rehearsal.faults import Faults
from shopdesk.rehearsal.journal import Journal
from shopdesk.rehearsal.logins import Logins
from shopdesk.rehearsal.measures import Measures
from shopdesk.rehearsal.narrowcasts import Narrowcasts
from shopdesk.rehearsal.people import Delivery, Message, People, Person
from shopdesk.rehearsal.quota import Quota
from shopdesk.rehearsal.rates import Rates
from shopdesk.rehearsal.retries import RetryKeys
from shopdesk.rehearsal.rich_menus import RichMenus
from shopdesk.rehearsal.tokens import AccessTokens, LinkTokens, ReplyTokens, rehearsal_channel
from shopdesk.rehearsal.webhooks import Outcome, post

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from shopdesk.rehearsal.measures import Measure
    from shopdesk.rehearsal.webhooks import Event

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
        self.link_tokens = LinkTokens()
        self.logins = Logins()
        self.quota = Quota(quota)
        self.rates = Rates()
        self.retry_keys = RetryKeys()
        self.measures = Measures()
        self.narrowcasts = Narrowcasts()
        self.rich_menus = RichMenus()
        self.coupons = Coupons()
        self.contents = Contents()
        self.faults = Faults()
        self.journal = Journal(journal_file)
        self.webhook_url: str | None = None
        self.webhook_active = True
        self.chat = True
        self.revision = 0
        self._last_message = uuid.uuid4().int % 10**17 + 5 * 10**17

    def holds_picture(self, message_id: str) -> None:
        """Hold a sample picture under a message that somebody sent before."""
        self.contents.keep(message_id, Content(sample_picture(), "image/png", self.clock.now()))

    def next_message_id(self) -> str:
        """Return a new message id: 18 digits, rising."""
        self._last_message += 1
        return str(self._last_message)

    def deliver(
        self,
        people: Sequence[Person],
        endpoint: str,
        messages: Sequence[Message],
        measure: Measure | None = None,
    ) -> None:
        """Bring the messages to these people, once for each time they are named."""
        delivery = Delivery(self.clock.now(), endpoint, messages, measure)
        for person in people:
            person.deliveries.append(delivery)
        if measure:
            measure.delivered += len(people)
        self.changed()

    async def tell(self, happened: Event) -> Outcome | None:
        """Post an event to the shop's endpoint and return how it went, or None where none is set or “use webhook” is off."""
        if self.webhook_url is None or not self.webhook_active:
            return None
        channel = self.channel
        return await asyncio.to_thread(post, self.webhook_url, channel.channel_secret, channel.bot_user_id, [happened])

    def changed(self) -> None:
        """Note that a phone shows something new, for whoever watches."""
        self.revision += 1

    def sent(self, messages: Sequence[Message]) -> list[dict[str, str]]:
        """Return LINE's `sentMessages` for these: an id each, and a quote token where one can be quoted."""
        made = []
        for message in messages:
            one = {"id": self.next_message_id()}
            if message["type"] in _QUOTABLE:
                one["quoteToken"] = secrets.token_urlsafe(24)
            made.append(one)
        return made
