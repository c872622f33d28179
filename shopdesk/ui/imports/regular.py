"""定期: watched folders with the files that wait, and the exports that are written by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QSizePolicy, QVBoxLayout, QWidget

from shopdesk.due import run_due
from shopdesk.i18n import _, _n
from shopdesk.staff import Act
from shopdesk.ui.amounts import number
from shopdesk.ui.days import day_time, when
from shopdesk.ui.exporting import open_folder, tables
from shopdesk.ui.imports.regular_forms import ScheduleDialog, how_often
from shopdesk.ui.tasks import Lane
from shopdesk.ui.widgets import (
    Badge,
    Button,
    Card,
    Choice,
    EmptyState,
    Frame,
    Row,
    card_head,
    clear,
    confirm,
    elided,
    icon_button,
    label,
    popup_menu,
    vbox,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from shopdesk.due import Ran
    from shopdesk.exports import ExportRun, Schedule
    from shopdesk.imports import SeenFile, WatchedFolder
    from shopdesk.shop import Shop
    from shopdesk.ui.notices import Notices
    from shopdesk.ui.tasks import Tasks


@dataclass(frozen=True)
class _State:
    now: datetime
    folders: list[WatchedFolder]
    waiting: list[SeenFile]
    exports: list[Schedule]
    segments: list[str]


class Regular(QWidget):
    """Everything that happens by itself. `read` carries a waiting file that is to be looked at now."""

    read = Signal(object)

    def __init__(self, shop: Shop, tasks: Tasks, notices: Notices) -> None:
        super().__init__()
        self._shop, self._tasks, self._notices = shop, tasks, notices
        self._segments: list[str] = []
        self._folders, self._exports = vbox(), vbox()
        self.no_folders = EmptyState(
            "file-up",
            _("No folder is watched"),
            _("A cart's export that lands in a watched folder is offered here, or imported by itself."),
        )
        self.no_exports = EmptyState(
            "calendar",
            _("No export is regular yet"),
            _("Customers, orders or a segment, written to a folder daily, weekly or monthly."),
        )
        watch = Button(_("Watch a folder"), icon="plus", does=self._watch)
        look = Button(_("Look now"), icon="search", does=self._look)
        self._may_export = shop.staff.may(Act.EXPORT)
        add = Button(_("Add a regular export"), icon="plus", does=self._add)
        add.setVisible(self._may_export)
        top = _card(_("Watched folders"), (look, watch), self.no_folders, self._folders)
        below = _card(_("Regular exports"), (add,), self.no_exports, self._exports)
        self.setLayout(vbox(Frame(None, top, below, ...)))

    def reload(self) -> None:
        """Read it all again."""
        shop = self._shop

        def work() -> _State:
            watching = shop.imports.watching
            waiting = watching.files("offered", "unsure")
            names = [one.name for one in shop.segments.list()]
            return _State(shop.clock.now(), watching.folders(), waiting, shop.exports.schedules.all(), names)

        self._tasks.run(self, work, self._show, key="regular")

    def _show(self, state: _State) -> None:
        self._segments = state.segments
        clear(self._folders)
        clear(self._exports)
        self.no_folders.setVisible(not state.folders)
        self.no_exports.setVisible(not state.exports)
        rows: list[tuple[Callable[..., QWidget], object]] = []
        for folder in state.folders:
            rows.append((self._folder, folder))
            rows += [(self._file, one) for one in state.waiting if one.path.parent == folder.path]
        for make, one in rows:
            self._folders.addWidget(make(one, last=one is rows[-1][1]))
        for schedule in state.exports:
            self._exports.addWidget(self._export(schedule, state.now, last=schedule is state.exports[-1]))

    # Watched folders

    def _folder(self, one: WatchedFolder, *, last: bool) -> QWidget:
        says = one.message or str(one.path)
        said = vbox(..., elided(one.path.name, bold=True), _small(says, wrong=bool(one.message)), ...)
        rule = Choice([(_("Offer it to me"), "offer"), (_("Import it by itself"), "import")], one.rule)
        rule.setAccessibleName(_("What to do with a file that appears in {folder}").format(folder=one.path.name))
        watching = self._shop.imports.watching
        rule.chosen.connect(lambda chosen: self._write(lambda: watching.watch(one.path, chosen)))
        drop = icon_button("x", _("Watch no longer"), lambda: self._unwatch(one))
        return Row("s1", (said, 1), rule, drop, last=last)

    def _file(self, one: SeenFile, *, last: bool) -> QWidget:
        said = vbox(..., elided(one.path.name), _small(one.message or day_time(one.seen_at), wrong=False), ...)
        state = Badge(_("Needs you"), "warning") if one.state == "unsure" else Badge(_("New"), "accent")
        watching = self._shop.imports.watching
        leave = Button(
            _("Leave it"), "quiet", size="control_small", does=lambda: self._write(lambda: watching.leave(one.id))
        )
        read = Button(_("Look at it"), "primary", size="control_small", does=lambda: self.read.emit(one.path))
        return Row("s6", state, (said, 1), leave, read, "s1", last=last)

    def _watch(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Choose the folder to watch"))
        if chosen:
            self._write(lambda: self._shop.imports.watching.watch(Path(chosen)))

    def _unwatch(self, one: WatchedFolder) -> None:
        question = _("Stop watching “{folder}”?").format(folder=one.path.name)
        if confirm(self, question, _("What was imported from it stays."), verb=_("Stop watching")):
            self._write(lambda: self._shop.imports.watching.unwatch(one.path))

    def _look(self) -> None:
        def said(ran: list[Ran]) -> None:
            if not ran:
                self._notices.done(_("Nothing new, and nothing was due."))
            self.reload()

        self._tasks.run(self, lambda: run_due(self._shop), said, lane=Lane.NETWORK, key="look")

    # Regular exports

    def _export(self, one: Schedule, now: datetime, *, last: bool) -> QWidget:
        what = one.segment or tables()[one.what]
        facts = (what, how_often(one.timing), Path(one.folder).name)
        said = vbox(..., elided(one.name, bold=True), elided(_(" · ").join(facts), "small", "text_2"), ...)
        run = one.last
        went = _small(_went(run, now) if run else _("Not written yet"), wrong=bool(run and run.message))
        due = vbox(..., elided(_("next: {when}").format(when=when(one.next_at, now)), "small"), went, ...)
        go = Button(_("Write now"), size="control_small", does=lambda: self._run(one))
        more = icon_button("ellipsis", _("More"), lambda: None)
        more.clicked.disconnect()
        more.clicked.connect(partial(self._menu, one, more))
        for one_button in (go, more):
            one_button.setVisible(self._may_export)
        return Row("s1", (said, 5), (due, 5), go, more, last=last)

    def _menu(self, one: Schedule, at: QWidget) -> None:
        entries = [
            (_("Change"), lambda: self._edit(one)),
            (_("Open the folder"), lambda: open_folder(Path(one.folder))),
            None,
            (_("Remove"), lambda: self._remove(one)),
        ]
        popup_menu(self, entries).popup(at.mapToGlobal(at.rect().bottomLeft()))

    def _add(self) -> None:
        self._edit(None)

    def _edit(self, one: Schedule | None) -> None:
        dialog = ScheduleDialog(self, self._shop, self._segments, one)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            wanted = dialog.schedule()
            self._write(lambda: self._shop.exports.schedules.save(wanted))
        dialog.deleteLater()

    def _remove(self, one: Schedule) -> None:
        question = _("Remove “{name}”?").format(name=one.name)
        if confirm(self, question, _("The files it wrote stay."), verb=_("Remove"), danger=True):
            self._write(lambda: self._shop.exports.schedules.remove(one.name))

    def _run(self, one: Schedule) -> None:
        def said(run: ExportRun) -> None:
            done = _("Written: {file}").format(file=run.file.name)
            self._notices.done(run.message or done)

        self._tasks.run(self, lambda: self._shop.exports.schedules.run_now(one.name), said, lane=Lane.NETWORK)

    def _write(self, work: Callable[[], object]) -> None:
        self._tasks.run(self, work, lambda _done: self.reload(), lane=Lane.WRITE)


def _card(title: str, actions: tuple[QWidget, ...], empty: QWidget, lines: QVBoxLayout) -> Card:
    made = Card(card_head(label(title, "section"), ..., *actions), empty, lines, pad="")
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
    return made


def _small(words: str, *, wrong: bool) -> QWidget:
    return elided(words, "caption", "danger_text" if wrong else "text_3")


def _went(run: ExportRun, now: datetime) -> str:
    if run.message:
        return run.message
    rows = _n("{n} row", "{n} rows", run.rows).format(n=number(run.rows))
    return _("last: {when}, {rows}").format(when=when(run.at, now), rows=rows)
