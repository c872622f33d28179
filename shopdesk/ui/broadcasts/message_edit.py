"""Writing one text: お名前 is a mark inside it, everything else is plain text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QPyTextObject,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QTextEdit

from shopdesk.i18n import _
from shopdesk.ui.paint import CENTER, blob, draw
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QMimeData, QRect, QSize
    from PySide6.QtGui import QPainter, QTextBlock

MARK = QTextFormat.ObjectTypes.UserObject.value + 1
TOKEN = QTextFormat.Property.UserProperty.value + 1
SIGN = "\N{OBJECT REPLACEMENT CHARACTER}"
NAME = "{name}"
_PIECES = re.compile(r"\{\{|\}\}|\{[^{}]*\}")
LINE_HEIGHT = "s6"


class FieldMark(QPyTextObject):
    """お名前 inside the text: one character to the caret, a small box to the eye."""

    def intrinsicSize(self, _doc: QTextDocument, _at: int, _form: QTextFormat) -> QSizeF:
        words = QFontMetricsF(theme().font("body")).horizontalAdvance(_("Name of the person"))
        return QSizeF(words + theme().px("s4"), theme().px("s5"))

    def drawObject(self, p: QPainter, rect: QRectF | QRect, _doc: QTextDocument, _at: int, _form: QTextFormat) -> None:
        p.save()
        p.setRenderHint(p.RenderHint.Antialiasing)
        box = QRectF(rect.x() + 1, rect.y() + 2, rect.width() - 2, theme().px("badge"))
        blob(p, box, "accent_soft", theme().radius("small"))
        draw(p, box, _("Name of the person"), "body", "accent_text", align=CENTER)
        p.restore()


class MessageEdit(QTextEdit):
    """A text as LINE will send it; `said()` has `{name}` where the mark stands and doubled braces. `written` on change."""

    written = Signal()

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._mark = FieldMark(self)
        self.document().documentLayout().registerHandler(MARK, self._mark)
        self.document().setDocumentMargin(0)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setProperty("ring", False)  # the card is its frame; the caret shows the focus
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Text of the message"))
        self.setPlaceholderText(_("Write what you want to say."))
        self.dress()
        self.show_text(text)
        self.textChanged.connect(self.written)

    def dress(self) -> None:
        """Take font and sizes from the theme in use."""
        t = theme()
        self.setFont(t.font("lead"))
        self.setCursorWidth(t.border("focus"))
        self.setViewportMargins(t.px("s4"), t.px("s3"), t.px("s4"), t.px("s3"))
        self.setMinimumHeight(4 * (t.line("lead") + t.border("focus")) + t.px("s6"))

    def show_text(self, text: str) -> None:
        """Show a text that is written as messages are stored."""
        self.clear()
        cursor = self.textCursor()
        block = QTextBlockFormat()
        high = theme().line("lead") + theme().border("focus")
        block.setLineHeight(high, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor.setBlockFormat(block)
        at = 0
        for found in _PIECES.finditer(text):
            cursor.insertText(text[at : found.start()], QTextCharFormat())
            at = found.end()
            if found[0] in {"{{", "}}"}:
                cursor.insertText(found[0][0], QTextCharFormat())
            else:
                self._insert_mark(cursor, found[0])
        cursor.insertText(text[at:], QTextCharFormat())
        self.document().clearUndoRedoStacks()
        self.moveCursor(QTextCursor.MoveOperation.End)

    def insert_name(self) -> None:
        """Put the mark where the caret stands."""
        cursor = self.textCursor()
        self._insert_mark(cursor, NAME)
        cursor.insertText("", QTextCharFormat())
        self.setTextCursor(cursor)
        self.setFocus()

    @staticmethod
    def _insert_mark(cursor: QTextCursor, token: str) -> None:
        form = QTextCharFormat()
        form.setObjectType(MARK)
        form.setProperty(TOKEN, token)
        cursor.insertText(SIGN, form)
        cursor.setCharFormat(QTextCharFormat())

    def said(self) -> str:
        """Return the text as it is stored."""
        lines = []
        block = self.document().begin()
        while block.isValid():
            lines.append("".join(_stored(*piece) for piece in _fragments(block)))
            block = block.next()
        return "\n".join(lines)

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.insertPlainText(source.text().replace(SIGN, ""))

    def sizeHint(self) -> QSize:
        return self.minimumSize()


def _fragments(block: QTextBlock) -> Iterator[tuple[str, QTextCharFormat]]:
    at = block.begin()
    while not at.atEnd():
        fragment = at.fragment()
        yield fragment.text(), fragment.charFormat()
        at += 1


def _stored(text: str, form: QTextCharFormat) -> str:
    if form.objectType() == MARK:
        return str(form.property(TOKEN)) * len(text)
    plain = text.replace(SIGN, "").replace("\N{LINE SEPARATOR}", "\n").replace("\N{NO-BREAK SPACE}", " ")
    return plain.replace("{", "{{").replace("}", "}}")
