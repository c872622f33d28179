"""`serve`: the gateway."""

from __future__ import annotations

import click

from shopdesk.cli.face import Face, pass_face
from shopdesk.cli.words import NUMBER, PORT, Command, option
from shopdesk.i18n import N_


@click.command(
    cls=Command, help=N_("The gateway: what LINE and your customers reach. It prints its address, then stays.")
)
@option("--port", type=PORT, default=0, help=N_("Port to listen on; any free one by default."))
@option(
    "--host", default="127.0.0.1", help=N_("Address of this computer to listen at; this computer alone by default.")
)
@option(
    "--public-url",
    default="",
    help=N_(
        "The address under which the world reaches it; LINE is told. Pages and codes go by the setting public_url."
    ),
)
@option(
    "--tunnel",
    type=click.Choice(["cloudflared", "ngrok"]),
    help=N_("Start this program for a temporary public address; LINE is told."),
)
@click.option("--keeper", type=NUMBER, hidden=True)
@pass_face
def serve(face: Face, port: int, host: str, public_url: str, tunnel: str | None, keeper: int | None) -> None:
    """Serve until stopped."""
    from shopdesk import gateway  # noqa: PLC0415 - a web server: every other command starts without one
    from shopdesk.staff import GATEWAY  # noqa: PLC0415 - it brings the database's library

    gateway.serve(
        face.open_as(GATEWAY), port=port, host=host, public_url=public_url, tunnel=tunnel or "", keeper=keeper
    )


COMMANDS = (serve,)
