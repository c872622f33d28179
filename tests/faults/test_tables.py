"""Today's slice of every fault table, or all of it with -m full; and that each guard goes red with its limit lifted."""

from __future__ import annotations

from functools import cache

import pytest

from tests.faults.cases import PARTS, Kind, seed_of_today, slice_of
from tests.faults.counter.rig import Counter
from tests.faults.program import Program
from tests.faults.reader import Reader
from tests.faults.sending.stage import Stage
from tests.faults.tables import tables

_reader = cache(Reader)
_program = cache(Program)
_stage = cache(Stage)
_counter = cache(Counter)
TABLES = tables(_reader, _program, _stage, _counter)
SEED = seed_of_today()
TODAY = [case for kinds in TABLES.values() for case in slice_of(kinds, SEED)]
ALL = [case for kinds in TABLES.values() for kind in kinds for case in kind.cases()]


@pytest.fixture(scope="module", autouse=True)
def _they_end():
    yield
    for lent in (_reader, _program, _stage, _counter):
        if lent.cache_info().currsize:
            lent().close()
            lent.cache_clear()


@pytest.mark.parametrize("case", TODAY, ids=lambda case: case.id)
def test_todays_slice(case, tmp_path):
    case.run(tmp_path)


@pytest.mark.full
@pytest.mark.parametrize("case", ALL, ids=lambda case: case.id)
def test_every_case(case, tmp_path):
    case.run(tmp_path)


def test_slices_that_follow_each_other_reach_every_case():
    reached = {
        case.id for seed in range(SEED, SEED + PARTS) for kinds in TABLES.values() for case in slice_of(kinds, seed)
    }
    assert reached == {case.id for case in ALL}


def test_a_case_that_fails_is_seen(tmp_path):
    def fails(number, random):
        def check(folder):
            assert number < 3

        return check

    cases = list(Kind("X", 4, 4, fails).cases())
    cases[2].run(tmp_path)
    with pytest.raises(AssertionError):
        cases[3].run(tmp_path)
