"""The pretend LINE Platform as a Starlette application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.routing import Mount

from shopdesk.rehearsal.door import Door
from shopdesk.rehearsal.practice import ROUTES

if TYPE_CHECKING:
    from shopdesk.rehearsal.rehearsal import Rehearsal


def create_app(rehearsal: Rehearsal) -> Starlette:
    """Return the application: the rehearsal's own paths, and LINE's for all others.

    It wants the transport that this package's server puts into the scope: `serve` and `running` bring it along.
    """
    app = Starlette(routes=[Mount("/rehearsal", routes=ROUTES), Mount("/", app=Door(rehearsal))])
    app.state.rehearsal = rehearsal
    return app
