"""A7: audiences of every awkward size, people who are there twice, and ids that are none."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from random import Random

from sqlalchemy import select

from shopdesk.broadcasts import EmptyAudienceError
from shopdesk.broadcasts.tables import BatchRow
from shopdesk.customers import NewCustomer
from shopdesk.friends import AlreadyLinkedError
from shopdesk.line import limits
from shopdesk.messages import draft
from shopdesk.rehearsal import friend_id
from shopdesk.segments import AllOf
from tests.faults.cases import Check
from tests.faults.sending.stage import Lent, Scene, Stage, refused

SIZES: tuple[tuple[str, int], ...] = (
    *(("multicast", size) for size in (0, 1, 499, 500, 501, 9_999, 50_000)),
    ("push", 501),
    ("broadcast", 501),
)
USER_ID = re.compile(r"U[0-9a-f]{32}")
_ODD_SIZES = (0, 1, 2, 499, 500, 501, 999, 1_000, 1_001, 1_499, 1_501)


def audience(stage: Lent) -> Callable[[int, Random], Check]:
    """Return the maker of the cases: nine sizes, people twice, two entries of one friend, ids that are none; then random sizes."""
    special: tuple[Callable[[Stage, Path], None], ...] = (_twice, _two_entries, _no_ids)

    def make(number: int, random: Random) -> Check:
        if len(SIZES) <= number < len(SIZES) + len(special):
            return lambda folder: special[number - len(SIZES)](stage(), folder)
        way, size = (
            SIZES[number] if number < len(SIZES) else (random.choice(("push", "multicast")), random.choice(_ODD_SIZES))
        )
        return lambda folder: reach(stage(), folder, way, size)

    return make


def reach(stage: Stage, folder: Path, way: str, size: int) -> None:
    """Send to so many; each request holds at most 500 different, real ids, and everybody is in one."""
    with stage.scene(folder, size) as scene:
        scene.there.rehearsal.quota.limit = 100_000
        made = scene.draft(way)
        if not size:
            refused(EmptyAudienceError, lambda: scene.send(made))
            assert scene.sends() == []
            return
        scene.finished(scene.send(made), size)
        if way != "broadcast":
            _requests(scene, size)


def _requests(scene: Scene, size: int) -> None:
    with scene.shop.database.read() as session:
        wanted = [json.loads(body)["to"] for body in session.scalars(select(BatchRow.body))]
    named = [[one] if isinstance(one, str) else one for one in wanted]
    assert max(map(len, named)) <= limits.MULTICAST_PEOPLE
    everybody = [one for some in named for one in some]
    assert len(everybody) == len(set(everybody)) == size
    assert all(USER_ID.fullmatch(one) for one in everybody)


def _twice(stage: Stage, folder: Path) -> None:
    """A tenth of the friends is fetched twice, and a broadcast is frozen twice: each is one row, one message."""
    with stage.scene(folder, 200) as scene:
        scene.shop.friends.sync()
        scene.shop.friends.sync()
        made = scene.draft("multicast")
        scene.shop.broadcasts.freeze(made)
        assert scene.shop.broadcasts.freeze(made).planned == 200
        scene.finished(scene.send(made), 200)


def _two_entries(stage: Stage, folder: Path) -> None:
    """One friend cannot be two customers; two entries of one person, made one after the freeze, are one message."""
    with stage.scene(folder, 3) as scene:
        friends, shop = list(scene.there.rehearsal.people), scene.shop
        kept, other = (shop.customers.add(NewCustomer(name="見本 花子")).id for _ in range(2))
        shop.friends.link(friends[0].user_id, kept)
        refused(AlreadyLinkedError, lambda: shop.friends.link(friends[0].user_id, other))
        shop.friends.link(friends[1].user_id, other)
        shop.segments.save("全員", AllOf())
        made = shop.broadcasts.draft(draft([{"type": "text", "text": "新作"}]), segment="全員")
        shop.broadcasts.freeze(made)
        shop.customers.merges.make(kept, other)
        status = scene.send(made)
        assert (status.state, status.accepted + status.excluded) == ("finished", 2), status
        assert sum(scene.received()) == status.accepted
        scene.sound()


def _no_ids(stage: Stage, folder: Path) -> None:
    """Ids that are none are passed over when friends are fetched: LINE would refuse the whole request they are in."""
    with stage.scene(folder, 0) as scene:
        people = scene.there.rehearsal.people
        for odd in ("", "U123", "x" * 33, "U" + "G" * 32, *map(friend_id, range(16))):
            people.meet(odd)
        scene.shop.friends.sync()
        status = scene.send(scene.draft("multicast"))
        assert (status.state, status.accepted, status.failed) == ("finished", 16, 0), status
        assert scene.received() == [0] * 4 + [1] * 16
        _requests(scene, 16)
        scene.sound()
