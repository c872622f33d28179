"""The demo shop's card and a coupon: designed, given to the regulars, and used by some of them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from shopdesk.cards import Rank, Reward, Rules
from shopdesk.clock import japan_day, start_of_japan_day
from shopdesk.coupons import Offer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.shop import Shop

HOLDERS = 40
GIVEN, LOOKED, USED = 30, 18, 8
_TILLS = ("レジ 1", "レジ 2")
_DAYS = 14


def open_card(shop: Shop, regulars: Sequence[int]) -> tuple[int, int]:
    """Publish card and coupon, give them to the first of the regulars; return the number of a card and of the coupon."""
    sweet = _published(shop, Offer("焼き菓子 1 つ", "free_item", text="お好きなものを選べます", per_person=None))
    off = _published(shop, Offer("500 円引きクーポン", "yen_off", 500, per_person=None))
    rewards = (
        Reward(points=5, coupon_id=sweet, days=30, worth_yen=250),
        Reward(points=10, coupon_id=off, days=60, worth_yen=500),
    )
    ranks = (Rank(name="ゴールド", least=24, percent=150),)
    rules = Rules(expiry="visit", once_a_day=True, welcome=1, rewards=rewards, ranks=ranks, stamp="cake")
    shop.cards.design.publish(rules)
    cards = [shop.cards.issue(one).card.id for one in regulars[:HOLDERS]]
    for number, card in enumerate(cards[:-5]):
        yen = 1_200 + 130 * number
        shop.cards.scan(str(card), visits=number % 8 + 1, yen=yen, till=_TILLS[number % len(_TILLS)])
    return cards[3], _give_coffee(shop, regulars[:GIVEN])


def _give_coffee(shop: Shop, people: Sequence[int]) -> int:
    today = japan_day(shop.clock.now())
    offer = Offer(
        "コーヒー 1 杯サービス",
        "free_item",
        terms="店内でお召し上がりの方にかぎります。ほかのクーポンとは一緒に使えません。",
        starts=start_of_japan_day(today),
        ends=start_of_japan_day(today + timedelta(days=_DAYS)),
        most=200,
    )
    coffee = _published(shop, offer)
    given = shop.coupons.issue(coffee, people, "segment").tokens
    for token in given[:LOOKED]:
        shop.coupons.opened(token.code)
    for number, token in enumerate(given[:USED]):
        shop.coupons.redeem(token.code, till=_TILLS[number % len(_TILLS)], sale_yen=980 + 170 * number)
    return coffee


def _published(shop: Shop, offer: Offer) -> int:
    return shop.coupons.publish(shop.coupons.create(offer).id).id
