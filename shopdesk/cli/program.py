"""The program: what is for every command, exit statuses, and errors as sentences."""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path

import click

from shopdesk import i18n, logs, paths
from shopdesk.cli import (
    backups,
    broadcasts,
    customers,
    doctor,
    friends,
    imports,
    rehearsal,
    segments,
    settings,
    showing,
)
from shopdesk.cli.face import Face
from shopdesk.cli.words import Group, option
from shopdesk.errors import ShopDeskError
from shopdesk.i18n import N_, _

logger = logging.getLogger(__name__)

REFUSED, WRONG_USAGE = 1, 2


@click.group(
    cls=Group,
    invoke_without_command=True,
    help=N_("Customers, orders and LINE messages of a small shop. Without a command the window opens."),
)
@option("--home", type=click.Path(path_type=Path, file_okay=False), help=N_("The folder of this shop's data."))
@option("--json", "as_json", is_flag=True, help=N_("Print one JSON object and nothing else."))
@click.option("--keys-from-stdin", is_flag=True, hidden=True)
@click.version_option(package_name="shopdesk", prog_name="shopdesk")
@click.pass_context
def shopdesk(context: click.Context, home: Path | None, as_json: bool, keys_from_stdin: bool) -> None:
    """Hold what is for every command."""
    context.obj = Face(home, as_json=as_json, keys_from_stdin=keys_from_stdin)
    context.call_on_close(context.obj.close)
    if context.invoked_subcommand is None:
        context.invoke(showing.window)


for module in (backups, broadcasts, customers, doctor, friends, imports, rehearsal, segments, settings, showing):
    for command in module.COMMANDS:
        shopdesk.add_command(command)


def main(arguments: list[str] | None = None) -> int:
    """Run one command: 0 done, 1 refused with one sentence, 2 wrong usage."""
    i18n.set_language(i18n.system_language())
    said = sys.argv[1:] if arguments is None else arguments
    as_json = "--json" in said
    try:
        return int(shopdesk.main(said, prog_name="shopdesk", standalone_mode=False) or 0)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.UsageError as error:
        error.show()
        return WRONG_USAGE
    except (click.Abort, KeyboardInterrupt):
        return _refuse("stopped", _("Stopped."), as_json=as_json)
    except click.ClickException as error:
        return _refuse("invalid", error.format_message(), as_json=as_json)
    except ShopDeskError as error:
        return _refuse(error.code, error.message, as_json=as_json)
    except BrokenPipeError:  # the reader of our output went away
        sys.stderr.close()
        return REFUSED
    except Exception:
        logger.exception("a command failed")
        file = logs.log_file(paths.Home(_home(said)).logs)
        return _refuse(
            "unexpected",
            _("Something unexpected happened; nothing more was done. {file} says what.").format(file=file),
            as_json=as_json,
        )


def _home(said: list[str]) -> Path:
    return Path(said[said.index("--home") + 1]) if "--home" in said[:-1] else paths.default_home()


def _refuse(code: str, message: str, *, as_json: bool) -> int:
    if as_json:
        sys.stdout.write(json.dumps({"error": {"code": code, "message": message}}, ensure_ascii=False) + "\n")
    else:
        click.echo(message, err=True)
    return REFUSED
