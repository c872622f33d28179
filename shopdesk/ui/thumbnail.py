"""A picture, small."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from shopdesk.ui.icons import paint_icon
from shopdesk.ui.paint import smooth
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage


class Thumbnail(QWidget):
    """The picture, small; a dashed box where there is none to show."""

    def __init__(self, find: Callable[[], QImage | None]) -> None:
        super().__init__()
        self._find = find
        self.dress()

    def dress(self) -> None:
        """Take the size from the theme in use."""
        self.setFixedSize(2 * theme().px("s12"), theme().px("s12") + theme().px("s6"))

    def paintEvent(self, _event: object) -> None:
        p, t, found = smooth(self), theme(), self._find()
        room = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        path = QPainterPath()
        path.addRoundedRect(room, t.radius("control"), t.radius("control"))
        if found is None or found.isNull():
            pen = QPen(t["accent_line"], 1.5, Qt.PenStyle.DashLine)
            p.setPen(pen)
            p.fillPath(path, t["accent_softer"])
            p.drawPath(path)
            side = t.px("icon_medium")
            paint_icon(p, "image", "text_3", room.center().x() - side / 2, room.center().y() - side / 2, "icon_medium")
            return
        scale = max(room.width() / found.width(), room.height() / found.height())
        width, height = room.width() / scale, room.height() / scale
        source = QRectF((found.width() - width) / 2, (found.height() - height) / 2, width, height)
        p.setClipPath(path)
        p.drawImage(room, found, source)
