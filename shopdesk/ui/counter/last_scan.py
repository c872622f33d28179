"""What was scanned last: a scanner that reads the same code again at once repeats itself."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QElapsedTimer

from shopdesk import scancodes

REPEATS_MS = 3000
"""Within this the same code is no scan of its own."""


class LastScan:
    """Remembers one scan."""

    def __init__(self) -> None:
        self._text, self._since = "", QElapsedTimer()

    def differs(self, text: str) -> bool:
        """Tell whether this is a scan of its own; it is the last one from now on."""
        folded = unicodedata.normalize("NFKC", text[: scancodes.LENGTH * 4]).strip()
        if folded == self._text and self._since.isValid() and self._since.elapsed() < REPEATS_MS:
            return False
        self._text = folded
        self._since.start()
        return True

    def forget(self) -> None:
        """Take the same code again at once."""
        self._text = ""
