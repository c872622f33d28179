"""`broadcasts …`: messages to many."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from shopdesk.cli.face import Face, pass_face, yen
from shopdesk.cli.words import Group, option
from shopdesk.clock import JAPAN
from shopdesk.i18n import N_, _
from shopdesk.messages import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopdesk.broadcasts import Preview, Status


@click.group(cls=Group, help=N_("Messages to many people."))
def broadcasts() -> None:
    """Hold the commands about broadcasts."""


@broadcasts.command(help=N_("Prepare a broadcast; nothing is frozen yet."))
@option("--segment", help=N_("Name of a saved segment."))
@option("--everyone", is_flag=True, help=N_("All friends of the account."))
@option("--each", is_flag=True, help=N_("With --everyone: to every known friend by push or multicast."))
@option(
    "--message",
    "file",
    required=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=N_("JSON list of messages."),
)
@option("--name", default="", help=N_("A name for the list of broadcasts."))
@option("--at", "at", help=N_("When to send, like 2026-12-01T18:00 (Japan time)."))
@pass_face
def draft(face: Face, segment: str | None, everyone: bool, each: bool, file: Path, name: str, at: str | None) -> None:
    """Draft."""
    if (segment is None) != everyone:
        raise click.UsageError(_("Say either --segment NAME or --everyone."))
    made = face.shop.broadcasts.draft(
        segment=segment,
        everyone=everyone,
        each=each,
        messages=read(file),
        name=name,
        at=_moment(at) if at else None,
    )
    face.show(
        {"id": made}, [_("Broadcast {id} is prepared. “broadcasts preview {id}” shows who gets it.").format(id=made)]
    )


def _moment(said: str) -> datetime:
    try:
        read = datetime.fromisoformat(said)
    except ValueError as error:
        raise click.ClickException(
            _("“{time}” is no time. Write it like 2026-12-01T18:00.").format(time=said)
        ) from error
    return read if read.tzinfo else read.replace(tzinfo=JAPAN)


@broadcasts.command("list", help=N_("All broadcasts."))
@pass_face
def list_broadcasts(face: Face) -> None:
    """List."""
    found = face.shop.broadcasts.list()
    face.show({"broadcasts": found}, lambda: (f"{one.id}  {one.name}  {one.state}" for one in found))


@broadcasts.command(help=N_("Who gets it, who does not and why, what it costs."))
@click.argument("broadcast", type=int)
@pass_face
def preview(face: Face, broadcast: int) -> None:
    """Preview."""
    shown = face.shop.broadcasts.preview(broadcast)
    face.show(_as_json(shown), lambda: _preview_lines(shown))


def _as_json(shown: Preview) -> dict[str, Any]:
    return {
        "planned": shown.planned,
        "excluded": [{"reason": one.reason, "count": one.count} for one in shown.excluded],
        "messages_counted": shown.messages_counted,
        "quota_left": shown.quota_left,
        "cost_yen": shown.cost_yen,
        "samples": shown.samples,
        "way": shown.way,
    }


def _preview_lines(shown: Preview) -> Iterator[str]:
    yield _("{people} people, {messages} messages, {yen}.").format(
        people=shown.planned, messages=shown.messages_counted, yen=yen(shown.cost_yen)
    )
    for one in shown.excluded:
        yield f"  – {one.sentence}: {one.count}"


@broadcasts.command(help=N_("Send, or go on sending; safe to repeat."))
@click.argument("broadcast", type=int)
@option("--late-ok", is_flag=True, help=N_("Send although its time is long past."))
@pass_face
def send(face: Face, broadcast: int, late_ok: bool) -> None:
    """Send."""
    _show(face, face.shop.broadcasts.send(broadcast, late_ok=late_ok))


broadcasts.add_command(send, "resume")


@broadcasts.command(help=N_("Stop for now; nobody is lost."))
@click.argument("broadcast", type=int)
@pass_face
def pause(face: Face, broadcast: int) -> None:
    """Pause."""
    _show(face, face.shop.broadcasts.pause(broadcast))


@broadcasts.command(help=N_("Stop for good; who has not got it yet will not."))
@click.argument("broadcast", type=int)
@pass_face
def cancel(face: Face, broadcast: int) -> None:
    """Cancel."""
    _show(face, face.shop.broadcasts.cancel(broadcast))


@broadcasts.command(help=N_("Decide what to think of those where it is unclear whether LINE took the message."))
@click.argument("broadcast", type=int)
@option("--as", "as_", required=True, type=click.Choice(["accepted", "failed"]), help=N_("What they count as."))
@pass_face
def settle(face: Face, broadcast: int, as_: str) -> None:
    """Settle."""
    _show(face, face.shop.broadcasts.settle(broadcast, "accepted" if as_ == "accepted" else "failed"))


@broadcasts.command(help=N_("Where a broadcast stands."))
@click.argument("broadcast", type=int)
@pass_face
def status(face: Face, broadcast: int) -> None:
    """Show."""
    _show(face, face.shop.broadcasts.status(broadcast))


def _show(face: Face, now: Status) -> None:
    said = _(
        "{state}: {accepted} accepted, {failed} failed, {unknown} unclear, {remaining} to go, {excluded} left out."
    )
    line = said.format(
        state=now.state,
        accepted=now.accepted,
        failed=now.failed,
        unknown=now.unknown,
        remaining=now.remaining,
        excluded=now.excluded,
    )
    face.show({name: getattr(now, name) for name in now.__slots__}, [line])


COMMANDS = (broadcasts,)
