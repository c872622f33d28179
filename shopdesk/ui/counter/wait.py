"""Said over the counter while an answer takes long: for what, and that nothing is lost."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from shopdesk.i18n import _
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import Prose, Spinner, hbox, label, vbox


class Wait(QFrame):
    """Lies over the middle of its window; shown and hidden, never asked."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        words = vbox(
            label(_("One moment"), "counter_m"),
            Prose(
                _("Other work, such as an import, is writing just now. This comes next; nothing is lost."),
                role="counter_s",
                tone="text_2",
            ),
        )
        self.setProperty("part", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setLayout(hbox(vbox("s2", Spinner(), ...), (words, 1), gap="s4", margin="s6"))
        self.hide()

    def show_waiting(self, waiting: bool) -> None:
        """Say it, or say it no more."""
        self.setVisible(waiting)
        if waiting:
            self.place()
            self.raise_()

    def place(self) -> None:
        """Lie in the middle of the window."""
        window = self._window
        width = min(theme().px("text_width"), window.width())
        self.resize(width, max(self.sizeHint().height(), self.heightForWidth(width)))
        self.move((window.width() - self.width()) // 2, (window.height() - self.height()) // 2)
