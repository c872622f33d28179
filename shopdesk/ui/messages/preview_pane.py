"""The phone beside what is written: whose name it shows, light or dark, and every picture as soon as it is there."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _
from shopdesk.messages import Draft, for_person
from shopdesk.ui import widgets as w
from shopdesk.ui.phone import Phone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.ui.messages.editors import Message, Studio

WAITS_MS = 120


class PreviewPane(QWidget):
    """What is told to `show_messages` is drawn once nobody has typed for a moment."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._shop, self._messages = "", list["Message"]()
        nobody = (_("a customer without a name"), "")
        self.person = w.Choice([nobody], small=True)
        self.person.setAccessibleName(_("Who reads it"))
        self.person.chosen.connect(lambda _name: self.draw())
        self.scheme = w.Segmented([(_("By day"), "light"), (_("By night"), "dark")])
        self.phone = Phone(pictures=studio.image)
        self.scheme.chosen.connect(self.phone.show_scheme)
        studio.arrived.connect(self.phone.lay_out)
        studio.moved.connect(self.draw)
        self._timer = QTimer(self, singleShot=True, interval=WAITS_MS)
        self._timer.timeout.connect(self.draw)
        head = w.hbox(w.label(_("This is how it arrives"), "small", "text_2"), ..., self.scheme)
        self.setLayout(w.vbox(head, self.person, (self.phone, 1), gap="s2"))
        self.setMaximumWidth(self.phone.maximumWidth())

    def show_people(self, names: Sequence[str]) -> None:
        """Offer these people's names."""
        nobody = _("a customer without a name")
        entries = [(name or nobody, name) for name in names] or [(nobody, "")]
        self.person.set_entries(entries, self.person.value())
        self.draw()

    def show_shop(self, name: str) -> None:
        """Say who speaks."""
        self._shop = name
        self.draw()

    def show_messages(self, messages: list[Message], *, at_once: bool = False) -> None:
        """Show what is written."""
        self._messages = messages
        if at_once:
            self.draw()
        else:
            self._timer.start()

    def draw(self) -> None:
        """Draw it now."""
        self._timer.stop()
        messages = self._messages
        with suppress(ShopDeskError):  # what cannot be sent yet is shown as it is written
            messages = for_person(Draft(tuple(messages), frozenset()), str(self.person.value() or ""))
        written = [one for one in messages if one.get("type") != "text" or str(one.get("text")).strip()]
        self.phone.show_talk(self._shop, written)
