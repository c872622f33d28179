"""Start of the desktop: settings, logs, migration, the shop, the window."""

from __future__ import annotations

import logging
import os
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QtMsgType, QTranslator, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from shopdesk import i18n
from shopdesk.database import WrongKeyError
from shopdesk.errors import ShopDeskError
from shopdesk.shop import open_shop, recover_key
from shopdesk.ui.appearance import Appearance
from shopdesk.ui.desktop import Desktop
from shopdesk.ui.interlude import Interlude
from shopdesk.ui.refusal import Refusal

if TYPE_CHECKING:
    from pathlib import Path

    from shopdesk.shop import Shop
    from shopdesk.ui.interlude import Work


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
    status, work = _window(app, _opened(app, home))
    while work is not None:
        error = Interlude(work).run()
        status, work = _window(app, _opened(app, home), said=error or work.afterwards)
    return status


def _opened(app: QApplication, home: Path | None) -> Shop:
    """Open the shop; where its key is lost, as soon as the recovery code has brought it back."""
    while True:
        try:
            return open_shop(home)
        except ShopDeskError as error:
            if app.findChild(Appearance) is None:
                Appearance(app)
            lost = isinstance(error, WrongKeyError)
            window = Refusal(error, (lambda code: recover_key(code, home)) if lost else None)
            window.show()
            app.exec()
            if not window.recovered:
                raise


def _window(app: QApplication, shop: Shop, said: Exception | str = "") -> tuple[int, Work | None]:
    """Show the window until it is closed; return its status, and what is to be done before the next one."""
    try:
        speak(app, i18n.language())
        desktop = Desktop(app, shop)
        desktop.open()
        if said:
            desktop.window.show_page("settings", section="key")
            desktop.notices.done(said) if isinstance(said, str) else desktop.notices.error(said)
        try:
            return app.exec(), desktop.wanted
        finally:
            desktop.close()
            desktop.window.deleteLater()
    finally:
        shop.close()
