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
    from datetime import datetime

logger = logging.getLogger(__name__)

MOST_WAITING = 1000
_PAUSES_S = (1.0, 5.0, 30.0)
_SECONDS = 5.0
_REFUSED, _BROKEN = 400, 500


class _Body(NamedTuple):
    body: bytes
    signature: bytes


class Forwarded(NamedTuple):
    """How forwarding does since the gateway began: when it last went well, and when and why it last did not."""

    well_at: datetime | None = None
    lost_at: datetime | None = None
    why: str = ""


class Forwarding:
    """Forwards to the address that `address` says, '' for nowhere. `state` says how that went."""

    def __init__(self, address: Callable[[], str], now: Callable[[], datetime]) -> None:
        self._address, self._now = address, now
        self.state = Forwarded()
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
            self._note(f"{MOST_WAITING} wait")

    def _run(self) -> None:
        while not self._ended.is_set():
            try:
                one = self._waiting.get(timeout=0.5)
            except queue.Empty:
                continue
            try:
                if address := self._address():
                    self._note(self._forward(address, one))
            except Exception as lost:  # the database away, say: the next one is tried all the same
                logger.exception("a webhook was not forwarded")
                self._note(type(lost).__name__)

    def _note(self, why: str) -> None:
        if why:
            logger.warning("a webhook was not forwarded: %s", why)
            self.state = self.state._replace(lost_at=self._now(), why=why)
        else:
            self.state = self.state._replace(well_at=self._now())

    def _forward(self, address: str, one: _Body) -> str:
        """Try up to four times and return why it did not go, '' where it did.

        An answer of 4xx is an answer; only silence and 5xx are tried again.
        """
        why = ""
        for pause in (*_PAUSES_S, 0.0):
            try:
                status = _post(address, one)
            except (OSError, http.client.HTTPException) as lost:
                why = type(lost).__name__
            else:
                why = f"HTTP {status}" if status >= _REFUSED else ""
                if status < _BROKEN:
                    return why
            if self._ended.wait(pause):
                break
        return why


def _post(address: str, one: _Body) -> int:
    """Post a body as LINE posted it and return the status; nothing is followed."""
    parts = urlsplit(address)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    headers = {"Content-Type": "application/json", "x-line-signature": one.signature.decode("latin-1")}
    with closing(kind(parts.hostname or "", parts.port, timeout=_SECONDS)) as line:
        line.request("POST", parts._replace(scheme="", netloc="").geturl() or "/", one.body, headers)
        return line.getresponse().status
