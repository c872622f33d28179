"""Signing in with LINE: from a page of ours to LINE's, and back with the proof of who it is.

What was begun is remembered here for ten minutes, and a cookie ties it to the browser that began: a sign-in that somebody else
began cannot be finished by whoever is sent its address. The way back is a GET that changes something; it works once.
"""

from __future__ import annotations

import hmac
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse
from starlette.routing import Route

from shopdesk.errors import ShopDeskError
from shopdesk.friends import CARD_TOKEN
from shopdesk.gateway.bodies import LARGEST_FORM, RefusedError, body_of, fields_of
from shopdesk.gateway.limiting import whence
from shopdesk.gateway.markup import Markup, tag, words
from shopdesk.gateway.pages import page
from shopdesk.gateway.waiting import LASTS, Waiting
from shopdesk.i18n import N_
from shopdesk.line import LineError, begin_sign_in, finish_sign_in, sign_in_origin, typed_for_them
from shopdesk.links import SOURCE, typed

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from shopdesk.line import Begun, SignedIn
    from shopdesk.shop import Shop

logger = logging.getLogger(__name__)

_PATH = "/sign-in/done"
_COOKIE = "__Host-sign-in"


Then = Callable[["SignedIn | None"], "Response"]
"""What is done with whoever signed in, None where they went back or LINE did not say who it is."""


@dataclass(frozen=True)
class _Pending:
    """A sign-in under way, and what comes after it."""

    begun: Begun
    then: Then


class SignIn:
    """The way through LINE Login. Without a Login channel, or an address that stays, nobody is offered it."""

    def __init__(self, shop: Shop) -> None:
        self._shop, self._keys = shop, shop.login_keys()
        self._pending = Waiting[_Pending](shop.clock)
        self.routes = [
            Route("/sign-in", self.begin, methods=["POST"]),
            Route(_PATH, self.finish, methods=["GET"]),
        ]

    def button(self, what: str, key: str) -> Markup:
        """Return the button that begins; nothing where nobody can sign in. `what` is source or card."""
        if not self._offered():
            return Markup()
        hidden = Markup(f'<input type="hidden" name="{what}" value="{key}">')
        label = tag("button", words(N_("Continue with LINE")))
        return tag("form", hidden, label, method="post", action="/sign-in")

    def leads_to(self) -> str:
        """Return the origin of LINE's page, which the button leads to; '' where there is no button."""
        return sign_in_origin(self._shop.line) if self._offered() else ""

    def _offered(self) -> bool:
        return self._keys is not None and bool(self._shop.settings.fixed_address())

    def lead(self, who: str, then: Then) -> Response:
        """Lead `who`, an address of the internet, to LINE's page; `then` answers whoever comes back. Where nobody can sign in, say so."""
        if self._keys is None or not self._offered():
            return self._again(404)
        back = f"{self._shop.settings.fixed_address()}{_PATH}"
        begun = begin_sign_in(self._shop.line, self._keys, back)
        self._pending.keep(begun.state, _Pending(begun, then), who)
        answer = RedirectResponse(begun.url, 303)
        age = int(LASTS.total_seconds())
        answer.set_cookie(_COOKIE, begun.state, max_age=age, secure=True, httponly=True, samesite="lax")
        return answer

    async def begin(self, request: Request) -> Response:
        """Lead to LINE's page."""
        try:
            form = fields_of(await body_of(request.scope, request.receive, LARGEST_FORM))
        except RefusedError as refused:
            return await run_in_threadpool(self._again, refused.status)
        return await run_in_threadpool(self._begin, whence(request), form.get("source", ""), form.get("card", ""))

    def _begin(self, who: str, source: str, card: str) -> Response:
        if not (SOURCE.fullmatch(source) or CARD_TOKEN.fullmatch(card)):
            return self._again(404)
        return self.lead(who, partial(self._signed_in, source, card))

    def finish(self, request: Request) -> Response:
        """Take whoever comes back from LINE."""
        state, kept = request.query_params.get("state", ""), request.cookies.get(_COOKIE, "")
        ours = bool(state) and hmac.compare_digest(state.encode(), kept.encode())
        found = self._pending.take(state) if ours else None
        if found is None or self._keys is None:
            return self._again(400)
        code, now = request.query_params.get("code", ""), self._shop.clock.now()
        try:
            who = finish_sign_in(self._shop.line, self._keys, found.begun, code, now) if code else None
        except LineError as wrong:
            logger.warning("a sign-in with LINE failed: %s", wrong.code)
            who = None
        answer = found.then(who)
        answer.delete_cookie(_COOKIE, secure=True, httponly=True, samesite="lax")
        return answer

    def _signed_in(self, source: str, card: str, who: SignedIn | None) -> Response:
        """Answer whoever signed in for a source's key or a card's token, '' for none."""
        if who is None:
            return self._again(200)
        try:
            linked = who.is_friend and self._shop.sign_in(who, source=source, card=card)
        except ShopDeskError as wrong:
            logger.warning("a sign-in with LINE failed: %s", wrong.code)
            return self._again(400)
        if not who.is_friend:
            said = typed(source) if source else ""
            what = N_("You have signed in, but not added the shop yet. Add it here, and its news reach you.")
            return self._said(N_("One more step"), what, N_("Add the shop on LINE"), said)
        if card and not linked:
            what = N_("This link could not be used. It may be too old or used already. Ask the shop for a new one.")
            return self._said(N_("You and the shop are friends on LINE"), what, N_("Open the talk on LINE"), "")
        what = N_("The shop knows you on LINE now. Its news and your offers come to the talk.")
        return self._said(N_("You and the shop are friends on LINE"), what, N_("Open the talk on LINE"), "")

    def _said(self, title: str, what: str, label: str, said: str) -> Response:
        settings = self._shop.settings.all()
        basic_id = str(settings["line_basic_id"])
        talk = Markup()
        if basic_id:
            opens = typed_for_them(basic_id, said)
            talk = tag("a", words(label), class_="button", href=opens)
        values = {"title": words(title), "what": words(what), "talk": talk}
        return page("signed_in", str(settings["shop_name"]), values)

    def _again(self, status: int) -> Response:
        values = {
            "title": words(N_("You have not signed in")),
            "what": words(N_("Open the shop's page once more and begin again. Nothing was kept.")),
        }
        return page("said", str(self._shop.settings.get("shop_name")), values, status=status)
