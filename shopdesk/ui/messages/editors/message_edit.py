"""Writing one text: お名前 and LINE's emoji are marks inside it, everything else is plain text."""

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

from shopdesk.i18n import N_, _
from shopdesk.messages import EMOJI_SIGN as SIGN, Emoji
from shopdesk.ui.icons import paint_icon
from shopdesk.ui.paint import CENTER, blob, draw
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtCore import QMimeData, QRect, QSize
    from PySide6.QtGui import QPainter, QTextBlock

MARK = QTextFormat.ObjectTypes.UserObject.value + 1
TOKEN = QTextFormat.Property.UserProperty.value + 1
NAME = "{name}"
FROM_CARD = {
    "{card_points}": N_("Points on the card"),
    "{expiring_points}": N_("Points that expire next"),
    "{expires_on}": N_("Day when they expire"),
}
"""What stands on a person's shop card, by its placeholder."""
_PIECES = re.compile(r"\{\{|\}\}|\{[^{}]*\}|" + SIGN)


class FieldMark(QPyTextObject):
    """お名前 or an emoji of LINE's inside the text: one character to the caret, a small box to the eye."""

    def intrinsicSize(self, _doc: QTextDocument, _at: int, form: QTextFormat) -> QSizeF:
        words = QFontMetricsF(theme().font("body")).horizontalAdvance(_words(form))
        icon = theme().px("icon_small") if _emoji(form) else 0
        return QSizeF(words + icon + theme().px("s4"), theme().px("s5"))

    def drawObject(self, p: QPainter, rect: QRectF | QRect, _doc: QTextDocument, _at: int, form: QTextFormat) -> None:
        p.save()
        p.setRenderHint(p.RenderHint.Antialiasing)
        box = QRectF(rect.x() + 1, rect.y() + 2, rect.width() - 2, theme().px("badge"))
        blob(p, box, "accent_soft", theme().radius("small"))
        if _emoji(form):
            side = theme().px("icon_small")
            paint_icon(p, "smile", "accent_text", box.x() + 4, box.y() + (box.height() - side) / 2, "icon_small")
            box.adjust(side, 0, 0, 0)
        draw(p, box, _words(form), "body", "accent_text", align=CENTER)
        p.restore()


def _emoji(form: QTextFormat) -> Emoji | None:
    product, _slash, number = str(form.property(TOKEN)).partition("/")
    return Emoji(product, number) if number and not product.startswith("{") else None


def _words(form: QTextFormat) -> str:
    found = _emoji(form)
    if found:
        return found.number
    placeholder = str(form.property(TOKEN)).partition("|")[0].rstrip("}") + "}"
    return _(FROM_CARD[placeholder]) if placeholder in FROM_CARD else _("Name of the person")


class MessageEdit(QTextEdit):
    """A text as LINE will send it. `written` on change.

    `said()` has `{name}` and a sign for each of LINE's emoji where their marks stand, and doubled braces.
    """

    written = Signal()

    def __init__(self, text: str = "", emoji: Sequence[Emoji] = ()) -> None:
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
        self.show_text(text, emoji)
        self.textChanged.connect(self.written)

    def dress(self) -> None:
        """Take font and sizes from the theme in use."""
        t = theme()
        self.setFont(t.font("lead"))
        self.setCursorWidth(t.border("focus"))
        self.setViewportMargins(t.px("s4"), t.px("s3"), t.px("s4"), t.px("s3"))
        self.setMinimumHeight(4 * (t.line("lead") + t.border("focus")) + t.px("s6"))

    def show_text(self, text: str, emoji: Sequence[Emoji] = ()) -> None:
        """Show a text that is written as messages are stored, with LINE's emoji where it has their sign."""
        self.clear()
        waiting = list(emoji)
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
            elif found[0] == SIGN:
                if waiting:
                    one = waiting.pop(0)
                    self._insert_mark(cursor, f"{one.product}/{one.number}")
            else:
                self._insert_mark(cursor, found[0])
        cursor.insertText(text[at:], QTextCharFormat())
        self.document().clearUndoRedoStacks()
        self.moveCursor(QTextCursor.MoveOperation.End)

    def insert_name(self) -> None:
        """Put the mark of the name where the caret stands."""
        self._insert(NAME)

    def insert_from_card(self, placeholder: str) -> None:
        """Put the mark of one of `FROM_CARD` where the caret stands."""
        self._insert(placeholder)

    def insert_emoji(self, emoji: Emoji) -> None:
        """Put one of LINE's emoji where the caret stands."""
        self._insert(f"{emoji.product}/{emoji.number}")

    def _insert(self, token: str) -> None:
        cursor = self.textCursor()
        self._insert_mark(cursor, token)
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

    def said(self) -> tuple[str, tuple[Emoji, ...]]:
        """Return the text as it is stored, and LINE's emoji in it."""
        lines: list[str] = []
        emoji: list[Emoji] = []
        block = self.document().begin()
        while block.isValid():
            pieces = list(_fragments(block))
            lines.append("".join(_stored(*piece) for piece in pieces))
            emoji += [found for text, form in pieces for found in _emoji_in(text, form)]
            block = block.next()
        return "\n".join(lines), tuple(emoji)

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


def _emoji_in(text: str, form: QTextCharFormat) -> list[Emoji]:
    found = _emoji(form) if form.objectType() == MARK else None
    return [found] * len(text) if found else []


def _stored(text: str, form: QTextCharFormat) -> str:
    if form.objectType() == MARK:
        return (SIGN if _emoji(form) else str(form.property(TOKEN))) * len(text)
    plain = text.replace(SIGN, "").replace("\N{LINE SEPARATOR}", "\n").replace("\N{NO-BREAK SPACE}", " ")
    return plain.replace("{", "{{").replace("}", "}}")
