"""Step 2, what is said: one set of bubbles, or two of which each person gets one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from shopdesk.i18n import _
from shopdesk.ui import widgets as w
from shopdesk.ui.messages.message_set import MessageSet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.ui.broadcasts.mail_card import MailCard
    from shopdesk.ui.messages.editors import Message, Studio


class WritingStep(QWidget):
    """`changed` when something else is said, `turned` when the other text is looked at.

    `take` and `save` ask for a template; `wrong` carries the input of the first problem once somebody wants to go on.
    """

    changed = Signal()
    turned = Signal()
    take = Signal()
    save = Signal()
    wrong = Signal(object)

    def __init__(self, studio: Studio, mail: MailCard) -> None:
        super().__init__()
        self._mail = mail
        self.sets = (MessageSet(studio), MessageSet(studio))
        self._insist = False
        self._stack = QStackedWidget()
        for one in self.sets:
            self._stack.addWidget(one)
            one.changed.connect(self.changed)
        self.tabs = w.Tabs(_("Text A"), _("Text B"))
        self.tabs.changed.connect(self._turn_to)
        self.tabs.hide()
        self.take_button = w.Button(
            _("From a template"), "quiet", "clipboard-list", "control_small", does=self.take.emit
        )
        self.save_button = w.Button(_("Save as a template"), "quiet", "copy", "control_small", does=self.save.emit)
        head = w.hbox(self.tabs, ..., self.take_button, self.save_button)
        self._on_line = w.holder(w.vbox(head, (self._stack, 1), gap="s2"))
        self._below = w.holder(w.vbox(...))  # takes the room that nothing for LINE leaves
        self._below.hide()
        self.setLayout(w.vbox((self._on_line, 1), "s2", mail, (self._below, 1), gap="s2"))

    @property
    def shown(self) -> MessageSet:
        """The text in front."""
        return self.sets[self._stack.currentIndex()]

    @property
    def divided(self) -> bool:
        """Whether there are two texts."""
        return not self.tabs.isHidden()

    def only_mail(self, *, on: bool) -> None:
        """Write nothing for LINE."""
        self._on_line.setVisible(not on)
        self._below.setVisible(on)

    def divide(self, *, on: bool) -> None:
        """Have two texts, or one."""
        if on and MessageSet.blank(self.sets[1].messages()):
            self.sets[1].show_messages(self.sets[0].messages())
        self.tabs.setVisible(on)
        if not on:
            self.tabs.choose(0)
            self._turn_to(0)

    def _turn_to(self, number: int) -> None:
        self._stack.setCurrentIndex(number)
        self.turned.emit()

    def show_messages(self, messages: Sequence[Any], other: Sequence[Any] = ()) -> None:
        """Show these, and with `other` a second text."""
        self._insist = False
        self.sets[0].show_messages(messages)
        self.sets[1].show_messages(other)
        self.divide(on=bool(other))

    def messages(self) -> list[Message]:
        """Return the first text's messages."""
        return self.sets[0].messages()

    def others(self) -> list[Message] | None:
        """Return the second text's messages, None where there is one text."""
        return self.sets[1].messages() if self.divided else None

    def untouched(self) -> bool:
        """Tell whether nothing is written yet."""
        return MessageSet.blank(self.messages())

    def check(self, *, insist: bool = False) -> bool:
        """Show what LINE would refuse and return whether all is well; with `insist` go to the first problem."""
        self._insist = self._insist or insist
        for number in range(0 if self._on_line.isHidden() else 1 + self.divided):
            one = self.sets[number]
            report = one.look()
            place = one.show_report(report, insist=self._insist)
            if insist and not report.good:
                self.tabs.choose(number)
                if place is not None:
                    self.wrong.emit(place)
                return False
        return self._mail_is_good(insist=insist)

    def _mail_is_good(self, *, insist: bool) -> bool:
        place = self._mail.check(insist=self._insist) if not self._mail.isHidden() else None
        if place is not None and insist:
            self.wrong.emit(place)
        return place is None or not insist
