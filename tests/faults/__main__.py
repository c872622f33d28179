"""Run whole fault tables on two cores and print what came of them: python -m tests.faults [--nightly] [A E F …]."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from itertools import islice
from pathlib import Path

from tests.faults.counter.rig import Counter
from tests.faults.program import Program
from tests.faults.reader import Reader
from tests.faults.sending.stage import Stage
from tests.faults.tables import tables

CORES = 2
_reader = cache(Reader)
_program = cache(Program)
_stage = cache(Stage)
_counter = cache(Counter)


def main(arguments: list[str]) -> int:
    """Return 1 where a case failed."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--nightly", action="store_true", help="the counts of a night instead of a commit")
    asked.add_argument("table", nargs="*", help="letters of the tables (all)")
    said = asked.parse_args(arguments)
    known = tables(_reader, _program, _stage, _counter)
    print(f"{'kind':<6}{'cases':>8}{'failed':>8}{'deaths':>8}{'seconds':>9}")
    failed, begun = 0, time.monotonic()
    with ProcessPoolExecutor(CORES) as cores:
        for letter in said.table or known:
            for place in range(len(known[letter])):
                tasks = [cores.submit(_run, letter, place, share, said.nightly) for share in range(CORES)]
                failed += _told(known[letter][place].name, [task.result() for task in tasks])
    print(f"{time.monotonic() - begun:.0f} s")
    return min(failed, 1)


def _run(letter: str, place: int, share: int, nightly: bool) -> tuple[int, list[str], int, float]:
    """Run one core's share of a kind's cases; return how many, what failed, how often the reader died, and the seconds."""
    begun, deaths, count, failed = time.monotonic(), _reader().deaths, 0, []
    kind = tables(_reader, _program, _stage, _counter)[letter][place]
    for case in islice(kind.cases(nightly=nightly), share, None, CORES):
        count += 1
        with tempfile.TemporaryDirectory() as folder:
            try:
                case.run(Path(folder))
            except AssertionError as error:
                failed.append(f"  {case.id}: {error}")
    return count, failed, _reader().deaths - deaths, time.monotonic() - begun


def _told(name: str, shares: list[tuple[int, list[str], int, float]]) -> int:
    counts, failures, deaths, seconds = zip(*shares, strict=True)
    failed = [line for each in failures for line in each]
    print(f"{name:<6}{sum(counts):>8,}{len(failed):>8}{sum(deaths):>8}{max(seconds):>9.1f}", flush=True)
    print(*failed[:20], sep="\n", end="\n" if failed else "")
    return len(failed)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
