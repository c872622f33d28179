"""What people type into and choose from."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRegularExpression, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QFont,
    QFontDatabase,
    QFontInfo,
    QIntValidator,
    QKeyEvent,
    QRegularExpressionValidator,
    QTextOption,
)
from PySide6.QtWidgets import (
    QLineEdit,
    QPlainTextEdit,
)

from shopdesk.i18n import _
from shopdesk.ui.icons import icon
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets.text import tip

SEARCH_WAITS_MS = 150


class TextField(QLineEdit):
    """One line of text. `width` is a name of the theme; without one it takes the room there is."""

    def __init__(self, text: str = "", hint: str = "", *, width: str = "", secret: bool = False) -> None:
        super().__init__(text)
        self._width = width
        self.setPlaceholderText(hint)
        if secret:
            self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setCursorPosition(0)  # a text that is too long shows its beginning
        self.dress()

    def dress(self) -> None:
        """Take the sizes from the theme in use."""
        self.setFont(theme().font("body"))
        self.setFixedHeight(theme().px("control"))
        if self._width:
            self.setFixedWidth(theme().px(self._width))

    def setText(self, text: str | None) -> None:
        super().setText(text)
        if not self.hasFocus():
            self.setCursorPosition(0)

    def set_wrong(self, wrong: bool) -> None:
        """Draw the border as that of a field whose text cannot be used."""
        self.setProperty("state", "error" if wrong else "")
        self.style().unpolish(self)
        self.style().polish(self)


class TitleField(TextField):
    """The name of what is edited, written where the title stands."""

    def __init__(self, hint: str) -> None:
        super().__init__(hint=hint)
        self.setProperty("part", "title")
        self.setAccessibleName(hint)

    def dress(self) -> None:
        """Take font and height from the theme in use."""
        self.setFont(theme().font("title"))
        self.setTextMargins(-2, 0, 0, 0)  # Qt's own room, so that the name stands where a title does
        self.setFixedHeight(theme().px("control"))


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

    def event(self, event: QEvent) -> bool:
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escape and event.type() == QEvent.Type.ShortcutOverride and self.text():
            event.accept()  # ours before the window's Esc
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self._tell()
        else:
            super().keyPressEvent(event)


def _code_font() -> QFont:
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(QFontInfo(theme().font("small")).pixelSize())
    return font


class TextArea(QPlainTextEdit):
    """Several lines of plain text with the line height of `lead`; `code` in letters of one width."""

    def __init__(self, hint: str = "", *, lines: int = 4, code: bool = False) -> None:
        super().__init__()
        self._lines, self._code = lines, code
        self.setProperty("part", "field")
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.dress()

    def dress(self) -> None:
        """Take the font from the theme in use."""
        self.setFont(_code_font() if self._code else theme().font("lead"))
        self.setCursorWidth(theme().border("focus"))
        self.setMinimumHeight(self._lines * theme().line("lead") + 2 * theme().px("s2"))

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def set_wrong(self, wrong: bool) -> None:
        """Draw the border as that of a field whose text cannot be used."""
        self.setProperty("state", "error" if wrong else "")
        self.style().unpolish(self)
        self.style().polish(self)
