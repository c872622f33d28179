"""Driving the window as a person would: show a page, do work off the screen's thread, wait, draw what is seen."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtGui import QColor, QPainter

from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _
from shopdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QDialog, QWidget

    from shopdesk.shop import Shop
    from shopdesk.ui.desktop import Desktop

PATIENCE_SECONDS = 180.0
_BREATH_SECONDS = 0.005
LAYOUT_PASSES = 4
"""What the last answer made is laid out from the inside to the outside: text, its card, the area that scrolls."""
DIMMED = QColor(0, 0, 0, 90)
Result = TypeVar("Result")


class TourError(ShopDeskError):
    """The demo did not come to its end."""

    code = "demo"


class Stage:
    """The window of a shop, and where its pictures go.

    With a `folder` each page is drawn into it as PNG; with `pause_seconds` somebody is watching.
    """

    def __init__(
        self,
        desktop: Desktop,
        shop: Shop,
        say: Callable[[str], None],
        folder: Path | None,
        *,
        pause_seconds: float = 0.0,
    ) -> None:
        self._desktop, self._shop, self._tell, self._folder = desktop, shop, say, folder
        self._pause_seconds = pause_seconds
        self._files: list[Path] = []

    def _show(self, page: str, **what: Any) -> object:
        self._desktop.window.show_page(page, **what)
        self._settle()
        return self._desktop.window.page()

    def _do(self, work: Callable[[], Result], lane: Literal[Lane.READ, Lane.WRITE, Lane.NETWORK] = Lane.READ) -> Result:
        """Do work off the screen's thread, as pages do, and wait for it with the window alive."""
        answers: list[Result] = []
        errors: list[Exception] = []
        self._desktop.tasks.run(self._desktop, work, answers.append, failed=errors.append, lane=lane)
        self._await(lambda: bool(answers or errors))
        if errors:
            raise errors[0]
        return answers[0]

    def _settle(self) -> None:
        self._desktop.tasks.settle(PATIENCE_SECONDS)
        for _pass in range(LAYOUT_PASSES):
            QCoreApplication.processEvents()

    def _await(self, happened: Callable[[], bool]) -> None:
        until = time.monotonic() + PATIENCE_SECONDS
        application = QCoreApplication.instance()
        while not happened():
            if time.monotonic() > until or application is None:
                raise TourError(
                    _("The demo stands still; the log in {home} says more.").format(home=self._shop.home.logs)
                )
            application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            time.sleep(_BREATH_SECONDS)  # without events it returns at once: whoever is waited for needs the processor

    def _say(self, text: str) -> None:
        self._tell(text)
        if self._pause_seconds:
            self._desktop.notices.done(text)
            until = time.monotonic() + self._pause_seconds
            self._await(lambda: time.monotonic() > until)

    def _draw_over(self, name: str, dialog: QDialog) -> None:
        """Show a dialog over the window, draw both, and let it go."""
        dialog.open()
        self._settle()
        self._draw(name, dialog)
        dialog.reject()
        dialog.deleteLater()

    def _draw(self, name: str, over: QDialog | None = None, *, of: QWidget | None = None) -> None:
        if self._folder is None:
            return
        self._settle()
        self._folder.mkdir(parents=True, exist_ok=True)
        picture = (of or self._desktop.window).grab()
        if over is not None:
            above = over.grab()
            with QPainter(picture) as painter:
                painter.fillRect(picture.rect(), DIMMED)
                painter.drawPixmap(
                    (picture.width() - above.width()) // 2, (picture.height() - above.height()) // 2, above
                )
        file = self._folder / f"{len(self._files) + 1:02d}-{name}.png"
        picture.save(str(file))
        self._files.append(file)
