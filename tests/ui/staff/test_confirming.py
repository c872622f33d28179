"""Somebody else's word, asked for in one place whatever the page: given, wrong, not given, not to be had."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from shopdesk.ui.staff.confirming import ConfirmDialog
from shopdesk.ui.tasks import Lane
from tests.people import person
from tests.ui.staff.conftest import PINS


def asked(desk):
    return [one for one in desk.window.findChildren(ConfirmDialog) if one.isVisible()]


def give(qtbot, dialog, name, pin):
    dialog.who.choose(next(one.member.id for one in dialog.who.tiles if one.member.name == name))
    qtbot.keyClicks(dialog.who.pad, pin)
    qtbot.keyClick(dialog.who.pad, Qt.Key.Key_Return)


@pytest.fixture
def forgetting(desk):
    """A manager erases somebody from a page; what came of it."""
    desk.enter("みか")
    customer = person(desk.shop, "見本 花子")
    done, failed = [], []
    work = lambda: desk.shop.customers.forget(customer)  # noqa: E731
    desk.desktop.tasks.run(
        desk.window.page(), work, lambda _none: done.append(customer), failed=failed.append, lane=Lane.WRITE
    )
    desk.settle()
    return done, failed


def test_an_owner_says_yes(qtbot, desk, forgetting):
    done, failed = forgetting
    [dialog] = asked(desk)
    assert [one.member.name for one in dialog.who.tiles] == ["さくら"], "a manager's word is not enough"
    give(qtbot, dialog, "さくら", "1111")
    desk.settle()
    assert asked(desk) == [dialog]
    assert "not the PIN" in dialog.who.pad.sentence.text()
    assert (done, failed) == ([], [])
    give(qtbot, dialog, "さくら", PINS["さくら"])
    desk.settle()
    assert (len(done), failed) == (1, [])
    assert asked(desk) == []
    acts = [(one.actor, one.action, one.ids) for one in desk.shop.staff.entries(10)]
    assert ("みか", "confirm", str(desk.ids["さくら"])) in acts
    assert ("みか", "forget", str(done[0])) in acts


def test_who_goes_back_has_changed_nothing(qtbot, desk, forgetting):
    done, failed = forgetting
    [dialog] = asked(desk)
    qtbot.keyClick(dialog.who.pad, Qt.Key.Key_Escape)
    desk.settle()
    assert done == []
    assert [one.code for one in failed] == ["needs_owner"]


def test_a_second_person_confirms_and_where_there_is_none_it_is_said(qtbot, desk):
    desk.enter("さくら")
    done, failed = [], []

    def work():
        desk.shop.staff.require_second()
        return desk.shop.staff.actor.name

    def go():
        desk.desktop.tasks.run(desk.window, work, done.append, failed=failed.append, lane=Lane.NETWORK)
        desk.settle()

    go()
    [dialog] = asked(desk)
    assert [one.member.name for one in dialog.who.tiles] == ["みか"]
    give(qtbot, dialog, "みか", PINS["みか"])
    desk.settle()
    assert (done, failed) == (["さくら"], [])
    desk.shop.staff.members.remove(desk.ids["みか"])
    desk.settle()
    go()
    assert asked(desk) == []
    assert [one.code for one in failed] == ["needs_second"]
