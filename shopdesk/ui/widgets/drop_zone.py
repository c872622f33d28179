"""Where files are put: by dragging them there, or by the button that is always there too."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QFileDialog, QFrame, QWidget

from shopdesk.i18n import _
from shopdesk.ui.icons import Icon
from shopdesk.ui.paint import CENTER, smooth
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets.buttons import link
from shopdesk.ui.widgets.layouts import hbox, vbox
from shopdesk.ui.widgets.text import label

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent


def dropped_files(data: QMimeData) -> list[Path]:
    """Return the local files that are being dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def choose_files(parent: QWidget, title: str) -> list[Path]:
    """Ask for files with the system's own dialog; nothing chosen is an empty list."""
    kinds = f"{_('Excel and CSV')} (*.xlsx *.xls *.csv *.tsv *.txt);;{_('All files')} (*)"
    chosen, _kind = QFileDialog.getOpenFileNames(parent, title, "", kinds)
    return [Path(name) for name in chosen]


class DropZone(QFrame):
    """A dashed box that takes files. `dropped` carries a list of paths."""

    dropped = Signal(list)

    def __init__(self, words: str, hint: str = "") -> None:
        super().__init__()
        self._words, self._over = words, False
        self._title = label(words, "body_bold", align=CENTER)
        self._hint = label(hint, "caption", "text_2", align=CENTER)
        self._hint.setVisible(bool(hint))
        choose = link(_("Choose a file…"), self._choose)
        self.setAcceptDrops(True)
        self.setLayout(
            vbox(
                ...,
                hbox(..., Icon("file-up", "accent_text", "icon_medium"), ...),
                "s2",
                self._title,
                self._hint,
                hbox(..., choose, ...),
                ...,
                margin="s3",
            )
        )
        self.dress()

    def dress(self) -> None:
        """Take the least height from the theme in use."""
        self.setMinimumHeight(theme().px("drop_zone"))

    def _choose(self) -> None:
        files = choose_files(self, self._words)
        if files:
            self.dropped.emit(files)

    def _show_over(self, over: bool) -> None:
        self._over = over
        self._title.setText(_("Let go here") if over else self._words)
        self.update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()
            self._show_over(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._show_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._show_over(False)
        event.acceptProposedAction()
        self.dropped.emit(dropped_files(event.mimeData()))

    def paintEvent(self, _event: object) -> None:
        t, p = theme(), smooth(self)
        pen = QPen(t["accent" if self._over else "accent_line"], 2 if self._over else 1.5)
        if not self._over:
            pen.setStyle(Qt.PenStyle.DashLine)
        p.setPen(pen)
        p.setBrush(t["accent_softer"])
        p.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), t.radius("card"), t.radius("card"))
