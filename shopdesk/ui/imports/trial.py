"""What an import with the columns said so far would do: read again by itself a moment after each change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from shopdesk.ui.imports.run import ImportRun

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from shopdesk.imports import ImportReport
    from shopdesk.shop import Shop
    from shopdesk.ui.tasks import Tasks

RESTS_MS = 500
"""How long nothing must be changed before the files are read again."""


class Trial(QObject):
    """`previewed` and `failed` tell of the last mapping only; a run for an older one is stopped."""

    previewed = Signal(object)
    failed = Signal(object)

    def __init__(self, shop: Shop, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._shop, self._tasks = shop, tasks
        self._files: tuple[Path, ...] = ()
        self._mapping = ""
        self._run: ImportRun | None = None
        self._timer = QTimer(self, singleShot=True, interval=RESTS_MS)
        self._timer.timeout.connect(self._read)

    @property
    def report(self) -> ImportReport | None:
        """What the last mapping would do, None until that is known."""
        return self._run.report if self._run is not None else None

    def try_out(self, files: Sequence[Path], mapping: str) -> None:
        """Read these files with this mapping once nothing more is changed."""
        self.stop()
        self._files, self._mapping = tuple(files), mapping
        self._timer.start()

    def _read(self) -> None:
        self._run = run = ImportRun(self._shop, self._tasks, self._files, mapping=self._mapping, parent=self)
        run.previewed.connect(self.previewed)
        run.failed.connect(self._failed)

    def _failed(self, error: Exception) -> None:
        self.stop()
        self.failed.emit(error)

    def take(self, mapping: str, parent: QObject) -> ImportRun | None:
        """Give away the run of this mapping, so that its files need not be read once more; None where there is none."""
        run = self._run
        if run is None or mapping != self._mapping:
            return None
        self._run = None
        run.previewed.disconnect(self.previewed)
        run.failed.disconnect(self._failed)
        run.setParent(parent)
        return run

    def stop(self, *, at_once: bool = False) -> None:
        """End what is under way and leave nothing behind; `at_once` also where the widgets are gone already."""
        run, self._run = self._run, None
        if not at_once:
            self._timer.stop()
        if run is not None:
            run.stop(at_once=at_once)
            if not at_once:
                run.deleteLater()
