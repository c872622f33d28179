"""One import under way, as the page sees it: begun, previewed, merged, stopped, all off the screen's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from shopdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from shopdesk.imports import ImportReport, RunningImport
    from shopdesk.shop import Shop
    from shopdesk.ui.tasks import Tasks


class ImportRun(QObject):
    """Owns one `RunningImport` from its start to its end; `report` is its preview. After `stop` it says nothing more."""

    read = Signal(int)
    previewed = Signal(object)
    merged = Signal(object)
    failed = Signal(object)

    def __init__(
        self, shop: Shop, tasks: Tasks, files: Sequence[Path], *, mapping: str | None = None, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._shop, self._tasks = shop, tasks
        self.files, self._mapping = tuple(files), mapping
        self.mapped = mapping is not None
        self._running: RunningImport | None = None
        self.report: ImportReport | None = None
        self._wanted, self._waiting = True, False
        tasks.run(self, self._preview, self._previewed, failed=self._failed)

    def _preview(self) -> ImportReport:
        running = self._shop.imports.start(self.files, mapping=self._mapping, on_progress=self._tell)
        self._running = running
        try:
            if not self._wanted:
                running.stop()
            report = running.preview()
        except BaseException:
            running.close()
            raise
        self._waiting = True
        if not self._wanted:
            running.close()
        return report

    def _tell(self, rows: int) -> None:
        if self._wanted:
            self.read.emit(rows)

    def _previewed(self, report: ImportReport) -> None:
        if self._wanted:
            self.report = report
            self.previewed.emit(report)

    def _failed(self, error: Exception) -> None:
        if self._wanted:
            self.failed.emit(error)

    def merge(self) -> None:
        """Write what was previewed; `merged` or `failed` follows."""
        self._tasks.run(self, self._merge, self.merged.emit, failed=self._failed, lane=Lane.WRITE)

    def _merge(self) -> ImportReport | None:
        running = self._running
        if running is None:
            return None
        self._waiting = False
        try:
            return self._shop.imports.merge(running)
        finally:
            running.close()

    def ask_to_stop(self) -> None:
        """Ask a merge to stop before it commits; what comes of it is still told."""
        if self._running is not None:
            self._running.stop()

    def stop(self, *, at_once: bool = False) -> None:
        """End it wherever it is, and leave nothing behind; safe to repeat. A reader that is at work closes itself.

        `at_once` waits for the end of a reader that has nothing to do: for when the program ends.
        """
        self._wanted = False
        running = self._running
        if running is None:
            return
        running.stop()
        if self._waiting:
            self._waiting = False
            if at_once:
                running.close()
            else:
                self._tasks.run(self, running.close, lane=Lane.WRITE)
