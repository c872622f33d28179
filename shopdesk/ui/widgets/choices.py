"""What people choose from: combo box, segments, check box, radio button, switch."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPen
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QRadioButton,
    QSizePolicy,
    QStyledItemDelegate,
    QWidget,
)

from shopdesk.ui.paint import CENTER, advance, blob, box, draw, smooth
from shopdesk.ui.style import ROUND
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets.buttons import Painted
from shopdesk.ui.widgets.layouts import hbox

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QWheelEvent


class _Entries(QStyledItemDelegate):
    def sizeHint(self, _option: object, _index: object) -> QSize:
        return QSize(theme().px("s12"), theme().px("control_small") + theme().px("s1"))


class Choice(QComboBox):
    """One of several: (words, value) each. `chosen` carries the value a person chose.

    It is as wide as its longest choice where there is room, and at least `width` (px at the standard text size).
    """

    chosen = Signal(object)

    def __init__(
        self,
        entries: Iterable[tuple[str, Any]],
        value: object = None,
        *,
        width: int = 0,
        small: bool = False,
    ) -> None:
        super().__init__()
        self._small, self._wide = small, width
        self._values: list[Any] = []
        self.setItemDelegate(_Entries(self))
        self.set_entries(entries, value)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(
            QSizePolicy.Policy.Maximum if width else QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed
        )
        self.dress()
        self.activated.connect(lambda at: self.chosen.emit(self._values[at]))

    def dress(self) -> None:
        """Take the sizes from the theme in use."""
        self.setFont(theme().font("small" if self._small else "body"))
        self.setFixedHeight(theme().px("control_small" if self._small else "control"))
        if self._wide:
            self.setMinimumWidth(round(self._wide * theme().scale))

    def set_entries(self, entries: Iterable[tuple[str, Any]], value: object = None) -> None:
        """Offer other entries."""
        pairs = list(entries)
        self.clear()
        self._values = [one for _words, one in pairs]
        self.addItems([words for words, _one in pairs])
        self.set_value(value)

    def value(self) -> Any:
        """Return the value of the chosen entry, None where there is none."""
        at = self.currentIndex()
        return self._values[at] if 0 <= at < len(self._values) else None

    def set_value(self, value: object) -> None:
        """Choose without saying so."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else 0)

    def sizeHint(self) -> QSize:
        t, role = theme(), "small" if self._small else "body"
        widest = max((advance(self.itemText(i), role) for i in range(self.count())), default=0)
        words = ceil(widest) + t.px("s3") + t.px("s8")
        return QSize(max(words, self.minimumWidth()), self.height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # scrolling a page must not change what is under the pointer

    def paintEvent(self, _event: object) -> None:
        t, p, w, h = theme(), smooth(self), self.width(), self.height()
        off = not self.isEnabled()
        box(p, QRectF(self.rect()), "sunken" if off else "surface", "line" if off else "control", t.radius("control"))
        if not self.isEditable():  # else its field shows the text
            left = t.px("s2") if self._small else t.px("s3") - 1
            words = QRect(left, 0, w - left - t.px("s6"), h)
            draw(p, words, self.currentText(), "small" if self._small else "body", "text_disabled" if off else "text")
        unit = t.px("s1") * 0.625
        middle = QPointF(w - t.px("s2") - 2 * unit, h / 2)
        p.setPen(QPen(t["text_disabled" if off else "text_2"], 1.5, *ROUND))
        p.drawPolyline([middle + QPointF(x, y) * unit for x, y in ((-2, -1), (0, 1), (2, -1))])


class _Segment(Painted):
    def __init__(self, words: str, edge: str) -> None:
        super().__init__(words)
        self._edge = edge
        self.setCheckable(True)
        self.dress()

    def dress(self) -> None:
        t = theme()
        self.setFixedSize(round(advance(self.words, "small", bold=True)) + t.px("s6"), t.px("control"))

    def paintEvent(self, _event: object) -> None:
        t, p, on, r = theme(), smooth(self), self.isChecked(), theme().radius("control")
        rect = QRectF(self.rect())
        whole = rect.adjusted(-r if self._edge in {"", "right"} else 0, 0, r if self._edge in {"", "left"} else 0, 0)
        p.setClipRect(rect)
        ground = "accent_soft" if on else "hover" if self.underMouse() else "surface"
        box(p, whole, ground, "line_strong", r)
        if self._edge in {"", "right"}:
            p.fillRect(QRectF(0, 1, 1, rect.height() - 2), t["line"])
        draw(p, rect, self.words, "small", "accent_text" if on else "text_2", on, CENTER)


class Segmented(QWidget):
    """Two to four short choices side by side; more belong in a `Choice`. `chosen` carries the value."""

    chosen = Signal(object)

    def __init__(self, entries: Sequence[tuple[str, Any]], value: object = None) -> None:
        super().__init__()
        self._values = [one for _words, one in entries]
        last = len(entries) - 1
        self._parts = [
            _Segment(words, "left" if i == 0 else "right" if i == last else "")
            for i, (words, _one) in enumerate(entries)
        ]
        group = QButtonGroup(self)
        for i, part in enumerate(self._parts):
            group.addButton(part, i)
        self._group = group
        self.setLayout(hbox(*self._parts, gap=""))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_value(entries[0][1] if value is None else value)
        group.idClicked.connect(lambda at: self.chosen.emit(self._values[at]))

    def value(self) -> Any:
        """Return the chosen value."""
        return self._values[self._group.checkedId()]

    def set_value(self, value: object) -> None:
        """Choose without saying so."""
        self._parts[self._values.index(value)].setChecked(True)


class CheckBox(QCheckBox):
    """A choice that can be on or off and counts when the form is saved."""

    def __init__(self, words: str, on: bool = False) -> None:
        super().__init__(words.replace("&", "&&"))
        self.setChecked(on)
        self.setAccessibleName(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.dress()

    def dress(self) -> None:
        """Take font and height from the theme in use."""
        self.setFont(theme().font("body"))
        self.setMinimumHeight(theme().line("body"))


class Radio(QRadioButton):
    """One of a few ways; those in one parent exclude each other."""

    def __init__(self, words: str, on: bool = False) -> None:
        super().__init__(words.replace("&", "&&"))
        self.setChecked(on)
        self.setAccessibleName(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.dress()

    def dress(self) -> None:
        """Take font and height from the theme in use."""
        self.setFont(theme().font("body"))
        self.setMinimumHeight(theme().line("body"))


class Switch(Painted):
    """On or off at once. `words` names it for screen readers; a label stands beside it."""

    def __init__(self, words: str, on: bool = False) -> None:
        super().__init__(words)
        self.setCheckable(True)
        self.setChecked(on)
        self.dress()

    def dress(self) -> None:
        """Take the size from the theme in use."""
        self.setFixedSize(theme().px("switch"), theme().px("switch_height"))

    def paintEvent(self, _event: object) -> None:
        t, p, h, room = theme(), smooth(self), float(self.height()), theme().px("tiny")
        blob(p, QRectF(self.rect()), "accent" if self.isChecked() else "control", h / 2)
        x = self.width() - h if self.isChecked() else 0
        blob(p, QRectF(x + room, room, h - 2 * room, h - 2 * room), t["switch_knob"], h / 2 - room)
