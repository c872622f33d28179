"""Channel access tokens: the fixed one, stateless ones of 15 minutes, short-lived ones of 30 days; reply tokens."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

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


class Kind(Enum):
    """How a token was asked for; LINE keeps at most 30 of the last two kinds."""

    STATELESS = "stateless"
    SHORT_LIVED = "short-lived"
    BY_ASSERTION = "v2.1"


MOST_TOKENS = 30


@dataclass(frozen=True, slots=True)
class AccessToken:
    """A token that was issued, until when it is good, and the name under which LINE lists it."""

    token: str
    kind: Kind
    until: datetime
    key_id: str


class AccessTokens:
    """Which tokens open the door, and until when."""

    def __init__(self, fixed: str) -> None:
        self._fixed = fixed
        self._issued: dict[str, AccessToken] = {}

    def issue(self, kind: Kind, now: datetime, life: timedelta) -> AccessToken:
        """Return a new token that is good for `life` from now; of short-lived ones the 31st ends the oldest."""
        if kind is Kind.SHORT_LIVED:
            for oldest in self.valid(kind, now)[: 1 - MOST_TOKENS]:
                del self._issued[oldest.token]
        made = AccessToken(secrets.token_urlsafe(48), kind, now + life, secrets.token_urlsafe(16))
        self._issued[made.token] = made
        return made

    def valid(self, kind: Kind, now: datetime) -> list[AccessToken]:
        """Return the tokens of a kind that are good, the oldest first."""
        return [one for one in self._issued.values() if one.kind is kind and one.until > now]

    def seconds_left(self, token: str, now: datetime) -> int | None:
        """Return how long the token is still good, or None where it is not. The fixed one never ends."""
        if token == self._fixed:
            return int(SHORT_LIVED.total_seconds())
        issued = self._issued.get(token)
        return int((issued.until - now).total_seconds()) if issued and issued.until > now else None

    def revoke(self, token: str) -> None:
        """End a token that was issued; the fixed one stays, and so do stateless ones (LINE)."""
        issued = self._issued.get(token)
        if issued and issued.kind is not Kind.STATELESS:
            del self._issued[token]


class LinkTokens:
    """Tokens that link a friend with an account of the shop (LINE: once, within ten minutes)."""

    def __init__(self) -> None:
        self._open: dict[str, tuple[str, datetime]] = {}

    def issue(self, user_id: str, now: datetime) -> str:
        """Return a new token for this friend."""
        token = secrets.token_urlsafe(24)
        self._open[token] = (user_id, now + LINK)
        return token

    def use(self, token: str, now: datetime) -> str | None:
        """Use the token up and return whose it is, or None where it is unknown, used or too old."""
        user_id, until = self._open.pop(token, ("", now))
        return user_id if until > now else None


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
