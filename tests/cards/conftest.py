"""A shop with coupons to give as rewards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from shopdesk.cards import Reward, Rules
from shopdesk.coupons import read_offer

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.shop import Shop


@pytest.fixture
def coupon(shop: Shop) -> Callable[[str], int]:
    """Publish a gift coupon; return its number."""

    def make(name: str = "焼き菓子") -> int:
        made = shop.coupons.create(read_offer({"name": name, "kind": "gift"}))
        return shop.coupons.publish(made.id).id

    return make


@pytest.fixture
def ten_stamps(shop: Shop, coupon: Callable[[str], int]) -> Rules:
    """A card with a reward at five and one at ten, which fills it; published."""
    half, full = coupon("焼き菓子"), coupon("500 円引き")
    rewards = (Reward(points=5, coupon_id=half, days=30), Reward(points=10, coupon_id=full, worth_yen=500))
    rules = Rules(rewards=rewards)
    shop.cards.design.publish(rules)
    return rules
