"""How the counter shows that something was not done: what the services refused, and why a coupon is not taken."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shopdesk import scancodes
from shopdesk.clock import japan_day
from shopdesk.coupons import AlreadyUsedError, ExpiredError as CouponExpiredError
from shopdesk.errors import ShopDeskError
from shopdesk.i18n import N_, _
from shopdesk.staff import OWNER
from shopdesk.ui.counter.outcomes import LOOK_BY_NUMBER, Outcome
from shopdesk.ui.days import clock_time, day_time, when

if TYPE_CHECKING:
    from datetime import datetime

    from shopdesk.coupons import Held
    from shopdesk.ui.counter.outcomes import Mood


@dataclass(frozen=True, slots=True)
class _Known:
    """How a refusal of the services is shown; its own sentence stands below the big one."""

    mood: Mood
    icon: str
    sentence: str
    advice: str = ""


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
    "not_ours": _Known("wrong", "circle-alert", N_("Not of this shop"), LOOK_BY_NUMBER),
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


def is_nobodys_number(typed: str, error: Exception) -> bool:
    """Say whether a card's number or the end of a phone's was typed, and nobody has it."""
    return _code(error) == "not_ours" and scancodes.read(typed) is None and len(typed) <= _LONGEST_NUMBER


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


def _code(error: Exception) -> str:
    if not isinstance(error, ShopDeskError):
        return ""
    return _COUPON_EXPIRED if isinstance(error, CouponExpiredError) else error.code


def _sound(known: _Known, code: str) -> str:
    return "used" if code == "already_used" else {"before": "before", "late": "late"}.get(known.mood, "wrong")
