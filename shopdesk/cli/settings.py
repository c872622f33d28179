"""`settings get|set|list`."""

from __future__ import annotations

import click

from shopdesk.cli.face import Face, pass_face
from shopdesk.cli.words import Group
from shopdesk.i18n import N_, _
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
@pass_face
def set_value(face: Face, key: str, value: str) -> None:
    """Set."""
    stored = face.shop.settings.set(key, value)
    face.show({"settings": {key: stored}}, [f"{key} = {stored}"])


COMMANDS = (settings,)
