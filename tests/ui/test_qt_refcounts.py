"""PySide6 6.12.0 on Python 3.11 drops references to None and bool until the interpreter aborts: stay away."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton

TIMES = 1000


class _Speaker(QObject):
    told = Signal(bool)


def _emit(_qtbot):
    speaker = _Speaker()
    speaker.told.connect(lambda _yes: None)
    return lambda: (speaker.told.emit(True), speaker.told.emit(False))


def _void_calls(qtbot):
    button = QPushButton("x")
    qtbot.addWidget(button)
    return lambda: (button.setEnabled(True), button.click())


def _properties(qtbot):
    button = QPushButton("x")
    qtbot.addWidget(button)
    return lambda: (button.setProperty("p", True), button.property("p"), button.isVisible())


@pytest.mark.parametrize("make", [_emit, _void_calls, _properties])
def test_calls_leave_the_references_as_they_were(qtbot, make):
    call = make(qtbot)
    call()
    before = [sys.getrefcount(one) for one in (True, False, None)]
    for _ in range(TIMES):
        call()
    after = [sys.getrefcount(one) for one in (True, False, None)]
    drift = [late - early for early, late in zip(before, after, strict=True)]
    assert all(abs(one) < TIMES // 4 for one in drift), drift
