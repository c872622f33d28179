"""Tracked links: whoever opens one is led on at once, to where it was made to lead and nowhere else.

It is no page, so no script of it can say that a person is there; whether it was one the request itself must show. The click is
written after the answer, together with others: nobody waits for it.
"""

from __future__ import annotations

import threading
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING

from starlette.responses import Response
from starlette.routing import Route

from shopdesk.errors import ShopDeskError
from shopdesk.gateway.errands import Errands
from shopdesk.gateway.programs import by_person
from shopdesk.gateway.visits import Visits
from shopdesk.links import Click, hour_of
from shopdesk.staff import PAGE

if TYPE_CHECKING:
    from starlette.requests import Request

    from shopdesk.shop import Shop

_LEADS = 302
_GATHER_S = 0.25
"""So long clicks gather before they are written together: a broadcast is opened by hundreds within a minute."""


class LinkPages:
    """The addresses under `/l`. `writing` keeps the clicks while it runs; after its end `close` keeps the last."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self.writing = Errands("clicks", shop.staff, self._write, gather_s=_GATHER_S)
        self._gathered = Counter[Click]()
        self._guard = threading.Lock()
        self.routes = [Route("/l/{key}", Visits(shop).asked(self.lead), methods=["GET"])]

    def lead(self, request: Request) -> Response:
        """Lead on. Raises NotFoundError."""
        found = self._shop.links.lead(str(request.path_params["key"]))
        if by_person(request.method, request.headers):
            with self._guard:
                self._gathered[found.link_id, found.receiver_id, hour_of(self._shop.clock.now())] += 1
            self.writing.call()
        # Stored in ASCII and sound; Starlette's own redirect would quote it once more.
        return Response(status_code=_LEADS, headers={"Location": found.destination})

    def close(self) -> None:
        """Keep the clicks that have gathered since."""
        with suppress(ShopDeskError), self._shop.staff.acting(PAGE):
            self._write()

    def _write(self) -> None:
        """Write the clicks that have gathered; where that fails they wait for the next time."""
        with self._guard:
            clicks, self._gathered = self._gathered, Counter()
        if not clicks:
            return
        try:
            self._shop.links.count(clicks)
        except BaseException:
            with self._guard:
                self._gathered += clicks
            raise
