"""The demo's counter: a card with rewards, a few people who have one, and coupons for them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from shopdesk.cards import Reward, Rules
from shopdesk.coupons import Offer
from shopdesk.segments import Condition

if TYPE_CHECKING:
    from shopdesk.shop import Shop

_NAMES = ("はなこ", "ケン", "みどり")
_VISITS, _OFTEN, _OTHER_TILL = 7, 10, "レジ 2"
TILL = "レジ 1"
"""The till that the demo stands at."""


class AtCounter(NamedTuple):
    """Who comes to the counter: a card's number, and the code of a coupon that was used at the other till."""

    card: int
    used: str


def open_cards(shop: Shop) -> AtCounter:
    """Publish the card and its coupons, give cards to three who come often, and let them visit at the other till."""
    coupons = shop.coupons
    coffee, cookie, winter = (
        coupons.publish(coupons.create(offer).id)
        for offer in (
            Offer("コーヒー 1 杯サービス", "free_item", terms="ケーキ 1 点につき 1 杯"),
            Offer("焼き菓子 1 つ", "gift"),
            Offer("冬のクーポン", "yen_off", 200, minimum_yen=1_000),
        )
    )
    rewards = (Reward(points=5, coupon_id=cookie.id), Reward(points=10, coupon_id=coffee.id))
    shop.cards.design.publish(replace(Rules(), rewards=rewards, stamp="cake"))
    regulars = sorted(shop.segments.members(Condition("orders.count", "at_least", _OFTEN)))
    cards = [shop.cards.issue(who, name).card for who, name in zip(regulars, _NAMES, strict=False)]
    for _visit in range(_VISITS):
        shop.cards.scan(str(cards[0].id), yen=1_240, till=_OTHER_TILL)
    coupons.issue(winter.id, [one.customer_id for one in cards])
    used = coupons.issue(coffee.id, [cards[1].customer_id]).tokens[0].code
    coupons.redeem(used, till=_OTHER_TILL)
    return AtCounter(cards[0].id, used)
