"""`messages templates …`: messages kept under a name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from shopdesk.cli.face import Face, as_file, pass_face, read_json
from shopdesk.cli.words import Group
from shopdesk.i18n import N_, _
from shopdesk.messages import MessageError, readable

if TYPE_CHECKING:
    from shopdesk.line import Message


@click.group(cls=Group, help=N_("What the shop says."))
def messages() -> None:
    """Hold the commands about messages."""


@messages.group(help=N_("Messages kept under a name."))
def templates() -> None:
    """Hold the commands about templates."""


@templates.command("list", help=N_("All templates, by name."))
@pass_face
def list_templates(face: Face) -> None:
    """List."""
    found = face.shop.messages.templates.list()
    face.show(
        {"templates": found},
        lambda: (f"{one.name}  {' / '.join(filter(None, readable(one.messages)))}" for one in found),
    )


@templates.command(help=N_("The messages of a template, as “broadcasts draft --message” reads them."))
@click.argument("name")
@pass_face
def show(face: Face, name: str) -> None:
    """Show."""
    found = face.shop.messages.templates.named(name)
    face.show({"template": found}, lambda: [as_file(found.messages)])


@templates.command(help=N_("Keep a JSON list of messages under a name; those kept under it before are replaced."))
@click.argument("name")
@click.argument("file", type=click.Path(path_type=Path))
@pass_face
def save(face: Face, name: str, file: Path) -> None:
    """Save; what LINE would refuse is said and kept all the same: a template need not be finished."""
    read = _messages(file)
    kept = face.shop.messages.templates.save(name, read)
    for problem in face.shop.messages.look(read).problems:
        face.note(f"! {problem.whole}")
    face.show({"template": kept}, [_("The template “{name}” is kept.").format(name=kept.name)])


def _messages(file: Path) -> list[Message]:
    read = read_json(file)
    if not isinstance(read, list) or not all(isinstance(one, dict) for one in read):
        raise MessageError(_("The message must be a JSON list of message objects in LINE's form: [ … ]."))
    return read


@templates.command(help=N_("Take a template away."))
@click.argument("name")
@pass_face
def remove(face: Face, name: str) -> None:
    """Remove."""
    found = face.shop.messages.templates.named(name)
    face.shop.messages.templates.delete(found.id)
    face.show({"template": found}, [_("The template “{name}” is gone.").format(name=found.name)])


COMMANDS = (messages,)
