"""What a site is answered: a token (JWT, HS256) signed with its own secret, for it alone, for two minutes. Pure."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

if TYPE_CHECKING:
    from datetime import datetime

    from shopdesk.member_sites.records import Asked, Result

HOLDS = timedelta(minutes=2)


def token(
    secret: str,
    issuer: str,
    asked: Asked,
    result: Result,
    now: datetime,
    *,
    member: str = "",
    friend: bool | None = None,
    user_id: str = "",
) -> str:
    """Return the answer to a request.

    Args:
        secret: The site's, of the generation with which it signed.
        issuer: The address at which it asked.
        asked: Its request, whose state goes back: the site compares it with the one of the visitor's session.
        result: What came of it.
        now: The time.
        member: Who it is, '' where that is not known.
        friend: Whether they are a friend of the shop's account, None where nobody signed in.
        user_id: LINE's own id, '' where the site is not told.
    """
    from joserfc import jwt  # noqa: PLC0415 - only who signs in pays
    from joserfc.jwk import OctKey  # noqa: PLC0415

    at = int(now.timestamp())
    claims: dict[str, Any] = {
        "iss": issuer,
        "aud": asked.key,
        "iat": at,
        "exp": at + int(HOLDS.total_seconds()),
        "jti": secrets.token_urlsafe(16),
        "state": asked.state,
        "result": result,
        **({"sub": member} if member else {}),
        **({"friend": friend} if friend is not None else {}),
        **({"line_user_id": user_id} if user_id else {}),
    }
    return jwt.encode({"alg": "HS256", "typ": "JWT"}, claims, OctKey.import_key(secret))


def address(asked: Asked, said: str) -> str:
    """Return where the browser goes with an answer."""
    return f"{asked.back}?{urlencode({'answer': said})}"
