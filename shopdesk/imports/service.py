"""Imports: from a file to the shop's data, and back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import select

from shopdesk.changes import Changes, Topic
from shopdesk.errors import NotFoundError, ShopDeskError
from shopdesk.i18n import _
from shopdesk.imports import staging, undoing
from shopdesk.imports.carts import Cart, carts
from shopdesk.imports.corrections import require_workbook
from shopdesk.imports.fields import Field, fields
from shopdesk.imports.headers import Header
from shopdesk.imports.recognition import NEEDED
from shopdesk.imports.records import ColumnRead, ImportReport, PastImport, UndoReport
from shopdesk.imports.remembering import forget
from shopdesk.imports.running import RunningImport
from shopdesk.imports.tables import ImportRow
from shopdesk.imports.watching import Watching
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sqlalchemy.orm import Session

    from shopdesk.clock import Clock
    from shopdesk.database import Database
    from shopdesk.paths import Home
    from shopdesk.staff import Staff


class AlreadyUndoneError(ShopDeskError):
    """This import has been taken back before."""

    code = "already_undone"


class Imports:
    """The imports of one shop."""

    def __init__(self, database: Database, home: Home, clock: Clock, staff: Staff, changes: Changes) -> None:
        self._database = database
        self._home = home
        self._clock = clock
        self._staff = staff
        self._changes = changes
        self.watching = Watching(database, clock, staff, changes, self.run)
        staging.remove_leftovers(home.staging)

    @needs(Act.IMPORT)
    def start(
        self,
        files: Sequence[Path],
        *,
        cart: str | None = None,
        mapping: str | None = None,
        corrections: Path | None = None,
        on_progress: Callable[[int], None] = lambda _rows: None,
    ) -> RunningImport:
        """Begin an import in a process of its own. Use it as a context, or close it: `preview()`, then `merge()` or `stop()`.

        Args:
            files: All files of one import; those that belong together go together.
            cart: Name of a cart to take the files for; found out from their headers by default.
            mapping: A mapping file's JSON: which column is which.
            corrections: An .xlsx to write the rows with something to check into, where there are any.
            on_progress: Called with the number of rows read so far, on the thread that waits.
        """
        if corrections is not None:
            require_workbook(corrections)
        self._home.staging.mkdir(parents=True, exist_ok=True, mode=0o700)
        return RunningImport(
            self._database,
            self._home.staging,
            files,
            actor=self._staff.actor,
            at=self._clock.now(),
            cart=cart,
            mapping=mapping,
            corrections=corrections,
            on_progress=on_progress,
        )

    @needs(Act.IMPORT)
    def run(self, files: Sequence[Path], *, cart: str | None = None, mapping: str | None = None) -> ImportReport:
        """Import at once and return what was done, counted in the database."""
        with self.start(files, cart=cart, mapping=mapping) as running:
            running.preview()
            return self.merge(running)

    @needs(Act.IMPORT)
    def save_corrections(self, files: Sequence[Path], target: Path, *, mapping: str | None = None) -> tuple[Path, ...]:
        """Read files again and write only their rows with something to check; return the workbooks written.

        Raises:
            ShopDeskError: a file cannot be read (any more), or the workbook not be written.
        """
        with self.start(files, mapping=mapping, corrections=target) as running:
            return running.preview().corrections

    @needs(Act.IMPORT)
    def forget_columns(self, columns: Sequence[ColumnRead]) -> bool:
        """Forget what a person said of files with these columns, all of one file; return whether there was anything."""
        header = Header([one.column for one in sorted(columns, key=lambda one: one.index)])
        with self._database.write() as session:
            number = forget(session, header)
            if number is not None:
                self._staff.record(session, "forget", "import_mapping", [number])
        return number is not None

    @needs(Act.IMPORT)
    def forget_mapping(self, file: Path) -> bool:
        """Forget what a person said of files with this one's columns; return whether there was anything.

        Raises:
            ShopDeskError: the file cannot be read.
        """
        with self.start([file]) as running:
            columns = running.preview().columns
        return self.forget_columns(columns)

    @needs(Act.IMPORT)
    def merge(self, running: RunningImport) -> ImportReport:
        """Let a previewed import be written, and say that it changed things."""
        report = running.merge()
        self.watching.note_imported(running.files, report.import_id)
        self._changes.tell(Topic.CUSTOMERS, Topic.ORDERS, Topic.IMPORTS)
        return report

    @needs(Act.IMPORT)
    def past(self) -> list[PastImport]:
        """Return every import, newest first."""
        with self._database.read() as session:
            rows = session.scalars(select(ImportRow).order_by(ImportRow.id.desc()))
            return [
                PastImport(
                    row.id,
                    row.at,
                    row.actor,
                    row.cart,
                    tuple(json.loads(row.files)),
                    json.loads(row.counts),
                    row.undone_at,
                )
                for row in rows
            ]

    @needs(Act.IMPORT)
    def undo(self, import_id: int) -> UndoReport:
        """Take a whole import back.

        Raises:
            NotFoundError: there is no such import.
            AlreadyUndoneError: it was taken back before.
        """
        with self._database.write() as session:
            report = self._undo(session, import_id)
        self._changes.tell(Topic.CUSTOMERS, Topic.ORDERS, Topic.IMPORTS)
        return report

    @needs(Act.IMPORT)
    def undo_preview(self, import_id: int) -> UndoReport:
        """Return what an undo would take away and leave; nothing is written."""
        with self._database.write() as session:
            report = self._undo(session, import_id)
            session.rollback()
        return report

    def _undo(self, session: Session, import_id: int) -> UndoReport:
        row = session.get(ImportRow, import_id)
        if row is None:
            raise NotFoundError(_("There is no import {id}. “imports” lists them.").format(id=import_id))
        if row.undone_at is not None:
            raise AlreadyUndoneError(_("This import was undone before. Nothing was changed."))
        report = undoing.undo(session, row)
        row.undone_at = self._clock.now()
        self._staff.record(session, "undo", "import", [import_id])
        session.flush()
        return report

    @staticmethod
    def lacking(report: ImportReport) -> dict[str, tuple[str, ...]]:
        """Return, by file, the fields no order or person can do without that no column gives; only files that lack some."""
        given = {(one.file, one.field) for one in report.columns}
        given |= {
            (one.file, "order.total_yen")
            for one in report.files
            if one.cart in {cart.name for cart in carts() if cart.unpriced}
        }
        found = {
            one.file: tuple(word for word in Imports.needed(one.kind) if (one.file, word) not in given)
            for one in report.files
        }
        return {file: words for file, words in found.items() if words}

    @staticmethod
    def needed(kind: str) -> tuple[str, ...]:
        """Return the fields that a file of this kind cannot do without."""
        return NEEDED.get(kind, ())

    @staticmethod
    def carts() -> tuple[Cart, ...]:
        """Return the carts whose exports are known."""
        return carts()

    @staticmethod
    def fields() -> tuple[Field, ...]:
        """Return the fields a column can be mapped to."""
        return fields()
