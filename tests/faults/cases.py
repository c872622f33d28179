"""A fault table in three words: a `Kind` makes numbered cases, a `Case` checks itself, `slice_of` picks today's."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random

Check = Callable[[Path], None]
PARTS = 20
"""The default run does each kind's every twentieth case: all of them in twenty days."""


@dataclass(frozen=True)
class Kind:
    """A row of a fault table. `make` gives the case of that number out of so many; the same seed gives the same case."""

    name: str
    commit: int
    nightly: int
    make: Callable[[int, Random], Check]

    def cases(self, *, nightly: bool = False) -> Iterator[Case]:
        """Yield the cases at the counts of a commit or of a night."""
        return (Case(self, number) for number in range(self.nightly if nightly else self.commit))


@dataclass(frozen=True)
class Case:
    """One fault. Its id says everything needed to make it again."""

    kind: Kind
    number: int

    @property
    def id(self) -> str:
        return f"{self.kind.name}-{self.number:03d}"

    def run(self, folder: Path) -> None:
        """Make the fault in an empty folder and check what must hold.

        Raises:
            AssertionError: it does not.
        """
        digest = hashlib.sha256(self.id.encode()).digest()
        self.kind.make(self.number, Random(digest))(folder)


def seed_of_today() -> int:
    """Return the seed that was given, else the date: 20261126."""
    return int(os.environ.get("SHOPDESK_FAULT_SEED") or f"{datetime.now(UTC):%Y%m%d}")


def coverage(tables: Mapping[str, Sequence[Kind]], seed: int) -> str:
    """Say how much of each table a slice is: "F: 61 of 501 cases, seed 20261126"."""
    counts = (
        f"{letter}: {len(slice_of(kinds, seed))} of {sum(kind.commit for kind in kinds)} cases"
        for letter, kinds in tables.items()
    )
    return f"{', '.join(counts)}, seed {seed}"


def slice_of(kinds: Sequence[Kind], seed: int) -> list[Case]:
    """Return a part of every kind's cases; seeds that follow each other reach every case in `PARTS` runs."""
    return [case for kind in kinds for case in kind.cases() if case.number % PARTS == seed % min(PARTS, kind.commit)]
