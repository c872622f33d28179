"""The link with which a person proves on their own phone who they are: a QR code to print or show, shown only now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtWidgets import QWidget

from shopdesk import qr
from shopdesk.clock import in_japan
from shopdesk.i18n import _
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import Dialog, Prose, TextField, hbox

if TYPE_CHECKING:
    from shopdesk.friends import Card


class QrCode(QWidget):
    """A QR code, dark on light in every theme: many phones read nothing else."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._squares = qr.squares(text)
        self.setAccessibleName(_("QR code"))
        self.dress()

    def dress(self) -> None:
        """Take the size from the theme in use."""
        side = len(self._squares) + 2 * qr.QUIET
        self._each = max(2, theme().px("qr") // side)
        self.setFixedSize(side * self._each, side * self._each)

    def paintEvent(self, _event: object) -> None:
        p, each = QPainter(self), self._each
        p.fillRect(self.rect(), Qt.GlobalColor.white)
        for down, row in enumerate(self._squares, qr.QUIET):
            for across, dark in enumerate(row, qr.QUIET):
                if dark:
                    p.fillRect(QRectF(across * each, down * each, each, each), Qt.GlobalColor.black)


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
