"""One step of connecting with LINE: a mark that turns by itself, what it is, and what to do while it is its turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from shopdesk.ui.icons import paint_icon
from shopdesk.ui.paint import CENTER, blob, box, draw, smooth
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import Prose, hbox, label, vbox

if TYPE_CHECKING:
    from shopdesk.ui.widgets.layouts import Item

State = Literal["done", "now", "later"]


class _Mark(QWidget):
    def __init__(self, number: int) -> None:
        super().__init__()
        self._number, self.state = number, "later"
        self.dress()

    def dress(self) -> None:
        """Take the size from the theme in use."""
        self.setFixedSize(theme().px("chip"), theme().px("chip"))

    def paintEvent(self, _event: object) -> None:
        p, rect, side = smooth(self), QRectF(self.rect()), self.width()
        if self.state == "done":
            inner = theme().px("icon_small")
            blob(p, rect, "success_solid", side / 2)
            paint_icon(p, "check", "on_accent", (side - inner) / 2, (side - inner) / 2, "icon_small")
            return
        if self.state == "now":
            blob(p, rect, "accent", side / 2)
        else:
            box(p, rect, "surface", "control", side / 2)
        draw(
            p,
            rect,
            str(self._number),
            "body",
            "on_accent" if self.state == "now" else "text_3",
            bold=True,
            align=CENTER,
        )


class Step(QWidget):
    """`body` shows only while it is this step's turn, or after `open_body`."""

    def __init__(
        self, number: int, title: str, body: QWidget | None = None, *, action: Item = None, last: bool = False
    ) -> None:
        super().__init__()
        self._last = last
        self._mark, self._title = _Mark(number), label(title, bold=True)
        self.note, self._body = Prose(role="small", tone="text_2"), body
        said = vbox(self._title, self.note, body)
        if body is not None:
            body.hide()
        right = None if action is None else vbox(action, ...)
        self.setLayout(hbox(vbox(self._mark, ...), (said, 1), right, gap="s3", margin=("s5", "s3", "s5", "s3")))

    @property
    def state(self) -> str:
        """`done`, `now` or `later`."""
        return self._mark.state

    def show_state(self, state: State, note: str, *, open_body: bool = False) -> None:
        """Turn the mark and say how it is."""
        self._mark.state = state
        self._title.set_tone("text_2" if state == "later" else "text")
        self.note.set_runs(note)
        if self._body is not None:
            self._body.setVisible(state == "now" or open_body)
        self._mark.update()
        self.update()

    def paintEvent(self, _event: object) -> None:
        p = QPainter(self)
        if self._mark.state == "now":
            p.fillRect(self.rect(), theme()["accent_softer"])
        if not self._last:
            p.fillRect(0, self.height() - 1, self.width(), 1, theme()["line"])
