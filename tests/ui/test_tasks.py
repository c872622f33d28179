"""Work off the screen's thread."""

from __future__ import annotations

import threading
import time

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject

from shopdesk.ui.tasks import Lane, Tasks


@pytest.fixture
def tasks(qapp):
    made = Tasks()
    yield made
    made.close()


@pytest.fixture
def owner(qapp):
    return QObject()


def test_work_is_done_elsewhere_and_its_result_comes_back_here(tasks, owner):
    here, came = threading.get_ident(), []
    tasks.run(owner, threading.get_ident, lambda there: came.append((there, threading.get_ident())))
    assert tasks.settle()
    [(there, back)] = came
    assert there != here
    assert back == here


def test_an_error_goes_to_who_asked_or_to_the_one_place(tasks, owner):
    own, common = [], []
    tasks.default_failed = common.append
    tasks.run(owner, lambda: 1 / 0, pytest.fail, failed=own.append)
    tasks.run(owner, lambda: 1 / 0, pytest.fail)
    assert tasks.settle()
    assert [type(error) for error in own + common] == [ZeroDivisionError, ZeroDivisionError]


def test_nothing_comes_back_to_an_owner_that_is_gone(tasks):
    gate, came = threading.Event(), []
    owner = QObject()
    tasks.run(owner, gate.wait, came.append)
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(owner, QEvent.Type.DeferredDelete)
    gate.set()
    assert tasks.settle()
    tasks.close()
    assert came == []


def test_a_newer_question_with_the_same_key_replaces_the_older_one(tasks, owner):
    gate, came = threading.Event(), []
    tasks.run(owner, lambda: gate.wait() and "old", came.append, key="search")
    tasks.run(owner, lambda: "new", came.append, key="search")
    gate.set()
    assert tasks.settle()
    assert came == ["new"]


def test_the_same_key_of_another_owner_is_another_key(tasks, owner):
    came, other = [], QObject()
    tasks.run(owner, lambda: "one", came.append, key="search")
    tasks.run(other, lambda: "two", came.append, key="search")
    assert tasks.settle()
    assert sorted(came) == ["one", "two"]


def test_writes_wait_for_each_other_and_reads_do_not_wait_for_them(tasks, owner):
    gate, order = threading.Event(), []
    tasks.run(owner, gate.wait, lambda _: order.append("first"), lane=Lane.WRITE)
    tasks.run(owner, lambda: None, lambda _: order.append("second"), lane=Lane.WRITE)
    tasks.run(owner, lambda: None, lambda _: (order.append("read"), gate.set()), lane=Lane.READ)
    assert tasks.settle()
    assert order == ["read", "first", "second"]


def test_a_cancelled_task_says_nothing(tasks, owner):
    gate, came = threading.Event(), []
    task = tasks.run(owner, gate.wait, came.append)
    task.cancel()
    gate.set()
    assert tasks.settle()
    assert came == []


def test_closing_finishes_writes_and_drops_reads_that_have_not_begun(qapp, owner):
    tasks, done = Tasks(), []
    for n in range(3):
        tasks.run(owner, lambda n=n: (time.sleep(0.01), done.append(n)), lane=Lane.WRITE)
    gate = threading.Event()
    for _ in range(Lane.READ.value):
        tasks.run(owner, gate.wait)
    tasks.run(owner, lambda: done.append("late read"))
    threading.Timer(0.05, gate.set).start()
    tasks.close()
    assert done == [0, 1, 2]
    tasks.run(owner, lambda: done.append("after the end"))
    assert done == [0, 1, 2]
