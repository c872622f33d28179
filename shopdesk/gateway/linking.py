"""Pages on which a friend proves to be a customer: a card's code ready to be sent, or a code by mail and then LINE's account link.

What a page says never depends on whether somebody is known. Nothing is changed by opening a page, only by its button.
"""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse
from starlette.routing import Route

from shopdesk.errors import ShopDeskError
from shopdesk.friends import CARD_TOKEN, card_code
from shopdesk.gateway.bodies import LARGEST_FORM, RefusedError, body_of, fields_of
from shopdesk.gateway.limiting import Limit, whence
from shopdesk.gateway.markup import Markup, joined, tag, words
from shopdesk.gateway.pages import page
from shopdesk.i18n import N_, for_customers
from shopdesk.japanese import nfkc
from shopdesk.line import link_dialog, typed_for_them
from shopdesk.staff import PAGE

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from shopdesk.friends import Ticket
    from shopdesk.gateway.signing_in import SignIn
    from shopdesk.shop import Shop

logger = logging.getLogger(__name__)

_LONGEST_TOKEN = 200  # LINE does not say how long its link tokens are; today they have about 32 letters
_TITLE = N_("Link LINE with your data at the shop")
_UNDO = N_("You can undo this at any time: send 連携解除 in the talk.")


class Linking:
    """The pages under `/link`."""

    def __init__(self, shop: Shop, sign_in: SignIn) -> None:
        self._shop, self._sign_in, self._limit = shop, sign_in, Limit(shop.clock)
        # Codes are mailed apart from the answer: neither it nor the next one on the connection waits for a mail.
        self._post_office = ThreadPoolExecutor(2, thread_name_prefix="codes")
        self.routes = [
            Route("/link", self.ask, methods=["GET"]),
            Route("/link/mail", self.mail, methods=["POST"]),
            Route("/link/code", self.code, methods=["POST"]),
            Route("/link/{token}", self.card, methods=["GET"]),
        ]

    def close(self) -> None:
        """Let go of codes that are not mailed yet; whoever waits asks for a new one."""
        self._post_office.shutdown(wait=False, cancel_futures=True)

    def card(self, request: Request) -> Response:
        """Show the code of a card, ready to be sent; every token looks alike here, it is tried in the talk."""
        token = str(request.path_params["token"])
        if not CARD_TOKEN.fullmatch(token):
            return self._said(404, N_("This page does not exist"), N_("Look at the address again."))
        settings = self._shop.settings.all()
        basic_id, code = str(settings["line_basic_id"]), card_code(token)
        values = _words(
            title=_TITLE,
            what=N_("After that the shop knows you on LINE. Send the code below in the talk with the shop."),
            by_hand=N_("If the talk does not open, copy this and send it to the shop on LINE:"),
            undo=_UNDO,
        )
        if not basic_id:
            return page("card_by_hand", str(settings["shop_name"]), {**values, "code": code})
        values |= _words(
            open=N_("Open the talk with the button."),
            send=N_("The code stands there already. Send it."),
            button=N_("Open the talk on LINE"),
        )
        sign_in = self._signing_in(token)
        values |= {"code": code, "talk": typed_for_them(basic_id, code), "sign_in": sign_in}
        values["look"] = "button plain" if sign_in else "button"  # the quicker way is the one that is filled
        return page("card", str(settings["shop_name"]), values, leads_to=self._sign_in.leads_to())

    def _signing_in(self, token: str) -> Markup:
        """Return the quicker way, and that there is the other one; nothing where nobody can sign in."""
        button = self._sign_in.button("card", token)
        return joined([button, tag("p", words(N_("Or send the code in the talk yourself:")))]) if button else Markup()

    def ask(self, request: Request) -> Response:
        """Ask for the mail address on file."""
        token = request.query_params.get("linkToken", "")
        if not _sound(token):
            return self._start_again()
        values = _words(
            title=_TITLE,
            what=N_("Enter the mail address you gave the shop. We send it a code of six digits."),
            mail=N_("Mail address"),
            button=N_("Send me the code"),
            undo=_UNDO,
        )
        return page("ask", self._name(), {**values, "link_token": token})

    async def mail(self, request: Request) -> Response:
        """Send a code to the address, where it is somebody's; the answer is always the same, and does not wait for the mail."""
        return await self._tried(request, self._mail)

    async def code(self, request: Request) -> Response:
        """Take the code and lead to LINE, which links the accounts."""
        return await self._tried(request, self._code)

    async def _tried(self, request: Request, take: Callable[[dict[str, str]], Response]) -> Response:
        try:
            form = fields_of(await body_of(request.scope, request.receive, LARGEST_FORM))
        except RefusedError as refused:
            return await run_in_threadpool(self._start_again, refused.status)
        if not _sound(form.get("linkToken", "")):
            return await run_in_threadpool(self._start_again)
        if not self._limit.allows(whence(request)):
            return await run_in_threadpool(self._said, 429, N_("Too many tries"), N_("Wait ten minutes and try again."))
        return await run_in_threadpool(take, form)

    def _mail(self, form: dict[str, str]) -> Response:
        ticket = self._shop.friends.proofs.ask_by_mail(form.get("mail", ""))
        self._post_office.submit(self._post, ticket)
        return self._ask_code(form["linkToken"], ticket.token)

    def _post(self, ticket: Ticket) -> None:
        try:
            with self._shop.staff.acting(PAGE):
                self._shop.friends.proofs.mail(ticket)
        except ShopDeskError as refused:
            logger.warning("a code was not mailed: %s", refused.code)
        except Exception:
            logger.exception("a code was not mailed")

    def _code(self, form: dict[str, str]) -> Response:
        ticket, code = form.get("ticket", ""), "".join(nfkc(form.get("code", "")).split())
        nonce = self._shop.friends.proofs.redeem(ticket, code)
        if nonce is None:
            wrong = N_("This code does not fit. Look at the newest mail; after five tries ask for a new one.")
            return self._ask_code(form["linkToken"], ticket, wrong)
        return RedirectResponse(link_dialog(self._shop.line, form["linkToken"], nonce), 303)

    def _ask_code(self, link_token: str, ticket: str, wrong: str = "") -> Response:
        values = _words(
            title=N_("Enter the code from the mail"),
            what=N_("If the shop knows this address, a mail is on its way. The code is good for 10 minutes."),
            wrong=wrong,
            code=N_("Code of six digits"),
            button=N_("Go on"),
            none=N_("No mail? Look into the spam folder, or ask the staff of the shop."),
        )
        values |= {"link_token": link_token, "ticket": ticket}
        leads_to = "{0.scheme}://{0.netloc}".format(urlsplit(link_dialog(self._shop.line, "", "")))
        return page("code", self._name(), values, leads_to=leads_to)

    def _start_again(self, status: int = 400) -> Response:
        return self._said(status, N_("Start again"), N_("Send 連携 in the talk with the shop for a new link."))

    def _said(self, status: int, title: str, what: str) -> Response:
        return page("said", self._name(), _words(title=title, what=what), status=status)

    def _name(self) -> str:
        return str(self._shop.settings.get("shop_name"))


def _words(**said: str) -> dict[str, str]:
    return {key: for_customers(text) if text else "" for key, text in said.items()}


def _sound(link_token: str) -> bool:
    return 0 < len(link_token) <= _LONGEST_TOKEN and link_token.isascii() and link_token.isprintable()
