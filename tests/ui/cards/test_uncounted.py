"""Visits that could not be counted: home and the card's page lead to them, and each is counted after all or taken off, with a way back."""

from __future__ import annotations

from datetime import timedelta

from shopdesk.scancodes import printed_number
from shopdesk.staff import UNSIGNED
from shopdesk.ui.asking import PersonDialog
from shopdesk.ui.cards.page import CardsPage
from shopdesk.ui.cards.uncounted import UncountedPage
from shopdesk.ui.home.today import read_today
from shopdesk.ui.home.todo import todos
from shopdesk.ui.loyalty.reason import ReasonDialog
from tests.people import person
from tests.ui.cards.test_cards_page import answer, words


def noted(shop, clock):
    with shop.staff.acting(UNSIGNED):
        for visits, yen in ((1, None), (2, 1_200), (1, None)):
            shop.cards.offline.note(printed_number(4_711), visits=visits, yen=yen, till="<b>2</b>")
            clock.move(timedelta(minutes=1))
    shop.cards.offline.replay()


def test_visits_are_counted_after_all_or_taken_off_and_both_are_undone(
    open_page, desk, sqlite_shop, clock, monkeypatch
):
    shop, hana = sqlite_shop, person(sqlite_shop, "見本 花子")
    shop.cards.issue(hana)
    opened = open_page(UncountedPage)
    page = opened.page
    assert page._stack.currentWidget() is page.empty
    noted(shop, clock)
    page.reload()
    opened.settle()
    assert [row.visit.visits for row in page.rows] == [1, 2, 1]
    said = words(page)
    assert "No. 04711 · 2 visits · 1,200 yen" in said
    assert any("nobody signed in" in one and "<b>2</b>" in one for one in said)
    assert any("no card of this shop" in one for one in said)

    monkeypatch.setattr(PersonDialog, "exec", lambda self: self._take(shop.customers.get(hana)) or self.result())
    answer(monkeypatch, ReasonDialog, lambda dialog: dialog.reason.setText("花子さんでした"))
    page.rows[1].count.click()
    opened.settle()
    assert opened.toast().accessibleName() == "Counted; the card has 2 stamps now."
    assert len(page.rows) == 2
    opened.toast().action.click()
    opened.settle()
    assert (shop.cards.card_of(hana).balance, len(page.rows)) == (0, 3)

    page.all.click()
    assert page.settle.text() == "Seen to: 3 visits"
    page.settle.click()
    opened.settle()
    assert page._stack.currentWidget() is page.empty
    opened.toast().action.click()
    opened.settle()
    assert len(page.rows) == 3
    page.rows[0].settle.click()
    opened.settle()
    assert shop.cards.uncounted.count() == 2

    todo = next(one for one in todos(read_today(shop)) if one.page == "uncounted")
    assert todo.title == "2 visits could not be counted"
    cards = open_page(CardsPage).page
    assert cards.uncounted.isVisible()
    cards.uncounted.action.click()
    assert desk.navigator.asked[-1] == ("uncounted", {})
