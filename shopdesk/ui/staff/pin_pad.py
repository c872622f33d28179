"""The PIN pad: dots, large keys, the keyboard and the scanner alike; a wrong PIN shakes it, too many make it wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPropertyAnimation, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from shopdesk import scancodes
from shopdesk.i18n import _
from shopdesk.ui.paint import CENTER, blob, box, smooth
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import MORE, RUB, Button, Keypad, Prose, digit_of, holder, vbox

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

LONGEST = 8
_TICK_MS = 250
_SWINGS = (0, -8, 0, -6, 0, -3, 0)
"""To the left alone, where the pad keeps room for it."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Dots(QWidget):
    """How many figures were typed, and nothing of which they are."""

    def __init__(self) -> None:
        super().__init__()
        self._count = 0
        self.setAccessibleName(_("PIN"))
        self.dress()

    def dress(self) -> None:
        """Take the height from the theme in use."""
        self.setFixedHeight(theme().px("touch"))

    def show_count(self, count: int) -> None:
        """Show so many dots."""
        self._count = count
        self.update()

    def paintEvent(self, _event: object) -> None:
        t, p, side = theme(), smooth(self), theme().px("s3")
        box(p, QRectF(self.rect()), "surface", "control", t.radius("control"))
        gap = side
        x = (self.width() - self._count * side - (self._count - 1) * gap) / 2
        for at in range(self._count):
            blob(p, QRectF(x + at * (side + gap), (self.height() - side) / 2, side, side), "text", side / 2)


class _Verb(Button):
    """As high as a key, with words instead of a figure."""

    def dress(self) -> None:
        super().dress()
        self.setFont(theme().font("section"))


class PinPad(QWidget):
    """`entered` carries a PIN, `scanned` the figures of a badge; neither is kept here any longer then.

    A scanner types its 42 figures like a keyboard: so many are no PIN.
    """

    entered = Signal(str)
    scanned = Signal(str)

    def __init__(self, now: Callable[[], datetime], verb: str) -> None:
        super().__init__()
        self._now, self._typed, self.usable = now, "", True
        self._until: datetime | None = None
        self.dots = Dots()
        self.verb = _Verb(verb, "primary", size="key", does=self.finish)
        self.verb.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the pad hears the keyboard
        self.keypad = Keypad((RUB, "0", MORE), self.verb)
        self.sentence = Prose(role="small", tone="danger_text", align=CENTER)
        self.keypad.typed.connect(self.type)
        self.keypad.rubbed.connect(self.rub)
        self._said = holder(vbox(self.sentence, ...))
        self.setLayout(vbox(self.dots, "s1", self._said, "s2", self.keypad, margin=("s2", "", "", "")))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", False)  # whatever is typed here is heard: its edge is no control
        self._clock = QTimer(self, interval=_TICK_MS)
        self._clock.timeout.connect(self._tick)
        self._shaking = QPropertyAnimation(self.dots, b"pos", self)
        self.dress()
        self._show()

    def dress(self) -> None:
        """Take the width from the theme in use; keep room for two lines, so that no key moves under a finger."""
        self.setFixedWidth(theme().px("pin_pad") + theme().px("s2"))
        self._said.setFixedHeight(2 * theme().line("small"))

    # What is said

    def say(self, words: str) -> None:
        """Say what is so, below the dots."""
        self.sentence.set_runs(words)

    def wrong(self, words: str) -> None:
        """Say what was wrong, and shake."""
        self.say(words)
        self._rest()
        home, length = QPoint(self.dots.x(), self.dots.y()), theme().ms("slide")
        self._shaking.setDuration(2 * length)
        for at, by in enumerate(_SWINGS):
            self._shaking.setKeyValueAt(at / (len(_SWINGS) - 1), home + QPoint(by, 0))
        self._shaking.start()

    def wait_until(self, until: datetime) -> None:
        """Take no PIN before this, and count the seconds down."""
        self._until = until
        self._clock.start()
        self._tick()

    def _rest(self) -> None:
        """Let the dots stand where they belong, also where they still shake."""
        self._shaking.setCurrentTime(self._shaking.totalDuration())
        self._shaking.stop()

    def reset(self) -> None:
        """Begin anew: for somebody else, or after going away."""
        self._rest()
        self._clock.stop()
        self._until = None
        self.usable = True
        self.say("")
        self._forget()

    def set_usable(self, usable: bool) -> None:
        """Take figures, or none while those that came are looked at."""
        self.usable = usable
        self._show()

    # What is typed

    def finish(self) -> None:
        """Give away what was typed."""
        typed = self._typed
        self._forget()
        if not typed or not self._takes_pin():
            return
        if len(typed) > LONGEST:
            self.wrong(_("A PIN has four to eight digits."))
        else:
            self.entered.emit(typed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = digit_of(event)
        if digit:
            self.type(digit)
        elif event.key() in _ENTER:
            self.finish()
        elif event.key() == Qt.Key.Key_Backspace:
            self.rub()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        tab = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Tab
        if tab and event.type() == QEvent.Type.KeyPress and len(self._typed) > LONGEST:
            self.finish()  # a scanner may end what it types with Tab
            return True
        return super().event(event)

    def type(self, digit: str) -> None:
        """Add a figure; the last one of a badge gives it away."""
        if not self.usable:
            return
        self._typed += digit
        if not self._waits():
            self.say("")
        if len(self._typed) == scancodes.LENGTH:
            badge = self._typed
            self._forget()
            self.scanned.emit(badge)
        self._show()

    def rub(self) -> None:
        """Take the last figure away."""
        self._typed = self._typed[:-1]
        self._show()

    def _forget(self) -> None:
        self._typed = ""
        self._show()

    def _waits(self) -> bool:
        return self._until is not None

    def _takes_pin(self) -> bool:
        return self.usable and not self._waits()

    def _show(self) -> None:
        self.dots.show_count(min(len(self._typed), LONGEST) if self._takes_pin() else 0)
        self.verb.setEnabled(self._takes_pin() and bool(self._typed))
        self.keypad.setEnabled(self._takes_pin())

    def _tick(self) -> None:
        left = (self._until - self._now()).total_seconds() if self._until is not None else 0
        if left <= 0:
            self._clock.stop()
            self._until = None
            self.say("")
        else:
            minutes, seconds = divmod(round(left + 0.5), 60)
            said = _("Too many wrong PINs. Try again in {time}; the owner can set a new PIN.")
            self.say(said.format(time=f"{minutes}:{seconds:02}"))
        self._show()
