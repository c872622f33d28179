"""What every section of the settings is made of: a heading in the list, and cards of a readable width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QWidget

from shopdesk.ui.paint import blob, draw, smooth
from shopdesk.ui.tasks import Lane
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import Painted

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.ui.shop_page import Desk


class Section(QWidget):
    """One section. `load` reads what it shows, each time it comes to the front or something has changed."""

    title, purpose = "", ""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.shop, self.tasks, self.notices = desk, desk.shop, desk.tasks, desk.notices

    def load(self) -> None:
        """Read what is shown."""

    def store(self, key: str, value: str, then: Callable[[], object] | None = None) -> None:
        """Keep a setting; what it does not take is said in the one place for errors."""
        self.tasks.run(
            self,
            lambda: self.shop.settings.set(key, value),
            lambda _stored: then() if then else None,
            lane=Lane.WRITE,
        )


class Heading(Painted):
    """One line of the list at the left."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setCheckable(True)
        self.dress()

    def dress(self) -> None:
        """Take the height from the theme in use."""
        self.setFixedHeight(theme().px("control"))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(4 * theme().px("s12"), theme().px("control"))

    def paintEvent(self, _event: object) -> None:
        t, p, on = theme(), smooth(self), self.isChecked()
        if on or self.underMouse():
            blob(p, QRectF(self.rect()), "accent_soft" if on else "hover", t.radius("control"))
        inner = self.rect().adjusted(t.px("s3"), 0, -t.px("s2"), 0)
        draw(p, inner, self.words, "body", "accent_text" if on else "text_2", on)
