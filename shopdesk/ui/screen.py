"""What this computer remembers of its own screen; what the shop's computers share are settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings

if TYPE_CHECKING:
    from shopdesk.paths import Home


LANGUAGE, SHOP_NAME = "language", "shop_name"
"""What a counter speaks and shows while the shop's data, which lies elsewhere, cannot be reached."""


class Screen:
    """Short texts by their names, kept in a file of the home: every computer has a home of its own."""

    def __init__(self, home: Home) -> None:
        self._kept = QSettings(str(home.screen), QSettings.Format.IniFormat)

    def get(self, name: str) -> str:
        """Return what is remembered, nothing where nothing is."""
        return str(self._kept.value(name, ""))

    def keep(self, name: str, text: str) -> None:
        """Remember a text, in the file once the events of this moment are done."""
        self._kept.setValue(name, text)
