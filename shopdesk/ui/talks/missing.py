"""What the shop lacks for talks to arrive, and where it is set."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _
from shopdesk.secrets import KeyRingError, KeysFileError
from shopdesk.ui.widgets import Banner, clear, holder, vbox

if TYPE_CHECKING:
    from shopdesk.shop import Shop


class Lack(NamedTuple):
    """What is missing, and the section of the settings that mends it."""

    words: str
    section: str


def missing(shop: Shop) -> Lack | None:
    """Return what keeps talks from arriving, None where nothing does. Asks the key ring: off the screen's thread."""
    if not _has_keys(shop):
        return Lack(_("ShopDesk is not connected to LINE yet, so no talk arrives."), "line")
    if not shop.settings.get("reach") and not shop.line.is_rehearsal and not shop.talks.page(limit=1):
        said = _("LINE has no address yet under which it could tell ShopDesk what friends write.")
        return Lack(said, "receiving")
    return None


def _has_keys(shop: Shop) -> bool:
    try:
        return shop.line.tokens.has_keys
    except (KeyRingError, KeysFileError):
        return False  # the settings say why


class Missing(QWidget):
    """A line under the header; `wanted` carries the section of the settings that is to be opened."""

    wanted = Signal(str)

    def __init__(self, *, may_set_up: bool) -> None:
        super().__init__()
        self.lack: Lack | None = None
        self._action = _("Set it up") if may_set_up else ""
        self._place = vbox()
        self.setLayout(vbox(self._place))
        self.hide()

    def say(self, lack: Lack | None) -> None:
        """Say what is missing, or nothing."""
        if lack == self.lack:
            return
        self.lack = lack
        clear(self._place)
        if lack is not None:
            banner = Banner("info", lack.words, action=self._action, does=lambda: self.wanted.emit(lack.section))
            self._place.addWidget(holder(vbox(banner, margin=("page_side", "", "page_side", "s3"))))
        self.setVisible(lack is not None)
