"""The page of automations as a shopkeeper uses it: written beside the phone, started, changed, paused, ended, removed."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest

from shopdesk.automations import NewStep
from shopdesk.friends.following import new_friend
from shopdesk.surveys import Person
from shopdesk.ui import widgets
from shopdesk.ui.automations.page import AutomationsPage
from shopdesk.ui.home.today import read_today
from shopdesk.ui.home.todo import todos
from shopdesk.ui.surveys.page import SurveysPage
from tests.automations.conftest import says, started
from tests.people import person
from tests.surveys.conftest import answer_all, published


@pytest.fixture
def agree(monkeypatch):
    asked = []
    monkeypatch.setattr(widgets, "confirm", lambda _p, question, *facts, **_m: asked.append((question, *facts)) or True)
    return asked


def edited(field, text):
    field.setText(text)
    field.textEdited.emit(text)


def wrote(opened, card, text):
    """Write the message of a step in its own sheet."""
    card.write.click()
    assert opened.page.at_front(opened.page.message)
    bubble = opened.page.message.form.written.bubbles.bubbles[0]
    bubble.editor.first().setPlainText(text)
    opened.page.message.ready.click()
    opened.settle()


def test_one_is_written_started_and_its_sums_are_seen(open_page, sqlite_shop, clock, agree):
    survey = published(sqlite_shop, name="<b>お肌")
    answer_all(sqlite_shop, survey, Person(person(sqlite_shop)))
    opened = open_page(SurveysPage, survey=survey.id)
    opened.page.results.automation_wanted.emit()
    assert opened.page.navigator.asked[-1] == ("automations", {"new": True, "survey": survey.id})
    opened = open_page(AutomationsPage)
    page, editor, form = opened.page, opened.page.editor, opened.page.editor.form
    assert page.overview.list.empty._fact.text() == "No automations yet"
    page.shown(new=True, survey=survey.id)
    opened.settle()
    editor.publish.emit()
    assert (form.name_field.error(), agree) == ("Give it a name.", [])
    edited(form.name, "乾燥肌")
    form.question.set_value("肌の悩み")
    form.question.chosen.emit("肌の悩み")
    editor.publish.emit()
    assert form.options_field.error() == "Choose at least one answer."
    form.options[0].click()
    opened.settle()
    assert "1 person" in form.reach.text()
    editor.save.emit()
    opened.settle()
    assert opened.toast().accessibleName() == "Message 1 says nothing yet. Write it."
    wrote(opened, form.cards[0], "{name}さん、<b>いかが</b>ですか")
    assert page.at_front(editor)
    assert "いかが" in editor.phone.accessibleName()
    form.add.click()
    assert (form.cards[1].days.value(), form.cards[1].head.text()) == (10, "Message 2 · 10 days later")
    wrote(opened, form.cards[1], "クリームです")
    form.cards[1].at.set_value(None)
    form.cards[1].at.chosen.emit(None)
    clock.move(timedelta(minutes=1))
    editor.give.click()
    opened.settle()
    assert agree[-1][0] == "Start “乾燥肌”?"
    assert agree[-1][-1].startswith("2 messages at most to each person. Of the plan's 200 messages a month, 0 yen;")
    (made,) = sqlite_shop.automations.list()
    assert (made.state, made.options, [(one.days, one.at) for one in made.steps]) == (
        "running",
        ("乾燥",),
        [(3, time(10)), (10, None)],
    )
    assert not editor.dirty()
    answer_all(sqlite_shop, survey, Person(person(sqlite_shop, "例示 太郎")))
    sqlite_shop.automations.run(sqlite_shop.clock.now())
    page.reload()
    opened.settle()
    assert form.cards[0].sums.text() == "1 person wait · next 11/25"
    assert page.back()
    opened.settle()
    assert [page.overview.list.model.record(0).people] == [1]


def test_one_that_runs_is_changed_paused_ended_and_removed(open_page, sqlite_shop, clock, agree):
    survey, made = started(sqlite_shop, NewStep(0, None, says("一")), NewStep(5, None, says("五")))
    answer_all(sqlite_shop, survey, Person(person(sqlite_shop)))
    with sqlite_shop.database.write() as session:
        friend = new_friend(f"U{1:032x}", clock.now())
        session.add(friend)
        session.flush()
    answer_all(sqlite_shop, survey, Person(friend_id=friend.id))
    sqlite_shop.automations.run(clock.now())
    opened = open_page(AutomationsPage, automation=made.id)
    page, editor, form = opened.page, opened.page.editor, opened.page.editor.form
    assert (editor.stop.isHidden(), editor.give.isHidden(), form.cards[0].sums.text()) == (
        False,
        True,
        "1 person wait · 1 person left out",
    )
    form.cards[0].look.click()
    assert page.navigator.asked[-1] == ("broadcasts", {"broadcast": 1})
    form.cards[0].remove.click()
    assert not form.cards[0].remove.isEnabled()
    form.cards[0].days.setText("6")
    form.cards[0].days.changed.emit()
    assert editor.dirty()
    editor.save.emit()
    opened.settle()
    assert [(one.days, one.waiting) for one in sqlite_shop.automations.get(made.id).steps] == [(6, 2)]
    assert sqlite_shop.broadcasts.status(1).state == "cancelled"
    editor.stop.click()
    opened.settle()
    assert editor.state.mark.words == "Paused"
    clock.move(timedelta(days=7))
    editor.give.click()
    opened.settle()
    assert agree[-1][0] == "Go on with “乾燥肌”?"
    assert editor.state.mark.words == "Running"
    sqlite_shop.surveys.close(survey.id)
    opened.settle()
    assert (editor.state.mark.words, form.trouble.isHidden()) == ("Nobody comes in", False)
    (todo,) = [one for one in todos(read_today(sqlite_shop)) if one.page == "automations"]
    assert (todo.title, todo.what) == ("Nobody comes into “乾燥肌” any more", {"automation": made.id})
    asked = survey.draft.questions
    sqlite_shop.surveys.change(survey.id, replace(survey.draft, questions=asked[1:]))
    sqlite_shop.surveys.publish(survey.id)
    opened.page.open(made.id)
    opened.settle()
    # What the survey does not ask any more stays chosen until somebody chooses another answer.
    assert form.trouble.prose.text().startswith("The survey does not ask this any more")
    assert (form.automation().question, form.automation().options, editor.dirty()) == ("肌の悩み", ("乾燥",), False)
    editor.save.emit()
    opened.settle()
    assert opened.toast().accessibleName().startswith("The survey does not ask this.")
    editor.end.emit()
    opened.settle()
    assert (editor.state.mark.words, form.name.isEnabled(), editor.keep.isHidden()) == ("Ended", False, True)
    editor.delete.emit()
    opened.settle()
    assert page.at_front(page.overview)
    assert sqlite_shop.automations.list() == []


def test_the_list_fits_a_small_window(open_page, sqlite_shop):
    started(sqlite_shop, NewStep(0, None, says("一")))
    opened = open_page(AutomationsPage, width=888, height=660)
    opened.settle()
    assert opened.page.overview.list.table.horizontalScrollBar().maximum() == 0


def test_it_fits_a_small_window_and_tab_goes_from_above(open_page, sqlite_shop):
    opened = open_page(AutomationsPage, width=888, height=660, new=True, survey=published(sqlite_shop).id)
    editor, form = opened.page.editor, opened.page.editor.form
    opened.settle()
    form.add.click()
    assert form.width() <= editor.paper.viewport().width()
    stops, at = [form.question], form.question
    while at is not form.add:
        at = at.nextInFocusChain()
        stops.append(at)
    written = [card.write for card in form.cards]
    assert [one for one in stops if one in written] == written
