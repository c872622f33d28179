"""A PIN, typed on a pad or on the keyboard: dots instead of digits, and what was wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _, _n
from shopdesk.ui.paint import Run, blob, smooth
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import CENTER, MORE, RUB, Button, Keypad, Prose, digit_of, vbox

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

LEAST, MOST = 4, 8


class PinPad(QWidget):
    """`entered` carries the digits when somebody says that they are all there; they are forgotten at once."""

    entered = Signal(str)

    def __init__(self, verb: str = "") -> None:
        super().__init__()
        self._pin = ""
        self._dots = _Dots()
        self._said = Prose(align=CENTER)
        self._enter = Button(verb or _("Sign in"), "primary", size="key", does=self._done)
        self._enter.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pad = Keypad((RUB, "0", MORE), self._enter)
        self._pad.typed.connect(self.type)
        self._pad.rubbed.connect(self.rub)
        self.setLayout(vbox(self._dots, "s2", self._said, "s3", self._pad, ...))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", False)
        self.setAccessibleName(_("PIN"))
        self.dress()
        self.clear()

    def dress(self) -> None:
        """Take the width from the theme in use."""
        self.setFixedWidth(theme().px("pin_pad"))

    def type(self, digit: str) -> None:
        """Add a digit."""
        if len(self._pin) < MOST and self._pad.isEnabled():
            self._pin += digit
            self._show()

    def rub(self) -> None:
        """Take the last digit away."""
        self._pin = self._pin[:-1]
        self._show()

    def clear(self, said: str = "", tone: str = "text_2") -> None:
        """Forget what was typed, and say something: who is to type, or what was wrong."""
        self._pin = ""
        self._said.set_runs(Run(said, tone=tone))
        self._show()

    def hold(self, *, held: bool) -> None:
        """Take no digits for a while: a PIN is being looked at, or the next try waits."""
        self._pad.setEnabled(not held)
        self._show()

    def said(self) -> str:
        """Return what stands below the dots."""
        return self._said.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = digit_of(event)
        if digit:
            self.type(digit)
        elif event.key() == Qt.Key.Key_Backspace:
            self.rub()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._done()
        else:
            super().keyPressEvent(event)

    def _done(self) -> None:
        pin = self._pin
        if len(pin) >= LEAST and self._pad.isEnabled():
            self.clear()
            self.entered.emit(pin)

    def _show(self) -> None:
        self._dots.show_count(len(self._pin))
        self._enter.setEnabled(len(self._pin) >= LEAST and self._pad.isEnabled())


class _Dots(QWidget):
    """As many dots as there are digits; rings where digits are still missing."""

    def __init__(self) -> None:
        super().__init__()
        self._count = 0
        self.dress()

    def dress(self) -> None:
        self.setFixedHeight(theme().px("s8"))

    def show_count(self, count: int) -> None:
        self._count = count
        self.setAccessibleName(_n("{n} digit", "{n} digits", count).format(n=count))
        self.update()

    def paintEvent(self, _event: object) -> None:
        t, p = theme(), smooth(self)
        side, gap, shown = t.px("s4"), t.px("s3"), max(LEAST, self._count)
        left = (self.width() - shown * side - (shown - 1) * gap) / 2
        for at in range(shown):
            rect = QRectF(left + at * (side + gap), (self.height() - side) / 2, side, side)
            blob(p, rect, "accent" if at < self._count else "line_strong", side / 2)
            if at >= self._count:
                blob(p, rect.adjusted(2, 2, -2, -2), "surface", side / 2)
