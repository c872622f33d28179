"""What the counter asks of the till: one act at a time, whatever is looked up meanwhile."""

from __future__ import annotations

import threading

import pytest

from shopdesk.ui.counter.errands import Errands
from shopdesk.ui.tasks import Tasks


def test_an_act_is_alone_until_its_own_answer_is_here(qtbot):
    tasks, gate, came, waits = Tasks(), threading.Event(), [], []
    errands = Errands(tasks)
    errands.waits.connect(waits.append)
    errands.act(lambda: gate.wait() and "first", came.append, pytest.fail)
    errands.look(lambda: "looked", came.append, pytest.fail)
    qtbot.waitUntil(lambda: came == ["looked"])
    errands.act(lambda: "second", came.append, pytest.fail)
    qtbot.waitUntil(lambda: waits == [True])  # who looked has an answer, who acts still waits
    assert errands.acting
    gate.set()
    assert tasks.settle()
    assert (came, waits, errands.acting) == (["looked", "first"], [True, False], False)
    errands.act(lambda: 1 / 0, pytest.fail, came.append)
    assert tasks.settle()
    assert (type(came[-1]), errands.acting) == (ZeroDivisionError, False)
    tasks.close()
