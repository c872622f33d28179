"""The bubbles of a message: up to five, each a card."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from shopdesk.i18n import _
from shopdesk.line import limits
from shopdesk.messages import readable, units
from shopdesk.ui import widgets as w
from shopdesk.ui.broadcasts.message_edit import NAME, MessageEdit
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

EMOJI = "😊😄🎉✨🎁🍰🍓☕🌸🌻🍁⛄💐❤👍🙏🎂🛒📣⏰📅🏠🚚💡"
COLUMNS = 8
DEFAULT_NAME = "お客さま"


class Bubble(w.Card):
    """One bubble. A kind that this editor cannot write stays as it is and is shown by its text."""

    changed = Signal()
    gone = Signal(object)

    def __init__(self, message: dict[str, Any]) -> None:
        self._message = message
        self.edit = MessageEdit(message["text"]) if self.is_text() else None
        self._title = w.label("", "small", bold=True)
        self._count = w.label("", "caption", "text_3", align=w.RIGHT)
        self.remove = w.icon_button("trash-2", _("Remove this bubble"), lambda: self.gone.emit(self))
        kind = _("Text") if self.edit else str(message.get("type"))
        hint = w.label("", "caption", "text_3")
        self._hint = hint
        head = w.card_head(self._title, w.Badge(kind), ..., hint, self.remove, pad=("s3", "s1", "s2", "s1"))
        super().__init__(head, *(self._text_parts(self.edit) if self.edit else self._other_parts()), pad="")
        if self.edit:
            self.edit.written.connect(self._written)
            self._written()

    def is_text(self) -> bool:
        """Tell whether it is plain text."""
        return self._message.get("type") == "text"

    def _text_parts(self, edit: MessageEdit) -> list[Any]:
        name = w.Button(_("Insert the name"), "quiet", "user-plus", "control_small", does=edit.insert_name)
        emoji = w.Button(_("Emoji"), "quiet", "smile", "control_small")
        emoji.clicked.connect(lambda: self._emoji(emoji, edit))
        tools = w.hbox(name, emoji, ..., self._count, gap="s1", margin=("s3", "label_gap", "s3", "label_gap"))
        return [(edit, 1), w.line(), tools]

    def _other_parts(self) -> list[Any]:
        text = readable([self._message])[0] or _("(no text)")
        return [w.vbox(w.Prose(text), margin="s4")]

    def number(self, number: int, *, alone: bool) -> None:
        """Say which bubble it is."""
        self._title.setText(_("Bubble {n}").format(n=number))
        self.remove.setVisible(not alone)

    def message(self) -> dict[str, Any]:
        """Return the message in LINE's form."""
        return {**self._message, "text": self.edit.said()} if self.edit else self._message

    def problem(self) -> bool:
        """Tell whether it is too long."""
        return bool(self.edit) and self._units() > limits.TEXT_UNITS

    def _units(self) -> int:
        return units(str(self.message()["text"]).replace(NAME, DEFAULT_NAME).replace("{{", "{").replace("}}", "}"))

    def _written(self) -> None:
        n = self._units()
        self._count.setText(_("{n} / {most} characters").format(n=f"{n:,}", most=f"{limits.TEXT_UNITS:,}"))
        self._count.set_tone("danger_text" if n > limits.TEXT_UNITS else "text_3")
        named = self.edit is not None and NAME in self.edit.said()
        self._hint.setText(_("“{word}” where there is no name").format(word=DEFAULT_NAME) if named else "")
        self.changed.emit()

    def _emoji(self, button: w.Button, edit: MessageEdit) -> None:
        sheet = EmojiSheet(self)
        sheet.chosen.connect(edit.insertPlainText)
        sheet.adjustSize()
        sheet.move(button.mapToGlobal(button.rect().topLeft()) - sheet.rect().bottomLeft())
        sheet.show()


class EmojiSheet(QWidget):
    """A sheet of emoji; a click puts one into the text."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        grid = QGridLayout(self)
        grid.setSpacing(theme().px("tiny"))
        for at, sign in enumerate(EMOJI):
            button = w.Button(sign, "quiet", size="control_small", does=partial(self._take, sign))
            grid.addWidget(button, at // COLUMNS, at % COLUMNS)

    def _take(self, sign: str) -> None:
        self.chosen.emit(sign)
        self.close()


class Bubbles(QWidget):
    """All bubbles and the button that adds one."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.bubbles: list[Bubble] = []
        self._cards = w.vbox(gap="s3")
        self._left = w.label("", "small", "text_2")
        self.add = w.Chip(
            _("Text"), "message-circle", does=lambda: self.add_bubble({"type": "text", "text": ""}, focus=True)
        )
        self._adding = w.holder(w.hbox(self._left, self.add, ...))
        self.setLayout(w.vbox((self._cards, 1), self._adding, gap="s3"))

    def show_messages(self, messages: Sequence[Any]) -> None:
        """Show these messages instead."""
        for bubble in list(self.bubbles):
            self._take(bubble)
        for message in messages or [{"type": "text", "text": ""}]:
            self.add_bubble(dict(message))

    def add_bubble(self, message: dict[str, Any], *, focus: bool = False) -> None:
        """Add one at the end."""
        bubble = Bubble(message)
        bubble.changed.connect(self.changed)
        bubble.gone.connect(self._remove)
        self.bubbles.append(bubble)
        self._cards.addWidget(bubble, 1 if bubble.is_text() else 0)
        self._number()
        if focus and bubble.edit:
            bubble.edit.setFocus()
        self.changed.emit()

    def _remove(self, bubble: Bubble) -> None:
        self._take(bubble)
        self._number()
        self.changed.emit()

    def _take(self, bubble: Bubble) -> None:
        self.bubbles.remove(bubble)
        self._cards.removeWidget(bubble)
        bubble.hide()
        bubble.deleteLater()

    def _number(self) -> None:
        for number, bubble in enumerate(self.bubbles, start=1):
            bubble.number(number, alone=len(self.bubbles) == 1)
        left = limits.MESSAGES_PER_REQUEST - len(self.bubbles)
        self._left.setText(_("Add a bubble ({n} more)").format(n=left))
        self._adding.setVisible(left > 0)

    def messages(self) -> list[dict[str, Any]]:
        """Return the messages in LINE's form."""
        return [bubble.message() for bubble in self.bubbles]

    def empty(self) -> bool:
        """Tell whether nothing is written yet."""
        return all(bubble.edit is not None and not bubble.edit.said().strip() for bubble in self.bubbles)
