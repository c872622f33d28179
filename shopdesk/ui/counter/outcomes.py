"""What the counter says of each answer: a mood (colour, sound), an icon, one big sentence, and what to tell the customer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from shopdesk.coupons import ExpiredError as CouponExpiredError
from shopdesk.errors import ShopDeskError
from shopdesk.i18n import N_, _, _n
from shopdesk.ui.amounts import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.cards import Counted, Noted
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
    """One answer. `advice` is what to tell the customer or to do, '' where the sentence says it all."""

    mood: Mood
    icon: str
    sentence: str
    detail: str = ""
    advice: str = ""
    sound: str = ""


@dataclass(frozen=True, slots=True)
class _Known:
    """How a refusal of the services is shown; its own sentence stands below the big one."""

    mood: Mood
    icon: str
    sentence: str
    advice: str = ""


_CARD_OR_COUPON = N_("Look for the customer by card number or phone.")
_COUPON_EXPIRED = "expired coupon"
"""A coupon and a code on a phone run out under the same name; what to say differs."""
_KNOWN = {
    "already_counted": _Known(
        "before", "stamp", N_("Already counted today"), N_("“Today's visit is on your card already.”")
    ),
    "already_used": _Known("before", "circle-slash", N_("This coupon is used"), N_("“This one was used earlier.”")),
    "expired": _Known("late", "clock", N_("This code has run out"), N_("“Could you open the card once more?”")),
    _COUPON_EXPIRED: _Known("late", "calendar", N_("This coupon has expired"), N_("“This one is past its last day.”")),
    "not_yet": _Known("late", "calendar", N_("Not yet"), N_("“This can be used a little later.”")),
    "wrong_day": _Known("late", "calendar", N_("Not on this day"), N_("“This is for other days of the week.”")),
    "wrong_hour": _Known("late", "clock", N_("Not at this hour"), N_("“This is for another time of the day.”")),
    "coupon_closed": _Known("late", "circle-slash", N_("This coupon has ended")),
    "revoked": _Known("wrong", "credit-card", N_("This card was replaced"), N_("Ask for the new card.")),
    "not_ours": _Known("wrong", "circle-alert", N_("Not of this shop"), _CARD_OR_COUPON),
    "not_won": _Known("wrong", "dices", N_("This lottery ticket did not win")),
    "below_minimum": _Known("wrong", "shopping-bag", N_("The purchase is too small")),
    "needs_passing_code": _Known(
        "wrong", "smartphone", N_("The code on the phone is needed"), N_("“Could you show the card on your phone?”")
    ),
    "limit": _Known("wrong", "hand", N_("The limit is reached"), N_("Ask the owner or a manager.")),
    "limit_reached": _Known(
        "wrong", "hand", N_("No more uses"), N_("“This coupon has been used as often as it can be.”")
    ),
    "needs_card_number": _Known(
        "ask", "credit-card", N_("Read the card's number"), N_("“Could you read me the number on your card?”")
    ),
    "blank_taken": _Known("before", "credit-card", N_("This card has been given away"), N_("Scan it again.")),
    "offline": _Known(
        "wrong", "triangle-alert", N_("The shop's data is out of reach"), N_("“Could you use it the next time?”")
    ),
    "too_late": _Known("late", "clock", N_("Too late to take back"), N_("Ask the owner or a manager.")),
    "not_allowed": _Known("wrong", "lock", N_("Not with your role"), N_("Ask the owner or a manager.")),
}


def is_refusal(error: Exception) -> bool:
    """Say whether the services refused something; a fault can be tried again as it was."""
    return _code(error) in _KNOWN


def counted(done: Counted, goal: int, rewards: Sequence[str]) -> Outcome:
    """Return how a counted visit is shown; `rewards` are the names of what it brought."""
    if done.repeated:
        return Outcome("before", "stamp", _("Already counted"), _("This visit was counted a moment ago."), "", "before")
    sentence = _n("{n} stamp added", "{n} stamps added", done.points).format(n=number(done.points))
    if rewards:
        given = _("Now there: {names}").format(names="、".join(rewards))
        return Outcome("success", "gift", sentence, _balance(done, goal), given, "success")
    return Outcome("success", "circle-check", sentence, _balance(done, goal), "", "success")


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


def wants_code(words: str) -> Outcome:
    """Return how the customer's phone is asked for before something is handed over."""
    return Outcome(
        "ask",
        "smartphone",
        _("Scan the code on the phone"),
        words,
        _("“Could you show the card on your phone?”"),
        "read",
    )


def taken_back(words: str) -> Outcome:
    """Return how it is shown that something was taken back."""
    return Outcome("success", "undo-2", _("Taken back"), words, "", "before")


def _balance(done: Counted, goal: int) -> str:
    if done.balance <= goal:
        return _("{have} of {goal} now").format(have=number(done.balance), goal=number(goal))
    return _("{have} points now").format(have=number(done.balance))


def refused(error: Exception) -> Outcome:
    """Return how a refusal or a fault is shown."""
    said = str(error) if isinstance(error, ShopDeskError) else _("Something went wrong. The log says more; try again.")
    return _refused(_code(error), said)


def unusable(held: Held) -> Outcome:
    """Return why a coupon that was scanned cannot be used."""
    code, said = held.refusal
    return _refused(_COUPON_EXPIRED if code == CouponExpiredError.code else code, said)


def _refused(code: str, said: str) -> Outcome:
    known = _KNOWN.get(code, _Known("wrong", "triangle-alert", N_("This was not done")))
    return Outcome(
        known.mood, known.icon, _(known.sentence), said, _(known.advice) if known.advice else "", _sound(known, code)
    )


def not_a_code() -> Outcome:
    """Return how something is shown that was scanned and is no code of a shop's at all."""
    return Outcome(
        "wrong",
        "circle-alert",
        _("Not of this shop"),
        _("What was scanned is no code of a card or coupon."),
        _(_CARD_OR_COUPON),
        "wrong",
    )


def _code(error: Exception) -> str:
    if not isinstance(error, ShopDeskError):
        return ""
    return _COUPON_EXPIRED if isinstance(error, CouponExpiredError) else error.code


def _sound(known: _Known, code: str) -> str:
    return "used" if code == "already_used" else {"before": "before", "late": "late"}.get(known.mood, "wrong")
