"""`automations show|create|change|start|pause|end|remove`: messages that go out by themselves after an answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from shopdesk.automations import as_json, read_automation
from shopdesk.cli.face import Face, as_file, day_and_time, pass_face, plain, read_json
from shopdesk.cli.named import AUTOMATIONS, named
from shopdesk.cli.words import Command
from shopdesk.i18n import N_, _, _n

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopdesk.automations import Automation, NewAutomation, Step

_FILE = click.Path(path_type=Path)
_EXAMPLE = """
{"name": "乾燥肌のご案内", "survey": "お肌", "question": "悩み", "options": ["乾燥"], "steps": [
  {"days": 3, "at": "10:00", "messages": [{"type": "text", "text": "{name}さん、お肌の調子はいかがですか。"}]},
  {"days": 14, "messages": [{"type": "text", "text": "保湿クリームが入りました。"}]}]}
"""


@click.command(
    "create",
    cls=Command,
    help=N_("Make an automation from a JSON file with name, survey and steps; “automations start” lets it begin."),
    example=_EXAMPLE,
)
@click.argument("file", type=_FILE)
@pass_face
def create(face: Face, file: Path) -> None:
    """Make one."""
    _show(face, face.shop.automations.create(_read(face, file)))


@click.command(
    "change",
    cls=Command,
    help=N_("Write an automation anew, also one that runs; what was sent stays, and a new step is for later answers."),
)
@click.argument("automation")
@click.argument("file", type=_FILE)
@pass_face
def change(face: Face, automation: str, file: Path) -> None:
    """Change one."""
    before = face.shop.automations.find(automation)
    _show(face, face.shop.automations.change(before.id, _read(face, file, before)))


@click.command(
    "show",
    cls=Command,
    help=N_("What an automation says, as “automations change” takes it, and beside it how far it is."),
)
@click.argument("automation")
@pass_face
def show(face: Face, automation: str) -> None:
    """Show one."""
    found = face.shop.automations.find(automation)
    written = as_json(found)
    face.show({**plainly(found), "form": written}, [as_file(written)])
    for one in _lines(found):  # beside it, so that the output is a file
        face.note(one)


@click.command("start", cls=Command, help=N_("Let it begin for whoever answers from now on, or go on after a pause."))
@click.argument("automation")
@pass_face
def start(face: Face, automation: str) -> None:
    """Start one."""
    _show(face, face.shop.automations.start(face.shop.automations.find(automation).id))


@click.command("pause", cls=Command, help=N_("Let nothing go out until it is started again."))
@click.argument("automation")
@pass_face
def pause(face: Face, automation: str) -> None:
    """Pause one."""
    _show(face, face.shop.automations.pause(face.shop.automations.find(automation).id))


@click.command("end", cls=Command, help=N_("End it for good; nobody in it gets another message."))
@click.argument("automation")
@pass_face
def end(face: Face, automation: str) -> None:
    """End one."""
    _show(face, face.shop.automations.end(face.shop.automations.find(automation).id))


@click.command("remove", cls=Command, help=N_("Remove a draft, or one that was ended; what was sent stays."))
@click.argument("automation")
@pass_face
def remove(face: Face, automation: str) -> None:
    """Remove one."""
    found = face.shop.automations.find(automation)
    face.shop.automations.remove(found.id)
    face.show({"automation": found.id}, [_("“{name}” is removed.").format(name=found.name)])


def plainly(found: Automation) -> dict[str, Any]:
    """Return an automation for machines; what its steps say stands in `form`."""
    steps = [{key: value for key, value in plain(one).items() if key != "said"} for one in found.steps]
    return {
        "automation": found.id,
        "name": found.name,
        "state": found.state,
        "survey": found.survey,
        "since": plain(found.since),
        "people": found.people,
        "trouble": found.trouble,
        "sentence": found.sentence,
        "steps": steps,
    }


def line(found: Automation) -> str:
    """Return an automation as a line of the list."""
    people = _n("{n} person", "{n} people", found.people).format(n=f"{found.people:,}")
    standing = named(AUTOMATIONS, found.state)
    return "\t".join(filter(None, (str(found.id), found.name, found.survey, people, standing, found.sentence)))


def _read(face: Face, file: Path, before: Automation | None = None) -> NewAutomation:
    return read_automation(
        read_json(file), lambda said: face.shop.surveys.find(said).id, face.shop.messages.draft, before
    )


def _show(face: Face, found: Automation) -> None:
    face.show({**plainly(found), "form": as_json(found)}, lambda: _lines(found))


def _lines(found: Automation) -> Iterator[str]:
    yield line(found)
    for number, one in enumerate(found.steps, 1):
        yield f"\t{number}\t{_when(one)}\t{_sums(one)}"


def _when(one: Step) -> str:
    days = _n("{n} day later", "{n} days later", one.days).format(n=one.days) if one.days else _("the same day")
    return f"{days} {one.at:%H:%M}" if one.at else days


def _sums(one: Step) -> str:
    said = _("waiting {waiting}, sent {sent}, left out {left_out}, not reached {failed}").format(
        waiting=f"{one.waiting + one.sending:,}",
        sent=f"{one.sent:,}",
        left_out=f"{one.left_out:,}",
        failed=f"{one.failed + one.unknown:,}",
    )
    return f"{said}\t{day_and_time(one.next_at)}" if one.next_at else said


COMMANDS = (create, change, show, start, pause, end, remove)
