"""A shop card, for people and for machines: what is on it, and what a write did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shopdesk.cli.face import Face, day_and_time
from shopdesk.cli.named import POINTS, named
from shopdesk.cli.words import option
from shopdesk.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from shopdesk.cards import Card, Counted, Entry, Issued


def why(command: Callable[..., Any]) -> Callable[..., Any]:
    """Ask a command that corrects something for its reason."""
    return option("--reason", required=True, help=N_("Why, in a few words."))(command)


def show_issued(face: Face, issued: Issued) -> None:
    """Print a card that was given with the code that opens it, which is shown only now."""
    card = issued.card
    face.show(as_json(face, card) | {"token": issued.code.digits}, [number(card.id), issued.code.digits])


def show_counted(face: Face, done: Counted) -> None:
    """Print what a write did, and its card."""
    card = face.shop.cards.get(done.card_id)
    said = {"entry": done.entry_id, "points": done.points, "missing": done.missing, "repeated": done.repeated}
    face.show(as_json(face, card) | said, lambda: _counted_lines(card, done))


def _counted_lines(card: Card, done: Counted) -> Iterator[str]:
    if done.repeated:
        yield _("Done before; nothing was changed now.")
    said = _("{number} {name}: {points} points, {balance} now (entry {entry}).")
    told = {"number": number(card.id), "name": card.name, "entry": done.entry_id}
    yield said.format(points=f"{done.points:+,}", balance=f"{done.balance:,}", **told)
    if done.missing:
        yield _("{points} more were to be taken back and had been used already.").format(points=f"{done.missing:,}")
    for one in done.rewards:
        until = day_and_time(one.until)
        yield _("Reward for {points} points: a coupon, good until {until}.").format(points=one.points, until=until)


def as_json(face: Face, card: Card) -> dict[str, Any]:
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


def lines(face: Face, card: Card) -> Iterator[str]:
    """Say what is on a card, and every movement of its points."""
    said = _("{number} {name}: {balance} points, the next expire: {expires}")
    told = {"number": number(card.id), "name": card.name, "expires": day_and_time(card.expires_at)}
    yield said.format(balance=f"{card.balance:,}", **told)
    yield from map(_entry_line, face.shop.cards.history(card.customer_id)[::-1])


def _entry_line(one: Entry) -> str:
    taken_back = _("taken back") if one.reversed else ""
    shown = (
        str(one.id),
        day_and_time(one.at),
        named(POINTS, one.kind),
        f"{one.points:+,}",
        one.till,
        one.reason,
        taken_back,
    )
    return "  ".join(filter(None, shown))


def number(card_id: int) -> str:
    """Return a card's number as it is printed on it."""
    return _("No. {number}").format(number=f"{card_id:05}")
