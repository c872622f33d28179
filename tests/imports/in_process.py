"""Imports without a process of their own: what a property test needs to make hundreds of them."""

from __future__ import annotations

import itertools
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from multiprocessing import Pipe
from typing import TYPE_CHECKING, Any

from shopdesk.imports.child import Import, Job
from shopdesk.staff import OWNER

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.connection import Connection
    from pathlib import Path

    from shopdesk.imports.records import ImportReport
    from shopdesk.shop import Shop

_NUMBERS = itertools.count()


def import_here(shop: Shop, files: Sequence[Path], mapping: str | None = None) -> ImportReport:
    """Import files by the child's own code in this process, and return what it reports."""
    database = shop.database
    staging = files[0].parent / f"{next(_NUMBERS)}.staging"
    job = Job(
        database_file=database.path if database.on_sqlite else None,
        database_url=database.url.render_as_string(hide_password=False),
        database_key=database.key,
        staging=staging,
        files=tuple(files),
        cart=None,
        mapping=mapping,
        corrections=None,
        actor=OWNER,
        at=shop.clock.now(),
        language="en",
    )
    ours, theirs = Pipe()
    with closing(Import(job, theirs)) as one, ThreadPoolExecutor(1) as thread:
        work = thread.submit(one.go)
        while (said := _next(ours, work))[0] != "done":
            if said[0] == "preview":
                ours.send("merge")
        work.result()
    for file in staging.parent.glob(f"{staging.name}*"):
        file.unlink()
    report: ImportReport = said[1]
    return report


def _next(pipe: Connection, work: Future[None]) -> tuple[Any, ...]:
    while not pipe.poll(0.01):
        if work.done():
            work.result()
    said: tuple[Any, ...] = pipe.recv()
    return said
