"""Everything the gateway answers, as one ASGI application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from shopdesk.gateway.manners import Manners

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from starlette.requests import Request
    from starlette.responses import Response

    from shopdesk.gateway.webhook import Webhook

_WEBHOOK = "/webhook"


def create_app(webhook: Webhook, health: Callable[[], dict[str, Any]], public: Sequence[BaseRoute] = ()) -> Starlette:
    """Return the application.

    Args:
        webhook: What LINE posts to.
        health: What `/healthz` shows, which is nothing of anybody's.
        public: Pages and pictures.
    """

    async def healthz(_request: Request) -> Response:
        return JSONResponse(health())

    app = Starlette(
        routes=[Route(_WEBHOOK, webhook), Route("/healthz", healthz), *public],
        middleware=[Middleware(Manners, but=_WEBHOOK)],
    )
    app.router.redirect_slashes = False  # an address is right or it is nothing
    return app
