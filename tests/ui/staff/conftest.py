"""The whole desktop over a shop with an owner, a manager and two at the counter, one of whom answers talks."""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QCoreApplication, Qt

from shopdesk.staff import pins
from shopdesk.staff.tables import MemberRow
from shopdesk.ui.desktop import Desktop

hashed = cache(pins.hashed)  # slow on purpose; once is enough for all tests
ROLES = {"さくら": "owner", "みか": "manager", "りょう": "counter", "ゆう": "counter"}
PINS = {"さくら": "4071", "みか": "2580", "りょう": "9306", "ゆう": "5817"}


@pytest.fixture
def staffed(make_shop):
    """A shop where four people work; their numbers by name."""
    shop = make_shop()
    rows = [
        MemberRow(
            name=name,
            role=role,
            answers=name == "ゆう",
            exports=False,
            pin_hash=hashed(PINS[name]),
            wrong_pins=0,
            made_at=shop.clock.now(),
        )
        for name, role in ROLES.items()
    ]
    with shop.database.write() as session:
        session.add_all(rows)
        session.flush()
        return SimpleNamespace(shop=shop, ids={one.name: one.id for one in rows})


@pytest.fixture
def open_desktop(qtbot, qapp, appearance):
    """Open desktops over shops; `enter(name)` types a PIN as a person does, `settle()` waits."""
    made = []

    def opened(shop, ids=None, page="home"):
        desktop = Desktop(qapp, shop)
        made.append(desktop)
        desktop.open(page)

        def settle():
            for _turn in range(4):
                assert desktop.tasks.settle()
                QCoreApplication.processEvents()

        def enter(name):
            lock = desktop.presence.lock_screen
            settle()
            tile = next(one for one in lock.who.tiles if one.member.name == name)
            qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)
            qtbot.keyClicks(lock.who.pad, PINS[name])
            qtbot.keyClick(lock.who.pad, Qt.Key.Key_Return)
            settle()

        settle()
        return SimpleNamespace(
            desktop=desktop,
            window=desktop.window,
            presence=desktop.presence,
            shop=shop,
            ids=ids,
            settle=settle,
            enter=enter,
        )

    yield opened
    for one in made:
        one.close()
        one.window.deleteLater()


@pytest.fixture
def desk(open_desktop, staffed):
    """A desktop over the shop with staff: it opens locked."""
    return open_desktop(staffed.shop, staffed.ids)
