"""The child process of an import: it reads, stages, waits for the word, and merges. A hostile file takes down only this process."""

from __future__ import annotations

import gc
import json
import os
import sys
import traceback
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from shopdesk import customers, i18n, orders
from shopdesk.changes import Changes
from shopdesk.clock import FixedClock
from shopdesk.database import Database, milliseconds, moment
from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _
from shopdesk.imports.corrections import write_corrections
from shopdesk.imports.mapping import Mapping
from shopdesk.imports.reading import neutral
from shopdesk.imports.reading.cells import text
from shopdesk.imports.reading.files import SourceFile, open_file
from shopdesk.imports.reading.lists import read_customers, read_goods, read_products, read_subscriptions
from shopdesk.imports.reading.orders import read_orders
from shopdesk.imports.recognition import needs_mapping
from shopdesk.imports.records import (
    ColumnRead,
    FileRead,
    ImportReport,
    ListCounts,
    OrderCounts,
    RowProblem,
    SampleOrder,
)
from shopdesk.imports.remembering import Remembered, remember
from shopdesk.imports.staging import Staging, session_beside
from shopdesk.imports.tables import ImportRow
from shopdesk.staff import Actor, Staff

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from multiprocessing.connection import Connection
    from pathlib import Path

    from sqlalchemy.orm import Session

MEMORY_BYTES = 640 * 1024 * 1024
"""A workbook of 100,000 rows in Shopify's 79 columns, which calamine holds whole, takes 535 MB of it."""
_TELL_EVERY = 2_000
_SAMPLES = 200
_SHOWN = 80
"""Letters of a sample cell that the mapping screen may show."""


class StoppedError(ShopDeskError):
    """The person stopped the import; nothing was written."""

    code = "stopped"


@dataclass(frozen=True, slots=True)
class Job:
    """What the child is given through its pipe: no secret ever stands in its arguments or environment."""

    database_file: Path | None
    database_url: str
    database_key: str | None
    staging: Path
    files: tuple[Path, ...]
    cart: str | None
    mapping: str | None
    corrections: Path | None
    actor: Actor
    at: datetime
    language: str


def run(pipe: Connection) -> None:
    """Do one import as the parent tells it through `pipe`; every outcome, good or bad, is a message there."""
    job: Job = pipe.recv()
    limit_memory()
    _be_silent()
    gc.freeze()  # what is imported stays to the end: no collection need look through it again
    i18n.set_language(job.language)
    try:
        with closing(Import(job, pipe)) as one:
            one.go()
    except ShopDeskError as error:
        pipe.send(("error", error.code, error.message))
    except MemoryError:
        pipe.send(
            (
                "error",
                "too_large",
                _("This file needs more memory than an import may take. Split it and import the parts."),
            )
        )
    except Exception:  # noqa: BLE001 - the parent writes it to the log: this process has none
        pipe.send(("failed", traceback.format_exc()))
    finally:
        pipe.close()


def _be_silent() -> None:
    """Keep what a reader says as it goes down off the person's terminal: the parent has the sentence for it."""
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a device, no path
        os.dup2(nowhere.fileno(), 2)


def limit_memory() -> None:
    """Cap this process's memory: RLIMIT on Linux, a Job Object on Windows; on macOS the parent watches."""
    if sys.platform == "linux":
        import resource  # noqa: PLC0415 - exists on this platform only

        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
    elif sys.platform == "win32":
        import win32api  # noqa: PLC0415 - exists on this platform only
        import win32job  # noqa: PLC0415

        job = win32job.CreateJobObject(None, "")
        limits = win32job.QueryInformationJobObject(job, win32job.JobObjectExtendedLimitInformation)
        limits["BasicLimitInformation"]["LimitFlags"] = win32job.JOB_OBJECT_LIMIT_PROCESS_MEMORY
        limits["ProcessMemoryLimit"] = MEMORY_BYTES
        win32job.SetInformationJobObject(job, win32job.JobObjectExtendedLimitInformation, limits)
        win32job.AssignProcessToJobObject(job, win32api.GetCurrentProcess())


class Import:
    """One import in this process, from the files to the counts; `pipe` is told and asked as `RunningImport` does."""

    def __init__(self, job: Job, pipe: Connection) -> None:
        self._job = job
        self._pipe = pipe
        file = job.database_file
        self._database = Database.in_file(file, job.database_key) if file else Database.at(job.database_url)
        self._problems: list[RowProblem] = []
        self._corrections: tuple[Path, ...] = ()

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def go(self) -> None:
        """Read, compare, wait for the word, and write."""
        mapping = Mapping.from_json(self._job.mapping) if self._job.mapping else None
        with self._database.read() as session:
            recall = Remembered(session).mapping
        files = [open_file(path, cart=self._job.cart, mapping=mapping, recall=recall) for path in self._job.files]
        unsure = [file for file in files if file.recognition.missing or (mapping is None and file.recognition.asks)]
        staging = Staging(self._job.staging, self._job.database_key)
        if not any(file.recognition.missing for file in unsure):
            self._stage(files, staging)
        if self._job.corrections is not None and self._problems:
            self._corrections = write_corrections(files, self._problems, self._job.corrections)
        staging.finish()
        if not self._database.on_sqlite:  # it gets copies of the staged tables and cannot tell this file who is new
            staging.prepare_search(only_fresh=False)
        with session_beside(self._database, staging, write=False) as session:
            _match(session)
            preview = self._report(session, files)
        if self._database.on_sqlite:
            staging.prepare_search(only_fresh=True)
        self._pipe.send(("preview", preview))
        self._await_the_word()
        if unsure:
            raise needs_mapping(unsure[0].recognition, unsure[0].table.path.name)
        self._pipe.send(("done", self._merge(staging, files, mapping)))

    def _stage(self, files: list[SourceFile], staging: Staging) -> None:
        takers: dict[type, Callable[[Any], object]] = {
            neutral.NeutralOrder: staging.add_order,
            neutral.NeutralPerson: lambda one: staging.add_customer(one.cart, one.customer),
            neutral.NeutralProduct: staging.add_product,
            neutral.NeutralSubscription: lambda one: self._add_subscription(staging, one),
            neutral.Problem: self._note,
        }
        lists = (read_customers(files), read_products(files), read_goods(files), read_subscriptions(files))
        parts = (read_orders(files), *lists)
        for count, read in enumerate(chain.from_iterable(parts)):
            takers[type(read)](read)
            if count % _TELL_EVERY == 0:
                self._tell(files)

    def _add_subscription(self, staging: Staging, one: neutral.NeutralSubscription) -> None:
        if not staging.add_subscription(one):
            message = _("Nothing says whose subscription this is; it was left out.")
            self._note(neutral.Problem(one.file, one.row, "", one.product, message, neutral.Lost.CELL))

    def _note(self, problem: neutral.Problem) -> None:
        lost = problem.lost is neutral.Lost.ORDER
        self._problems.append(
            RowProblem(problem.file, problem.row or None, problem.column, problem.value, problem.message, lost)
        )

    def _tell(self, files: list[SourceFile]) -> None:
        self._pipe.send(("progress", sum(file.rows for file in files)))
        if self._pipe.poll() and self._pipe.recv() == "stop":
            raise StoppedError(_("The import was stopped. Nothing was written."))

    def _await_the_word(self) -> None:
        try:
            word = self._pipe.recv()
        except EOFError:  # the parent is gone
            word = "stop"
        if word != "merge":
            raise StoppedError(_("The import was stopped. Nothing was written."))

    def _merge(self, staging: Staging, files: list[SourceFile], mapping: Mapping | None) -> ImportReport:
        clock = FixedClock(self._job.at)
        with session_beside(self._database, staging, write=True) as session:
            _match(session)  # again, under the lock: what the preview compared may have changed since
            report = self._report(session, files)
            row = ImportRow(
                at=clock.now(),
                actor=self._job.actor.name,
                cart=",".join(sorted({file.cart for file in report.files})),
                files=json.dumps([file.file for file in report.files], ensure_ascii=False),
                counts=json.dumps(
                    {
                        **asdict(report.orders),
                        "new_customers": report.new_customers,
                        "lines": report.lines,
                        "problems": len(self._problems),
                    }
                ),
                undone_at=None,
            )
            session.add(row)
            session.flush()
            policies = {word: how for file in files for word, how in file.recognition.policies.items()}
            customers.staged.write(session, row.id, milliseconds(row.at), row.actor, policies)
            customers.staged_tags.write(session, row.id, policies)
            customers.staged_own.write(session, row.id, policies)
            orders.staged.write(session, row.id)
            orders.staged_subscriptions.write(session, row.id)
            orders.staged_products.write(session, row.id)
            orders.add_staged_sums(session)
            staff = Staff(self._database, clock, self._job.actor, Changes())
            staff.record(session, "import", "import", [row.id])
            if mapping is not None and self._job.cart is None:
                self._remember(session, staff, files, mapping)
            if self._pipe.poll() and self._pipe.recv() == "stop":
                raise StoppedError(_("The import was stopped. Nothing was written."))
        return replace(report, import_id=row.id)

    def _remember(self, session: Session, staff: Staff, files: list[SourceFile], mapping: Mapping) -> None:
        """Keep what a person said about the columns: what was said before stays when this import is undone."""
        read = (file.recognition for file in files)
        kept = [remember(session, found.header, found.columns, mapping, self._job.at) for found in read]
        staff.record(session, "remember", "import_mapping", [one for one in kept if one is not None])

    def _report(self, session: Session, files: list[SourceFile]) -> ImportReport:
        counted = orders.staged.counts(session)
        new, matched = customers.staged.counts(session)
        return ImportReport(
            import_id=None,
            files=tuple(_file_read(file) for file in files),
            orders=OrderCounts(counted["new"], counted["updated"], counted["unchanged"], counted["cancelled"]),
            lines=counted["lines"],
            new_customers=new,
            matched_customers=matched,
            gross_yen=counted["gross_yen"],
            new_yen=counted["new_yen"],
            problems=tuple(self._problems),
            columns=tuple(column for file in files for column in _columns_read(file)),
            samples=tuple(
                SampleOrder(state, number, buyer, moment(at), yen, lines)
                for state in ("new", "updated", "unchanged")
                for number, buyer, at, yen, lines in orders.staged.samples(session, state, _SAMPLES)
            ),
            products=ListCounts(*orders.staged_products.counts(session)),
            subscriptions=ListCounts(*orders.staged_subscriptions.counts(session)),
            corrections=self._corrections,
        )


def _match(session: Session) -> None:
    customers.staged.match(session)
    orders.staged.match(session)
    orders.staged_products.match(session)
    orders.staged_subscriptions.match(session)


def _file_read(file: SourceFile) -> FileRead:
    found = file.recognition
    return FileRead(
        file.table.path.name,
        found.cart.name,
        found.kind,
        file.table.encoding,
        found.sheet or "",
        found.header_row,
        file.rows,
        found.remembered,
    )


def _columns_read(file: SourceFile) -> list[ColumnRead]:
    name, rows = file.table.path.name, file.recognition.samples
    return [
        ColumnRead(
            name,
            one.index,
            one.column,
            one.field,
            one.confidence,
            one.asked,
            tuple(text(row[one.index])[:_SHOWN] if one.index < len(row) else "" for row in rows),
        )
        for one in file.recognition.columns
    ]
