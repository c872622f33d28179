"""What the counter says of each answer: a mood (colour, sound), an icon, one big sentence, and what to tell the customer."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from shopdesk.i18n import N_, _, _n
from shopdesk.ui.amounts import number
from shopdesk.ui.counter.offers import times
from shopdesk.ui.loyalty.words import added, units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.cards import Counted, Noted, Rules
    from shopdesk.coupons import Held, Use

Mood = Literal["success", "before", "late", "wrong", "ask"]
"""Done; done before; its time is over or has not come; not taken; something is wanted first."""
COLOURS: dict[Mood, tuple[str, str, str]] = {
    "success": ("success_soft", "success_solid", "success_text"),
    "before": ("warning_soft", "warning_solid", "warning_text"),
    "late": ("info_soft", "info_solid", "info_text"),
    "wrong": ("danger_soft", "danger_solid", "danger_text"),
    "ask": ("accent_softer", "accent", "accent_text"),
}
"""The panel's ground, its edge, and what stands on it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One answer. `advice` is what to tell the customer or to do, '' where the sentence says it all.

    `strong` are the parts of the detail that somebody looks for first; `below` is what is of less weight. `about` is the number of the
    ticket that it is about, 0 for none.
    """

    mood: Mood
    icon: str
    sentence: str
    detail: str = ""
    advice: str = ""
    sound: str = ""
    strong: tuple[str, ...] = ()
    below: str = ""
    about: int = 0


LOOK_BY_NUMBER = N_("Look for the customer by card number or phone.")


def counted(done: Counted, rules: Rules, rewards: Sequence[str]) -> Outcome:
    """Return how a counted visit is shown; `rewards` are the names of what it brought."""
    if done.repeated:
        return Outcome("before", "stamp", _("Already counted"), _("This visit was counted a moment ago."), "", "before")
    if not done.points:
        return Outcome(
            "late", "stamp", _("Counted, with nothing added"), _balance(done, rules), _why_none(rules), "late"
        )
    if rewards:
        given = _("Now there: {names}").format(names=_named(rewards))
        return Outcome("success", "gift", added(done.points, rules), _balance(done, rules), given, "success")
    return Outcome("success", "circle-check", added(done.points, rules), _balance(done, rules), "", "success")


def _why_none(rules: Rules) -> str:
    return _("{yen} yen give the first point.").format(yen=number(rules.per_yen)) if rules.per_yen else ""


def _named(rewards: Sequence[str]) -> str:
    """Return the names of rewards, each once."""
    return "、".join(times(name, count) for name, count in Counter(rewards).items())


def out_of_reach() -> Outcome:
    """Return how it is shown that nobody can be looked up, and that a visit can still be noted."""
    return Outcome(
        "late",
        "triangle-alert",
        _("The shop's data is out of reach"),
        _("A visit can be noted on this computer. It is counted by itself when the connection is back."),
        _("Points and coupons wait until then."),
        "late",
    )


def nobody_signs_in() -> Outcome:
    """Return how it is shown that a badge was read while nobody can sign in."""
    return Outcome(
        "late",
        "lock",
        _("Signing in has to wait"),
        _("PINs can be checked when the connection is back. Visits are noted until then."),
        "",
        "late",
    )


def noted(done: Noted, waiting: int) -> Outcome:
    """Return how a visit is shown that is counted later; `waiting` visits are."""
    said = _n("{n} visit waits for the connection.", "{n} visits wait for the connection.", waiting)
    card = "" if done.card_number is None else _("No. {number:05}").format(number=done.card_number)
    advice = _("“Your stamp comes as soon as we are connected again.”")
    return Outcome(
        "success", "circle-check", _("The visit is noted"), card or said.format(n=number(waiting)), advice, "success"
    )


def used(use: Use, words: str) -> Outcome:
    """Return how a coupon that was used is shown; `words` is what it gives."""
    if use.again:
        return Outcome("before", "ticket", _("Used a moment ago"), words, _("It was used once."), "before")
    if use.off_yen and use.sale_yen is not None:
        said = _("{sale} yen − {off} yen = {rest} yen")
        rest = said.format(sale=number(use.sale_yen), off=number(use.off_yen), rest=number(use.sale_yen - use.off_yen))
        return Outcome("success", "ticket", _("The coupon is used"), words, rest, "success")
    return Outcome("success", "ticket", _("The coupon is used"), words, "", "success")


def wants_code(held: Held, words: str) -> Outcome:
    """Return how the customer's phone is asked for before something is handed over; `words` is what."""
    return Outcome(
        "ask",
        "smartphone",
        _("Scan the code on the phone"),
        words,
        _("“Could you show the card on your phone?”"),
        "read",
        about=held.ticket_id,
    )


def taken_back(words: str, done: Counted | None) -> Outcome:
    """Return how it is shown that something was taken back; `done` is what that did to a card, which may be less than all."""
    if done is not None and done.kept:
        said = _n("Its reward was handed over and stays.", "Its {n} rewards were handed over and stay.", done.kept)
        advice = _("The owner is told. Ask the customer for it back, where it can be had.")
        return Outcome(
            "before", "gift", _("The visit is taken back"), said.format(n=number(done.kept)), advice, "before"
        )
    if done is not None and done.missing:
        said = _n("{n} point was used already and stays.", "{n} points were used already and stay.", done.missing)
        return Outcome(
            "before", "undo-2", _("The visit is taken back"), said.format(n=number(done.missing)), "", "before"
        )
    return Outcome("success", "undo-2", _("It is taken back"), words, "", "before")


def _balance(done: Counted, rules: Rules) -> str:
    if done.balance <= rules.goal:
        return _("{have} of {goal} now").format(have=number(done.balance), goal=number(rules.goal))
    return _("{have} now").format(have=units(done.balance, rules))


def not_found(typed: str) -> Outcome:
    """Return how it is shown that a number that was typed is nobody's."""
    return Outcome(
        "wrong",
        "circle-alert",
        _("{number} was not found").format(number=typed),
        _("No card has this number, and no phone ends with it."),
        _("Read the number once more, or look for the customer by another one."),
        "wrong",
    )


def not_a_code() -> Outcome:
    """Return how something is shown that was scanned and is no code of a shop's at all."""
    return Outcome(
        "wrong",
        "circle-alert",
        _("Not of this shop"),
        _("What was scanned is no code of a card or coupon."),
        _(LOOK_BY_NUMBER),
        "wrong",
    )
