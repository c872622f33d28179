"""The page of surveys as a shopkeeper uses it: written beside the phone, published, changed, and what came of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel

from shopdesk import i18n
from shopdesk.clock import start_of_japan_day
from shopdesk.coupons import Offer
from shopdesk.segments import AllOf, Condition
from shopdesk.surveys import KINDS, Form, Option, Person, Question, starts
from shopdesk.ui import widgets
from shopdesk.ui.surveys.page import SurveysPage
from shopdesk.ui.surveys.texts import AT_ONCE, FIRST, Texts
from shopdesk.ui.theme import theme
from tests.people import person
from tests.surveys.conftest import SKIN, answer_all, published

HOSTILE = "<img src=file:///x><b>花子</b>&amp;"


@pytest.fixture
def agree(monkeypatch):
    asked = []
    monkeypatch.setattr(widgets, "confirm", lambda _p, question, *facts, **_m: asked.append((question, *facts)) or True)
    return asked


def edited(field, text):
    field.setText(text)
    field.textEdited.emit(text)


def test_one_is_written_with_what_is_wrong_said_and_published(open_page, sqlite_shop, agree, tmp_path, monkeypatch):
    thanks = sqlite_shop.coupons.publish(sqlite_shop.coupons.create(Offer("お礼", "yen_off", 100)).id)
    opened = open_page(SurveysPage)
    page, form = opened.page, opened.page.editor.form
    assert page.overview.list.empty._fact.text() == "No surveys yet"
    page.shown(new=True)
    opened.settle()
    page.editor.publish.emit()
    assert form.name_field.error() == "Write a name for the survey."
    edited(form.name, "肌")
    page.editor.publish.emit()
    assert form.wrong.prose.text() == "Question 1: write what is asked."
    first = form.cards[0]
    edited(first.title, "お肌の悩み")
    for row, label in zip(first.rows, ("乾燥", "ない"), strict=True):
        edited(row.label, label)
    edited(first.rows[0].tag, "乾燥肌")
    edited(first.rows[0].quota, "30")
    second, third = form.add_question(), form.add_question()
    for card, kind, title in ((second, "phone", "お電話"), (third, "rating", "すすめたいですか")):
        card.kind.set_value(kind)
        card.kind.chosen.emit(kind)
        edited(card.title, title)
    edited(third.name, "すすめ")
    third.sensitive.click()
    page.editor.publish.emit()
    assert form.wrong.prose.text().startswith("Question 2: say what the answer is used for")
    edited(second.consent, "お届けの連絡")
    edited(third.consent, "商品づくり")
    assert [first.rows[1].leads.itemText(n) for n in range(4)] == [
        "goes on",
        "to Q2",
        "to Q3",
        "to the end",
    ]
    first.rows[1].leads.set_value(third.key)
    edited(form.closes, "2026/12/24")
    edited(form.most, "100")
    form.gift.set_value(thanks.id)
    form.poll.switch.click()
    page.editor.show_face()
    assert page.editor.page.accessibleName().split("\n")[-1] == "すすめたいですか"  # what is written is what is shown
    page.editor.publish.emit()
    opened.settle()
    (made,) = sqlite_shop.surveys.list()
    wanted = Form(
        "肌",
        "肌",
        (
            Question("お肌の悩み", "お肌の悩み", "one", options=(Option("乾燥", "", 30, "乾燥肌"), Option("ない"))),
            Question("お電話", "お電話", "phone", consent="お届けの連絡"),
            Question("すすめ", "すすめたいですか", "rating", required=False, least=1, most=5, sensitive=True),
        ),
        gift_coupon=thanks.id,
        closes=start_of_japan_day(date(2026, 12, 25)),
        most=100,
        poll=True,
    )
    one, two, three = wanted.questions
    one, three = replace(one, branches=(("ない", "すすめ"),)), replace(three, consent="商品づくり")
    assert (made.state, made.form) == ("published", replace(wanted, questions=(one, two, three)))
    results = page.results
    assert (results.state.mark.words, results.none.isVisible()) == ("Taking answers until 12/24", True)
    # It is changed: what is written shows as it was, a question moves, and the branches go with it.
    results.edit_wanted.emit()
    opened.settle()
    assert form.form() == made.form
    assert not page.editor.dirty()
    form.cards[2].moved.emit(-1)
    form.cards[2].removed.emit()
    assert [one.name for one in form.form().questions] == ["お肌の悩み", "すすめ"]
    assert form.form().questions[0].branches == (("ない", "すすめ"),)
    picture = QImage(60, 40, QImage.Format.Format_RGB32)
    picture.fill(0xFF3366)
    assert picture.save(str(tmp_path / "a.png"))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(tmp_path / "a.png"), ""))
    form.cards[0].kind.set_value("picture")
    form.cards[0].kind.chosen.emit("picture")
    for row in form.cards[0].rows:
        row.choose.click()
        opened.settle()
    assert all(option.picture for option in form.form().questions[0].options)
    page.editor.save.emit()
    opened.settle()
    kept = sqlite_shop.surveys.get(made.id)
    assert (kept.version, kept.form.questions[0].kind, kept.draft.questions[0].kind) == (1, "one", "picture")
    edited(form.name, "肌 2")
    assert page.back()
    assert agree[-1][0] == "Leave without saving?"


def test_what_was_written_elsewhere_stays_when_it_is_changed_here(open_page, sqlite_shop):
    made = sqlite_shop.surveys.create(
        Form(
            "満足度",
            "満足度",
            (
                Question("点", "何点ですか", "rating", least=0, most=3, branches=(("0", "わけ"), ("3", "end"))),
                Question(
                    "好み",
                    "お好きなもの",
                    "several",
                    options=(Option("苺"), Option("栗"), Option("桃")),
                    least=1,
                    most=2,
                    branches=(("栗", "end"),),
                ),
                Question("わけ", "わけを教えてください", "text", required=False),
            ),
        )
    )
    opened = open_page(SurveysPage, survey=made.id)
    opened.settle()
    form = opened.page.editor.form
    assert form.form() == made.form
    scale = form.cards[0].scale.leads
    assert [number for number, leads in scale.items() if leads.isVisibleTo(form)] == [0, 1, 2, 3]
    scale[1].set_value(form.cards[2].key)
    edited(form.cards[0].most, "2")  # what the scale has no more leads nowhere
    assert form.form().questions[0].branches == (("0", "わけ"), ("1", "わけ"))


def test_results_from_the_first_answer_on_and_what_leads_from_them(
    open_page, sqlite_shop, agree, tmp_path, monkeypatch
):
    shop = sqlite_shop
    survey = published(shop, poll=True)
    opened = open_page(SurveysPage, survey=survey.id)
    page, results = opened.page, opened.page.results
    results.none.action.click()
    opened.settle()
    key, what = page.navigator.asked.pop()
    assert (key, what["messages"][0]["template"]["actions"][0]["data"]) == ("broadcasts", starts(survey.page_key))
    her = person(shop, HOSTILE, sex="female", prefecture="京都府")
    answer_all(shop, survey, Person(her), 使い方=HOSTILE, すすめ="4")
    answer_all(shop, survey, Person(key="k" * 22), 肌の悩み="ない", すすめ="1")
    opened.settle()
    assert results.tiles["time"].figure._unit.text() == "s"
    assert results.tiles["gift"].figure._unit.text() == "people"
    said = lambda: [one.text() for one in results.findChildren(QLabel) if one.isVisible()]  # noqa: E731
    assert not results.none.isVisible()
    assert [results.tiles[name].figure._number.text() for name in ("answers", "talk", "gift")] == ["2", "0", "0"]
    assert {"50%", "0%", "2.5"} <= set(said())
    results.ways.set_value("sex")
    results.ways.chosen.emit("sex")
    opened.settle()
    assert {"women", "(not known)", "Gave 5", "Number of people"} <= set(said())
    assert "men" not in said()
    texts = results.findChildren(widgets.Search)[0]
    texts.setText("ない言葉")
    texts.returnPressed.emit()
    opened.settle()
    assert "Nobody has written this." in said()
    results.segment_wanted.emit()
    rule = AllOf((Condition("survey.肌のアンケート", "is", True),))
    assert page.navigator.asked.pop() == ("segments", {"new": True, "rule": rule})
    assert shop.segments.count(rule).count == 1
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda _s, _t, name, *_k: (str(tmp_path / name), ""))
    results.picture_wanted.emit()
    results.file_wanted.emit()
    opened.settle()
    assert QImage(str(tmp_path / "肌のアンケート.png")).width() > 400
    assert (texts.isVisible(), results._name.isVisible()) == (True, False)  # what the picture left out is there again
    assert results._name.text() == "肌のアンケート · Sex"
    assert (tmp_path / "肌のアンケート.xlsx").stat().st_size > 1000
    results.link_wanted.emit()
    opened.settle()
    assert "fixed public address" in opened.toast().accessibleName()
    shop.settings.set("public_url", "https://shop.example.jp")
    results.link_wanted.emit()
    opened.settle()
    assert QApplication.clipboard().text() == f"https://shop.example.jp/survey/{survey.page_key}"
    results.end_wanted.emit()
    opened.settle()
    assert (agree[-1][0], shop.surveys.get(survey.id).state) == ("End “肌のアンケート”?", "closed")
    results.end_wanted.emit()
    opened.settle()
    assert shop.surveys.get(survey.id).state == "published"
    bins = lambda: [one for one in results.findChildren(QAbstractButton) if "Delete" in one.accessibleName()]  # noqa: E731
    (bin_,) = bins()  # whoever answered without being known has none
    asked = widgets.confirm
    monkeypatch.setattr(widgets, "confirm", lambda *_asked, **_more: False)
    bin_.click()
    opened.settle()
    assert shop.surveys.outcome.of(survey.id).answers == 2
    monkeypatch.setattr(widgets, "confirm", asked)
    bin_.click()
    opened.settle()
    assert (HOSTILE in agree[-1][0], "gift stay" in agree[-1][1]) == (True, True)
    assert (shop.surveys.outcome.of(survey.id).answers, bins()) == (1, [])
    assert results.tiles["answers"].figure._number.text() == "1"
    draft = shop.surveys.create(replace(survey.form, name="下書き", title="長い題名" * 20))
    page.shown(survey=draft.id)
    opened.settle()
    assert page.editor.form.title.cursorPosition() == 0  # what is too long shows its beginning
    page.editor.delete.emit()
    opened.settle()
    assert [one.form.name for one in shop.surveys.list()] == ["肌のアンケート"]
    assert page._stack.currentWidget() is page.overview


def test_many_texts_come_by_and_by_and_an_anonymous_survey_compares_nobody(open_page, sqlite_shop):
    shop = sqlite_shop
    survey = published(shop, anonymous=True, questions=[{**SKIN["questions"][2], "sets": ""}, SKIN["questions"][3]])
    for number in range(FIRST + AT_ONCE + 1):
        answer_all(shop, survey, Person(key=f"{number:022}"), 使い方=f"朝 {number}", すすめ="4")
    opened = open_page(SurveysPage, survey=survey.id)
    results = opened.page.results
    (texts,) = results.findChildren(Texts)
    seen = lambda: [one.accessibleName() for one in texts.findChildren(widgets.Row)]  # noqa: E731
    many = [len(seen())]
    for _ in range(2):
        texts.more.click()
        opened.settle()
        many.append(len(seen()))
    assert (many, texts.more.isHidden()) == ([FIRST, FIRST + AT_ONCE, FIRST + AT_ONCE + 1], True)
    opened.page.compare("sex")
    opened.settle()
    assert (results.ways.value(), results.ways.isEnabled()) == (None, False)
    assert results._hint.text() == "Nobody knows who answers an anonymous survey."
    scale = results.findChildren(widgets.ShareList)[0]
    assert [(value.text(), note.text()) for _dot, _name, value, note in scale._lines][3] == ("100%", "27 people")


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_form_fits_a_window_of_1100(open_page, appearance, language):
    i18n.set_language(language)
    try:
        opened = open_page(SurveysPage, width=1100 - theme().px("sidebar"), new=True)
        form, paper = opened.page.editor.form, opened.page.editor.paper
        form.show_form(Form("肌", "肌", tuple(Question(kind, kind, kind) for kind in KINDS)))
        for card in form.cards:
            card.more.open()
        opened.settle()
        assert paper.widget().minimumSizeHint().width() <= paper.viewport().width()
    finally:
        i18n.set_language("en")


def test_those_who_answered_become_a_segment_in_a_window_that_never_showed_segments(open_window, sqlite_shop):
    survey = published(sqlite_shop)
    answer_all(sqlite_shop, survey, Person(customer_id=person(sqlite_shop)))
    person(sqlite_shop, "例示 太郎")
    opened = open_window(sqlite_shop, "surveys", also=("segments",), survey=survey.id)
    opened.page.make_segment()
    opened.tasks.settle()
    segments = opened.window.page()
    assert segments.editor.rule() == AllOf((Condition(f"survey.{survey.form.name}", "is", value=True),))
    assert segments.editor.card.parts.parts[0].field.currentText() == survey.form.name
    assert segments.editor.reach.accessibleName() == "1 person"
