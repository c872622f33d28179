"""Search by a few characters, in any width and kana."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from shopdesk.customers import NewCustomer, search_text
from shopdesk.customers.searching import INDEX, grams_of, reindex
from shopdesk.verify import verify
from tests.people import order, person, product


@pytest.fixture
def people(shop):
    return {
        person(
            shop, "見本 花子", "ミホン ハナコ", phone="+819012345678", email="hanako@example.jp", member_id="M-00218"
        ): "hanako",
        person(shop, "髙見本 健", "タカミホン ケン", phone="+81312345678"): "ken",
        person(shop, "𠮷田 🍰 愛", "ヨシダ アイ", email="ai.y@example.com"): "ai",
        person(shop, 'O\'Brien "Bob" \\ %_*', ""): "bob",
    }


TYPED = (
    ("見", "hanako ken"),
    ("見本", "hanako ken"),
    ("見本花子", "hanako"),
    ("花子　見本", "hanako"),
    ("はなこ", "hanako"),
    ("ﾊﾅｺ", "hanako"),
    ("ほん", "hanako ken"),
    ("高見", "ken"),
    ("髙", "ken"),
    ("吉田", "ai"),
    ("𠮷", "ai"),
    ("🍰", "ai"),
    ("5678", "hanako ken"),
    ("090-1234-5678", "hanako"),
    ("+81 90-1234-5678", "hanako"),
    ("０９０", "hanako"),
    ("03-1234", "ken"),
    ("EXAMPLE.JP", "hanako"),
    ("@", "hanako ai"),
    (".y@", "ai"),
    ("m-002", "hanako"),
    ("o'b", "bob"),
    ('"', "bob"),
    ("\\", "bob"),
    ("%_*", "bob"),
    ("*", "bob"),
    ("花 ken", ""),
    ("子ミ", ""),
    ("AND", ""),
    ("\x00", "hanako ken ai bob"),
    ("", "hanako ken ai bob"),
    ("  ", "hanako ken ai bob"),
)


def test_any_part_is_found(shop, people):
    wrong = {}
    for typed, found in TYPED:
        names = {people[one.id] for one in shop.customers.search(typed)}
        if names != set(found.split()):
            wrong[typed] = names
    assert wrong == {}


def test_a_change_moves_the_index(shop, people):
    hanako = next(one for one, name in people.items() if name == "hanako")
    whole = shop.customers.search("花子")[0]
    shop.customers.correct(hanako, NewCustomer(name="例示 月子", email=whole.email))
    assert shop.customers.search("花子") == []
    assert [one.id for one in shop.customers.search("月子")] == [hanako]
    with shop.database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM customer_search")) == len(people)


def test_an_order_number_finds_its_buyer(shop, clock):
    who = person(shop)
    order(shop, who, clock.now(), products=(product(shop, "タルト"),), number="1001-A")
    assert [one.id for one in shop.customers.search("1001-A")] == [who]
    assert shop.customers.search("1001") == []


def test_parts_do_not_run_into_each_other():
    stored = search_text("見本 花子", "ﾐﾎﾝ", "+819000000001", "A@b.jp", ["X1"])
    assert stored == "見本花子\nミホン\n09000000001\na@b.jp\nx1"
    assert "子ミ" not in grams_of(stored)
    assert len(grams_of(stored)) == len(set(grams_of(stored)))


def test_common_and_rare_words_give_the_same_people(shop, people, monkeypatch):
    rare = {one.id for one in shop.customers.search("見本")}
    monkeypatch.setattr("shopdesk.customers.searching.COMMON", 0)
    assert {one.id for one in shop.customers.search("見本")} == rare


def test_an_index_that_another_connection_rewrote_is_not_called_corrupt(sqlite_shop):
    """SQLite's integrity check believes its connection's last view of the index; `verify` renews it with a search."""
    made = [sqlite_shop.customers.add(NewCustomer(name=f"見本 {number}")).id for number in range(3)]
    assert [one.detail for one in verify(sqlite_shop) if not one.ok] == []
    with sqlite_shop.database.write() as session:
        reindex(session, made)
    INDEX.purge_all(sqlite_shop.database)
    assert [one.detail for one in verify(sqlite_shop) if not one.ok] == []
