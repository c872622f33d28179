"""C2: the scanner repeats, Enter twice, a double click. C3: the answer was lost and the till asks again, or for something else."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from random import Random
from typing import Any

from tests.faults.cases import Check
from tests.faults.counter.duels import DATABASES
from tests.faults.counter.rig import TILLS, Counter, Lent

REPEATS = ("one after the other", "at once", "with new numbers")
LOSSES = ("the answer", "killed before the commit", "killed after it")
OTHERS = ("nothing", "the amount", "the till", "the coupon")


def repeated(counter: Lent) -> Callable[[int, Random], Check]:
    """Return the maker of the cases of C2: two to five times, in each way, on either database."""

    def make(number: int, random: Random) -> Check:
        rest, place = divmod(number, len(DATABASES))
        times = random.randint(2, 5 if DATABASES[place] == "postgresql" else 4)
        return lambda _folder: repeat(counter(), DATABASES[place], REPEATS[rest % len(REPEATS)], times)

    return make


def repeat(counter: Counter, database: str, how: str, times: int, **more: Any) -> None:
    """Count it once; say of every other try that it is counted, or where it was used."""
    coupon, (code,) = counter.codes(database)
    asked: dict[str, Any] = {"code": code, "till": TILLS[0], **more}
    if how != "with new numbers":
        asked["nonce"] = str(uuid.uuid4())
    groups = [[asked] * times] if how == "at once" else [[asked]] * times
    said = [one for group in groups for one in counter.ask(database, *group)]
    counted = [one for one in said if not one["code"] and not one["again"]]
    assert len(counted) == 1, f"{len(counted)} counted: {said}"
    rest = [one for one in said if one is not counted[0]]
    if how == "with new numbers":
        assert {one["code"] for one in rest} == {"already_used"}, rest
        assert all(TILLS[0] in one["message"] for one in rest), rest
    else:
        assert all(not one["code"] and one["again"] and one["use"] == counted[0]["use"] for one in rest), rest
    counter.counted(database, coupon, 1)


def retried(counter: Lent) -> Callable[[int, Random], Check]:
    """Return the maker of the cases of C3: what was lost × what the second request says otherwise, on either database."""

    def make(number: int, _random: Random) -> Check:
        rest, place = divmod(number, len(DATABASES))
        rest, lost = divmod(rest, len(LOSSES))
        return lambda _folder: retry(counter(), DATABASES[place], LOSSES[lost], OTHERS[rest % len(OTHERS)])

    return make


def retry(counter: Counter, database: str, lost: str, other: str, **more: Any) -> None:
    """Ask, lose what comes back, ask again under the same number."""
    coupon, (code, another) = counter.codes(database, 2)
    asked: dict[str, Any] = {"code": code, "nonce": str(uuid.uuid4()), "till": TILLS[0], "yen": 1_000, **more}
    dies = {"killed before the commit": {"dies": "before"}, "killed after it": {"dies": "after"}}.get(lost, {})
    (first,) = counter.ask(database, {**asked, **dies})
    assert first["code"] == ("killed" if dies else ""), first
    kept = lost != "killed before the commit"
    counter.counted(database, coupon, int(kept))
    changed = {"the amount": {"yen": 1_001}, "the till": {"till": TILLS[1]}, "the coupon": {"code": another}}
    (second,) = counter.ask(database, {**asked, **changed.get(other, {})})
    if not kept:
        assert (second["code"], second["again"]) == ("", False), second
    elif other == "nothing":
        assert (second["code"], second["again"]) == ("", True), second
    else:
        assert second["code"] == "nonce_reused", second
    counter.counted(database, coupon, 1)
