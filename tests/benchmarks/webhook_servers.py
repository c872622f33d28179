"""The gateway's webhook under uvicorn, three ways: kept as the program keeps it, kept one by one, not kept at all.

python -m tests.benchmarks.webhook_servers WAY FOLDER prints its port, then serves until its input ends.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uvicorn

from shopdesk.gateway.app import create_app
from shopdesk.gateway.keeping import Keeper
from shopdesk.gateway.server import config, listener
from shopdesk.gateway.webhook import Webhook
from shopdesk.inbox import Inbox
from tests.benchmarks.measuring import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRET = b"0123456789abcdef" * 2


class _Nothing:
    """Keeps nothing."""

    async def keep(self, _body: bytes) -> None:
        """Say that it was kept."""


class _OneByOne:
    """Commits each body by itself, on a thread that does nothing else."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox, self._thread = inbox, ThreadPoolExecutor(1)

    async def keep(self, body: bytes) -> None:
        """Return when it is on the disk."""
        put = self._inbox.put
        await asyncio.get_running_loop().run_in_executor(self._thread, put, [body], datetime.now(UTC))


def _keeper(way: str, folder: Path) -> Any:
    if way == "nothing":
        return _Nothing()
    inbox = Inbox(folder / "inbox.db", None)
    return Keeper(lambda bodies: inbox.put(bodies, datetime.now(UTC))) if way == "ours" else _OneByOne(inbox)


def _serve(way: str, folder: Path) -> None:
    listening = listener("127.0.0.1", 0)
    server = uvicorn.Server(config(create_app(Webhook(SECRET, _keeper(way, folder)), dict, (), str)))
    threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
    print(listening.getsockname()[1], flush=True)
    server.run([listening])


@contextmanager
def serving(way: str, folder: Path) -> Iterator[int]:
    """Run one in a process of its own and give its port."""
    command = [sys.executable, "-m", "tests.benchmarks.webhook_servers", way, str(folder)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, env=env, **pipes) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        try:
            yield int(server.stdout.readline())
        finally:
            server.stdin.close()


if __name__ == "__main__":
    _serve(sys.argv[1], Path(sys.argv[2]))
