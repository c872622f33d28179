"""Orders are read, summed and given to the right person."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from shopdesk.clock import JAPAN
from shopdesk.errors import NotFoundError
from shopdesk.orders import Figure
from tests.people import order, person, product


def test_a_customers_orders_come_newest_first_page_by_page(shop, clock):
    who = person(shop)
    ids = [order(shop, who, clock.now() - timedelta(days=days)) for days in (5, 3, 3, 1)]
    newest = [ids[3], ids[2], ids[1], ids[0]]
    first = shop.orders.of_customer(who, limit=2)
    rest = shop.orders.of_customer(who, before=first[-1])
    assert [one.id for one in [*first, *rest]] == newest
    assert shop.orders.of_customer(who + 1) == []
    with pytest.raises(NotFoundError):
        shop.orders.get(999)


def test_lines_keep_the_order_of_the_file(shop, clock):
    cake, tart = product(shop, "いちごのショートケーキ", "C-1"), product(shop, "季節のタルト", "C-2")
    made = order(shop, None, clock.now(), 1000, (tart, cake))
    assert [(one.position, one.code, one.total_yen) for one in shop.orders.lines(made)] == [
        (1, "C-2", 500),
        (2, "C-1", 500),
    ]


def test_what_counts_is_not_cancelled_and_less_refunds(shop, clock):
    who = person(shop)
    order(shop, who, clock.now() - timedelta(days=2), 1000, refunded_yen=300)
    order(shop, who, clock.now() - timedelta(days=9), 5000, cancelled=True)
    order(shop, who, clock.now() - timedelta(days=4), None)
    found = shop.customers.get(who)
    assert (found.orders, found.spent_yen) == (2, 700)
    assert (found.first_order_at, found.last_order_at) == (
        clock.now() - timedelta(days=4),
        clock.now() - timedelta(days=2),
    )


def test_days_and_months_are_japans(shop):
    for at, yen in (
        (datetime(2026, 11, 22, 0, 0, tzinfo=JAPAN), 1),  # still the 21st in UTC
        (datetime(2026, 11, 22, 23, 59, tzinfo=JAPAN), 10),
        (datetime(2026, 11, 21, 23, 59, tzinfo=JAPAN), 100),
        (datetime(2026, 11, 1, 0, 0, tzinfo=JAPAN), 1000),
        (datetime(2026, 10, 31, 23, 59, tzinfo=JAPAN), 10000),
    ):
        order(shop, None, at, yen)
    order(shop, None, datetime(2026, 11, 22, 9, tzinfo=JAPAN), 500, cancelled=True)
    totals = shop.orders.totals()
    assert (totals.today, totals.yesterday) == (Figure(2, 11), Figure(1, 100))
    assert (totals.month, totals.ever, totals.cancelled) == (Figure(4, 1111), Figure(5, 11111), 1)


def test_products_are_found_in_any_kana_and_by_code(shop):
    for name, code in (("いちごのショートケーキ", "C-1"), ("季節のタルト", "TART-2"), ("プリン", "")):
        product(shop, name, code)
    assert [one.name for one in shop.orders.products("ｼｮｰﾄ")] == ["いちごのショートケーキ"]
    assert [one.name for one in shop.orders.products("tart")] == ["季節のタルト"]
    assert len(shop.orders.products()) == 3
    assert len(shop.orders.products(limit=2)) == 2
