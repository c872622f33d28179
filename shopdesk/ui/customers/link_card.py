"""The link with which a person proves on their own phone who they are: a QR code to print or show, shown only now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from shopdesk.clock import in_japan
from shopdesk.i18n import _
from shopdesk.ui.widgets import Dialog, Prose, QrCode, TextField, hbox

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from shopdesk.friends import Card


class LinkCardDialog(Dialog):
    """Shows a link made for one customer; it is not kept and cannot be shown again."""

    def __init__(self, parent: QWidget, card: Card, name: str) -> None:
        self.url = TextField(card.url)
        self.url.setReadOnly(True)
        self.url.setCursorPosition(0)
        until = f"{in_japan(card.until):%Y/%m/%d}"
        about = Prose(
            _(
                "Print it on the card or put it into the parcel. Whoever opens it sends one message and is linked. "
                "Good once, until {day}; it is shown only now."
            ).format(day=until),
            tone="text_2",
        )
        super().__init__(
            parent,
            _("The link for {name}").format(name=name),
            about,
            "s4",
            hbox(..., QrCode(card.url), ...),
            "s4",
            self.url,
            verb=_("Copy the link"),
            back=_("Close"),
        )
        self.accepted.connect(lambda: QGuiApplication.clipboard().setText(card.url))
        self.begin_at(self.verb)
