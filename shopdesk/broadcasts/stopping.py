"""Running a sender so that the end of its process is a clean stop."""

from __future__ import annotations

import asyncio
import signal
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from shopdesk.broadcasts.sender import Sender


def run(make: Callable[[], Sender]) -> None:
    """Run the sender that `make` makes on an event loop of its own, the quick one where this platform has it."""
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(_run(make))


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    if sys.platform == "win32":
        return None
    from uvloop import new_event_loop  # noqa: PLC0415 - does not exist on Windows

    return new_event_loop


async def _run(make: Callable[[], Sender]) -> None:
    sender = make()
    with _stopped_by_signals(sender.stop):
        await sender.run()


@contextmanager
def _stopped_by_signals(stop: Callable[[], None]) -> Iterator[None]:
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
