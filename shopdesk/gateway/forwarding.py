"""Every webhook, unchanged and with its signature, to a second address as well: another tool's that the shop also uses.

In memory and on a thread of its own: a second tool that is slow or away keeps nothing of ours waiting, and what it
misses in its tries it misses; ours is in the inbox.
"""

from __future__ import annotations

import http.client
import logging
import queue
import threading
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

logger = logging.getLogger(__name__)

MOST_WAITING = 1000
_PAUSES_S = (1.0, 5.0, 30.0)
_SECONDS = 5.0
_REFUSED, _BROKEN = 400, 500


class _Body(NamedTuple):
    body: bytes
    signature: bytes


class Forwarding:
    """Forwards to the address that `address` says, '' for nowhere."""

    def __init__(self, address: Callable[[], str]) -> None:
        self._address = address
        self._waiting: queue.Queue[_Body] = queue.Queue(MOST_WAITING)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="forwarding", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End after the try in hand; what waits is let go."""
        self._ended.set()
        self._thread.join()

    def take(self, body: bytes, signature: bytes) -> None:
        """Take a webhook that was kept; the newest is let go where a thousand wait."""
        try:
            self._waiting.put_nowait(_Body(body, signature))
        except queue.Full:
            logger.warning("a webhook was not forwarded: %d wait", MOST_WAITING)

    def _run(self) -> None:
        while not self._ended.is_set():
            try:
                one = self._waiting.get(timeout=0.5)
            except queue.Empty:
                continue
            if (address := self._address()) and not self._forwarded(address, one):
                logger.warning("a webhook was not forwarded")

    def _forwarded(self, address: str, one: _Body) -> bool:
        """Try up to four times; an answer of 4xx is an answer, only silence and 5xx are tried again."""
        for pause in (*_PAUSES_S, 0.0):
            try:
                status = _post(address, one)
            except (OSError, http.client.HTTPException) as lost:
                logger.info("the second address does not answer: %s", type(lost).__name__)
            else:
                if status < _BROKEN:
                    return status < _REFUSED
            if self._ended.wait(pause):
                return False
        return False


def _post(address: str, one: _Body) -> int:
    """Post a body as LINE posted it and return the status; nothing is followed."""
    parts = urlsplit(address)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    headers = {"Content-Type": "application/json", "x-line-signature": one.signature.decode("latin-1")}
    with closing(kind(parts.hostname or "", parts.port, timeout=_SECONDS)) as line:
        line.request("POST", parts._replace(scheme="", netloc="").geturl() or "/", one.body, headers)
        return line.getresponse().status
