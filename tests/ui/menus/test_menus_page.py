"""The page of rich menus as a shopkeeper uses it, with LINE as a rehearsal over HTTP."""

from __future__ import annotations

from io import BytesIO

from hypothesis import HealthCheck, given, settings, strategies as st
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from shopdesk.clock import JAPAN
from shopdesk.line import Clicks
from shopdesk.menus import Action, Area, TabClicks, areas
from shopdesk.ui import widgets
from shopdesk.ui.menus import geometry
from shopdesk.ui.menus.draft import Draft
from shopdesk.ui.menus.geometry import CORNERS, LEAST, Size
from shopdesk.ui.menus.page import MenusPage
from shopdesk.ui.menus.timing import TimesDialog
from tests.ui.menus.conftest import plan

SIZE = Size(2500, 1686)


def edited(field, text):
    field.setText(text)
    field.textEdited.emit(text)


def bars(there) -> list[str]:
    return sorted(one.wanted["chatBarText"] for one in there.rehearsal.rich_menus.by_id.values())


def test_a_menu_is_made_with_what_is_missing_said_and_put_on_line(open_page, sqlite_shop, there, monkeypatch):
    opened = open_page(MenusPage)
    page, editor = opened.page, opened.page.editor
    assert page.overview.list.empty._fact.text() == "No rich menu yet"
    page.begin()
    opened.settle()
    assert "name" in editor._wrong.prose.text()
    edited(editor.name, "ふだん")
    assert editor._wrong.prose.text().startswith("C: Write the address")
    editor.publish.emit()
    opened.settle()
    assert "address" in opened.toast().accessibleName()
    assert bars(there) == []
    for place, address in ((2, "https://example.jp/shop"), (4, "https://example.jp/map")):
        editor.draft.look_at(area=place)
        edited(editor.form.typed, address)
    editor.draft.look_at(area=1)
    editor.form.does.chosen.emit("coupon")
    editor.form.one_of.chosen.emit("1")
    assert editor._wrong.isHidden()
    edited(editor.side.bar, "あ" * 15)
    assert "too many" in editor._wrong.prose.text()
    edited(editor.side.bar, "開く")
    editor.publish.emit()
    opened.settle()
    assert (bars(there), editor.state.mark.words, editor.dirty()) == (["開く"], "Shown on LINE", False)
    assert page.back()
    opened.settle()
    assert page.overview.list.model.rowCount() == 1


def test_tabs_colours_sizes_and_every_step_back(open_page, sqlite_shop, up):
    opened = open_page(MenusPage, menu=up)
    editor, draft = opened.page.editor, opened.page.editor.draft
    opened.settle()
    before = draft.plan
    editor.tabs.add.click()
    edited(editor.tabs.name, "秋")
    edited(editor.tabs.name, "秋の")
    assert [one.title for one in draft.design.tabs] == ["お店", "たのしむ", "秋の"]
    editor.tabs.buttons[0].click()
    editor.colours.buttons[1].click()
    editor.side.layouts.tiles["four"].click()
    assert [one.word for one in draft.tab.areas] == ["ショップカード", "クーポン", "今日のケーキ", "予約する"]
    editor.side.pixels.chosen.emit((1200, 405))
    assert draft.tab.areas == tuple(
        geometry.scaled(one, SIZE, Size(1200, 405)) for one in _filled(draft, areas("four", *SIZE))
    )
    editor.side.people.chosen.emit(sqlite_shop.segments.get("常連").id)
    for _ in range(6):
        editor.back_step.click()
    assert draft.plan == before
    assert not draft.can_undo
    for _ in range(6):
        draft.redo()
    assert draft.plan.segment_id == sqlite_shop.segments.get("常連").id
    editor.tabs.buttons[1].click()
    editor.tabs.remove.click()
    assert [one.title for one in draft.design.tabs] == ["お店", "秋の"]
    assert editor.draft.tab_at in {0, 1}


def _filled(draft: Draft, places):
    return [
        Area(one.x, one.y, one.width, one.height, old.action, old.icon, old.word)
        for one, old in zip(places, draft.tab.areas, strict=True)
    ]


def test_places_are_drawn_moved_and_pulled_by_mouse_and_by_keys(open_page, sqlite_shop, up):
    opened = open_page(MenusPage, menu=up)
    opened.settle()
    draft, canvas = opened.page.editor.draft, opened.page.editor.canvas
    left = Qt.MouseButton.LeftButton

    def at(x: int, y: int) -> QPoint:
        room = canvas._room()
        scale = room.width() / SIZE.width
        return QPoint(round(room.x() + x * scale), round(room.y() + y * scale))

    def drag(start: QPoint, end: QPoint, *keys: Qt.Key) -> None:
        QTest.mousePress(canvas, left, pos=start)
        for share in (0.3, 0.7, 1.0):
            QTest.mouseMove(canvas, start + (end - start) * share)
        for key in keys:
            QTest.keyClick(canvas, key)
            QTest.mouseMove(canvas, start)
        QTest.mouseRelease(canvas, left, pos=end)

    edge = [box for box in canvas._corners(canvas._on_screen(draft.area)) if not box.isEmpty()]
    assert all(canvas.rect().toRectF().contains(box.adjusted(-0.75, -0.75, 0.75, 0.75)) for box in edge)
    draft.divide(areas("two", *SIZE)[:1])
    lies, wrong = canvas._room(), opened.page.editor._wrong
    for height in (opened.page.height(), 600):
        opened.page.resize(opened.page.width(), height)
        for shown in (True, False):
            wrong.setVisible(shown)
            opened.settle()
            assert canvas._room() == lies, "it stays where it is when the form grows"
    drag(at(1500, 0) + QPoint(0, 9), at(2480, 900))
    assert draft.area.y == 0, "its top edge met the menu's"
    draft.undo()
    drag(at(1500, 200), at(2480, 900))
    made = draft.area
    assert (len(draft.tab.areas), draft.area_at, made.x + made.width) == (2, 1, 2500), "its right edge met the menu's"
    drag(at(2000, 500), at(2000, 900))
    moved = draft.area
    assert (moved.width, moved.height, moved.y > made.y) == (made.width, made.height, True)
    drag(at(moved.x, moved.y), at(1800, 500))
    assert (draft.area.x > moved.x, draft.area.x + draft.area.width) == (True, moved.x + moved.width)
    before = draft.tab.areas
    for start in (at(2200, 800), at(300, 1500)):  # what is moved, and what is drawn
        drag(start, start - QPoint(40, 40), Qt.Key.Key_Escape)
    assert draft.tab.areas == before
    drag(at(2200, 800), at(2100, 700), Qt.Key.Key_Delete)
    assert len(draft.tab.areas) == 2, "the mouse still held it"
    draft.undo()
    draft.look_at(area=1)
    assert "B" in canvas.accessibleName()
    pulled = draft.area
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    assert draft.area.x == pulled.x - 10
    QTest.keyClick(canvas, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert (draft.area.height, draft.area.y) == (pulled.height - 10, pulled.y)
    QTest.keyClick(canvas, Qt.Key.Key_N)
    assert draft.area_at == 0
    QTest.keyClick(canvas, Qt.Key.Key_P)
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert len(draft.tab.areas) == 1
    QTest.mouseClick(canvas, left, pos=at(2000, 1000))
    assert len(draft.tab.areas) == 1, "a click on bare ground draws nothing"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.tuples(*[st.integers(0, 2000)] * 2, *[st.integers(LEAST, 500)] * 2),
    st.tuples(st.integers(-5000, 5000), st.integers(-5000, 5000)),
    st.sampled_from(CORNERS),
)
def test_no_place_ever_leaves_the_menu_or_gets_too_small(place, by, corner):
    x, y, width, height = place
    area = Area(min(x, SIZE.width - width), min(y, SIZE.height - height), width, height)
    for one in (geometry.moved(area, *by, SIZE), geometry.pulled(area, corner, *by, SIZE)):
        assert 0 <= one.x <= one.x + one.width <= SIZE.width
        assert 0 <= one.y <= one.y + one.height <= SIZE.height
        assert one.width >= LEAST
        assert one.height >= LEAST
    opposite = [1 - one for one in corner]
    pulled = geometry.pulled(area, corner, *by, SIZE)
    for first, length, end in zip((0, 1), (2, 3), opposite, strict=True):
        before, after = ((o.x, o.y, o.width, o.height) for o in (area, pulled))
        assert after[first] + end * after[length] == before[first] + end * before[length], "the opposite corner stays"


def test_the_phone_does_what_a_tap_will_do(open_page, sqlite_shop, up):
    opened = open_page(MenusPage, menu=up)
    opened.settle()
    editor, phone = opened.page.editor, opened.page.editor.phone
    room = phone._room()
    third = QPoint(round(room.x() + room.width() * 5 / 6), round(room.y() + room.height() / 4))
    QTest.mouseClick(phone, Qt.MouseButton.LeftButton, pos=third)
    assert (editor.draft.area_at, phone._messages[-1]["text"]) == (2, "Opens https://example.jp/cakes")
    QTest.mouseClick(phone, Qt.MouseButton.LeftButton, pos=room.topLeft().toPoint() + QPoint(9, 9))
    assert editor.draft.tab.title == "たのしむ"
    QTest.mouseClick(phone, Qt.MouseButton.LeftButton, pos=phone._bar().center().toPoint())
    QTest.mouseClick(phone, Qt.MouseButton.LeftButton, pos=third)
    assert editor.draft.tab.title == "たのしむ", "a shut menu has no places"
    opened.page.resize(888, 700)  # in a window of 1100 there is no room for both
    opened.settle()
    assert (phone.isVisible(), editor.canvas.visibleRegion().boundingRect()) == (False, editor.canvas.rect())


def test_a_picture_of_its_own_and_the_way_back_to_a_drawn_one(open_page, sqlite_shop, up, tmp_path, monkeypatch):
    opened = open_page(MenusPage, menu=up)
    opened.settle()
    editor = opened.page.editor
    file = tmp_path / "own.png"
    Image.new("RGB", (900, 900), "teal").save(file, "PNG")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(file), ""))
    editor.own.click()
    opened.settle()
    QTest.qWait(200)
    opened.settle()
    name = editor.draft.tab.picture
    assert name
    assert "KB / 1 MB" in editor._measure.text()
    kept = sqlite_shop.menus.picture(editor.draft.design, editor.draft.tab)
    assert Image.open(BytesIO(kept.data)).size == (2500, 1686)
    editor.drawn.click()
    assert editor.draft.tab.picture == ""
    file.write_bytes(b"no picture")
    editor.own.click()
    opened.settle()
    assert "JPEG or PNG" in opened.toast().accessibleName()


def test_times_order_withdrawing_and_deleting(open_page, sqlite_shop, up, there, clock, monkeypatch):
    other = sqlite_shop.menus.create(plan("クリスマス")).id
    opened = open_page(MenusPage, menu=other)
    opened.settle()
    page, editor = opened.page, opened.page.editor

    def choose(dialog):
        dialog.from_a_day.setChecked(True)
        dialog.until_a_day.setChecked(True)
        assert not dialog.verb.isEnabled()
        dialog.last.day.set_value(dialog.last.day._values[5])
        dialog.last.changed.emit()
        assert dialog.verb.isEnabled()
        return dialog.DialogCode.Accepted

    monkeypatch.setattr(TimesDialog, "exec", choose)
    editor.times.click()
    assert (editor.draft.plan.starts.astimezone(JAPAN).hour, editor.draft.plan.ends is None) == (10, False)
    editor.save.emit()
    opened.settle()
    assert (sqlite_shop.menus.get(other).plan, editor.dirty()) == (editor.draft.plan, False)
    asked = []
    monkeypatch.setattr(widgets, "confirm", lambda _p, question, *_f, **_m: asked.append(question) or True)
    page.back()
    opened.settle()
    table = page.overview.list.table
    table.setCurrentIndex(page.overview.list.model.index(1, 0))
    assert page.overview.up.isEnabled()
    assert not page.overview.down.isEnabled()
    page.overview.up.click()
    opened.settle()
    assert [one.id for one in sqlite_shop.menus.list()] == [other, up]
    for people, first, behind in (
        (sqlite_shop.segments.get("常連").id, "Its people see “クリスマス”", "Shown on LINE"),
        (None, "everybody sees “クリスマス”", "Behind another one"),
    ):
        sqlite_shop.menus.change(other, plan("クリスマス", segment_id=people))
        sqlite_shop.menus.publish(other)
        page.open(up)
        opened.settle()
        editor.publish.emit()
        opened.settle()
        assert (first in opened.toast().accessibleName(), editor.state.mark.words) == (True, behind)
    sqlite_shop.menus.withdraw(other)
    editor.withdraw.emit()
    opened.settle()
    assert (bars(there), editor.state.mark.words) == ([], "Draft")
    editor.delete.emit()
    opened.settle()
    assert ([one.id for one in sqlite_shop.menus.list()], len(asked)) == ([other], 2)


def test_stopped_refused_and_clicks(open_page, sqlite_shop, up, there, monkeypatch):
    opened = open_page(MenusPage, menu=up)
    opened.settle()
    page, editor = opened.page, opened.page.editor
    assert "20 people" in editor._clicks.text()
    editor.show_clicks([TabClicks("a", Clicks(50, 30, ((91, 30), (64, 20))))])
    assert editor._clicks.text().endswith("A 91・B 64")
    edited(editor.side.bar, "次")
    applying = editor.applying
    begin = applying.begin

    def begin_and_stop(first, done):
        begin(first, done)
        applying.stop.click()

    monkeypatch.setattr(applying, "begin", begin_and_stop)
    editor.publish.emit()
    opened.settle()
    assert "Stopped" in opened.toast().accessibleName()
    assert (there.rehearsal.rich_menus.by_id[there.rehearsal.rich_menus.default].wanted["chatBarText"]) == "メニュー"
    assert editor.give.isEnabled()
    monkeypatch.undo()
    monkeypatch.setenv("SHOPDESK_LINE_HOST", there.url)
    there.rehearsal.faults.add({"endpoint": "richmenu/content", "answer": 400, "times": 9})
    editor.publish.emit()
    opened.settle()
    assert editor.state.mark.words == "LINE refused it"
    there.rehearsal.faults.clear()
    editor.publish.emit()
    opened.settle()
    assert bars(there) == ["次", "次"]
    monkeypatch.setattr(widgets, "confirm", lambda *_a, **_m: False)
    edited(editor.name, "別")
    assert page.back()
    assert editor.isVisible()


def test_the_form_gives_back_every_action(open_page, sqlite_shop, up):
    opened = open_page(MenusPage, menu=up)
    opened.settle()
    draft, form = opened.page.editor.draft, opened.page.editor.form
    values = {
        "link": "https://a.example",
        "say": "こんにちは",
        "card": "",
        "coupon": "1",
        "survey": "1",
        "talk": "",
        "tab": "b",
    }
    for does, value in values.items():
        draft.change_area(action=Action(does, value))
        shown = form.typed.text() if does in {"link", "say"} else form.one_of.value() if value else ""
        assert (form.does.value(), shown) == (does, value)
