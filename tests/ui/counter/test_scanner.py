"""What a scanner types is told from what a person types, wherever the caret stands and whatever converts it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from shopdesk import scancodes
from shopdesk.ui.counter import scanner as scanning, trying
from shopdesk.ui.counter.scanner import Scan, Scanner
from shopdesk.ui.widgets import vbox
from tests.ui.counter.conftest import Keyboard

CODE = scancodes.new("card").digits
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@pytest.fixture
def world(qtbot, appearance):
    """A window with a field and a button, watched."""
    window, field, button = QWidget(), QLineEdit(), QPushButton("x")
    window.setLayout(vbox(field, button))
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    entered, scans = [], []
    field.returnPressed.connect(lambda: entered.append(field.text()))
    field.setFocus()
    scanner = Scanner(window.windowHandle())
    scanner.scanned.connect(scans.append)
    keys = Keyboard(window)
    return SimpleNamespace(
        field=field, button=button, scanner=scanner, scans=scans, keys=keys, entered=entered, bot=qtbot
    )


@pytest.mark.parametrize("end", ["enter", "tab"])
@pytest.mark.parametrize("focus", ["field", "button", None])
def test_a_scan_is_one_wherever_the_caret_is_and_leaves_it_there(world, focus, end):
    if focus:
        getattr(world, focus).setFocus()
    else:
        world.field.clearFocus()
    before = world.scanner._window.focusObject()
    world.keys.scan(CODE, end)
    assert world.scans == [Scan(CODE, 42 * 5, end)]
    assert world.field.text() == ""
    assert world.entered == []
    assert world.scanner._window.focusObject() is before


def test_what_a_person_types_comes_to_the_field_in_its_order(world):
    for one in "2026":
        world.keys.press(one)
    world.keys.press("1", 20)  # two fingers at once are no scan
    world.keys.press("enter", 90)
    assert world.field.text() == "20261"
    assert world.entered == ["20261"]
    world.keys.press("9")
    world.bot.waitUntil(lambda: world.field.text() == "202619", timeout=1_000)  # without a further key, too
    assert world.scans == []


def test_a_scan_without_an_end_is_over_after_a_pause_and_its_late_enter_is_nobodys(world):
    world.keys.type(CODE, 5)
    assert world.scans == []
    world.bot.waitUntil(lambda: bool(world.scans), timeout=2_000)
    assert world.scans == [Scan(CODE, 41 * 5, "pause")]
    world.keys.press("enter", 300)
    assert world.entered == []
    world.keys.press("enter", 3_000)
    assert world.entered == [""]


def test_enter_twice_at_the_end_and_the_next_scan_after_a_person(world):
    world.keys.type(CODE, 5, "enter")
    world.keys.press("enter", 5)
    assert world.entered == []
    for one in "12":
        world.keys.press(one)
    world.keys.at += 100
    world.keys.scan(CODE)
    assert [scan.text for scan in world.scans] == [CODE, CODE]
    assert world.field.text() == "12"


def test_four_kilobytes_are_cut_and_nothing_of_them_reaches_the_field(world):
    world.keys.scan("https://example.com/" + "a" * 4_076)
    (scan,) = world.scans
    assert (len(scan.text), scan.cut) == (scanning.MOST, True)
    assert world.field.text() == ""


def test_a_key_held_down_is_no_scan(world):
    for _time in range(20):
        world.keys.press("0", 30, repeated=True)
    assert world.scans == []
    assert world.field.text() == "0" * 20


def test_full_width_digits_and_text_under_conversion_are_understood(world):
    full = CODE.translate(FULL_WIDTH)
    world.keys.scan(full)
    world.keys.convert([full[:n] for n in range(1, 43)], commit=full)
    assert [(scan.text, scan.ended) for scan in world.scans] == [(full, "enter"), (full, "conversion")]
    assert world.field.text() == ""
    assert all(scancodes.read(scan.text).digits == CODE for scan in world.scans)
    world.keys.convert([full[:n] for n in range(1, 43)])  # whose Enter was lost
    world.bot.waitUntil(lambda: len(world.scans) == 3, timeout=2_000)
    assert world.field.text() == ""


def test_a_person_who_converts_a_name_is_left_alone(world):
    for state in ("h", "は", "はn", "はな", "花"):
        world.bot.wait(45)
        world.keys.convert([state])
    world.keys.convert([], commit="花")
    world.keys.convert(["はなこさま"], commit="はなこさま")  # the conversion offers it at once
    assert world.field.text() == "花はなこさま"
    assert world.scans == []


JUDGED = {
    "good": (Scan(CODE, 200, "enter"), "works well", ["Nothing needs"]),
    "no end": (Scan(CODE, 200, "pause"), "The scanner works", ["send Enter"]),
    "slow": (Scan(CODE, 42 * 33, "tab"), "The scanner works", ["types slowly"]),
    "full-width": (Scan(CODE.translate(FULL_WIDTH), 200, "conversion"), "The scanner works", ["full-width"]),
    "prefix": (Scan("]Q1" + CODE, 200, "enter"), "did not come", ["prefix and suffix"]),
    "letters": (Scan("!\"#$%&'()" * 4, 200, "enter"), "did not come", ["Letters came"]),
    "lost digits": (Scan(CODE[:30], 200, "enter"), "did not come", ["Digits are missing"]),
    "far too much": (Scan(CODE * 4, 900, "enter", cut=True), "did not come", ["prefix and suffix", "Far too much"]),
    "another": (Scan(scancodes.new("coupon").digits, 200, "enter"), "another code", []),
}


@pytest.mark.parametrize("case", JUDGED)
def test_the_scanner_s_test_says_what_to_set(case):
    scan, verdict, advice = JUDGED[case]
    said, given = trying.judge(scan, CODE)
    assert verdict in said
    assert len(given) == len(advice)
    assert all(any(words in one for one in given) for words in advice)
