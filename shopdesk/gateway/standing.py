"""How the gateway of a home stands, in a small file that the window reads: also a gateway that outlived its window is seen."""

from __future__ import annotations

import os
import threading
import time
from typing import TYPE_CHECKING

import psutil

from shopdesk.supervisor import Standing, write_standing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_LOOKS_EVERY_S = 1.0


class Notice:
    """Keeps the file up to date while the gateway runs, and takes it away at the end."""

    def __init__(self, file: Path, url: str) -> None:
        self._file, self._url = file, url
        self.say("", "")

    def say(self, temporary: str, tried: str) -> None:
        """Note the temporary address and how LINE's try of it went."""
        write_standing(self._file, Standing(os.getpid(), self._url, temporary, tried))

    def close(self) -> None:
        """Take the file away."""
        self._file.unlink(missing_ok=True)


def end_with(pid: int, end: Callable[[], None]) -> None:
    """Call `end` once the process `pid` is gone: a gateway ends with its window, also one that was killed."""

    def watch() -> None:
        try:
            process = psutil.Process(pid)
            while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
                time.sleep(_LOOKS_EVERY_S)
        except psutil.NoSuchProcess:
            pass
        end()

    threading.Thread(target=watch, name="window", daemon=True).start()
