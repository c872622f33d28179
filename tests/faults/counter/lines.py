"""C7: the line to PostgreSQL is cut at each statement, the server starts again, or a till's clock is ten minutes off."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from functools import cache
from random import Random
from typing import Any

from tests import postgresql
from tests.faults.cases import Check
from tests.faults.counter.rig import TILLS, Counter, Lent
from tests.faults.counter.scenes import Scene, scene
from tests.links import Side

DATABASE = "postgresql"
DONE = ("a visit", "points used", "a coupon")
SIDES: tuple[Side, ...] = ("before", "after")
PLACES = 16
"""So many statements an act takes at most; a case beyond its last one begins again at the first."""
CLOCKS = (-10, 10)
EXHAUSTIVE = len(DONE) * (len(SIDES) * PLACES + 1 + len(CLOCKS))


def cut_off(counter: Lent) -> Callable[[int, Random], Check]:
    """Return the maker of the cases: each act × (each statement × either side, a server that starts again, either wrong clock)."""

    def make(number: int, _random: Random) -> Check:
        rest, place = divmod(number % EXHAUSTIVE, len(DONE))
        act = DONE[place]
        if rest < len(CLOCKS):
            return lambda _folder: wrong_clock(counter(), act, CLOCKS[rest])
        if rest == len(CLOCKS):
            return lambda _folder: restarted(counter(), act)
        at, side = divmod(rest - len(CLOCKS) - 1, len(SIDES))
        return lambda _folder: lost(counter(), act, at, SIDES[side])

    return make


def lost(counter: Counter, act: str, at: int, side: Side, **more: Any) -> None:
    """Cut the line at a statement: nothing is half done, a visit is noted, and what is asked again is done once."""
    statements = _statements(counter, act)
    done, asked = _asked(counter, act, **more)
    counter.link.up((at % statements + 1, side))
    _refused(counter, counter.ask(DATABASE, asked)[0], asked)
    _caught_up(counter, done, asked)


def restarted(counter: Counter, act: str) -> None:
    """Let the server stop and come back between two customers: the next one notices nothing."""
    done, asked = _asked(counter, act)
    postgresql.restart()
    (said,) = counter.ask(DATABASE, asked)
    assert said["code"] == "", said
    _caught_up(counter, done, asked)


def wrong_clock(counter: Counter, act: str, minutes: int, **more: Any) -> None:
    """Let a till whose clock is off do it: codes and times go by the database's clock, for what was noted too."""
    done, asked = _asked(counter, act, minutes, **more)
    if act == "a visit":
        counter.link.down()
        assert counter.ask(DATABASE, {**asked, "act": "note"})[0]["code"] == ""
        counter.link.up()
        assert counter.ask(DATABASE, {**asked, "act": "replay"})[0]["counted"] == 1
    (said,) = counter.ask(DATABASE, asked)
    assert said["code"] == "", said
    assert abs(said["at"] / 1000 - time.time()) < 60, "the database's clock decides"
    assert done.found(counter.shop(DATABASE)) == done.after


def _asked(counter: Counter, act: str, minutes: int = 0, **more: Any) -> tuple[Scene, dict[str, Any]]:
    done = scene(counter, DATABASE, act)
    counter.link.up()
    counter.ask(DATABASE, {**counter.far(minutes), "act": "stand by"})
    return done, {
        "till": TILLS[0],
        "nonce": str(uuid.uuid4()),
        "yen": 1_000,
        **done.order,
        **counter.far(minutes),
        **more,
    }


@cache
def _statements(counter: Counter, act: str) -> int:
    """Return how many statements an act takes of a till that stands ready."""
    for _again in range(2):
        _done, asked = _asked(counter, act)
        assert counter.ask(DATABASE, asked)[0]["code"] == ""
    return counter.link.statements


def _refused(counter: Counter, said: dict[str, Any], asked: dict[str, Any]) -> None:
    """Check what a till without a line says: visits are noted, all else waits, with a sentence that says so."""
    assert said["code"] == "offline", said
    if asked["act"] == "visit":
        assert counter.ask(DATABASE, {**asked, "act": "note"})[0]["code"] == ""
        assert counter.ask(DATABASE, {**asked, "act": "replay"})[0]["code"] == "offline"
        return
    (again,) = counter.ask(DATABASE, asked)
    for one in (said, again):
        assert one["code"] == "offline", one
        assert "nothing can be used just now" in one["message"], one


def _caught_up(counter: Counter, done: Scene, asked: dict[str, Any]) -> None:
    """Plug it in again: it is done once, however often it is asked for (I7, I9)."""
    shop = counter.shop(DATABASE)
    counter.link.up()
    if asked["act"] == "visit":
        for _twice in range(2):
            assert counter.ask(DATABASE, {**asked, "act": "replay"})[0]["code"] == ""
        assert shop.cards.uncounted.list() == []
    for again in range(2):
        (said,) = counter.ask(DATABASE, asked)
        assert said["code"] == "", said
        assert said["again"] or not again, said
    assert done.found(shop) == done.after, f"{done.found(shop)} instead of {done.after}"
