"""What stands on the screen before the shop is open, and what may be loaded by then."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from contextlib import closing

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from shopdesk import app
from shopdesk.database import connect_sqlite
from shopdesk.errors import ShopDeskError
from shopdesk.shop import open_shop
from shopdesk.ui.main_window import MainWindow
from shopdesk.ui.opening import Opening
from shopdesk.ui.refusal import Refusal

HEAVY_FOR_QT = ("sqlalchemy", "sqlcipher3", "asyncio", "email", "psutil", "concurrent.futures.process")
HEAVY_FOR_ROWS = (
    "linebot",
    "aiohttp",
    "urllib3",
    "alembic",
    "starlette",
    "uvicorn",
    "openpyxl",
    "pyqtgraph",
    "numpy",
    "keyring",
)
START = """
import json, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from shopdesk.__main__ import main
from shopdesk.ui.opening import Opening

first, paint = [], Opening.paintEvent

def painted(window, event):
    first.append(sorted(sys.modules)) if not first else None
    paint(window, event)

def look():
    for window in QApplication.topLevelWidgets():
        if type(window).__name__ == "MainWindow" and window.isVisible() and not window._desk.tasks.busy:
            window.close()

Opening.paintEvent = painted
timer = []
def drive():
    timer.append(QTimer(interval=20)); timer[0].timeout.connect(look); timer[0].start()
import shopdesk.app
made = shopdesk.app.application
def application():
    app = made(); drive(); return app
shopdesk.app.application = application
status = main()
print(json.dumps({"status": status, "first": first[0], "rows": sorted(sys.modules)}))
"""


def test_the_program_loads_nothing_heavy_before_its_first_paint_and_its_first_rows(sqlite_shop):
    home = sqlite_shop.home.path
    sqlite_shop.close()
    keys = home.parent / "keys.json"
    keys.write_text("{}")
    keys.chmod(0o600)
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "SHOPDESK_DATABASE_KEY": "", "SHOPDESK_KEYS_FILE": str(keys)}
    command = [sys.executable, "-c", START, "--home", str(home)]
    done = subprocess.run(command, capture_output=True, text=True, env=env, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["status"] == 0
    assert "shopdesk.ui.opening" in found["first"]
    assert [one for one in (*HEAVY_FOR_QT, *HEAVY_FOR_ROWS) if one in found["first"]] == []
    assert "shopdesk.ui.home.page" in found["rows"]
    assert [one for one in HEAVY_FOR_ROWS if one in found["rows"]] == []


def test_the_work_is_off_the_screens_thread_and_the_window_is_painted_before_it(qtbot, appearance):
    opening, seen = Opening(), []
    qtbot.addWidget(opening)

    def work():
        seen.append((opening.painted, threading.current_thread() is threading.main_thread()))
        return 7

    assert opening.during(work) == 7
    assert seen == [(True, False)]
    with pytest.raises(ZeroDivisionError):
        opening.during(lambda: 1 / 0)


def test_the_shops_window_stands_where_the_opening_window_stood(qtbot, desk):
    opening = Opening()
    qtbot.addWidget(opening)
    opening.setGeometry(40, 50, 1100, 760)
    opening.show()
    opening.close()
    assert opening.isVisible()  # it cannot be closed
    window = MainWindow(desk.shop, desk.tasks, desk.live, desk.notices)
    qtbot.addWidget(window)
    opening.hand_place_to(window)
    window.show()
    assert window.geometry() == opening.geometry()
    opening.make_way()
    assert (opening.isVisible(), window.isVisible()) == (False, True)


def _make_newer(file):
    with closing(connect_sqlite(file)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9998'")


@pytest.mark.parametrize("cause", ["wrong key", "newer database", "refused home"])
def test_a_shop_that_cannot_be_opened_is_refused_in_words(appearance, tmp_path, cause):
    home = tmp_path / ("OneDrive" if cause == "refused home" else "home")
    if cause == "wrong key":
        home.mkdir()
        (home / "shop.db").write_bytes(os.urandom(8192))
    elif cause == "newer database":
        open_shop(home, secrets={}).close()
        _make_newer(home / "shop.db")
    seen = []

    def drive():
        for window in QApplication.topLevelWidgets():
            if isinstance(window, Refusal) and window.isVisible():
                opening = next(one for one in QApplication.topLevelWidgets() if isinstance(one, Opening))
                seen.append(opening.isVisible())
                window.close()

    timer = QTimer(interval=20)
    timer.timeout.connect(drive)
    timer.start()
    with pytest.raises(ShopDeskError) as refused:
        app.run_window(home)
    timer.stop()
    assert seen == [False]
    assert refused.value.code == {"wrong key": "database_key", "newer database": "newer_database"}.get(
        cause, "home_refused"
    )
