"""What is done at a till in C5 and C7: for somebody of their own each time, and told by what stands in the database afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

from shopdesk import cards
from shopdesk.cards import Reward, Rules
from shopdesk.coupons import Offer
from shopdesk.shop import Shop
from tests.faults.counter.rig import Counter

FULL_AT = 3


class State(NamedTuple):
    """What a card and a coupon stand at: the balance, how many entries, rewards and uses there are."""

    balance: int
    entries: int
    rewards: int
    uses: int


@dataclass(frozen=True)
class Scene:
    """Something a till is asked for, and what it changes once it is done."""

    order: dict[str, Any]
    card: int
    coupon: int
    before: State
    after: State

    def state(self, session: Session) -> State:
        """Return how it stands."""
        counts = (
            "SELECT coalesce(max(balance), 0) FROM cards WHERE id = :card",
            "SELECT count(*) FROM card_entries WHERE card_id = :card",
            "SELECT count(*) FROM card_rewards WHERE card_id = :card",
            "SELECT count(*) FROM coupon_uses WHERE coupon_id = :coupon",
        )
        said = {"card": self.card, "coupon": self.coupon}
        return State(*(int(session.scalar(text(one), said) or 0) for one in counts))

    def found(self, shop: Shop) -> State:
        """Return how it stands in a shop, where everything else is as it must be (I5, I6, I7)."""
        with shop.database.read() as session:
            assert cards.broken(session) == [], "I5"
            assert cards.loose_nonces(session) == [], "I7"
            state = self.state(session)
        assert shop.coupons.overused() == [], "I6"
        assert shop.coupons.strange_requests() == [], "I7"
        return state


def scene(counter: Counter, database: str, act: str) -> Scene:
    """Set one up in the shop on this database."""
    return ACTS[act](counter, database)


@cache
def _gift(shop: Shop) -> int:
    """Let three visits fill a card and bring a coupon, from now on."""
    coupon = shop.coupons.publish(shop.coupons.create(Offer("焼き菓子", "gift")).id).id
    shop.cards.design.publish(Rules(goal=FULL_AT, rewards=(Reward(points=FULL_AT, coupon_id=coupon, days=30),)))
    return coupon


def _card(counter: Counter, database: str, visits: int) -> tuple[Shop, int, str, int]:
    """Return the shop, a card with so many visits on it, its printed code, and the last visit's entry."""
    shop = counter.shop(database)
    _gift(shop)
    made = shop.cards.walk_in("見本 花子")
    entry = shop.cards.scan(made.code.digits, visits=visits, till="レジ 9").entry_id if visits else 0
    return shop, made.card.id, made.code.digits, entry


def _visit(counter: Counter, database: str) -> Scene:
    _shop, card, code, _entry = _card(counter, database, 0)
    return Scene({"act": "visit", "code": code}, card, 0, State(0, 0, 0, 0), State(1, 1, 0, 0))


def _full(counter: Counter, database: str) -> Scene:
    _shop, card, code, _entry = _card(counter, database, 2)
    return Scene({"act": "visit", "code": code}, card, 0, State(2, 1, 0, 0), State(0, 3, 1, 0))


def _points(counter: Counter, database: str) -> Scene:
    shop, card, _code, _entry = _card(counter, database, 2)
    order = {"act": "use", "code": shop.cards.passing_code(card).digits, "points": 2}
    return Scene(order, card, 0, State(2, 1, 0, 0), State(0, 2, 0, 0))


def _reward(counter: Counter, database: str) -> Scene:
    shop, card, _code, _entry = _card(counter, database, 3)
    coupon = _gift(shop)
    (reward,) = shop.cards.rewards(shop.cards.get(card).customer_id)
    uses = shop.coupons.get(coupon).used
    order = {"act": "hand over", "code": shop.cards.passing_code(card).digits, "ticket": reward.ticket_id}
    return Scene(order, card, coupon, State(0, 2, 1, uses), State(0, 2, 1, uses + 1))


def _coupon(counter: Counter, database: str) -> Scene:
    coupon, (code,) = counter.codes(database)
    return Scene({"act": "redeem", "code": code}, 0, coupon, State(0, 0, 0, 0), State(0, 0, 0, 1))


def _taken_back(counter: Counter, database: str) -> Scene:
    _shop, card, _code, entry = _card(counter, database, 1)
    return Scene({"act": "void", "entry": entry}, card, 0, State(1, 1, 0, 0), State(0, 2, 0, 0))


ACTS: dict[str, Callable[[Counter, str], Scene]] = {
    "a visit": _visit,
    "a visit that fills the card": _full,
    "points used": _points,
    "a reward handed over": _reward,
    "a coupon": _coupon,
    "a visit taken back": _taken_back,
}
