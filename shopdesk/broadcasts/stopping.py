"""SIGTERM and Ctrl-C stop the sender cleanly: what is on its way is finished first."""

from __future__ import annotations

import asyncio
import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def stopped_by_signals(stop: Callable[[], None]) -> Iterator[None]:
    """Let SIGTERM and Ctrl-C stop the sender cleanly, where this thread may listen to them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    chosen = (signal.SIGTERM, signal.SIGINT)
    before = [signal.signal(one, lambda *_: loop.call_soon_threadsafe(stop)) for one in chosen]
    try:
        yield
    finally:
        for one, handler in zip(chosen, before, strict=True):
            signal.signal(one, cast("Any", handler))
