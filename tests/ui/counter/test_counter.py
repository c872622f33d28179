"""The counter, driven by a scanner and a few keys: whatever is pressed twice is done once, and each answer looks different."""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from shopdesk import scancodes
from shopdesk.cards import CardRefusedError, Reward
from shopdesk.coupons import Offer
from shopdesk.customers import NewCustomer
from shopdesk.errors import ShopDeskError
from shopdesk.paths import resources
from shopdesk.ui.counter import outcomes
from shopdesk.ui.counter.keys import KeyButton
from shopdesk.ui.counter.offers import title
from shopdesk.ui.counter.refusals import _KNOWN, _sound
from shopdesk.ui.counter.setup import TILL, till_name
from shopdesk.ui.days import clock_time
from shopdesk.ui.directions import FSI, seen
from shopdesk.ui.icons import Icon
from shopdesk.ui.loyalty.paper_dialog import PaperDialog
from shopdesk.ui.loyalty.words import last_day
from shopdesk.ui.screen import Screen
from shopdesk.ui.widgets import Button, Keypad, Label, Prose, Row
from tests.people import person
from tests.ui.counter.test_scanner import FULL_WIDTH


def earned(counter, card):
    return [one for one in counter.shop.cards.history(card.customer_id) if one.kind == "earn"]


def test_a_phone_is_scanned_enter_counts_the_visit_and_the_next_one_comes(counter):
    hana = counter.shop.cards.walk_in("Hana").card
    counter.scan(counter.shop.cards.passing_code(hana.id).digits)
    assert counter.screen is counter.screens.person
    counter.type("1840")
    counter.press("enter")
    assert (counter.mood, counter.said) == ("success", "1 stamp added")
    assert [(one.points, one.yen, one.till, one.proof) for one in earned(counter, hana)] == [
        (1, 1840, "Till 1", "passing")
    ]
    counter.press("enter")
    assert counter.screen is counter.screens.waiting


def test_what_is_repeated_is_done_once(counter):
    """C2: the scanner repeats, Enter comes twice, the mouse clicks twice."""
    hana = counter.shop.cards.walk_in("Hana")
    for _time in range(5):
        counter.keys.scan(hana.code.digits)
    counter.settle()
    assert counter.screen is counter.screens.person
    for _time in range(3):
        counter.keys.press("enter", 60)
    counter.settle()
    assert len(earned(counter, hana.card)) == 1
    counter.keys.scan(hana.code.digits)  # the scanner still repeats itself: nobody is shown anew
    counter.settle()
    assert counter.screen is counter.screens.result
    counter.press("enter")
    counter.later()
    counter.scan(hana.code.digits)
    for _click in range(2):
        QTest.mouseClick(counter.screens.person.main, Qt.MouseButton.LeftButton)
    counter.settle()
    assert len(earned(counter, hana.card)) == 2


def test_the_panel_stands_until_it_could_be_read(counter, monkeypatch):
    monkeypatch.setattr("shopdesk.ui.counter.result.SETTLES_MS", 60_000)
    hana = counter.shop.cards.walk_in("Hana")
    counter.scan(hana.code.digits)
    counter.press("enter")
    counter.press("enter")
    counter.press("esc")
    assert counter.mood == "success"


def test_an_answer_that_was_lost_is_asked_for_again_under_the_same_nonce(counter, clock):
    """C3: the same thing asked again is answered again; with another amount it is refused, and says that it was done."""
    hana = counter.shop.cards.walk_in("Hana").card
    till = counter.window.serving.till
    shown = till.look(counter.shop.cards.passing_code(hana.id).digits)
    first = till.count(shown, 500)
    clock.move(timedelta(minutes=2))  # the passing code has run out meanwhile: it is not asked with anything else
    assert till.count(shown, 500) == replace(first, repeated=True)
    assert outcomes.counted(till.count(shown, 500), shown.rules, []).mood == "before"
    with pytest.raises(ShopDeskError, match="made before"):
        till.count(shown, 600)
    assert len(earned(counter, hana)) == 1


def test_an_old_code_still_earns_as_the_card_s_number(counter, clock):
    hana = counter.shop.cards.walk_in("Hana").card
    counter.scan(counter.shop.cards.passing_code(hana.id).digits)
    clock.move(timedelta(minutes=3))  # a long talk at the counter
    counter.press("enter")
    assert counter.mood == "success"
    assert [one.proof for one in earned(counter, hana)] == ["static"]


def test_a_coupon_needs_the_phone_and_is_used_as_soon_as_it_is_scanned(counter):
    shop, hana = counter.shop, counter.shop.cards.walk_in("Hana")
    gift = shop.coupons.publish(shop.coupons.create(Offer("Tea", "gift")).id)
    shop.coupons.issue(gift.id, [hana.card.customer_id])
    counter.scan(hana.code.digits)  # a printed card
    counter.press("F2")
    assert (counter.mood, counter.said) == ("ask", "Scan the code on the phone")
    assert shop.coupons.report(gift.id).redeemed == 0
    counter.scan(shop.cards.passing_code(hana.card.id).digits)
    assert (counter.mood, counter.said) == ("success", "The coupon is used")
    counter.press("enter")  # on to the visit
    counter.press("enter")
    assert (shop.coupons.report(gift.id).redeemed, len(earned(counter, hana.card))) == (1, 1)
    own = shop.coupons.issue(gift.id, [shop.cards.walk_in("Ken").card.customer_id]).tokens[0].code
    counter.scan(own)  # a coupon's own code is proof enough
    counter.press("enter")
    assert counter.said == "The coupon is used"


def test_a_coupons_own_code_shows_whose_it_is_also_without_a_card_and_on_a_small_screen(counter):
    shop, aoi = counter.shop, person(counter.shop, "仮浜 あおい")
    gift = shop.coupons.publish(shop.coupons.create(Offer("A slice of today's cake, with coffee or tea", "gift")).id)
    counter.window.setMinimumSize(1, 1)  # over the whole of a small screen a window gets no more than that
    counter.window.resize(800, 700)
    counter.scan(shop.coupons.issue(gift.id, [aoi]).tokens[0].code)
    screen = counter.screens.person
    who, row = screen._who, screen.offers._rows.itemAt(0).widget()
    assert (who._name.text(), who._visits.text()) == ("仮浜 あおい", "No shop card yet")
    assert who._name.toolTip() == "", "the whole name is read"
    name = next(one for one in row.findChildren(Prose) if one.text().startswith("A slice"))
    assert name.height() == name.heightForWidth(name.width()), "the whole coupon is read"
    assert name.width() > 0.7 * row.width()
    counter.press("enter")
    counter.press("enter")
    assert [one.name for one in counter.window.serving.till.recent()] == ["仮浜 あおい"]
    assert counter.screen is counter.screens.waiting
    assert counter.screen.minimumSizeHint().width() <= 800


def test_beside_an_answer_stands_what_else_there_is_each_once_with_its_value_once(counter):
    shop, hana = counter.shop, counter.shop.cards.walk_in("Hana")
    coffee = Offer("Coffee", "free_item", per_person=None)
    offers = (coffee, coffee, Offer("100円引き", "yen_off", 100), Offer("Sale", "percent_off", 5), Offer("Tea", "gift"))
    for one in offers:
        shop.coupons.issue(shop.coupons.publish(shop.coupons.create(one).id).id, [hana.card.customer_id])
    counter.scan(hana.code.digits)
    offered = [title(one.coupon) for one in counter.screens.person.offers._held]
    counter.press(f"F{2 + offered.index('Tea')}")
    assert counter.mood == "ask"
    beside = counter.screens.result._beside
    rows = [beside._others.itemAt(at).widget() for at in range(beside._others.count())]
    named = {row.findChild(Label).text(): row.findChild(Icon)._name for row in rows}
    assert named == {"Coffee ×2": "coffee", "100円引き": "ticket", "Sale・5% off": "percent"}


def test_a_phone_of_somebody_else_hands_nothing_over(counter):
    shop, hana, ken = counter.shop, counter.shop.cards.walk_in("Hana"), counter.shop.cards.walk_in("Ken")
    gift = shop.coupons.publish(shop.coupons.create(Offer("Tea", "gift")).id)
    shop.coupons.issue(gift.id, [hana.card.customer_id])
    counter.scan(hana.code.digits)
    counter.press("F2")
    counter.scan(shop.cards.passing_code(ken.card.id).digits)
    assert counter.screen is counter.screens.person
    assert shop.coupons.report(gift.id).redeemed == 0
    ticket = shop.coupons.held_by(hana.card.customer_id)[0].ticket_id
    for code, refused in (
        (hana.code.digits, "needs_passing_code"),
        (str(hana.card.id), "needs_passing_code"),
        (shop.cards.passing_code(ken.card.id).digits, "not_ours"),
    ):
        with pytest.raises(CardRefusedError) as caught:
            shop.cards.hand_over(code, ticket, till="Till 1")
        assert caught.value.code == refused


def refusals(counter, clock):
    """Each way to be refused: how to come there, and the sentence that stands there then."""
    shop, hana = counter.shop, counter.shop.cards.walk_in("Hana")
    shop.cards.design.publish(replace(shop.cards.design.rules(), once_a_day=True))
    gift = shop.coupons.publish(shop.coupons.create(Offer("Tea", "gift")).id)
    used = shop.coupons.issue(gift.id, [shop.cards.walk_in("Ken").card.customer_id]).tokens[0].code
    shop.coupons.redeem(used, till="Till 2")
    ended = shop.coupons.create(Offer("Ice", "gift", ends=clock.now() + timedelta(minutes=1)))
    late = shop.coupons.issue(shop.coupons.publish(ended.id).id, [hana.card.customer_id]).tokens[0].code
    old = shop.cards.passing_code(hana.card.id).digits
    lost = shop.cards.walk_in("Mio")
    shop.cards.replace(lost.card.id)
    shop.cards.scan(hana.code.digits, till="Till 2")
    clock.move(timedelta(minutes=5))
    return {
        "Already counted today": [hana.code.digits, "enter"],
        "This coupon is used": [used],
        "This coupon has expired": [late],
        "This code has run out": [old],
        "This card was replaced": [lost.code.digits],
        "Not of this shop": [scancodes.new("card").digits],
    }


def test_each_refusal_has_its_own_sentence_icon_and_sound(counter, clock):
    seen = {}
    for sentence, steps in refusals(counter, clock).items():
        counter.later()
        counter.window.serving.next_customer()
        counter.scan(steps[0])
        for key in steps[1:]:
            counter.press(key)
        assert counter.said == sentence
        seen[sentence] = (counter.mood, counter.screens.result.outcome.icon, counter.window.sounds.last)
    assert seen == {
        "Already counted today": ("before", "stamp", "before"),
        "This coupon is used": ("before", "circle-slash", "used"),
        "This coupon has expired": ("late", "calendar", "late"),
        "This code has run out": ("late", "clock", "late"),
        "This card was replaced": ("wrong", "credit-card", "wrong"),
        "Not of this shop": ("wrong", "circle-alert", "wrong"),
    }


def test_the_second_till_is_told_where_and_when(counter, clock):
    scan = refusals(counter, clock)["This coupon is used"][0]
    counter.scan(scan.translate(FULL_WIDTH))
    outcome = counter.screens.result.outcome
    assert (outcome.detail, outcome.below) == ("Used today 14:32 at Till 2", "Tea")
    panel = counter.screens.result._panel
    assert [run.text for run in panel._detail._runs if run.bold] == ["14:32", "Till 2"]
    clock.move(timedelta(days=1))
    counter.later()
    counter.scan(scan)
    assert counter.screens.result.outcome.detail == "Used 2026/11/22 14:32 at Till 2"


def test_what_is_no_code_of_ours_is_said_to_be_none(counter):
    for scanned in ("https://example.com/card/1", "4901234567894", "x" * 4_096, "1" * 42):
        counter.scan(scanned)
        assert (counter.mood, counter.said) == ("wrong", "Not of this shop")
        counter.press("enter")


def test_people_are_found_by_number_and_by_the_end_of_a_phone_number(counter):
    shop = counter.shop
    mine = shop.customers.add(NewCustomer(name="Sato", phone="090-1234-5678"))
    other = shop.customers.add(NewCustomer(name="Ito", phone="080-9999-5678"))
    cards = [shop.cards.issue(one.id).card for one in (mine, other)]
    counter.type("5678")
    counter.press("enter")
    assert counter.screen is counter.screens.choosing
    counter.keys.press("2")
    counter.window._scanner._let_go()
    counter.settle()
    assert counter.screen is counter.screens.person
    counter.press("enter")
    assert sorted(counter.balance(one.id) for one in cards) == [0, 1]
    counter.press("enter")
    counter.type(str(cards[0].id))
    counter.press("enter")
    assert counter.screen is counter.screens.person
    counter.press("esc")
    assert counter.screen is counter.screens.waiting


def test_a_scanner_that_is_too_slow_still_finds_and_is_never_an_amount(counter):
    hana = counter.shop.cards.walk_in("Hana")
    counter.type(hana.code.digits)
    counter.press("enter")
    assert counter.screen is counter.screens.person
    counter.type(hana.code.digits)
    counter.press("enter")
    assert counter.screen is counter.screens.person
    assert earned(counter, hana.card) == []
    counter.press("backspace")
    counter.press("enter")
    assert [one.yen for one in earned(counter, hana.card)] == [None]


def test_a_slip_is_taken_back_with_a_reason_for_ten_minutes(counter, clock):
    hana = counter.shop.cards.walk_in("Hana")
    counter.scan(hana.code.digits)
    counter.press("enter")
    counter.press("F8")
    assert counter.screen is counter.screens.undoing
    counter.keys.press("1")
    counter.window._scanner._let_go()
    counter.settle()
    assert counter.said == "It is taken back"
    assert counter.balance(hana.card.id) == 0
    assert counter.shop.cards.history(hana.card.customer_id)[0].reason == "Counted by mistake"
    counter.press("enter")
    (done,) = counter.window.serving.till.recent()
    assert (done.name, done.undone) == ("Hana", True)
    counter.later()
    counter.scan(hana.code.digits)
    counter.press("enter")
    clock.move(timedelta(minutes=11))
    counter.press("F8")
    counter.screens.undoing.own.setFocus()
    counter.screens.undoing.own.setText("They left")
    counter.press("enter")
    assert counter.said == "Too late to take back"
    assert counter.balance(hana.card.id) == 1


def test_a_forgotten_amount_is_asked_for_and_a_wrong_one_put_right(counter, clock):
    shop, hana = counter.shop, counter.shop.cards.walk_in("Hana")
    rules = replace(shop.cards.design.rules(), per_visit=0, per_yen=100, goal=100, rewards=(), once_a_day=True)
    shop.cards.design.publish(rules)
    person = counter.screens.person
    counter.scan(hana.code.digits)
    counter.press("enter")  # nothing but the amount brings points
    assert (counter.screen, earned(counter, hana.card)) == (person, [])
    assert "Type the amount" in person._said.text()
    counter.type("50")
    counter.press("enter")
    assert (counter.mood, counter.said) == ("late", "Counted, with nothing added")
    counter.press("esc")
    counter.type("3000")
    counter.press("enter")
    assert (counter.mood, counter.said, counter.balance(hana.card.id)) == ("success", "30 points added", 30)
    counter.press("enter")
    counter.later()
    counter.scan(hana.code.digits)  # the same day, and still it can be put right
    assert person.main.words == "Count it anew"
    counter.press("enter")
    assert "Type the amount" in person._said.text()
    counter.type("1000")
    counter.press("enter")
    assert (counter.said, counter.balance(hana.card.id)) == ("10 points added", 10)
    assert [(one.yen, one.reversed) for one in earned(counter, hana.card)] == [(1000, False), (3000, True), (50, True)]
    assert shop.cards.history(hana.card.customer_id)[1].reason == "Wrong amount"
    counter.press("enter")
    clock.move(timedelta(minutes=11))
    counter.later()
    counter.scan(hana.code.digits)  # nobody takes it back now; what is so is seen before a key is pressed
    assert (person.main.words, person.main._look) == ("Counted today", "before")
    counter.type("5000")
    counter.press("enter")
    assert (counter.said, counter.balance(hana.card.id)) == ("Already counted today", 10)


def test_a_visit_without_amounts_is_counted_once_however_the_person_is_come_back_to(counter):
    hana = counter.shop.cards.walk_in("Hana")
    counter.scan(hana.code.digits)
    for yen in ("", "500"):
        counter.type(yen)
        counter.press("enter")
        counter.press("esc")
        assert counter.screens.person.main.words == "Counted today"
    assert len(earned(counter, hana.card)) == 1


def test_zeros_too_many_are_asked_about_and_what_they_bring_is_named_once(counter):
    shop, hana = counter.shop, counter.shop.cards.walk_in("Hana")
    coffee = shop.cards.design.rules().rewards[0].coupon_id
    rules = replace(shop.cards.design.rules(), per_yen=100, goal=10, rewards=(Reward(points=10, coupon_id=coffee),))
    shop.cards.design.publish(rules)
    counter.scan(hana.code.digits)
    counter.type("150000")
    counter.press("enter")
    assert (counter.screen, earned(counter, hana.card)) == (counter.screens.person, [])
    assert "150,000 yen" in counter.screens.person._said.text()
    counter.press("backspace")  # another amount is another question
    counter.type("0")
    counter.press("enter")
    assert earned(counter, hana.card) == []
    counter.press("enter")
    assert counter.said == "1,501 points added"
    assert counter.screens.result.outcome.advice == "Now there: Coffee ×20"
    counter.press("esc")
    rows = counter.screens.person.offers.findChildren(Row)
    assert [row.findChild(Prose).text() for row in rows] == ["Coffee ×20"]


def test_a_least_purchase_is_asked_for_before_the_phone_and_the_customer_stays(counter):
    shop, hana = counter.shop, counter.shop.cards.walk_in("Hana")
    tea = shop.coupons.publish(shop.coupons.create(Offer("Tea", "gift", minimum_yen=1_000)).id)
    shop.coupons.issue(tea.id, [hana.card.customer_id])
    counter.scan(shop.cards.passing_code(hana.card.id).digits)
    for yen in ("", "999"):
        counter.type(yen)
        counter.press("F2")
        assert counter.screen is counter.screens.person
        assert "from 1,000 yen" in counter.screens.person._said.text()
    counter.press("backspace")
    counter.type("99")
    shop.coupons.close(tea.id)
    counter.press("F2")
    assert counter.said == "This coupon has ended"
    counter.press("enter")
    assert (counter.screen, counter.screens.person.amount.value) == (counter.screens.person, 9_999)


def test_a_number_that_nobody_has_is_there_to_be_mended(counter):
    hana = counter.shop.cards.walk_in("Hana").card
    counter.type(f"{hana.id}9999")
    counter.press("enter")
    assert (counter.mood, counter.said) == ("wrong", f"{hana.id}9999 was not found")
    counter.press("enter")
    assert (counter.screen, counter.screens.waiting.number.digits) == (counter.screens.waiting, f"{hana.id}9999")
    for _digit in range(4):
        counter.press("backspace")
    counter.press("enter")
    assert counter.screen is counter.screens.person


def test_taking_back_a_visit_whose_reward_was_handed_over_says_so_and_tells_the_owner(counter, clock):
    shop, hana = counter.shop, counter.shop.cards.walk_in("Hana")
    rules = shop.cards.design.rules()
    cake = Reward(points=2, coupon_id=rules.rewards[0].coupon_id)
    shop.cards.design.publish(replace(rules, goal=2, rewards=(cake,)))
    shop.cards.scan(hana.code.digits, till="Till 1")
    counter.scan(shop.cards.passing_code(hana.card.id).digits)
    counter.press("enter")
    counter.press("esc")
    counter.press("F2")
    assert counter.said == "The coupon is used"
    counter.press("enter")
    done = next(one for one in counter.window.serving.till.recent() if one.kind == "visit")
    counter.screens.waiting.recent.undo.emit(done)
    counter.keys.press("1")
    counter.window._scanner._let_go()
    counter.settle()
    assert (counter.mood, counter.said) == ("before", "The visit is taken back")
    assert counter.screens.result.outcome.detail == "Its reward was handed over and stays."
    (kept,) = [one for one in shop.cards.suspicions(clock.now() - timedelta(days=1)) if one.kind == "kept"]
    assert (kept.card_id, kept.till, kept.count) == (hana.card.id, "Till 1", 1)


def test_a_walk_in_gets_a_card_on_the_spot_and_the_visit_is_counted(counter):
    counter.shop.settings.set("line_basic_id", "@mihon")
    counter.press("F3")
    counter.screens.walk_in.name.setText("Midori")
    counter.press("enter")
    assert counter.screen is counter.screens.walk_in
    assert counter.screens.walk_in._codes.count() == 2
    asked = []

    def look():
        dialog = QApplication.activeModalWidget()
        asked.append(type(dialog))
        dialog.reject()

    QTimer.singleShot(200, look)
    counter.press("F2")  # prints it, as the cards' own page does
    counter.bot.waitUntil(lambda: asked == [PaperDialog], timeout=5_000)
    counter.press("enter")
    assert counter.screen is counter.screens.person
    counter.press("enter")
    assert counter.mood == "success"
    (row,) = counter.shop.cards.sheet()
    assert (row.name, row.balance) == ("Midori", 1)


def test_a_hostile_name_is_plain_text_and_turns_no_words_around_it(counter):
    hana = counter.shop.cards.walk_in("<b>x</b>\u202e花")
    counter.scan(hana.code.digits)
    counter.press("enter")
    counter.press("enter")
    shown = [one.text() for one in counter.window.findChildren(Label) if "<b>x</b>" in one.text()]
    assert shown
    assert all(FSI in one or "\u202e" not in one for one in shown)


def test_the_reward_that_a_visit_brings_is_named(counter):
    hana = counter.shop.cards.walk_in("Hana")
    for _visit in range(4):
        counter.shop.cards.scan(hana.code.digits, till="Till 1")
    counter.scan(hana.code.digits)
    counter.press("enter")
    assert counter.screens.result.outcome.advice == "Now there: Coffee"


def test_who_waits_is_told_and_gets_the_service_s_own_answer(counter):
    """An import holds the database: after 0.3 s that is said; the visit is counted as soon as it lets go."""
    hana = counter.shop.cards.walk_in("Hana")
    counter.scan(hana.code.digits)
    with counter.shop.database.write():
        counter.keys.press("enter")
        counter.bot.waitUntil(counter.window._wait.isVisible, timeout=3_000)
        assert counter.screen is counter.screens.person
    counter.settle()
    assert not counter.window._wait.isVisible()
    assert counter.mood == "success"
    assert len(earned(counter, hana.card)) == 1


def test_last_days_are_those_of_the_card_s_page(counter, clock):
    shop = counter.shop
    rules = replace(shop.cards.design.rules(), expiry="visit", goal=1)
    shop.cards.design.publish(replace(rules, rewards=(replace(rules.rewards[0], points=1),)))
    hana = shop.cards.walk_in("Hana")
    shop.cards.scan(hana.code.digits, till="Till 2")
    shop.cards.adjust(hana.card.id, 1, "for the demo")
    (held,) = shop.coupons.held_by(hana.card.customer_id)
    lasts = shop.cards.get(hana.card.id).expires_at
    counter.scan(hana.code.digits)
    shown = " ".join(one.text() for one in counter.screens.person.findChildren(Prose))
    assert f"stamps until {last_day(lasts)}" in shown
    assert last_day(lasts) == "2027/11/22"
    assert f"until {last_day(held.until)}" in shown
    assert last_day(held.until) == "2027/01/21"
    clock.move(timedelta(days=60, hours=9, minutes=33))
    assert clock_time(clock.now()) == "00:05"
    clock.move(-timedelta(hours=9, minutes=33))
    counter.later()
    counter.scan(hana.code.digits)
    assert "until 2027/01/21 23:59" in " ".join(one.text() for one in counter.screens.person.findChildren(Prose))


def test_every_sound_is_there_and_made_as_it_lies_there(tmp_path):
    spec = importlib.util.spec_from_file_location("make", resources() / "sounds" / "make.py")
    make = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make)
    make.main(tmp_path)
    made = {file.name: file.read_bytes() for file in tmp_path.glob("*.wav")}
    assert made == {file.name: file.read_bytes() for file in (resources() / "sounds").glob("*.wav")}
    moods = {_sound(known, code) for code, known in _KNOWN.items()} | {"read", "success"}
    assert moods == set(make.SOUNDS)


def test_a_till_is_called_like_its_computer_until_somebody_names_it(sqlite_shop, monkeypatch):
    names = []
    for computer in ("KASSE-7.local", "other"):
        monkeypatch.setattr("socket.gethostname", lambda computer=computer: computer)
        names.append(till_name(Screen(sqlite_shop.home)))
    assert names == ["KASSE-7"] * 2
    Screen(sqlite_shop.home).keep(TILL, "Till 2")
    assert till_name(Screen(sqlite_shop.home)) == "Till 2"


def test_a_long_name_gives_way_and_the_keys_of_the_pad_stand_in_columns(counter):
    long = counter.shop.cards.walk_in("Bartholomew Featherstonehaugh-Cholmondeley")
    counter.shop.cards.scan(long.code.digits, till="Till 1")
    counter.window.serving.next_customer()
    counter.settle()
    row = counter.screens.waiting.recent.findChildren(Row)[0]
    cut = {one.text() for one in row.findChildren(Label) if one.sizeHint().width() > one.width()}
    assert cut == {seen("Bartholomew Featherstonehaugh-Cholmondeley")}
    assert {"-san", "Visit +1"} <= {one.text() for one in row.findChildren(Label)}
    pad = counter.screens.waiting.findChild(Keypad)
    assert len({one.width() for one in pad.findChildren(Button)}) <= 2  # but for a pixel that does not divide by three
    assert len({one.x() for one in pad.findChildren(Button)}) == 3
    counter.press("esc")  # a key too many leaves nothing
    assert (counter.screen, counter.window.isVisible()) == (counter.screens.waiting, True)


def test_no_key_button_is_lower_than_a_finger_needs(counter):
    hana = counter.shop.cards.walk_in("Hana")
    counter.scan(hana.code.digits)
    low = [one.words for one in counter.window.findChildren(KeyButton) if one.height() < 56]
    assert low == []


@pytest.mark.parametrize("scale", ["standard", "largest"])
def test_every_screen_fits_a_till_pc(counter, appearance, scale):
    appearance.apply(scale=scale)
    hana = counter.shop.cards.walk_in("Hana")
    counter.scan(hana.code.digits)
    least = counter.window.minimumSizeHint()
    assert (least.width() <= 1366, least.height() <= 768) == (True, True), least


def test_the_shops_own_stamp_is_drawn_at_the_counter(counter, tmp_path):
    shop, file = counter.shop, tmp_path / "stamp.png"
    picture = QImage(64, 64, QImage.Format.Format_RGB32)
    picture.fill(QColor("#00c853"))
    assert picture.save(str(file))
    name = shop.cards.design.keep_picture(file.read_bytes())
    shop.cards.design.publish(replace(shop.cards.design.rules(), stamp="picture", picture=name, welcome=1))
    made = shop.cards.walk_in("花子")
    counter.scan(made.code.digits)
    stamps = counter.screens.person._who.stamps
    drawn = stamps.grab().toImage()
    side = stamps._side(stamps.width())
    at = QPoint(round(side / 2 * drawn.devicePixelRatio()), round(side / 2 * drawn.devicePixelRatio()))
    shown = drawn.pixelColor(at)
    assert (shown.red() // 8, shown.green() // 8, shown.blue() // 8) == (0, 0xC8 // 8, 0x53 // 8)


def test_a_blank_card_is_somebodys_from_its_first_scan_on_and_earns_at_once(counter):
    (blank,) = counter.shop.cards.blanks.make(1)
    counter.scan(blank.digits)
    assert counter.screen is counter.screens.walk_in
    assert "nobody's yet" in counter.screens.walk_in._asks.text()
    counter.type("Hana")
    counter.press("enter")
    assert counter.screen is counter.screens.person
    counter.press("enter")
    assert counter.said == "1 stamp added"
    (card,) = counter.shop.cards.find(blank.digits)
    assert (card.name, card.balance) == ("Hana", 1)
    counter.later()
    counter.press("enter")
    counter.press("F3")  # a new card asks for a name as before
    assert counter.screens.walk_in._asks.text() == "A first card"
