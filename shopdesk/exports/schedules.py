"""Regular exports: kept, due, written, and what came of them."""

from __future__ import annotations

import re
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from sqlalchemy import delete, func, select

from shopdesk import japanese
from shopdesk.changes import Changes, Topic
from shopdesk.clock import japan_day
from shopdesk.errors import InvalidInputError, NotFoundError, ShopDeskError
from shopdesk.exports.layouts import layout_of
from shopdesk.exports.records import ExportRun, NewSchedule, Schedule
from shopdesk.exports.tables import ExportRunRow, ScheduledExportRow
from shopdesk.exports.timing import Timing
from shopdesk.i18n import _
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.clock import Clock
    from shopdesk.database import Database
    from shopdesk.exports.records import ExportReport, What
    from shopdesk.exports.timing import Every
    from shopdesk.segments import Segments
    from shopdesk.spreadsheets import Encoding
    from shopdesk.staff import Staff

_NO_NAME = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


class _Write(Protocol):
    def __call__(
        self,
        what: What,
        file: Path,
        *,
        segment: str,
        layout: str,
        encoding: Encoding | None,
        on_progress: Callable[[int], object],
    ) -> ExportReport: ...


class Schedules:
    """The regular exports of one shop."""

    def __init__(
        self, database: Database, clock: Clock, staff: Staff, changes: Changes, *, segments: Segments, write: _Write
    ) -> None:
        self._database = database
        self._clock = clock
        self._staff = staff
        self._changes = changes
        self._segments = segments
        self._write = write

    @needs(Act.SEE_PEOPLE)
    def all(self) -> list[Schedule]:
        """Return every regular export with its last run, by name."""
        run = ExportRunRow
        newest = select(func.max(run.id)).group_by(run.schedule_id)
        with self._database.read() as session:
            last = {one.schedule_id: _run(one) for one in session.scalars(select(run).where(run.id.in_(newest)))}
            rows = session.scalars(select(ScheduledExportRow).order_by(ScheduledExportRow.name))
            return [_schedule(row, last.get(row.id)) for row in rows]

    @needs(Act.SEE_PEOPLE)
    def files(self) -> set[Path]:
        """Return every file that a run wrote."""
        with self._database.read() as session:
            return set(map(Path, session.scalars(select(ExportRunRow.file))))

    @needs(Act.EXPORT)
    def save(self, new: NewSchedule) -> Schedule:
        """Keep a regular export under its name; one kept under it before is replaced.

        Raises:
            InvalidInputError: the name or the folder cannot be used.
            NotFoundError: there is no such segment or layout.
        """
        name, folder = japanese.tidy(new.name), Path(new.folder)
        if not name or _NO_NAME.search(name):
            raise InvalidInputError(_("Write a name that a file can have: without / : * ? and the like."))
        if not folder.is_absolute() or not folder.is_dir():
            sentence = _("The folder “{folder}” is not there. Connect the drive or choose another folder.")
            raise InvalidInputError(sentence.format(folder=new.folder))
        layout_of(new.what, new.layout)
        if new.segment:
            self._segments.get(new.segment)
        now, timing = self._clock.now(), new.timing
        values = {
            "what": new.what,
            "segment": new.segment,
            "layout": new.layout,
            "kind": new.kind,
            "encoding": new.encoding,
            "folder": str(folder),
            "every": timing.every,
            "weekday": timing.weekday,
            "day": timing.day,
            "minute": timing.at.hour * 60 + timing.at.minute,
            "next_at": timing.after(now),
        }
        with self._database.write() as session:
            row = session.scalar(select(ScheduledExportRow).where(ScheduledExportRow.name == name))
            if row is None:
                row = ScheduledExportRow(name=name, created_at=now)
                session.add(row)
            for key, value in values.items():
                setattr(row, key, value)
            session.flush()
            self._staff.record(session, "save", "regular export", [row.id], sorted(values))
            saved = _schedule(row, None)
        self._changes.tell(Topic.EXPORTS)
        return saved

    @needs(Act.EXPORT)
    def remove(self, name: str) -> None:
        """Remove a regular export; the files it wrote stay.

        Raises:
            NotFoundError: there is none of this name.
        """
        with self._database.write() as session:
            row = _named(session, name)
            session.execute(delete(ScheduledExportRow).where(ScheduledExportRow.id == row.id))
            self._staff.record(session, "delete", "regular export", [row.id])
        self._changes.tell(Topic.EXPORTS)

    @needs(Act.EXPORT)
    def run_due(self, until: datetime, beat: Callable[[int], object]) -> list[ExportRun]:
        """Write every export that is due by then, each once however often it was missed; `beat` is called meanwhile.

        One that fails stays due: the next run tries it again.
        """
        due = [one for one in self.all() if one.next_at <= until]
        return [self._run(one, until, beat) for one in sorted(due, key=lambda one: one.next_at)]

    @needs(Act.EXPORT)
    def run_now(self, name: str) -> ExportRun:
        """Write one export at once, besides its times.

        Raises:
            NotFoundError: there is none of this name.
        """
        found = next((one for one in self.all() if one.name == name), None)
        if found is None:
            raise _unknown(name)
        return self._run(found, self._clock.now(), lambda _rows: None)

    def _run(self, one: Schedule, until: datetime, beat: Callable[[int], object]) -> ExportRun:
        """Write one; a failure is kept as its sentence, for a person to read."""
        at = max(until, self._clock.now())
        ending = one.kind if one.kind == "xlsx" else layout_of(one.what, one.layout).ending
        file = Path(one.folder) / f"{one.name}_{japan_day(at)}.{ending}"
        encoding = cast("Encoding | None", one.encoding or None)
        rows = lost = 0
        message = ""
        try:
            done = self._write(
                one.what, file, segment=one.segment, layout=one.layout, encoding=encoding, on_progress=beat
            )
            rows, lost = done.rows, len(done.lost)
        except ShopDeskError as error:
            message = error.message
        with self._database.write() as session:
            run = _failed_the_same(session, one.id, message)
            if run is None:
                run = ExportRunRow(schedule_id=one.id)
                session.add(run)
            run.at, run.file, run.rows, run.lost, run.message = at, str(file), rows, lost, message
            row = session.get_one(ScheduledExportRow, one.id)
            if row.next_at <= at and not message:  # what failed stays due
                row.next_at = one.timing.after(at)
            self._staff.record(session, "run", "regular export", [one.id])
            session.flush()
            ran = _run(run)
        self._changes.tell(Topic.EXPORTS)
        return ran


def _failed_the_same(session: Session, schedule_id: int, message: str) -> ExportRunRow | None:
    """Return the last run where it failed for this reason too: one that is tried every minute has one line, not many."""
    row = ExportRunRow
    newest = select(row).where(row.schedule_id == schedule_id).order_by(row.id.desc()).limit(1)
    last = session.scalar(newest) if message else None
    return last if last is not None and last.message == message else None


def _named(session: Session, name: str) -> ScheduledExportRow:
    row = session.scalar(select(ScheduledExportRow).where(ScheduledExportRow.name == japanese.tidy(name)))
    if row is None:
        raise _unknown(name)
    return row


def _unknown(name: str) -> NotFoundError:
    return NotFoundError(_("There is no regular export “{name}”. “exports list” shows all.").format(name=name))


def _schedule(row: ScheduledExportRow, last: ExportRun | None) -> Schedule:
    timing = Timing(cast("Every", row.every), time(row.minute // 60, row.minute % 60), row.weekday, row.day)
    what = cast("What", row.what)
    kept = (row.name, what, row.folder, timing, row.segment, row.layout, row.kind, row.encoding)
    return Schedule(*kept, id=row.id, next_at=row.next_at, last=last)


def _run(row: ExportRunRow) -> ExportRun:
    return ExportRun(row.schedule_id, row.at, Path(row.file), row.rows, row.lost, row.message)
