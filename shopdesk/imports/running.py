"""One import under way, seen from the process that started it: progress, preview, merge, stop."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import sys
import threading
import time
import uuid
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

import psutil

from shopdesk import logs
from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _, language
from shopdesk.imports import child
from shopdesk.imports.child import Job, StoppedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from shopdesk.database import Database
    from shopdesk.imports.records import ImportReport
    from shopdesk.staff import Actor

logger = logging.getLogger(__name__)

# A file that brings no news for so long is broken or hostile; large ones are given more.
SILENT_SECONDS = 30.0
_SECONDS_PER_MB = 1.5
_STOP_SECONDS = 5.0
CAPS_ITSELF = sys.platform in {"linux", "win32"}


class BrokenFileError(ShopDeskError):
    """The file took its reader down."""

    code = "broken_file"


class TooSlowError(ShopDeskError):
    """The file kept its reader busy without end."""

    code = "too_slow"


class ImportFailedError(ShopDeskError):
    """Something unexpected went wrong; the log has it."""

    code = "import_failed"


class ReportedError(ShopDeskError):
    """What the child process said, with its own code."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code  # type: ignore[misc] # one class for all that a child can say


class RunningImport:
    """Starts the child process and speaks with it. `preview` and `merge` wait; call them off the screen's thread."""

    def __init__(
        self,
        database: Database,
        staging: Path,
        files: Sequence[Path],
        *,
        actor: Actor,
        at: datetime,
        cart: str | None = None,
        mapping: str | None = None,
        corrections: Path | None = None,
        on_progress: Callable[[int], None] = lambda _rows: None,
    ) -> None:
        self.files = tuple(files)
        self._on_progress = on_progress
        self._staging = staging / f"{os.getpid()}-{uuid.uuid4().hex}.staging"
        self._patience = SILENT_SECONDS + _SECONDS_PER_MB * sum(_megabytes(file) for file in files)
        self._job = Job(
            database_file=database.path if database.on_sqlite else None,
            database_url=database.url.render_as_string(hide_password=False),
            database_key=database.key,
            staging=self._staging,
            files=tuple(files),
            cart=cart,
            mapping=mapping,
            corrections=corrections,
            actor=actor,
            at=at,
            language=language(),
        )
        spawning = multiprocessing.get_context("spawn")  # a forked child would keep our locks and connections
        self._pipe, theirs = spawning.Pipe()
        self._process = spawning.Process(target=child.run, args=(theirs,), daemon=True)
        with _deaf_to_interrupts():
            self._process.start()
        theirs.close()
        self._stop_at: float | None = None
        self._send(self._job)

    @property
    def process_id(self) -> int:
        """The child's process id."""
        return self._process.pid or 0

    def preview(self) -> ImportReport:
        """Wait until everything is read and compared; nothing is written.

        Raises:
            ShopDeskError: with the sentence that says what is wrong with the file.
        """
        return self._await("preview")

    def merge(self) -> ImportReport:
        """Write what the preview showed, in one short transaction, and return the counts from the database."""
        self._send("merge")
        return self._await("done")

    def stop(self) -> None:
        """End the import wherever it is; nothing stays behind. Safe from any thread, and when it is over already."""
        self._stop_at = time.monotonic() + _STOP_SECONDS
        self._send("stop")

    def close(self) -> None:
        """End the child process and delete the staging file."""
        if self._process.is_alive():
            self._send("stop")
            self._process.join(_STOP_SECONDS)
            if self._process.is_alive():
                self._process.kill()
                self._process.join()
        self._pipe.close()
        for file in self._staging.parent.glob(f"{self._staging.name}*"):
            file.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _send(self, what: Any) -> None:
        try:
            self._pipe.send(what)
        except (OSError, ValueError):  # the child is gone: the next answer says why
            logger.debug("nobody listens to %s", what)

    def _await(self, wanted: str) -> ImportReport:
        until = time.monotonic() + self._patience
        while True:
            try:
                if self._pipe.poll(0.2):
                    kind, *said = self._pipe.recv()
                elif self._stop_at is not None and time.monotonic() > self._stop_at:
                    raise self._killed(StoppedError(_("The import was stopped. Nothing was written.")))
                elif time.monotonic() > until:
                    raise self._killed(
                        TooSlowError(
                            _("This file takes too long to read: it is broken or far too large. Nothing was written.")
                        )
                    )
                else:
                    self._watch_memory()
                    continue
            except (EOFError, OSError) as error:
                raise self._ended() from error
            until = time.monotonic() + self._patience
            if kind == "progress":
                self._on_progress(*said)
            elif kind == wanted:
                report: ImportReport = said[0]
                return report
            else:
                raise self._refusal(kind, *said)

    def _refusal(self, kind: str, *said: str) -> ShopDeskError:
        if kind == "error":
            return StoppedError(said[1]) if said[0] == StoppedError.code else ReportedError(*said)
        logger.error("an import failed: %s", said[0])
        sentence = _("The import failed in an unexpected way. Nothing was written. {file} says more.")
        return ImportFailedError(sentence.format(file=logs.file_in_use() or "–"))

    def _ended(self) -> ShopDeskError:
        self._process.join(_STOP_SECONDS)
        logger.warning("the import's process ended with %s", self._process.exitcode)
        return BrokenFileError(
            _(
                "This file is damaged inside or fills the memory. Open it in Excel, save it as .csv and drop that one. Nothing was written."
            )
        )

    def _watch_memory(self) -> None:
        """Where nothing else caps the child."""
        if CAPS_ITSELF or not self._process.pid:
            return
        if psutil.Process(self._process.pid).memory_info().rss > child.MEMORY_BYTES:
            raise self._killed(
                TooSlowError(_("This file needs more memory than an import may take. Split it and import the parts."))
            )

    def _killed(self, error: ShopDeskError) -> ShopDeskError:
        self._process.kill()
        return error


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Let a process start that Ctrl-C in the terminal does not reach: its parent ends it, without a traceback."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _megabytes(file: Path) -> float:
    try:
        return file.stat().st_size / 1_000_000
    except OSError:
        return 0.0
