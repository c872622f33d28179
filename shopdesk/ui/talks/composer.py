"""The answer: text, canned replies, sticker, picture – or a note of the shop's own; above it who else types, below it what it costs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame

from shopdesk.i18n import _
from shopdesk.messages import text, typed as as_typed
from shopdesk.talks import Way
from shopdesk.ui import widgets as w
from shopdesk.ui.messages.editors import Studio
from shopdesk.ui.paint import smooth
from shopdesk.ui.talks.answer_edit import AnswerEdit
from shopdesk.ui.talks.canned import Canned
from shopdesk.ui.talks.composing import ComposeDialog
from shopdesk.ui.talks.cost import CostLine
from shopdesk.ui.talks.stickers import StickerSheet
from shopdesk.ui.talks.words import called
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from shopdesk.line import Message
    from shopdesk.shop import Shop
    from shopdesk.ui.notices import Notices
    from shopdesk.ui.phone import Pictures
    from shopdesk.ui.talks.opened import Opened
    from shopdesk.ui.talks.sending import Answer
    from shopdesk.ui.tasks import Tasks

REPLY, NOTE = "reply", "note"
_NAME_UNITS = 20


class Composer(QFrame):
    """What is written stays with its talk until it is sent.

    `reply_wanted` and `note_wanted` carry the text, `sticker_wanted` set and number, `picture_wanted` a path,
    `messages_wanted` a canned reply's messages, `composed` a friend and what was written to them with the forms;
    `typed` when somebody types an answer, with whether anything stands there.
    """

    reply_wanted = Signal(str)
    note_wanted = Signal(str)
    sticker_wanted = Signal(str, str)
    picture_wanted = Signal(object)
    messages_wanted = Signal(object)
    composed = Signal(int, object)
    typed = Signal(bool)

    def __init__(self, shop: Shop, tasks: Tasks, notices: Notices, pictures: Pictures) -> None:
        super().__init__()
        self._shop, self._tasks = shop, tasks
        self._written: dict[tuple[int, str], str] = {}
        self._begun: dict[int, list[Message]] = {}
        self._studio = Studio(self, shop, tasks, notices)
        self._friend: int | None = None
        self._blocked = False
        self._name, self._way = "", Way(free=False)
        self.mode = w.Segmented([(_("Answer"), REPLY), (_("Note"), NOTE)])
        self.typing = w.elided("", "caption", "accent_text")
        self.canned = Canned(shop, tasks, notices, pictures)
        self.edit = AnswerEdit()
        self.cost = CostLine(shop, tasks)
        self.send = w.Button(_("Send"), "primary", "send", does=self._send)
        self.picture = w.icon_button("image-plus", _("Send a picture"), self._choose_picture)
        self.sticker = w.icon_button("smile", _("Send a sticker"), self._choose_sticker)
        self.more = w.icon_button("plus", "", self.compose)
        self.name = w.icon_button("user-plus", _("Put the name in"), lambda: self.edit.put(self._name))
        self.hint = w.elided("", "caption", "text_3", align=w.RIGHT)
        self.banner = w.Banner("warning", _("This friend has blocked the account; LINE would deliver nothing."))
        self._tools = (self.canned, self.more, self.picture, self.sticker, self.cost)
        acts = w.hbox(self.more, self.picture, self.sticker, self.name, ..., self.cost, self.send)
        rows = (self.typing, w.hbox(self.mode, (self.canned, 1000), ...), self.banner, self.edit, acts, self.hint)
        self.setLayout(w.vbox(*rows, gap="s2", margin=("s4", "s3", "s4", "s2")))
        self._connect()
        self._dress_mode()

    def _connect(self) -> None:
        self.mode.chosen.connect(self.turn_to)
        self.edit.sent.connect(self._send)
        self.edit.typed.connect(self._typed)
        self.canned.written.connect(self.edit.put)
        self.canned.chosen.connect(self.messages_wanted)
        self.canned.keep_wanted.connect(lambda: self.canned.keep(self.edit.toPlainText()))

    def paintEvent(self, event: QPaintEvent) -> None:
        p = smooth(self)
        p.fillRect(self.rect(), theme()["warning_soft" if self._in_note() else "surface"])
        p.end()
        super().paintEvent(event)

    def _in_note(self) -> bool:
        return bool(self.mode.value() == NOTE)

    def show_talk(self, opened: Opened, typing: str) -> None:
        """Show how an answer to this talk would go; another talk brings its own unsent text."""
        talk = opened.talk
        if talk.friend_id != self._friend:
            self._keep_written()
            self._friend = talk.friend_id
            self.mode.set_value(REPLY)
            self._put_written()
        self._name = talk.name
        self.canned.fill_in_for(talk.friend_id)
        self.show_typing(typing)
        self._blocked = talk.blocked
        self._way = opened.way
        self.cost.show_way(opened.way)
        self._dress_more()
        self._dress_mode()

    def show_typing(self, words: str) -> None:
        """Show who else types here, '' for nobody."""
        self.typing.setText(words)
        self.typing.setVisible(bool(words))

    def compose(self) -> None:
        """Write any kind of message with the forms; what stands in the field already goes along."""
        friend, typed = self._friend, self.edit.toPlainText().strip()
        if friend is None:
            return
        began = self._begun.get(friend) or ([text(as_typed(typed))] if typed else [])
        dialog = self.dialog = ComposeDialog(self, self._shop, self._tasks, self._studio, self._name, began)
        dialog.cost.show_way(self._way)
        dialog.accepted.connect(lambda: self._composed(friend, typed, dialog.form.messages()))
        dialog.rejected.connect(lambda: self._keep_begun(friend, [] if dialog.form.blank else dialog.form.messages()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _composed(self, friend: int, typed: str, messages: list[Message]) -> None:
        self._keep_begun(friend, [])
        if friend == self._friend and typed and self.edit.toPlainText().strip() == typed:
            self.edit.clear()
        self.composed.emit(friend, messages)

    def _keep_begun(self, friend: int, messages: list[Message]) -> None:
        self._begun[friend] = messages
        self._dress_more()

    def _dress_more(self) -> None:
        begun = bool(self._begun.get(self._friend or 0))
        name = _("Go on with the message you began") if begun else _("Cards, buttons, videos and everything else")
        self.more.set_icon("pencil" if begun else "plus")
        self.more.setAccessibleName(name)
        w.tip(self.more, name)

    def take_back(self, answer: Answer) -> None:
        """Keep what was not sent: it can be changed and tried again."""
        if answer.composed:
            self._keep_begun(answer.friend_id, list(answer.messages))
        else:
            self.give_back(answer.friend_id, answer.typed)

    def give_back(self, friend_id: int, text: str) -> None:
        """Put back what was not sent, unless something else is being written there."""
        if friend_id != self._friend:
            self._written.setdefault((friend_id, REPLY), text)
        elif not self._in_note() and not self.edit.toPlainText():
            self.edit.put(text)

    def turn_to(self, mode: str) -> None:
        """Write an answer, or a note."""
        self._keep_written(REPLY if mode == NOTE else NOTE)
        self.mode.set_value(mode)
        self._put_written()
        self._dress_mode()
        self.edit.setFocus()

    def _keep_written(self, mode: str = "") -> None:
        if self._friend is not None:
            self._written[self._friend, mode or str(self.mode.value())] = self.edit.toPlainText()

    def _put_written(self) -> None:
        self.edit.blockSignals(True)
        self.edit.setPlainText(self._written.pop((self._friend or 0, str(self.mode.value())), ""))
        self.edit.moveCursor(self.edit.textCursor().MoveOperation.End)
        self.edit.blockSignals(False)
        self._dress_send()

    def _dress_mode(self) -> None:
        note = self._in_note()
        for tool in self._tools:
            tool.setVisible(not note and not self._blocked)
        self.banner.setVisible(self._blocked and not note)
        self.edit.setEnabled(note or not self._blocked)
        self.name.setVisible(not note and not self._blocked)
        self.send.set_words(_("Keep the note") if note else _("Send"))
        self.send.set_icon("pencil" if note else "send")
        self.edit.setPlaceholderText(
            _("Only the shop sees this.")
            if note
            else _("Write an answer to {name}").format(name=called(self._name)[:_NAME_UNITS])
        )
        self.hint.setText(_("Enter sends, Shift+Enter goes to the next line."))
        self._dress_send()
        self.update()

    def _dress_send(self) -> None:
        said = bool(self.edit.toPlainText().strip())
        self.send.setEnabled(said and (self._in_note() or not self._blocked))
        self.canned.may_keep(on=said)

    def _typed(self) -> None:
        self._dress_send()
        if not self._in_note():
            self.typed.emit(bool(self.edit.toPlainText().strip()))

    def _send(self) -> None:
        text = self.edit.toPlainText().strip()
        if not text or not self.send.isEnabled():
            return
        wanted = self.note_wanted if self._in_note() else self.reply_wanted
        self.edit.blockSignals(True)
        self.edit.clear()
        self.edit.blockSignals(False)
        self._dress_send()
        wanted.emit(text)

    def _choose_picture(self) -> None:
        kinds = f"{_('Pictures')} (*.jpg *.jpeg *.png)"
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose a picture"), "", kinds)
        if chosen:
            self.picture_wanted.emit(Path(chosen))

    def _choose_sticker(self) -> None:
        self.sheet = StickerSheet(self)
        self.sheet.chosen.connect(self.sticker_wanted)
        self.sheet.show_above(self.sticker)
