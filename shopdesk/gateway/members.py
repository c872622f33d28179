"""Where the shop's own sites send their members to sign in with LINE, and whence they go back with a signed answer.

What a site asks is signed, so that nobody else can have a member's number linked or be answered. Before a number is linked for the
first time the person is asked: else who is sent somebody else's signed address would be linked with that one's number. That page
belongs to the browser that signed in; its answer is a form, which no other site's page can send.
"""

from __future__ import annotations

import hmac
import logging
import secrets
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.responses import RedirectResponse
from starlette.routing import Route

from shopdesk.errors import NotFoundError, ShopDeskError
from shopdesk.gateway.limiting import whence
from shopdesk.gateway.markup import words
from shopdesk.gateway.pages import page
from shopdesk.gateway.visits import Visits
from shopdesk.gateway.waiting import LASTS, Waiting
from shopdesk.i18n import N_, for_customers
from shopdesk.member_sites import RefusedRequestError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from shopdesk.gateway.signing_in import SignIn
    from shopdesk.gateway.visits import Fields
    from shopdesk.line import SignedIn
    from shopdesk.member_sites import Asked
    from shopdesk.shop import Shop

logger = logging.getLogger(__name__)

_COOKIE = "__Host-member"
_YES = "yes"


@dataclass(frozen=True)
class _Open:
    """A question that somebody who signed in has before them."""

    asked: Asked
    who: SignedIn


class Members:
    """The addresses under `/signin`."""

    def __init__(self, shop: Shop, sign_in: SignIn) -> None:
        self._shop, self._sign_in = shop, sign_in
        self._open = Waiting[_Open](shop.clock)
        visits = Visits(shop)
        self.routes = [
            Route("/signin/{site}", visits.asked(self.begin, waits=True), methods=["GET"]),
            Route("/signin/{site}/link", visits.sent(self.link), methods=["POST"]),
        ]

    def begin(self, request: Request) -> Response:
        """Lead to LINE whoever a site sends with a signed request; nothing is written. Raises NotFoundError."""
        given = request.query_params.multi_items()
        asked = dict(given)
        if len(asked) != len(given):  # one name twice: readers would not agree which counts
            return self._refused("request")
        try:
            found = self._shop.member_sites.signing_in.read(request.path_params["site"], asked)
        except RefusedRequestError as refused:
            logger.warning("a site's request to sign in is refused: %s", refused.why)
            return self._refused(refused.why)
        return self._sign_in.lead(whence(request), partial(self._came, found))

    def _came(self, asked: Asked, who: SignedIn | None) -> Response:
        """Answer the site about whoever comes back from LINE, or ask them first."""
        if who is None or not who.is_friend or self._shop.member_sites.signing_in.is_linked(asked, who):
            return self._answer(asked, who)
        key = secrets.token_urlsafe(16)
        self._open.keep(key, _Open(asked, who), who.user_id)
        answer = self._question(asked, who, key)
        age = int(LASTS.total_seconds())
        answer.set_cookie(_COOKIE, key, max_age=age, secure=True, httponly=True, samesite="lax")
        return answer

    def link(self, request: Request, fields: Fields) -> Response:
        """Take the answer to the question, once. Raises NotFoundError."""
        key = fields.get("key", "")
        ours = bool(key) and hmac.compare_digest(key.encode(), request.cookies.get(_COOKIE, "").encode())
        found = self._open.take(key) if ours else None
        if found is None or found.asked.key != request.path_params["site"]:
            raise NotFoundError(for_customers(N_("This page does not exist")))
        answer = self._answer(found.asked, found.who if fields.get("say") == _YES else None)
        answer.delete_cookie(_COOKIE, secure=True, httponly=True, samesite="lax")
        return answer

    def _answer(self, asked: Asked, who: SignedIn | None) -> Response:
        try:
            return RedirectResponse(self._shop.member_sites.signing_in.answer(asked, who), 303)
        except RefusedRequestError as refused:
            return self._refused(refused.why)
        except ShopDeskError as wrong:
            logger.warning("a site's sign-in failed: %s", wrong.code)
            return self._refused(wrong.code)

    def _question(self, asked: Asked, who: SignedIn, key: str) -> Response:
        what = N_("Your LINE “{name}” and your membership of “{site}” become one.")
        warning = N_("Did you not come from this site just now, or is this not your number? Then do not go on.")
        values = {
            "title": words(N_("Link LINE with your membership")),
            "what": words(what, name=who.name, site=asked.name),
            "number": words(N_("Member number")),
            "member": asked.member,
            "warning": words(warning),
            "action": f"/signin/{asked.key}/link",
            "key": key,
            "link": words(N_("Link them")),
            "stop": words(N_("Do not link")),
        }
        parts = urlsplit(asked.back)
        return page("member", self._shop_name(), values, leads_to=f"{parts.scheme}://{parts.netloc}")

    def _refused(self, why: str) -> Response:
        what = N_("Go back to the site and begin again. Nothing was linked. ({why})")
        values = {"title": words(N_("You have not signed in")), "what": words(what, why=why)}
        return page("said", self._shop_name(), values, status=400)

    def _shop_name(self) -> str:
        return str(self._shop.settings.get("shop_name"))
