"""Starting the sender as a process of its own, which outlives the window; keys go through its input, never by its name."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from shopdesk.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping


# Looked after until they end, so that none is left as a zombie when whoever started it has gone to another page.
STARTED: list[subprocess.Popen[bytes]] = []


class SendingProcess:
    """A sender that was started here. Dropping this does not stop it."""

    def __init__(self, child: subprocess.Popen[bytes], said: Path) -> None:
        self._child, self._said = child, said

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._child.pid

    def running(self) -> bool:
        """Tell whether it still runs."""
        return self._child.poll() is None

    def problem(self) -> str:
        """Return the sentence with which it refused, empty while it runs and when all went well."""
        if not self._child.poll():
            return ""
        try:
            said = json.loads(self._said.read_text(encoding="utf-8").strip().splitlines()[-1])
            return str(said["error"]["message"])
        except (OSError, ValueError, LookupError, TypeError):
            return _("The sender stopped before it was done. Go on when you like; nobody gets it twice.")


def start(home: Path, logs: Path, broadcast_id: int, keys: Mapping[str, str]) -> SendingProcess:
    """Send a broadcast in a process of its own.

    Args:
        home: The shop's folder.
        logs: Where what it says at its end is kept.
        broadcast_id: Which one.
        keys: All secrets it may use; they go through a pipe, where no other program sees them.
    """
    said = logs / f"sending-{broadcast_id}.json"
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "shopdesk"]
    command = [*program, "--home", str(home), "--json", "--keys-from-stdin", "broadcasts", "send", str(broadcast_id)]
    with said.open("wb") as out:
        child = subprocess.Popen(  # noqa: S603 - our own program, no shell
            command,
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": _path()},
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
            | getattr(subprocess, "DETACHED_PROCESS", 0),
        )
    if child.stdin is not None:
        with child.stdin as pipe:
            pipe.write(json.dumps(dict(keys)).encode())
    STARTED[:] = [one for one in STARTED if one.poll() is None]
    STARTED.append(child)
    return SendingProcess(child, said)


def _path() -> str:
    ours, before = str(Path(__file__).resolve().parents[2]), os.environ.get("PYTHONPATH")
    return os.pathsep.join([ours, before]) if before else ours
