"""The demo shop in its window: a temporary home, a rehearsal of LINE behind it, and the walk through the main job."""

from __future__ import annotations

import os
import tempfile
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shopdesk import demo, i18n, rehearsal
from shopdesk.app import application, has_screen
from shopdesk.clock import JAPAN, FixedClock
from shopdesk.secrets import LINE_CHANNEL_ID, LINE_CHANNEL_SECRET
from shopdesk.shop import open_shop
from shopdesk.ui.desktop import Desktop
from shopdesk.ui.language import speak
from shopdesk.ui.tour import Tour

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from shopdesk.clock import Clock
    from shopdesk.shop import Shop


@contextmanager
def practice_shop(clock: Clock | None = None) -> Iterator[Shop]:
    """Give a new shop in a temporary home, with a rehearsal of LINE behind it. The key ring is never read."""
    with ExitStack() as stack:
        home = Path(tempfile.mkdtemp(prefix="shopdesk-demo-")) / "home"
        pretend = rehearsal.Rehearsal(named=demo.friend_names(), quota=demo.QUOTA)
        pretend.holds_picture(demo.PICTURE_ID)
        line = stack.enter_context(rehearsal.running(pretend))
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
