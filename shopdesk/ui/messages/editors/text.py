"""A text, with the name of its reader and emoji in it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from shopdesk.i18n import _
from shopdesk.messages import text, written
from shopdesk.ui import widgets as w
from shopdesk.ui.messages.editors.editor import Editor, Message
from shopdesk.ui.messages.editors.emoji import EmojiSheet
from shopdesk.ui.messages.editors.message_edit import FROM_CARD, NAME, MessageEdit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from shopdesk.messages import Problem, Report

DEFAULT_NAME = "お客さま"


class TextEditor(Editor):
    """The form of a text."""

    def __init__(self, message: Message) -> None:
        super().__init__()
        self.edit = MessageEdit(*written(message))
        self.edit.written.connect(self.changed)
        self.name = w.Button(_("Insert the name"), "quiet", "user-plus", "control_small", does=self.edit.insert_name)
        self.card = w.Button(_("From the card"), "quiet", "stamp", "control_small", does=self._choose_from_card)
        self.emoji = w.Button(_("Emoji"), "quiet", "smile", "control_small", does=self._choose_emoji)
        self.count = w.label("", "caption", "text_3", align=w.RIGHT)
        self._hint = w.elided("", "caption", "text_3")
        margin = ("s3", "label_gap", "s3", "label_gap")
        tools = w.hbox(self.name, self.card, self.emoji, "s2", (self._hint, 1), self.count, gap="s1", margin=margin)
        self.setLayout(w.vbox((self.edit, 1), w.line(), tools))

    def _choose_from_card(self) -> None:
        entries = [(_(words), partial(self.edit.insert_from_card, one)) for one, words in FROM_CARD.items()]
        menu = w.popup_menu(self, entries)
        menu.popup(self.card.mapToGlobal(self.card.rect().bottomLeft()))

    def _choose_emoji(self) -> None:
        sheet = EmojiSheet(self)
        sheet.chosen.connect(self.edit.insertPlainText)
        sheet.of_line.connect(self.edit.insert_emoji)
        sheet.show_above(self.emoji)

    def message(self) -> Message:
        return text(*self.edit.said())

    def first(self) -> QWidget:
        return self.edit

    def show_report(self, report: Report, bubble: int, *, insist: bool) -> list[Problem]:
        length = report.length(bubble, "text")
        if length is not None:
            said = _("{n} / {most} characters")
            self.count.setText(said.format(n=f"{length.used:,}", most=f"{length.most:,}"))
            self.count.set_tone("danger_text" if length.used > length.most else "text_3")
        named = NAME in self.edit.said()[0]
        self._hint.setText(_("“{word}” where there is no name").format(word=DEFAULT_NAME) if named else "")
        return super().show_report(report, bubble, insist=insist)
