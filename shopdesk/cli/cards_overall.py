"""`cards rules`, `cards sheet` and others that concern all cards together."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shopdesk.cards import dump, parse
from shopdesk.cli.card_standing import number, show_counted, why
from shopdesk.cli.face import Face, as_file, day_and_time, pass_face, read_json
from shopdesk.cli.words import NUMBER, Command, option
from shopdesk.i18n import N_, _, _n

if TYPE_CHECKING:
    from shopdesk.cards import SheetRow, Suspicion, Uncounted

_LOOKED_BACK = timedelta(days=30)
_EXAMPLE = """
{"per_visit": 1, "per_yen": 0, "goal": 10, "welcome": 1, "rank_by": "points", "expiry": "visit", "expiry_months": 12,
 "rewards": [{"points": 10, "coupon_id": 1, "days": 60, "worth_yen": 500}],
 "ranks": [{"name": "ゴールド", "least": 50, "percent": 150}],
 "notice": true, "notice_days": 30, "notice_text": "", "once_a_day": false, "card_day_limit": 0, "staff_day_limit": 0,
 "paper_rewards": false, "stamp": "cake", "colour": "red", "picture": ""}
"""


@click.command(
    cls=Command, help=N_("The rules of the card, as a file; with a JSON file, put new ones in force."), example=_EXAMPLE
)
@click.argument("file", type=click.Path(path_type=Path), required=False)
@option("--preview", is_flag=True, help=N_("Only say how many cards the new rules would touch."))
@pass_face
def rules(face: Face, file: Path | None, preview: bool) -> None:
    """Show or publish."""
    design = face.shop.cards.design
    if file is None:
        found = dump(design.rules())
        face.show({"rules": found}, [as_file(found)])
        return
    wanted = parse(read_json(file))
    seen = design.preview(wanted)
    said = _n(
        "{holders} card, {with_points} with points: these stay, and expire when they were to. {full} will be full at the next visit.",
        "{holders} cards, {with_points} with points: these stay, and expire when they were to. {full} will be full at the next visit.",
        seen.holders,
    )
    line = said.format(holders=f"{seen.holders:,}", with_points=f"{seen.with_points:,}", full=f"{seen.full:,}")
    if not preview:
        design.publish(wanted)
    face.show({"rules": dump(wanted), "preview": asdict(seen), "published": not preview}, [line])


@click.command(cls=Command, help=N_("The balance of every card by name, to print for the day when nothing works."))
@pass_face
def sheet(face: Face) -> None:
    """List the balances."""
    rows, totals = face.shop.cards.sheet(), face.shop.cards.totals()
    face.show({"cards": rows, **asdict(totals)}, [*map(_sheet_line, rows)] or [_("Nobody has a card yet.")])


def _sheet_line(one: SheetRow) -> str:
    return f"{one.name}  {number(one.card_id)}  {one.balance:,}  {day_and_time(one.expires_at)}"


@click.command(cls=Command, help=N_("What looked odd at the tills within the last 30 days."))
@pass_face
def suspicions(face: Face) -> None:
    """List them."""
    found = face.shop.cards.suspicions(face.shop.clock.now() - _LOOKED_BACK)
    face.show({"suspicions": found}, [*map(_odd_line, found)] or [_("Nothing looked odd.")])


def _odd_line(one: Suspicion) -> str:
    said = {
        "many_scans": _("one card scanned often in a day by one person"),
        "voids": _("many entries taken back in a day by one person"),
        "two_tills": _("one card at two tills within a minute"),
        "paper_use": _("points used with a printed code"),
        "kept": _("a visit taken back whose reward had been handed over"),
        "replayed": _("an old code shown again"),
        "unproved": _("a code on the phone that did not hold, noted without the shop's data"),
    }
    card = "" if one.card_id is None else number(one.card_id)
    shown = (day_and_time(one.at), said[one.kind], f"×{one.count}", card, one.actor, one.till)
    return "  ".join(filter(None, shown))


@click.command(cls=Command, help=N_("Visits that tills noted without the shop's data and that could not be counted."))
@option("--settle", metavar="NONCE", help=N_("Take this one off the list: it is seen to."))
@pass_face
def uncounted(face: Face, settle: str | None) -> None:
    """List them."""
    visits = face.shop.cards.uncounted
    if settle:
        visits.settle([settle])
    found = visits.list()
    nothing = _("Every visit that was noted is counted.")
    face.show({"uncounted": found}, [*map(_uncounted_line, found)] or [nothing])


@click.command(
    "count-noted",
    cls=Command,
    help=N_("Give a card what a visit brings that could not be counted; the visit leaves the list."),
)
@click.argument("nonce")
@click.argument("card", type=NUMBER)
@why
@pass_face
def count_noted(face: Face, nonce: str, card: int, reason: str) -> None:
    """Count it by hand."""
    show_counted(face, face.shop.cards.uncounted.count_for(nonce, card, reason))


def _uncounted_line(one: Uncounted) -> str:
    card = "" if one.card_number is None else number(one.card_number)
    counted = _n("{n} visit", "{n} visits", one.visits).format(n=one.visits) if one.visits else ""
    spent = "" if one.yen is None else _("{yen} yen").format(yen=f"{one.yen:,}")
    shown = (day_and_time(one.at), card, counted, spent, one.actor, one.till, one.why, one.nonce)
    return "  ".join(filter(None, shown))


COMMANDS = (rules, sheet, suspicions, uncounted, count_noted)
