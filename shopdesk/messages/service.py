"""Messages as the shop has them: its templates, its pictures, and where the pictures can be fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.messages import checking, writing
from shopdesk.messages.coupon_cards import coupon_card
from shopdesk.messages.kept_pictures import Pictures
from shopdesk.messages.kept_templates import Templates

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from shopdesk.changes import Changes
    from shopdesk.clock import Clock
    from shopdesk.coupons import Offer
    from shopdesk.database import Database
    from shopdesk.line import Message
    from shopdesk.messages.records import Draft, Report
    from shopdesk.settings import Settings
    from shopdesk.staff import Staff


class Messages:
    """What the shop says."""

    def __init__(self, database: Database, staff: Staff, changes: Changes, clock: Clock, settings: Settings) -> None:
        self.templates = Templates(database, staff, changes, clock)
        self.pictures = Pictures(database, staff, changes, clock)
        self._settings = settings

    def public_url(self) -> str:
        """Return where LINE can fetch the shop's own pictures, empty where it cannot yet."""
        return self._settings.fixed_address()

    def look(self, messages: Sequence[Message], name: str = "") -> Report:
        """Return what LINE would refuse in messages as they are written, `name` filled in (see `messages.look`).

        A picture or page of the shop's own is a problem as long as there is no public address. Asks the database for that: on the
        screen's thread call `messages.look` with an answer that is known.
        """
        return checking.look(messages, name, public=bool(self.public_url()))

    def coupon_card(self, offer: Offer, address: str, until: datetime | None = None) -> Message:
        """Return the card of a coupon, which opens `address`; `until` is when it ends for one person. Raises NotFoundError: its picture is gone."""
        picture = self.pictures.get(offer.picture) if offer.picture else None
        return coupon_card(offer, address, until, picture)

    def draft(self, messages: Sequence[Message]) -> Draft:
        """Check messages and return them as they go out: with public addresses. Raises MessageError, RefusedByLineError."""
        return writing.draft(messages, self.public_url())

    def parse(self, said: str) -> Draft:
        """Read a JSON list of messages and return them as they go out. Raises MessageError, RefusedByLineError."""
        return writing.parse(said, self.public_url())
