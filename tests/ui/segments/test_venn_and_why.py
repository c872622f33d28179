"""Two segments laid over each other, and why somebody is in one or not."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton

from shopdesk.segments import AllOf, Condition, Except
from shopdesk.ui import widgets as w
from shopdesk.ui.segments.reasons import WhyDialog
from shopdesk.ui.segments.venn import VennDialog

TOKYO = AllOf((Condition("customer.prefecture", "is", ("東京都",)),))
OSAKA_TOO = AllOf((Condition("customer.prefecture", "is", ("東京都", "大阪府")),))


@pytest.fixture
def venn(world):
    world.page.begin()
    made = VennDialog(world.page, ("東京", TOKYO), [("都会", OSAKA_TOO)], world.shop.segments, world.tasks)
    made.show()
    world.tasks.settle()
    yield made
    made.reject()


def test_each_part_is_counted_and_can_be_clicked(world, venn):
    assert venn.picture.accessibleName() == "0 people, 2 people, 1 person"
    middles = [path.pointAtPercent(0).toPoint() for path in venn.picture.parts()]
    assert len(middles) == 3
    right = venn.picture.parts()[2].boundingRect()
    spot = QPoint(round(right.right()) - 6, round(right.center().y()))
    world.bot.mouseClick(venn.picture, Qt.MouseButton.LeftButton, pos=spot)
    name, rule = venn.part
    assert name == "“都会” only"
    assert rule == AllOf((OSAKA_TOO, Except(TOKYO)))
    assert world.shop.segments.count(rule).count == 1


def test_the_keyboard_reaches_the_parts_too(world, venn):
    both = [one for one in venn.findChildren(QAbstractButton) if one.accessibleName() == "“東京” and “都会”"]
    world.bot.keyClick(both[0], Qt.Key.Key_Space)
    assert venn.part == ("“東京” and “都会”", AllOf((TOKYO, OSAKA_TOO)))


def test_why_says_each_condition_with_what_the_person_has(world):
    rule = AllOf((*TOKYO.parts, Condition("orders.count", "at_least", 2)))
    dialog = WhyDialog(world.page, rule, world.shop, world.tasks)
    dialog.show()
    dialog.look("花子")
    world.tasks.settle()
    dialog.findChildren(w.Button)[0].click()
    world.tasks.settle()
    assert dialog.verdict.text() == "見本 花子 is not in this segment."
    said = [one.text() for one in dialog.findChildren(w.Prose)]
    assert "People who live in 東京都." in said
    assert {one.text() for one in dialog.findChildren(w.Label)} >= {"東京都", "ordered 0 times"}
    dialog.reject()
