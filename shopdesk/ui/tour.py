"""The main job, walked in the real window: from the cart's export to messages on phones, each step with its figures."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEventLoop

from shopdesk import demo
from shopdesk.i18n import _
from shopdesk.ui.broadcasts.page import BroadcastsPage
from shopdesk.ui.imports.page import ImportsPage
from shopdesk.ui.tasks import Lane
from shopdesk.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from shopdesk.broadcasts import Status
    from shopdesk.shop import Shop
    from shopdesk.ui.desktop import Desktop

PATIENCE_SECONDS = 120.0
PAGES = ("home", "customers", "imports", "segments", "broadcasts", "settings")


class Tour:
    """Drives the window as a person would and says what came of each step."""

    def __init__(
        self,
        desktop: Desktop,
        shop: Shop,
        say: Callable[[str], None],
        folder: Path | None,
        *,
        pause_seconds: float = 0.0,
    ) -> None:
        self._desktop, self._shop, self._say, self._folder = desktop, shop, say, folder
        self._pause_seconds = pause_seconds
        self._files: list[Path] = []

    def walk(self) -> dict[str, Any]:
        """Do the main job and return its figures, as the contract of the command `demo` names them."""
        self._open()
        self._import()
        friends = self._friends()
        segment = self._segment()
        sent = self._send(segment)
        self._look_around()
        wrong = [one.name for one in verify(self._shop) if not one.ok]
        self._say(_("Checked everything that must be true: {result}.").format(result=", ".join(wrong) or _("it is")))
        return {
            "home": self._shop.home.path,
            "customers": self._shop.customers.count(),
            "friends": friends,
            "orders": self._shop.orders.totals().ever.orders,
            "broadcast": sent,
            "screenshots": self._files,
        }
