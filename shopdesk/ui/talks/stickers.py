"""Choosing one of LINE's stickers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _
from shopdesk.messages import stickers
from shopdesk.ui import widgets as w
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets.number_grid import NumberGrid

if TYPE_CHECKING:
    from shopdesk.ui.widgets.buttons import Button


class StickerSheet(QWidget):
    """`chosen` carries the set and the number."""

    chosen = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._sets = {one.package: one for one in stickers()}
        self.choice = w.Choice([(one.title, one.package) for one in self._sets.values()])
        self.choice.chosen.connect(self._turn_to)
        self.grid = NumberGrid(_("Stickers"), "s12")
        self.grid.chosen.connect(self._take)
        area = w.scroller(w.vbox(self.grid, ..., margin="s1"))
        area.setFixedHeight(5 * theme().px("s12"))
        note = w.Prose(
            _("LINE shows its stickers only in LINE; here each has its number. It is sent at once."),
            role="caption",
            tone="text_3",
        )
        card = w.Card(w.hbox((self.choice, 1)), "s2", area, "s2", note, part="dialog", pad="s3")
        card.setFixedWidth(theme().px("dialog"))
        self.setLayout(w.vbox(card))
        self._turn_to(str(self.choice.value()))

    def show_above(self, button: Button) -> None:
        """Show it above a button."""
        self.adjustSize()
        self.move(button.mapToGlobal(button.rect().topLeft()) - self.rect().bottomLeft())
        self.show()

    def _turn_to(self, package: str) -> None:
        self.grid.show_numbers([str(one) for one in self._sets[package].numbers])

    def _take(self, number: str) -> None:
        self.chosen.emit(str(self.choice.value()), number)
        self.close()
