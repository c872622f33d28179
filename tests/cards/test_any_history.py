"""Random histories of cards: after every step the points add up, on both databases; what is asked twice is done once."""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from shopdesk import cards
from shopdesk.cards import Counted, Rank, Reward, Rules
from shopdesk.clock import FixedClock
from shopdesk.coupons import read_offer
from shopdesk.errors import ShopDeskError
from shopdesk.paths import Home
from shopdesk.shop import open_shop
from tests import postgresql
from tests.conftest import NOW
from tests.imports.in_process import import_here

if TYPE_CHECKING:
    from collections.abc import Callable

ORDERS = Path(__file__).parents[1] / "data" / "carts" / "shopify-orders.csv"
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)  # shrinking a history takes minutes
# What a till is told where something cannot be done: never anything else, and nothing is changed by it.
TOLD = {"limit", "already_counted", "invalid", "not_found", "too_late", "already_undone", "already_issued"}


class Histories(RuleBasedStateMachine):
    """One shop with a card that is filled at ten, and everything that can be done to its cards."""

    template: ClassVar[Path]
    on_postgresql: ClassVar[bool]

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="shopdesk-cards-"))
        self.clock = FixedClock(NOW)
        self.people: list[int] = []
        self.done: list[tuple[Callable[..., Counted], str, Counted]] = []

    @initialize()
    def open(self) -> None:
        home = Home(self.folder / "home")
        home.make()
        if self.on_postgresql:
            os.environ["SHOPDESK_DATABASE_URL"] = postgresql.fresh()
        else:
            shutil.copyfile(self.template, home.database)
        self.shop = open_shop(home.path, clock=self.clock, secrets={})
        gift = self.shop.coupons.publish(self.shop.coupons.create(read_offer({"name": "g", "kind": "gift"})).id).id
        rewards = (Reward(points=5, coupon_id=gift), Reward(points=10, coupon_id=gift))
        self.rules = [
            Rules(rewards=rewards, per_yen=100, expiry="earning", expiry_months=1, welcome=1),
            Rules(rewards=rewards, per_yen=100, expiry="visit", expiry_months=2, once_a_day=True),
            Rules(per_yen=100, ranks=(Rank(name="g", least=0, percent=150),)),
        ]
        self.shop.cards.design.publish(self.rules[0])
        for _nth in range(3):
            self.issue()

    def do(self, act: Callable[[str], Counted]) -> None:
        """Do something under a nonce, and look at what it says it did."""
        nonce = str(uuid.uuid4())
        try:
            done = act(nonce)
        except ShopDeskError as error:
            if error.code not in TOLD:
                raise
            return
        assert self.shop.cards.get(done.card_id).balance == done.balance
        self.done.append((act, nonce, done))

    def code(self, data) -> str:
        who = data.draw(st.sampled_from(self.people))
        return self.shop.cards.passing_code(self.shop.cards.card_of(who).id).digits

    @rule()
    def issue(self) -> None:
        self.people.append(self.shop.cards.walk_in("あ").card.customer_id)

    @rule(data=st.data(), visits=st.integers(0, 8), yen=st.one_of(st.none(), st.integers(0, 2_000)))
    def scan(self, data, visits: int, yen: int | None) -> None:
        self.clock.move(timedelta(seconds=45))
        code = self.code(data)
        self.do(lambda nonce: self.shop.cards.scan(code, visits=visits, yen=yen, nonce=nonce))

    @rule(data=st.data(), points=st.integers(1, 9))
    def use(self, data, points: int) -> None:
        self.clock.move(timedelta(seconds=45))
        code = self.code(data)
        self.do(lambda nonce: self.shop.cards.use(code, points, nonce=nonce))

    @precondition(lambda self: self.done)
    @rule(data=st.data(), own=st.booleans())
    def take_back(self, data, own: bool) -> None:
        entry = data.draw(st.sampled_from(self.done))[2].entry_id
        act = self.shop.cards.void if own else self.shop.cards.reverse
        self.do(lambda nonce: act(entry, "x", nonce=nonce))

    @precondition(lambda self: self.done)
    @rule(data=st.data(), yen=st.integers(1, 900))
    def refund(self, data, yen: int) -> None:
        entry = data.draw(st.sampled_from(self.done))[2].entry_id
        self.do(lambda nonce: self.shop.cards.refund(entry, yen, nonce=nonce))

    @rule(data=st.data(), points=st.integers(-9, 9))
    def adjust(self, data, points: int) -> None:
        card = self.shop.cards.card_of(data.draw(st.sampled_from(self.people)))
        self.do(lambda nonce: self.shop.cards.adjust(card.id, points, "x", nonce=nonce))

    @precondition(lambda self: self.done)
    @rule(data=st.data())
    def ask_again(self, data) -> None:
        act, nonce, done = data.draw(st.sampled_from(self.done))
        again = act(nonce)
        assert (again.repeated, again.entry_id, again.balance) == (True, done.entry_id, done.balance)

    @rule(days=st.integers(1, 40))
    def expire(self, days: int) -> None:
        self.clock.move(timedelta(days=days))
        self.shop.cards.expire_due()
        assert self.shop.cards.expire_due() == 0

    @rule(which=st.integers(0, 2))
    def publish(self, which: int) -> None:
        before = self.shop.cards.sheet()
        self.shop.cards.design.publish(self.rules[which])
        assert self.shop.cards.sheet() == before

    @precondition(lambda self: len(self.people) > 1)
    @rule(data=st.data())
    def merge(self, data) -> None:
        self.clock.move(timedelta(minutes=1))
        keep, other = data.draw(st.permutations(self.people))[:2]
        self.shop.cards.expire_due()
        both = self.shop.cards.card_of(keep).balance + self.shop.cards.card_of(other).balance
        self.shop.customers.merges.make(keep, other)
        self.people.remove(other)
        assert self.shop.cards.card_of(keep).balance == both

    @rule(data=st.data())
    def split(self, data) -> None:
        standing = [one for one in self.shop.customers.merges.latest() if one.undone_at is None]
        if standing:
            one = data.draw(st.sampled_from(standing))
            self.shop.cards.expire_due()
            before = self.shop.cards.totals().points
            self.people.append(self.shop.customers.merges.undo(one.id).id)
            assert self.shop.cards.totals().points == before

    @precondition(lambda self: len(self.people) > 2)
    @rule(data=st.data())
    def forget(self, data) -> None:
        who = data.draw(st.sampled_from(self.people))
        self.people.remove(who)
        self.shop.customers.forget(who)
        self.done = [one for one in self.done if self.lives(one[2].card_id)]

    def lives(self, card_id: int) -> bool:
        try:
            return self.shop.cards.find(str(card_id)) != []
        except cards.CardRefusedError:
            return False

    @rule(card=st.booleans())
    def import_and_undo(self, card: bool) -> None:
        """Whoever has a card by then stays, the others go."""
        self.clock.move(timedelta(minutes=1))
        file = self.folder / "orders.csv"
        shutil.copyfile(ORDERS, file)
        made = import_here(self.shop, [file]).import_id
        new = [one.id for one in self.shop.customers.search("example.jp") if one.id not in self.people]
        if card and new:
            self.people.append(self.shop.cards.issue(new[0]).card.customer_id)
        self.shop.imports.undo(made)

    @invariant()
    def whole(self) -> None:
        if not hasattr(self, "shop"):
            return
        with self.shop.database.read() as session:
            assert cards.broken(session) == []
            assert cards.loose_nonces(session) == []
        assert self.shop.coupons.overused() == []
        assert {one.card_id for one in self.shop.cards.sheet()} == {
            self.shop.cards.card_of(one).id for one in self.people
        }

    def teardown(self) -> None:
        if hasattr(self, "shop"):
            self.shop.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def run(request, monkeypatch, kind: str, examples: int, steps: int) -> None:
    monkeypatch.setattr(Histories, "template", request.getfixturevalue("empty_sqlite"), raising=False)
    if kind == "postgresql":
        request.getfixturevalue("postgresql_server")
        monkeypatch.setenv("SHOPDESK_DATABASE_URL", "")  # each history sets its own; this takes it back
    monkeypatch.setattr(Histories, "on_postgresql", kind == "postgresql", raising=False)
    case = Histories.TestCase
    case.settings = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=PHASES,
    )
    case().runTest()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_any_history_adds_up(request, monkeypatch, kind):
    run(request, monkeypatch, kind, examples=3, steps=20)


@pytest.mark.full
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_many_long_histories_add_up(request, monkeypatch, kind):
    run(request, monkeypatch, kind, examples=200, steps=100)
