"""A warm process that reads files as an import's child does, for case after case; one that a file takes down is replaced."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from shopdesk import i18n
from shopdesk.errors import ShopDeskError
from shopdesk.imports import child
from shopdesk.imports.reading.files import open_file
from shopdesk.imports.reading.neutral import Problem
from shopdesk.imports.reading.orders import read_orders
from shopdesk.spreadsheets import open_table

SECONDS = 30.0


@dataclass(frozen=True)
class Read:
    """How reading ended. `code` is '' for a file that was read, `broken_file` where it took the process down."""

    code: str = ""
    message: str = ""
    rows: tuple[Any, ...] = ()


class Reader:
    """Use as a context; `rows` and `orders` never raise for what a file holds."""

    def __init__(self) -> None:
        self._start()
        self.deaths = 0

    def rows(self, path: Path) -> Read:
        """Read the first sheet: (number, cells) of each row."""
        return self._ask("rows", path)

    def orders(self, path: Path) -> Read:
        """Read the orders as an import would before it writes: neutral ones, and a sentence for each problem."""
        return self._ask("orders", path)

    def close(self) -> None:
        self._process.kill()
        self._process.join()
        self._pipe.close()

    def _start(self) -> None:
        spawning = multiprocessing.get_context("spawn")
        self._pipe, theirs = spawning.Pipe()
        self._process = spawning.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    def _ask(self, what: str, path: Path) -> Read:
        self._pipe.send((what, path))
        try:
            if self._pipe.poll(SECONDS):
                found: Read = self._pipe.recv()
                return found
            code = "too_slow"
        except (EOFError, OSError):
            code = "broken_file"
        self.close()
        self.deaths += 1
        self._start()
        return Read(code)


@contextmanager
def reader() -> Iterator[Reader]:
    """Lend a warm reader."""
    one = Reader()
    try:
        yield one
    finally:
        one.close()


def _serve(pipe: Connection) -> None:
    child.limit_memory()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    i18n.set_language("en")
    while True:
        try:
            what, path = pipe.recv()
        except EOFError:
            return
        try:
            found = Read(rows=_rows(path) if what == "rows" else _orders(path))
        except ShopDeskError as error:
            found = Read(error.code, error.message)
        except MemoryError:
            found = Read("too_large", "memory")
        except Exception as error:  # noqa: BLE001 - a failure nobody foresaw is what the tables look for
            found = Read("failed", repr(error))
        pipe.send(found)


def _rows(path: Path) -> tuple[Any, ...]:
    return tuple(open_table(path).rows())


def _orders(path: Path) -> tuple[Any, ...]:
    return tuple(one.message if isinstance(one, Problem) else one for one in read_orders([open_file(path)]))
