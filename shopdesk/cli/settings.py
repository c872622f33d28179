"""`settings get|set|list`."""

from __future__ import annotations

import click

from shopdesk.cli.face import Face, pass_face
from shopdesk.cli.words import Group, option
from shopdesk.errors import InvalidInputError
from shopdesk.i18n import N_, _, _n
from shopdesk.settings import SETTINGS


@click.group(cls=Group, help=N_("Plan, language, colours and everything else that can be set."))
def settings() -> None:
    """Hold the commands about settings."""


@settings.command("list", help=N_("All settings with their values."))
@pass_face
def list_settings(face: Face) -> None:
    """List."""
    values = face.shop.settings.all()
    face.show({"settings": values}, lambda: (f"{one.key} = {values[one.key]}    {_(one.title)}" for one in SETTINGS))


@settings.command("get", help=N_("The value of one setting."))
@click.argument("key")
@pass_face
def get(face: Face, key: str) -> None:
    """Get."""
    value = face.shop.settings.get(key)
    face.show({"settings": {key: value}}, [str(value)])


@settings.command("set", help=N_("Change one setting."))
@click.argument("key")
@click.argument("value")
@option("--yes", is_flag=True, help=N_("Also where this deletes old talks."))
@pass_face
def set_value(face: Face, key: str, value: str, yes: bool) -> None:
    """Set."""
    old = face.shop.talks.keeping.old(int(value)) if key == "talk_years" and value.isdecimal() and not yes else None
    if old is not None and old.messages:
        said = _n(
            "This deletes {n} message of talks, with its files. Write them to a file first, or say --yes.",
            "This deletes {n} messages of talks, with their files. Write them to a file first, or say --yes.",
            old.messages,
        )
        raise InvalidInputError(said.format(n=f"{old.messages:,}"))
    stored = face.shop.settings.set(key, value)
    face.show({"settings": {key: stored}}, [f"{key} = {stored}"])


COMMANDS = (settings,)
