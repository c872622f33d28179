"""Channel access tokens: the fixed one, stateless ones of 15 minutes, short-lived ones of 30 days; reply tokens."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

STATELESS = timedelta(minutes=15)
SHORT_LIVED = timedelta(days=30)
# LINE: a reply token can be used once, within a minute of the webhook.
REPLY = timedelta(minutes=1)
LINK = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Channel:
    """The account's credentials, as the developers' console would show them."""

    channel_id: str
    channel_secret: str
    access_token: str
    bot_user_id: str


def rehearsal_channel() -> Channel:
    """Return the rehearsal's channel, the same one at every start: nothing real can be done with it."""

    def word(of: str) -> str:
        return hashlib.sha256(f"shopdesk rehearsal {of}".encode()).hexdigest()

    return Channel("2000000001", word("secret")[:32], "rehearsal-" + word("token"), "U" + word("bot")[:32])


class AccessTokens:
    """Which tokens open the door, and until when."""

    def __init__(self, fixed: str) -> None:
        self._fixed = fixed
        self._until: dict[str, datetime] = {}

    def issue(self, now: datetime, life: timedelta) -> str:
        """Return a new token that is good for `life` from now."""
        token = secrets.token_urlsafe(48)
        self._until[token] = now + life
        return token

    def seconds_left(self, token: str, now: datetime) -> int | None:
        """Return how long the token is still good, or None where it is not. The fixed one never ends."""
        if token == self._fixed:
            return int(SHORT_LIVED.total_seconds())
        until = self._until.get(token)
        return int((until - now).total_seconds()) if until is not None and until > now else None

    def revoke(self, token: str) -> None:
        """End a token that was issued; the fixed one stays."""
        self._until.pop(token, None)


class ReplyTokens:
    """Tokens that answer one event each."""

    def __init__(self) -> None:
        self._open: dict[str, tuple[str, datetime]] = {}

    def issue(self, user_id: str, now: datetime) -> str:
        """Return the token with which this person's event can be answered."""
        token = secrets.token_hex(16)
        self._open[token] = (user_id, now + REPLY)
        return token

    def holder(self, token: str, now: datetime) -> str | None:
        """Return whose event the token answers, or None where it is unknown, used or too old."""
        user_id, until = self._open.get(token, ("", now))
        return user_id if until > now else None

    def use(self, token: str) -> None:
        """Take the token away: it is used up."""
        del self._open[token]
