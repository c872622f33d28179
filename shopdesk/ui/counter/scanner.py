"""The scanner at the till is a keyboard: what it types is told from what a person types, wherever the caret stands.

Six characters that follow each other within a few hundredths of a second were typed by no person. Characters are held back for as long
as that takes to see; what turns out to be a person's goes on to the field it was meant for. With a Japanese conversion switched on a
scan arrives as text under conversion, which may be full-width, and Enter only ends the conversion: that is understood too.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent

if TYPE_CHECKING:
    from PySide6.QtGui import QWindow

Ended = Literal["enter", "tab", "pause", "conversion"]

LEAST = 6
"""So many characters in quick succession are a scan."""
QUICK_MS = 40
"""A person's next key comes later than this."""
PAUSE_MS = 120
"""A scan that nothing ends is over after this."""
MOST = 168
"""What is longer is no code of ours, whatever follows."""
NO_PERSON_MS = 400
"""Nobody sees what a scan brought and presses Enter within this: such an end came from the scanner, late or doubled."""
_ENDS: dict[int, Ended] = {Qt.Key.Key_Return: "enter", Qt.Key.Key_Enter: "enter", Qt.Key.Key_Tab: "tab"}
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


@dataclass(frozen=True, slots=True)
class Scan:
    """What a scanner typed: the text, how long it took, and what ended it. `cut`: there was more than could be a code."""

    text: str
    ms: int
    ended: Ended
    cut: bool = False


@dataclass(frozen=True, slots=True)
class _Key:
    code: int
    modifiers: Qt.KeyboardModifier
    text: str


class Scanner(QObject):
    """Watches one window. `scanned` carries a `Scan`."""

    scanned = Signal(object)

    def __init__(self, window: QWindow) -> None:
        """Watch a window: its keys come here before any field sees them."""
        super().__init__(window)
        self._window = window
        self._held: list[_Key] = []
        self._length, self._began, self._last = 0, 0, 0
        self._scanned_at: int | None = None
        self._converting: _Converting | None = None
        self._fields: QObject | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._quiet)
        self._seen_quiet = False
        window.installEventFilter(self)
        window.focusObjectChanged.connect(self._watch_field)
        self._watch_field(window.focusObject())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is not self._window:  # the field gets it: it was looked at before
                return False
            return self._key(event)
        if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            return self._conversion(event)
        return False

    # Keys

    def _key(self, event: QKeyEvent) -> bool:
        """Return whether the key is held back, or belongs to a scan and goes nowhere."""
        at = event.timestamp() or _now()
        if event.key() in _ENDS:
            return self._end(_ENDS[event.key()], at)
        if not _is_letter(event) or (event.text() == " " and not self._held):
            self._let_go()
            return False
        if self._held and at - self._last > (PAUSE_MS if self._is_scan else QUICK_MS):
            if self._is_scan:
                self._finish("pause")
            else:
                self._let_go()
        if not self._held:
            self._began, self._length = at, 0
        self._last, self._scanned_at = at, None
        self._length += 1
        if self._length <= MOST:
            self._held.append(_Key(event.key(), event.modifiers(), event.text()))
        self._wait(PAUSE_MS if self._is_scan else QUICK_MS)
        return True

    @property
    def _is_scan(self) -> bool:
        return self._length >= LEAST and bool(self._held)

    def _end(self, ended: Ended, at: int) -> bool:
        if self._is_scan and at - self._last <= PAUSE_MS:
            self._last = at
            self._finish(ended)
            return True
        self._let_go()
        return self._scanned_at is not None and at - self._scanned_at <= NO_PERSON_MS

    def _finish(self, ended: Ended) -> None:
        text = "".join(one.text for one in self._held)
        scan = Scan(text, max(0, self._last - self._began), ended, cut=self._length > MOST)
        self._held, self._length, self._scanned_at = [], 0, self._last
        self._timer.stop()
        self.scanned.emit(scan)

    def _let_go(self) -> None:
        """Give what was held back to the field it was meant for: a person typed it."""
        held, self._held, self._length = self._held, [], 0
        self._timer.stop()
        target = self._window.focusObject()
        for one in held if target is not None else ():
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QCoreApplication.sendEvent(target, QKeyEvent(kind, one.code, one.modifiers, one.text))

    def _wait(self, ms: int) -> None:
        self._seen_quiet = False
        self._timer.start(ms)

    def _quiet(self) -> None:
        if not self._seen_quiet:  # keys may wait in the queue behind this timer: they first
            self._seen_quiet = True
            self._timer.start(0)
        elif self._converting is not None:
            self._take_conversion()
        elif self._is_scan:
            self._finish("pause")
        else:
            self._let_go()

    # Text under conversion

    def _watch_field(self, field: QObject | None) -> None:
        """Text under conversion goes to the field itself, not to the window."""
        if self._fields is not None:
            self._fields.removeEventFilter(self)
            self._fields.destroyed.disconnect(self._field_gone)
        self._fields, self._converting = field, None
        if field is not None and field is not self._window:
            field.installEventFilter(self)
            field.destroyed.connect(self._field_gone)
        else:
            self._fields = None

    def _field_gone(self) -> None:
        self._fields = self._converting = None

    def _conversion(self, event: QInputMethodEvent) -> bool:
        """Return whether a committed text was a scan, which no field gets. What is still converted is only watched."""
        at = _now()
        committed, text = event.commitString(), event.preeditString()
        watched = self._converting
        if committed:
            self._converting = None
            self._timer.stop()
            if watched is None or not watched.is_scan(committed, at):
                return False
            self._emit_conversion(committed, watched, at)
            return True
        if not text:
            self._converting = None
        elif watched is None or not watched.goes_on(text, at):
            self._converting = _Converting(text, at)
        if self._converting is not None and self._converting.is_scan(text, at):
            self._wait(PAUSE_MS)
        return False

    def _take_conversion(self) -> None:
        """Nothing ends the conversion: take its text out of the field."""
        watched, self._converting = self._converting, None
        if watched is None:
            return
        field = self._window.focusObject()
        if field is not None:
            field.removeEventFilter(self)
            QGuiApplication.inputMethod().reset()
            QCoreApplication.sendEvent(field, QInputMethodEvent("", []))
            field.installEventFilter(self)
        self._emit_conversion(watched.text, watched, watched.last, "pause")

    def _emit_conversion(self, text: str, watched: _Converting, at: int, ended: Ended = "conversion") -> None:
        self.scanned.emit(Scan(text[:MOST], max(0, at - watched.began), ended, cut=len(text) > MOST))


class _Converting:
    """Text under conversion that grows as fast as only a scanner types."""

    def __init__(self, text: str, at: int) -> None:
        self.text, self.began, self.last = text, at, at
        self._quick = 1

    def goes_on(self, text: str, at: int) -> bool:
        """Take the next state of the text; False where it came as slowly as a person's."""
        if at - self.last > QUICK_MS or len(text) <= len(self.text):
            return False
        self._quick += len(text) - len(self.text)
        self.text, self.last = text, at
        return True

    def is_scan(self, text: str, at: int) -> bool:
        """Say whether this text came out of it as a scan."""
        return self._quick >= LEAST and len(text) >= LEAST and at - self.last <= PAUSE_MS


def _is_letter(event: QKeyEvent) -> bool:
    text = event.text()
    return bool(text) and text.isprintable() and not event.modifiers() & _COMMANDS and not event.isAutoRepeat()


def _now() -> int:
    return time.monotonic_ns() // 1_000_000
