"""Segments as a shopkeeper meets them: the list, the rows, the live count, saving and undoing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QScrollArea

from shopdesk.segments import AllOf, AnyOf, Condition, Except, parse
from shopdesk.ui import widgets as w
from shopdesk.ui.paint import advance
from shopdesk.ui.segments.conditions import ConditionRow
from shopdesk.ui.segments.groups import Group
from shopdesk.ui.segments.lost import LostRow

TOKYO = Condition("customer.prefecture", "is", ("東京都",))
KEY = Qt.Key
DEEP = {
    "all": [
        {"field": "orders.count", "is": "between", "value": [1, 3], "within_days": 45, "product": ["cake"]},
        {"field": "orders.last", "is": "before", "value": "2026-01-31"},
        {
            "any": [
                {"field": "tags", "is": "is_not", "value": ["常連", "卸"]},
                {"all": [{"field": "customer.sex", "is": "is", "value": "female"}]},
            ]
        },
        {"not": {"field": "consent.mail", "is": "is", "value": False}},
        {"field": "customer.note", "is": "contains", "value": "ギフト"},
        {"field": "orders.favourite", "is": "is", "value": ["cake"]},
        {"field": "orders.rhythm", "is": "between", "value": [20, 40]},
    ]
}


def editor(world, rule=None, name="", *, stored=False):
    world.page.begin()
    world.tasks.settle()
    if rule is not None:
        world.page.editor.show_segment(name, rule, stored=stored)
    world.tasks.settle()
    return world.page.editor


def figure(one):
    return one.reach._figure._number.text()


def test_an_empty_list_says_what_to_do_next(world):
    assert not world.page.overview.list.empty.isHidden()
    assert all(act.isHidden() for act in world.page.overview._acts)
    world.bot.mouseClick(world.page.overview.list.empty.findChild(w.Button), Qt.MouseButton.LeftButton)
    world.tasks.settle()
    assert world.page.editing()
    assert world.window.focusWidget() is world.page.editor.name


def test_the_list_counts_what_is_saved(world):
    world.shop.segments.save("東京の方", AllOf((TOKYO,)))
    world.tasks.settle()
    card = world.page.overview.list
    assert card.model.rows.count == 1
    row = card.model.rows.row(0)
    assert [world.page.overview._number(row, what).words for what in ("count", "reachable_on_line")] == [
        "2 people",
        "0 people",
    ]


@pytest.mark.parametrize(
    "said",
    [
        DEEP,
        {
            "any": [
                {
                    "not": {
                        "any": [{"field": "orders.count", "value": 1}, {"all": [{"field": "orders.count", "value": 2}]}]
                    }
                }
            ]
        },
    ],
)
def test_any_rule_comes_back_from_its_rows_as_it_was(world, said):
    rule = parse(said)
    assert editor(world, rule, "深い").rule() == rule


def test_the_sentence_and_the_count_follow_the_rows(world):
    one = editor(world, AllOf((TOKYO,)), "東京")
    assert "東京都" in one.said.prose.text()
    assert figure(one) == "2"
    one.card.parts.parts[0].value_editor().picker.turn("大阪府", on=True)
    assert "大阪府" in one.said.prose.text()
    world.bot.waitUntil(lambda: figure(one) == "3")
    assert one.card.parts.parts[0].count.text() == "3 people"


def test_every_registered_field_can_be_chosen_and_compared(world):
    one = editor(world)
    row = one.card.parts.parts[0]
    for at in range(row.field.count()):
        row.field.setCurrentIndex(at)
        row.field.activated.emit(at)
        for comparison in range(row.comparison.count()):
            row.comparison.setCurrentIndex(comparison)
            row.comparison.activated.emit(comparison)
            one.rule()
    world.tasks.settle()


def test_an_incomplete_row_takes_nobody_out(world):
    one = editor(world, AllOf((TOKYO,)), "東京")
    one.card.parts.add_condition(Condition("tags", "is", ()))
    assert one.rule() == AllOf((TOKYO,))


def test_groups_and_leaving_out(world):
    one = editor(world, AllOf((TOKYO,)), "東京")
    parts = one.card.parts
    parts.add_group("any", (TOKYO, Condition("customer.prefecture", "is", ("大阪府",))))
    out = parts.add_group("none", (Condition("customer.prefecture", "is", ("大阪府",)),))
    assert isinstance(out, Group)
    rule = one.rule()
    assert isinstance(rule.parts[1], AnyOf)
    assert isinstance(rule.parts[2], Except)
    one._edited()
    one.count()
    world.tasks.settle()
    assert figure(one) == "2"
    assert parts.parts[1].count.text() == "3 people"


def test_enter_adds_a_row_and_delete_removes_it(world):
    one = editor(world)
    row = one.card.parts.parts[0]
    row.begin()
    world.bot.keyClick(row.field, KEY.Key_Return)
    assert len(one.card.parts.parts) == 2
    second = one.card.parts.parts[1]
    assert isinstance(second, ConditionRow)
    world.bot.keyClick(second.field, KEY.Key_Delete)
    assert one.card.parts.parts == [row]


def test_nobody_matches_names_the_rule_that_narrows_most(world):
    one = editor(world, AllOf((TOKYO, Condition("orders.count", "at_least", 2))), "東京")
    assert figure(one) == "0"
    assert "bought 2 times or more" in one.sample._nobody.text()
    one.sample.drop.emit()
    world.bot.waitUntil(lambda: figure(one) == "2")
    assert one.rule() == AllOf((TOKYO,))


def test_names_are_drawn_as_they_are_written(world):
    one = editor(world, AllOf((Condition("customer.prefecture", "is", ("大阪府",)),)), "大阪")
    names = [
        label.text() for label in one.sample.findChildren(w.Label) if label.textFormat() == Qt.TextFormat.PlainText
    ]
    assert "<img src=file:///x>" in names


def test_ctrl_s_saves_and_a_new_name_renames(world):
    one = editor(world, AllOf((TOKYO,)), "東京")
    assert one.dirty()
    with world.bot.waitActive(world.window):
        world.window.activateWindow()
    one.name.setFocus()
    world.bot.keyClick(one.name, KEY.Key_S, Qt.KeyboardModifier.ControlModifier)
    world.tasks.settle()
    assert not one.dirty()
    one.name.setText("関東")
    world.page.save()
    world.tasks.settle()
    assert [found.name for found in world.shop.segments.list()] == ["関東"]


def test_a_name_that_is_taken_is_not_written_over(world):
    world.shop.segments.save("常連", AllOf())
    one = editor(world, AllOf((TOKYO,)), "常連")
    world.page.save()
    world.tasks.settle()
    assert "already" in world.notices._toast.accessibleName()
    assert world.shop.segments.get("常連").rule == AllOf()
    assert one.dirty()


def test_deleting_can_be_undone(world):
    world.page.open(world.shop.segments.save("東京", AllOf((TOKYO,))))
    world.tasks.settle()
    world.page.remove()
    world.tasks.settle()
    assert world.shop.segments.list() == []
    assert not world.page.editing()
    world.notices._toast.action.click()
    world.tasks.settle()
    assert world.shop.segments.get("東京").rule == AllOf((TOKYO,))


def test_a_copy_is_a_new_one(world):
    world.page.open(world.shop.segments.save("東京", AllOf((TOKYO,))))
    world.tasks.settle()
    world.page.copy()
    world.page.save()
    world.tasks.settle()
    assert [one.name for one in world.shop.segments.list()] == ["東京", "東京 (copy)"]


def test_sending_saves_first_and_hands_the_segment_over(world):
    editor(world, AllOf((TOKYO,)), "東京")
    world.page.editor.send.emit()
    world.tasks.settle()
    assert world.window.current == "broadcasts"
    assert world.window.page().told == {"segment": "東京"}


def test_leaving_what_is_not_saved_asks(world, monkeypatch):
    editor(world, AllOf((TOKYO,)), "東京")
    answers = iter([QDialog.DialogCode.Rejected, QDialog.DialogCode.Accepted])
    monkeypatch.setattr(w.Dialog, "exec", lambda _dialog: next(answers))
    assert world.page.back()
    assert world.page.editing()
    assert world.page.back()
    assert not world.page.editing()


def test_the_picker_searches_and_turns_names(world):
    one = editor(world, AllOf((TOKYO,)), "東京")
    picker = one.card.parts.parts[0].value_editor().picker
    picker.open()
    world.tasks.settle()
    popup = picker.popup
    assert popup.list.count() == 47
    popup.search.setText("大阪")
    popup.look("大阪")
    world.tasks.settle()
    assert popup.list.count() == 1
    world.bot.keyClick(popup.list, KEY.Key_Space)
    assert picker.chosen() == ("東京都", "大阪府")
    popup.close()


def test_a_ready_made_one_fills_an_empty_editor(world):
    one = editor(world, AllOf(), "")
    first = world.shop.segments.ready()[0]
    one.card.findChildren(w.Chip)[0].click()
    assert one.name.text() == first.title
    assert one.rule() == first.rule


@pytest.mark.parametrize("width", [1024, 1280])
def test_the_editor_fits_the_window_and_cuts_no_choice(world, width):
    world.window.resize(width, 720)
    one = editor(world, parse(DEEP))
    area = one.findChild(QScrollArea)
    world.bot.waitUntil(lambda: area.widget().width() <= area.viewport().width())
    for row in one.findChildren(ConditionRow):
        for choice in (row.field, row.comparison, *([row.window_.choice] if row.window_ else [])):
            if choice.isVisible():
                assert choice.width() >= advance(choice.currentText(), "body") + 36


def test_a_choice_grows_with_what_is_chosen(world):
    field = editor(world, AllOf((TOKYO,))).card.findChild(ConditionRow).field
    before = field.sizeHint().width()
    field.addItem("a name far longer than every other name here")
    field.setCurrentIndex(field.count() - 1)
    assert field.sizeHint().width() > before + 100


def test_a_condition_that_is_not_there_any_more_stays_what_it_is_and_nothing_goes_out_by_it(world):
    field = world.shop.customers.fields.make("肌", "text")
    world.shop.segments.save("乾燥肌", AllOf((TOKYO, Condition("own.肌", "is", ("乾燥",)))))
    world.window.show_page("segments", segment="乾燥肌")
    world.tasks.settle()
    editor, page = world.page.editor, world.page
    assert (figure(editor), editor._send.isEnabled()) == ("0", True)
    world.shop.customers.fields.delete(field.id)
    page.step_back()
    world.window.show_page("segments", segment="乾燥肌")
    world.tasks.settle()
    assert isinstance(editor.card.parts.parts[1], LostRow)
    assert editor.rule() == world.shop.segments.get("乾燥肌").rule
    assert not editor.dirty()
    assert (figure(editor), editor._send.isEnabled()) == ("–", False)
    assert "肌" in world.notices._toast.accessibleName()
    editor.card.parts.parts[1].remove.click()
    world.bot.waitUntil(lambda: figure(editor) == "2")
    assert editor._send.isEnabled()
    assert editor.rule() == AllOf((TOKYO,))
