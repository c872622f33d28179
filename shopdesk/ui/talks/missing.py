"""What the shop lacks for talks to arrive, and where it is set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _
from shopdesk.secrets import KeyRingError, KeysFileError
from shopdesk.ui.widgets import Banner, clear, holder, vbox

if TYPE_CHECKING:
    from shopdesk.shop import Shop


def missing(shop: Shop) -> str:
    """Return what keeps talks from arriving, '' where nothing does. Asks the key ring: off the screen's thread."""
    if not _has_keys(shop):
        return _("ShopDesk is not connected to LINE yet, so no talk arrives.")
    if not shop.messages.public_url() and not shop.line.is_rehearsal and not shop.talks.page(limit=1):
        return _("LINE has no address yet under which it could tell ShopDesk what friends write.")
    return ""


def _has_keys(shop: Shop) -> bool:
    try:
        return shop.line.tokens.has_keys
    except (KeyRingError, KeysFileError):
        return False  # the settings say why


class Missing(QWidget):
    """A line under the header; `wanted`: the settings are to be opened there."""

    wanted = Signal()

    def __init__(self, *, may_set_up: bool) -> None:
        super().__init__()
        self._action = _("Set it up") if may_set_up else ""
        self.said = ""
        self._place = vbox()
        self.setLayout(vbox(self._place))
        self.hide()

    def say(self, lacks: str) -> None:
        """Say what is missing, or nothing."""
        if lacks == self.said:
            return
        self.said = lacks
        clear(self._place)
        if lacks:
            banner = Banner("info", lacks, action=self._action, does=self.wanted.emit)
            self._place.addWidget(holder(vbox(banner, margin=("page_side", "", "page_side", "s3"))))
        self.setVisible(bool(lacks))
