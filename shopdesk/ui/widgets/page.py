"""The frame of a page: header, toolbar, a middle that scrolls in a low window, a bottom bar that stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from shopdesk.ui.widgets.buttons import link
from shopdesk.ui.widgets.layouts import Item, hbox, holder, vbox
from shopdesk.ui.widgets.surfaces import scroller
from shopdesk.ui.widgets.text import elided, label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Header(QWidget):
    """Title, one line on what the page is for (or a crumb above), actions at the right with the primary one last."""

    def __init__(
        self,
        title: str,
        purpose: str = "",
        *,
        crumb: str = "",
        back: Callable[[], object] | None = None,
        actions: Sequence[Item] = (),
    ) -> None:
        super().__init__()
        self._title = elided(title, "title")
        self._purpose = elided(purpose, "small", "text_2")
        self._purpose.setVisible(bool(purpose))
        above = None
        if crumb:
            words = label(f"／ {title}", "small", "text_2") if back else label(crumb, "small", "text_2")
            above = hbox(link(crumb, back), words, ..., gap="s1") if back else hbox(words, ...)
        left = vbox(above, self._title, self._purpose)
        self.setLayout(hbox((left, 1), *actions, margin=("page_side", "s4", "page_side", "mid")))

    def say(self, title: str, purpose: str | None = None) -> None:
        """Show another title, and another line below it."""
        self._title.setText(title)
        if purpose is not None:
            self._purpose.setText(purpose)
            self._purpose.setVisible(bool(purpose))


class Frame(QWidget):
    """Header and foot stay, the middle scrolls when it must. `body` is laid out from top to bottom."""

    def __init__(self, header: Header | None, *body: Item, gap: str = "card_gap", foot: QWidget | None = None) -> None:
        super().__init__()
        bottom = gap if foot else "page_top"
        middle = scroller(vbox(*body, gap=gap, margin=("page_side", "s1", "page_side", bottom)))
        end = holder(hbox((foot, 1), margin=("page_side", "", "page_side", "page_top"))) if foot else None
        self.setLayout(vbox(header, (middle, 1), end))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # else Qt gives the first button the focus, and the ring


class Sheets(QStackedWidget):
    """Several sheets, one at the front; as high as that one needs, not as the highest."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _at: self.updateGeometry())

    def sizeHint(self) -> QSize:
        sheet = self.currentWidget()
        return sheet.sizeHint() if sheet else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        sheet = self.currentWidget()
        return sheet.minimumSizeHint() if sheet else super().minimumSizeHint()


def toolbar(*items: Item) -> Item:
    """Return the row under the header: search first, chips, then `...` and the sort."""
    return hbox(*items)
