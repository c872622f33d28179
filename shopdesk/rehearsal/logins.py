"""LINE Login of the rehearsal: its channel, the codes and tokens it gave out, and what an ID token is."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

# LINE: a code is good once, for ten minutes; an ID token for an hour; an access token for 30 days.
CODE, ID_TOKEN, ACCESS_TOKEN = timedelta(minutes=10), timedelta(hours=1), timedelta(days=30)
ISSUER = "https://access.line.me"


@dataclass(frozen=True, slots=True)
class Grant:
    """What a person allowed: to whom it goes, and the proof that the same one asks for the token."""

    user_id: str
    redirect_uri: str
    nonce: str
    challenge: str
    until: datetime


class Logins:
    """The Login channel of the rehearsal's provider; its credentials are the same at every start."""

    def __init__(self) -> None:
        self.channel_id = "2000000002"
        self.channel_secret = hashlib.sha256(b"shopdesk rehearsal login").hexdigest()[:32]
        self._codes: dict[str, Grant] = {}
        self._tokens: dict[str, tuple[str, datetime]] = {}

    def allow(self, grant: Grant) -> str:
        """Return the code of a grant."""
        code = secrets.token_urlsafe(15)
        self._codes[code] = grant
        return code

    def use(self, code: str, at: datetime) -> Grant | None:
        """Return the grant of a code, once; None of one that is used, old or unknown."""
        grant = self._codes.pop(code, None)
        return grant if grant is not None and at < grant.until else None

    def token(self, user_id: str, at: datetime) -> str:
        """Return an access token of a person."""
        made = secrets.token_urlsafe(32)
        self._tokens[made] = user_id, at + ACCESS_TOKEN
        return made

    def whose(self, token: str, at: datetime) -> str | None:
        """Return whose access token this is, None where it is nobody's (any more)."""
        user_id, until = self._tokens.get(token, ("", at))
        return user_id if at < until else None

    def id_token(self, grant: Grant, name: str, at: datetime) -> str:
        """Return an ID token, signed with the channel's secret as LINE signs those of web pages (HS256)."""
        now = int(at.timestamp())
        claims = {
            "iss": ISSUER,
            "sub": grant.user_id,
            "aud": self.channel_id,
            "exp": now + int(ID_TOKEN.total_seconds()),
            "iat": now,
            "amr": ["linesso"],
            "name": name,
            **({"nonce": grant.nonce} if grant.nonce else {}),
        }
        said = f"{_encoded({'typ': 'JWT', 'alg': 'HS256'})}.{_encoded(claims)}"
        return f"{said}.{_base64(hmac.digest(self.channel_secret.encode(), said.encode(), hashlib.sha256))}"


def challenge_of(verifier: str) -> str:
    """Return the challenge that belongs to a verifier (RFC 7636, S256)."""
    return _base64(hashlib.sha256(verifier.encode()).digest())


def _encoded(part: dict[str, Any]) -> str:
    return _base64(json.dumps(part, separators=(",", ":"), ensure_ascii=False).encode())


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
