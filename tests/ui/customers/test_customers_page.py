"""The customers' page as a shopkeeper uses it."""

from __future__ import annotations

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QDialog

from shopdesk.customers import Condition, Filter
from shopdesk.friends.tables import FriendRow
from shopdesk.ui.customers import acts
from shopdesk.ui.customers.choosing import ColumnsDialog
from shopdesk.ui.customers.columns import called
from shopdesk.ui.customers.conditions import ConditionDialog
from shopdesk.ui.customers.consents import ConsentsDialog
from shopdesk.ui.customers.list_columns import COLUMNS
from shopdesk.ui.customers.many import EditsDialog, ManyDialog
from shopdesk.ui.customers.own import FieldsDialog
from shopdesk.ui.customers.page import CustomersPage
from shopdesk.ui.customers.relating import RelateDialog
from shopdesk.ui.screen import Screen
from shopdesk.ui.widgets import Button, Label, Prose
from tests.people import order, person, product

HOSTILE = "<img src=file:///x><b>花子</b>&amp;"


@pytest.fixture
def hana(sqlite_shop, clock):
    cake = product(sqlite_shop, "いちごのショートケーキ")
    made = person(sqlite_shop, "見本 花子", "ミホン ハナコ", phone="+819000000218", email="hanako@example.jp")
    order(sqlite_shop, made, clock.now() - timedelta(days=2), 4860, (cake,))
    order(sqlite_shop, made, clock.now() - timedelta(days=60), 1000, (cake,))
    return made


@pytest.fixture
def taro(sqlite_shop):
    return person(sqlite_shop, "例示 太郎", "レイジ タロウ")


def friend(shop, user_id="U" + "1" * 32, name="はなこ"):
    with shop.database.write() as session:
        session.add(
            FriendRow(
                user_id=user_id,
                display_name=name,
                picture_url="",
                state="friend",
                customer_id=None,
                since=shop.clock.now(),
                blocked_at=None,
                refreshed_at=None,
                state_at=shop.clock.now(),
                state_event="",
            )
        )
    return user_id


def shown(page, row, column=1):
    return page.people.model.data(page.people.model.index(row, column))


def yes(monkeypatch, answer=True):
    asked = []

    def confirm(_parent, question, *facts, **_more):
        asked.append((question, *facts))
        return answer

    monkeypatch.setattr(acts, "confirm", confirm)
    return asked


def test_an_empty_shop_says_what_to_do_first(open_page):
    opened = open_page(CustomersPage)
    people = opened.page.people
    assert people._stack.currentWidget() is people.empty
    assert people._choose.isVisible()
    assert not people._clear.isVisible()
    assert people.empty._fact.text() == "No customers yet"


def test_the_list_shows_everybody_with_sums(open_page, hana, taro):
    opened = open_page(CustomersPage)
    page = opened.page
    assert [shown(page, 0, column) for column in range(1, 6)] == [
        "見本 花子 ミホン ハナコ",
        "—",
        "2 times",
        "5,860 yen",
        "11/20",
    ]
    assert page.people.foot.count_words() == "2 people"


def test_a_search_that_finds_nobody_offers_the_way_back(qtbot, open_page, hana, taro):
    opened = open_page(CustomersPage)
    page = opened.page
    page.search()
    qtbot.keyClicks(page.filters.search, "zzz")
    qtbot.waitUntil(lambda: page.people._stack.currentWidget() is page.people.empty)
    assert "zzz" in page.people.empty._fact.text()
    opened.settle()
    assert page.people.foot.count_words() == "0 people (of 2)"
    page.people._clear.click()
    opened.settle()
    assert page.people.model.rowCount() == 2
    assert page.filters.search.text() == ""


def test_conditions_are_chips_that_a_click_removes(open_page, hana, taro):
    opened = open_page(CustomersPage)
    page = opened.page
    offers = dict(filter(None, page.filters._offers()))
    offers["Bought twice or more"]()
    dict(filter(None, page.filters._offers()))["Ordered in these 30 days"]()
    opened.settle()
    assert page.people.model.rowCount() == 1
    assert page.people.foot.count_words() == "1 person (of 2)"
    chips = [page.filters._chips.layout().itemAt(i).widget() for i in range(3)]
    assert [chip.words for chip in chips] == ["Bought twice or more", "Ordered in these 30 days", "Add a condition"]
    chips[0].click()
    chips = [page.filters._chips.layout().itemAt(i).widget() for i in range(2)]
    chips[0].click()
    opened.settle()
    assert page.filters.filter == Filter()
    assert page.people.model.rowCount() == 2


def test_the_sort_is_chosen_on_the_right(open_page, hana, taro):
    opened = open_page(CustomersPage)
    page = opened.page
    page.filters.sort.chosen.emit(("name", False))
    opened.settle()
    assert shown(page, 0).startswith("見本")  # みほん before れいじ


def test_a_click_opens_the_person_and_esc_closes(qtbot, open_page, hana, taro):
    opened = open_page(CustomersPage)
    page = opened.page
    assert page.pane.isHidden()
    rect = page.people.table.visualRect(page.people.model.index(0, 1))
    qtbot.mouseClick(page.people.table.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    opened.settle()
    assert page.pane.who.name.text() == "見本 花子"
    assert page.pane.file.orders[0].lines[0].name == "いちごのショートケーキ"
    assert page.back()
    assert page.pane.isHidden()
    assert not page.back()


def test_enter_opens_and_the_arrows_are_followed(qtbot, open_page, hana, taro):
    opened = open_page(CustomersPage)
    page, table = opened.page, opened.page.people.table
    qtbot.keyClick(table, Qt.Key.Key_Down)
    if table.current() is None or table.current().id != hana:
        qtbot.keyClick(table, Qt.Key.Key_Home)
    assert page.pane.isHidden()
    qtbot.keyClick(table, Qt.Key.Key_Return)
    opened.settle()
    assert page.pane.file.customer.id == hana
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.pane.file is not None and page.pane.file.customer.id == taro)


def test_checked_people_are_tagged_and_it_is_undone(qtbot, open_page, sqlite_shop, hana, taro):
    sqlite_shop.customers.tag([taro], "常連")
    opened = open_page(CustomersPage)
    page = opened.page
    page.people.model.toggle_all()
    assert page.people.foot._checked.text() == "2 people checked"
    page.people.foot.put.click()
    entry = page.people.foot.entry
    entry.field.setText("常連")
    qtbot.keyClick(entry.field, Qt.Key.Key_Return)
    opened.settle()
    assert sqlite_shop.customers.get(hana).tags == ("常連",)
    assert "1 person" in opened.toast().accessibleName()  # the other one had it
    opened.toast().action.click()
    opened.settle()
    assert sqlite_shop.customers.get(hana).tags == ()
    assert sqlite_shop.customers.get(taro).tags == ("常連",)


def test_all_but_one_means_the_whole_filtered_list(open_page, sqlite_shop, hana, taro):
    opened = open_page(CustomersPage)
    page = opened.page
    page.people.model.toggle_all()
    page.people.model.toggle(0)
    page.people.foot.tag_wanted.emit("ほか")
    opened.settle()
    assert sqlite_shop.customers.get(taro).tags == ("ほか",)
    assert sqlite_shop.customers.get(hana).tags == ()


def test_tags_consent_and_note_are_changed_in_the_pane(open_page, sqlite_shop, hana):
    opened = open_page(CustomersPage, customer=hana)
    page, customers = opened.page, sqlite_shop.customers
    opened.settle()
    page.pane.tags.entry.entered.emit("いちご")
    opened.settle()
    assert customers.get(hana).tags == ("いちご",)
    assert page.pane.tags.flow.layout().itemAt(0).widget().words == "いちご"
    page.pane.facts.mail.switch.click()
    opened.settle()
    assert customers.get(hana).consent_mail
    opened.toast().action.click()
    opened.settle()
    assert not customers.get(hana).consent_mail
    note = page.pane.history.note
    note.area.setPlainText("いつも土曜に")
    page.reload()
    opened.settle()
    assert note.area.toPlainText() == "いつも土曜に"  # half written: stays
    note.save.click()
    opened.settle()
    assert customers.get(hana).note == "いつも土曜に"
    assert customers.get(hana).phone == "+819000000218"


def test_a_line_friend_is_linked_and_unlinked(open_page, sqlite_shop, hana, taro):
    wanted, _other = friend(sqlite_shop, name="見本はなこ"), friend(sqlite_shop, "U" + "2" * 32, "だれか")
    opened = open_page(CustomersPage, customer=hana)
    page = opened.page
    opened.settle()
    page.pane.who.link.click()
    opened.settle()
    rows = page.pane.linking.rows
    assert rows.count() == 2
    page.pane.linking.chosen.emit(wanted)
    opened.settle()
    assert sqlite_shop.customers.get(hana).line == "friend"
    assert page.pane.who.link.isHidden()
    assert shown(page, 0, 2) == "Friend"
    page.pane.facts.unlink.click()
    opened.settle()
    assert sqlite_shop.customers.get(hana).line == "none"


def test_esc_goes_one_step_back_inside_the_pane(open_page, hana):
    opened = open_page(CustomersPage, customer=hana)
    opened.settle()
    opened.page.pane.link()
    assert opened.page.back()
    assert not opened.page.pane.isHidden()


def test_a_customer_is_added_with_errors_beside_the_fields(open_page, sqlite_shop, hana):
    opened = open_page(CustomersPage, new=True)
    editor = opened.page.editor
    editor.phone.setText("12")
    editor.birthday.setText("きのう")
    editor.submit()
    assert "12" in editor.fields["phone"].error()
    assert "きのう" in editor.fields["birth_date"].error()
    assert editor.fields["name"].error() == ""
    editor.name.setText("試見 一郎")
    editor.phone.setText("090-1111-2222")
    editor.birthday.setText("1990/12/3")
    editor.submit()
    opened.settle()
    assert opened.page.editor is None
    assert opened.page.pane.file.customer.name == "試見 一郎"
    assert opened.page.pane.file.customer.birth_date.year == 1990
    assert sqlite_shop.customers.count() == 2


def test_somebody_who_is_here_already_is_offered(open_page, hana):
    opened = open_page(CustomersPage, new=True)
    editor = opened.page.editor
    editor.name.setText("だれか")
    editor.mail.setText("hanako@example.jp")
    editor.submit()
    opened.settle()
    assert not editor.banner.isHidden()
    editor.banner.action.click()
    opened.settle()
    assert opened.page.pane.file.customer.id == hana


def test_correcting_keeps_what_is_not_shown(open_page, sqlite_shop):
    made = person(sqlite_shop, "見本 花子", sex="female", phone="+819000000218")
    opened = open_page(CustomersPage, customer=made)
    opened.settle()
    opened.page.pane.who.edit.click()
    editor = opened.page.editor
    assert not editor.changed
    assert editor.phone.text() == "090-0000-0218"
    editor.kana.setText("みほん はなこ")
    editor.submit()
    opened.settle()
    now = sqlite_shop.customers.get(made)
    assert (now.kana, now.sex, now.phone) == ("ミホン ハナコ", "female", "+819000000218")


def test_double_entries_are_found_and_put_together_field_by_field(open_page, sqlite_shop, hana):
    twin = person(sqlite_shop, "見本 花子", "ミモト ハナコ", phone="+819000000218")
    opened = open_page(CustomersPage, customer=hana)
    opened.settle()
    page = opened.page
    assert not page.pane._twin_hint.isHidden()
    page.pane.compare()
    page.pane.twins.merge_wanted.emit(page.pane.twins_found[0].customer)
    merging = page.joining.merging
    assert set(merging._groups) == {"kana", "email"}
    merging._groups["kana"].button(1).click()
    merging.merge.click()
    opened.settle()
    assert sqlite_shop.customers.count() == 1
    assert page.pane.file.customer.id == hana
    assert (page.pane.file.customer.kana, page.pane.file.customer.email) == ("ミモト ハナコ", "hanako@example.jp")
    page.doing.undo_last()
    opened.settle()
    assert sqlite_shop.customers.get(twin).kana == "ミモト ハナコ"
    assert sqlite_shop.customers.get(hana).kana == "ミホン ハナコ"


def test_the_pairs_of_the_shop_are_decided_one_by_one(open_page, sqlite_shop, hana, taro):
    twin = person(sqlite_shop, "見本 花子", phone="+819000000218")
    opened = open_page(CustomersPage, doubles=True)
    page = opened.page
    doubles = page.joining.doubles
    opened.settle()
    assert doubles.rows.count() == 1
    doubles.distinct_wanted.emit(sqlite_shop.customers.get(hana), sqlite_shop.customers.get(twin))
    opened.settle()
    assert doubles._stack.currentWidget() is doubles.empty
    opened.toast().action.click()
    opened.settle()
    assert doubles.rows.count() == 1
    doubles.merge_wanted.emit(sqlite_shop.customers.get(hana), sqlite_shop.customers.get(twin))
    assert page.back()  # out of the merge, back to the pairs
    assert page.joining.currentWidget() is doubles
    assert page.back()
    assert page._stack.currentWidget() is page._list


def test_columns_are_chosen_sorted_and_remembered(monkeypatch, qtbot, open_page, sqlite_shop, hana, taro):
    field = sqlite_shop.customers.fields.make("色", "text")
    sqlite_shop.customers.fields.set(taro, field.id, "あか")
    opened = open_page(CustomersPage)
    page, people = opened.page, opened.page.people
    dialog = ColumnsDialog(page, people.known, people.kept())
    dialog.boxes["line"].setChecked(False)
    dialog.boxes["email"].setChecked(True)
    dialog.boxes[f"own:{field.id}"].setChecked(True)
    monkeypatch.setattr("shopdesk.ui.customers.list_columns.choose_columns", lambda *_given: dialog.kept())
    page.columns.choose()
    page.columns.widen("email", 240)
    opened.settle()
    kept = f"name,email=240,orders,spent_yen,last_order_at,own:{field.id}"
    assert Screen(sqlite_shop.home).get(COLUMNS) == kept
    titles = [people.model.headerData(at, Qt.Orientation.Horizontal) for at in range(1, 7)]
    assert titles == ["Customer", "Mail", "Orders", "Spent", "Last order", "色"]
    page.columns.sort_by("email")
    opened.settle()
    assert page.filters.sort.currentText() == "Mail, rising"
    assert [shown(page, row, 2) for row in (0, 1)] == ["hanako@example.jp", "—"]
    page.columns.sort_by("email")
    assert page.filters.filter.descending
    assert people.table.head._sorted == ("email", True)


def test_a_head_is_clicked_to_sort_and_dragged_to_widen(qtbot, open_page, sqlite_shop, hana, taro):
    opened = open_page(CustomersPage)
    page, head = opened.page, opened.page.people.table.head
    at = head.sectionViewportPosition(3) + 20
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at, 10))
    opened.settle()
    assert (page.filters.filter.sort, page.filters.filter.descending) == ("orders", True)
    edge = head.sectionViewportPosition(3) + head.sectionSize(3) - 1
    qtbot.mousePress(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(edge, 10))
    qtbot.mouseMove(head.viewport(), QPoint(edge + 30, 10))
    qtbot.mouseRelease(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(edge + 30, 10))
    opened.settle()
    assert "orders=122" in Screen(sqlite_shop.home).get(COLUMNS)
    assert page.filters.filter.sort == "orders"


def test_any_condition_is_asked_for_in_a_dialog(open_page, sqlite_shop, hana, taro):
    opened = open_page(CustomersPage)
    page = opened.page
    dialog = ConditionDialog(page, page.filters._columns, [], ["shop"])
    dialog.column.set_value("spent_yen")
    dialog._turn()
    assert dialog._sentence()  # nothing written yet
    dialog.number.set_value(5000)
    assert dialog.condition() == Condition("spent_yen", "at_least", 5000)
    page.filters._with(dialog.condition())
    opened.settle()
    assert page.people.model.rowCount() == 1
    chip = page.filters._chips.layout().itemAt(0).widget()
    assert chip.words == "Spent is at least 5,000"
    chip.click()
    dialog.column.set_value("consent_mail")
    dialog._turn()
    dialog.one.set_value(0)
    page.filters._with(dialog.condition())
    opened.settle()
    assert page.filters._chips.layout().itemAt(0).widget().words == "Mail messages: no"
    assert page.people.model.rowCount() == 2


def test_many_are_changed_at_once_and_it_is_taken_back_from_the_list(monkeypatch, open_page, sqlite_shop, hana, taro):
    opened = open_page(CustomersPage)
    page = opened.page
    page.people.model.toggle_all()
    dialog = ManyDialog(page, 2, [])
    dialog.kind.set_value(("prefecture", 0))
    dialog._turn()
    dialog.prefecture.set_value("北海道")
    assert dialog.verb.words() == "Change 2 people"
    monkeypatch.setattr("shopdesk.ui.customers.questions.ask_change", lambda *_given: dialog.change())
    page.people.foot.edit_wanted.emit()
    opened.settle()
    assert {sqlite_shop.customers.get(one).prefecture for one in (hana, taro)} == {"北海道"}
    edits = EditsDialog(page, sqlite_shop.customers.edits.latest(), [], page.acts.undo_edit)
    edits._take_back(1)
    opened.settle()
    assert {sqlite_shop.customers.get(one).prefecture for one in (hana, taro)} == {""}
    assert "2 people" in opened.toast().accessibleName()


def test_ctrl_z_takes_the_last_change_back(qtbot, open_page, sqlite_shop, hana, taro):
    opened = open_page(CustomersPage)
    page = opened.page
    page.people.model.toggle_all()
    page.people.foot.tag_wanted.emit("常連")
    opened.settle()
    page.people.table.setFocus()
    qtbot.keyClick(page.people.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    opened.settle()
    assert sqlite_shop.customers.get(hana).tags == ()


def test_the_pane_shows_how_a_person_buys_and_the_shops_own_fields(monkeypatch, open_page, sqlite_shop, hana, taro):
    field = sqlite_shop.customers.fields.make("色", "text")
    opened = open_page(CustomersPage, customer=hana)
    page = opened.page
    opened.settle()
    words = [one.text() for kind in (Label, Prose) for one in page.pane.more.findChildren(kind)]
    assert "lately 5 · often 5 · much 5" in words
    assert "いちごのショートケーキ" in words
    monkeypatch.setattr("shopdesk.ui.customers.questions.ask_value", lambda *_given: "あか")
    page.pane.more.field_wanted.emit(field)
    opened.settle()
    assert sqlite_shop.customers.get(hana).own[0].value == "あか"
    shown = []

    def pick(dialog):
        for part in (sqlite_shop.customers.get(hana).name[:2], "例示"):
            dialog.search.setText(part)
            dialog.search.returnPressed.emit()
            opened.settle()
            rows = [dialog.rows.itemAt(at).widget() for at in range(dialog.rows.count())]
            shown.append([len(one.findChildren(Button)) for one in rows])
        dialog.kind.set_value("company")
        rows[0].findChild(Button).click()
        return dialog.result()

    monkeypatch.setattr(RelateDialog, "exec", pick)
    page.pane.more.relate_wanted.emit()
    opened.settle()
    assert shown == [[0], [1]]  # nobody belongs to themselves
    assert [(one.customer_id, one.kind) for one in page.pane.file.relations] == [(taro, "company")]
    page.pane.more.unrelate_wanted.emit(taro)
    opened.settle()
    assert page.pane.file.relations == ()


def test_stopping_the_use_asks_and_locks_the_switches(monkeypatch, open_page, sqlite_shop, hana):
    opened = open_page(CustomersPage, customer=hana)
    page = opened.page
    opened.settle()
    yes(monkeypatch)
    page.pane.who.stop_wanted.emit(True)
    opened.settle()
    assert not page.pane.facts.stopped.isHidden()
    assert not page.pane.facts.line.switch.isEnabled()
    assert not sqlite_shop.customers.get(hana).consent_line
    dialog = ConsentsDialog(page, page.pane.file.customer, sqlite_shop.customers.consents.history(hana))
    assert any("use of the data stopped" in one.text() for one in dialog.findChildren(Label))


def test_own_fields_are_made_and_deleted_in_their_dialog(monkeypatch, open_page, desk, sqlite_shop, hana):
    opened = open_page(CustomersPage)
    dialog = FieldsDialog(opened.page, sqlite_shop, desk.tasks, desk.notices.sentence)
    dialog.name.setText("色")
    dialog._make()
    opened.settle()
    dialog.name.setText("色")
    dialog._make()
    opened.settle()
    assert "色" in dialog._field.error()
    (field,) = sqlite_shop.customers.fields.all()
    dialog._rename(field, "いろ")
    opened.settle()
    assert [one.name for one in sqlite_shop.customers.fields.all()] == ["いろ"]
    monkeypatch.setattr("shopdesk.ui.customers.own.confirm", lambda *_given, **_more: True)
    dialog._delete(field)
    opened.settle()
    assert sqlite_shop.customers.fields.all() == []


@pytest.mark.parametrize(
    ("name", "called_so"),
    [
        ("髙﨑 𠮷 🍰", "髙﨑 𠮷 🍰"),
        ("\u202egnp.exe", "\u2068\u202egnp.exe\u2069"),
        ("שלום", "\u2068שלום\u2069"),
        ("a\u2069\u202eb", "\u2068a\u202eb\u2069"),
        ("\u200b\u200d \ufeff", "(no name)"),
    ],
)
def test_names_never_turn_the_words_around_them(name, called_so):
    assert called(SimpleNamespace(name=name, kana="")) == called_so


def test_erasing_asks_first_and_then_closes_the_pane(monkeypatch, open_page, sqlite_shop, hana):
    opened = open_page(CustomersPage, customer=hana)
    opened.settle()
    yes(monkeypatch, answer=False)
    opened.page.pane.who.forget_wanted.emit()
    opened.settle()
    assert sqlite_shop.customers.count() == 1
    asked = yes(monkeypatch)
    opened.page.pane.who.forget_wanted.emit()
    opened.settle()
    assert asked[0][0] == "Erase everything about 見本 花子?"
    assert sqlite_shop.customers.count() == 0
    assert opened.page.pane.isHidden()


def test_everything_held_is_written_to_a_file(open_page, hana, tmp_path):
    opened = open_page(CustomersPage)
    file = tmp_path / "花子.json"
    opened.page.acts.write_disclosure(hana, file)
    opened.settle()
    assert json.loads(file.read_text(encoding="utf-8"))["customer"]["name"] == "見本 花子"
    opened.page.acts.write_disclosure(hana, tmp_path / "nowhere" / "x.json")
    opened.settle()
    assert "another folder" in opened.toast().accessibleName()


def test_somebody_who_is_gone_is_said_so(open_page, hana):
    opened = open_page(CustomersPage, customer=999)
    opened.settle()
    assert "999" in opened.page.pane._error._fact.text()


def test_hostile_names_are_drawn_as_they_are(open_page, sqlite_shop):
    made = person(sqlite_shop, HOSTILE, note=HOSTILE)
    sqlite_shop.customers.tag([made], HOSTILE)
    opened = open_page(CustomersPage, customer=made)
    opened.settle()
    assert opened.page.pane.who.name.text() == HOSTILE
    for shown_label in opened.page.findChildren(Label):
        assert shown_label.textFormat() == Qt.TextFormat.PlainText


def test_in_a_narrow_window_the_pane_lies_over_the_list(open_page, hana):
    opened = open_page(CustomersPage, 1000, 660, customer=hana)
    opened.settle()
    page = opened.page
    assert page.people.width() == page.beside.width()
    assert page.pane.x() + page.pane.width() == page.beside.width()


def test_leaving_a_form_with_something_typed_asks(monkeypatch, open_page, qtbot):
    opened = open_page(CustomersPage, new=True)
    page = opened.page
    page.editor.name.setText("書きかけ")
    answers = iter([QDialog.DialogCode.Rejected, QDialog.DialogCode.Accepted])
    monkeypatch.setattr("shopdesk.ui.widgets.dialog.Dialog.exec", lambda _self: next(answers))
    assert page.back()
    assert page.editor is not None
    assert page.back()
    assert page.editor is None


def test_the_menu_leads_to_the_doubles(open_page, hana):
    page = open_page(CustomersPage).page
    page._menu()
    page.menu.actions()[0].trigger()
    assert page._stack.currentWidget() is page.joining
    page.menu.close()
