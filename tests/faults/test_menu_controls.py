"""Each guard of the rich menus has a control: taken out, the same case goes red; and the table leaves no write and no call out."""

from __future__ import annotations

import pytest

from shopdesk.menus import copies
from shopdesk.menus.copies import Wanted
from tests.faults.menus.deaths import POINTS, Death, counted, die_and_settle
from tests.faults.sending.stage import Stage

# Of the calls to LINE: the first makes a menu, the tenth gives it to people.
MAKES, GIVES = 1, 10


@pytest.fixture(scope="module")
def stage():
    found = Stage()
    yield found
    found.close()


def test_the_table_has_every_write_and_every_call(stage, tmp_path):
    assert counted(stage, tmp_path) == dict(POINTS)


def test_m1_without_marks_a_menu_whose_making_was_cut_off_stays(stage, tmp_path, monkeypatch):
    monkeypatch.setattr(copies, "mark_in", lambda _name, _key: "")
    with pytest.raises(AssertionError, match="on LINE"):
        die_and_settle(stage, tmp_path, Death("menus: call", "after", MAKES))


def test_m1_whoever_is_not_noted_before_keeps_the_menu(stage, tmp_path, monkeypatch):
    monkeypatch.setattr(stage.processes, "without", ["gives first"])
    with pytest.raises(AssertionError, match="seen"):
        die_and_settle(stage, tmp_path, Death("menus: call", "after", GIVES))


def test_m1_what_is_deleted_before_its_successor_is_there_leaves_people_without(stage, tmp_path, monkeypatch):
    monkeypatch.setattr(Wanted, "current", lambda _wanted, _menu: [])
    with pytest.raises(AssertionError):
        die_and_settle(stage, tmp_path, Death("menus: write", "after", 1))
