"""What happens regularly, as the imports page shows it; and files written from a page."""

from __future__ import annotations

import shutil
from datetime import time
from pathlib import Path

import pytest

from shopdesk.due import run_due
from shopdesk.exports import NewSchedule, Timing
from shopdesk.imports import watching
from shopdesk.ui.customers.page import CustomersPage
from shopdesk.ui.exporting import Wanted
from shopdesk.ui.home.today import read_today
from shopdesk.ui.home.todo import todos
from shopdesk.ui.imports.page import ImportsPage
from shopdesk.ui.imports.regular_forms import ScheduleDialog, how_often
from shopdesk.ui.widgets import Button, Row

DATA = Path(__file__).parents[2] / "data" / "carts"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(watching, "SETTLES_SECONDS", 0.01)
    made = tmp_path / "arrivals"
    made.mkdir()
    return made


def test_a_file_that_arrived_is_shown_at_home_and_read_from_the_page(open_page, desk, folder):
    desk.shop.imports.watching.watch(folder)
    shutil.copy(DATA / "shopify-orders.csv", folder / "orders.csv")
    run_due(desk.shop)
    assert [one.detail for one in todos(read_today(desk.shop)) if one.what == {"regular": True}] == ["orders.csv"]
    opened = open_page(ImportsPage, regular=True)
    page = opened.page
    opened.settle()
    assert page.current() is page.regular
    assert len(page.regular.findChildren(Row)) == 2
    assert page.regular.no_folders.isHidden()
    assert not page.regular.no_exports.isHidden()
    next(one for one in page.regular.findChildren(Button) if one.text() == "Look at it").click()
    opened.settle()
    assert page.current() is page.checking
    page.close_run(at_once=True)


def test_the_form_says_what_it_was_given(open_page, desk, folder):
    opened = open_page(ImportsPage, regular=True)
    new = NewSchedule("a", "orders", str(folder), Timing("monthly", time(9, 30), day=31), kind="csv", encoding="cp932")
    kept = desk.shop.exports.schedules.save(new)
    dialog = ScheduleDialog(opened.page, desk.shop, ["regulars"], kept)
    assert dialog.schedule() == new
    assert how_often(new.timing) == "on the last day of each month at 9:30"


def test_a_failed_export_stands_at_home(desk, folder):
    desk.shop.exports.schedules.save(NewSchedule("a", "orders", str(folder), Timing()))
    folder.rmdir()
    desk.shop.exports.schedules.run_now("a")
    assert [one.title for one in todos(read_today(desk.shop)) if one.page == "imports"][-1] == "“a” was not written"


def test_the_shown_customers_are_written_with_a_progress_that_ends(open_page, desk, tmp_path):
    desk.shop.imports.run([DATA / "shopify-customers.csv"])
    opened = open_page(CustomersPage)
    file = tmp_path / "c.csv"
    shown = opened.page.exporter.write(Wanted("c", lambda: [1, 2]), "customers", "cp932", "shopdesk", file)
    opened.settle()
    assert len(file.read_bytes().splitlines()) == 3
    assert shown.verb.isVisible()
    shown.reject()
