"""The demo shop's card as it is after a while: with ranks and an expiry, held by the regulars; and a coupon that many have."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from shopdesk.cards import Rank, Search
from shopdesk.clock import japan_day, start_of_japan_day
from shopdesk.coupons import Offer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.shop import Shop

HOLDERS = 40
GIVEN, LOOKED, USED = 30, 18, 8
_TILLS = ("レジ 1", "レジ 2")
_DAYS, _WORTH = 14, 450


def bring_cards(shop: Shop, regulars: Sequence[int]) -> int:
    """Change the card's rules, give it to regulars who have none yet, and all of them a coupon; return the coupon's number."""
    rules = shop.cards.design.rules()
    rewards = tuple(replace(one, worth_yen=_WORTH) for one in rules.rewards)
    ranks = (Rank(name="ゴールド", least=24, percent=150),)
    shop.cards.design.publish(replace(rules, rewards=rewards, ranks=ranks, welcome=1, expiry="visit", once_a_day=True))
    have = {one.customer_id for one in shop.cards.holders.page(Search())}
    for number, who in enumerate([one for one in regulars if one not in have][:HOLDERS]):
        card = shop.cards.issue(who).card
        yen, till = 1_200 + 130 * number, _TILLS[number % len(_TILLS)]
        shop.cards.scan(str(card.id), visits=number % 8 + 1, yen=yen, till=till)
    return _give_coupon(shop, regulars[:GIVEN])


def _give_coupon(shop: Shop, people: Sequence[int]) -> int:
    today = japan_day(shop.clock.now())
    offer = Offer(
        "抹茶ラテ 1 杯サービス",
        "free_item",
        terms="店内でお召し上がりの方にかぎります。ほかのクーポンとは一緒に使えません。",
        starts=start_of_japan_day(today),
        ends=start_of_japan_day(today + timedelta(days=_DAYS)),
        most=200,
    )
    latte = shop.coupons.publish(shop.coupons.create(offer).id).id
    given = shop.coupons.issue(latte, people, "segment").tokens
    for token in given[:LOOKED]:
        shop.coupons.opened(token.code)
    for number, token in enumerate(given[:USED]):
        shop.coupons.redeem(token.code, till=_TILLS[number % len(_TILLS)], sale_yen=980 + 170 * number)
    return latte
