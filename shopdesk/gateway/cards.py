"""A customer's shop card: stamps, rewards, the code that changes, coupons to use, what was counted.

Opening the page changes nothing. Its script asks for the next code; taking a coupon is a button's post.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from shopdesk import scancodes
from shopdesk.database import id_in
from shopdesk.errors import NotFoundError
from shopdesk.gateway import card_parts as parts
from shopdesk.gateway.markup import icon, qr_code, qr_path, words
from shopdesk.gateway.pages import page
from shopdesk.gateway.visits import Visits
from shopdesk.i18n import N_

if TYPE_CHECKING:
    from starlette.requests import Request

    from shopdesk.gateway.visits import Fields
    from shopdesk.shop import Shop

_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}


class CardPages:
    """The pages under `/card`."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        visits = Visits(shop)
        self.routes = [
            Route("/card/picture/{name}", self.picture, methods=["GET"]),
            Route("/card/{key}", visits.seen(self.show), methods=["GET"]),
            Route("/card/{key}/code", visits.posted(self.code), methods=["POST"]),
            Route("/card/{key}/coupon", visits.posted(self.take), methods=["POST"]),
        ]

    def show(self, key: str) -> Response:
        """Show the card of a key. Raises NotFoundError."""
        shown = self._shop.cards.pages.show(key)
        card, rules, code = shown.card, shown.rules, shown.passing.code
        values = {
            "title": words(N_("Shop card")),
            "key": key,
            "colour": rules.colour,
            "name": parts.name(card),
            "rank": parts.rank(card),
            "number": scancodes.printed_number(card.id),
            "stamps": parts.stamps(shown),
            "ahead": parts.ahead(shown),
            "expires": parts.expires(card),
            "show": words(N_("Show this at the shop")),
            "qr": qr_code(code.digits, words(N_("QR code of the card"))),
            "seconds": f"{shown.passing.seconds:.1f}",
            "left": words(N_("New in {n} seconds"), n="{n}"),
            "away": words(N_("No new code: look whether you have reception.")),
            "gone": words(N_("This card has a new page. Ask the staff of the shop.")),
            "by_hand": words(N_("Load the page again when you pay: the code changes every 30 seconds.")),
            "coupons": parts.coupons(shown, key),
            "clock": icon("clock"),
            "history": words(N_("Your visits")),
            "chevron": icon("chevron-right"),
            "entries": parts.entries(shown),
        }
        return page("shop_card", str(self._shop.settings.get("shop_name")), values, script="card")

    def code(self, key: str, _fields: Fields) -> Response:
        """Return the code of just now as the path of its QR code, and for how many seconds it is the newest. Raises NotFoundError."""
        passing = self._shop.cards.pages.passing(key)
        return JSONResponse({"path": qr_path(passing.code.digits)[0], "seconds": round(passing.seconds, 1)})

    def take(self, key: str, fields: Fields) -> Response:
        """Lead to the page of one of their coupons. Raises NotFoundError."""
        ticket = id_in(fields.get("ticket", ""))
        if ticket is None:
            raise NotFoundError("")
        token = self._shop.cards.pages.take(key, ticket)
        return RedirectResponse(f"/coupon/{token.code}", 303)

    def picture(self, request: Request) -> Response:
        """Return the picture that the shop drew for its stamps."""
        try:
            media, data = self._shop.cards.design.picture(str(request.path_params["name"]))
        except NotFoundError:
            return PlainTextResponse("Not Found", 404)
        return Response(data, media_type=media, headers=_FOR_EVER)
