"""Settings → staff and the record: added, changed, given another PIN and a badge, let go; each in the words of the table."""

from __future__ import annotations

import ast
from pathlib import Path

from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPdfWriter
from shiboken6 import isValid

import shopdesk
from shopdesk.staff import RIGHTS, Act
from shopdesk.ui import widgets as w
from shopdesk.ui.settings import staff
from shopdesk.ui.settings.audit_words import ACTIONS, OBJECTS
from shopdesk.ui.settings.badge import BadgeDialog, draw_badge
from shopdesk.ui.settings.rights_table import ROWS


def fill(dialog, name="", pin="", again=None):
    if name:
        dialog.name.setText(name)
    if pin:
        dialog.pins.pin.setText(pin)
        dialog.pins.again.setText(pin if again is None else again)


def press(qtbot, desk, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    for _turn in range(2):
        assert desk.tasks.settle()
        qtbot.wait(1)


def names(desk):
    return [one.name for one in desk.shop.staff.members.all()]


def test_from_the_first_owner_to_nobody(qtbot, open_desk, monkeypatch):
    desk = open_desk("staff")
    section = desk.section
    assert section.empty.isVisible()
    press(qtbot, desk, section.add_button)
    dialog = section.dialog
    assert not dialog.role.isEnabled()
    assert dialog.chosen_role() == "owner"
    fill(dialog, "さくら<b>", "4071", "4072")
    press(qtbot, desk, dialog.verb)
    assert dialog.pins.fields[1].error()
    assert names(desk) == []
    fill(dialog, pin="1234")
    press(qtbot, desk, dialog.verb)
    assert "easy to guess" in dialog.problem.text()
    fill(dialog, pin="4071")
    press(qtbot, desk, dialog.verb)
    assert not isValid(dialog)
    assert names(desk) == ["さくら<b>"]
    assert desk.shop.staff.actor.name == "さくら<b>"
    press(qtbot, desk, section.add_button)
    dialog = section.dialog
    assert dialog.answers.isVisible()
    assert not dialog.exports.isVisible()
    dialog.answers.setChecked(True)
    dialog.role.set_value("manager")
    dialog.role.chosen.emit("manager")
    assert dialog.exports.isVisible()
    dialog.exports.setChecked(True)
    fill(dialog, "みか", "2580")
    press(qtbot, desk, dialog.verb)
    mika = desk.shop.staff.members.all()[1]
    assert (mika.role, mika.answers, mika.exports) == ("manager", False, True), "a grant of another role is none"
    section.change(mika)
    fill(section.dialog, "さくら<b>")
    press(qtbot, desk, section.dialog.verb)
    assert "works here already" in section.dialog.problem.text()
    fill(section.dialog, "みか 2")
    press(qtbot, desk, section.dialog.verb)
    section.set_pin(mika)
    fill(section.dialog, pin="9306")
    press(qtbot, desk, section.dialog.verb)
    assert desk.shop.staff.members.check(mika.id, "9306").name == "みか 2"
    monkeypatch.setattr(staff, "confirm", lambda *_said, **_more: True)
    section.remove(desk.shop.staff.members.all()[0])
    assert desk.tasks.settle()
    assert "only owner" in desk.notices._toast.accessibleName()
    section.remove(mika)
    assert desk.tasks.settle()
    assert names(desk) == ["さくら<b>"]


def test_a_badge_is_shown_once_and_what_is_printed_can_be_scanned(qtbot, open_desk, monkeypatch, tmp_path):
    desk = open_desk("staff")
    one = desk.shop.staff.members.add("見本 さくら", "owner", "4071")
    monkeypatch.setattr(staff, "confirm", lambda *_said, **_more: True)
    desk.section.make_badge(one)
    assert desk.tasks.settle()
    dialog = desk.section.dialog
    assert isinstance(dialog, BadgeDialog)
    assert desk.shop.staff.members.by_code(dialog._digits).id == one.id
    dialog.accept()
    file = tmp_path / "badge.pdf"
    paper = QPdfWriter(str(file))
    paper.setPageLayout(
        QPageLayout(
            QPageSize(QSizeF(210, 297), QPageSize.Unit.Millimeter),
            QPageLayout.Orientation.Portrait,
            QPageLayout().margins(),
        )
    )
    assert draw_badge(
        paper, "とても長い名前のアルバイトスタッフ見本 太郎左衛門さん", "みほん洋菓子店", "4" + "0123456789" * 4 + "1"
    )
    assert file.stat().st_size > 1000
    shown = w.QrCode(dialog._digits).grab().toImage()
    assert read(shown) == dialog._digits


def read(image: QImage) -> str:
    """What a scanner makes of a picture."""
    import numpy as np  # noqa: PLC0415
    import zxingcpp  # noqa: PLC0415

    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    pixels = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())[:, : grey.width()]
    return zxingcpp.read_barcode(np.ascontiguousarray(pixels)).text


def test_the_record_is_read_a_page_at_a_time_and_by_person(qtbot, open_desk):
    desk = open_desk("staff")
    staff_ = desk.shop.staff
    staff_.members.add("さくら", "owner", "4071")
    with desk.shop.database.write() as session:
        for n in range(300):
            staff_.record(session, "tag", "customer", [n], ["tags"])
    every = staff_.entries(1000)
    assert [one.id for one in staff_.entries(100, before=every[99].id)] == [one.id for one in every[100:200]]
    assert staff_.entry_anchors(100) == [every[99].id, every[199].id, every[299].id]
    assert staff_.count_entries(by="さくら") == 300
    desk.page.open("record")
    for _turn in range(3):
        desk.tasks.settle()
        qtbot.wait(1)
    section = desk.page.sections["record"]
    assert section.list.model.rowCount() == len(every)
    first = [section.list.model.columns[at].cell(every[0]) for at in range(4)]
    assert first[1].words == "さくら"
    assert (first[2], first[3]) == ("customer: tagged", "No. 299 · tags")
    section.person.set_value("owner")
    section.person.chosen.emit("owner")
    desk.tasks.settle()
    qtbot.wait(1)
    assert section.list.model.rowCount() == len(every) - 300


def test_the_table_shows_every_right_that_people_can_have():
    theirs = {act for role in ("owner", "manager", "counter") for act in RIGHTS[role]}
    by_themselves = {Act.RECEIVE, Act.SERVE_PAGE}
    assert {act for act, _words in ROWS} == theirs - by_themselves


def values(said: ast.expr) -> list[object]:
    """The plain words that an argument can be."""
    if isinstance(said, ast.IfExp):
        return [*values(said.body), *values(said.orelse)]
    return [said.value] if isinstance(said, ast.Constant) else []


def recorded():
    """Every action and object that the program writes down as plain words."""
    for path in Path(shopdesk.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "record":
                words = [values(one) for one in node.args[1:3]]
                if len(words) == 2 and all(isinstance(one, str) for part in words for one in part):
                    yield path.name, words


def test_what_is_recorded_has_words():
    found = list(recorded())
    for at, known in enumerate((ACTIONS, OBJECTS)):
        words = {(name, word) for name, pair in found for word in pair[at] if word}
        assert len(words) > 40
        assert {(name, word) for name, word in words if word not in known} == set()


def test_the_second_persons_ok_and_the_minutes_are_kept(open_desk):
    desk = open_desk("sending")
    desk.section.two.click()
    assert desk.tasks.settle()
    assert desk.shop.settings.get("second_ok_above") == 500
    desk.section.two_above.setText("800")
    desk.section.two_above.editingFinished.emit()
    assert desk.tasks.settle()
    assert desk.shop.settings.get("second_ok_above") == 800
    desk.section.two.click()
    assert desk.tasks.settle()
    assert desk.shop.settings.get("second_ok_above") == 0
    desk.page.open("staff")
    desk.page.sections["staff"].lock_after.chosen.emit(15)
    assert desk.tasks.settle()
    assert desk.shop.settings.get("lock_minutes") == 15
