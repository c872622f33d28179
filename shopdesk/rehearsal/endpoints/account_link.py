"""Linking a friend with an account of the shop: the token, and LINE's own page that redeems it."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from shopdesk.i18n import _
from shopdesk.rehearsal.answers import Answer, done
from shopdesk.rehearsal.calls import Call, Endpoint
from shopdesk.rehearsal.endpoints.reading import friend_of
from shopdesk.rehearsal.webhooks import event

if TYPE_CHECKING:
    from shopdesk.rehearsal.rehearsal import Rehearsal

_NONCE = range(10, 256)
_PAGE = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>LINE</title></head><body><h1>{}</h1></body></html>"
)


def link_token(rehearsal: Rehearsal, call: Call) -> Answer:
    """Give a token to link a friend with an account of the shop."""
    person = friend_of(rehearsal, call)
    return done({"linkToken": rehearsal.link_tokens.issue(person.user_id, call.at)})


async def dialog(rehearsal: Rehearsal, call: Call) -> Answer:
    """Redeem a token and tell the shop its nonce; where the token is used or old only the person learns of it."""
    nonce = call.query.get("nonce", "")
    user_id = rehearsal.link_tokens.use(call.query.get("linkToken", ""), call.at)
    if user_id is None or len(nonce) not in _NONCE:
        return _page(400, _("The accounts could not be linked. Start again from the talk with the shop."))
    token = rehearsal.reply_tokens.issue(user_id, call.at)
    own = {"replyToken": token, "link": {"result": "ok", "nonce": nonce}}
    await rehearsal.tell(event("accountLink", user_id, call.at, own))
    return _page(200, _("The accounts are linked. Go back to the talk with the shop."))


def _page(status: int, sentence: str) -> Answer:
    body = _PAGE.format(html.escape(sentence)).encode()
    return Answer(status, body, content_type=b"text/html; charset=utf-8", accepted=status < 400)  # noqa: PLR2004 - HTTP


ENDPOINTS = [
    Endpoint("linkToken", "POST", "/v2/bot/user/{userId}/linkToken", link_token),
    Endpoint("accountLink", "GET", "/dialog/bot/accountLink", dialog, needs_token=False),
]
