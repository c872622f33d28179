"""The program: what is for every command, exit statuses, and errors as sentences."""

from __future__ import annotations

import io
import logging
import sys
from importlib import import_module
from pathlib import Path
from typing import cast

import click

from shopdesk import i18n, paths
from shopdesk.cli import usage
from shopdesk.cli.face import Face, pass_face
from shopdesk.cli.words import Group, option
from shopdesk.errors import ShopDeskError
from shopdesk.i18n import N_, _

logger = logging.getLogger(__name__)

REFUSED, WRONG_USAGE = 1, 2
# Each command with the module that has it, imported when it is asked for: the window is there before the database's
# library would be, and so is the answer to --version.
COMMANDS = {
    "answers": "answers",
    "automations": "automations",
    "backup": "backups",
    "broadcasts": "broadcasts",
    "cards": "cards",
    "carts": "imports",
    "coupons": "coupons",
    "customers": "customers",
    "demo": "showing",
    "doctor": "doctor",
    "export": "exports",
    "exports": "automations",
    "friends": "friends",
    "import": "imports",
    "imports": "imports",
    "links": "links",
    "menus": "menus",
    "messages": "messages",
    "pages": "pages",
    "qr": "qr",
    "quarantine": "backups",
    "rehearsal": "rehearsal",
    "restore": "backups",
    "screenshots": "showing",
    "segments": "segments",
    "serve": "serve",
    "settings": "settings",
    "sign-in": "sign_in",
    "staff": "staff",
    "surveys": "surveys",
    "talks": "talks",
    "verify": "backups",
    "window": "showing",
}


class Program(Group):
    """The commands by their names; a command's module is imported when it is run or described."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return the names, sorted."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, or None when there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        found = import_module(f"shopdesk.cli.{COMMANDS[cmd_name]}").COMMANDS
        return cast("click.Command", next(one for one in found if one.name == cmd_name))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is meant; one that is not there is refused with the names that look like it."""
        try:
            return super().resolve_command(ctx, args)
        except click.exceptions.NoSuchCommand as error:
            raise click.exceptions.NoSuchCommand(error.command_name, possibilities=COMMANDS, ctx=ctx) from error


def _version(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if not wanted or context.resilient_parsing:
        return
    import tomllib  # noqa: PLC0415 - only this option reads them
    from importlib import metadata  # noqa: PLC0415

    try:
        number = metadata.version("shopdesk")
    except metadata.PackageNotFoundError:  # a checkout
        number = tomllib.loads((paths.bundle() / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    click.echo(f"ShopDesk {number}")
    context.exit()


@click.group(
    cls=Program,
    invoke_without_command=True,
    help=N_("Customers, orders and LINE messages of a small shop. Without a command the window opens."),
)
@option("--home", type=click.Path(path_type=Path), help=N_("The folder of this shop's data."))
@option("--json", "as_json", is_flag=True, help=N_("Print one JSON object and nothing else."))
@click.option("--keys-from-stdin", is_flag=True, hidden=True)
@option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help=N_("Say which version this is and do nothing else."),
)
@pass_face
@click.pass_context
def shopdesk(context: click.Context, face: Face, home: Path | None, as_json: bool, keys_from_stdin: bool) -> None:
    """Hold what is for every command."""
    face.home, face.as_json, face.keys_from_stdin = home, as_json, keys_from_stdin
    context.call_on_close(face.close)
    if context.invoked_subcommand is None:
        window = shopdesk.get_command(context, "window")
        assert window is not None  # noqa: S101 - it stands in COMMANDS
        context.invoke(window)


def main(arguments: list[str] | None = None) -> int:
    """Run one command: 0 done, 1 refused with one sentence, 2 wrong usage."""
    i18n.set_language(i18n.system_language())
    logging.lastResort = None  # a traceback goes to the log file or nowhere
    said = sys.argv[1:] if arguments is None else arguments
    face = Face()
    _speak_utf8(as_json="--json" in said)
    try:
        return int(shopdesk.main(said, prog_name="shopdesk", standalone_mode=False, obj=face) or 0)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.UsageError as error:
        face.as_json = face.as_json or "--json" in said  # the line may have broken off before it was read
        return _wrong_usage(face, error)
    except (click.Abort, KeyboardInterrupt):
        face.refuse("stopped", _("Stopped."))
    except click.ClickException as error:
        face.refuse("invalid", error.format_message())
    except ShopDeskError as error:
        face.refuse(error.code, error.message)
    except BrokenPipeError:  # the reader of our output went away
        sys.stderr.close()
    except Exception:
        file = face.log_file()
        logger.exception("a command failed")
        sentence = _("Something unexpected happened; nothing more was done. {file} says what.")
        face.refuse("unexpected", sentence.format(file=file))
    return REFUSED


def _speak_utf8(*, as_json: bool) -> None:
    """Never fail on a letter the terminal lacks; JSON is UTF-8 whatever the terminal takes."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8" if as_json else None, errors="backslashreplace")


def _wrong_usage(face: Face, error: click.UsageError) -> int:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        face.note(error.format_message())
        sentence = _("Say which command.")
    else:
        if error.ctx is not None:
            face.note(error.ctx.get_usage())
        sentence = _("Wrong usage: {detail}").format(detail=usage.sentence(error))
        command = error.ctx.command_path if error.ctx is not None else "shopdesk"
        sentence += " " + _("“{command} --help” shows how it is written.").format(command=command)
    face.refuse("usage", sentence)
    return WRONG_USAGE
