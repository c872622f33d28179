"""A6: between the freeze and the claim somebody opts out, unfollows, is merged, is deleted, at a random moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock

from shopdesk.broadcasts.claiming import HANDS, Hand
from shopdesk.broadcasts.ledger import Ledger
from shopdesk.broadcasts.records import Step
from shopdesk.customers import NewCustomer
from shopdesk.line import limits
from tests.faults.cases import Check
from tests.faults.sending.stage import Lent, Scene, Stage

PEOPLE, TOGETHER = 8, 2
HOWS = ("opts out", "unfollows", "is merged", "is deleted", "unlinks")


def parted(stage: Lent) -> Callable[[int, Random], Check]:
    """Return the maker of the cases: each a way to leave, then whatever chance adds."""
    return lambda number, random: lambda folder: leave(stage(), folder, HOWS[number % len(HOWS)], random)


def leave(stage: Stage, folder: Path, how: str, random: Random) -> None:
    """Send to customers of whom some leave between two claims; who left before their claim gets nothing."""
    way, at_step = random.choice(("push", "multicast")), random.randint(1, PEOPLE // TOGETHER)
    leaving = random.sample(range(PEOPLE), random.randint(1, 3))
    with stage.scene(folder, PEOPLE) as scene:
        customers = [_linked(scene, number) for number in range(PEOPLE)]
        made = scene.draft(way)
        scene.shop.broadcasts.freeze(made)
        spared: list[int] = []

        def now() -> None:
            reached = scene.received()
            spared.extend(one for one in leaving if not reached[one])
            _gone(scene, customers, leaving, how)

        with _between_claims(at_step, now):
            status = scene.send(made)
        assert status.state == "finished", status
        assert status.planned + status.excluded == PEOPLE
        got = scene.received()
        gone = spared if how != "is merged" else []
        assert not [one for one in gone if got[one]], f"{how}: sent to {gone}: {got}"
        assert [got[one] for one in range(PEOPLE) if one not in leaving] == [1] * (PEOPLE - len(leaving)), got
        assert sum(got) == status.accepted, f"received {sum(got)}, not {status.accepted}"
        scene.sound()


def _linked(scene: Scene, number: int) -> int:
    customer = scene.shop.customers.add(NewCustomer(name=f"見本 {number}")).id
    scene.shop.friends.link(list(scene.there.rehearsal.people)[number].user_id, customer)
    return customer


def _gone(scene: Scene, customers: list[int], leaving: list[int], how: str) -> None:
    shop, people = scene.shop, list(scene.there.rehearsal.people)
    for one in leaving:
        if how == "opts out":
            shop.customers.consents.set(customers[one], "line", on=False)
        elif how == "unfollows":
            people[one].blocked = True
        elif how == "is deleted":
            shop.customers.forget(customers[one])
        elif how == "unlinks":
            shop.friends.unlink(people[one].user_id)
        else:  # with the entry of somebody who is no friend
            shop.customers.merges.make(shop.customers.add(NewCustomer(name="同じ人")).id, customers[one])
    if how == "unfollows":
        shop.friends.sync()


@contextmanager
def _between_claims(nth: int, act: Callable[[], None]) -> Iterator[None]:
    """Do something right before the sender's nth transaction, from outside of it; few go out with each."""
    step, met = Ledger.step, iter(range(1, 1_000_000))

    def stepped(*given: Any, **named: Any) -> Step:
        if next(met) == nth:
            act()
        return step(*given, **named)

    with (
        mock.patch.object(Ledger, "step", stepped),
        mock.patch.dict(HANDS, dict.fromkeys(HANDS, Hand(1, 1))),
        mock.patch.object(limits, "MULTICAST_PEOPLE", TOGETHER),
    ):
        yield
