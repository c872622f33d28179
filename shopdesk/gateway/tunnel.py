"""A tunnel to this computer: a program of somebody else's that gives a temporary public address, started and watched here.

Whenever it says a new address, LINE is told and asked to try it. The address is temporary: only the webhook uses it.
"""

from __future__ import annotations

import json
import logging
import re
import shutil
import subprocess
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

import psutil

from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _
from shopdesk.line import LineError, set_webhook, try_webhook
from shopdesk.supervisor import pause_s

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from shopdesk.line import Line

logger = logging.getLogger(__name__)

# What each program is started with ({url}: the gateway), and what of its output is the address: cloudflared's "quick
# tunnels" and ngrok's log, by their manuals.
PROGRAMS: dict[str, tuple[tuple[str, ...], re.Pattern[str]]] = {
    "cloudflared": (
        ("tunnel", "--no-autoupdate", "--url", "{url}"),
        re.compile(r"https://[a-z0-9-]+\.trycloudflare\.com"),
    ),
    "ngrok": (
        ("http", "{url}", "--log", "stdout", "--log-format", "logfmt"),
        re.compile(r"\burl=(https://[A-Za-z0-9.-]+)"),
    ),
}
_TRIES, _BETWEEN_S = 6, 5.0
"""A new address takes some seconds until the world knows it."""


class NoTunnelError(ShopDeskError):
    """The program is not on this computer."""

    code = "no_tunnel"


class Tunnel:
    """Keeps the program running, with growing pauses when it ends, until `stop`."""

    def __init__(self, name: str, url: str, line: Line, told: Callable[[str, str], None], note: Path) -> None:
        """Find the program.

        Args:
            name: One of `PROGRAMS`.
            url: Where the gateway listens on this computer.
            line: Who is told the address.
            told: Called with each new address, '' when there is none, and with LINE's word for how its try went
                (OK, COULD_NOT_CONNECT, …), '' while it was not tried.
            note: Where the running program is noted, so that one whose gateway was killed is ended by the next.

        Raises:
            NoTunnelError: it is not on this computer.
        """
        found = shutil.which(name)
        if found is None:
            raise NoTunnelError(
                _("The program {name} was not found on this computer. Install it, then try again.").format(name=name)
            )
        arguments, self._address = PROGRAMS[name]
        self._command = [found, *(one.format(url=url) for one in arguments)]
        self._line, self._told, self._note = line, told, note
        self._ended = threading.Event()
        self._process: subprocess.Popen[str] | None = None
        self._thread = threading.Thread(target=self._run, name="tunnel", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End the program."""
        self._ended.set()
        if self._process is not None:
            self._process.terminate()
        self._thread.join()

    def _run(self) -> None:
        failures = 0
        _end_orphan(self._note)
        while not self._ended.is_set():
            failures = 0 if self._once() else failures + 1
            self._told("", "")
            self._ended.wait(pause_s(failures))

    def _once(self) -> bool:
        """Run the program to its end; say whether it had given an address."""
        try:
            with subprocess.Popen(  # noqa: S603 - the program that the owner chose, no shell
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                errors="replace",
            ) as self._process:
                _write_note(self._note, self._process.pid)
                if self._ended.is_set():
                    self._process.terminate()
                return self._listened(self._process)
        except OSError as wrong:
            logger.warning("the tunnel program cannot be started: %s", type(wrong).__name__)
            return False

    def _listened(self, process: subprocess.Popen[str]) -> bool:
        known = ""
        for line in process.stdout or ():
            found = self._address.search(line)
            if found and found[found.re.groups] != known:
                known = found[found.re.groups]
                threading.Thread(target=self._tell, args=(known, process), name="tell-line", daemon=True).start()
        return bool(known)

    def _tell(self, address: str, process: subprocess.Popen[str]) -> None:
        """Tell LINE the address, and let it be tried until it answers or the program is gone."""
        self._told(address, "")
        reason = ""
        try:
            set_webhook(self._line, f"{address}/webhook")
            for _number in range(_TRIES):
                tried = try_webhook(self._line)
                reason = tried.reason
                if tried.success or self._ended.wait(_BETWEEN_S):
                    break
        except LineError as refused:
            reason = refused.code
        if process.poll() is None and not self._ended.is_set():
            self._told(address, reason)


def _write_note(note: Path, pid: int) -> None:
    """Note a program by its number and when it began: numbers are given again."""
    with suppress(psutil.Error):
        note.write_text(json.dumps([pid, psutil.Process(pid).create_time()]), encoding="utf-8")


def _end_orphan(note: Path) -> None:
    """End the program that a killed gateway left; it would lead to a port where nobody listens."""
    with suppress(OSError, ValueError, psutil.Error):
        pid, began = json.loads(note.read_text(encoding="utf-8"))
        process = psutil.Process(pid)
        if process.create_time() == began:
            process.terminate()
