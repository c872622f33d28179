"""Start of the desktop: settings, logs, migration, the shop, the window."""

from __future__ import annotations

import logging
import os
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QtMsgType, QTranslator, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from shopdesk import i18n
from shopdesk.errors import ShopDeskError
from shopdesk.shop import open_shop
from shopdesk.ui.appearance import Appearance
from shopdesk.ui.desktop import Desktop
from shopdesk.ui.refusal import Refusal

if TYPE_CHECKING:
    from pathlib import Path


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


def speak(app: QApplication, language: str) -> None:
    """Let Qt's own buttons speak the language too."""
    translator = QTranslator(app)
    if translator.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    QLocale.setDefault(QLocale("ja_JP" if language == "ja" else "en_GB"))


def run_window(home: Path | None) -> int:
    """Open the shop and its window; returns when the window is closed."""
    app = application()
    try:
        shop = open_shop(home)
    except ShopDeskError as error:
        Appearance(app)
        window = Refusal(error)
        window.show()
        app.exec()
        raise
    try:
        speak(app, i18n.language())
        desktop = Desktop(app, shop)
        desktop.open()
        try:
            return app.exec()
        finally:
            desktop.close()
    finally:
        shop.close()
