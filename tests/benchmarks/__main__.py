"""Measure against the anchors: python -m tests.benchmarks [P1 P2 …] [--full]."""

from __future__ import annotations

import argparse
import multiprocessing
import sys

from tests.benchmarks.suite import BENCHMARKS, run
from tests.benchmarks.workplace import FULL, USUAL


def main() -> int:
    """Run what is asked for; 0 whatever the verdicts are: a busy machine is no broken program."""
    parser = argparse.ArgumentParser(prog="dev.py benchmark", description="Measure against the anchors.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"some of {', '.join(BENCHMARKS)}; all by default")
    parser.add_argument("--full", action="store_true", help="the full sizes: half an hour instead of minutes")
    asked = parser.parse_args()
    names = [name.upper() for name in asked.names] or list(BENCHMARKS)
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"there is no {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
    run(names, FULL if asked.full else USUAL, sys.stdout)
    return 0


if __name__ == "__main__":
    multiprocessing.freeze_support()
    raise SystemExit(main())
