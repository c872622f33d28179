"""Group commit: while one group of bodies is being written, the next gathers. Nobody waits for a timer."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Keeper:
    """Keeps bodies through `put`, a call that blocks and returns when they are on the disk. Lives on one event loop."""

    def __init__(self, put: Callable[[Sequence[bytes]], None]) -> None:
        self._put = put
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="inbox")
        self._gathered: list[tuple[bytes, asyncio.Future[None]]] = []
        self._writing = False

    async def keep(self, body: bytes) -> None:
        """Return when this body is on the disk. Raises what `put` raised: then nobody may say that it was kept."""
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._gathered.append((body, kept))
        if not self._writing:
            self._write()
        await kept

    def _write(self) -> None:
        group, self._gathered = self._gathered, []
        self._writing = True
        work = asyncio.get_running_loop().run_in_executor(self._thread, self._put, [body for body, _ in group])
        work.add_done_callback(partial(self._written, [kept for _, kept in group]))

    def _written(self, group: Sequence[asyncio.Future[None]], work: asyncio.Future[None]) -> None:
        wrong = work.exception()
        for kept in group:
            if not kept.done():  # whoever hung up meanwhile waits no more
                kept.set_exception(wrong) if wrong else kept.set_result(None)
        self._writing = False
        if self._gathered:
            self._write()

    def close(self) -> None:
        """Wait for the group that is being written."""
        self._thread.shutdown()
