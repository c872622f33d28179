"""The parts of a card's page, drawn from what it shows."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from shopdesk.cards import MOST_FIELDS
from shopdesk.clock import in_japan
from shopdesk.coupons import brief, ends_said
from shopdesk.gateway.markup import Markup, icon, joined, tag, words
from shopdesk.gateway.pages import part
from shopdesk.i18n import N_, for_customers
from shopdesk.japanese import phrased

if TYPE_CHECKING:
    from shopdesk.cards import Card, Entry, Shown

_SIZES = {5: "stamps", 7: "stamps some", 10: "stamps many"}
_ICONS = {"cake": "cake-slice", "star": "star", "cup": "coffee", "flower": "flower"}
_KINDS = {
    "earn": N_("Visit"),
    "welcome": N_("Welcome"),
    "use": N_("Points used"),
    "expire": N_("Points expired"),
    "reverse": N_("Taken back"),
    "adjust": N_("Corrected by the shop"),
    "merge": N_("Points of your other card"),
}


def name(card: Card) -> Markup:
    """Return whose card it is."""
    return words(N_("Card of {name}"), name=card.name) if card.name else words(N_("Shop card"))


def rank(card: Card) -> Markup:
    """Return the rank, where they have one."""
    return tag("span", card.rank, class_="rank") if card.rank else Markup()


def stamps(shown: Shown) -> Markup:
    """Return the fields of the card with its stamps, or a bar where these would be too many."""
    goal, balance = shown.rules.goal, shown.card.balance
    said = words(N_("{n} of {goal}"), n=f"{balance:,}", goal=f"{goal:,}")
    if goal > MOST_FIELDS:
        bar = tag("progress", max=str(goal), value=str(min(balance, goal)), aria_hidden="true")
        return tag("div", bar, said, class_="points")
    brings = {one.points: brief(one.offer, for_customers) for one in shown.waymarks}
    fields = (_field(number, shown, brings.get(number, "")) for number in range(1, goal + 1))
    return tag("div", *fields, class_=_SIZES[shown.rules.across], role="img", aria_label=said)


def _field(number: int, shown: Shown, brings: str) -> Markup:
    rules = shown.rules
    if number <= shown.card.balance:
        stamp = icon("gift" if brings else _ICONS.get(rules.stamp, "star"))
        if rules.picture and not brings:
            stamp = Markup(f'<img src="/card/picture/{rules.picture}" alt="">')
        return tag("span", stamp, class_="full")
    if brings:
        return tag("span", tag("span", phrased(brings, narrow=True)), icon("gift"), class_="brings")
    return tag("span", str(number))


def ahead(shown: Shown) -> Markup:
    """Return how far it is to the next reward, or what is on the card where there is none."""
    balance = shown.card.balance
    count = N_("{n} stamps") if shown.rules.goal <= MOST_FIELDS else N_("{n} points")
    following = next((one for one in shown.waymarks if one.points > balance), None)
    if following is None:
        return words(N_("{n} on the card"), n=tag("strong", words(count, n=f"{balance:,}")))
    left = tag("strong", words(count, n=f"{following.points - balance:,}"))
    return words(N_("{n} more to: {reward}"), n=left, reward=following.offer.name)


def expires(card: Card) -> Markup:
    """Return the last day of the points, nothing where they have none."""
    if card.expires_at is None or not card.balance:
        return Markup()
    last = in_japan(card.expires_at - timedelta(microseconds=1))
    return words(N_("Good until {month}/{day}/{year}"), month=str(last.month), day=str(last.day), year=str(last.year))


def coupons(shown: Shown, key: str) -> Markup:
    """Return the coupons that the person can use, each with a button that opens it."""
    return joined(
        part(
            "card_coupon",
            key=key,
            ticket=str(one.ticket_id),
            icon=icon("gift"),
            name=one.coupon.offer.name,
            until=_until(ends_said(one.coupon.offer, one.until, for_customers)),
            take=words(N_("Open")),
        )
        for one in shown.coupons
    )


def _until(day: str) -> Markup:
    return words(N_("until {day}"), day=day) if day else Markup()


def entries(shown: Shown) -> Markup:
    """Return what was counted, the newest first; of merged cards no part of a point, which is no line of its own."""
    counted = [one for one in shown.history if one.points or one.kind != "merge"]
    if not counted:
        return tag("p", words(N_("Nothing was counted yet.")), class_="soft")
    return tag("ul", *map(_entry, counted))


def _entry(one: Entry) -> Markup:
    at = in_japan(one.at)
    day = tag("small", words(N_("{month}/{day}"), month=str(at.month), day=str(at.day)))
    kind = N_("Purchase") if one.kind == "earn" and not one.visits else _KINDS[one.kind]
    return tag(
        "li", day, tag("span", words(kind)), tag("b", f"{one.points:+,}"), class_="undone" if one.reversed else ""
    )
