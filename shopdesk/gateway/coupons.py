"""Coupons on their holders' phones, and the pages on which whoever opens them may take one.

Opening a page changes nothing: that somebody has seen it its script says; a lottery is drawn, and the code shown, by a button.
Used it is only by the till.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from shopdesk.coupons import KEY, ExpiredError, LimitReachedError, NotOursError, NotPublishedError
from shopdesk.gateway import coupon_parts as parts
from shopdesk.gateway.limiting import Limit
from shopdesk.gateway.pages import page
from shopdesk.gateway.visits import TOO_MANY, Visits

if TYPE_CHECKING:
    from shopdesk.coupons import Coupon, Held
    from shopdesk.gateway.markup import Markup
    from shopdesk.gateway.visits import Fields
    from shopdesk.shop import Shop

_MOST_TAKEN = 3000
"""So many take a coupon by its link within ten minutes: a shop's post may reach many at once."""


class CouponPages:
    """The pages under `/coupon`: a person's own by its code, the one for everybody by its key."""

    def __init__(self, shop: Shop) -> None:
        self._shop, self._visits = shop, Visits(shop)
        self._taken = Limit(shop.clock, _MOST_TAKEN)
        posts = {"opened": self.opened, "draw": self.draw, "use": self.use, "take": self.take}
        self.routes = [
            Route("/coupon/{key}", self._visits.seen(self.show), methods=["GET"]),
            *(
                Route(f"/coupon/{{key}}/{name}", self._visits.posted(act), methods=["POST"])
                for name, act in posts.items()
            ),
        ]

    def show(self, key: str) -> Response:
        """Show a person's coupon, or the one that this page gives. Raises NotOursError."""
        if KEY.fullmatch(key):
            found = self._shop.coupons.on_page(key)
            return self._page(found.coupon, parts.taking(found, str(self._shop.settings.get("line_basic_id"))))
        held = self._shop.coupons.show(key)
        seen = "" if parts.undrawn(held) else parts.seen(key)
        return self._page(held.coupon, parts.act(held, key), held, seen)

    def opened(self, key: str, _fields: Fields) -> Response:
        """Note that a person sees it, which the page's script says. Raises NotOursError."""
        if not parts.undrawn(self._shop.coupons.show(key)):
            self._shop.coupons.opened(key)
        return Response(status_code=204)

    def draw(self, key: str, _fields: Fields) -> Response:
        """Show how the lottery went. Raises NotOursError."""
        self._shop.coupons.opened(key)
        return RedirectResponse(f"/coupon/{key}", 303)

    def use(self, key: str, _fields: Fields) -> Response:
        """Show the code that the till reads; nothing is used by that. Raises NotOursError."""
        held = self._shop.coupons.show(key)
        if parts.undrawn(held):
            return self.show(key)
        self._shop.coupons.opened(key)
        return self._page(held.coupon, parts.code(held, key), held)

    def take(self, key: str, _fields: Fields) -> Response:
        """Give one to whoever asks, where nobody has to say who they are. Raises NotOursError."""
        if not KEY.fullmatch(key) or not parts.for_anybody(self._shop.coupons.on_page(key).coupon):
            raise NotOursError("")
        if not self._taken.allows(""):
            return self._visits.nothing(TOO_MANY)
        try:
            token = self._shop.coupons.claim(key)
        except (NotPublishedError, ExpiredError, LimitReachedError):
            return self.show(key)  # which says so
        return RedirectResponse(f"/coupon/{token.code}", 303)

    def _page(self, found: Coupon, act: Markup, held: Held | None = None, seen: str = "") -> Response:
        settings = self._shop.settings.all()
        place = parts.place(str(settings["shop_address"]), str(settings["shop_contact"]))
        values = {**parts.words_of(found.offer, held), "act": act, "place": place, "seen": seen}
        script = "seen" if seen else ""
        return page("coupon", str(settings["shop_name"]), values, script=script)
