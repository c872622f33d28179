"""What the pages that open by a number nobody can guess have in common: posts of a size, wrong numbers counted, one answer for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool

from shopdesk.coupons import CouponError
from shopdesk.errors import NotFoundError
from shopdesk.gateway.bodies import LARGEST_FORM, MOST_FIELDS, RefusedError, body_of, fields_of
from shopdesk.gateway.limiting import Limit, whence
from shopdesk.gateway.markup import words
from shopdesk.gateway.pages import page
from shopdesk.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from shopdesk.shop import Shop

Fields = dict[str, str]
TOO_MANY = 429
_MISSES = (NotFoundError, CouponError)
_NOTHING = N_("This page does not exist"), N_("It was closed, or the address is not whole. Ask the staff of the shop.")
_TOO_MANY = N_("Too many tries"), N_("Wait ten minutes and try again.")


class Visits:
    """Answers visits to pages of one kind.

    A number of 128 random bits is not guessed; the limit keeps whoever tries from working the database. What is right is shown all
    the same: many phones share one address of their carrier, and a customer stands at the till.
    """

    def __init__(self, shop: Shop) -> None:
        self._shop, self._limit, self._written = shop, Limit(shop.clock), Limit(shop.clock)

    def seen(self, show: Callable[..., Response]) -> Callable[[Request], Awaitable[Response]]:
        """Return what answers a GET, which changes nothing; `show` gets the parts of the path that are not fixed."""
        return self.asked(lambda request: show(*_path(request)))

    def asked(
        self, show: Callable[[Request], Response], *, waits: bool = False
    ) -> Callable[[Request], Awaitable[Response]]:
        """Return what answers a GET for which more than the path matters; `waits`: it asks for more than the shop's data.

        Our own file is read in less time than a thread takes to wake up, and no writer keeps who reads; a server's answer is waited
        for on a thread.
        """
        waits = waits or not self._shop.database.on_sqlite

        def at_one_moment(request: Request) -> Response:
            with self._shop.database.one_moment():
                return show(request)

        async def answer(request: Request) -> Response:
            if waits:
                return await run_in_threadpool(self._shown, request, lambda: at_one_moment(request))
            return self._shown(request, lambda: at_one_moment(request))

        return answer

    def posted(
        self, act: Callable[..., Response], *, largest: int = LARGEST_FORM, most: int = MOST_FIELDS
    ) -> Callable[[Request], Awaitable[Response]]:
        """Return what answers a form of at most `largest` bytes and `most` fields; `act` gets the same as what shows, and the fields."""
        return self.sent(lambda request, fields: act(*_path(request), fields), largest=largest, most=most)

    def sent(
        self, act: Callable[[Request, Fields], Response], *, largest: int = LARGEST_FORM, most: int = MOST_FIELDS
    ) -> Callable[[Request], Awaitable[Response]]:
        """Return what answers a form for which more than the path matters."""

        async def answer(request: Request) -> Response:
            try:
                fields = fields_of(await body_of(request.scope, request.receive, largest), most)
            except RefusedError as refused:
                return await run_in_threadpool(self.nothing, refused.status)
            return await run_in_threadpool(self._shown, request, lambda: act(request, fields))

        return answer

    def limited(
        self, act: Callable[..., Response], *, largest: int = LARGEST_FORM
    ) -> Callable[[Request], Awaitable[Response]]:
        """Return what answers a form that keeps something; whoever has no number of their own may send it so often only."""
        answer = self.posted(act, largest=largest)

        async def limit(request: Request) -> Response:
            known = "key" in request.path_params
            if known or self._written.allows(whence(request)):
                return await answer(request)
            return await run_in_threadpool(self.nothing, TOO_MANY)

        return limit

    def nothing(self, status: int = 404) -> Response:
        """Return the page of what is not there, never was or is no more: they look the same."""
        title, what = _TOO_MANY if status == TOO_MANY else _NOTHING
        values = {"title": words(title), "what": words(what)}
        return page("said", str(self._shop.settings.get("shop_name")), values, status=status)

    def _shown(self, request: Request, show: Callable[[], Response]) -> Response:
        try:
            return show()
        except _MISSES:
            tried = self._limit.allows(whence(request))
            return self.nothing(404 if tried else TOO_MANY)


def _path(request: Request) -> tuple[str, ...]:
    return tuple(map(str, request.path_params.values()))
