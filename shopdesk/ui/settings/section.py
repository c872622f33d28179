"""What every section of the settings is made of: a heading in the list, and cards of a readable width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from shopdesk.ui.paint import blob, draw, smooth
from shopdesk.ui.tasks import Lane
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import Card, Painted, Prose, hbox, holder, label, vbox

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.ui.shop_page import Desk
    from shopdesk.ui.widgets.layouts import Item


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


class Narrow(Card):
    """A card no wider than text reads well."""

    def __init__(self, *items: Item) -> None:
        super().__init__(*items, pad="s5", gap="")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.dress()

    def dress(self) -> None:
        """Take the greatest width from the theme in use."""
        self.setMaximumWidth(theme().px("text_width") + 2 * theme().px("s5"))


def choice(name: str, help_text: str, control: QWidget) -> QWidget:
    """Return a setting: its name and what it does at the left, its control at the right."""
    control.setAccessibleName(name)
    said = vbox(label(name, bold=True), Prose(help_text, role="small", tone="text_2") if help_text else None)
    return holder(hbox((said, 1), vbox(..., control, ...), gap="s5"))


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
