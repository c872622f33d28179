"""The page on which whoever got a mail of the shop stops them. Opening it stops nothing, mail programs open links by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from shopdesk.gateway.markup import words
from shopdesk.gateway.pages import page
from shopdesk.gateway.visits import Visits
from shopdesk.i18n import N_
from shopdesk.mailings import WORDING

if TYPE_CHECKING:
    from starlette.responses import Response

    from shopdesk.gateway.visits import Fields
    from shopdesk.shop import Shop


class Stopping:
    """The pages under `/stop`. A mail program's own button posts to the same address (RFC 8058)."""

    def __init__(self, shop: Shop) -> None:
        self._shop, self._leaving = shop, shop.mailings.leaving
        visits = Visits(shop)
        self.routes = [
            Route("/stop/{key}", visits.seen(self.show), methods=["GET"]),
            Route("/stop/{key}", visits.posted(self.stop), methods=["POST"]),
        ]

    def show(self, key: str) -> Response:
        """Ask whether the mails should stop. Raises NotFoundError."""
        found = self._leaving.look(key)
        if not found.wants:
            return self._stopped()
        values = {
            "title": words(N_("Stop the mails?")),
            "what": words(N_("We write to {address} with news and offers."), address=found.address),
            "key": key,
            "button": words(WORDING),
            "line": words(N_("To stop messages on LINE, block the shop's account in LINE.")),
        }
        return page("stop", self._name(), values)

    def stop(self, key: str, _fields: Fields) -> Response:
        """Stop them. Raises NotFoundError."""
        self._leaving.stop(key)
        return self._stopped()

    def _stopped(self) -> Response:
        what = N_("You get no more news by mail. To get them again, tell the staff of the shop.")
        values = {"title": words(N_("The mails are stopped")), "what": words(what)}
        return page("said", self._name(), values)

    def _name(self) -> str:
        return str(self._shop.settings.get("shop_name"))
