"""Start of the desktop: Qt and the opening window. What takes longer to load than Qt does is loaded behind it."""

from __future__ import annotations

import logging
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from shopdesk.ui.appearance import Appearance
from shopdesk.ui.opening import Opening

if TYPE_CHECKING:
    from pathlib import Path

    from shopdesk.links import Source
    from shopdesk.shop import Shop

SITTING = "shopdesk.sitting"
_POSTERS = "shopdesk.ui.posters.files"


def application() -> QApplication:
    """Return the one Qt application, drawing to memory where there is no screen."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    if not has_screen():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    qInstallMessageHandler(_log_qt)
    made = QApplication(sys.argv[:1])
    made.setApplicationName("ShopDesk")
    return made


def _log_qt(kind: QtMsgType, _where: object, said: str) -> None:
    """What Qt has to say goes where everything goes: into the log."""
    logging.getLogger("qt").log(logging.DEBUG if kind is QtMsgType.QtDebugMsg else logging.WARNING, "%s", said)


def has_screen() -> bool:
    """Tell whether a window can be shown to anybody."""
    return not sys.platform.startswith("linux") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def write_poster(shop: Shop, source: Source, form: str, file: Path) -> str:
    """Write the print of a source's code as PDF, without a window, and return the address in the code. Raises as `poster_of`."""
    app = application()
    if app.findChild(Appearance) is None:
        Appearance(app)
    address: str = import_module(_POSTERS).write_for(shop, source, form, file)
    return address


def run_window(home: Path | None, *, counter: bool = False) -> int:
    """Paint the opening window, load behind it what else there is, and stay until the shop's window, or the counter, is closed."""
    app = application()
    if app.findChild(Appearance) is None:
        Appearance(app)
    opening = Opening()
    sitting = opening.during(lambda: import_module(SITTING))
    status: int = sitting.sit_down(app, opening, home, counter=counter)
    return status
