"""The pretend LINE Platform as an ASGI application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.applications import Starlette

from shopdesk.rehearsal import phones, practice
from shopdesk.rehearsal.door import Door
from shopdesk.rehearsal.practice import told

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from shopdesk.rehearsal.rehearsal import Rehearsal


def create_app(rehearsal: Rehearsal) -> ASGIApp:
    """Return the application: the rehearsal's own paths, and LINE's for all others.

    It wants the transport that this package's server puts into the scope: `serve` and `running` bring it along.
    LINE's paths pass no router: a send should cost little more than its checks.
    """
    ours = Starlette(routes=[*practice.ROUTES, *phones.ROUTES])
    ours.state.rehearsal = rehearsal
    door = Door(rehearsal)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        if path != "/" and not path.startswith("/rehearsal/"):
            await door(scope, receive, send)
        elif _from_elsewhere(scope):
            await told({"message": "Only the rehearsal's own page may ask this"}, 403)(scope, receive, send)
        else:
            await ours(scope, receive, send)

    return app


def _from_elsewhere(scope: Scope) -> bool:
    """Tell whether a page of another site, open in the same browser, asks."""
    headers = dict(scope["headers"])
    origin = headers.get(b"origin")
    return origin is not None and origin != b"http://" + headers.get(b"host", b"")
