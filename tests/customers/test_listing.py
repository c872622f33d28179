"""Pages of a long list, against the list sorted at once."""

from __future__ import annotations

import random
from datetime import timedelta
from itertools import product

import pytest

from shopdesk.clock import japan_day, start_of_japan_day
from shopdesk.customers import Condition, Filter, folds
from tests.people import person


@pytest.fixture
def many(shop, clock):
    """Sixty people with many equal values and a third without any order; as the rows that pages should show."""
    chance = random.Random(3)
    made = []
    for number in range(60):
        last = None if chance.random() < 0.33 else clock.now() - timedelta(days=chance.randrange(6))
        name = chance.choice(["見本 花子", "例示 太郎", "𠮷田 愛", "Tanaka"]) + chance.choice(["", " 2"])
        line = chance.choice(["none", "friend", "blocked"])
        row = {
            "orders": chance.randrange(4),
            "spent_yen": chance.randrange(3) * 1000,
            "last_order_at": last,
            "line_state": line,
        }
        made.append((person(shop, name, email=f"p{number}@example.jp", **row), {**row, "name": name}))
    return made


def expected(many, chosen, keep=lambda row: True):
    def key(item):
        return (folds(item[1]["name"], "").sort_key if chosen.sort == "name" else item[1][chosen.sort], item[0])

    kept = [item for item in many if keep(item[1])]
    valued = [item for item in kept if item[1][chosen.sort] is not None]
    without = [item for item in kept if item[1][chosen.sort] is None]
    valued.sort(key=key, reverse=chosen.descending)
    without.sort(key=lambda item: item[0], reverse=chosen.descending)
    return [item[0] for item in valued + without]


def test_every_page_forwards_backwards_and_by_anchor(shop, many):
    for sort, descending in product(("name", "orders", "spent_yen", "last_order_at"), (True, False)):
        chosen = Filter(sort=sort, descending=descending)
        reads_as(shop, chosen, expected(many, chosen))


def reads_as(shop, chosen, whole):
    read, after = [], None
    while page := shop.customers.page(chosen, after, 7):
        read += [row.id for row in page]
        after = page[-1].anchor
    assert read == whole
    read, before = [], None
    while page := shop.customers.page(chosen, before, 7, backwards=True):
        read = [row.id for row in page] + read
        before = page[0].anchor
    assert read == whole
    anchors = shop.customers.anchors(chosen, 7)
    assert [anchor.id for anchor in anchors] == whole[6::7]
    for number, anchor in enumerate(anchors):
        assert [row.id for row in shop.customers.page(chosen, anchor, 7)] == whole[7 * (number + 1) : 7 * (number + 2)]
    assert shop.customers.count(chosen) == 60


NARROWED = (
    ({"conditions": (Condition("line", "equal", "friend"),)}, lambda row: row["line_state"] == "friend"),
    ({"conditions": (Condition("orders", "at_least", 2),)}, lambda row: row["orders"] >= 2),
    ({"text": "花子"}, lambda row: "花子" in row["name"]),
    (
        {"text": "tanaka", "conditions": (Condition("line", "equal", "none"),)},
        lambda row: "Tanaka" in row["name"] and row["line_state"] == "none",
    ),
)


def test_a_narrowed_list_is_paged_alike(shop, many):
    for narrowed, keep in NARROWED:
        chosen = Filter(sort="name", descending=False, **narrowed)
        whole = expected(many, chosen, keep)
        assert [one.id for one in shop.customers.page(chosen, None, 100)] == whole
        assert shop.customers.count(chosen) == len(whole)
        assert [anchor.id for anchor in shop.customers.anchors(chosen, 3)] == whole[2::3]
        second = shop.customers.page(chosen, None, 2)[-1].anchor
        assert [one.id for one in shop.customers.page(chosen, second, 100)] == whole[2:]


def test_lists_by_tag_and_by_last_order(shop, many, clock):
    ids = [many[3][0], many[40][0]]
    shop.customers.tag(ids, "常連")
    assert (
        sorted(one.id for one in shop.customers.page(Filter(conditions=(Condition("tag", "equal", "常連"),)), None, 10))
        == ids
    )
    assert shop.customers.count(Filter(conditions=(Condition("tag", "equal", "だれも"),))) == 0
    since = start_of_japan_day(japan_day(clock.now() - timedelta(days=2)))
    lately = [item[0] for item in many if item[1]["last_order_at"] is not None and item[1]["last_order_at"] >= since]
    assert (
        sorted(
            one.id
            for one in shop.customers.page(
                Filter(conditions=(Condition("last_order_at", "since", str(japan_day(since))),)), None, 100
            )
        )
        == lately
    )


def test_few_matches_far_down_the_list_are_collected(shop, many, monkeypatch):
    monkeypatch.setattr("shopdesk.customers.searching.COMMON", 0)  # as if there were thousands of candidates
    monkeypatch.setattr("shopdesk.customers.listing.WINDOW", 4)
    for sort, descending in product(("name", "last_order_at"), (True, False)):
        chosen = Filter(text="花子", sort=sort, descending=descending)
        whole = expected(many, chosen, lambda row: "花子" in row["name"])
        read, after = [], None
        while page := shop.customers.page(chosen, after, 3):
            read += [row.id for row in page]
            after = page[-1].anchor
        assert read == whole
        assert [one.id for one in shop.customers.anchors(chosen, 4)] == whole[3::4]
