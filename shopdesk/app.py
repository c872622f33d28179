"""Start of the desktop: settings, logs, migration, the shop, the window."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLibraryInfo, QLocale, QtMsgType, QTranslator, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from shopdesk import demo, i18n, rehearsal
from shopdesk.clock import JAPAN, FixedClock
from shopdesk.database import WrongKeyError
from shopdesk.errors import ShopDeskError
from shopdesk.secrets import LINE_CHANNEL_ID, LINE_CHANNEL_SECRET
from shopdesk.shop import open_shop, recover_key
from shopdesk.ui.appearance import Appearance
from shopdesk.ui.desktop import Desktop
from shopdesk.ui.interlude import Interlude
from shopdesk.ui.refusal import Refusal
from shopdesk.ui.tour import Tour

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from shopdesk.clock import Clock
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


@contextmanager
def practice_shop(clock: Clock | None = None) -> Iterator[Shop]:
    """Give a new shop in a temporary home, with a rehearsal of LINE behind it. The key ring is never read."""
    with ExitStack() as stack:
        home = Path(tempfile.mkdtemp(prefix="shopdesk-demo-")) / "home"
        line = stack.enter_context(rehearsal.running(rehearsal.Rehearsal(named=demo.friend_names(), quota=demo.QUOTA)))
        # The sender is a process of its own and finds the rehearsal by the same variables as a person's shell would give.
        for name, value in (
            ("SHOPDESK_LINE_HOST", line.url),
            ("SHOPDESK_INSTANCE_FILE", str(home.parent / "instance")),
        ):
            stack.callback(_restore_variable, name, os.environ.get(name))
            os.environ[name] = value
        keys = {LINE_CHANNEL_ID: line.channel_id, LINE_CHANNEL_SECRET: line.channel_secret}
        shop = open_shop(home, clock=clock, secrets=keys)
        stack.callback(shop.close)
        yield shop


def _restore_variable(name: str, value: str | None) -> None:
    os.environ.pop(name, None)
    if value is not None:
        os.environ[name] = value


def run_demo(folder: Path | None, *, headless: bool, say: Callable[[str], None]) -> dict[str, Any]:
    """Walk the main job in the demo shop's window; without a screen the same walk is drawn to PNG.

    Returns what the command line's contract names: home, customers, friends, orders, broadcast, screenshots.
    """
    if headless:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    shown = has_screen() and not headless
    app = application()
    with practice_shop() as shop:
        speak(app, i18n.language())
        desktop = Desktop(app, shop)
        pictures = folder or (None if shown else Path("demo-pictures"))
        tour = Tour(desktop, shop, say, pictures, pause_seconds=3.0 if shown else 0.0)
        try:
            done = tour.walk()
            if shown:
                app.exec()
        finally:
            desktop.close()
    return done


def take_screenshots(folder: Path, *, language: str, size: tuple[int, int]) -> list[Path]:
    """Draw every page with the demo shop's data, always at the same moment, light and dark."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["SHOPDESK_LANGUAGE"] = language
    app = application()
    with practice_shop(FixedClock(datetime(2026, 11, 22, 14, 32, tzinfo=JAPAN))) as shop:
        speak(app, language)
        desktop = Desktop(app, shop)
        desktop.window.resize(*size)
        try:
            return Tour(desktop, shop, lambda _text: None, folder).pictures()
        finally:
            desktop.close()
