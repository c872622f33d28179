"""B2: six events of a person in every order in which they can arrive."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice, permutations
from pathlib import Path
from random import Random

from tests.faults.cases import Check
from tests.faults.sending.stage import Lent, Stage
from tests.faults.webhooks.deliveries import Event, body, counted, drain, event, message, resting, sound, user

PER_CASE = 12
EXHAUSTIVE = 720 // PER_CASE


def ordered(stage: Lent) -> Callable[[int, Random], Check]:
    """Make a case of B2: twelve of the 720 orders, beyond those thirty events in some order."""

    def make(number: int, random: Random) -> Check:
        if number < EXHAUSTIVE:
            orders = list(islice(permutations(range(6)), number * PER_CASE, (number + 1) * PER_CASE))
            return lambda folder: deliver(stage(), folder, orders, 6)
        return lambda folder: deliver(stage(), folder, [random.sample(range(30), 30)], 30)

    return make


def deliver(stage: Stage, folder: Path, orders: Sequence[Sequence[int]], length: int) -> None:
    """Deliver the events of one person for each order, a body each; all end as in the order of their times."""
    with stage.scene(folder, 0) as scene:
        with resting(scene) as inbox:
            for who, order in enumerate([range(length), *orders]):
                events = _events(scene.pc.now(), who, length)
                inbox.put([body(events[place]) for place in order], scene.pc.now())
        drain(scene)
        shop = scene.shop
        states = {one.user_id: (one.state, one.since) for one in shop.friends.all()}
        assert len(set(states.values())) == 1, states
        assert states[user(0)][0] == "friend"
        talks = {one.user_id: (one.unread, one.waiting_since, one.last_kind) for one in shop.talks.page(limit=1_000)}
        assert len(set(talks.values())) == 1, talks
        kinds = counted(shop)
        assert all(one == kinds[user(0)] for one in kinds.values()), kinds
        assert shop.talks.page(words="取り消す") == []
        sound(shop)


def _events(at: object, who: int, length: int) -> list[Event]:
    """Follow, message, unsend, postback, unfollow, follow, and so on; the last one is a follow."""
    found: list[Event] = []
    for place in range(length):
        number, when = f"{who}x{place}", {"after_ms": place * 10}
        kind = ("follow", "message", "unsend", "postback", "unfollow", "follow")[place % 6]
        if kind == "message":
            found.append(message(number, at, user(who), "取り消す", **when))  # type: ignore[arg-type]
            continue
        own = {"unsend": {"messageId": f"m{who}x{place - 1}"}, "postback": {"data": "menu=1"}}.get(kind)
        more = {kind: own} if own else {}
        found.append(event(kind, number, at, user(who), **when, **more))  # type: ignore[arg-type]
    return found
