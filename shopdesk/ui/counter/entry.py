"""Digits that are being typed: a card's number, an amount. It takes them from a pad as from the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QWidget

from shopdesk.ui.paint import LEFT, RIGHT, advance, box, draw, smooth
from shopdesk.ui.theme import theme


class DigitEntry(QWidget):
    """Shows digits and what they are; `changed` tells of each one.

    With a `unit` it is an amount: at the right, with commas. More than `most` digits are no slip of a finger but something that was
    scanned or pasted: `is_wrong` until they are cleared.
    """

    changed = Signal()

    def __init__(self, hint: str, most: int, unit: str = "") -> None:
        super().__init__()
        self._hint, self._most, self._unit = hint, most, unit
        self._digits = ""
        self.setAccessibleName(hint)
        self.dress()

    def dress(self) -> None:
        """Take the height from the theme in use."""
        self.setFixedHeight(theme().px("counter_entry"))

    @property
    def digits(self) -> str:
        """What was typed."""
        return self._digits

    @property
    def is_wrong(self) -> bool:
        """Whether there are more digits than this can be."""
        return len(self._digits) > self._most

    @property
    def value(self) -> int | None:
        """The amount, None where nothing was typed."""
        return int(self._digits) if self._digits and not self.is_wrong else None

    def type(self, digits: str) -> None:
        """Add digits; an amount does not begin with zeros."""
        joined = self._digits + digits
        self._show(joined.lstrip("0") if self._unit else joined)

    def rub(self) -> None:
        """Take the last digit away; all of them where they were wrong."""
        self._show("" if self.is_wrong else self._digits[:-1])

    def clear(self) -> None:
        """Take everything away."""
        self._show("")

    def _show(self, digits: str) -> None:
        self._digits = digits[: self._most + 1]
        self.setAccessibleDescription(self._digits)
        self.update()
        self.changed.emit()

    def paintEvent(self, _event: object) -> None:
        t, p = theme(), smooth(self)
        box(p, QRectF(self.rect()), "surface", "danger_solid" if self.is_wrong else "control", t.radius("card"))
        inner = QRectF(self.rect()).adjusted(t.px("s4"), 0, -t.px("s4"), 0)
        if self._unit:
            wide = advance(self._unit, "counter_s")
            draw(p, inner, self._unit, "counter_s", "text_2", align=RIGHT)
            shown = f"{int(self._digits):,}" if self._digits else ""
            draw(p, inner.adjusted(0, 0, -wide - t.px("s2"), 0), shown, "counter_m", align=RIGHT)
            return
        if not self._digits:
            draw(p, inner, self._hint, "lead", "text_3", align=LEFT)
            return
        draw(p, inner, self._digits, "counter_m", bold=False)
        x = inner.left() + advance(self._digits, "counter_m", bold=False) + t.px("s1")
        p.fillRect(QRectF(x, self.height() / 4, t.border("focus"), self.height() / 2), t["accent"])
