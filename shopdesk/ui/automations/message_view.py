"""The message of one step being written, with everything a broadcast can say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _
from shopdesk.ui import widgets as w
from shopdesk.ui.editor import editor_head
from shopdesk.ui.keys import SAVE, on_key
from shopdesk.ui.messages.message_form import MessageForm

if TYPE_CHECKING:
    from shopdesk.ui.automations.step_card import StepCard
    from shopdesk.ui.studio import Studio


class MessageView(QWidget):
    """`left`: back to the automation; what is written was taken over, right or wrong."""

    left = Signal()

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._card: StepCard | None = None
        self.form = MessageForm(studio)
        self.head = w.elided("", "title")
        self.ready = w.Button(_("Take this message"), "primary", "check", does=self.take)
        w.tip(self.ready, "Ctrl+S")
        head = editor_head(_("Back to the automation"), self.left.emit, w.label(""), self.head, self.ready)
        margin = ("s5", "", "page_side", "page_top")
        self.setLayout(w.vbox(head, (w.holder(w.hbox((self.form, 1), margin=margin)), 1)))
        on_key(self, SAVE, self.take)

    def show_step(self, card: StepCard, shop: str) -> None:
        """Write the message of a step."""
        self._card = card
        self.head.setText(card.title())
        self.form.speak(shop)
        self.form.show_messages(card.messages)
        self.form.first().setFocus()

    def take(self) -> None:
        """Take it over where it can be sent; else what is wrong is shown where it is."""
        if self.form.check():
            self.left.emit()

    def keep(self) -> None:
        """Put what is written into the step."""
        if self._card is not None:
            messages = [] if self.form.blank else self.form.messages()
            if messages != self._card.messages:
                self._card.show_messages(messages)
        self._card = None
