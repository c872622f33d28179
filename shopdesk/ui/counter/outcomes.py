"""What the counter says of each answer: a mood (colour, sound), an icon, one big sentence, and what to tell the customer."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from shopdesk import scancodes
from shopdesk.clock import japan_day
from shopdesk.coupons import AlreadyUsedError, ExpiredError as CouponExpiredError
from shopdesk.errors import ShopDeskError
from shopdesk.i18n import N_, _, _n
from shopdesk.staff import OWNER
from shopdesk.ui.amounts import number
from shopdesk.ui.counter.offers import times
from shopdesk.ui.days import clock_time, day_time, when
from shopdesk.ui.loyalty.words import added, units

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

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


@dataclass(frozen=True, slots=True)
class _Known:
    """How a refusal of the services is shown; its own sentence stands below the big one."""

    mood: Mood
    icon: str
    sentence: str
    advice: str = ""


_CARD_OR_COUPON = N_("Look for the customer by card number or phone.")
_LONGEST_NUMBER = 11
"""Of a phone; what is longer was scanned."""
_COUPON_EXPIRED = "expired coupon"
"""A coupon and a code on a phone run out under the same name; what to say differs."""
_USED = _Known("before", "circle-slash", N_("This coupon is used"), N_("“This one was used earlier.”"))
_KNOWN = {
    "already_used": _USED,
    "already_counted": _Known(
        "before", "stamp", N_("Already counted today"), N_("“Today's visit is on your card already.”")
    ),
    "expired": _Known("late", "clock", N_("This code has run out"), N_("“Could you open the card once more?”")),
    _COUPON_EXPIRED: _Known("late", "calendar", N_("This coupon has expired"), N_("“This one is past its last day.”")),
    "not_yet": _Known("late", "calendar", N_("Not yet"), N_("“This can be used a little later.”")),
    "wrong_day": _Known("late", "calendar", N_("Not on this day"), N_("“This is for other days of the week.”")),
    "wrong_hour": _Known("late", "clock", N_("Not at this hour"), N_("“This is for another time of the day.”")),
    "coupon_closed": _Known("late", "circle-slash", N_("This coupon has ended")),
    "revoked": _Known("wrong", "credit-card", N_("This card was replaced"), N_("Ask for the new card.")),
    "nonce_reused": _Known(
        "before", "stamp", N_("Done already"), N_("If it was wrong, take it back under “Just now”. Then scan again.")
    ),
    "not_ours": _Known("wrong", "circle-alert", N_("Not of this shop"), _CARD_OR_COUPON),
    "not_won": _Known("wrong", "dices", N_("This lottery ticket did not win")),
    "below_minimum": _Known("wrong", "shopping-bag", N_("The purchase is too small")),
    "needs_passing_code": _Known(
        "wrong", "smartphone", N_("The code on the phone is needed"), N_("“Could you show the card on your phone?”")
    ),
    "limit": _Known("wrong", "hand", N_("The limit is reached")),
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
    "too_late": _Known("late", "clock", N_("Too late to take back")),
    "not_allowed": _Known("wrong", "lock", N_("Not with your role")),
}


def is_refusal(error: Exception) -> bool:
    """Say whether the services refused something; a fault can be tried again as it was."""
    return _code(error) in _KNOWN


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


def refused(error: Exception) -> Outcome:
    """Return how a refusal or a fault is shown."""
    said = str(error) if isinstance(error, ShopDeskError) else _("Something went wrong. The log says more; try again.")
    return _refused(_code(error), said)


def not_used(error: Exception, held: Held, now: datetime) -> Outcome:
    """Return why a coupon is not taken after all."""
    if isinstance(error, AlreadyUsedError):
        return _used_before(held, error.at, error.till, error.staff, now)
    return replace(refused(error), about=held.ticket_id)


def _used_before(held: Held, at: datetime, till: str, staff: str, now: datetime) -> Outcome:
    """Return when and where a coupon was used, so that it is seen at a glance."""
    day = when(at, now) if japan_day(at) == japan_day(now) else day_time(at)
    said = _("Used {when} at {till}") if till else _("Used {when}")
    return Outcome(
        _USED.mood,
        _USED.icon,
        _(_USED.sentence),
        said.format(when=day, till=till),
        _(_USED.advice),
        "used",
        (clock_time(at), till),
        "・".join(filter(None, (held.coupon.offer.name, "" if staff == OWNER.name else staff))),
        held.ticket_id,
    )


def unusable(held: Held, now: datetime) -> Outcome:
    """Return why a coupon that was scanned cannot be used."""
    code, said = held.refusal
    if held.used_at is not None:
        return _used_before(held, held.used_at, held.till, held.staff, now)
    known = _refused(_COUPON_EXPIRED if code == CouponExpiredError.code else code, said)
    return replace(known, about=held.ticket_id)


def _refused(code: str, said: str) -> Outcome:
    known = _KNOWN.get(code, _Known("wrong", "triangle-alert", N_("This was not done")))
    return Outcome(
        known.mood, known.icon, _(known.sentence), said, _(known.advice) if known.advice else "", _sound(known, code)
    )


def is_nobodys_number(typed: str, error: Exception) -> bool:
    """Say whether a card's number or the end of a phone's was typed, and nobody has it."""
    return _code(error) == "not_ours" and scancodes.read(typed) is None and len(typed) <= _LONGEST_NUMBER


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
        _(_CARD_OR_COUPON),
        "wrong",
    )


def _code(error: Exception) -> str:
    if not isinstance(error, ShopDeskError):
        return ""
    return _COUPON_EXPIRED if isinstance(error, CouponExpiredError) else error.code


def _sound(known: _Known, code: str) -> str:
    return "used" if code == "already_used" else {"before": "before", "late": "late"}.get(known.mood, "wrong")
