"""The words by which customers hear that their stamps expire, beside the phone that gets them."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget

from shopdesk.broadcasts import usual_words
from shopdesk.clock import in_japan
from shopdesk.errors import ShopDeskError
from shopdesk.i18n import N_, _, for_customers
from shopdesk.messages import Own, as_written, for_person, text
from shopdesk.ui import widgets as w
from shopdesk.ui.messages.editors.text import TextEditor
from shopdesk.ui.phone import Phone

if TYPE_CHECKING:
    from shopdesk.clock import Clock
    from shopdesk.ui.cards.draft import RulesDraft

_POINTS, _EXPIRING = "8", "3"
"""Of the example in the phone."""


class NoticeWords(QWidget):
    """The shop's own words, or the usual ones: where these stand unchanged, the rules hold none."""

    def __init__(self, draft: RulesDraft, clock: Clock) -> None:
        super().__init__()
        self._draft, self._clock, self._writes = draft, clock, False
        self.editor, self.phone = TextEditor(text("")), Phone()
        self.editor.emoji.hide()  # LINE's own have no place in the rules
        self.usual = w.link(_("Back to the usual words"), self._take_usual)
        written = w.vbox((w.Card((self.editor, 1), pad=""), 1), w.hbox(self.usual, ...), gap="s2")
        self.setLayout(
            w.vbox(
                w.label(_("What they read"), "body_bold"),
                w.hbox((written, 1), self.phone, gap="s4"),
                gap="s2",
            )
        )
        self.editor.edit.written.connect(self._written)
        draft.changed.connect(self.show_draft)

    def _usual(self) -> str:
        return usual_words(self._draft.shop)

    def _written(self) -> None:
        said = self.editor.edit.said()[0]
        self._writes = True
        self._draft.change(notice_text="" if said == self._usual() else said)
        self._writes = False
        self._preview()

    def _take_usual(self) -> None:
        self.editor.edit.clearFocus()
        self._draft.change(notice_text="")

    def show_draft(self) -> None:
        """Show the words as they are now; not while somebody empties them to write others."""
        own = self._draft.rules.notice_text
        said = own or self._usual()
        self.usual.setVisible(bool(own))
        if self.editor.edit.said()[0] != said and not (self._writes or self.editor.edit.hasFocus()):
            with QSignalBlocker(self.editor.edit):
                self.editor.edit.show_text(said)
        self._preview()

    def _preview(self) -> None:
        day = in_japan(self._clock.now() + timedelta(days=self._draft.rules.notice_days))
        until = for_customers(N_("{month}/{day}")).format(month=day.month, day=day.day)
        values = {"card_points": _POINTS, "expiring_points": _EXPIRING, "expires_on": until}
        messages = [text(self._draft.rules.notice_text or self._usual())]
        with suppress(ShopDeskError):  # what cannot be sent is shown as it is written, and refused when it is published
            messages = for_person(as_written(messages), "", Own(values))
        self.phone.show_talk(self._draft.shop, messages)
