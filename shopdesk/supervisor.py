"""The gateway beside the window: started as a process of its own, watched, and started again with growing pauses."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple
from urllib.parse import urlsplit

import psutil

from shopdesk.i18n import _
from shopdesk.secrets import LINE_CHANNEL_SECRET, LINE_LOGIN_ID, LINE_LOGIN_SECRET, SIGN_IN_KEY

if TYPE_CHECKING:
    from shopdesk.paths import Home
    from shopdesk.shop import Shop

# Gateways that stay: looked after as long as this process lives, so that none is left as a zombie.
LEFT: list[subprocess.Popen[bytes]] = []
State = Literal["off", "starting", "running", "waiting", "refused"]
_SECONDS = 2.0
_WELL_S = 60.0
"""Who ran so long did not fail at the start: the pauses begin anew."""
_KEYS = (LINE_CHANNEL_SECRET, LINE_LOGIN_ID, LINE_LOGIN_SECRET, SIGN_IN_KEY)
"""With another one of these the gateway starts again."""
_OURS = {"already_serving"}
"""Refusals of a second gateway: the first one does the work."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A gateway's process, where it listens, its temporary public address ('' for none), and LINE's word for its try of it."""

    pid: int
    url: str
    temporary: str
    tried: str


class Seen(NamedTuple):
    """How the gateway of this home does: `why` is the sentence with which it refused, else ''."""

    state: State
    standing: Standing | None
    why: str


def write_standing(file: Path, standing: Standing) -> None:
    """Write how a gateway stands, whole or not at all."""
    fresh = file.with_suffix(f".{os.getpid()}")
    fresh.write_text(json.dumps(asdict(standing)), encoding="utf-8")
    fresh.replace(file)


def read_standing(file: Path) -> Standing | None:
    """Return how the gateway of a home says that it stands; None where none says anything."""
    try:
        return Standing(**json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def pause_s(failures: int) -> float:
    """Return how long to wait before something that ended is started again: 1, 2, 4 … 60 seconds."""
    return min(60.0, 2.0 ** min(failures, 6))


def health(url: str) -> dict[str, Any]:
    """Return what a gateway on this computer says of itself; nothing where it does not answer."""
    parts = urlsplit(url)
    line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=_SECONDS)
    try:
        line.request("GET", "/healthz")
        said = json.loads(line.getresponse().read())
        return said if isinstance(said, dict) else {}
    except (OSError, ValueError, http.client.HTTPException):
        return {}
    finally:
        line.close()


def answers(url: str) -> bool:
    """Say whether a gateway on this computer answers that it is well."""
    return health(url).get("ok") is True


def running(home: Home) -> Standing | None:
    """Return how the gateway of a home stands, None where none answers."""
    standing = read_standing(home.gateway)
    return standing if standing is not None and answers(standing.url) else None


def glance(home: Home) -> Seen:
    """See how the gateway of a home does, for whoever does not look after it."""
    standing = running(home)
    if standing is not None:
        return Seen("running", standing, "")
    return Seen("waiting", None, _("The gateway does not run. Open ShopDesk's window, or start “shopdesk serve”."))


class _Wanted(NamedTuple):
    """The gateway that is wanted here: its arguments, and what it checks signatures and signs people in with."""

    arguments: tuple[str, ...]
    keys: tuple[str | None, ...]


class Supervisor:
    """Starts and watches the gateway of a home. Nothing here waits longer than some seconds; call it off the screen's thread."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._child: subprocess.Popen[bytes] | None = None
        self._served: _Wanted | None = None
        self._stays = False
        self._began = self._again_at = 0.0
        self._failures = 0
        self._why = ""
        self._guard = threading.Lock()

    def look(self) -> Seen:
        """See how the gateway does, and start, restart or end it as the settings want. Call it every few seconds."""
        with self._guard:
            wanted = self._wanted()
            if self._served not in {None, wanted}:
                self._end()
                self._end_another()
            self._served = wanted
            if wanted is None:
                return Seen("off", None, "")
            self._tend(wanted.arguments)
            return self._seen()

    def close(self, *, also_staying: bool = False) -> None:
        """End the gateway with the window, unless it is to stay; `also_staying` ends that one, too."""
        with self._guard:
            if also_staying and self._served is not None:
                self._end()
                self._end_another()
            elif not self._stays:
                self._end()
            elif self._child is not None:
                LEFT.append(self._child)

    def _wanted(self) -> _Wanted | None:
        """Return which gateway is wanted here; None where none is."""
        found = self._shop.settings.all()
        reach = str(found["reach"])
        if reach not in {"own", "tunnel"} or not self._shop.secrets.get(LINE_CHANNEL_SECRET):
            return None
        self._stays = bool(found["gateway_stays"])
        port = ("--port", str(found["gateway_port"] if reach == "own" else 0))
        tunnel = ("--tunnel", str(found["tunnel"])) if reach == "tunnel" else ()
        keeper = () if self._stays else ("--keeper", str(os.getpid()))
        return _Wanted((*port, *tunnel, *keeper), tuple(map(self._shop.secrets.get, _KEYS)))

    def _tend(self, arguments: tuple[str, ...]) -> None:
        """Start the gateway where it does not run and its pause is over; note why it ended."""
        now = time.monotonic()
        if self._child is not None and self._child.poll() is not None:
            self._why = self._refusal()
            self._failures = 0 if now - self._began > _WELL_S else self._failures + 1
            self._again_at = now + pause_s(self._failures)
            self._child = None
        if self._child is None and now >= self._again_at and not self._another():
            self._child, self._began = self._start(arguments), now

    def _another(self) -> bool:
        """Say whether a gateway that was not started here serves this home: one that stayed, or of another window."""
        return running(self._shop.home) is not None

    def _end_another(self) -> None:
        """End a gateway that stayed from an earlier window: it follows settings that do not hold any more."""
        if (standing := running(self._shop.home)) is not None:
            with suppress(psutil.Error):
                process = psutil.Process(standing.pid)
                process.terminate()
                process.wait(10)

    def _start(self, arguments: tuple[str, ...]) -> subprocess.Popen[bytes]:
        program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "shopdesk"]
        command = [*program, "--home", str(self._shop.home.path), "--json", "--keys-from-stdin", "serve"]
        with self._said().open("wb") as out:
            child = subprocess.Popen(  # noqa: S603 - our own program, no shell
                [*command, *arguments],
                stdin=subprocess.PIPE,
                stdout=out,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": _path()},
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
                | getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        if child.stdin is not None:
            with child.stdin as pipe:
                pipe.write(json.dumps(self._shop.secrets.for_child()).encode())
        return child

    def _said(self) -> Path:
        return self._shop.home.logs / "gateway.json"

    def _refusal(self) -> str:
        """Return the sentence with which it refused; '' where another gateway is at work already."""
        try:
            said = json.loads(self._said().read_text(encoding="utf-8").splitlines()[-1])["error"]
            return "" if said["code"] in _OURS else str(said["message"])
        except (OSError, ValueError, LookupError, TypeError):
            return _("The gateway ended unexpectedly. It is started again.")

    def _seen(self) -> Seen:
        standing = running(self._shop.home)
        if standing is not None:
            self._why = ""
            return Seen("running", standing, "")
        if self._child is not None and not self._why:
            return Seen("starting", None, "")
        return Seen("refused" if self._why else "waiting", None, self._why)

    def _end(self) -> None:
        child, self._child = self._child, None
        self._failures, self._again_at, self._why = 0, 0.0, ""
        if child is None:
            return
        child.terminate()
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _path() -> str:
    ours, before = str(Path(__file__).resolve().parents[1]), os.environ.get("PYTHONPATH")
    return os.pathsep.join([ours, before]) if before else ours
