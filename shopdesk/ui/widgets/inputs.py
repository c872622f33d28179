"""What people type into and choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QPointF, QRect, QRectF, QRegularExpression, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QIntValidator, QPen, QRegularExpressionValidator, QTextOption
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QSizePolicy,
    QStyledItemDelegate,
    QWidget,
)

from shopdesk.i18n import _
from shopdesk.ui.icons import icon
from shopdesk.ui.paint import CENTER, advance, blob, box, draw, smooth
from shopdesk.ui.style import ROUND
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets.buttons import Painted
from shopdesk.ui.widgets.layouts import hbox
from shopdesk.ui.widgets.text import tip

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QKeyEvent, QWheelEvent

T = TypeVar("T")
SEARCH_WAITS_MS = 150


class TextField(QLineEdit):
    """One line of text. `width` is a name of the theme; without one it takes the room there is."""

    def __init__(self, text: str = "", hint: str = "", *, width: str = "", secret: bool = False) -> None:
        super().__init__(text)
        self._width = width
        self.setPlaceholderText(hint)
        if secret:
            self.setEchoMode(QLineEdit.EchoMode.Password)
        self.dress()

    def dress(self) -> None:
        """Take the sizes from the theme in use."""
        self.setFont(theme().font("body"))
        self.setFixedHeight(theme().px("control"))
        if self._width:
            self.setFixedWidth(theme().px(self._width))

    def set_wrong(self, wrong: bool) -> None:
        """Draw the border as that of a field whose text cannot be used."""
        self.setProperty("state", "error" if wrong else "")
        self.style().unpolish(self)
        self.style().polish(self)


class NumberField(TextField):
    """A whole number at the right edge; `value` is None while empty. Full-width digits are taken as digits."""

    changed = Signal()

    def __init__(
        self, value: int | None = None, least: int = 0, most: int = 99_999_999, *, width: str = "number_field"
    ) -> None:
        super().__init__("" if value is None else str(value), width=width)
        self._range = least, most
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        digits = QRegularExpression(r"[-+]?\d{0,9}", QRegularExpression.PatternOption.UseUnicodePropertiesOption)
        self.setValidator(QRegularExpressionValidator(digits, self) if least >= 0 else QIntValidator(least, most, self))
        self.textEdited.connect(self._edited)

    def value(self) -> int | None:
        """Return the number, held to its range, or None."""
        try:
            return max(self._range[0], min(int(self.text()), self._range[1]))
        except ValueError:
            return None

    def set_value(self, value: int | None) -> None:
        """Show a number without saying that it changed."""
        self.setText("" if value is None else str(value))

    def _edited(self, text: str) -> None:
        plain = "".join(str(int(sign)) if sign.isdigit() else sign for sign in text)
        if plain != text:
            self.setText(plain)
        self.changed.emit()


class Search(TextField):
    """Searches 150 ms after the last key: `searched` carries the text. Esc and the ✕ at the right clear it."""

    searched = Signal(str)

    def __init__(self, hint: str, *, width: str = "search") -> None:
        self._glass, self._clear = QAction(), QAction()
        super().__init__(hint=hint, width=width)
        self.setProperty("part", "search")
        self.setAccessibleName(hint)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        tip(self._clear, _("Clear"))
        self._clear.setVisible(False)
        self._clear.triggered.connect(self.clear)
        self._told = ""
        self._timer = QTimer(self, singleShot=True, interval=SEARCH_WAITS_MS)
        self._timer.timeout.connect(self._tell)
        self.textChanged.connect(self._typed)
        self.returnPressed.connect(self._tell)

    def dress(self) -> None:
        """Take sizes and icons from the theme in use."""
        super().dress()
        self._glass.setIcon(icon("search", "text_3"))
        self._clear.setIcon(icon("x", "text_3", "icon_small"))

    def _typed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._timer.start()

    def _tell(self) -> None:
        self._timer.stop()
        if self.text() != self._told:
            self._told = self.text()
            self.searched.emit(self._told)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self._tell()
        else:
            super().keyPressEvent(event)


class TextArea(QPlainTextEdit):
    """Several lines of plain text with the line height of `lead`; `framed` draws it as a field."""

    def __init__(self, text: str = "", hint: str = "", *, framed: bool = True, lines: int = 4) -> None:
        super().__init__()
        self._lines = lines
        self.setProperty("part", "field" if framed else "bare")
        self.setProperty("ring", framed)
        self.setPlainText(text)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.dress()

    def dress(self) -> None:
        """Take the font from the theme in use."""
        self.setFont(theme().font("lead"))
        self.setCursorWidth(theme().border("focus"))
        self.setMinimumHeight(self._lines * theme().line("lead") + 2 * theme().px("s2"))

    def set_wrong(self, wrong: bool) -> None:
        """Draw the border as that of a field whose text cannot be used."""
        self.setProperty("state", "error" if wrong else "")
        self.style().unpolish(self)
        self.style().polish(self)


class _Entries(QStyledItemDelegate):
    def sizeHint(self, _option: object, _index: object) -> QSize:
        return QSize(theme().px("s12"), theme().px("control_small") + theme().px("s1"))


class Choice(QComboBox):
    """One of several: (words, value) each. `chosen` carries the value a person chose."""

    chosen = Signal(object)

    def __init__(
        self,
        entries: Iterable[tuple[str, Any]],
        value: object = None,
        *,
        width: int = 0,
        small: bool = False,
        tone: str = "text",
    ) -> None:
        super().__init__()
        self._small, self._tone, self._wide = small, tone, width
        self._values: list[Any] = []
        self.setItemDelegate(_Entries(self))
        self.set_entries(entries, value)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.dress()
        self.activated.connect(lambda at: self.chosen.emit(self._values[at]))

    def dress(self) -> None:
        """Take the sizes from the theme in use. `width` is in px at the standard text size."""
        self.setFont(theme().font("small" if self._small else "body"))
        self.setFixedHeight(theme().px("control_small" if self._small else "control"))
        if self._wide:
            self.setFixedWidth(round(self._wide * theme().scale))

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
        return QSize(round(widest) + t.px("s3") + t.px("s8"), self.height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # scrolling a page must not change what is under the pointer

    def paintEvent(self, _event: object) -> None:
        t, p, w, h = theme(), smooth(self), self.width(), self.height()
        off = not self.isEnabled()
        box(p, QRectF(self.rect()), "sunken" if off else "surface", "line" if off else "control", t.radius("control"))
        left = t.px("s2") if self._small else t.px("s3") - 1
        words = QRect(left, 0, w - left - t.px("s6"), h)
        draw(p, words, self.currentText(), "small" if self._small else "body", "text_disabled" if off else self._tone)
        unit = t.px("s1") * 0.625
        middle = QPointF(w - t.px("s3") - 2 * unit, h / 2)
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
