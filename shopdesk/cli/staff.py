"""`staff list|add|pin|remove`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, cast

import click

from shopdesk.cli.face import Face, pass_face
from shopdesk.cli.named import ROLES, named
from shopdesk.cli.words import Command, Group, option
from shopdesk.errors import InvalidInputError, NotFoundError
from shopdesk.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from shopdesk.shop import Shop
    from shopdesk.staff import Member, MemberRole

_ROLES = ("owner", "manager", "counter")


def _pin_from_stdin(command: Callable[..., Any]) -> Callable[..., Any]:
    return option(
        "--pin-stdin",
        is_flag=True,
        help=N_("Read the PIN from standard input, one line; without it you are asked. It is never an argument."),
    )(command)


@click.group(
    cls=Group,
    help=N_(
        "Who works here. No PIN is asked on the command line: whoever has this computer's account has the shop's data "
        "anyway. So a forgotten owner's PIN is set anew here."
    ),
)
def staff() -> None:
    """Hold the commands about staff."""


@staff.command("list", help=N_("Who works here, owners first."))
@pass_face
def list_staff(face: Face) -> None:
    """List."""
    found = face.shop.staff.members.all()
    face.show({"staff": [_shown(one) for one in found]}, lambda: map(_line, found))


@staff.command("add", cls=Command, help=N_("Take somebody on; the first one has to be an owner."))
@click.argument("name")
@option("--role", type=click.Choice(_ROLES), required=True, help=N_("What they may do."))
@option("--answers", is_flag=True, help=N_("Counter staff: may read and answer talks."))
@option("--exports", is_flag=True, help=N_("A manager: may write customers' data to files."))
@_pin_from_stdin
@pass_face
def add(face: Face, name: str, role: str, *, answers: bool, exports: bool, pin_stdin: bool) -> None:
    """Add."""
    pin = _pin(from_stdin=pin_stdin)
    made = face.shop.staff.members.add(name, cast("MemberRole", role), pin, answers=answers, exports=exports)
    face.show({"staff": _shown(made)}, [_line(made)])


@staff.command("pin", cls=Command, help=N_("Set a new PIN; NAME is as on the locked screen."))
@click.argument("name")
@_pin_from_stdin
@pass_face
def set_pin(face: Face, name: str, *, pin_stdin: bool) -> None:
    """Set a PIN."""
    found = _named(face.shop, name)
    face.shop.staff.members.set_pin(found.id, _pin(from_stdin=pin_stdin))
    face.show({"staff": _shown(found)}, [_("{name} has a new PIN.").format(name=found.name)])


@staff.command("remove", cls=Command, help=N_("Let somebody go; what they did keeps their name."))
@click.argument("name")
@pass_face
def remove(face: Face, name: str) -> None:
    """Remove."""
    found = _named(face.shop, name)
    face.shop.staff.members.remove(found.id)
    face.show({"staff": _shown(found)}, [_("{name} is removed.").format(name=found.name)])


def _named(shop: Shop, name: str) -> Member:
    for one in shop.staff.members.all():
        if one.name == name:
            return one
    raise NotFoundError(_("Nobody called “{name}” works here. “shopdesk staff list” says who does.").format(name=name))


def _pin(*, from_stdin: bool) -> str:
    """Return the PIN: a line of standard input, or asked twice where somebody sits there. Raises InvalidInputError."""
    if from_stdin:
        return sys.stdin.readline().strip()
    if not sys.stdin.isatty():
        raise InvalidInputError(_("Nobody can be asked here. Give the PIN with --pin-stdin, as one line."))
    pin, again = (str(click.prompt(words, hide_input=True, err=True)) for words in (_("PIN"), _("The same PIN again")))
    if pin != again:
        raise InvalidInputError(_("The two are not the same. Type both once more."))
    return pin


def _shown(one: Member) -> dict[str, object]:
    return {"id": one.id, "name": one.name, "role": one.role, "answers": one.answers, "exports": one.exports}


def _line(one: Member) -> str:
    return f"{one.id}  {one.name}  {named(ROLES, one.role)}"


COMMANDS = (staff,)
