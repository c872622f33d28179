"""The page 取り込み: choose files, look at what they hold, import; and back again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QStackedWidget

from shopdesk.changes import Topic
from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _
from shopdesk.ui import amounts
from shopdesk.ui.imports import words
from shopdesk.ui.imports.checking import Checking
from shopdesk.ui.imports.choosing import Choosing
from shopdesk.ui.imports.done import Done, done
from shopdesk.ui.imports.mapping import Assigning
from shopdesk.ui.imports.past import Past
from shopdesk.ui.imports.regular import Regular
from shopdesk.ui.imports.run import ImportRun
from shopdesk.ui.imports.working import Working
from shopdesk.ui.shop_page import ShopPage
from shopdesk.ui.tasks import Lane
from shopdesk.ui.widgets import Button, Header, Run, Steps, confirm, hbox, holder, vbox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from shopdesk.imports import ImportReport, PastImport, UndoReport
    from shopdesk.ui.shop_page import Desk

_CHOOSE, _CHECK, _DONE = range(3)


class ImportsPage(ShopPage):
    """Files dropped anywhere on the window arrive here."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.IMPORTS, Topic.EXPORTS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.run: ImportRun | None = None
        self.report: ImportReport | None = None
        self._files: tuple[Path, ...] = ()
        self._mapping: str | None = None
        self._merging = False
        carts = {cart.name: cart.title for cart in self.shop.imports.carts()}
        fields = self.shop.imports.fields()
        titles = {field.word: field.title for field in fields}
        self._regular = Button(_("Regular"), icon="calendar", does=self._show_regular)
        self._history = Button(_("Past imports"), icon="clock", does=self._show_past)
        self._header = Header(_("Import"), "", actions=(self._regular, self._history))
        self._steps = Steps(_("Choose a file"), _("Look at it"), _("Import it"))
        self._steps.chosen.connect(lambda step: self._begin_anew() if step == _CHOOSE else None)
        self._steps_row = holder(hbox((self._steps, 1), margin=("page_side", "", "page_side", "s3")))
        self.choosing = Choosing(dict.fromkeys(carts.values()))
        self.working, self.assigning = Working(), Assigning(fields)
        self.checking = Checking(self.tasks, self.notices, carts, titles)
        self.done, self.past = Done(), Past(carts)
        self.regular = Regular(self.shop, self.tasks, self.notices)
        self._stack = QStackedWidget()
        for view in (self.choosing, self.working, self.checking, self.assigning, self.done, self.past, self.regular):
            self._stack.addWidget(view)
        self.setLayout(vbox(self._header, self._steps_row, (self._stack, 1)))
        self._connect()
        self._show(self.choosing, _CHOOSE)

    def _connect(self) -> None:
        self.choosing.dropped.connect(self.dropped)
        self.checking.dropped.connect(self.dropped)
        self.working.stopped.connect(self._stop)
        self.checking.left.connect(self._begin_anew)
        self.checking.files.change_wanted.connect(self._change_columns)
        self.checking.agreed.connect(self._merge)
        self.assigning.left.connect(self._begin_anew)
        self.assigning.said.connect(lambda mapping: self._read(self._files, mapping))
        self.done.undo.connect(self._ask_undo)
        self.done.people.connect(lambda: self.navigator.show_page("customers"))
        self.done.segments.connect(lambda: self.navigator.show_page("segments"))
        self.done.again.connect(self._begin_anew)
        self.done.corrections.connect(self._save_corrections)
        self.checking.corrections.connect(self._save_corrections)
        self.regular.read.connect(lambda file: self.dropped([file]))
        self.past.undo.connect(self._ask_undo)
        self.past.again.connect(self._read_past)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self._end)
        self.destroyed.connect(_closer(self))

    # What is shown

    def _show(self, view: QWidget, step: int | None) -> None:
        self._stack.setCurrentWidget(view)
        self._steps_row.setVisible(step is not None)
        past, regular = view is self.past, view is self.regular
        for button, back, name, picture in (
            (self._history, past, _("Past imports"), "clock"),
            (self._regular, regular, _("Regular"), "calendar"),
        ):
            button.set_words(_("To the import") if back else name)
            button.set_icon("arrow-left" if back else picture)
            button.setEnabled(not self._merging)
        purpose = _("Reads order files of your cart or of Excel. Nothing is written before you have looked.")
        said = (_("Import"), purpose)
        if past:
            said = (_("Past imports"), _("Each import can be undone as a whole."))
        elif regular:
            said = (_("Regular imports and exports"), _("What happens by itself, and what needs you."))
        self._header.say(*said)
        if step is not None:
            self._steps.show_step(step)

    def current(self) -> QWidget | None:
        """Return the view in front: choosing, working, checking, assigning, done, past or regular."""
        return self._stack.currentWidget()

    def _begin_anew(self) -> None:
        if self._merging:
            return
        self.close_run()
        self.choosing.say_wrong("")
        self._show(self.choosing, _CHOOSE)

    def back(self) -> bool:
        """Esc: from the list of past imports to the import, from a preview to the beginning."""
        view = self.current()
        if view in {self.past, self.regular}:
            self._return()
        elif view in {self.checking, self.assigning, self.done}:
            self._begin_anew()
        elif view is self.working and not self._merging:
            self._stop()
        else:
            return False
        return True

    def _return(self) -> None:
        if self.run is not None and self.report is not None:
            self._show(self.checking, _CHECK)
        else:
            self._begin_anew()

    # Reading

    def shown(self, **what: Any) -> None:
        """Open the list of past imports with `past=True`, what happens regularly with `regular=True`, or read `files`."""
        if what.get("files"):
            self.dropped(list(what["files"]))
        elif what.get("past"):
            self._show_past()
        elif what.get("regular") and self.current() is not self.regular:
            self._show_regular()

    def dropped(self, files: list[Any]) -> None:
        """Read other files; an import that has not been agreed to is dropped."""
        if self._merging:
            self.notices.done(_("An import is being written. Put the next file here when it is done."))
        elif files:
            self._read(files, None)

    def _read(self, files: Sequence[Path], mapping: str | None) -> None:
        self.close_run()
        self._files, self._mapping = tuple(files), mapping
        names = _(", ").join(file.name for file in self._files)
        self.working.begin(
            _("Reading “{files}”").format(files=names),
            _("rows read"),
            _("Nothing is written yet. Stopping leaves nothing behind."),
        )
        self._show(self.working, _CHOOSE)
        self.run = ImportRun(self.shop, self.tasks, self._files, mapping=mapping, parent=self)
        self.run.read.connect(self.working.count)
        self.run.previewed.connect(self._previewed)
        self.run.merged.connect(self._merged)
        self.run.failed.connect(self._failed)

    def _previewed(self, report: ImportReport) -> None:
        lacking = self.shop.imports.lacking(report)
        asked = any(column.asked for column in report.columns) and self.run is not None and not self.run.mapped
        if not lacking and not asked:
            self.report = report
            self.checking.show_report(report)
            self._show(self.checking, _CHECK)
        elif len(report.files) > 1:
            self._fail(_("Some columns are unclear. Put each of these files here by itself and say what they are."))
        else:
            self._ask(report)

    def _ask(self, report: ImportReport) -> None:
        self.assigning.ask(report, self.shop.imports.needed(report.files[0].kind))
        self._show(self.assigning, _CHECK)

    def _change_columns(self) -> None:
        if self.report is not None:
            self._ask(self.report)

    def _stop(self) -> None:
        if self._merging and self.run is not None:
            self.run.ask_to_stop()
            return
        self._begin_anew()
        self.notices.done(_("Stopped. Nothing was written."))

    def _failed(self, error: Exception) -> None:
        self._merging = False
        if isinstance(error, ShopDeskError) and error.code == "stopped":
            self._begin_anew()
            self.notices.done(error.message)
        else:
            self._fail(self.notices.sentence(error))

    def _fail(self, sentence: str) -> None:
        self._begin_anew()
        self.choosing.say_wrong(sentence)

    def close_run(self, *, at_once: bool = False) -> None:
        """End what is under way and leave nothing behind."""
        run, self.run, self.report = self.run, None, None
        if run is not None:
            run.stop(at_once=at_once)
            run.deleteLater()

    def _end(self) -> None:
        self.close_run(at_once=True)

    # Writing

    def _merge(self) -> None:
        if self.run is None or self.report is None:
            return
        self._merging = True
        count = self.report.orders.new + self.report.orders.updated
        self.working.begin(
            _("Writing"),
            _("orders") if count else _("people"),
            _("Stopping leaves everything as it was."),
            count or self.report.new_customers,
        )
        self._show(self.working, _DONE)
        self.run.merge()

    def _merged(self, report: ImportReport) -> None:
        self._merging = False
        self.close_run()
        self.done.show_report(report)
        self._show(self.done, _DONE)
        self.notices.done(done(report), undo=lambda: self._undo(report.import_id or 0))

    def _save_corrections(self) -> None:
        """Write the rows to check into a workbook whose place is asked for."""
        files, mapping, imports = self._files, self._mapping, self.shop.imports
        name = _("{file} - rows to check.xlsx").format(file=files[0].stem)
        place, _kind = QFileDialog.getSaveFileName(self, _("Save the rows to check"), name, "*.xlsx")
        if place:
            target = Path(place).with_suffix(".xlsx")
            self.tasks.run(self, lambda: imports.save_corrections(files, target, mapping=mapping), self._corrected)

    def _corrected(self, written: tuple[Path, ...]) -> None:
        names = _(", ").join(file.name for file in written)
        self.notices.done(_("Saved {files}. Put the rows right in Excel and drop the file here.").format(files=names))

    # Past imports, what is regular, and the way back

    def _show_regular(self) -> None:
        if self.current() is self.regular:
            self._return()
            return
        self._show(self.regular, None)
        self.regular.reload()

    def _show_past(self) -> None:
        if self.current() is self.past:
            self._return()
            return
        self._show(self.past, None)
        self._read_past()

    def reload(self) -> None:
        """Read the list in front again."""
        if self.current() is self.past:
            self._read_past()
        elif self.current() is self.regular:
            self.regular.reload()

    def _read_past(self) -> None:
        self.tasks.run(
            self,
            self.shop.imports.past,
            self.past.show_imports,
            failed=lambda error: self.past.say_wrong(self.notices.sentence(error)),
            key="past",
        )

    def _ask_undo(self, import_id: int) -> None:
        def look() -> tuple[PastImport, UndoReport]:
            found = next(one for one in self.shop.imports.past() if one.id == import_id)
            return found, self.shop.imports.undo_preview(import_id)

        self.tasks.run(self, look, lambda both: self._asked(*both), lane=Lane.WRITE, key="undo")

    def _asked(self, one: PastImport, would: UndoReport) -> None:
        question = _("Undo the import of {day}?").format(day=words.day(one.at))
        if confirm(self, question, *would_say(would), verb=_("Undo import"), danger=True):
            self._undo(one.id)

    def _undo(self, import_id: int) -> None:
        self.tasks.run(self, lambda: self.shop.imports.undo(import_id), self._undone, lane=Lane.WRITE, key="undo")

    def _undone(self, report: UndoReport) -> None:
        if self.current() is self.done:
            self._begin_anew()
        self.reload()
        said = _("Undone: {orders} and {people} are gone.")
        self.notices.done(said.format(orders=amounts.orders(report.orders), people=amounts.people(report.customers)))


def would_say(would: UndoReport) -> tuple[Run | str, ...]:
    """Return what follows from an undo, for its question."""
    gone = _("{orders} and the {people} it added go.").format(
        orders=amounts.orders(would.orders), people=amounts.people(would.customers)
    )
    restored = _("{orders} become what they were.").format(orders=amounts.orders(would.restored))
    kept = _("{people} edited since then stay.").format(people=amounts.people(would.kept_customers))
    parts = ((gone, True), (restored, would.restored), (kept, would.kept_customers))
    return (words.sentences(*(said for said, wanted in parts if wanted)),)


def _closer(page: ImportsPage) -> Any:
    """Return what ends the page's import without the page, which is gone by then."""
    held = page.__dict__

    def close(*_gone: object) -> None:
        run = held.get("run")
        if run is not None:
            run.stop(at_once=True)

    return close
