"""The counter over a real shop, driven as a scanner and a person drive it: by keys that reach its window."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent

from shopdesk.cards import Reward, Rules
from shopdesk.coupons import Offer
from shopdesk.ui.counter import result
from shopdesk.ui.counter.setup import TILL
from shopdesk.ui.counter.window import CounterWindow
from shopdesk.ui.screen import Screen

NAMED = {
    "enter": Qt.Key.Key_Return,
    "tab": Qt.Key.Key_Tab,
    "esc": Qt.Key.Key_Escape,
    "backspace": Qt.Key.Key_Backspace,
    **{f"F{n}": Qt.Key(Qt.Key.Key_F1 + n - 1) for n in range(1, 13)},
}
SCANNER_MS, PERSON_MS = 5, 150


class Keyboard:
    """Keys that arrive at a window, each with its time, as the system hands them over."""

    def __init__(self, window):
        self.window, self.at = window, 1_000

    def press(self, name, ms=PERSON_MS, *, repeated=False):
        """One key, by its name or as a character, `ms` after the one before."""
        self.at += ms
        key = NAMED.get(name)
        text = "" if key else name
        code = key or (ord(name) if ord(name) < 128 else 0)
        event = QKeyEvent(QEvent.Type.KeyPress, code, Qt.KeyboardModifier.NoModifier, text, repeated)
        event.setTimestamp(self.at)
        QCoreApplication.sendEvent(self.window.windowHandle(), event)

    def type(self, text, ms, end=""):
        """Characters one after the other, then what ends them."""
        for one in text:
            self.press(one, ms)
        if end:
            self.press(end, ms)

    def scan(self, text, end="enter"):
        """What a scanner types; whoever comes next is no part of it."""
        self.type(text, SCANNER_MS, end)
        self.at += 1_000

    def convert(self, states, commit=""):
        """Text under a Japanese conversion, state by state, and what it becomes."""
        field = self.window.windowHandle().focusObject()
        for state in states:
            QCoreApplication.sendEvent(field, QInputMethodEvent(state, []))
        if commit:
            event = QInputMethodEvent("", [])
            event.setCommitString(commit)
            QCoreApplication.sendEvent(field, event)


class Counter:
    """The counter's window with what tests ask of it."""

    def __init__(self, window, shop, desk, bot):
        self.window, self.shop, self.desk, self.bot = window, shop, desk, bot
        self.keys = Keyboard(window)

    @property
    def screen(self):
        return self.window.screen_shown()

    @property
    def screens(self):
        return self.window.serving.screens

    @property
    def said(self):
        """The sentence of the result at the front."""
        assert self.screen is self.screens.result
        return self.screens.result.outcome.sentence

    @property
    def mood(self):
        assert self.screen is self.screens.result
        return self.screens.result.outcome.mood

    def settle(self):
        """Let answers come; what a person typed was held back for a moment."""
        for _pass in range(2):
            self.bot.wait(1)
            assert self.window.tasks.settle()
            assert self.desk.tasks.settle()

    def scan(self, text, end="enter"):
        self.keys.scan(text, end)
        self.settle()

    def press(self, name):
        """One key of a person, who has read what stands there."""
        self.keys.press(name, 2_000)
        self.settle()

    def type(self, text):
        """What a person types, after which it has come to its field."""
        for one in text:
            self.keys.press(one)
            self.window._scanner._let_go()

    def later(self):
        """So much later that the same code is no repetition."""
        self.window.serving._last_scan.forget()

    def balance(self, card_id):
        return self.shop.cards.get(card_id).balance


@pytest.fixture
def counter(qtbot, desk_of, sqlite_shop, monkeypatch):
    """The counter of an empty shop that gives a coffee at five stamps and a cake at ten."""
    monkeypatch.setattr(result, "SETTLES_MS", 0)  # a person takes longer than that; a test need not
    shop = sqlite_shop
    cake, coffee = (shop.coupons.publish(shop.coupons.create(Offer(name, "gift")).id) for name in ("Cake", "Coffee"))
    rewards = (Reward(points=5, coupon_id=coffee.id), Reward(points=10, coupon_id=cake.id))
    shop.cards.design.publish(replace(Rules(), rewards=rewards))
    desk = desk_of(shop)
    Screen(shop.home).keep(TILL, "Till 1")
    window = CounterWindow(desk)
    window.open(locked=False)
    window.showNormal()
    window.resize(1366, 768)
    qtbot.waitExposed(window)
    yield Counter(window, shop, desk, qtbot)
    window.end()
