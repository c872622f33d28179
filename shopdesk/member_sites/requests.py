"""What a site asks, signed with its secret: nobody else can have a member's number linked, or be answered. Pure."""

from __future__ import annotations

import hashlib
import hmac
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

Why = Literal["request", "signature", "return", "time", "used", "key"]
"""Something is missing or not as it should be; another secret; no such return address; too old, or of the future; answered
already; the gateway has not the key."""
HOLDS = timedelta(minutes=5)
"""So long a site's request may be used."""
LEEWAY = timedelta(minutes=2)
"""So far the site's clock and ours may lie apart."""
STATE = re.compile(r"[A-Za-z0-9_-]{22,128}")
_LONGEST_MEMBER = 100
_FIRST = "shopdesk-sign-in"
_SECONDS = re.compile(r"\d{1,12}", re.ASCII)
_HEX = re.compile(r"[0-9a-f]{64}")


class RefusedRequestError(ShopDeskError):
    """A request that is not answered; `why` is a word for whoever builds the site."""

    code = "sign_in_request"

    def __init__(self, why: Why) -> None:
        self.why = why
        super().__init__(_("This request to sign in cannot be used. Begin again on the site."))


def signature(secret: str, site: str, asked: Mapping[str, str]) -> str:
    """Return the signature of a request: HMAC-SHA256 in hexadecimal digits over its parts, a line each."""
    lines = (_FIRST, site, *(asked.get(name, "") for name in ("member", "state", "return", "at")))
    return hmac.new(secret.encode(), "\n".join(lines).encode(), hashlib.sha256).hexdigest()


def require_whole(asked: Mapping[str, str]) -> None:
    """Be sure that a request is one: `member`, '' for nobody, `state`, `return`, `at` and `sig`. Raises RefusedRequestError."""
    member = asked.get("member", "")
    sound = len(member) <= _LONGEST_MEMBER and member.isprintable() and member == member.strip()
    whole = sound and STATE.fullmatch(asked.get("state", "")) and _SECONDS.fullmatch(asked.get("at", ""))
    if not (whole and _HEX.fullmatch(asked.get("sig", ""))):
        raise RefusedRequestError("request")


def is_signed(asked: Mapping[str, str], site: str, secret: str) -> bool:
    """Say whether a request was signed with this secret."""
    return hmac.compare_digest(signature(secret, site, asked), asked["sig"])


def require_timely(asked: Mapping[str, str], now: datetime) -> None:
    """Be sure that a request is no older than it may be. Raises RefusedRequestError."""
    age = int(now.timestamp()) - int(asked["at"])
    if not -LEEWAY.total_seconds() <= age <= (HOLDS + LEEWAY).total_seconds():
        raise RefusedRequestError("time")
