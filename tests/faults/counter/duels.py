"""C1: several tills scan the same coupon at the same instant, or the last one that may be used in all."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from typing import Any

from tests.faults.cases import Check
from tests.faults.counter.rig import MOST, TILLS, Counter, Lent

HOWS = ("one code", "one ticket, two codes", "one person, two coupons merged", "the last of all")
TOLD_WITHIN_S = 1.0
DATABASES = ("sqlite", "postgresql")


def duelled(counter: Lent) -> Callable[[int, Random], Check]:
    """Return the maker of the cases: on either database, with two to four or to eight tills, in each of the ways."""

    def make(number: int, random: Random) -> Check:
        rest, place = divmod(number, len(DATABASES))
        database = DATABASES[place]
        tills = random.randint(2, MOST[database])
        return lambda _folder: duel(counter(), database, HOWS[rest % len(HOWS)], tills)

    return make


def duel(counter: Counter, database: str, how: str, tills: int, **more: Any) -> None:
    """Let one win and every other be told: when and at which till, or that it was the last."""
    coupon, codes = _given(counter, database, how)
    said = counter.ask(database, *({"code": codes[one % len(codes)], **more} for one in range(tills)))
    won = [place for place, one in enumerate(said) if not one["code"]]
    assert len(won) == 1, f"{len(won)} winners: {said}"
    for place, one in enumerate(said):
        if place in won:
            continue
        assert one["seconds"] < TOLD_WITHIN_S, one
        if how in {"one code", "one ticket, two codes"}:
            assert one["code"] == "already_used", one
            assert re.search(rf"at \d\d:\d\d at {TILLS[won[0]]}\.", one["message"]), one
        else:
            assert one["code"] in {"already_used", "limit_reached"}, one
    counter.counted(database, coupon, 1)


def _given(counter: Counter, database: str, how: str) -> tuple[int, list[str]]:
    if how == "the last of all":
        return counter.codes(database, 2, most=1)
    if how == "one person, two coupons merged":
        return counter.of_one_merged(database)
    coupon, codes = counter.codes(database)
    if how == "one ticket, two codes":
        shop = counter.shop(database)
        codes.append(shop.coupons.code_again(shop.coupons.look(codes[0]).ticket_id).code)
    return coupon, codes
