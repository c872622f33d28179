"""Where a page is: its address to copy, and its QR code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from shopdesk.i18n import _
from shopdesk.ui import widgets as w

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class AddressDialog(w.Dialog):
    """Shows an address; `live`: everybody can open it already."""

    def __init__(self, parent: QWidget, address: str, *, live: bool) -> None:
        self._address = address
        self.text = w.TextField(address)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(_("Address of the page"))
        self.code = w.QrCode(address)
        self.note = w.Prose(_("Nobody can open it yet: publish the page first."), role="caption", tone="warning_text")
        super().__init__(
            parent,
            _("Where this page is"),
            w.hbox(..., self.code, ...),
            "s3",
            self.text,
            "s2",
            self.note,
            verb=_("Copy the address"),
            back=_("Close"),
        )
        self.note.setVisible(not live)
        self.verb.clicked.connect(self._copy)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._address)
