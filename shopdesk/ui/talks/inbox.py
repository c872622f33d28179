"""The list of talks at the left: search, filters, rows; the arrow keys move in it and Enter opens."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QButtonGroup, QListView, QStackedWidget, QWidget

from shopdesk.i18n import N_, _
from shopdesk.ui import widgets as w
from shopdesk.ui.paint import CENTER, advance, box, draw, smooth
from shopdesk.ui.talks.list_model import TalkModel
from shopdesk.ui.talks.row_painter import TalkPainter
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QKeyEvent

    from shopdesk.clock import Clock
    from shopdesk.talks import Counts, Talk, Which

FILTERS: tuple[tuple[Which, str], ...] = (
    ("waiting", N_("To reply")),
    ("unread", N_("Unread")),
    ("mine", N_("Mine")),
    ("done", N_("Done")),
    ("all", N_("All")),
)


class FilterPill(w.Painted):
    """A filter that is on or off, with how many there are."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self._count = 0
        self.setCheckable(True)
        self.dress()

    def dress(self) -> None:
        """Take the size from the theme in use."""
        t = theme()
        self.setFixedSize(round(advance(self._said(), "caption", bold=True)) + 2 * t.px("label_gap") + 2, t.px("chip"))

    def show_count(self, count: int) -> None:
        """Show how many there are; nothing for none."""
        self._count = count
        self.setAccessibleName(self._said())
        self.dress()
        self.update()

    def _said(self) -> str:
        return f"{self.words} {self._count}" if self._count else self.words

    def paintEvent(self, _event: object) -> None:
        p, on = smooth(self), self.isChecked()
        ground = "accent_soft" if on else "hover" if self.underMouse() else "surface"
        from_edge = "accent_line" if on else "line_strong"
        box(p, self.rect().toRectF(), ground, from_edge, self.height() / 2)
        draw(p, self.rect(), self._said(), "caption", "accent_text" if on else "text_2", on, CENTER)


class TalkList(QListView):
    """The rows. `chosen` carries a friend when a row is clicked or moved to; `opened` on Enter."""

    chosen = Signal(int)
    opened = Signal()

    def __init__(self, model: TalkModel) -> None:
        super().__init__()
        self._own, self._painter = model, TalkPainter()  # the view owns neither: keep both
        self.setModel(model)
        self.setItemDelegate(self._painter)
        self.setMouseTracking(True)
        self.setProperty("ring", False)  # the row that is chosen shows where the focus is
        self.setAccessibleName(_("Talks"))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._moved)

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(self._own.talks[now.row()].friend_id)

    def mark(self, friend_id: int | None) -> None:
        """Show which talk is open, without saying that it was chosen."""
        row = -1 if friend_id is None else self._own.row_of(friend_id)
        selection = self.selectionModel()
        selection.blockSignals(True)
        flags = QItemSelectionModel.SelectionFlag
        selection.setCurrentIndex(self._own.index(row), flags.ClearAndSelect if row >= 0 else flags.Clear)
        selection.blockSignals(False)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class Inbox(QWidget):
    """`wanted`: other talks are asked for, by filter, label or words; `older` the moment before which; `chosen` a friend."""

    wanted = Signal()
    older = Signal(object)
    chosen = Signal(int)
    opened = Signal()

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.which: Which = "waiting"
        self.label = ""
        self.model = TalkModel(clock)
        self.rows = TalkList(self.model)
        self.search = w.Search(_("Search names and words"), width="")
        self._labels: tuple[str, ...] = ()
        self._any = False
        self._narrowed = False  # a filter was chosen since the words were typed
        self._by_label = w.icon_button("tag", _("Only talks with a label"), self._choose_label, size="control")
        self.pills = {which: FilterPill(_(words)) for which, words in FILTERS}
        self.empty = w.EmptyState("message-circle", "")
        self.error = w.ErrorState()
        self._stack = QStackedWidget()
        for part in (w.Skeleton(6), self.rows, self.empty, self.error):
            self._stack.addWidget(part)
        self._chosen_label = w.vbox()
        head = w.vbox(
            w.hbox((self.search, 1), self._by_label, gap="s1"),
            w.Flow(*self.pills.values(), gap="s1"),
            self._chosen_label,
            gap="s2",
            margin=("s3", "s3", "s3", "s3"),
        )
        self.setLayout(w.vbox(head, w.line(), (self._stack, 1)))
        self._connect()
        self.dress()

    def _connect(self) -> None:
        self._group = QButtonGroup(self)
        for which, pill in self.pills.items():
            self._group.addButton(pill)
            pill.clicked.connect(lambda _on=False, which=which: self.show_only(which))
        self.pills[self.which].setChecked(True)
        self.search.searched.connect(lambda _words: self._search())
        self.error.again.connect(self.wanted)
        self.rows.chosen.connect(self.chosen)
        self.rows.opened.connect(self.opened)
        self.model.more_wanted.connect(self._end_in_sight)

    def dress(self) -> None:
        """Take the width from the theme in use."""
        self.setFixedWidth(theme().px("talk_list"))

    def words(self) -> str:
        """Return what is searched for."""
        return self.search.text().strip()

    def looks_in(self) -> Which:
        """Return among which talks to look: among all of them for words, until a filter is chosen, too."""
        return "all" if self.words() and not self._narrowed else self.which

    def _search(self) -> None:
        self._narrowed = False
        self.pills[self.looks_in()].setChecked(True)
        self.wanted.emit()

    def show_only(self, which: Which) -> None:
        """Show another kind of talks; those with the words, where words are searched."""
        self.which, self._narrowed = which, True
        self.pills[which].setChecked(True)
        self.wanted.emit()

    def show_counts(self, counts: Counts, labels: Sequence[str], *, any_talks: bool) -> None:
        """Show how many talks wait and are unread, which labels there are; `any_talks`: there are talks at all."""
        self._labels, self._any = tuple(labels), any_talks
        self._by_label.setVisible(bool(labels))
        self.pills["waiting"].show_count(counts.waiting)
        self.pills["unread"].show_count(counts.unread)

    def paintEvent(self, _event: object) -> None:
        QPainter(self).fillRect(self.rect(), theme()["surface"])

    def show_talks(self, talks: Sequence[Talk], *, more: bool, open_one: int | None) -> None:
        """Show these rows."""
        self.model.show_talks(talks, more=more)
        self.rows.mark(open_one)
        if not talks:
            self.empty.say(*self._nothing())
        self._stack.setCurrentWidget(self.rows if talks else self.empty)

    def show_error(self, sentence: str) -> None:
        """Say why the talks cannot be read."""
        self.error.say(sentence)
        self._stack.setCurrentWidget(self.error)

    def _nothing(self) -> tuple[str, str]:
        if not self._any:
            return _("No talks yet"), ""
        if self.words():
            return _("Nothing found"), _("No name and no message has these words.")
        if self.label:
            return _("No talk with this label"), ""
        return {
            "waiting": (_("Nobody is waiting"), _("New talks show here and in the corner of the screen.")),
            "unread": (_("Everything is read"), _("New talks show here and in the corner of the screen.")),
            "mine": (_("No talk is yours"), _("Say in a talk who looks after it; yours stand here.")),
            "done": (_("Nothing done yet"), _("Talks that need no answer any more stand here.")),
            "all": (_("No talks yet"), ""),
        }[self.which]

    def _end_in_sight(self) -> None:
        if self.model.talks:
            last: datetime = self.model.talks[-1].last_at
            self.older.emit(last)

    def _choose_label(self) -> None:
        entries = [(_("All talks"), partial(self._take_label, ""))]
        entries += [(name, partial(self._take_label, name)) for name in self._labels]
        self._menu = w.popup_menu(self, entries)
        self._menu.popup(self._by_label.mapToGlobal(self._by_label.rect().bottomLeft()))

    def _take_label(self, name: str) -> None:
        self.label = name
        w.clear(self._chosen_label)
        if name:
            chip = w.Chip(name, on=True, does=lambda: self._take_label(""), widest="bubble")
            self._chosen_label.addWidget(w.holder(w.hbox(chip, ...)))
        self.wanted.emit()
