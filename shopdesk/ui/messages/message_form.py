"""Messages being written for one talk or one occasion: the bubbles, and the phone beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.ui import widgets as w
from shopdesk.ui.messages.message_set import MessageSet
from shopdesk.ui.messages.preview_pane import PreviewPane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.messages import Report
    from shopdesk.ui.messages.editors import Message, Studio
    from shopdesk.ui.widgets.layouts import Item


class MessageForm(QWidget):
    """`changed` when something else is said. `above` is what stands over the bubbles and scrolls with them."""

    changed = Signal()

    def __init__(self, studio: Studio, *above: Item) -> None:
        super().__init__()
        self.written, self.pane = MessageSet(studio), PreviewPane(studio)
        self.pane.person.hide()
        self._insist = False
        self._area = w.scroller(w.vbox(*above, (self.written, 1), gap="s3", margin="s1"))
        self.setLayout(w.hbox((self._area, 1), self.pane, gap="card_gap"))
        self.written.changed.connect(self._changed)
        studio.moved.connect(self._changed)

    def speak(self, shop: str, name: str = "") -> None:
        """Say who speaks to whom: the shop's name, and that of the person, '' for one without a name."""
        self.pane.show_people([name])
        self.pane.show_shop(shop)

    def show_messages(self, messages: Sequence[Message]) -> None:
        """Show these messages instead."""
        self._insist = False
        self.written.show_messages(messages)
        self.pane.show_messages(self.written.messages(), at_once=True)
        self._area.verticalScrollBar().setValue(0)

    def messages(self) -> list[Message]:
        """Return the messages in LINE's form."""
        return self.written.messages()

    @property
    def blank(self) -> bool:
        """Whether nothing is written."""
        return MessageSet.blank(self.messages())

    def first(self) -> QWidget:
        """Return what the caret goes to."""
        return self.written.bubbles.bubbles[0].editor.first() or self

    def check(self) -> bool:
        """Show what LINE would refuse, go to the first of it, and return whether all is well."""
        self._insist = True
        report, place = self._report()
        if place is not None:
            place.setFocus()
            self._area.ensureWidgetVisible(place)
        return report.good

    def _changed(self) -> None:
        self._report()
        self.pane.show_messages(self.messages())
        self.changed.emit()

    def _report(self) -> tuple[Report, QWidget | None]:
        report = self.written.look()
        return report, self.written.show_report(report, insist=self._insist)
