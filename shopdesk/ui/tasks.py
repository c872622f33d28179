"""Work off the screen's thread, in three lanes; results come back on it, and never to a window that is gone."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from enum import Enum
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Qt, Signal
from shiboken6 import isValid

logger = logging.getLogger(__name__)
T = TypeVar("T")
Failed = Callable[[Exception], object]


class Lane(Enum):
    """Who waits for whom: one worker writes, several read, a few talk with the network."""

    WRITE = 1
    READ = 3
    NETWORK = 2


class Task:
    """One piece of work that was asked for."""

    def __init__(
        self,
        owner: QObject,
        work: Callable[[], Any],
        then: Callable[[Any], object] | None,
        failed: Failed,
        lane: Lane,
        key: str | None,
    ) -> None:
        self.owner, self.work, self.then, self.failed = owner, work, then, failed
        self.lane, self.key = lane, key
        self.wanted = True
        self.future: Future[None] | None = None
        self.thread: int | None = None

    @property
    def awaited(self) -> bool:
        """Whether whoever asked is still there and still wants to know."""
        return self.wanted and isValid(self.owner)

    def answer(self, result: object, error: Exception | None) -> None:
        """Tell whoever asked what came of it."""
        if not self.awaited:
            return
        if error is not None:
            self.failed(error)
        elif self.then is not None:
            self.then(result)

    def cancel(self) -> None:
        """Forget the result; work that has not begun does not begin."""
        self.wanted = False
        if self.future is not None:
            self.future.cancel()


class Tasks(QObject):
    """Runs work in lanes. Make one per application, on the screen's thread."""

    _arrived = Signal(object, object, object)

    def __init__(self, *, interrupt: Callable[[int], object] = lambda _thread: None) -> None:
        """Make the lanes. `interrupt` ends the read that a thread of this number is running: nobody waits for it any more."""
        super().__init__()
        self.default_failed: Failed = _log
        self.in_name: Callable[[Callable[[], Any]], Callable[[], Any]] = lambda work: work
        """Lets work be done in the name of whoever asks for it: it may be someone else's turn before it ends."""
        self.second_word: Callable[[Exception, Task], bool] = lambda _error, _task: False
        """Is shown an error first; True: somebody else's word may still let the task be done, and it sees to that."""
        self._interrupt = interrupt
        self._lanes = {lane: ThreadPoolExecutor(lane.value, f"shopdesk-{lane.name.lower()}") for lane in Lane}
        self._open: set[Task] = set()
        # A worker may still hold what was delivered a moment ago; were it the last to, a widget would die on its thread.
        self._delivered: deque[Task] = deque(maxlen=32)
        self._guard = threading.Lock()
        self._closed = False
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        then: Callable[[T], object] | None = None,
        *,
        failed: Failed | None = None,
        lane: Lane = Lane.READ,
        key: str | None = None,
    ) -> Task:
        """Do `work` in a lane, then call `then` with its result on the screen's thread.

        `work` takes nothing and must not touch a widget. Neither `then` nor `failed` is called once `owner` has been
        destroyed, or once the same owner has asked again with the same `key`. Without `failed`, errors go to the
        application's one place for them.
        """
        task = Task(owner, self.in_name(work), then, failed or self._default, lane, key)
        if key is not None:
            self.forget(owner, key)
        if self._closed:
            return task
        self._open.add(task)
        task.future = self._lanes[lane].submit(self._work, task)
        return task

    def forget(self, owner: QObject, key: str) -> None:
        """Take back what `owner` asked under `key`: a read that has begun is ended, its result never comes."""
        for task in [one for one in self._open if one.owner is owner and one.key == key]:
            task.cancel()
            with self._guard:
                if task.thread is not None and task.lane is Lane.READ:
                    self._interrupt(task.thread)
            if task.future is not None and task.future.cancelled():
                self._open.discard(task)

    def _default(self, error: Exception) -> None:
        self.default_failed(error)

    def _work(self, task: Task) -> None:
        result: object = None
        error: Exception | None = None
        task.thread = threading.get_ident()
        try:
            result = task.work() if task.wanted else None
        except Exception as caught:  # noqa: BLE001 - whatever it is, it belongs on the screen's thread
            error = caught
        finally:
            with self._guard:  # else the thread's next read could be the one that is ended
                task.thread = None
        if isValid(self):
            self._arrived.emit(task, result, error)

    def _deliver(self, task: Task, result: object, error: Exception | None) -> None:
        self._open.discard(task)
        self._delivered.append(task)
        if self._closed:
            return
        if error is None or not task.awaited or not self.second_word(error, task):
            task.answer(result, error)

    @property
    def busy(self) -> bool:
        """Whether anything wanted is still on its way."""
        return any(task.awaited for task in self._open)

    def settle(self, seconds: float = 60.0) -> bool:
        """Let the application run until nothing is on its way; False when that took longer. For pictures and tests."""
        until = time.monotonic() + seconds
        application = QCoreApplication.instance()
        while time.monotonic() < until:
            if application is not None:
                application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            if not self.busy:
                return True
            time.sleep(0.002)  # else this loop takes the processor from what it waits for
        return not self.busy

    def close(self) -> None:
        """End: reads that have not begun are dropped, writes are finished; returns when all workers are gone."""
        self._closed = True
        for lane, workers in self._lanes.items():
            workers.shutdown(wait=False, cancel_futures=lane is not Lane.WRITE)
        for workers in self._lanes.values():
            workers.shutdown(wait=True)
        self._open.clear()


def wait_for(work: Callable[[], T]) -> T:
    """Do `work` off the screen's thread and return what it returns, or raise what it raises; the windows live meanwhile."""
    tasks, loop, owner = Tasks(), QEventLoop(), QObject()
    results: list[T] = []
    errors: list[Exception] = []

    def done(result: T) -> None:
        results.append(result)
        loop.quit()

    def failed(error: Exception) -> None:
        errors.append(error)
        loop.quit()

    tasks.run(owner, work, done, failed=failed, lane=Lane.WRITE)
    loop.exec()
    tasks.close()
    if errors:
        raise errors[0]
    return results[0]


def _log(error: Exception) -> None:
    logger.error("a task failed", exc_info=error)
