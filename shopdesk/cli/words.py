"""Commands and options whose help is translated when it is shown, in the language of that moment."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from shopdesk.cli import usage
from shopdesk.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from click.types import OptionHelpExtra

_Declared = TypeVar("_Declared", bound="Callable[..., Any] | click.Command")

# What a database can number; a longer number is no one's.
NUMBER = click.IntRange(0, 2**63 - 1)
PORT = click.IntRange(0, 65_535)
COUNT = click.IntRange(min=0)
# The words click itself writes into help: headings, and what stands for values.
HEADINGS = (N_("Options"), N_("Commands"), N_("Example of a file"))
VALUES = {
    "TEXT": N_("TEXT"),
    "PATH": N_("PATH"),
    "FILE": N_("FILE"),
    "DIRECTORY": N_("FOLDER"),
    "TABLE": N_("TABLE"),
    "INTEGER RANGE": N_("NUMBER"),
    "[OPTIONS]": N_("[OPTIONS]"),
    "COMMAND [ARGS]...": N_("COMMAND …"),
    "[COMMAND] [ARGS]...": N_("[COMMAND …]"),
}


class _Formatter(click.HelpFormatter):
    """Lays out help under translated headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line that shows how the command is written."""
        super().write_usage(prog, args, prefix or _("Usage: "))

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        """Begin a part under its translated heading."""
        with super().section(_(name)):
            yield


class _Context(click.Context):
    formatter_class = _Formatter


@contextmanager
def _translated(shown: click.Option | click.Command) -> Iterator[None]:
    """Show the marked help in the language of now."""
    marked, shown.help = shown.help, _(shown.help) if shown.help else None
    try:
        yield
    finally:
        shown.help = marked


class Option(click.Option):
    """An option whose help is a marked text (`N_`)."""

    def make_metavar(self, ctx: click.Context) -> str:
        """Name what stands for the value in the language of now."""
        shown = super().make_metavar(ctx)
        return _(VALUES[shown]) if shown in VALUES else shown

    def get_help_extra(self, ctx: click.Context) -> OptionHelpExtra:
        """Translate what click leaves in English; which numbers are taken is said where one is refused."""
        extra = super().get_help_extra(ctx)
        extra.pop("range", None)
        if "required" in extra:
            extra["required"] = _("required")
        return extra

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Translate, then let click lay it out."""
        with _translated(self):
            return super().get_help_record(ctx)


class Command(click.Command):
    """A command whose help is a marked text (`N_`); `example` is a file that it takes, shown below the help."""

    context_class = _Context

    def __init__(self, *said: Any, example: str = "", **more: Any) -> None:
        super().__init__(*said, **more)
        self.example = example

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse; what click would refuse in words of its own is refused in ours."""
        takes_more, ctx.allow_extra_args = ctx.allow_extra_args, True
        try:
            rest = super().parse_args(ctx, args)
        except click.BadOptionUsage as wrong:
            wrong.ctx = wrong.ctx or ctx  # click's parser leaves it out
            raise
        if rest and not takes_more and not ctx.resilient_parsing:
            raise usage.too_many(rest, ctx)
        return rest

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return how the command is written, in the language of now."""
        return [_(VALUES[piece]) if piece in VALUES else piece for piece in super().collect_usage_pieces(ctx)]

    def get_short_help_str(self, limit: int = 45) -> str:
        """Translate; Japanese needs no cutting at word ends."""
        del limit
        return _(self.help) if self.help else ""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Translate, then let click lay it out."""
        with _translated(self):
            super().format_help_text(ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Show the example line by line, as a file has it."""
        super().format_epilog(ctx, formatter)
        if self.example:
            with formatter.section("Example of a file"):
                formatter.write("".join(f"  {line}\n" for line in self.example.strip().splitlines()))

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return `--help` with its own help in the language of now."""
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = _("Show this and do nothing else.")
        return found


class Group(Command, click.Group):
    """A group of such commands."""

    command_class = Command
    group_class = type


def option(*names: str, **more: Any) -> Callable[[_Declared], _Declared]:
    """Declare an option with translated help."""
    return click.option(*names, cls=Option, **more)
