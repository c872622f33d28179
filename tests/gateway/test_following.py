"""What friends did is kept with its time: who followed, blocked and came back, and who had been there before."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.gateway.conftest import USER, Caller, event, text as said

OLD = "U" + "2" * 32
DAY = 86_400


@pytest.mark.parametrize("turned", [False, True])
def test_only_a_follow_makes_a_friend_of_today_and_a_block_stays_after_the_return(line: Caller, clock, turned):
    friends = line.shop.friends
    began = clock.now()
    events = [
        said("昔から買っています", "1", clock, user=OLD),
        event("follow", clock, after_s=60, follow={"isUnblocked": False}),
        event("unfollow", clock, after_s=DAY),
        event("follow", clock, after_s=2 * DAY, follow={"isUnblocked": True}),
    ]
    clock.move(timedelta(days=2, minutes=1))
    line.tell(*(reversed(events) if turned else events))
    old, new = friends.get(OLD), friends.get(USER)
    assert (old.since, old.turns, new.since) == (None, (), began + timedelta(minutes=1))
    assert [one.kind for one in new.turns] == ["followed", "blocked", "returned"]
    assert (new.state, new.blocked_at, new.last_block) == ("friend", None, began + timedelta(days=1))
    assert [(day.added, day.blocked) for day in friends.growth(4)] == [(0, 0), (1, 0), (0, 1), (1, 0)]
    assert friends.page(text="nobody") == []
    assert [one.turns for one in friends.page()] == [one.turns for one in sorted(friends.all(), key=lambda f: -f.id)]


def test_an_event_that_comes_late_takes_the_place_of_what_a_look_found(line: Caller, there, clock):
    friends = line.shop.friends
    assert not friends.looked()
    friends.sync()
    assert friends.looked()
    person = next(iter(there.rehearsal.people))
    block = event("unfollow", clock, after_s=60, user=person.user_id)
    person.blocked = True
    clock.move(timedelta(days=1))
    friends.sync()
    assert [one.kind for one in friends.get(person.user_id).turns] == ["blocked"]
    line.tell(block)
    (only,) = friends.get(person.user_id).turns
    assert only.at == clock.now() - timedelta(days=1) + timedelta(minutes=1)
    assert friends.get(person.user_id).since is None
    assert sum(day.blocked for day in friends.growth(7)) == 1
