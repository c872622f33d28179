"""The second step: what an import would do, before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from shopdesk.i18n import _
from shopdesk.imports import RowProblem
from shopdesk.ui import amounts
from shopdesk.ui.imports import tables, words
from shopdesk.ui.imports.files import FilesCard
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import (
    Button,
    Card,
    DropZone,
    EmptyState,
    Frame,
    ListCard,
    Tabs,
    Tile,
    clear,
    elided,
    fixed,
    hbox,
    holder,
    line,
    link,
    vbox,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shopdesk.imports import ImportReport
    from shopdesk.ui.notices import Notices
    from shopdesk.ui.tasks import Tasks

NEW, CHANGED, SAME, UNREADABLE, COLUMNS = range(5)
_STATES = ("new", "updated", "unchanged")


class _TableCard(Card):
    """Tabs over the rows of the import; as high as a few rows even in a low window."""

    def dress(self) -> None:
        """Take the least height from the theme in use."""
        self.setMinimumHeight(theme().px("tab") + theme().px("table_header") + 3 * theme().px("row"))


class Checking(QWidget):
    """A preview with its tables. `agreed` when it is to be written, `left` when not, `dropped` with other files, `corrections`
    when the rows to check are wanted as a workbook.
    """

    agreed = Signal()
    left = Signal()
    dropped = Signal(list)
    corrections = Signal()

    def __init__(self, tasks: Tasks, notices: Notices, carts: Mapping[str, str], titles: Mapping[str, str]) -> None:
        super().__init__()
        self._tasks, self._notices, self._carts, self._titles = tasks, notices, carts, titles
        self._report: ImportReport | None = None
        zone = DropZone(_("Put another file here"), _("Excel or CSV, as many as you like"))
        zone.dropped.connect(self.dropped)
        self.files = FilesCard()
        self._tiles = hbox(gap="tile_gap")
        self.tabs = Tabs("1", "2", "3", "4", "5")
        self.files.columns_wanted.connect(lambda: self.tabs.choose(COLUMNS))
        self.tabs.changed.connect(self._show_tab)
        self._stack, self._foot = QStackedWidget(), elided("", "small", "text_2")
        self.check = link(_("Save the rows to check in Excel"), self.corrections.emit)
        table = _TableCard(
            hbox(self.tabs, margin=("s3", "")),
            line(),
            (self._stack, 1),
            line(),
            hbox((self._foot, 1), self.check, margin=("s3", "s2")),
            pad="",
        )
        table.dress()
        self.go = Button(_("Import"), "primary", size="control_large", does=self.agreed.emit)
        leave = Button(_("Leave it"), size="control_large", does=self.left.emit)
        self._way_back = elided("", "small", "text_2")
        foot = holder(hbox((self._way_back, 1), leave, self.go))
        top = hbox((zone, 3), (self.files, 7), gap="card_gap")
        self.setLayout(vbox(Frame(None, top, self._tiles, (table, 1), foot=foot)))

    def show_report(self, report: ImportReport) -> None:
        """Show another preview."""
        self._report = report
        self.files.show_report(report, self._carts)
        self._show_tiles(report)
        counts, problems = report.orders, len(report.problems)
        names = (
            (_("New"), counts.new),
            (_("Changed"), counts.updated),
            (_("As before"), counts.unchanged),
            (_("Unreadable"), problems),
            (_("Columns"), len(report.columns)),
        )
        for at, (name, count) in enumerate(names):
            self.tabs.rename(at, f"{name} {amounts.number(count)}")
        self.go.setEnabled(report.changes_anything)
        self.go.set_words(words.verb(report) if report.changes_anything else _("Nothing to import"))
        self._way_back.setText(_way_back(report))
        self._make_tables(report)
        firsts = (NEW, counts.new), (CHANGED, counts.updated), (UNREADABLE, problems), (SAME, counts.unchanged)
        self.tabs.choose(next((tab for tab, count in firsts if count), COLUMNS))

    def _show_tiles(self, report: ImportReport) -> None:
        counts, problems = report.orders, len({(one.file, one.row) for one in report.problems})
        clear(self._tiles)
        unread = _("The other rows are imported") if problems else _("Every row was read")
        made = (
            Tile(
                "plus",
                _("New orders"),
                amounts.number(counts.new),
                _("orders"),
                _("{yen} in all").format(yen=amounts.yen(report.new_yen)),
                chosen=True,
            ),
            Tile(
                "pencil",
                _("Changed orders"),
                amounts.number(counts.updated),
                _("orders"),
                _("{orders} are as before").format(orders=amounts.orders(counts.unchanged)),
            ),
            Tile(
                "users",
                _("New customers"),
                amounts.number(report.new_customers),
                _("people"),
                _("{people} are here already").format(people=amounts.people(report.matched_customers)),
            ),
            Tile(
                "triangle-alert",
                _("Rows to check"),
                amounts.number(problems),
                _("rows"),
                unread,
                tone="warning_text" if problems else "text_2",
            ),
        )
        for tile in made:
            self._tiles.addWidget(tile, 1)

    def _make_tables(self, report: ImportReport) -> None:
        while (old := self._stack.widget(0)) is not None:
            self._stack.removeWidget(old)
            old.deleteLater()
        several = len(report.files) > 1
        by_state = [[one for one in report.samples if one.state == state] for state in _STATES]
        nothing = (_("No new orders"), _("No order changes"), _("No order is here already"))
        for rows, fact in zip(by_state, nothing, strict=True):
            self._add(tables.order_columns(), rows, EmptyState("clipboard-list", fact))
        well = EmptyState("check", _("Every row was read"), tone="success")
        self._add(tables.problem_columns(files=several), report.problems, well)
        self._add(
            tables.column_columns(self._titles, files=several), report.columns, EmptyState("info", _("No columns"))
        )

    def _add(self, columns: list[Any], rows: Any, empty: EmptyState) -> None:
        shown: ListCard[Any] = ListCard(
            columns, id, self._tasks, empty=empty, sentence=self._notices.sentence, inside=True, row="row"
        )
        self._stack.addWidget(shown)
        shown.table.picked.connect(self._picked)
        shown.show_listing(fixed(rows))

    def _picked(self, one: object) -> None:
        """Say the whole of what may be cut in its row."""
        if isinstance(one, RowProblem):
            placed = _("Row {n}: {message}").format(n=amounts.number(one.row or 0), message=one.message)
            self._foot.setText(one.message if one.row is None else placed)

    def _show_tab(self, tab: int) -> None:
        self._stack.setCurrentIndex(tab)
        self.check.setVisible(tab == UNREADABLE and self._report is not None and bool(self._report.problems))
        report = self._report
        if report is None:
            return
        counts = (report.orders.new, report.orders.updated, report.orders.unchanged)
        if tab == UNREADABLE:
            mend = _("Mend them in Excel and put the file here again: only those rows are added.")
            self._foot.setText(mend if report.problems else "")
        elif tab == COLUMNS:
            self._foot.setText(_("The columns were recognised by their headings."))
        else:
            shown = sum(one.state == _STATES[tab] for one in report.samples)
            cut = _("The first {n} are shown.").format(n=amounts.number(shown)) if shown < counts[tab] else ""
            self._foot.setText(_(" · ").join(filter(None, (amounts.orders(counts[tab]), cut))))


def _way_back(report: ImportReport) -> str:
    if report.changes_anything:
        return _("A whole import can be undone afterwards.")
    if report.problems:
        return _("Every row that could be read is here already.")
    return _("Everything in this file is here already.")
