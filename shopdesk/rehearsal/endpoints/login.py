"""LINE Login: the page on which a person signs in and adds the account, the token for its code, and whether they are friends.

Source: LINE Developers, "Integrating LINE Login with your web app" and the LINE Login v2.1 API reference.
"""

from __future__ import annotations

import hmac
import html
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from shopdesk.i18n import _
from shopdesk.rehearsal.answers import Answer, done, encoded, unauthorized
from shopdesk.rehearsal.calls import Call, Endpoint
from shopdesk.rehearsal.logins import ACCESS_TOKEN, CODE, Grant, challenge_of
from shopdesk.rehearsal.talk import act

if TYPE_CHECKING:
    from shopdesk.rehearsal.people import Person
    from shopdesk.rehearsal.rehearsal import Rehearsal

_SHOWN = 20
_PAGE = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>LINE</title></head><body><h1>{title}</h1>{body}</body></html>"
)
_FOUND = 302


async def authorize(rehearsal: Rehearsal, call: Call) -> Answer:
    """Ask who signs in; whoever does is led back with a code. `bot_prompt` makes them a friend on the way.

    LINE knows its people by their phone; here the page lists them, and `person` in the address names one. `declined` is somebody
    who does not add the account.
    """
    asked = call.query
    wrong = _wrong(rehearsal, asked)
    if wrong:
        return _page(400, wrong)
    person = rehearsal.people.get(asked.get("person", ""))
    if person is None:
        return _page(200, _("Who signs in?"), _people(rehearsal, asked))
    changed = False
    if asked.get("bot_prompt") in {"normal", "aggressive"} and person.blocked and "declined" not in asked:
        event = act(rehearsal, person.user_id, {"follow": True})
        changed = event is not None
        if event is not None:
            await rehearsal.tell(event)
    return _back(rehearsal, call, person, changed=changed)


def _wrong(rehearsal: Rehearsal, asked: dict[str, str]) -> str:
    """Return LINE's objection to the address, '' for none."""
    sound = urlsplit(asked.get("redirect_uri", ""))
    if asked.get("response_type") != "code" or asked.get("client_id") != rehearsal.logins.channel_id:
        return "400 Bad Request"
    if sound.scheme not in {"http", "https"} or not sound.netloc or not asked.get("state"):
        return "400 Bad Request"
    if "openid" not in asked.get("scope", "").split():
        return "400 Bad Request: invalid scope"
    return "" if asked.get("code_challenge_method", "S256") == "S256" else "400 Bad Request: code_challenge_method"


def _people(rehearsal: Rehearsal, asked: dict[str, str]) -> str:
    shown = list(rehearsal.people)[:_SHOWN]
    links = (f"?{urlencode({**asked, 'person': one.user_id})}" for one in shown)
    return "".join(
        f'<p><a href="{html.escape(link)}">{html.escape(one.display_name)}</a></p>'
        for link, one in zip(links, shown, strict=True)
    )


def _back(rehearsal: Rehearsal, call: Call, person: Person, *, changed: bool) -> Answer:
    asked = call.query
    grant = Grant(
        person.user_id,
        asked["redirect_uri"],
        asked.get("nonce", ""),
        asked.get("code_challenge", ""),
        call.at + CODE,
    )
    said = {"code": rehearsal.logins.allow(grant), "state": asked["state"]}
    if asked.get("bot_prompt"):
        said["friendship_status_changed"] = str(changed).lower()
    glue = "&" if urlsplit(grant.redirect_uri).query else "?"
    place = f"{grant.redirect_uri}{glue}{urlencode(said)}".encode()
    return Answer(_FOUND, b"", ((b"location", place),), accepted=True)


def token(rehearsal: Rehearsal, call: Call) -> Answer:
    """Give the tokens for a code: to the channel that knows its secret, and to whoever began (RFC 7636)."""
    form, logins = call.form, rehearsal.logins
    if form.get("client_id") != logins.channel_id or not _same(form.get("client_secret", ""), logins.channel_secret):
        return _refusal("invalid_client", "invalid client credentials")
    grant = logins.use(form.get("code", ""), call.at)
    if grant is None or form.get("redirect_uri") != grant.redirect_uri:
        return _refusal("invalid_grant", "invalid authorization code")
    if grant.challenge and not _same(challenge_of(form.get("code_verifier", "")), grant.challenge):
        return _refusal("invalid_grant", "code_verifier does not match")
    person = rehearsal.people.meet(grant.user_id)
    return done(
        {
            "access_token": logins.token(grant.user_id, call.at),
            "expires_in": int(ACCESS_TOKEN.total_seconds()),
            "id_token": logins.id_token(grant, person.display_name, call.at),
            "scope": "openid profile",
            "token_type": "Bearer",
        }
    )


def friendship(rehearsal: Rehearsal, call: Call) -> Answer:
    """Say whether the person of an access token is a friend of the channel's account."""
    user_id = rehearsal.logins.whose(call.token, call.at)
    if user_id is None:
        raise unauthorized()
    return done({"friendFlag": not rehearsal.people.meet(user_id).blocked})


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode(), wanted.encode())


def _refusal(error: str, description: str) -> Answer:
    return Answer(400, encoded({"error": error, "error_description": description}))


def _page(status: int, title: str, body: str = "") -> Answer:
    page = _PAGE.format(title=html.escape(title), body=body).encode()
    return Answer(status, page, content_type=b"text/html; charset=utf-8", accepted=status < 400)  # noqa: PLR2004 - HTTP


ENDPOINTS = [
    Endpoint("login/authorize", "GET", "/oauth2/v2.1/authorize", authorize, needs_token=False),
    Endpoint("login/friendship", "GET", "/friendship/v1/status", friendship, needs_token=False),
]
