"""The page of the shop card as its owner uses it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QFileDialog

from shopdesk import i18n
from shopdesk.cards import CardRefusedError, Rank, Reward, Rules
from shopdesk.coupons import Offer
from shopdesk.ui.cards import acts as acts_of
from shopdesk.ui.cards.page import LASTING, LOOK, PEOPLE, CardsPage
from shopdesk.ui.cards.rewards import RewardDialog
from shopdesk.ui.customers.page import CustomersPage
from shopdesk.ui.loyalty import giving, paperwork
from shopdesk.ui.loyalty.paper_dialog import PaperDialog
from shopdesk.ui.loyalty.papers import PAPERS
from shopdesk.ui.loyalty.reason import ReasonDialog
from shopdesk.ui.widgets import Label, Prose
from tests.people import person

HOSTILE = "<img src=file:///x><b>花子</b>&amp;"


@pytest.fixture
def shop(sqlite_shop):
    """A card with a sweet on the way and 500 yen for ten."""
    coupons = sqlite_shop.coupons
    sweet = coupons.publish(coupons.create(Offer("焼き菓子 1 つ", "free_item", per_person=None)).id).id
    off = coupons.publish(coupons.create(Offer("500 円引きクーポン", "yen_off", 500, per_person=None)).id).id
    rewards = (Reward(points=5, coupon_id=sweet, days=30), Reward(points=10, coupon_id=off, worth_yen=500))
    sqlite_shop.cards.design.publish(Rules(rewards=rewards, welcome=1))
    return sqlite_shop


@pytest.fixture
def hana(shop):
    made = shop.cards.issue(person(shop, HOSTILE, "ミホン ハナコ", phone="+819000000218"))
    shop.cards.issue(person(shop, "例示 太郎"))
    for n in range(4):
        shop.cards.scan(made.code.digits, till="レジ 1", nonce=None, yen=1000 * n or None)
    return made


def answer(monkeypatch, dialog, does, accepted=True):
    """Fill in the next dialog of a kind as a person would, and close it."""

    def run(self):
        does(self)
        if accepted:
            self.accept()
        return self.result()

    monkeypatch.setattr(dialog, "exec", run)


def press(page, entry):
    """Choose what is printed."""
    page.print.click()
    page.menu.actions()[entry].trigger()
    page.menu.close()


def words(widget):
    return [one.text() for kind in (Label, Prose) for one in widget.findChildren(kind) if one.text()]


def test_a_new_shop_designs_its_card_and_publishes_it(open_page, sqlite_shop, monkeypatch):
    opened = open_page(CardsPage)
    page, draft = opened.page, opened.page.draft
    assert page.state.mark.words == "Not published yet"
    assert page.publish.isEnabled()
    page.look.stamps.buttons[2].click()
    page.look.colours.buttons[1].click()
    page.look.fields._parts[1].click()
    page.earning.per_yen.field.setText("５００")
    page.earning.per_yen.field.textEdited.emit("５００")
    page.earning.once.switch.click()
    page.lasting.ways["visit"].click()
    page.lasting.notice.switch.click()
    page.earning.ranks.add.click()
    assert draft.rules == Rules(
        stamp="cup",
        colour="blue",
        goal=15,
        per_yen=500,
        once_a_day=True,
        expiry="visit",
        notice=True,
        ranks=(Rank(name="Silver", least=20, percent=150),),
    )
    assert page.side.rules.text() == (
        "One visit gives 1 stamp. Each 500 yen give 1 stamp. Once on the same day. Silver earns 150%. "
        "Stamps are gone 1 year after the last visit. It is told 30 days before."
    )
    i18n.set_language("ja")
    page.side.show_draft()
    assert page.side.rules.text().startswith("ご来店 1 回で 1 個。お買い上げ 500 円ごとに 1 個。同じ日は 1 回まで。")
    i18n.set_language("en")

    def write(dialog):
        assert dialog.points.value() == 15  # the full card first
        dialog.points.setText("40")
        dialog.accept()
        dialog.coupon.name.setText("コーヒー 1 杯")
        dialog.worth.setText("400")

    answer(monkeypatch, RewardDialog, write)
    page.rewards.wanted.emit(None)
    opened.settle()
    (reward,) = draft.rules.rewards
    assert (reward.points, reward.worth_yen, reward.days) == (15, 400, 60)
    coupon = sqlite_shop.coupons.get(reward.coupon_id)
    assert (coupon.offer.name, coupon.state) == ("コーヒー 1 杯", "published")
    assert page.look.view.face.rewards == {15: "コーヒー 1 杯"}
    page.publish.click()
    opened.settle()
    assert sqlite_shop.cards.design.rules() == draft.rules
    assert (page.state.mark.words, page.publish.isEnabled()) == ("Published · 0 people", False)


def test_the_notice_has_the_shops_own_words_or_the_usual_ones(open_page, shop):
    shop.settings.set("shop_name", "みほん{店}")
    shop.cards.design.publish(replace(Rules(), expiry="visit", notice=True))
    opened = open_page(CardsPage)
    page, words = opened.page, opened.page.lasting.words
    page.tabs.choose(LASTING)
    assert words.isVisible()
    assert not words.usual.isVisible()
    assert not page.draft.dirty
    assert "お客さま\n" in words.phone.accessibleName()
    assert "みほん{店}" in words.phone.accessibleName()
    words.editor.edit.clear()
    words.editor.edit.insertPlainText("{5} のこり")
    words.editor.edit.insert_from_card("{expiring_points}")
    assert page.draft.rules.notice_text == "{{5}} のこり{expiring_points}"
    assert words.phone.accessibleName().endswith("{5} のこり3")
    page.publish.click()
    opened.settle()
    assert shop.cards.design.rules().notice_text == "{{5}} のこり{expiring_points}"
    words.usual.click()
    assert page.draft.rules.notice_text == ""
    assert not words.usual.isVisible()
    assert "期限" in words.editor.edit.said()[0]
    page.publish.click()
    opened.settle()
    assert shop.cards.design.rules().notice_text == ""


def test_changes_say_what_they_mean_and_can_be_taken_back(open_page, shop, hana, monkeypatch):
    opened = open_page(CardsPage)
    page = opened.page
    assert page.side.owed._number.text() == f"{shop.cards.totals().owed_yen:,}"
    assert shop.cards.totals().owed_yen > 0
    assert page.side.phones.text().startswith("The card's page needs a fixed public address.")
    shop.settings.set("public_url", "https://shop.example.jp")
    page.draft.set_goal(20)
    opened.settle()
    assert "カード" in page.side.phones.text()
    assert [one.points for one in page.draft.rules.rewards] == [5, 20]  # the reward for a full card goes along
    assert page.state.mark.words == "Changes not published"
    assert page.side.meaning.prose.text().startswith("Publishing changes the card of 2 people.")
    page.reload()
    opened.settle()
    assert page.draft.rules.goal == 20  # what is not published stays
    page.drop.click()
    assert not page.draft.dirty

    def remove(dialog):
        dialog._remove()

    answer(monkeypatch, RewardDialog, remove, accepted=False)
    page.rewards.wanted.emit(page.draft.rules.rewards[0])
    page.publish.click()
    opened.settle()
    assert [one.points for one in shop.cards.design.rules().rewards] == [10]
    opened.toast().action.click()
    opened.settle()
    assert [one.points for one in shop.cards.design.rules().rewards] == [5, 10]
    page.draft.change(expiry_months=0)
    page.publish.click()
    opened.settle()
    assert "expiry_months" in opened.toast().accessibleName()


def test_a_picture_of_the_shops_own_is_kept_and_drawn(open_page, shop, tmp_path, monkeypatch):
    picture = QImage(40, 40, QImage.Format.Format_RGB32)
    picture.fill(0xFF3366)
    assert picture.save(str(tmp_path / "stamp.png"))
    opened = open_page(CardsPage)
    page = opened.page
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(tmp_path / "stamp.png"), ""))
    page.look.stamps.buttons[4].click()
    opened.settle()
    assert page.draft.rules.stamp == "picture"
    page.publish.click()
    opened.settle()
    again = open_page(CardsPage).page
    assert shop.cards.design.rules().picture == again.draft.rules.picture
    drawn = again.look.view.grab().toImage()
    spot = again.look.view.face.side(400) / 2
    assert drawn.pixelColor(round(18 + spot), round(16 + 24 + 12 + spot)).name() == "#ff3366"


def test_the_people_are_searched_and_a_card_is_opened_with_its_movements(open_page, shop, hana):
    opened = open_page(CardsPage, people=True)
    page, tab = opened.page, opened.page.people
    assert (page.tabs.current(), page.side.isVisible()) == (PEOPLE, False)
    assert tab._count.text() == "2 people"
    tab.search.setText("0218")
    tab.search.returnPressed.emit()
    opened.settle()
    assert tab._count.text() == "1 person"
    tab.open(hana.card.id)
    opened.settle()
    assert HOSTILE in tab.pane.name.text()
    assert [row.toolTip() != "" for row in tab.pane.rows] == [True] * 5
    assert "焼き菓子 1 つ" in words(tab.pane)
    assert any(one.endswith("レジ 1 · Owner (without a PIN) · paper card or number") for one in words(tab.pane))
    assert tab.odd.head.words == "Worth a look"
    assert "One card counted 4 times in a day" in words(tab.odd)
    tab.search.setText("nobody")
    tab.search.returnPressed.emit()
    opened.settle()
    assert "nobody" in tab.list.empty._fact.text()
    assert page.back()
    assert not page.back()
    page.tabs.choose(LOOK)
    page.tabs.choose(LASTING)
    assert page.side.isVisible()


def test_an_entry_is_taken_back_and_stamps_are_added_with_a_reason(open_page, shop, hana, monkeypatch):
    opened = open_page(CardsPage, card=hana.card.id)
    pane = opened.page.people.pane

    def why(dialog):
        dialog.accept()
        assert dialog._why.error()
        dialog.reason.setText("ほかの方のカードでした")
        dialog.points.setText("-2")

    answer(monkeypatch, ReasonDialog, why)
    pane.undo_wanted.emit(shop.cards.history(hana.card.customer_id)[0])
    opened.settle()
    assert shop.cards.get(hana.card.id).balance == 4
    assert opened.toast().accessibleName() == "Taken back; the card has 4 stamps now."
    assert "ほかの方のカードでした" in words(pane)
    pane.adjust.click()
    opened.settle()
    assert shop.cards.get(hana.card.id).balance == 2
    assert pane.balance._number.text() == "2"


def test_a_lost_card_gets_a_new_code_and_the_old_one_opens_nothing(open_page, shop, hana, monkeypatch):
    opened = open_page(CardsPage, card=hana.card.id)
    asked, shown = [], []
    monkeypatch.setattr(acts_of, "confirm", lambda _p, question, *_f, **_m: asked.append(question) or True)
    monkeypatch.setattr(
        giving.IssuedDialog, "exec", lambda self: shown.append(words(self)) or QDialog.DialogCode.Rejected
    )
    opened.page.people.pane.replace_wanted.emit(hana.card)
    opened.settle()
    assert asked == ["Give No. 00001 a new code?"]
    assert "No. 00001" in " ".join(shown[0])
    with pytest.raises(CardRefusedError, match="replaced"):
        shop.cards.find(hana.code.digits)
    assert shop.cards.get(hana.card.id).balance == 5


def test_cards_are_printed_into_a_file_with_codes_that_open_them(open_page, shop, hana, tmp_path, monkeypatch):
    shop.settings.set("line_basic_id", "@mihon")
    opened = open_page(CardsPage, people=True)
    page, drawn = opened.page, []

    def choose(dialog):
        assert dialog.verb.words() == "Print 2 cards"
        assert dialog.friend.isVisibleTo(dialog)
        dialog.paper.set_value(PAPERS[1])
        dialog.paper.chosen.emit(PAPERS[1])
        assert not dialog.friend.isVisibleTo(dialog)
        dialog.first.setText("3")
        dialog._keep()

    real = paperwork.draw_cards
    monkeypatch.setattr(paperwork, "draw_cards", lambda *said: drawn.append(said[1:]) or real(*said))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(tmp_path / "cards"), ""))
    answer(monkeypatch, PaperDialog, choose)
    press(page, 0)
    opened.settle()
    assert (tmp_path / "cards.pdf").read_bytes().startswith(b"%PDF")
    ((cards, printing),) = drawn
    assert (printing.first, printing.friend_address) == (2, "")
    assert [shop.cards.find(one.digits)[0].id for one in cards] == [one.card_id for one in cards] == [1, 2]
    assert shop.cards.find(hana.code.digits)[0].id == 1

    def blank(dialog):
        assert dialog.verb.words() == "Print them"
        dialog.many.setText("12")
        dialog._keep()

    answer(monkeypatch, PaperDialog, blank)
    press(page, 1)
    opened.settle()
    blanks = drawn[1][0]
    assert len({one.digits for one in blanks}) == 12
    assert {(one.card_id, one.name) for one in blanks} == {(None, "")}
    assert shop.cards.blanks.give(blanks[11].digits, "太郎").card.id == 3
    page.people.sheet_wanted.emit("pdf")
    opened.settle()
    assert opened.toast().accessibleName() == "Kept as “cards.pdf”."
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(tmp_path / "no" / "where"), ""))
    page.people.sheet_wanted.emit("pdf")
    opened.settle()
    assert "cannot be written" in opened.toast().accessibleName()


def test_a_card_is_given_on_a_customers_page_and_shown_there_with_coupons(open_page, shop, clock, monkeypatch):
    who = person(shop, "見本 花子")
    until = clock.now() + timedelta(days=8)
    coffee = shop.coupons.publish(shop.coupons.create(Offer("コーヒー", "free_item", ends=until)).id)
    shop.coupons.issue(coffee.id, [who])
    opened = open_page(CustomersPage, customer=who)
    opened.settle()
    loyalty = opened.page.pane.loyalty
    assert "コーヒー" in words(loyalty)
    shown = []
    monkeypatch.setattr(giving.IssuedDialog, "exec", lambda self: shown.append(self) or QDialog.DialogCode.Rejected)
    loyalty.give_wanted.emit()
    opened.settle()
    assert len(shown) == 1
    card = shop.cards.card_of(who)
    assert "1 stamp" in words(loyalty)
    loyalty.card_wanted.emit(card.id)
    assert opened.page.navigator.asked == [("cards", {"card": card.id})]
