"""`rehearsal`: the pretend LINE Platform."""

from __future__ import annotations

from pathlib import Path

import click

from shopdesk.cli.words import COUNT, PORT, Command, option
from shopdesk.i18n import N_


@click.command(
    cls=Command, help=N_("A pretend LINE on this computer, for practice: it prints its address and keys, then stays.")
)
@option("--port", type=PORT, default=0, help=N_("Port to listen on; any free one by default."))
@option("--friends", type=COUNT, default=20, help=N_("How many friends the account has."))
@option(
    "--fault",
    type=click.Path(path_type=Path),
    help=N_("Faults to play, one JSON object a line."),
)
@option("--journal", type=click.Path(path_type=Path, dir_okay=False), help=N_("Write every request into this file."))
@option("--quota", type=COUNT, default=30_000, help=N_("Messages the account may send this month."))
def rehearsal(port: int, friends: int, fault: Path | None, journal: Path | None, quota: int) -> None:
    """Serve until stopped."""
    from shopdesk import rehearsal as pretend  # noqa: PLC0415 - a web server: every other command starts without one

    pretend.serve(port=port, friends=friends, fault_file=fault, journal_file=journal, quota=quota)


COMMANDS = (rehearsal,)
