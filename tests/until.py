"""Waiting for what another thread or process does."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def until(holds: Callable[[], object], what: str, seconds: float = 20) -> None:
    """Wait until it holds, looking less often the longer it takes; fail after some seconds, saying what was waited for."""
    end, pause_s = time.monotonic() + seconds, 0.005
    while not holds():
        assert time.monotonic() < end, f"in vain: {what}"
        time.sleep(pause_s)
        pause_s = min(pause_s * 1.2, 0.1)
