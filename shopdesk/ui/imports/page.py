"""The page 取り込み: choose files, look at what they hold, import; and back again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QStackedWidget

from shopdesk.changes import Topic
from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _
from shopdesk.ui.imports import words
from shopdesk.ui.imports.checking import Checking
from shopdesk.ui.imports.choosing import Choosing
from shopdesk.ui.imports.correcting import save_corrections
from shopdesk.ui.imports.done import Done, done
from shopdesk.ui.imports.heading import CHECK, CHOOSE, DONE, Heading
from shopdesk.ui.imports.mapping import Assigning
from shopdesk.ui.imports.past import Past
from shopdesk.ui.imports.regular import Regular
from shopdesk.ui.imports.run import ImportRun
from shopdesk.ui.imports.trial import Trial
from shopdesk.ui.imports.undoing import Undoing
from shopdesk.ui.imports.working import Working
from shopdesk.ui.shop_page import ShopPage
from shopdesk.ui.tasks import Lane
from shopdesk.ui.widgets import vbox

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from shopdesk.imports import ImportReport
    from shopdesk.ui.imports.heading import Place
    from shopdesk.ui.shop_page import Desk


class ImportsPage(ShopPage):
    """Files dropped anywhere on the window arrive here."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.IMPORTS, Topic.EXPORTS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self.run: ImportRun | None = None
        self.report: ImportReport | None = None
        self._files: tuple[Path, ...] = ()
        self._mapping: str | None = None
        self._merging = False
        carts = {cart.name: cart.title for cart in self.shop.imports.carts()}
        fields = self.shop.imports.fields()
        titles = {field.word: field.title for field in fields}
        self.heading, self.undoing = Heading(), Undoing(desk, self)
        self.trial = Trial(self.shop, self.tasks, self)
        self.choosing = Choosing(dict.fromkeys(carts.values()))
        self.working, self.assigning = Working(), Assigning(fields)
        self.checking = Checking(self.tasks, self.notices, carts, titles)
        self.done, self.past = Done(), Past(carts)
        self.regular = Regular(self.shop, self.tasks, self.notices)
        self._stack = QStackedWidget()
        for view in (self.choosing, self.working, self.checking, self.assigning, self.done, self.past, self.regular):
            self._stack.addWidget(view)
        self.setLayout(vbox(self.heading, (self._stack, 1)))
        self._connect()
        self._show(self.choosing, CHOOSE)

    def _connect(self) -> None:
        self.heading.past_wanted.connect(self._show_past)
        self.heading.regular_wanted.connect(self._show_regular)
        self.heading.step.connect(lambda step: self._begin_anew() if step == CHOOSE else None)
        self.choosing.dropped.connect(self.dropped)
        self.checking.dropped.connect(self.dropped)
        self.working.stopped.connect(self._stop)
        self.checking.left.connect(self._begin_anew)
        self.checking.files.change_wanted.connect(self._change_columns)
        self.checking.agreed.connect(self._merge)
        self.assigning.left.connect(self._begin_anew)
        self.assigning.said.connect(self._read_mapped)
        self.assigning.changed.connect(lambda mapping: self.trial.try_out(self._files, mapping))
        self.assigning.forgotten.connect(self._forget_columns)
        self.trial.previewed.connect(lambda report: self.assigning.show_outcome(words.trial(report)))
        self.trial.failed.connect(lambda error: self.assigning.show_outcome(self.notices.sentence(error)))
        self.undoing.undone.connect(self._undone)
        self.done.undo.connect(self.undoing.ask)
        self.done.people.connect(lambda: self.navigator.show_page("customers"))
        self.done.segments.connect(lambda: self.navigator.show_page("segments"))
        self.done.again.connect(self._begin_anew)
        self.done.corrections.connect(self._save_corrections)
        self.checking.corrections.connect(self._save_corrections)
        self.regular.read.connect(lambda file: self.dropped([file]))
        self.past.undo.connect(self.undoing.ask)
        self.past.again.connect(self._read_past)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self._end)
        self.destroyed.connect(_closer(self))

    # What is shown

    def _show(self, view: QWidget, step: int | None) -> None:
        self._stack.setCurrentWidget(view)
        place: Place = "past" if view is self.past else "regular" if view is self.regular else "import"
        self.heading.show_place(place, step, leaves=not self._merging)

    def current(self) -> QWidget | None:
        """Return the view in front: choosing, working, checking, assigning, done, past or regular."""
        return self._stack.currentWidget()

    def _begin_anew(self) -> None:
        if self._merging:
            return
        self.close_run()
        self.choosing.say_wrong("")
        self._show(self.choosing, CHOOSE)

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
            self._show(self.checking, CHECK)
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
        self._files = tuple(files)
        self._await(ImportRun(self.shop, self.tasks, self._files, mapping=mapping, parent=self), mapping)

    def _read_mapped(self, mapping: str) -> None:
        """Go on with what the trial has read of this mapping, else read."""
        run = self.trial.take(mapping, self)
        if run is None:
            self._read(self._files, mapping)
            return
        self.close_run()
        self._await(run, mapping)
        if run.report is not None:
            self._previewed(run.report)

    def _await(self, run: ImportRun, mapping: str | None) -> None:
        """Show a run that reads, and go on when it has."""
        self.run, self._mapping = run, mapping
        names = _(", ").join(file.name for file in self._files)
        self.working.begin(
            _("Reading “{files}”").format(files=names),
            _("rows read"),
            _("Nothing is written yet. Stopping leaves nothing behind."),
        )
        self._show(self.working, CHOOSE)
        run.read.connect(self.working.count)
        run.previewed.connect(self._previewed)
        run.merged.connect(self._merged)
        run.failed.connect(self._failed)

    def _previewed(self, report: ImportReport) -> None:
        lacking = self.shop.imports.lacking(report)
        asked = any(column.asked for column in report.columns) and self.run is not None and not self.run.mapped
        if not lacking and not asked:
            self.report = report
            self.checking.show_report(report)
            self._show(self.checking, CHECK)
        elif len(report.files) > 1:
            self._fail(_("Some columns are unclear. Put each of these files here by itself and say what they are."))
        else:
            self._ask(report)

    def _ask(self, report: ImportReport) -> None:
        self.assigning.ask(report, self.shop.imports.needed(report.files[0].kind))
        self._show(self.assigning, CHECK)

    def _change_columns(self) -> None:
        if self.report is not None:
            self._ask(self.report)

    def _forget_columns(self) -> None:
        """Forget what was said of such files, and read this one as if for the first time."""
        columns, imports = self.assigning.columns, self.shop.imports

        def forgotten(_known: bool) -> None:
            self.notices.done(_("Forgotten. The columns are recognised anew."))
            self._read(self._files, None)

        self.tasks.run(self, lambda: imports.forget_columns(columns), forgotten, lane=Lane.WRITE)

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
        self.trial.stop(at_once=at_once)
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
        self._show(self.working, DONE)
        self.run.merge()

    def _merged(self, report: ImportReport) -> None:
        self._merging = False
        self.close_run()
        self.done.show_report(report)
        self._show(self.done, DONE)
        self.notices.done(done(report), undo=lambda: self.undoing.undo(report.import_id or 0))

    def _save_corrections(self) -> None:
        save_corrections(self, self._desk, self._files, self._mapping)

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

    def _undone(self) -> None:
        if self.current() is self.done:
            self._begin_anew()
        self.reload()


def _closer(page: ImportsPage) -> Any:
    """Return what ends the page's import without the page, which is gone by then."""
    held = page.__dict__

    def close(*_gone: object) -> None:
        for under_way in (held.get("run"), held.get("trial")):
            if under_way is not None:
                under_way.stop(at_once=True)

    return close
