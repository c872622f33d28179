"""`cards …`: shop cards given out, scanned, used and corrected."""

from __future__ import annotations

import socket
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from shopdesk.cards import Rules, dump, parse
from shopdesk.cli.face import Face, day_and_time, pass_face, read_json
from shopdesk.cli.words import COUNT, NUMBER, Group, option
from shopdesk.i18n import N_, _, _n

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from shopdesk.cards import Card, Counted, Entry, Issued, SheetRow, Suspicion, Uncounted

_LOOKED_BACK = timedelta(days=30)


@click.group(cls=Group, help=N_("Shop cards: given out, scanned, points used and corrected."))
def cards() -> None:
    """Hold the commands about cards."""


def _at_till(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what every write from a till says."""
    for add in (
        option("--nonce", help=N_("A UUID for this request: the same one again changes nothing.")),
        option("--till", default="", help=N_("The name of the till; the name of this computer by default.")),
    ):
        command = add(command)
    return command


def _why(command: Callable[..., Any]) -> Callable[..., Any]:
    return option("--reason", required=True, help=N_("Why, in a few words."))(command)


def _till(said: str) -> str:
    return said or socket.gethostname()


@cards.command(help=N_("Give a customer a card; without a customer somebody new. The code to print is shown only now."))
@click.argument("customer", type=NUMBER, required=False)
@option("--name", default="", help=N_("What the customer wants to be called."))
@pass_face
def issue(face: Face, customer: int | None, name: str) -> None:
    """Give a card."""
    service = face.shop.cards
    _show_issued(face, service.walk_in(name) if customer is None else service.issue(customer, name))


@cards.command(help=N_("Make codes for blank cards, to be printed; they are shown only now."))
@click.argument("count", type=COUNT)
@pass_face
def blank(face: Face, count: int) -> None:
    """Make codes."""
    made = [one.digits for one in face.shop.cards.blanks.make(count)]
    face.show({"tokens": made}, made)


@cards.command(help=N_("Give a blank card to somebody who has none, by its code."))
@click.argument("token")
@option("--name", default="", help=N_("What the customer wants to be called."))
@pass_face
def give(face: Face, token: str, name: str) -> None:
    """Give a blank card."""
    _show_issued(face, face.shop.cards.blanks.give(token, name))


@cards.command(help=N_("Give a lost card a new code; the old one opens nothing any more, the points stay."))
@click.argument("customer", type=NUMBER)
@pass_face
def replace(face: Face, customer: int) -> None:
    """Replace the code."""
    service = face.shop.cards
    _show_issued(face, service.replace(service.card_of(customer).id))


@cards.command(help=N_("Count a visit, or yen, on the card of a code or card number."))
@click.argument("token")
@option("--visits", type=COUNT, default=1, help=N_("How many visits; one by default."))
@option("--yen", type=COUNT, help=N_("How much was paid."))
@_at_till
@pass_face
def scan(face: Face, token: str, visits: int, yen: int | None, nonce: str | None, till: str) -> None:
    """Count."""
    _show_counted(face, face.shop.cards.scan(token, visits=visits, yen=yen, till=_till(till), nonce=nonce))


@cards.command("use", help=N_("Use points, with the code that the customer's phone shows."))
@click.argument("token")
@click.argument("points", type=COUNT)
@_at_till
@pass_face
def use_points(face: Face, token: str, points: int, nonce: str | None, till: str) -> None:
    """Use points."""
    _show_counted(face, face.shop.cards.use(token, points, till=_till(till), nonce=nonce))


@cards.command("hand-over", help=N_("Use a coupon of the customer whose phone shows the code, by the coupon's number."))
@click.argument("token")
@click.argument("ticket", type=NUMBER)
@option("--yen", "sale", type=COUNT, help=N_("What the sale is before the coupon."))
@_at_till
@pass_face
def hand_over(face: Face, token: str, ticket: int, sale: int | None, nonce: str | None, till: str) -> None:
    """Use a coupon."""
    used = face.shop.cards.hand_over(token, ticket, till=_till(till), nonce=nonce, sale_yen=sale)
    said = _("Done before; nothing was changed now.") if used.again else used.name
    face.show({"coupon": used.coupon_id, "ticket": used.ticket_id, "repeated": used.again}, [said])


@cards.command(help=N_("A customer's card with every movement of its points."))
@click.argument("customer", type=NUMBER)
@pass_face
def show(face: Face, customer: int) -> None:
    """Show."""
    card = face.shop.cards.card_of(customer)
    face.show(_card(face, card), lambda: _lines(face, card))


@cards.command(help=N_("The address of a customer's card page: whoever has it sees the card."))
@click.argument("customer", type=NUMBER)
@pass_face
def page(face: Face, customer: int) -> None:
    """Show where the card is."""
    service = face.shop.cards
    card = service.card_of(customer)
    url = service.pages.address(card.id)
    face.show({"card": card.id, "url": url}, [url])


@cards.command(help=N_("Add points by hand, or take them off."))
@click.argument("customer", type=NUMBER)
@option("--add", type=COUNT, default=0, help=N_("So many points more."))
@option("--take", type=COUNT, default=0, help=N_("So many points less."))
@_why
@_at_till
@pass_face
def adjust(face: Face, customer: int, add: int, take: int, reason: str, nonce: str | None, till: str) -> None:
    """Correct the points."""
    if bool(add) == bool(take):
        raise click.UsageError(_("Say --add or --take."))
    service = face.shop.cards
    card = service.card_of(customer)
    _show_counted(face, service.adjust(card.id, add - take, reason, till=_till(till), nonce=nonce))


@cards.command(help=N_("Take back what you counted within the last ten minutes, by the number of its entry."))
@click.argument("entry", type=NUMBER)
@option("--older", is_flag=True, help=N_("Also what is older, or somebody else's."))
@_why
@_at_till
@pass_face
def void(face: Face, entry: int, older: bool, reason: str, nonce: str | None, till: str) -> None:
    """Take back."""
    service = face.shop.cards
    take_back = service.reverse if older else service.void
    _show_counted(face, take_back(entry, reason, till=_till(till), nonce=nonce))


@cards.command(help=N_("Take back the points of a purchase that is paid back in part, by the number of its entry."))
@click.argument("entry", type=NUMBER)
@click.argument("yen", type=COUNT)
@option("--reason", default="", help=N_("Why, in a few words."))
@_at_till
@pass_face
def refund(face: Face, entry: int, yen: int, reason: str, nonce: str | None, till: str) -> None:
    """Take back in part."""
    _show_counted(face, face.shop.cards.refund(entry, yen, reason, till=_till(till), nonce=nonce))


@cards.command(help=N_("The rules of the card; with a JSON file, put new ones in force."))
@click.argument("file", type=click.Path(path_type=Path), required=False)
@option("--preview", is_flag=True, help=N_("Only say how many cards the new rules would touch."))
@pass_face
def rules(face: Face, file: Path | None, preview: bool) -> None:
    """Show or publish."""
    design = face.shop.cards.design
    if file is None:
        _show_rules(face, design.rules())
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


def _show_rules(face: Face, found: Rules) -> None:
    face.show({"rules": dump(found)}, lambda: (f"{name}: {value}" for name, value in dump(found).items()))


@cards.command(help=N_("The balance of every card by name, to print for the day when nothing works."))
@pass_face
def sheet(face: Face) -> None:
    """List the balances."""
    rows, totals = face.shop.cards.sheet(), face.shop.cards.totals()
    face.show({"cards": rows, **asdict(totals)}, [*map(_sheet_line, rows)] or [_("Nobody has a card yet.")])


def _sheet_line(one: SheetRow) -> str:
    return f"{one.name}  {_number(one.card_id)}  {one.balance:,}  {day_and_time(one.expires_at)}"


@cards.command(help=N_("What looked odd at the tills within the last 30 days."))
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
    card = "" if one.card_id is None else _number(one.card_id)
    shown = (day_and_time(one.at), said[one.kind], f"×{one.count}", card, one.actor, one.till)
    return "  ".join(filter(None, shown))


@cards.command(help=N_("Visits that tills noted without the shop's data and that could not be counted."))
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


@cards.command(
    "count-noted", help=N_("Give a card what a visit brings that could not be counted; the visit leaves the list.")
)
@click.argument("nonce")
@click.argument("card", type=NUMBER)
@_why
@pass_face
def count_noted(face: Face, nonce: str, card: int, reason: str) -> None:
    """Count it by hand."""
    _show_counted(face, face.shop.cards.uncounted.count_for(nonce, card, reason))


def _uncounted_line(one: Uncounted) -> str:
    card = "" if one.card_number is None else _number(one.card_number)
    counted = _n("{n} visit", "{n} visits", one.visits).format(n=one.visits) if one.visits else ""
    spent = "" if one.yen is None else _("{yen} yen").format(yen=f"{one.yen:,}")
    shown = (day_and_time(one.at), card, counted, spent, one.actor, one.till, one.why, one.nonce)
    return "  ".join(filter(None, shown))


def _show_issued(face: Face, issued: Issued) -> None:
    card = issued.card
    face.show(_card(face, card) | {"token": issued.code.digits}, [_number(card.id), issued.code.digits])


def _show_counted(face: Face, done: Counted) -> None:
    card = face.shop.cards.get(done.card_id)
    said = {"entry": done.entry_id, "points": done.points, "missing": done.missing, "repeated": done.repeated}
    face.show(_card(face, card) | said, lambda: _counted_lines(card, done))


def _counted_lines(card: Card, done: Counted) -> Iterator[str]:
    if done.repeated:
        yield _("Done before; nothing was changed now.")
    said = _("{number} {name}: {points} points, {balance} now (entry {entry}).")
    told = {"number": _number(card.id), "name": card.name, "entry": done.entry_id}
    yield said.format(points=f"{done.points:+,}", balance=f"{done.balance:,}", **told)
    if done.missing:
        yield _("{points} more were to be taken back and had been used already.").format(points=f"{done.missing:,}")
    for one in done.rewards:
        until = day_and_time(one.until)
        yield _("Reward for {points} points: a coupon, good until {until}.").format(points=one.points, until=until)


def _card(face: Face, card: Card) -> dict[str, Any]:
    """Return a card as the contract names it, the oldest movement first."""
    service = face.shop.cards
    return {
        "card": card.id,
        "token": None,
        "customer": card.customer_id,
        "name": card.name,
        "rank": card.rank,
        "balance": card.balance,
        "expires_at": card.expires_at,
        "entries": service.history(card.customer_id)[::-1],
        "rewards": service.rewards(card.customer_id),
    }


def _lines(face: Face, card: Card) -> Iterator[str]:
    said = _("{number} {name}: {balance} points, the next expire: {expires}")
    told = {"number": _number(card.id), "name": card.name, "expires": day_and_time(card.expires_at)}
    yield said.format(balance=f"{card.balance:,}", **told)
    yield from map(_entry_line, face.shop.cards.history(card.customer_id)[::-1])


def _entry_line(one: Entry) -> str:
    taken_back = _("taken back") if one.reversed else ""
    shown = (str(one.id), day_and_time(one.at), one.kind, f"{one.points:+,}", one.till, one.reason, taken_back)
    return "  ".join(filter(None, shown))


def _number(card_id: int) -> str:
    return _("No. {number}").format(number=f"{card_id:05}")


COMMANDS = (cards,)
