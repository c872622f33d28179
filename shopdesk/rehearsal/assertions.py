"""The signed statement with which a channel asks for a token (JWT, RFC 7523) instead of showing its secret.

Header and claims are checked as LINE documents them. The signature is not: the rehearsal knows no public key.
"""

from __future__ import annotations

import base64
import binascii
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_AUDIENCE = "https://api.line.me/"
_PARTS = 3
# LINE: the statement is good for at most 30 minutes, the token for at most 30 days.
_LONGEST = timedelta(minutes=30)
LONGEST_TOKEN = timedelta(days=30)


class UnsoundError(Exception):
    """LINE would refuse the statement; the text says why. It never reaches a person."""


def claims(assertion: str, channel_id: str, now: datetime) -> dict[str, Any]:
    """Return what a statement claims. Raises UnsoundError."""
    parts = assertion.split(".")
    if len(parts) != _PARTS or not all(parts):
        raise UnsoundError("client_assertion is not a JWT")
    header, said = _decoded(parts[0]), _decoded(parts[1])
    if header.get("alg") != "RS256" or not isinstance(header.get("kid"), str):
        raise UnsoundError("The header needs alg RS256 and a kid")
    if said.get("iss") != channel_id or said.get("sub") != channel_id:
        raise UnsoundError("iss and sub must be the channel ID")
    if said.get("aud") != _AUDIENCE:
        raise UnsoundError("Invalid aud")
    if not _whole(said.get("exp")) or not 0 < said["exp"] - now.timestamp() <= _LONGEST.total_seconds():
        raise UnsoundError("Invalid exp")
    return said


def token_life(said: dict[str, Any]) -> timedelta:
    """Return how long the token shall be good. Raises UnsoundError."""
    life = said.get("token_exp")
    if not _whole(life) or not 0 < int(str(life)) <= LONGEST_TOKEN.total_seconds():
        raise UnsoundError("Invalid token_exp")
    return timedelta(seconds=int(str(life)))


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _decoded(part: str) -> dict[str, Any]:
    try:
        read = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, binascii.Error, RecursionError) as wrong:
        raise UnsoundError("client_assertion is not a JWT") from wrong
    if not isinstance(read, dict):
        raise UnsoundError("client_assertion is not a JWT")
    return read
