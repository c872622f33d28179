"""Where benchmarks work: a temporary folder with the exports, the empty homes and the large shop, each made once."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from shopdesk.clock import JAPAN, FixedClock
from shopdesk.shop import open_shop
from tests.benchmarks import data, large_shop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopdesk.shop import Shop
    from tests.benchmarks.data import Export

NOW = datetime(2026, 11, 22, 14, 32, tzinfo=JAPAN)


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured with. `jumps` are those of one round in the long list, `calm` the seconds of an idle screen."""

    rows: int
    customers: int
    rounds: int
    rules: int
    jumps: int
    calm: float

    @property
    def export(self) -> Export:
        """The export that is imported."""
        return data.Export(self.rows, max(1, self.rows // 5))


TINY = Size(rows=120, customers=600, rounds=1, rules=6, jumps=2, calm=0.1)
USUAL = Size(rows=5_000, customers=40_000, rounds=5, rules=48, jumps=40, calm=1.0)
FULL = Size(rows=100_000, customers=1_000_000, rounds=5, rules=48, jumps=100, calm=5.0)


class Workplace:
    """A folder to measure in. What several benchmarks need is made by the first that asks."""

    def __init__(self, folder: Path, size: Size) -> None:
        self.folder, self.size = folder, size
        self._homes = 0

    def csv(self, encoding: str, export: Export | None = None) -> Path:
        """Return the export as text in this encoding."""
        return self._export(export, encoding, "csv")

    def xlsx(self) -> Path:
        """Return the export as a workbook."""
        return self._export(None, "", "xlsx")

    def _export(self, wanted: Export | None, encoding: str, kind: str) -> Path:
        export = wanted or self.size.export
        path = self.folder / f"orders-{'-'.join(map(str, export))}{encoding}.{kind}"
        if not path.exists():
            data.write_csv(export, path, encoding) if kind == "csv" else data.write_xlsx(export, path)
        return path

    def empty_home(self) -> Path:
        """Return a home of its own with a migrated database that holds nothing."""
        template = self.folder / "empty"
        if not template.exists():
            open_shop(template, clock=FixedClock(NOW), secrets={}).close()
        return self.copy_of(template)

    def copy_of(self, home: Path) -> Path:
        """Return a home of its own with the data of another."""
        self._homes += 1
        made = self.folder / f"home-{self._homes}"
        made.mkdir()
        shutil.copyfile(home / "shop.db", made / "shop.db")
        return made

    @contextmanager
    def lent_home(self, like: Path | None = None) -> Iterator[Path]:
        """Give a home for one run, empty or `like` another: a hundred runs would fill the disk."""
        home = self.copy_of(like) if like else self.empty_home()
        yield home
        shutil.rmtree(home)

    def large_home(self) -> Path:
        """Return the home of the large shop: to read, not to change."""
        made = self.folder / "large"
        if not made.exists():
            shutil.copytree(self.empty_home(), made)
            large_shop.fill(made / "shop.db", self.size.customers)
        return made


@contextmanager
def opened(home: Path) -> Iterator[Shop]:
    """Give the shop of a home at a fixed moment, without asking the key ring."""
    shop = open_shop(home, clock=FixedClock(NOW), secrets={})
    try:
        yield shop
    finally:
        shop.close()
