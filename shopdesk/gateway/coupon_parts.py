"""The parts of a coupon's page: what it promises, and what can be done with it just now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.clock import in_japan
from shopdesk.coupons import conditions, ends_said, headline, period, typed
from shopdesk.gateway.markup import Markup, icon, joined, qr_code, tag, words
from shopdesk.i18n import N_, for_customers
from shopdesk.line import typed_for_them

if TYPE_CHECKING:
    from shopdesk.coupons import Coupon, Held, Offer, OnPage

_GROUP = 6
_WIDTH = 700
_WHY = {
    "coupon_closed": N_("The shop has ended this coupon."),
    "not_yet": N_("This coupon has not begun yet."),
    "wrong_day": N_("This coupon is not for today."),
    "wrong_hour": N_("This coupon is not for this hour."),
}


def words_of(offer: Offer, held: Held | None) -> dict[str, Markup | str]:
    """Return what stands on the page whatever can be done with it; `held` where it is somebody's."""
    worth = headline(offer, for_customers)
    return {
        "title": offer.name,
        "name": offer.name,
        "picture": Markup(f'<img src="/media/{offer.picture}/{_WIDTH}" alt="">') if offer.picture else Markup(),
        "limit": words(N_("Once for each person") if offer.per_person == 1 else N_("Coupon")),
        "headline": joined(
            [
                *([tag("p", worth, class_="worth")] if _together(worth) not in _together(offer.name) else []),
                *([tag("p", offer.text)] if offer.text else []),
            ]
        ),
        "period": period(offer, None if held is None else held.until, for_customers),
        "conditions": joined(tag("p", one, class_="soft") for one in conditions(offer, for_customers)),
        "terms": _panel(N_("When you use it"), offer.terms),
    }


def _together(said: str) -> str:
    """Return a text without its spaces: 10% 引き is 10%引き."""
    return "".join(said.split())


def place(address: str, contact: str) -> Markup:
    """Return where the shop is, nothing where it does not say."""
    return _panel(N_("Where the shop is"), "\n".join(filter(None, (address, contact))))


def _panel(title: str, said: str) -> Markup:
    return tag("section", tag("h2", words(title)), tag("p", said), class_="panel terms") if said else Markup()


def seen(code: str) -> Markup:
    """Return the mark by which the page's script knows where to say that it was seen."""
    return Markup(f' data-seen="/coupon/{code}/opened"')


def undrawn(held: Held) -> bool:
    """Say whether this is a lottery whose outcome the person has not seen yet."""
    return held.coupon.offer.odds is not None and not held.opened and held.used_at is None


def act(held: Held, code: str) -> Markup:
    """Return what a person can do with their coupon now, or why nothing."""
    if held.used_at is not None:
        return _used(held)
    if undrawn(held):
        return _post(code, "draw", N_("Draw"), N_("You see at once whether you have won."), "sparkles")
    if held.standing == "lost":
        return _said(N_("Not this time."), words(N_("Thank you for taking part.")))
    if held.refusal[0] == "expired":
        day = ends_said(held.coupon.offer, held.until, for_customers)
        return _said(N_("This coupon has ended."), words(N_("It was good until {day}."), day=day))
    if held.refusal[0]:
        return _said(_WHY.get(held.refusal[0], N_("It cannot be used just now.")))
    note = N_("A QR code appears. At the till the staff read it, and only that uses the coupon.")
    return _post(code, "use", N_("Use it at the shop"), note, "ticket")


def code(held: Held, digits: str) -> Markup:
    """Return the code for the till, where the coupon can be used."""
    if held.refusal[0]:
        return act(held, digits)
    number = " ".join(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP))
    return joined(
        [
            tag("p", words(N_("Show this at the till")), class_="said"),
            qr_code(digits, words(N_("QR code of the coupon"))),
            tag("p", number, class_="number"),
            tag("p", words(N_("It can be used once.")), class_="soft"),
        ]
    )


def for_anybody(found: Coupon) -> bool:
    """Say whether it is given without knowing to whom: it counts no people and draws none."""
    return found.offer.per_person is None and found.offer.odds is None


def taking(page: OnPage, basic_id: str) -> Markup:
    """Return how whoever opens this page gets the coupon, by a button or by saying in the talk who they are; or that it is gone."""
    found = page.coupon
    if page.gone == "limit_reached":
        return _said(N_("This coupon is used up."), words(N_("It was used as often as there were coupons.")))
    if page.gone:
        return _said(N_("This coupon has ended.") if page.gone == "expired" else N_("The shop has ended this coupon."))
    if for_anybody(found):
        return _post(found.page_key, "take", N_("Take the coupon"), N_("It opens on this phone."), "ticket")
    said = typed(found.page_key)
    if not basic_id:
        return joined([tag("p", words(N_("Send this to the shop on LINE:"))), tag("p", said, class_="number")])
    button = tag(
        "a", icon("message-circle"), words(N_("Get it on LINE")), class_="button", href=typed_for_them(basic_id, said)
    )
    note = N_("The talk with the shop opens. Send what stands there already: the coupon comes as the answer.")
    return joined([button, tag("p", words(note), class_="soft")])


def _used(held: Held) -> Markup:
    at = in_japan(held.used_at) if held.used_at else None
    assert at is not None  # noqa: S101 - it is called for a used one
    where = N_("On {month}/{day} at {time}, {till}") if held.till else N_("On {month}/{day} at {time}")
    when = {"month": str(at.month), "day": str(at.day), "time": f"{at:%H:%M}", "till": held.till}
    return _said(N_("This coupon has been used."), words(where, **when))


def _said(title: str, more: str = "") -> Markup:
    return joined([tag("p", words(title), class_="said"), *([tag("p", more, class_="soft")] if more else [])])


def _post(key: str, name: str, label: str, note: str, drawn: str) -> Markup:
    button = tag("button", icon(drawn), words(label))
    form = tag("form", button, method="post", action=f"/coupon/{key}/{name}")
    return joined([form, tag("p", words(note), class_="soft")])
