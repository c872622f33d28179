"""`cards …`: shop cards given out, scanned, used and corrected."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

import click

from shopdesk.cli import cards_overall as overall
from shopdesk.cli.card_standing import as_json, lines, show_counted, show_issued, why
from shopdesk.cli.face import Face, pass_face
from shopdesk.cli.words import COUNT, NUMBER, Group, option
from shopdesk.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable


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


def _till(said: str) -> str:
    return said or socket.gethostname()


@cards.command(help=N_("Give a customer a card; without a customer somebody new. The code to print is shown only now."))
@click.argument("customer", type=NUMBER, required=False)
@option("--name", default="", help=N_("What the customer wants to be called."))
@pass_face
def issue(face: Face, customer: int | None, name: str) -> None:
    """Give a card."""
    service = face.shop.cards
    show_issued(face, service.walk_in(name) if customer is None else service.issue(customer, name))


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
    show_issued(face, face.shop.cards.blanks.give(token, name))


@cards.command(help=N_("Give a lost card a new code; the old one opens nothing any more, the points stay."))
@click.argument("customer", type=NUMBER)
@pass_face
def replace(face: Face, customer: int) -> None:
    """Replace the code."""
    service = face.shop.cards
    show_issued(face, service.replace(service.card_of(customer).id))


@cards.command(help=N_("Count a visit, or yen, on the card of a code or card number."))
@click.argument("token")
@option("--visits", type=COUNT, default=1, help=N_("How many visits; one by default."))
@option("--yen", type=COUNT, help=N_("How much was paid."))
@_at_till
@pass_face
def scan(face: Face, token: str, visits: int, yen: int | None, nonce: str | None, till: str) -> None:
    """Count."""
    show_counted(face, face.shop.cards.scan(token, visits=visits, yen=yen, till=_till(till), nonce=nonce))


@cards.command("use", help=N_("Use points, with the code that the customer's phone shows."))
@click.argument("token")
@click.argument("points", type=COUNT)
@_at_till
@pass_face
def use_points(face: Face, token: str, points: int, nonce: str | None, till: str) -> None:
    """Use points."""
    show_counted(face, face.shop.cards.use(token, points, till=_till(till), nonce=nonce))


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
    face.show(as_json(face, card), lambda: lines(face, card))


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
@why
@_at_till
@pass_face
def adjust(face: Face, customer: int, add: int, take: int, reason: str, nonce: str | None, till: str) -> None:
    """Correct the points."""
    if bool(add) == bool(take):
        raise click.UsageError(_("Say --add or --take."))
    service = face.shop.cards
    card = service.card_of(customer)
    show_counted(face, service.adjust(card.id, add - take, reason, till=_till(till), nonce=nonce))


@cards.command(help=N_("Take back what you counted within the last ten minutes, by the number of its entry."))
@click.argument("entry", type=NUMBER)
@option("--older", is_flag=True, help=N_("Also what is older, or somebody else's."))
@why
@_at_till
@pass_face
def void(face: Face, entry: int, older: bool, reason: str, nonce: str | None, till: str) -> None:
    """Take back."""
    service = face.shop.cards
    take_back = service.reverse if older else service.void
    show_counted(face, take_back(entry, reason, till=_till(till), nonce=nonce))


@cards.command(help=N_("Take back the points of a purchase that is paid back in part, by the number of its entry."))
@click.argument("entry", type=NUMBER)
@click.argument("yen", type=COUNT)
@option("--reason", default="", help=N_("Why, in a few words."))
@_at_till
@pass_face
def refund(face: Face, entry: int, yen: int, reason: str, nonce: str | None, till: str) -> None:
    """Take back in part."""
    show_counted(face, face.shop.cards.refund(entry, yen, reason, till=_till(till), nonce=nonce))


for command in overall.COMMANDS:
    cards.add_command(command)

COMMANDS = (cards,)
