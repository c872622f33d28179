"""What each customer bought of each product stays what their orders come to, whatever happens to them."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from shopdesk.orders import bought
from shopdesk.orders.tables import CustomerProductRow, OrderRow
from shopdesk.verify import verify
from tests.people import order, person, product


def kept(shop, customer):
    with shop.database.read() as session:
        rows = session.scalars(select(CustomerProductRow).where(CustomerProductRow.customer_id == customer))
        return {row.product_id: (row.orders, row.quantity, row.yen, row.first_day, row.last_day) for row in rows}


def wrong(shop):
    with shop.database.read() as session:
        return bought.wrong(session, 20)


@pytest.fixture
def goods(shop):
    return [product(shop, name) for name in ("タルト", "プリン", "茶")]


def test_orders_are_folded_by_product_and_by_days_of_japan(shop, goods, clock):
    who, day = person(shop), 20_779  # 22 November 2026
    order(shop, who, clock.now().replace(hour=0, minute=0), 900, (goods[0], goods[0], goods[1]))
    order(shop, who, clock.now() - timedelta(days=3), 1000, (goods[0],))
    order(shop, who, clock.now(), 5000, (goods[2],), cancelled=True)
    assert kept(shop, who) == {goods[0]: (2, 3, 1600, day - 3, day), goods[1]: (1, 1, 300, day, day)}
    assert wrong(shop) == []


def test_a_merge_moves_it_and_forgetting_takes_it_away(shop, goods, clock):
    one, other = person(shop, "見本 花子"), person(shop, "見本 はなこ")
    order(shop, one, clock.now(), 1000, (goods[0],))
    order(shop, other, clock.now(), 2000, (goods[0],))
    shop.customers.merges.make(one, other)
    assert kept(shop, other) == {}
    assert kept(shop, one)[goods[0]][:3] == (2, 2, 3000)
    shop.customers.forget(one)
    assert kept(shop, one) == {}
    assert wrong(shop) == []


@pytest.mark.parametrize("lookups", [0, bought._LOOKUPS])
def test_counting_anew_removes_what_is_gone_by_either_way(shop, goods, clock, lookups, monkeypatch):
    monkeypatch.setattr(bought, "_LOOKUPS", lookups)
    chance = random.Random(3)
    people = [person(shop) for _ in range(5)]
    made = [order(shop, chance.choice(people), clock.now(), 900, (chance.choice(goods),)) for _ in range(20)]
    with shop.database.write() as session:
        session.execute(update(OrderRow).where(OrderRow.id.in_(made[:8])).values(cancelled=True))
        session.execute(update(OrderRow).where(OrderRow.id == made[9]).values(customer_id=None))
        assert bought.wrong(session, 20)
        bought.refresh(session, people)
    assert wrong(shop) == []


def test_verify_finds_a_wrong_sum(shop, goods, clock):
    order(shop, person(shop), clock.now(), 1000, (goods[0],))
    assert all(one.ok for one in verify(shop))
    with shop.database.write() as session:
        session.execute(delete(CustomerProductRow))
    assert [one.name for one in verify(shop) if not one.ok] == ["products"]
