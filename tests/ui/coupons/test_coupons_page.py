"""The page of coupons as a shopkeeper uses it, with LINE as a rehearsal over HTTP."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog

from shopdesk import i18n
from shopdesk.clock import JAPAN, start_of_japan_day
from shopdesk.coupons import Offer
from shopdesk.messages import addresses
from shopdesk.rehearsal import Rehearsal, running
from shopdesk.secrets import LINE_CHANNEL_ID, LINE_CHANNEL_SECRET
from shopdesk.segments import parse
from shopdesk.ui import widgets
from shopdesk.ui.asking import PersonDialog
from shopdesk.ui.broadcasts.page import BroadcastsPage
from shopdesk.ui.coupons.giving import SegmentDialog
from shopdesk.ui.coupons.page import CouponsPage
from shopdesk.ui.loyalty.reason import ReasonDialog
from tests.people import person

HOSTILE = "<img src=file:///x><b>花子</b>&amp;"
COFFEE = Offer(
    "コーヒー 1 杯サービス",
    "free_item",
    text="お好きなものを",
    terms="店内でお召し上がりの方にかぎります。",
    starts=start_of_japan_day(date(2026, 11, 20)),
    ends=start_of_japan_day(date(2026, 12, 1)),
    weekdays=(1, 6),
    opens=time(14),
    closes=time(18),
    most=200,
    by_link=True,
)
SHORT = "Uses left: 1, for 2 people. Raise the limit in all, or some go away empty."


@pytest.fixture
def there(clock):
    with running(Rehearsal(1, clock=clock)) as found:
        yield found


@pytest.fixture
def sqlite_shop(make_shop, there, monkeypatch):
    monkeypatch.setenv("SHOPDESK_LINE_HOST", there.url)
    made = make_shop(secrets={LINE_CHANNEL_ID: there.channel_id, LINE_CHANNEL_SECRET: there.channel_secret})
    made.settings.set("shop_name", "みほん洋菓子店")
    return made


@pytest.fixture
def coffee(sqlite_shop):
    made = sqlite_shop.coupons.create(COFFEE).id
    return sqlite_shop.coupons.publish(made)


def agree(monkeypatch):
    asked = []
    monkeypatch.setattr(widgets, "confirm", lambda _p, question, *facts, **_m: asked.append((question, *facts)) or True)
    return asked


def edited(field, text):
    field.setText(text)
    field.textEdited.emit(text)


def test_a_coupon_is_written_with_what_is_wrong_said_at_its_field_and_published(open_page, sqlite_shop, there):
    opened = open_page(CouponsPage)
    page, form = opened.page, opened.page.editor.form
    assert page.overview.list.empty._fact.text() == "No coupons yet"
    page.begin()
    opened.settle()
    form.kind.tiles[1].click()
    edited(form.period.first, "11月23日")
    edited(form.period.last, "2026/11/20")
    edited(form.period.opens, "14:00")
    page.editor.publish.emit()
    assert sqlite_shop.coupons.list() == []
    assert [field.error() for field in (form.name_field, form.kind.off, form.period.days, form.period.hours)] == [
        "Write a name for the coupon.",
        "Say how many per cent come off, from 1 to 99.",
        "Write days like 2026/11/23.",
        "Write both hours, from and to, and let them differ.",
    ]
    edited(form.name, "雨の日")
    edited(form.kind.value, "10")
    edited(form.period.first, "2026年11月23日")
    assert not form.period.valid()
    assert "before the first" in form.period.days.error()
    edited(form.period.last, "2026/12/24")
    edited(form.period.closes, "24:00")
    form.period.week.days[1].click()
    form.terms.setPlainText("ほかの券とは一緒に使えません。")
    edited(form.most, "50")
    form.lottery.switch.click()
    edited(form.odds, "25")
    form.on_line.switch.click()
    assert page.editor.dirty()
    page.editor.publish.emit()
    opened.settle()
    (made,) = sqlite_shop.coupons.list()
    assert made.offer == Offer(
        "雨の日",
        "percent_off",
        10,
        terms="ほかの券とは一緒に使えません。",
        starts=start_of_japan_day(date(2026, 11, 23)),
        ends=start_of_japan_day(date(2026, 12, 25)),
        weekdays=(1,),
        opens=time(14),
        closes=time(0),
        most=50,
        odds=25,
    )
    on_line = [one.coupon_id for one in there.rehearsal.coupons.newest_first()]
    assert (made.state, on_line) == ("published", [made.line_id])
    report = page.report
    assert (report.state.mark.words, report.line.isVisible()) == ("Begins 11/23", True)


def test_the_phone_shows_the_page_and_the_talk_in_japanese(qtbot, open_page, coffee, tmp_path, monkeypatch):
    picture = QImage(60, 40, QImage.Format.Format_RGB32)
    picture.fill(0xFF3366)
    assert picture.save(str(tmp_path / "cup.png"))
    opened = open_page(CouponsPage, coupon=coffee.id)
    page, editor = opened.page, opened.page.editor
    page.report.edit_wanted.emit()
    page.reload()  # something was written somewhere just then: the press is not lost
    opened.settle()
    assert page._stack.currentWidget() is editor
    assert editor.form.offer() == COFFEE
    assert not editor.dirty()
    assert editor.page.accessibleName().split("\n")[1:] == ["コーヒー 1 杯サービス", "2026年11月20日 〜 2026年11月30日"]
    spot = lambda: editor.page.grab().toImage().pixelColor(150, 100).name()  # noqa: E731
    assert spot() == "#ffffff"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(tmp_path / "cup.png"), ""))
    editor.form.picture.choose.click()
    qtbot.waitUntil(lambda: spot().startswith("#f") and spot() != "#ffffff")
    editor.face._parts[1].click()
    opened.settle()
    assert "コーヒー 1 杯サービス" in editor.talk.accessibleName()
    editor.save.emit()
    opened.settle()
    assert page.shop.coupons.get(coffee.id).offer.picture == editor.form.picture.picture


def test_what_people_hold_cannot_be_made_worse_and_leaving_asks(open_page, sqlite_shop, coffee, monkeypatch):
    with_hours = replace(COFFEE, ends=datetime(2026, 11, 30, 15, tzinfo=JAPAN))
    other = sqlite_shop.coupons.create(with_hours)
    opened = open_page(CouponsPage)
    page, form = opened.page, opened.page.editor.form
    page.open(other)  # a draft is gone on with
    opened.settle()
    assert form.offer() == with_hours  # its hour stays while its day does
    edited(form.period.last, "2026/12/01")
    assert form.offer().ends == start_of_japan_day(date(2026, 12, 2))
    asked = agree(monkeypatch)
    assert page.back()
    assert asked[0][0] == "Leave without saving?"
    page.edit(coffee)
    opened.settle()
    edited(form.least, "3000")
    page.editor.publish.emit()
    opened.settle()
    assert "least purchase" in opened.toast().accessibleName()
    assert sqlite_shop.coupons.get(coffee.id).offer == COFFEE


def test_it_is_given_to_a_segment_and_to_one_person_and_each_use_is_listed(
    open_page, sqlite_shop, coffee, clock, monkeypatch
):
    people = [person(sqlite_shop, name) for name in (HOSTILE, "例示 太郎", "試用 次郎")]
    sqlite_shop.customers.tag(people[:2], "常連")
    sqlite_shop.segments.save("常連さん", parse({"field": "tags", "is": "is", "value": "常連"}))
    opened = open_page(CouponsPage, coupon=coffee.id)
    page, report, counted = opened.page, opened.page.report, []

    def take(dialog):
        opened.settle()
        counted.append((dialog.verb.words(), dialog._field.error()))
        dialog.accept()
        return dialog.result()

    def pick(dialog):
        dialog.search.setText("次郎")
        dialog.search.returnPressed.emit()
        opened.settle()
        dialog.rows.itemAt(0).widget().findChild(widgets.Button).click()
        return dialog.result()

    monkeypatch.setattr(SegmentDialog, "exec", take)
    monkeypatch.setattr(PersonDialog, "exec", pick)
    report.segment_wanted.emit()
    opened.settle()
    assert (counted, opened.toast().accessibleName()) == ([("Give it to 2 people", "")], "Gave it to 2 people.")
    report.person_wanted.emit()
    opened.settle()
    report.segment_wanted.emit()
    opened.settle()
    assert opened.toast().accessibleName() == "Gave it to 0 people. 2 people had it already."
    sqlite_shop.coupons.redeem(sqlite_shop.coupons.code_again(1).code, sale_yen=1500, till="レジ 2")
    opened.settle()
    model = report.list.model
    lines = [[model.data(model.index(row, column)) for column in range(7)] for row in range(3)]
    assert lines[2] == [HOSTILE, "Was used", "11/22 to a segment", "2026/11/22 14:32", "レジ 2", "owner", "1,500 yen"]
    assert [line[0] for line in lines[:2]] == ["試用 次郎", "例示 太郎"]
    figures = {name: tile.figure._number.text() for name, tile in report.tiles.items()}
    assert figures == {"issued": "3", "opened": "0", "redeemed": "1", "expired": "0", "sale_yen": "1,500"}
    page.back()
    opened.settle()
    cells = page.overview.list.model
    shown = [cells.data(cells.index(0, column)) for column in (0, 2, 3, 5, 7)]
    assert shown == ["Published", "11/20 〜 11/30", "3 people", "1 person", "1,500 yen"]
    clock.move(timedelta(days=30))
    page.overview.reload()
    opened.settle()
    assert cells.data(cells.index(0, 0)) == "Over"
    few = sqlite_shop.coupons.publish(sqlite_shop.coupons.create(Offer("一名さま", "gift", most=1)).id)
    page.open_id(few.id)
    opened.settle()
    report.segment_wanted.emit()
    opened.settle()
    assert counted[-1] == ("Give it to 2 people", SHORT)


def test_its_card_goes_to_the_composer_where_there_is_an_address_for_its_page(
    open_page, open_window, sqlite_shop, coffee
):
    opened = open_page(CouponsPage, coupon=coffee.id)
    opened.page.report.send.click()
    opened.settle()
    assert "fixed public address" in opened.toast().accessibleName()
    sqlite_shop.settings.set("public_url", "https://shop.example")
    opened.page.report.send.click()
    opened.settle()
    (key, what), *_more = opened.page.navigator.asked
    assert key == "broadcasts"
    window = open_window(sqlite_shop, key, **what)
    page = window.page
    assert isinstance(page, BroadcastsPage)
    assert page.composer.name.text() == "コーヒー 1 杯サービス"
    (message,) = page.composer.writing.messages()
    assert message == sqlite_shop.messages.coupon_card(coffee.offer, addresses.coupon(coffee.id))  # each reader's own
    page.composer.keep()
    window.tasks.settle()


def test_on_line_it_is_closed_and_made_anew_and_here_it_ends_for_good(
    open_page, sqlite_shop, coffee, there, monkeypatch
):
    sqlite_shop.coupons.issue(coffee.id, [person(sqlite_shop)])
    opened = open_page(CouponsPage, coupon=coffee.id)
    page, report = opened.page, opened.page.report
    report.line_wanted.emit(True)
    opened.settle()
    first = sqlite_shop.coupons.get(coffee.id).line_id
    assert report.line.isVisible()
    sqlite_shop.coupons.change(coffee.id, replace(COFFEE, text="なんでも"))
    opened.settle()
    assert report.differs.isVisible()
    report.differs.action.click()
    opened.settle()
    assert not report.differs.isVisible()
    kept = {one.coupon_id: one.closed for one in there.rehearsal.coupons.newest_first()}
    assert kept == {first: True, sqlite_shop.coupons.get(coffee.id).line_id: False}
    asked = agree(monkeypatch)
    report.line_wanted.emit(False)
    opened.settle()
    report.end_wanted.emit()
    opened.settle()
    assert [one[0] for one in asked] == [
        "Close “コーヒー 1 杯サービス” on LINE?",
        "End “コーヒー 1 杯サービス”?",
    ]
    assert asked[1][1].startswith("1 person has it")
    assert (report.state.mark.words, report.give.isVisible(), report.more.isVisible()) == ("Ended", False, False)
    assert all(there.rehearsal.coupons.get(one).closed for one in kept)
    assert page.back()


def test_every_word_is_there_in_japanese(open_page, coffee):
    i18n.set_language("ja")
    opened = open_page(CouponsPage, coupon=coffee.id)
    assert opened.page.report.send.words() == "LINE で送る"
    opened.page.begin()
    opened.settle()
    assert opened.page.editor.form.on_line.help.text() == "公開後は直せません。直すときは、閉じて新しく作ります。"


def test_an_old_use_is_taken_back_from_the_coupons_page_with_a_reason(
    open_page, sqlite_shop, coffee, clock, monkeypatch
):
    hana = person(sqlite_shop)
    sqlite_shop.coupons.issue(coffee.id, [hana])
    ticket = sqlite_shop.coupons.held_by(hana)[0].ticket_id
    sqlite_shop.coupons.redeem_ticket(ticket, proof="static", till="レジ 2")
    clock.move(timedelta(days=3))
    opened = open_page(CouponsPage, coupon=coffee.id)
    report, facts = opened.page.report, []

    def why(dialog):
        facts.append(" ".join(one.text() for one in dialog.findChildren(widgets.Prose)))
        dialog.accept()
        assert dialog._why.error()
        dialog.reason.setText("お返しになりました")
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(ReasonDialog, "exec", why)
    (holder,) = sqlite_shop.coupons.holders(coffee.id)
    report.list.table.opened.emit(holder)
    assert [one.text() for one in report.menu.actions()] == ["Open the customer", "Take this use back…"]
    report.menu.actions()[1].trigger()
    report.menu.close()
    opened.settle()
    assert "レジ 2" in facts[0]
    assert opened.toast().accessibleName() == "Taken back; the coupon can be used again."
    assert sqlite_shop.coupons.held_by(hana)[0].standing == "issued"
    assert sqlite_shop.coupons.get(coffee.id).used == 0
