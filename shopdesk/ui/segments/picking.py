"""Choosing names out of a list that is searched: products, tags, prefectures, months."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QSizePolicy, QStyledItemDelegate, QWidget

from shopdesk.i18n import _
from shopdesk.ui import widgets as w
from shopdesk.ui.icons import paint_icon
from shopdesk.ui.paint import box, draw, smooth
from shopdesk.ui.style import check_box
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QKeyEvent, QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem

    from shopdesk.ui.tasks import Tasks

Entry = tuple[str, str]
VALUE = Qt.ItemDataRole.UserRole
SEARCH_FROM = 12


class _Lines(QStyledItemDelegate):
    def sizeHint(self, _option: object, _index: object) -> QSize:
        return QSize(theme().px("s12"), theme().px("control"))

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        t, rect, side = theme(), QRect(option.rect), theme().px("icon")
        here = index == self._view().currentIndex() and self._view().hasFocus()
        if here:
            p.fillRect(rect, t["hover"])
        top = rect.y() + (rect.height() - side) / 2
        on = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked.value
        check_box(p, QRectF(rect.x() + t.px("s2"), top, side, side), on=on)
        words = rect.adjusted(t.px("s2") + side + t.px("s2"), 0, -t.px("s2"), 0)
        draw(p, words, str(index.data(Qt.ItemDataRole.DisplayRole)))

    def _view(self) -> QListWidget:
        view: QListWidget = self.parent()  # type: ignore[assignment]
        return view


class _List(QListWidget):
    """Space, Enter and a click turn the entry on or off."""

    toggled = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        self.setItemDelegate(_Lines(self))
        self.itemClicked.connect(self._toggle)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentItem() is not None:
            self._toggle(self.currentItem())
        else:
            super().keyPressEvent(event)

    def offer(self, entries: Iterable[Entry], chosen: Sequence[str]) -> None:
        """Show these entries, the chosen ones checked."""
        self.clear()
        for words, value in entries:
            item = QListWidgetItem(words, self)
            item.setData(VALUE, value)
            item.setCheckState(Qt.CheckState.Checked if value in chosen else Qt.CheckState.Unchecked)
        if self.count():
            self.setCurrentRow(0)

    def _toggle(self, item: QListWidgetItem) -> None:
        on = item.checkState() != Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.toggled.emit(str(item.data(VALUE)), on)


class Popup(QFrame):
    """A searched list under a field; it closes by a click elsewhere or Esc."""

    toggled = Signal(str, bool)

    def __init__(self, parent: QWidget, tasks: Tasks, source: Callable[[str], list[Entry]], chosen: list[str]) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("part", "popup")
        self._tasks, self._source, self._chosen = tasks, source, chosen
        self.search = w.Search(_("Search"), width="")
        self.list = _List()
        self._none = w.label(_("Nothing here by that name."), "small", "text_3")
        self._none.hide()
        self.list.toggled.connect(self.toggled)
        self.search.searched.connect(self.look)
        self.setLayout(w.vbox(self.search, (self.list, 1), self._none, gap="s1", margin="s2"))
        self.look("")

    def look(self, text: str) -> None:
        """Show what goes by this name; what is chosen comes first while nothing is searched."""
        self._tasks.run(self, lambda: self._source(text), self._show, key="names")

    def _show(self, entries: list[Entry]) -> None:
        if not self.search.text():
            offered = {value for _words, value in entries}
            entries = [(one, one) for one in self._chosen if one not in offered] + entries
            self.search.setVisible(len(entries) >= SEARCH_FROM)
        self.list.offer(entries, self._chosen)
        self._none.setVisible(not entries)
        (self.search if self.search.isVisible() else self.list).setFocus()

    def paintEvent(self, _event: object) -> None:
        box(smooth(self), QRectF(self.rect()), "surface", "line_strong", theme().radius("control"))


class Picker(w.Painted):
    """A field that says which names are chosen; pressing it opens the list. `changed` after each turn."""

    changed = Signal()

    def __init__(
        self, tasks: Tasks, source: Callable[[str], list[Entry]], titles: dict[str, str], chosen: Iterable[str] = ()
    ) -> None:
        super().__init__("")
        self._tasks, self._source, self._titles = tasks, source, titles
        self._chosen = list(chosen)
        self.popup: Popup | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.open)
        self.dress()
        self._say()

    def dress(self) -> None:
        """Take the size from the theme in use."""
        self.setFixedHeight(theme().px("control"))
        self.setMinimumWidth(2 * theme().px("counter_button"))

    def chosen(self) -> tuple[str, ...]:
        """Return what is chosen."""
        return tuple(self._chosen)

    def open(self) -> None:
        """Show the list below the field."""
        self.popup = Popup(self, self._tasks, self._source, self._chosen)
        self.popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.popup.toggled.connect(self.turn)
        self.popup.resize(max(self.width(), theme().px("search")), theme().px("row") * 7)
        self.popup.move(self.mapToGlobal(QPoint(0, self.height() + theme().px("s1"))))
        self.popup.show()

    def turn(self, value: str, on: bool) -> None:
        """Choose one more, or one less."""
        if on and value not in self._chosen:
            self._chosen.append(value)
        elif not on and value in self._chosen:
            self._chosen.remove(value)
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        names = [self._titles.get(one, one) for one in self._chosen]
        self.words = _(" or ").join(names)
        self.setAccessibleName(self.words or _("Choose"))
        w.tip(self, self.words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px("bubble"), theme().px("control"))

    def paintEvent(self, _event: object) -> None:
        t, p, side = theme(), smooth(self), theme().px("icon_small")
        box(p, QRectF(self.rect()), "surface", "control", t.radius("control"))
        words = QRect(t.px("s3") - 1, 0, self.width() - t.px("s3") - t.px("s8"), self.height())
        draw(p, words, self.words or _("Choose"), "body", "text" if self.words else "text_3")
        paint_icon(p, "search", "text_2", self.width() - side - t.px("s2"), (self.height() - side) / 2, "icon_small")
