"""A list and the pane of what is chosen in it: side by side, or the pane over the list where the window is narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


class Beside(QWidget):
    """Shows `pane` at the right of `main` after `open_pane`, until `close_pane`."""

    def __init__(self, main: QWidget, pane: QWidget) -> None:
        super().__init__()
        self._main, self._pane = main, pane
        main.setParent(self)
        pane.setParent(self)
        pane.hide()
        self.setMinimumHeight(theme().px("phone_width"))

    def dress(self) -> None:
        """Take the widths from the theme in use."""
        self._place()

    def open_pane(self) -> None:
        """Show the pane."""
        self._pane.show()
        self._pane.raise_()
        self._place()

    def close_pane(self) -> bool:
        """Hide the pane; False when it was not shown."""
        shown = not self._pane.isHidden()
        self._pane.hide()
        self._place()
        return shown

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        t, w, h = theme(), self.width(), self.height()
        side = min(t.px("side_wide"), w)
        beside = not self._pane.isHidden() and self.window().width() >= t.px("overlay_below")
        self._main.setGeometry(0, 0, w - side - t.px("card_gap") if beside else w, h)
        self._pane.setGeometry(w - side, 0, side, h)
