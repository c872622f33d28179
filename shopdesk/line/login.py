"""LINE Login: a person signs in on LINE's own page, and we learn for sure who it is (OAuth 2.0 with PKCE, OpenID Connect).

Source: LINE Developers, "Integrating LINE Login with your web app", "Get user profile information from ID tokens".
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from shopdesk.i18n import _
from shopdesk.japanese import clean
from shopdesk.line import host
from shopdesk.line.client import TIMEOUT
from shopdesk.line.events import USER_ID
from shopdesk.line.problems import LineError, UnreachableError

if TYPE_CHECKING:
    from datetime import datetime

    from shopdesk.line.client import Line

ISSUER = "https://access.line.me"
_LEEWAY_S = 120
"""So far LINE's clock and this computer's may lie apart."""


class NotSignedInError(LineError):
    """LINE does not say who it is, or says it in a way that cannot be believed."""

    code = "not_signed_in"


class LoginKeys(NamedTuple):
    """Id and secret of a LINE Login channel."""

    channel_id: str
    secret: str


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in that was begun: the `url` of LINE's page, where it leads back to, and what must come back unchanged."""

    url: str
    redirect_uri: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who signed in, as LINE says, and whether they are a friend of the shop's account now."""

    user_id: str
    name: str
    picture_url: str
    is_friend: bool


def sign_in_origin(line: Line) -> str:
    """Return the origin of the page on which people sign in."""
    return host.for_dialogs(line.host)


def begin_sign_in(line: Line, keys: LoginKeys, redirect_uri: str) -> Begun:
    """Return where somebody signs in; LINE offers them on a page of its own to add the account (`bot_prompt=aggressive`)."""
    state, nonce, verifier = (secrets.token_urlsafe(size) for size in (16, 16, 48))
    with _session(keys, redirect_uri) as session:
        url, _state = session.create_authorization_url(
            f"{sign_in_origin(line)}/oauth2/v2.1/authorize",
            state=state,
            code_verifier=verifier,
            nonce=nonce,
            bot_prompt="aggressive",
        )
    return Begun(str(url), redirect_uri, state, nonce, verifier)


def finish_sign_in(line: Line, keys: LoginKeys, begun: Begun, code: str, now: datetime) -> SignedIn:
    """Return who came back with a code.

    Raises:
        NotSignedInError: the code is used or too old, or the ID token is not LINE's, not for us, or not of this sign-in.
        LineError: LINE cannot be reached.
    """
    from authlib.common.errors import AuthlibBaseError  # noqa: PLC0415 - only who signs in pays
    from joserfc.errors import JoseError  # noqa: PLC0415
    from requests import RequestException  # noqa: PLC0415

    line.enter()
    try:
        with _session(keys, begun.redirect_uri) as session:
            token_url = f"{line.host}/oauth2/v2.1/token"
            given = session.fetch_token(token_url, code=code, code_verifier=begun.verifier, timeout=TIMEOUT)
            claims = _claims(str(given["id_token"]), keys, begun.nonce, now)
            friendship = session.get(f"{line.host}/friendship/v1/status", timeout=TIMEOUT)
            friendship.raise_for_status()
            is_friend = friendship.json()["friendFlag"] is True
    except RequestException as lost:
        raise UnreachableError(_("LINE cannot be reached just now. Try to sign in again in a minute.")) from lost
    except (AuthlibBaseError, JoseError, KeyError, TypeError, ValueError) as wrong:
        raise NotSignedInError(_("LINE did not confirm this sign-in. Begin again from the shop's page.")) from wrong
    return SignedIn(claims["sub"], clean(str(claims.get("name") or "")), str(claims.get("picture") or ""), is_friend)


def _session(keys: LoginKeys, redirect_uri: str) -> Any:
    from authlib.integrations.requests_client import OAuth2Session  # noqa: PLC0415 - only who signs in pays

    return OAuth2Session(
        keys.channel_id,
        keys.secret,
        scope="openid profile",
        redirect_uri=redirect_uri,
        token_endpoint_auth_method="client_secret_post",  # noqa: S106 - the name of a way
        code_challenge_method="S256",
    )


def _claims(id_token: str, keys: LoginKeys, nonce: str, now: datetime) -> dict[str, Any]:
    """Return what an ID token says, once its signature, issuer, audience, time and nonce are right.

    LINE signs those of web pages with the channel's secret. No other way is taken: what a token says of itself is not asked.
    """
    from authlib.oidc.core import CodeIDToken  # noqa: PLC0415 - only who signs in pays
    from joserfc import jwt  # noqa: PLC0415
    from joserfc.jwk import OctKey  # noqa: PLC0415

    token = jwt.decode(id_token, OctKey.import_key(keys.secret), algorithms=["HS256"])
    wanted = {"iss": ISSUER, "aud": keys.channel_id, "nonce": nonce}
    claims = CodeIDToken(
        token.claims,
        token.header,
        {name: {"essential": True, "value": value} for name, value in wanted.items()},
        {"nonce": nonce, "client_id": keys.channel_id},
    )
    claims.validate(int(now.timestamp()), _LEEWAY_S)
    if not USER_ID.fullmatch(str(claims["sub"])):
        raise ValueError("the subject is no user id")
    return dict(claims)
