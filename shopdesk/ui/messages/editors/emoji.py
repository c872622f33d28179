"""Sheets of emoji: those of every phone, and LINE's own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from shopdesk.i18n import _
from shopdesk.messages import Emoji, emoji_sets
from shopdesk.ui import widgets as w
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets.number_grid import NumberGrid

if TYPE_CHECKING:
    from shopdesk.ui.widgets.buttons import Button

SIGNS = "😊😄🎉✨🎁🍰🍓☕🌸🌻🍁⛄💐❤👍🙏🎂🛒📣⏰📅🏠🚚💡"
COLUMNS = 8


class EmojiSheet(QWidget):
    """`chosen` carries a sign, `of_line` one of LINE's own emoji."""

    chosen = Signal(str)
    of_line = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        signs = QGridLayout()
        signs.setSpacing(theme().px("tiny"))
        for at, sign in enumerate(SIGNS):
            button = w.Button(sign, "quiet", size="control_small", does=partial(self._take, sign))
            signs.addWidget(button, at // COLUMNS, at % COLUMNS)
        self._sets = {one.product: one for one in emoji_sets()}
        self.sets = w.Choice([(one.title, one.product) for one in self._sets.values()], small=True)
        self.sets.chosen.connect(self._turn_to)
        self.grid = NumberGrid(_("LINE's own emoji"), "row")
        self.grid.chosen.connect(self._take_of_line)
        area = w.scroller(w.vbox(self.grid, ..., margin="s1"))
        area.setFixedHeight(4 * theme().px("s12"))
        head = w.hbox(w.label(_("LINE's own emoji"), "small", bold=True), ..., self.sets)
        card = w.Card(signs, "s2", w.line(), "s2", head, area, part="dialog", pad="s3")
        self.setLayout(w.vbox(card))
        self._turn_to(str(self.sets.value()))

    def show_above(self, button: Button) -> None:
        """Show it above a button."""
        self.adjustSize()
        self.move(button.mapToGlobal(button.rect().topLeft()) - self.rect().bottomLeft())
        self.show()

    def _turn_to(self, product: str) -> None:
        self.grid.show_numbers([one.number for one in self._sets[product].emoji])

    def _take(self, sign: str) -> None:
        self.chosen.emit(sign)
        self.close()

    def _take_of_line(self, number: str) -> None:
        self.of_line.emit(Emoji(str(self.sets.value()), number))
        self.close()
