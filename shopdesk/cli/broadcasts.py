"""`broadcasts …`: messages to many."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from shopdesk import channels
from shopdesk.cli import mailings
from shopdesk.cli.face import Face, moment, pass_face, plain, read_text, yen
from shopdesk.cli.words import NUMBER, Group, option
from shopdesk.errors import InvalidInputError
from shopdesk.i18n import N_, _
from shopdesk.leases import LeaseHeldError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopdesk.broadcasts import PersonState, Preview, State, Status, Variant

STATES: dict[State, str] = {
    "draft": N_("Draft"),
    "waiting": N_("Waiting"),
    "sending": N_("Being sent"),
    "paused": N_("Paused"),
    "finished": N_("Sent"),
    "cancelled": N_("Cancelled"),
}
BECAME: dict[PersonState, str] = {
    "failed": N_("Not sent"),
    "unknown": N_("Unclear"),
    "cancelled": N_("Stopped"),
    "excluded": N_("Left out"),
}

TURN_SECONDS = 0.5
HALF = 50


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
    type=click.Path(path_type=Path),
    help=N_("JSON list of messages."),
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
@pass_face
def draft(
    face: Face,
    segment: str | None,
    everyone: bool,
    each: bool,
    file: Path,
    name: str,
    at: str | None,
    file_b: Path | None,
    split: int | None,
    holdout: int,
) -> None:
    """Draft."""
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
        messages=face.shop.messages.parse(read_text(file)),
        name=name,
        at=moment(at) if at else None,
        messages_b=face.shop.messages.parse(read_text(file_b)) if file_b else None,
        split=(split or HALF) if file_b else 0,
        holdout=holdout,
    )
    face.show(
        {"id": made}, [_("Broadcast {id} is prepared. “broadcasts preview {id}” shows who gets it.").format(id=made)]
    )


@broadcasts.command("list", help=N_("All broadcasts."))
@pass_face
def list_broadcasts(face: Face) -> None:
    """List."""
    found = face.shop.broadcasts.list()
    face.show({"broadcasts": found}, lambda: (f"{one.id}  {one.name}  {_(STATES[one.state])}" for one in found))


@broadcasts.command(help=N_("Who gets it, who does not and why, what it costs."))
@click.argument("broadcast", type=NUMBER)
@pass_face
def preview(face: Face, broadcast: int) -> None:
    """Preview."""
    shown, mail = face.shop.broadcasts.preview(broadcast), mailings.plan_of(face, broadcast)
    said = _as_json(shown) | ({"mail": plain(mail)} if mail else {})
    face.show(said, lambda: [*_preview_lines(shown), *mailings.plan_lines(mail)])


def _as_json(shown: Preview) -> dict[str, Any]:
    return {
        "planned": shown.planned,
        "excluded": [{"reason": one.reason, "count": one.count} for one in shown.excluded],
        "messages_counted": shown.messages_counted,
        "quota_left": shown.quota_left,
        "quota_problem": shown.quota_problem,
        "cost_yen": shown.cost_yen,
        "cost_problem": shown.cost_problem,
        "samples": shown.samples,
        "way": shown.way,
        "note": shown.note,
        "line_people": shown.line_people,
        "quota_used": shown.quota_used,
        "quiet_hours": shown.quiet_until,
        "larger_plan": shown.larger_plan,
        "problems": shown.problems,
        "warnings": shown.warnings,
    }


def _preview_lines(shown: Preview) -> Iterator[str]:
    yield _("{people} people get it; it counts as {messages} messages.").format(
        people=f"{shown.planned:,}", messages=f"{shown.messages_counted:,}"
    )
    for one in shown.excluded:
        yield f"  – {one.sentence}: {one.count:,}"
    if shown.quota_problem:
        yield shown.quota_problem
    elif shown.quota_left is not None:
        yield _("{left} messages are left this month.").format(left=f"{shown.quota_left:,}")
    if shown.cost_yen is not None:
        yield _("Extra cost: {yen}.").format(yen=yen(shown.cost_yen))
    elif shown.cost_problem:
        yield shown.cost_problem
    yield from filter(None, (shown.larger_plan, shown.note))
    yield from (f"✕ {one.sentence}" for one in shown.problems)
    yield from (f"! {one.sentence}" for one in shown.warnings)
    for sample in shown.samples:
        yield "【" + (sample.name or _("without a name")) + "】"
        yield from sample.texts


@broadcasts.command(help=N_("Send, or go on sending; safe to repeat."))
@click.argument("broadcast", type=NUMBER)
@option("--late-ok", is_flag=True, help=N_("Send although its time is long past."))
@pass_face
def send(face: Face, broadcast: int, late_ok: bool) -> None:
    """Send; a send that LINE itself stopped, or refused altogether, was not done."""
    before = face.shop.broadcasts.status(broadcast)
    now = channels.send(face.shop, broadcast, lambda one: _send_in_turn(face, one, late_ok=late_ok))
    _require_mail_going(face, now)
    if now.state == "paused" and now.reason not in {"asked", "stopped", "quiet_hours"}:
        face.refuse(f"paused_{now.reason}", now.sentence, **_as_status(face, now))
        raise click.exceptions.Exit(1)
    if now.failed > before.failed and now.accepted == before.accepted and not now.unknown:
        refused = face.shop.broadcasts.people(broadcast, "failed", limit=1)[0].sentence
        face.refuse("line_refused", _("Nobody got it. {why}").format(why=refused), **_as_status(face, now))
        raise click.exceptions.Exit(1)
    _show(face, now)


def _require_mail_going(face: Face, now: Status) -> None:
    sums = mailings.sums_of(face, now.id)
    if sums is not None and sums.state == "paused" and sums.reason not in {"asked", "quiet_hours"}:
        face.refuse(f"mail_paused_{sums.reason}", sums.sentence, **_as_status(face, now))
        raise click.exceptions.Exit(1)


def _send_in_turn(face: Face, broadcast: int, *, late_ok: bool) -> Status:
    """Send, after whoever is sending just now; what that one finished, paused or cancelled stays so."""
    waited = False
    while True:
        now = face.shop.broadcasts.status(broadcast)
        if waited and now.state in {"finished", "paused", "cancelled"}:
            return now
        try:
            return face.shop.broadcasts.send(broadcast, late_ok=late_ok)
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
    _show(face, face.shop.broadcasts.start(broadcast))


@broadcasts.command(help=N_("Send at another time, or only when somebody says so."))
@click.argument("broadcast", type=NUMBER)
@option("--at", "at", help=N_("When to send, like 2026-12-01T18:00 (Japan time)."))
@option("--off", is_flag=True, help=N_("At no time by itself."))
@pass_face
def schedule(face: Face, broadcast: int, at: str | None, off: bool) -> None:
    """Schedule."""
    if (at is None) != off:
        raise click.UsageError(_("Say either --at TIME or --off."))
    _show(face, face.shop.broadcasts.schedule(broadcast, moment(at) if at else None))


@broadcasts.command(help=N_("Stop for now; nobody is lost. Without a number: the one that is being sent."))
@click.argument("broadcast", type=NUMBER, required=False)
@pass_face
def pause(face: Face, broadcast: int | None) -> None:
    """Pause."""
    _show(face, channels.ask(face.shop, _meant(face, broadcast, "sending"), "pause"))


@broadcasts.command(
    help=N_("Stop for good; who has not got it yet will not. Without a number: the one that is under way.")
)
@click.argument("broadcast", type=NUMBER, required=False)
@pass_face
def cancel(face: Face, broadcast: int | None) -> None:
    """Cancel."""
    _show(face, channels.ask(face.shop, _meant(face, broadcast, "sending", "waiting", "paused"), "cancel"))


def _meant(face: Face, named: int | None, *states: State) -> int:
    """Return the broadcast that was named, else the only one in one of these states."""
    if named is not None:
        return named
    found = [one.id for one in face.shop.broadcasts.under_way() if one.state in states]
    if not found:
        raise InvalidInputError(_("No broadcast is under way. Name one by its number; “broadcasts list” shows them."))
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
    if face.shop.mailings.get(broadcast):
        face.shop.mailings.settle(broadcast, meant)
    _show(face, face.shop.broadcasts.settle(broadcast, meant))


@broadcasts.command(help=N_("Where a broadcast stands."))
@click.argument("broadcast", type=NUMBER)
@pass_face
def status(face: Face, broadcast: int) -> None:
    """Show."""
    _show(face, face.shop.broadcasts.status(broadcast))


def _as_status(face: Face, now: Status) -> dict[str, Any]:
    mail = mailings.as_json(mailings.sums_of(face, now.id))
    return {**plain(now), "reasons": face.shop.broadcasts.reasons(now.id), **mail}


def _show(face: Face, now: Status) -> None:
    counts = (
        (now.accepted, _("{n} accepted by LINE")),
        (now.remaining, _("{n} to go")),
        (now.failed, _("{n} refused by LINE")),
        (now.unknown, _("{n} unclear")),
        (now.cancelled, _("{n} cancelled")),
        (now.excluded, _("{n} left out")),
    )
    parts = [said.format(n=f"{number:,}") for number, said in counts if number]
    shown = _as_status(face, now)
    lines = [_(STATES[now.state]) + ": " + (", ".join(parts) or _("nobody chosen yet"))]
    lines += [_variant_line(one) for one in now.variants]
    lines += [f"  – {_(BECAME[one.state])}: {one.sentence}: {one.count:,}" for one in shown["reasons"]]
    lines += [now.sentence] if now.sentence else []
    face.show(shown, [*lines, *mailings.sums_lines(mailings.sums_of(face, now.id))])


def _variant_line(one: Variant) -> str:
    said = _("  {name}: {accepted} of {planned} accepted by LINE")
    return said.format(name=one.name.upper(), accepted=f"{one.accepted:,}", planned=f"{one.planned:,}")


broadcasts.add_command(mailings.mail)

COMMANDS = (broadcasts,)
