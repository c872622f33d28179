"""Wrong usage as sentences: click says what is wrong, the words are ours, in the reader's language."""

from __future__ import annotations

import re
from typing import Any

import click

from shopdesk.i18n import _

# What click takes for options.
_NEGATIVE = re.compile(r"-\d")


def sentence(error: click.UsageError) -> str:
    """Return what is wrong with a line and what to write instead."""
    match error:
        case click.exceptions.NoSuchCommand():
            said = _("There is no command “{name}”.").format(name=error.command_name)
            return said + _meant(error.possibilities)
        case click.NoSuchOption() if _NEGATIVE.match(error.option_name):
            return _("“{name}” cannot stand here: a number from 0 is wanted.").format(name=error.option_name)
        case click.NoSuchOption():
            said = _("There is no option “{name}”.").format(name=error.option_name)
            return said + _meant(error.possibilities)
        case click.BadOptionUsage():
            takes = _("“{name}” needs a value.") if _takes_value(error) else _("“{name}” takes no value.")
            return takes.format(name=error.option_name)
        case click.MissingParameter() if error.param is not None:
            return _("{name} is missing.").format(name=_name(error.param))
        case click.BadParameter() if error.param is not None:
            return _fits(error.param.type).format(name=_name(error.param))
    return error.message


def too_many(arguments: list[str], ctx: click.Context) -> click.UsageError:
    """Return the refusal of what stands behind everything a command takes."""
    return click.UsageError(_("“{words}” does not belong here.").format(words=" ".join(arguments)), ctx)


def _meant(others: list[str] | None) -> str:
    return " " + _("Did you mean {names}?").format(names=_(" or ").join(others)) if others else ""


def _takes_value(error: click.BadOptionUsage) -> bool:
    params = error.ctx.command.params if error.ctx is not None else []
    return any(error.option_name in one.opts and not getattr(one, "is_flag", False) for one in params)


def _name(param: click.Parameter) -> str:
    return param.opts[0] if isinstance(param, click.Option) else param.human_readable_name


def _fits(kind: click.ParamType[Any]) -> str:
    """Return what a value of this kind must be, with the place for its `name`."""
    match kind:
        case click.Choice():
            return _("{name} must be one of: {choices}.").replace("{choices}", ", ".join(map(str, kind.choices)))
        case click.IntRange(max=None):
            return _("{name} must be a whole number, {least} or more.").replace("{least}", str(kind.min))
        case click.IntRange():
            return (
                _("{name} must be a whole number from {least} to {most}.")
                .replace("{least}", str(kind.min))
                .replace("{most}", str(kind.max))
            )
        case click.Path(dir_okay=False):
            return _("{name} must be a file that can be read, not a folder.")
        case click.Path(file_okay=False):
            return _("{name} must be a folder that can be read, not a file.")
    return _("{name} cannot be read.")
