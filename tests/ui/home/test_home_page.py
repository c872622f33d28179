"""The home page: what a new shop sees first, what there is to do, what LINE says."""

from __future__ import annotations

import os
import socket
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication

from shopdesk.imports import PastImport
from shopdesk.messages import Letter, draft
from shopdesk.rehearsal import Rehearsal, friend_id, running
from shopdesk.secrets import LINE_CHANNEL_ID, LINE_CHANNEL_SECRET
from shopdesk.segments import parse
from shopdesk.ui.home.chart import steps
from shopdesk.ui.home.page import HomePage
from shopdesk.ui.home.todo import todos
from shopdesk.ui.widgets import Button
from tests.people import order, person


@pytest.fixture
def there(clock):
    with running(Rehearsal(3, clock=clock, quota=200)) as found:
        yield found


@pytest.fixture
def sqlite_shop(make_shop, there, monkeypatch):
    monkeypatch.setenv("SHOPDESK_LINE_HOST", there.url)
    keys = {LINE_CHANNEL_ID: there.channel_id, LINE_CHANNEL_SECRET: there.channel_secret}
    return make_shop(secrets=keys)


@pytest.fixture
def hana(sqlite_shop, clock):
    made = person(sqlite_shop)
    order(sqlite_shop, made, clock.now(), 4860)
    order(sqlite_shop, made, clock.now() - timedelta(days=1), 1000)
    return made


def press(page, words):
    next(one for one in page.todo.findChildren(Button) if one.words() == words and one.isVisible()).click()


def test_a_new_shop_is_told_what_to_do_first(open_page, tmp_path):
    opened = open_page(HomePage)
    page = opened.page
    assert page._stack.currentWidget() is page.welcome
    assert page._send.isHidden()
    assert page.banner is None
    page.welcome.drop.dropped.emit([tmp_path / "注文.xlsx"])
    assert page.navigator.asked == [("imports", {"files": [tmp_path / "注文.xlsx"]})]


def test_figures_say_what_and_from_where(open_page, hana):
    opened = open_page(HomePage)
    page = opened.page
    assert page._stack.currentIndex() == 1
    assert page.figures.customers.figure._number.text() == "1"
    assert page.figures.sales.figure._number.text() == "5,860"
    assert page.figures.sales.note.text() == "imported; today 4,860, yesterday 1,000"
    assert page.growth._title.text() == "Sales"
    assert "imported" in page.growth._source.text()


@pytest.mark.parametrize(
    ("files", "named"), [(("注文.xlsx",), "注文.xlsx"), (("注文.xlsx", "商品.xlsx", "c.csv"), "注文.xlsx +2"), ((), "")]
)
def test_an_import_of_several_files_is_named_by_its_first(open_page, hana, sqlite_shop, files, named):
    page = open_page(HomePage).page
    past = PastImport(1, sqlite_shop.clock.now(), "owner", "shopify", files, {"new": 2})
    page.figures.show_today(replace(page.today, imports=(past,)))
    assert page.figures.imported.note.text() == f"today 14:32 · {named}"


def test_friends_grow_once_there_is_something_to_tell(open_page, sqlite_shop, there, clock, hana):
    sqlite_shop.friends.sync()
    clock.move(timedelta(hours=1))
    there.rehearsal.people.meet("U" + "9" * 32)
    sqlite_shop.friends.sync()
    page = open_page(HomePage).page
    assert page.growth._title.text() == "How friends grow"
    assert page.figures.friends.note.text() == "today +1; blocked 0"


def test_line_says_what_is_left_this_month(open_page, hana):
    page = open_page(HomePage).page
    assert page.quota._figure._number.text() == "0"
    assert page.quota._left.text() == "200 left; counted anew from 12/1"
    assert page.quota._from.text() == "From LINE, 14:32"


def test_without_keys_the_page_says_so_quietly(open_page, desk, hana):
    desk.shop.secrets._given.clear()
    page = open_page(HomePage).page
    assert page.quota._numbers.isHidden()
    assert page.banner.prose.text().startswith("LINE is not connected yet.")
    press(page, "Connect")
    assert page.navigator.asked[-1][0] == "settings"


def test_a_line_out_of_reach_is_one_sentence(open_page, sqlite_shop, hana):
    sqlite_shop.line.host = sqlite_shop.line.tokens._host = "http://127.0.0.1:9"
    page = open_page(HomePage).page
    assert page.asked.problem
    assert page.quota._left.text() == page.asked.problem
    assert page.asked.problem in page.banner.prose.text()


def test_a_draft_waits_and_its_button_leads_there(open_page, sqlite_shop, hana):
    sqlite_shop.segments.save("みんな", parse({"all": []}))
    name = "<b>冬</b>のご案内"
    made = sqlite_shop.broadcasts.draft(name=name, segment="みんな", messages=draft([{"type": "text", "text": "x"}]))
    page = open_page(HomePage).page
    assert any(name in one.title for one in _todos(page))
    press(page, "Go on")
    assert page.navigator.asked[-1] == ("broadcasts", {"broadcast": made})


@pytest.fixture
def drafted(sqlite_shop, hana):
    """Make drafts to one person who is on LINE, at a time or at none."""
    sqlite_shop.friends.sync()
    sqlite_shop.friends.link(friend_id(0), hana)
    sqlite_shop.segments.save("みんな", parse({"all": []}))

    def made(at=None):
        return sqlite_shop.broadcasts.draft(draft([{"type": "text", "text": "x"}]), segment="みんな", name="秋", at=at)

    return made


def test_what_is_late_is_asked_and_what_has_its_time_asks_nothing(open_page, sqlite_shop, drafted, clock):
    made = drafted(clock.now() + timedelta(hours=1))
    assert not [one for one in _todos(open_page(HomePage).page) if one.page == "broadcasts"]
    clock.move(timedelta(hours=3))
    page = open_page(HomePage).page
    [one] = [one for one in _todos(page) if one.page == "broadcasts"]
    assert (one.title, "more than an hour" in one.detail) == ("Send “秋” after all?", True)
    press(page, "Decide")
    assert page.navigator.asked[-1] == ("broadcasts", {"broadcast": made})


def test_what_can_still_be_stopped_stands_on_the_page(open_page, sqlite_shop, drafted):
    sqlite_shop.settings.set("cooling_minutes", "5")
    sqlite_shop.broadcasts.start(drafted())
    [one] = [one for one in _todos(open_page(HomePage).page) if one.page == "broadcasts"]
    assert (one.title, one.when) == ("“秋” goes out soon", "14:37")


def test_mails_that_have_not_gone_out_stand_on_the_page(open_page, sqlite_shop, drafted):
    made = drafted()
    sqlite_shop.mailings.write(made, Letter("秋", "秋です。"))
    sqlite_shop.broadcasts.send(made)
    [one] = [one for one in _todos(open_page(HomePage).page) if one.page == "broadcasts"]
    assert one.title == "Send the mails of “秋”"


def test_a_held_home_comes_before_everything(open_page, sqlite_shop, hana):
    sqlite_shop.installation.restored()
    page = open_page(HomePage).page
    assert page.banner.prose.text().startswith("Nothing is sent from this copy.")
    assert _todos(page)[0].verb == "Look"


def test_a_fresh_backup_is_done_and_none_is_to_do(open_page, sqlite_shop, hana):
    opened = open_page(HomePage)
    assert "Back up" in [one.verb for one in _todos(opened.page)]
    file, _rows = sqlite_shop.back_up()
    written = (sqlite_shop.clock.now() - timedelta(hours=2)).timestamp()
    os.utime(file, (written, written))
    opened.page.reload()
    opened.settle()
    last = _todos(opened.page)[-1]
    assert (last.done, last.detail) == (True, "Finished today 12:32")


def test_only_one_row_has_the_filled_button(open_page, hana):
    page = open_page(HomePage).page
    kinds = [one.kind for one in page.todo.findChildren(Button) if one.isVisible()]
    assert kinds.count("primary") == 1
    assert kinds[0] == "primary"


def test_it_reads_again_when_something_changes(open_page, sqlite_shop, hana, qtbot):
    opened = open_page(HomePage)
    sqlite_shop.customers.tag([hana], "常連")
    person(sqlite_shop, "例示 太郎")
    sqlite_shop.customers.tag([hana], "新しい")
    QApplication.processEvents()
    opened.settle()
    assert opened.page.figures.customers.figure._number.text() == "2"


@pytest.mark.parametrize(
    ("lowest", "highest", "lines"),
    [
        (0, 0, [0, 1]),
        (0, 15, [0, 5, 10, 15]),
        (-3, 15, [0, 5, 10, 15]),
        (-6, 4, [-6, -4, -2, 0, 2, 4]),
        (0, 58_000, [0, 20_000, 40_000, 60_000]),
    ],
)
def test_the_grid_has_round_numbers(lowest, highest, lines):
    assert steps(lowest, highest) == lines


def _todos(page):
    return todos(page.today)


def test_what_keeps_messages_from_arriving_stands_in_the_list_with_its_button(
    open_page, sqlite_shop, there, hana, desk, qtbot
):
    """A gateway that cannot run, keys that LINE does not know, few messages left: each an item, and gone when it is mended."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        sqlite_shop.settings.set("gateway_port", str(other.getsockname()[1]))
        sqlite_shop.settings.set("reach", "own")
        opened = open_page(HomePage)
        page = opened.page

        def until(*sections: str) -> None:
            def holds() -> bool:
                page._ask_line()
                opened.settle()
                return [one.what.get("section") for one in pressing(page)] == list(sections)

            qtbot.waitUntil(holds, timeout=20_000)

        until("receiving")
        assert pressing(page)[0].title.startswith("The gateway has stopped")
        assert "Port" in pressing(page)[0].detail
        press(page, "Look")
        assert page.navigator.asked[-1] == ("settings", {"section": "receiving"})
        there.rehearsal.quota.limit = 0
        there.rehearsal.faults.add({"endpoint": "info", "nth": 1, "times": 99, "answer": 401})
        until("line", "shop")
        assert page.banner is None
        there.rehearsal.faults.clear()
        there.rehearsal.quota.limit = 200
        sqlite_shop.settings.set("reach", "")
        until()


def pressing(page):
    """What needs somebody before anything else, as the page shows it."""
    return [one for one in page.todo.shown if one.icon == "triangle-alert"]
