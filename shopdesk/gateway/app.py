"""Everything the gateway answers, as one ASGI application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from shopdesk.database import BusyError, DatabaseError
from shopdesk.gateway.manners import Manners
from shopdesk.gateway.pages import away, nowhere

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager
    from typing import Any

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp, Receive, Scope, Send

    from shopdesk.gateway.webhook import Webhook

_WEBHOOK = "/webhook"


class InName:
    """Lets everything that is asked from outside be done in one name, also what a request does in the pool of threads."""

    def __init__(self, app: ASGIApp, acting: Callable[[], AbstractContextManager[None]]) -> None:
        self._app, self._acting = app, acting

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        with self._acting():
            await self._app(scope, receive, send)


def create_app(
    webhook: Webhook, health: Callable[[], dict[str, Any]], public: Sequence[BaseRoute], address: Callable[[], str]
) -> Starlette:
    """Return the application.

    Args:
        webhook: What LINE posts to.
        health: What `/healthz` shows, which is nothing of anybody's.
        public: Pages and pictures.
        address: Where the world finds them, '' while nobody knows.
    """

    async def healthz(_request: Request) -> Response:
        return JSONResponse(health())

    app = Starlette(
        routes=[Route(_WEBHOOK, webhook), Route("/healthz", healthz), *public],
        middleware=[Middleware(Manners, but=_WEBHOOK, address=address)],
        exception_handlers={404: nowhere, BusyError: away, DatabaseError: away},
    )
    app.router.redirect_slashes = False  # an address is right or it is nothing
    return app
