"""`automations …` and `exports …`: what happens at set times, for people and for the system's scheduler."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import cast

import click

from shopdesk.cli import automating
from shopdesk.cli.face import Face, day_and_time, moment, pass_face
from shopdesk.cli.named import DONE, FOLDERS, named
from shopdesk.cli.words import Group, option
from shopdesk.due import Ran, run_due
from shopdesk.errors import InvalidInputError
from shopdesk.exports import EVERY, OWN, WHAT, Every, NewSchedule, Schedule, Timing, What
from shopdesk.i18n import N_, _, _n

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@click.group(cls=Group, help=N_("What happens at set times; cron or the Task Scheduler calls “automations run”."))
def automations() -> None:
    """Hold the commands about due work."""


@automations.command(help=N_("Do what is due, each thing once."))
@option("--until", help=N_("Up to this time instead of now, like 2026-11-30T09:00."))
@pass_face
def run(face: Face, until: str | None) -> None:
    """Run; a regular export that could not be written was not done."""
    ran = run_due(face.shop, moment(until) if until else None)
    lines = [_ran_line(one) for one in ran] or [_("Nothing was due.")]
    failed = [one for one in ran if one.state == "failed"]
    if not failed:
        face.show({"ran": ran}, lines)
        return
    if not face.as_json:
        face.show({}, lines)
    sentence = _("Not done: {what}. The next run tries again.")
    why = "; ".join(f"{one.name}: {one.message}" for one in failed)
    face.refuse("failed", sentence.format(what=why), ran=ran)
    raise click.exceptions.Exit(1)


@automations.command(
    "list",
    help=N_("What runs after an answer, the regular exports, the watched folders, the broadcasts that have a time."),
)
@pass_face
def list_automations(face: Face) -> None:
    """List."""
    exports, folders = face.shop.exports.schedules.all(), face.shop.imports.watching.folders()
    timed = [one for one in face.shop.broadcasts.list() if one.scheduled_at and one.state in {"draft", "waiting"}]
    running = face.shop.automations.list()
    lines = [
        *map(automating.line, running),
        *map(_line, exports),
        *(f"{one.path}  {named(FOLDERS, one.rule)}  {one.message}".rstrip() for one in folders),
    ]
    lines += [f"{day_and_time(one.scheduled_at)}  {one.name}  {one.sentence}".rstrip() for one in timed]
    said = [automating.plainly(one) for one in running]
    face.show({"automations": said, "exports": exports, "folders": folders, "broadcasts": timed}, lines)


for _command in automating.COMMANDS:
    automations.add_command(_command)


def _ran_line(one: Ran) -> str:
    people = (
        _n("{n} person", "{n} people", one.rows).format(n=f"{one.rows:,}")
        if one.kind == "automations" and one.rows
        else ""
    )
    return "  ".join(filter(None, (one.name, named(DONE, one.state), people, one.file, one.message)))


@click.group(cls=Group, help=N_("Exports that are written daily, weekly or monthly."))
def exports() -> None:
    """Hold the commands about regular exports."""


@exports.command(
    help=N_(
        "Write a table (customers, orders, subscriptions or coupons) to a folder regularly; one of the same name is replaced."
    )
)
@click.argument("name")
@click.argument("what", type=click.Choice(WHAT), metavar="TABLE")
@click.argument("folder", type=click.Path(path_type=Path))
@option("--every", type=click.Choice(EVERY), default="daily", help=N_("How often."))
@option("--at", default="03:00", help=N_("At which time of day in Japan, like 03:00."))
@option("--weekday", type=click.Choice(_WEEKDAYS), default="mon", help=N_("On which day, where it is weekly."))
@option("--day", type=click.IntRange(1, 31), default=1, help=N_("On which day of the month, where it is monthly."))
@option("--format", "kind", type=click.Choice(["xlsx", "csv"]), default="xlsx", help=N_("Kind of file."))
@option("--encoding", type=click.Choice(["cp932", "utf-8"]), default=None, help=N_("Encoding of a .csv file."))
@option("--segment", default="", help=N_("Only the people of this segment."))
@option("--cart", default=OWN, help=N_("The cart whose layout the file gets."))
@pass_face
def add(
    face: Face,
    name: str,
    what: str,
    folder: Path,
    every: str,
    at: str,
    weekday: str,
    day: int,
    kind: str,
    encoding: str | None,
    segment: str,
    cart: str,
) -> None:
    """Add."""
    try:
        clock = datetime.strptime(at, "%H:%M").time()  # noqa: DTZ007 - a time of day has no zone
    except ValueError as error:
        raise InvalidInputError(_("Write the time of day like 03:00.")) from error
    timing = Timing(cast("Every", every), clock, _WEEKDAYS.index(weekday), day)
    place = str(folder.absolute())
    new = NewSchedule(name, cast("What", what), place, timing, segment, cart, kind, encoding or "")
    kept = face.shop.exports.schedules.save(new)
    face.show({"export": kept}, [_line(kept)])


@exports.command("list", help=N_("All regular exports, with their last run."))
@pass_face
def list_exports(face: Face) -> None:
    """List."""
    kept = face.shop.exports.schedules.all()
    face.show({"exports": kept}, lambda: map(_line, kept))


@exports.command(help=N_("Remove a regular export; the files it wrote stay."))
@click.argument("name")
@pass_face
def remove(face: Face, name: str) -> None:
    """Remove."""
    face.shop.exports.schedules.remove(name)
    face.show({"name": name}, [_("“{name}” is removed.").format(name=name)])


@exports.command("run", help=N_("Write one of them now, besides its times."))
@click.argument("name")
@pass_face
def run_one(face: Face, name: str) -> None:
    """Run one."""
    ran = face.shop.exports.schedules.run_now(name)
    face.show({"run": ran}, [ran.message or _("{file}: {rows} rows.").format(file=ran.file, rows=f"{ran.rows:,}")])


def _line(one: Schedule) -> str:
    said = _("{name}: next {when}, into {folder}").format(
        name=one.name, when=day_and_time(one.next_at), folder=one.folder
    )
    return "  ".join(filter(None, (said, one.last.message if one.last else "")))


COMMANDS = (automations, exports)
