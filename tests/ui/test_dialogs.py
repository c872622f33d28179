"""Every dialog of customers, segments and imports over difficult names: whole, inside the window, and usable without a mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QApplication, QComboBox, QDialog, QLineEdit, QWidget

from shopdesk.ui.customers.page import CustomersPage
from shopdesk.ui.widgets import Label
from shopdesk.ui.widgets.text import ElidedLabel
from tests.ui.dialogs import dialogs, fill


@pytest.fixture
def makers(sqlite_shop, desk, open_page):
    """How each dialog is made, over the page of customers of a filled shop."""
    fill(sqlite_shop, 14)
    opened = open_page(CustomersPage, 1280, 800)
    return dialogs(opened.page, sqlite_shop, desk.tasks), desk.tasks


def controls(dialog: QDialog) -> set[QWidget]:
    """What a person can press, choose or type in; of buttons that exclude each other the one that is on: arrows go on."""
    found = [
        one
        for kind in (QAbstractButton, QComboBox, QLineEdit)
        for one in dialog.findChildren(kind)
        if one.isVisible() and one.isEnabled() and not isinstance(one.parent(), QComboBox | QLineEdit | QAbstractSlider)
    ]
    return {one for one in found if not _beside(one)}


def _beside(one: QWidget) -> bool:
    group = one.group() if isinstance(one, QAbstractButton) else None
    return group is not None and group.exclusive() and not one.isChecked()


def reached(dialog: QDialog, most: int) -> set[QWidget]:
    """What Tab comes to before it begins anew."""
    found: set[QWidget] = set()
    for _turn in range(most):
        focus = QApplication.focusWidget()
        found |= {focus} if focus is not None else set()
        QTest.keyClick(focus or dialog, Qt.Key.Key_Tab)
    return found


def test_no_dialog_needs_a_mouse_or_cuts_its_words(qtbot, makers):
    made, tasks = makers
    for name, make in made.items():
        dialog = make()
        dialog.open()
        dialog.activateWindow()
        tasks.settle()
        QCoreApplication.processEvents()
        wanted = controls(dialog)
        assert wanted - reached(dialog, 4 * len(wanted)) == set(), name
        cut = [
            one.text()
            for one in dialog.findChildren(Label)
            if one.isVisible() and not isinstance(one, ElidedLabel) and one.width() < one.sizeHint().width()
        ]
        assert cut == [], name
        assert dialog.height() <= 800, name
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert not dialog.isVisible(), name
        dialog.deleteLater()


def test_enter_does_not_destroy_and_does_not_change_many_at_once(makers):
    made, _tasks = makers
    for name in ("forget", "change-many", "condition"):
        dialog = made[name]()
        done = []
        dialog.accepted.connect(lambda done=done: done.append(True))
        dialog.open()
        dialog.activateWindow()
        QCoreApplication.processEvents()
        focus = QApplication.focusWidget()
        assert focus is not dialog.verb, name
        if name == "forget":
            QTest.keyClick(focus, Qt.Key.Key_Return)
            assert done == []
        dialog.reject()
        dialog.deleteLater()
