"""Commands and options whose help is translated when it is shown, in the language of that moment."""

from __future__ import annotations

from typing import Any

import click

from shopdesk.i18n import _


class Option(click.Option):
    """An option whose help is a marked text (`N_`)."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Translate, then let click lay it out."""
        marked, self.help = self.help, _(self.help) if self.help else None
        try:
            return super().get_help_record(ctx)
        finally:
            self.help = marked


class Command(click.Command):
    """A command whose help is a marked text (`N_`)."""

    def get_short_help_str(self, limit: int = 45) -> str:
        """Translate; Japanese needs no cutting at word ends."""
        del limit
        return _(self.help) if self.help else ""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Translate, then let click lay it out."""
        marked, self.help = self.help, _(self.help) if self.help else None
        super().format_help_text(ctx, formatter)
        self.help = marked


class Group(Command, click.Group):
    """A group of such commands."""

    command_class = Command
    group_class = type


def option(*names: str, **more: Any) -> Any:
    """Declare an option with translated help."""
    return click.option(*names, cls=Option, **more)
