"""The one place that shows errors and says what was done."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _
from shopdesk.ui.widgets.toast import Toast

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from PySide6.QtWidgets import QWidget

logger = logging.getLogger(__name__)


class Notices(QObject):
    """Says things at the bottom of the window; what is said before there is one waits for it."""

    _unexpected = Signal(object)

    def __init__(self, log_file: Path) -> None:
        super().__init__()
        self._log_file = log_file
        self._host: QWidget | None = None
        self._waiting: list[Callable[[], None]] = []
        self._toast: Toast | None = None
        self._unexpected.connect(self.error)  # queued when the error happened on another thread

    def attach(self, host: QWidget) -> None:
        """Say things over this widget from now on."""
        self._host = host
        waiting, self._waiting = self._waiting, []
        for say in waiting:
            say()

    def done(self, words: str, undo: Callable[[], object] | None = None) -> None:
        """Say that something was done, with the way back where there is one."""
        self._say(words, _("Undo") if undo else "", undo, wrong=False)

    def error(self, error: BaseException) -> None:
        """Show an error: its own sentence, or one that names the log file when nobody expected it."""
        self._say(self.sentence(error), "", None, wrong=True)

    def sentence(self, error: BaseException) -> str:
        """Return the sentence for an error; one that nobody expected is logged with its traceback."""
        if isinstance(error, ShopDeskError):
            return error.message
        logger.error("unexpected error", exc_info=error)
        sentence = _("Something unexpected happened. Try again; details are in {file}.")
        return sentence.format(file=self._log_file.name)

    def _say(self, words: str, action: str, does: Callable[[], object] | None, *, wrong: bool) -> None:
        host = self._host
        if host is None or not isValid(host):
            self._waiting.append(lambda: self._say(words, action, does, wrong=wrong))
            return
        self.hush()
        self._toast = Toast(host, words, action, does, wrong=wrong)

    def hush(self) -> None:
        """Say no more of what was said: somebody else comes."""
        if self._toast is not None and isValid(self._toast) and not self._toast.isHidden():
            self._toast.close_toast()

    def come_to_front(self) -> None:
        """Keep what is being said above a page that has just come up."""
        if self._toast is not None and isValid(self._toast):
            self._toast.raise_()

    def catch_all(self) -> None:
        """Show and log what no one caught, instead of ending the program."""
        sys.excepthook = self._caught

    def _caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not issubclass(kind, Exception):
            sys.__excepthook__(kind, error, trace)
            return
        self._unexpected.emit(error)
