"""Run whole fault tables and print what came of them: python -m tests.faults [--nightly] [F …]."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

from tests.faults.cases import Kind
from tests.faults.reader import Reader
from tests.faults.tables import tables


def main(arguments: list[str]) -> int:
    """Return 1 where a case failed."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--nightly", action="store_true", help="the counts of a night instead of a commit")
    asked.add_argument("table", nargs="*", help="letters of the tables (all)")
    said = asked.parse_args(arguments)
    reader = cache(Reader)
    known = tables(reader)
    print(f"{'kind':<6}{'cases':>8}{'failed':>8}{'deaths':>8}{'seconds':>9}")
    failed = 0
    for letter in said.table or known:
        for kind in known[letter]:
            failed += _run(kind, reader(), nightly=said.nightly)
    reader().close()
    return min(failed, 1)


def _run(kind: Kind, reader: Reader, *, nightly: bool) -> int:
    begun, deaths, count, failed = time.monotonic(), reader.deaths, 0, []
    for case in kind.cases(nightly=nightly):
        count += 1
        with tempfile.TemporaryDirectory() as folder:
            try:
                case.run(Path(folder))
            except AssertionError as error:
                failed.append(f"  {case.id}: {error}")
    taken = time.monotonic() - begun
    print(f"{kind.name:<6}{count:>8,}{len(failed):>8}{reader.deaths - deaths:>8}{taken:>9.1f}", flush=True)
    print(*failed[:20], sep="\n", end="\n" if failed else "")
    return len(failed)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
