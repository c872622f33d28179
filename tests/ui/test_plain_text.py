"""Text from customers is drawn as it is: no module but the factories may make what Qt could take for HTML."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from shopdesk import ui
from shopdesk.ui import widgets as w
from shopdesk.ui.phone import Phone

ROOT = Path(ui.__file__).parent
BANNED_NAMES = {"QLabel", "QMessageBox", "QTextBrowser", "QErrorMessage", "QToolTip", "QInputDialog", "QWhatsThis"}
BANNED_NAMES |= {
    "QStaticText",
    "QTextDocument",
    "QProgressDialog",
    "QPushButton",
    "QToolButton",
    "QGroupBox",
    "QCheckBox",
}
BANNED_NAMES |= {"QRadioButton", "QAction", "QMenu", "QTextEdit", "QLineEdit", "QPlainTextEdit", "QComboBox"}
BANNED_CALLS = {"setHtml", "insertHtml", "appendHtml", "setMarkdown", "setToolTip", "setWhatsThis", "setStatusTip"}
BANNED_CALLS |= {"setTextFormat", "setInformativeText", "showMessage", "toHtml"}
# Each factory with what it alone may touch, and why that is safe there.
FACTORIES = {
    "widgets/text.py": {"QLabel", "setTextFormat", "setToolTip", "QAction"},  # PlainText is set; tooltips are escaped
    "widgets/buttons.py": {"QPushButton", "QMenu"},  # ampersands are doubled
    "widgets/inputs.py": {"QLineEdit", "QPlainTextEdit", "QAction"},  # plain by nature
    "tray.py": {"setToolTip", "showMessage"},  # a number of ours; what desktops may take for markup is escaped
    "messages/editors/message_edit.py": {"QTextEdit", "QTextDocument"},  # only plain text gets in, pasted text too
    "widgets/choices.py": {"QComboBox", "QCheckBox", "QRadioButton"},  # ampersands are doubled
}
HOSTILE = '<img src="file:///etc/hostname"><b>太字</b>&amp;'


def breaches(source: str, allowed: frozenset[str] | set[str] = frozenset()) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(source)):
        name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
        if isinstance(node, ast.alias):
            name = node.name
        if name in (BANNED_NAMES | BANNED_CALLS) - set(allowed):
            found.append(f"{name} in line {node.lineno}")
    return found


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_only_the_factories_make_what_shows_text(path):
    allowed = FACTORIES.get(path.relative_to(ROOT).as_posix(), set())
    assert breaches(path.read_text(encoding="utf-8"), allowed) == []


@pytest.mark.parametrize(
    "planted",
    ["QLabel(name)", "QtWidgets.QMessageBox.about(a, b, c)", "box.setToolTip(customer.name)", "x.setHtml(talk)"],
)
def test_a_planted_breach_is_found(planted):
    assert breaches(planted)


def drawn(widget, width=560, height=60):
    widget.resize(width, height)
    widget.show()
    QApplication.processEvents()
    return widget.grab().toImage()


def test_markup_in_a_label_is_drawn_letter_by_letter(appearance):
    ours, reference = w.label(HOSTILE), QLabel()
    reference.setTextFormat(Qt.TextFormat.PlainText)
    reference.setText(HOSTILE)
    reference.setFont(ours.font())
    reference.setFixedHeight(ours.height())
    reference.setProperty("tone", "text")
    assert drawn(ours) == drawn(reference)
    assert ours.text() == HOSTILE


@pytest.mark.parametrize("make", [w.elided, w.Prose, w.Badge, w.Chip])
def test_markup_takes_the_room_of_its_letters_everywhere(appearance, make):
    plain, marked = make("太字"), make(HOSTILE)
    for one in (plain, marked):
        one.show()
    wide, narrow = drawn(marked), drawn(plain)
    assert _ink(wide) > 2 * _ink(narrow)


def _ink(image) -> int:
    ground = image.pixel(image.width() - 2, image.height() - 2)
    columns = (x for x in range(image.width()) if any(image.pixel(x, y) != ground for y in range(0, image.height(), 2)))
    return max(columns, default=0)


def test_a_tooltip_is_escaped(appearance):
    button = w.Button("送る")
    w.tip(button, HOSTILE)
    assert "<img" not in button.toolTip()
    assert "&lt;img" in button.toolTip()
    w.tip(button, "")
    assert not button.toolTip()


def test_an_ampersand_on_a_button_is_no_shortcut(appearance):
    button = w.Button("A&B 洋菓子店")
    assert button.shortcut().isEmpty()
    assert button.words() == "A&B 洋菓子店"


def test_markup_in_a_bubble_is_text(appearance):
    phone = Phone("みほん", [{"type": "text", "text": HOSTILE}])
    assert HOSTILE in phone.accessibleName()
    assert drawn(phone, 300, 400) != drawn(Phone("みほん", [{"type": "text", "text": "太字"}]), 300, 400)
