"""All benchmarks, one after the other, and the table of what they found."""

from __future__ import annotations

import os
import platform
import tempfile
import time
from contextlib import contextmanager
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import psutil

from shopdesk.database import SQLITE_VERSION
from tests.benchmarks.results import Line, table
from tests.benchmarks.workplace import Workplace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.benchmarks.workplace import Size

BENCHMARKS = {
    "P1": "p01_xlsx",
    "P2": "p02_csv",
    "P3": "p03_database",
    "P4": "p04_sums",
    "P5": "p05_segments",
    "P6": "p06_api",
    "P7": "p07_size",
    "P8": "p08_sender",
    "P9": "p09_webhook",
    "P10": "p10_counter",
    "P11": "p11_window",
    "P12": "p12_jumps",
    "P13": "p13_stalls",
    "P14": "p14_codes",
    "P15": "p15_pages",
}
_PACKAGES = (
    "SQLAlchemy",
    "sqlcipher3",
    "python-calamine",
    "openpyxl",
    "PySide6-Essentials",
    "duckdb",
    "aiohttp",
    "uvicorn",
    "starlette",
)


def run(names: Sequence[str], size: Size, out: TextIO) -> list[Line]:
    """Run the named benchmarks and print their table.

    Each is a module with `NAME`, goals, `anchor`, `product` (one run of a side) and `report` (its lines of the table).
    """
    print(machine(), file=out, flush=True)
    lines: list[Line] = []
    made = tempfile.TemporaryDirectory(prefix="shopdesk-benchmarks-", ignore_cleanup_errors=True)
    with made as folder, _environment(Path(folder)):
        place = Workplace(Path(folder), size)
        for name in names:
            begun = time.perf_counter()
            lines += import_module(f"tests.benchmarks.{BENCHMARKS[name]}").report(place)
            print(f"{name}: {time.perf_counter() - begun:.0f} s, load {_load()}", file=out, flush=True)
    print(f"\n{table(lines)}\n", file=out)
    print(
        f"Ratio: product / anchor, of minima of {size.rounds} runs each, taken in turn. Load at the end: {_load()}",
        file=out,
    )
    return lines


@contextmanager
def _environment(folder: Path) -> Iterator[None]:
    """Keep off this person's own shop, and let every new process find bytecode as an installed program does."""
    before = dict(os.environ)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ |= {"PYTHONPYCACHEPREFIX": str(folder / "bytecode"), "SHOPDESK_INSTANCE_FILE": str(folder / "instance")}
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def machine() -> str:
    """Return what the figures were measured on, in two lines."""
    memory = psutil.virtual_memory().total / 1e9
    return (
        f"{platform.platform()}, {os.cpu_count()} cores, {memory:.0f} GB, load {_load()}\n"
        f"Python {platform.python_version()}, SQLite {'.'.join(map(str, SQLITE_VERSION))}, "
        + ", ".join(map(_version, _PACKAGES))
    )


def _version(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return f"{package} not installed"


def _load() -> str:
    return " ".join(f"{one:.2f}" for one in psutil.getloadavg())
