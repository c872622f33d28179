"""Changes reach the screen's thread, from here and from other processes."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QObject

from shopdesk.changes import Changes, Topic
from shopdesk.ui.live import Live
from shopdesk.ui.tasks import Tasks


@pytest.fixture
def tasks(qapp):
    made = Tasks()
    yield made
    made.close()


def live_with(tasks, answers):
    changes = Changes()
    return changes, Live(changes, tasks, lambda: answers.pop(0) if answers else False)


def test_a_change_told_on_a_worker_is_heard_here(qtbot, tasks):
    changes, live = live_with(tasks, [])
    heard, owner = [], QObject()
    live.on(owner, {Topic.CUSTOMERS}, lambda: heard.append(threading.get_ident()))
    for topic in (Topic.CUSTOMERS, Topic.SETTINGS):
        worker = threading.Thread(target=changes.tell, args=(topic,))
        worker.start()
        worker.join()
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [threading.get_ident()]
    live.close()


def test_an_owner_that_is_gone_hears_nothing(qtbot, tasks):
    changes, live = live_with(tasks, [])
    heard, owner, other = [], QObject(), QObject()
    live.on(owner, {Topic.CUSTOMERS}, lambda: heard.append("gone"))
    live.on(other, {Topic.CUSTOMERS}, lambda: heard.append("here"))
    with qtbot.waitSignal(owner.destroyed):
        owner.deleteLater()
    changes.tell(Topic.CUSTOMERS)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["here"]
    live.close()


def test_another_process_that_wrote_is_told_as_every_topic(qtbot, tasks):
    _changes, live = live_with(tasks, [False, True])
    live.look()
    tasks.settle()
    with qtbot.waitSignal(live.changed) as told:
        live.look()
    assert told.args == [frozenset(Topic)]
    live.close()


def test_a_failed_look_is_silent_and_the_next_one_works(qtbot, tasks):
    def answer():
        if not looked:
            looked.append(1)
            raise OSError("gone for a moment")
        return True

    looked: list[int] = []
    live = Live(Changes(), tasks, answer)
    live.look()
    tasks.settle()
    with qtbot.waitSignal(live.changed):
        live.look()
    live.close()


def test_after_closing_nothing_is_heard(qtbot, tasks):
    changes, live = live_with(tasks, [])
    live.close()
    with qtbot.assertNotEmitted(live.changed, wait=30):
        changes.tell(Topic.CUSTOMERS)
