"""A card that is folded to its head until somebody wants what is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect

from shopdesk.ui.icons import paint_icon
from shopdesk.ui.paint import RIGHT, advance, draw, smooth
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets.buttons import Painted
from shopdesk.ui.widgets.layouts import holder, vbox
from shopdesk.ui.widgets.surfaces import Card, line

if TYPE_CHECKING:
    from shopdesk.ui.widgets.layouts import Item


class _Head(Painted):
    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.summary = ""
        self.setCheckable(True)
        self.dress()

    def dress(self) -> None:
        self.setFixedHeight(theme().px("row"))

    def paintEvent(self, _event: object) -> None:
        t, p = theme(), smooth(self)
        side, icon = t.px("s3"), t.px("icon_small")
        sign = "chevron-down" if self.isChecked() else "chevron-right"
        paint_icon(p, sign, "text_2", side, (self.height() - icon) / 2, "icon_small")
        at = side + icon + t.px("label_gap")
        tone = "accent_text" if self.underMouse() else "text"
        draw(p, QRect(at, 0, self.width() - at - side, self.height()), self.words, "body", tone, bold=True)
        left = at + round(advance(self.words, "body", bold=True)) + t.px("s4")
        rest = QRect(left, 0, max(0, self.width() - left - t.px("s4")), self.height())
        draw(p, rest, self.summary, "small", "text_2", align=RIGHT)


class Fold(Card):
    """A title that opens what lies below it; `summary` says in a few words what stands there while it is closed."""

    def __init__(self, title: str, summary: str, *body: Item) -> None:
        self.head, self._body = _Head(title), holder(vbox(line(), holder(vbox(*body, margin="card_inside"))))
        super().__init__(self.head, self._body, pad="")
        self.head.toggled.connect(self._body.setVisible)
        self._body.hide()
        self.say(summary)

    def open(self, *, on: bool = True) -> None:
        """Open or close it."""
        self.head.setChecked(on)

    def say(self, summary: str) -> None:
        """Say something else in its head."""
        self.head.summary = summary
        self.head.setAccessibleName(f"{self.head.words}, {summary}" if summary else self.head.words)
        self.head.update()
