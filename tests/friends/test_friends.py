"""Friends: fetched, blocked, back again, linked."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from shopdesk.customers import NewCustomer
from shopdesk.errors import NotFoundError
from shopdesk.friends import AlreadyLinkedError, Counts, Gauge, Synced, profiles
from shopdesk.line import LineError, NotAllowedError

if TYPE_CHECKING:
    from shopdesk.clock import FixedClock
    from shopdesk.rehearsal import Running
    from shopdesk.shop import Shop


def ids(there: Running) -> list[str]:
    return [person.user_id for person in there.rehearsal.people]


def test_a_first_look_and_a_second_one(shop: Shop, there: Running):
    assert shop.friends.sync() == Synced(friends=12, new=12, blocked=0, returned=0)
    assert shop.friends.sync() == Synced(friends=12, new=0, blocked=0, returned=0)
    assert shop.friends.counts() == Counts(friends=12, blocked=0, linked=0, unlinked=12)
    shown = {friend.user_id: friend.name for friend in shop.friends.page()}
    assert shown == {person.user_id: person.display_name for person in there.rehearsal.people}
    asked = [entry for entry in there.rehearsal.journal.entries if entry["endpoint"] == "profile"]
    assert len(asked) == 12


def test_who_blocks_and_who_comes_back(shop: Shop, there: Running, clock: FixedClock):
    shop.friends.sync()
    person = next(iter(there.rehearsal.people))
    customer = shop.customers.add(NewCustomer(name="田中花子"))
    shop.friends.link(person.user_id, customer.id)
    assert shop.customers.get(customer.id).line == "friend"
    clock.move(timedelta(hours=1))
    person.blocked = True
    assert shop.friends.sync().blocked == 1
    assert shop.friends.get(person.user_id).state == "blocked"
    assert shop.customers.get(customer.id).line == "blocked"
    assert shop.friends.counts() == Counts(friends=11, blocked=1, linked=0, unlinked=11)
    person.blocked = False
    assert shop.friends.sync().returned == 1
    assert shop.customers.get(customer.id).line == "friend"


def test_an_account_that_may_not_is_told_so(shop: Shop, there: Running):
    there.rehearsal.faults.add({"endpoint": "followers/ids", "answer": 403})
    with pytest.raises(NotAllowedError, match="verified"):
        shop.friends.sync()
    assert shop.friends.counts().friends == 0


def test_a_broken_line_keeps_who_was_found(shop: Shop, there: Running):
    there.rehearsal.faults.add({"endpoint": "profile", "nth": 5, "times": 100, "answer": 500})
    with pytest.raises(Exception, match="trouble"):
        shop.friends.sync()
    assert shop.friends.counts().friends == 12
    there.rehearsal.faults.clear()
    shop.friends.sync()
    assert all(friend.name for friend in shop.friends.page())


def test_one_friend_is_one_customer(shop: Shop, there: Running):
    shop.friends.sync()
    one, two, *_ = ids(there)
    hanako = shop.customers.add(NewCustomer(name="田中花子")).id
    taro = shop.customers.add(NewCustomer(name="山田太郎")).id
    assert shop.friends.link(one, hanako).customer_name == "田中花子"
    shop.friends.link(one, hanako)
    with pytest.raises(AlreadyLinkedError, match="already"):
        shop.friends.link(one, taro)
    with pytest.raises(AlreadyLinkedError, match="already"):
        shop.friends.link(two, hanako)
    with pytest.raises(NotFoundError):
        shop.friends.link("U" + "f" * 32, taro)
    with pytest.raises(NotFoundError):
        shop.friends.link(two, 999)
    assert shop.friends.unlink(one).customer_id is None
    assert shop.customers.get(hanako).line == "none"
    assert shop.friends.link(one, taro).customer_id == taro
    assert [friend.user_id for friend in shop.friends.page(linked=True)] == [one]


def test_suggestions_by_name(shop: Shop, there: Running):
    shop.friends.sync()
    person = next(iter(there.rehearsal.people))
    name = shop.friends.get(person.user_id).name
    assert shop.friends.suggestions(person.user_id) == []
    same = shop.customers.add(NewCustomer(name=f" {name} ")).id
    shop.customers.add(NewCustomer(name="だれでもない"))
    assert [one.customer_id for one in shop.friends.suggestions(person.user_id)] == [same]
    shop.friends.link(ids(there)[1], same)
    assert shop.friends.suggestions(person.user_id) == []


def test_pages_go_on_where_the_last_one_ended(shop: Shop):
    shop.friends.sync()
    first = shop.friends.page(limit=7)
    rest = shop.friends.page(limit=7, after=first[-1].id)
    assert len(first + rest) == len({friend.id for friend in first + rest}) == 12
    assert len(shop.friends.page(text=first[0].name)) >= 1
    assert list(shop.friends.all()) == first + rest


def test_merging_and_forgetting_a_linked_person(shop: Shop, there: Running):
    shop.friends.sync()
    one, two, *_ = ids(there)
    keep = shop.customers.add(NewCustomer(name="田中花子")).id
    other = shop.customers.add(NewCustomer(name="田中はなこ")).id
    shop.friends.link(one, other)
    shop.customers.merges.make(keep, other)
    assert shop.friends.get(one).customer_id == keep
    assert shop.customers.get(keep).line == "friend"
    third = shop.customers.add(NewCustomer(name="山田")).id
    shop.friends.link(two, third)
    shop.customers.merges.make(keep, third)
    assert shop.friends.get(one).customer_id == keep
    assert shop.friends.get(two).customer_id is None
    assert "user_id" in str(shop.customers.disclose(keep))
    shop.customers.forget(keep)
    with pytest.raises(NotFoundError):
        shop.friends.get(one)


def test_growth_leaves_out_whom_the_first_look_found(shop: Shop, there: Running, clock: FixedClock):
    assert len(shop.friends.growth(28)) == 28
    shop.friends.sync()
    assert sum(day.added for day in shop.friends.growth(28)) == 0
    clock.move(timedelta(days=2))
    next(iter(there.rehearsal.people)).blocked = True
    for number in range(3):
        there.rehearsal.people.meet(f"U{number:032x}")
    shop.friends.sync()
    clock.move(timedelta(days=1))
    days = shop.friends.growth(7)
    assert [(day.added, day.blocked) for day in days] == [(0, 0)] * 5 + [(3, 1), (0, 0)]


def test_the_friend_of_a_customer(shop: Shop, there: Running):
    shop.friends.sync()
    hana = shop.customers.add(NewCustomer(name="見本 花子")).id
    assert shop.friends.of_customer(hana) is None
    shop.friends.link(ids(there)[0], hana)
    found = shop.friends.of_customer(hana)
    assert found is not None
    assert found.user_id == ids(there)[0]


def test_the_gauge_says_how_many_of_lines_friends_are_known(shop: Shop, there: Running):
    assert shop.friends.gauge() == Gauge(known=0, on_line=12)
    shop.friends.sync()
    assert shop.friends.gauge() == Gauge(known=12, on_line=12)
    there.rehearsal.faults.add({"endpoint": "insight/followers", "answer": 500})
    assert shop.friends.gauge().known == 12


def test_profiles_are_renewed_slowly_and_not_while_line_refuses(
    shop: Shop, there: Running, clock: FixedClock, monkeypatch
):
    """Thirty days later new names are here, also in the search; some in a round, some a day, none for an hour after a 429."""
    monkeypatch.setattr(profiles, "IN_A_ROUND", 5)
    monkeypatch.setattr(profiles, "MOST_A_DAY", 9)
    shop.friends.sync()
    renew = shop.friends.profiles.renew
    clock.move(timedelta(days=29))
    assert renew() == 0
    blocked, *others = there.rehearsal.people
    for person in others:
        person.display_name = f"改{person.display_name}"
    blocked.blocked = True
    clock.move(timedelta(days=2))
    there.rehearsal.faults.add({"endpoint": "profile", "nth": 1, "times": 100, "answer": 429})
    with pytest.raises(LineError, match="slower"):
        renew()
    asked = len(there.rehearsal.journal.entries)
    clock.move(timedelta(minutes=59))
    assert renew() == 0
    assert len(there.rehearsal.journal.entries) == asked
    there.rehearsal.faults.clear()
    clock.move(timedelta(minutes=2))
    told: list[object] = []
    shop.changes.listen(told.append)
    assert (renew(), renew()) == (5, 0)
    assert told
    clock.move(timedelta(seconds=21))
    assert renew() == 4
    clock.move(timedelta(seconds=21))
    assert renew() == 0
    assert len(shop.friends.page(text="改")) == 8
    clock.move(timedelta(days=1, minutes=1))
    assert renew() == 3
    assert {friend.name for friend in shop.friends.page()} == {person.display_name for person in there.rehearsal.people}
    assert shop.friends.get(blocked.user_id).state == "friend"
    clock.move(timedelta(seconds=21))
    assert renew() == 0
