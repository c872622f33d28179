"""`doctor`: is everything here."""

from __future__ import annotations

import click

from shopdesk.cli.face import Face, pass_face
from shopdesk.cli.words import Command
from shopdesk.doctor import examine
from shopdesk.i18n import N_


@click.command(cls=Command, help=N_("Check versions, home, keys, database, LINE and the public address."))
@pass_face
def doctor(face: Face) -> None:
    """Examine."""
    found = examine(face.shop)
    face.show({"checks": found}, lambda: (f"{'✓' if one.ok else '–'} {one.title}: {one.message}" for one in found))


COMMANDS = (doctor,)
