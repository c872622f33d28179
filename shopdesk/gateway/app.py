"""Everything the gateway answers, as one ASGI application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from starlette.requests import Request
    from starlette.responses import Response

    from shopdesk.gateway.webhook import Webhook


def create_app(webhook: Webhook, health: Callable[[], dict[str, Any]], public: Sequence[BaseRoute] = ()) -> Starlette:
    """Return the application.

    Args:
        webhook: What LINE posts to.
        health: What `/healthz` shows, which is nothing of anybody's.
        public: Pages and pictures.
    """

    async def healthz(_request: Request) -> Response:
        return JSONResponse(health(), headers={"Cache-Control": "no-store"})

    app = Starlette(routes=[Route("/webhook", webhook), Route("/healthz", healthz), *public])
    app.router.redirect_slashes = False  # an address is right or it is nothing
    return app
