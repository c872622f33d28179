"""The counter between two customers: the next card, a number to look for, who was here just now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from shopdesk.i18n import _
from shopdesk.ui.counter.entry import DigitEntry
from shopdesk.ui.counter.keys import KeyButton
from shopdesk.ui.counter.recent import Recent
from shopdesk.ui.counter.screens import Screen
from shopdesk.ui.icons import paint_icon
from shopdesk.ui.paint import blob, smooth
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import CENTER, MORE, RUB, Button, Card, Keypad, Prose, digit_of, hbox, holder, label, vbox

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

_LONGEST = 42
"""Even a whole code can be typed, by a scanner that is too slow to be told from a person."""


class Waiting(Screen):
    """`look` carries the digits of somebody who has no code at hand.

    Where visits are only noted, no card is made and no phone is looked up.
    """

    look = Signal(str)
    camera = Signal()
    new_card = Signal()

    def __init__(self, *, only_notes: bool = False) -> None:
        super().__init__()
        hint = (
            _("Card number with its last 2 digits") if only_notes else _("Card number, or last 4 digits of the phone")
        )
        self.number = DigitEntry(hint, _LONGEST)
        self.recent = Recent(_("Nothing is noted yet") if only_notes else _("Nobody yet today"))
        self._camera = KeyButton(
            _("Read with the camera"), icon="camera", key="F2", height="counter_entry", does=self.camera.emit
        )
        self._new = KeyButton(
            _("Make a first card"), icon="credit-card", key="F3", height="counter_entry", does=self.new_card.emit
        )
        words = Prose(_("Scan the card"), role="counter_l", align=CENTER)
        where = Prose(_("On the customer's phone, or on paper"), role="counter_s", tone="text_2", align=CENTER)
        self._picture = RoundPicture("scan-line")
        self._buttons = hbox(self._camera, self._new, gap="s4")
        buttons = hbox(..., self._buttons, ...)
        main = Card(..., hbox(..., self._picture, ...), "s5", words, "s1", where, "s8", buttons, ..., part="panel")
        find = Button(_("Find"), "primary", size="key", does=self.enter)
        find.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        pad = Keypad((RUB, "0", MORE), find)
        pad.typed.connect(self.number.type)
        pad.rubbed.connect(self.number.rub)
        by_number = Card(
            label(_("Look up by number"), "section"), "mid", self.number, "s3", pad, pad="s5", part="panel"
        )
        self._side = holder(vbox(by_number, (self.recent, 1), gap="s4"))
        self._new.setVisible(not only_notes)
        self.setLayout(hbox((main, 1), self._side, gap="s6", margin="s6"))
        self.dress()

    def dress(self) -> None:
        """Take the width of the side from the theme in use."""
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """On a small screen the side gives way, and the buttons stand below each other."""
        t, way = theme(), QBoxLayout.Direction
        side = min(t.px("counter_side"), max(t.px("counter_side_small"), self.width() * 2 // 5))
        self._side.setFixedWidth(side)
        beside = self._camera.sizeHint().width() + self._new.sizeHint().width() + t.px("s4")
        small = self.width() - side - 3 * t.px("s6") - 2 * t.px("s6") < beside
        self._buttons.setDirection(way.TopToBottom if small else way.LeftToRight)
        self._picture.setVisible(not small or self.height() >= 12 * t.px("s12"))

    def come(self) -> None:
        """Begin anew."""
        self.number.clear()
        super().come()

    def enter(self) -> None:
        """Look for the number, where there is one."""
        if self.number.digits:
            self.look.emit(self.number.digits)

    def back(self) -> None:
        """Take a number away. The counter itself is left by its head's ×: nobody is to leave it by a key too many."""
        self.number.clear()

    def type(self, event: QKeyEvent) -> bool:
        """Take digits for the number, and the keys of the two buttons."""
        digit = digit_of(event)
        if digit:
            self.number.type(digit)
        elif event.key() == Qt.Key.Key_Backspace:
            self.number.rub()
        elif event.key() == Qt.Key.Key_F2:
            self.camera.emit()
        elif event.key() == Qt.Key.Key_F3 and not self._new.isHidden():
            self.new_card.emit()
        else:
            return False
        return True


class RoundPicture(QWidget):
    """An icon in a circle, large enough to be seen from the other side of the counter."""

    def __init__(
        self, icon: str, *, size: str = "counter_picture", ground: str = "accent_soft", tone: str = "accent_text"
    ) -> None:
        super().__init__()
        self._icon, self._size, self._ground, self._tone = icon, size, ground, tone
        self.dress()

    def dress(self) -> None:
        """Take the size from the theme in use."""
        self.setFixedSize(theme().px(self._size), theme().px(self._size))

    def show_icon(self, icon: str, ground: str, tone: str) -> None:
        """Show another icon, in other colours."""
        self._icon, self._ground, self._tone = icon, ground, tone
        self.update()

    def paintEvent(self, _event: object) -> None:
        p, side, icon = smooth(self), self.width(), theme().px("icon_counter")
        blob(p, QRectF(self.rect()), self._ground, side / 2)
        paint_icon(p, self._icon, self._tone, (side - icon) / 2, (side - icon) / 2, "icon_counter")
