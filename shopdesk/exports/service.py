"""Exports: customers, orders, subscriptions, coupons, cards and answers into a file for Excel, or in a cart's own layout to go back into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.exports import answered, rows
from shopdesk.exports.fitting import Fitting
from shopdesk.exports.layouts import Layout, layout_of, layouts
from shopdesk.exports.own_columns import own_columns
from shopdesk.exports.records import OWN, ExportReport
from shopdesk.exports.schedules import Schedules
from shopdesk.spreadsheets import Form, write_table
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from sqlalchemy.orm import Session

    from shopdesk.changes import Changes
    from shopdesk.clock import Clock
    from shopdesk.database import Database
    from shopdesk.exports.records import Entry, What
    from shopdesk.segments import Segments
    from shopdesk.spreadsheets import Encoding
    from shopdesk.staff import Staff
    from shopdesk.surveys import Survey, Surveys


class Exports:
    """The exports of one shop."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        staff: Staff,
        changes: Changes,
        *,
        segments: Segments,
        surveys: Surveys,
    ) -> None:
        self._database = database
        self._clock = clock
        self._staff = staff
        self._segments, self._surveys = segments, surveys
        self.schedules = Schedules(database, clock, staff, changes, segments=segments, write=self.write)

    @needs(Act.EXPORT)
    def write(
        self,
        what: What,
        file: Path,
        *,
        segment: str = "",
        people: Sequence[int] | None = None,
        layout: str = OWN,
        encoding: Encoding | None = None,
        on_progress: Callable[[int], object] = lambda _rows: None,
    ) -> ExportReport:
        """Write a table to `file`, .xlsx or .csv by its name; whole or not at all.

        Args:
            what: Which table; of orders a row is a goods line.
            file: Replaced where it exists.
            segment: Only the people of this segment (their orders, subscriptions, coupons, cards).
            people: Only these people, in this order.
            layout: Ours, or a cart's by its name; what of the orders does not fit into a cart's is counted in the report.
            encoding: Of a .csv; the layout's own by default.
            on_progress: Called with the number of rows written; what it raises ends the writing.

        Raises:
            NotFoundError: there is no such segment or layout.
            ReportOnlyError: the cart takes no orders back.
            InvalidInputError: the file's name ends otherwise.
            FileNotWrittenError: with the reason; an older file of the name is still there.
        """
        chosen = layout_of(what, layout)
        if segment:
            people = sorted(self._segments.members(self._segments.get(segment).rule))
        form = Form(encoding or chosen.encoding, bom=chosen.bom, separator=chosen.separator)
        fitting = Fitting(chosen)
        with self._database.read() as session:
            own = own_columns(session) if what == "customers" and not chosen.family else ()
            columns = (*chosen.columns, *own)
            entries = self._entries(session, what, people, chosen)
            if what == "orders" and chosen.family:
                entries = fitting.of(entries)
            cells = (tuple(column.value(entry) for column in columns) for entry in entries)
            outgoing = [one.outgoing for one in columns]
            written = write_table(file, outgoing, cells, form=form, on_progress=on_progress)
        with self._database.write() as session:
            self._staff.record(session, "export", what)
        return ExportReport(file, written.rows, written.lost, fitting.unheld, fitting.cancelled_left_out)

    @needs(Act.EXPORT)
    def write_survey(
        self, survey: Survey, file: Path, *, layout: str = OWN, encoding: Encoding | None = None
    ) -> ExportReport:
        """Write who answered the newest version of a survey, and what; or these people in a cart's own layout of customers.

        There the answers stand as far as it has a place for them: in the tags that they set.

        Args:
            survey: A published one.
            file: Replaced where it exists.
            layout: Ours, or a cart's by its name.
            encoding: Of a .csv; UTF-8 by default.

        Raises:
            NotFoundError: there is no such layout, or nobody has been asked yet.
            InvalidInputError, FileNotWrittenError: as `write`.
        """
        if layout != OWN:
            people = self._surveys.outcome.people(survey.id)
            return self.write("customers", file, people=people, layout=layout, encoding=encoding)
        with self._database.read() as session:
            found, titles = answered.rows(session, survey), answered.columns(survey)
            written = write_table(file, titles, found, form=Form(encoding or "utf-8"))
        with self._database.write() as session:
            self._staff.record(session, "export", "survey", [survey.id])
        return ExportReport(file, written.rows, written.lost)

    def _entries(self, session: Session, what: What, people: Sequence[int] | None, layout: Layout) -> Iterator[Entry]:
        if what == "customers":
            return rows.people(session, people)
        of = None if people is None else frozenset(people)
        if what == "orders":
            return rows.orders(session, cart=layout.family, of=of)
        if what == "coupons":
            return rows.coupons(session, self._database.now(session, self._clock), of=of)
        if what == "cards":
            return rows.cards(session, of=of)
        return rows.subscriptions(session, of=of)

    @staticmethod
    def ending(what: What, layout: str, kind: str) -> str:
        """Return how the name of a file of this kind (xlsx or csv) ends, without the dot: a text file may have another ending.

        Raises:
            NotFoundError, ReportOnlyError: there is no such layout.
        """
        return kind if kind == "xlsx" else layout_of(what, layout).ending

    @staticmethod
    def layouts(what: What) -> tuple[Layout, ...]:
        """Return the layouts a table can be written in, our own first."""
        fitting = [one for one in layouts() if one.what == what]
        return tuple(sorted(fitting, key=lambda one: (bool(one.family), one.name)))
