"""Several tills at once: real processes and a barrier, on both databases; and whose clock decides."""

from __future__ import annotations

import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from statistics import median
from threading import Barrier

import pytest

from shopdesk.cards import CardRefusedError, Rules
from shopdesk.clock import SystemClock
from shopdesk.errors import ShopDeskError
from shopdesk.verify import verify

TILLS = 4


@pytest.fixture
def tills(shop, make_shop):
    """The same data opened by each till: connections of its own, as in a program of its own."""
    url = None if shop.database.on_sqlite else shop.database.url.render_as_string(hide_password=False)
    return [shop, *(make_shop(url=url and url.replace("+psycopg", "")) for _nth in range(TILLS - 1))]


def at_once(tills, act) -> list[object]:
    """What each till is answered when all ask at the same moment."""
    barrier = Barrier(len(tills))

    def ask(number: int) -> object:
        barrier.wait()
        try:
            return act(tills[number], number)
        except ShopDeskError as error:
            return error.code

    with ThreadPoolExecutor(len(tills)) as pool:
        return list(pool.map(ask, range(len(tills))))


def test_tills_that_ask_at_once_are_answered_one_by_one(shop, tills):
    shop.cards.design.publish(Rules(once_a_day=True))
    for _round in range(2):
        made = shop.cards.walk_in("a")
        nonce = str(uuid.uuid4())
        same = at_once(tills, lambda till, _n: till.cards.scan(made.code.digits, till="1", nonce=nonce))  # noqa: B023
        assert len({one.entry_id for one in same}) == 1
        assert sorted(one.repeated for one in same) == [False, True, True, True]
        others = at_once(tills, lambda till, n: till.cards.scan(made.code.digits, till=str(n)))  # noqa: B023
        assert others == ["already_counted"] * TILLS
        shop.cards.adjust(made.card.id, 4, "x")
        code = shop.cards.passing_code(made.card.id).digits
        used = at_once(tills, lambda till, n: till.cards.use(code, 5, till=str(n)))  # noqa: B023
        assert sorted(map(str, used))[1:] == ["needs_passing_code"] * (TILLS - 1)
        voids = at_once(tills, lambda till, _n: till.cards.reverse(same[0].entry_id, "x"))  # noqa: B023
        assert len({one.entry_id for one in voids}) == 1
        assert shop.cards.get(made.card.id).balance == 0
    assert [one for one in verify(shop) if not one.ok] == []


class Late(SystemClock):
    """A computer's clock that is ten minutes late."""

    def now(self) -> datetime:
        return super().now() - timedelta(minutes=10)


def test_where_computers_differ_the_database_s_clock_decides(make_shop, fresh_postgresql):
    late, right = (make_shop(url=fresh_postgresql, clock=clock) for clock in (Late(), SystemClock()))
    made = right.cards.walk_in("a")
    done = late.cards.scan(late.cards.passing_code(made.card.id).digits)
    assert abs(datetime.now(UTC) - done.at) < timedelta(minutes=1)
    assert right.cards.use(late.cards.passing_code(made.card.id).digits, 1).balance == 0


def test_a_known_code_is_refused_as_quickly_as_an_unknown_one(sqlite_shop, clock):
    made = sqlite_shop.cards.walk_in("a")
    old = sqlite_shop.cards.passing_code(made.card.id).digits
    sqlite_shop.cards.replace(made.card.id)
    unknown = old.replace(f"2{made.card.id:09}", "2999999999")
    clock.move(timedelta(minutes=5))
    took: dict[str, list[float]] = {old: [], unknown: []}
    for number in range(12):
        for typed, times in took.items():
            began = time.perf_counter()
            with pytest.raises(CardRefusedError):
                sqlite_shop.cards.find(typed, till=str(number))
            times.append(time.perf_counter() - began)
    assert abs(median(took[old]) - median(took[unknown])) < 0.02
