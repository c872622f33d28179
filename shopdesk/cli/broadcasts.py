"""`broadcasts …`: messages to many."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from shopdesk import channels
from shopdesk.cli import mailings, previewing, standing
from shopdesk.cli.face import Face, day_and_time, moment, pass_face, plain, read_text
from shopdesk.cli.words import NUMBER, Group, option
from shopdesk.errors import InvalidInputError
from shopdesk.i18n import N_, _
from shopdesk.leases import LeaseHeldError
from shopdesk.messages import as_written

if TYPE_CHECKING:
    from datetime import datetime

    from shopdesk.broadcasts import Status

TURN_SECONDS = 0.5
HALF = 50
DAYS, MOST_DAYS = 3, 60


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
    type=click.Path(path_type=Path),
    help=N_("JSON list of messages; not needed with --mail-only."),
)
@option("--name", default="", help=N_("A name for the list of broadcasts."))
@option("--at", "at", help=N_("When to send, like 2026-12-01T18:00 (Japan time)."))
@option(
    "--message-b",
    "file_b",
    type=click.Path(path_type=Path),
    help=N_("A second JSON list of messages, for a part of the people."),
)
@option("--split", type=click.IntRange(1, 99), help=N_("How many per cent read the second messages; 50 by default."))
@option("--holdout", type=click.IntRange(0, 90), default=0, help=N_("How many per cent get nothing, to compare with."))
@option(
    "--count-links",
    "counts",
    is_flag=True,
    help=N_("Give each reader their own addresses, which tell who opened them."),
)
@option(
    "--mail-only", is_flag=True, help=N_("Nothing on LINE: all of it goes by mail, which “broadcasts mail” writes.")
)
@pass_face
def draft(
    face: Face,
    segment: str | None,
    everyone: bool,
    each: bool,
    file: Path | None,
    name: str,
    at: str | None,
    file_b: Path | None,
    split: int | None,
    holdout: int,
    counts: bool,
    mail_only: bool,
) -> None:
    """Draft."""
    if file is None and not mail_only:
        raise click.UsageError(_("Say --message FILE, or --mail-only."))
    if (segment is None) != everyone:
        raise click.UsageError(_("Say either --segment NAME or --everyone."))
    if split and file_b is None:
        raise click.UsageError(_("--split goes with --message-b."))
    if each and not everyone:
        raise click.UsageError(_("--each goes with --everyone; a segment is always sent to each person."))
    made = face.shop.broadcasts.draft(
        segment=segment,
        everyone=everyone,
        each=each,
        messages=face.shop.messages.parse(read_text(file)) if file else as_written(()),
        name=name,
        at=moment(at) if at else None,
        messages_b=face.shop.messages.parse(read_text(file_b)) if file_b else None,
        split=(split or HALF) if file_b else 0,
        holdout=holdout,
        counts=counts,
        mail_only=mail_only,
    )
    face.show(
        {"id": made}, [_("Broadcast {id} is prepared. “broadcasts preview {id}” shows who gets it.").format(id=made)]
    )


@broadcasts.command("list", help=N_("All broadcasts."))
@pass_face
def list_broadcasts(face: Face) -> None:
    """List."""
    found = face.shop.broadcasts.list()
    face.show({"broadcasts": found}, lambda: map(standing.list_line, found))


@broadcasts.command(help=N_("Who gets it, who does not and why, what it costs."))
@click.argument("broadcast", type=NUMBER)
@pass_face
def preview(face: Face, broadcast: int) -> None:
    """Preview."""
    shown, mail = face.shop.broadcasts.preview(broadcast), mailings.plan_of(face, broadcast)
    said = previewing.as_json(shown) | ({"mail": plain(mail)} if mail else {})
    face.show(said, lambda: [*previewing.lines(shown), *mailings.plan_lines(mail, alone=shown.mail_only)])


@broadcasts.command(help=N_("Send, or go on sending; safe to repeat."))
@click.argument("broadcast", type=NUMBER)
@option("--late-ok", is_flag=True, help=N_("Send although its time is long past."))
@pass_face
def send(face: Face, broadcast: int, late_ok: bool) -> None:
    """Send; a send that LINE itself stopped, or refused altogether, was not done."""
    before = face.shop.broadcasts.status(broadcast)
    _note_planned(face, before)
    now = channels.send(face.shop, broadcast, lambda one: _send_in_turn(face, one, late_ok=late_ok))
    _require_mail_going(face, now)
    _require_done(face, before, now)
    if now.failed > before.failed and now.accepted == before.accepted and not now.unknown:
        refused = face.shop.broadcasts.people(broadcast, "failed", limit=1)[0].sentence
        face.refuse("line_refused", _("Nobody got it. {why}").format(why=refused), **standing.as_json(face, now))
        raise click.exceptions.Exit(1)
    standing.show(face, now)


def _require_done(face: Face, before: Status, now: Status) -> None:
    """Refuse what something stopped, and what somebody stopped before it had sent anything: people are left unsent.

    Quiet hours end by themselves, and whoever pauses what is being sent knows that.
    """
    said = now.sentence or _("Another time was chosen for it meanwhile.")
    if now.state == "paused" and now.reason not in {"asked", "stopped", "quiet_hours"}:
        face.refuse(f"paused_{now.reason}", said, **standing.as_json(face, now))
        raise click.exceptions.Exit(1)
    moved = (now.accepted, now.failed, now.unknown) != (before.accepted, before.failed, before.unknown)
    if now.state in {"paused", "waiting"} and now.reason != "quiet_hours" and not moved:
        sentence = _("Nothing was sent just now. {why}").format(why=said)
        face.refuse("nothing_sent", sentence, **standing.as_json(face, now))
        raise click.exceptions.Exit(1)


def _note_planned(face: Face, before: Status) -> None:
    """Say of one that was to begin later by itself that it begins now."""
    at = before.scheduled_at
    if before.state in {"draft", "waiting"} and before.cooling_until is None and at and at > face.shop.clock.now():
        face.note(_("It was planned for {time}; it is sent now.").format(time=day_and_time(at)))


def _require_mail_going(face: Face, now: Status) -> None:
    sums = mailings.sums_of(face, now.id)
    if sums is not None and sums.state == "paused" and sums.reason not in {"asked", "quiet_hours"}:
        face.refuse(f"mail_paused_{sums.reason}", sums.sentence, **standing.as_json(face, now))
        raise click.exceptions.Exit(1)


def _send_in_turn(face: Face, broadcast: int, *, late_ok: bool) -> Status:
    """Send, after whoever is sending just now; what that one finished, paused or cancelled stays so."""
    waited = False

    def told(until: datetime) -> None:
        face.note(standing.stop_hint(broadcast, until))

    while True:
        now = face.shop.broadcasts.status(broadcast)
        if waited and now.state in {"finished", "paused", "cancelled"}:
            return now
        try:
            return face.shop.broadcasts.send(broadcast, late_ok=late_ok, cooling=told)
        except LeaseHeldError as held:
            if not waited:
                face.note(_("{reason} Waiting for it.").format(reason=held.message))
            waited = True
            time.sleep(TURN_SECONDS)


broadcasts.add_command(send, "resume")


@broadcasts.command(help=N_("Decide who gets it and begin after the shop's cooling time, in which “cancel” stops it."))
@click.argument("broadcast", type=NUMBER)
@pass_face
def start(face: Face, broadcast: int) -> None:
    """Start."""
    standing.show(face, face.shop.broadcasts.start(broadcast))


@broadcasts.command(help=N_("Send at another time, or only when somebody says so."))
@click.argument("broadcast", type=NUMBER)
@option("--at", "at", help=N_("When to send, like 2026-12-01T18:00 (Japan time)."))
@option("--off", is_flag=True, help=N_("At no time by itself."))
@pass_face
def schedule(face: Face, broadcast: int, at: str | None, off: bool) -> None:
    """Schedule."""
    if (at is None) != off:
        raise click.UsageError(_("Say either --at TIME or --off."))
    standing.show(face, face.shop.broadcasts.schedule(broadcast, moment(at) if at else None))


@broadcasts.command(help=N_("Stop for now; nobody is lost. Without a number: the one that is being sent."))
@click.argument("broadcast", type=NUMBER, required=False)
@pass_face
def pause(face: Face, broadcast: int | None) -> None:
    """Pause."""
    standing.show(face, channels.ask(face.shop, _meant(face, broadcast), "pause"))


@broadcasts.command(
    help=N_("Stop for good; who has not got it yet will not. Without a number: the one that is being sent.")
)
@click.argument("broadcast", type=NUMBER, required=False)
@pass_face
def cancel(face: Face, broadcast: int | None) -> None:
    """Cancel."""
    standing.show(face, channels.ask(face.shop, _meant(face, broadcast), "cancel"))


def _meant(face: Face, named: int | None) -> int:
    """Return the broadcast that was named, else the only one that is being sent or cooling; never one that is paused."""
    if named is not None:
        return named
    found = [one.id for one in face.shop.broadcasts.under_way() if one.state == "sending" or one.cooling_until]
    if not found:
        raise InvalidInputError(_("No broadcast is being sent. Name one by its number; “broadcasts list” shows them."))
    if len(found) > 1:
        numbers = ", ".join(map(str, sorted(found)))
        raise InvalidInputError(_("Several broadcasts are under way: {numbers}. Name one.").format(numbers=numbers))
    return found[0]


@broadcasts.command(help=N_("Decide what to think of those where it is unclear whether LINE took the message."))
@click.argument("broadcast", type=NUMBER)
@option("--as", "as_", required=True, type=click.Choice(["accepted", "failed"]), help=N_("What they count as."))
@pass_face
def settle(face: Face, broadcast: int, as_: str) -> None:
    """Settle."""
    meant: Literal["accepted", "failed"] = "accepted" if as_ == "accepted" else "failed"
    now, mail = face.shop.broadcasts.status(broadcast), mailings.sums_of(face, broadcast)
    if mail is not None and mail.unknown:
        face.shop.mailings.settle(broadcast, meant)
    if now.unknown or mail is None or not mail.unknown:
        now = face.shop.broadcasts.settle(broadcast, meant)
    standing.show(face, now)


@broadcasts.command(help=N_("Where a broadcast stands."))
@click.argument("broadcast", type=NUMBER)
@pass_face
def status(face: Face, broadcast: int) -> None:
    """Show."""
    standing.show(face, face.shop.broadcasts.status(broadcast))


@broadcasts.command(
    "follow-up",
    help=N_(
        "Some days later, by the other way: write to those who got a broadcast and have opened none of its links by then."
    ),
)
@click.argument("broadcast", type=NUMBER)
@option("--by", required=True, type=click.Choice(["line", "mail"]), help=N_("The way it goes."))
@option("--days", type=click.IntRange(0, MOST_DAYS), default=DAYS, help=N_("So many days from now; 3 by default."))
@pass_face
def follow_up(face: Face, broadcast: int, by: str, days: int) -> None:
    """Draft the follow-up and let it begin by itself; with 0 days only when somebody says so."""
    shop = face.shop
    before = shop.broadcasts.follow_up_of(broadcast, by_mail=by == "mail")
    made = channels.follow(shop, broadcast, "mail" if by == "mail" else "line")
    shop.broadcasts.schedule(made, shop.clock.now() + timedelta(days=days) if days else None)
    if made == before:
        face.note(_("It was drafted before. What it says stays as it was; only its time is set anew."))
    standing.show(face, shop.broadcasts.status(made))


broadcasts.add_command(mailings.mail)

COMMANDS = (broadcasts,)
