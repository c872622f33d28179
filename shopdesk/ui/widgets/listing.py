"""A long list, a page at a time: rows are asked for by the key they come after, never by counting past the others."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shopdesk.ui.tasks import Tasks

R = TypeVar("R")
PAGE = 256
KEPT_PAGES = 64
AT_ONCE = 2
GREY_AFTER_MS = 150


@dataclass(frozen=True)
class Listing(Generic[R]):
    """One sorted and filtered list, read in the tasks' threads.

    `count()` is how many rows there are. `anchors(step)` are the keys of rows step-1, 2*step-1, …: one scan of the
    index, done once. `fetch(after, limit)` are at most `limit` rows after that key; None is the beginning.
    `key(row)` is a row's own key: with it the next page can be read while the anchors are still on their way.
    """

    count: Callable[[], int]
    anchors: Callable[[int], Sequence[Any]]
    fetch: Callable[[Any | None, int], Sequence[R]]
    key: Callable[[R], Any] | None = None


def fixed(rows: Sequence[R]) -> Listing[R]:
    """Return a listing of rows that are already here."""
    return Listing(
        lambda: len(rows),
        lambda step: range(step - 1, len(rows), step),
        lambda after, limit: rows[0 if after is None else after + 1 :][:limit],
    )


class _Place(NamedTuple):
    page: int
    after: Any | None


class Rows(QObject, Generic[R]):
    """The rows of a listing that are here, and the asking for those that are not.

    `started` once the first page is here (whether the list was replaced), `counted` with the number of rows, `arrived`
    with first and last row, `failed` with the error. A refresh keeps showing the rows there are until newer ones come.
    """

    started = Signal(bool)
    counted = Signal(int)
    arrived = Signal(int, int)
    failed = Signal(object)
    grey = Signal()

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._tasks = tasks
        self._listing: Listing[R] | None = None
        self._generation = 0
        self._pages: OrderedDict[int, Sequence[R]] = OrderedDict()
        self._old: dict[int, Sequence[R]] = {}
        self._anchors: Sequence[Any] | None = None
        self._wanted: list[int] = []
        self._asked: set[int] = set()
        self.count = 0
        self._grey = QTimer(self, singleShot=True, interval=GREY_AFTER_MS)
        self._grey.timeout.connect(self.grey)

    def show(self, listing: Listing[R], *, keep: bool = False) -> None:
        """Show another listing, or with `keep` the same one anew without a blank between."""
        self._generation += 1
        for key in ("count", "anchors"):
            self._tasks.forget(self, key)
        generation = self._generation
        self._grey.start()

        def first(rows: Sequence[R]) -> None:
            self._begin(listing, rows, keep=keep)
            self._tasks.run(self, listing.count, self._counted, failed=self._fail, key="count")

            def anchored(anchors: Sequence[Any]) -> None:
                if generation == self._generation:
                    self._anchors = anchors
                    self._pump()

            if len(rows) == PAGE:
                self._tasks.run(self, lambda: listing.anchors(PAGE), anchored, failed=self._fail, key="anchors")

        self._tasks.run(self, lambda: listing.fetch(None, PAGE), first, failed=self._fail, key="first")

    def _begin(self, listing: Listing[R], rows: Sequence[R], *, keep: bool) -> None:
        self._grey.stop()
        self._listing, self._anchors = listing, None
        self._old = {**self._old, **self._pages} if keep else {}
        self._pages = OrderedDict({0: rows})
        self._old.pop(0, None)
        self._wanted, self._asked = [], set()
        if not keep:
            self.count = len(rows)
        self.started.emit(not keep)
        self.arrived.emit(0, max(0, len(rows) - 1))

    def _counted(self, count: int) -> None:
        self.count = count
        self.counted.emit(count)

    def _fail(self, error: Exception) -> None:
        self._grey.stop()
        self.failed.emit(error)

    def row(self, at: int) -> R | None:
        """Return a row, or None while it is on its way; asking is what sends for it."""
        page, place = divmod(at, PAGE)
        rows = self._pages.get(page)
        if rows is None:
            self._want(page)
            rows = self._old.get(page)
        return rows[place] if rows is not None and place < len(rows) else None

    def known(self, at: int) -> R | None:
        """Return a row that is here, without sending for one that is not."""
        page, place = divmod(at, PAGE)
        rows = self._pages.get(page)
        return rows[place] if rows is not None and place < len(rows) else None

    @property
    def waiting(self) -> bool:
        """Whether rows have been on their way for long enough to be drawn grey."""
        return not self._grey.isActive()

    def _want(self, page: int) -> None:
        if page in self._asked:
            return
        if page in self._wanted:
            self._wanted.remove(page)
        elif not self._wanted and not self._asked:
            self._grey.start()
        self._wanted = [*self._wanted[-3:], page]  # what was scrolled past is asked for again when it is seen again
        self._pump()

    def _pump(self) -> None:
        while self._listing is not None and len(self._asked) < AT_ONCE:
            found = next((found for found in map(self._place, reversed(self._wanted)) if found is not None), None)
            if found is None:
                return
            self._wanted.remove(found.page)
            self._ask(found.page, self._listing, found.after)

    def _place(self, page: int) -> _Place | None:
        """Say where a page begins, None as long as that is not known."""
        if page == 0:
            return _Place(0, None)
        if self._anchors is not None and page <= len(self._anchors):
            return _Place(page, self._anchors[page - 1])
        before = self._pages.get(page - 1, ())
        if self._listing is None or self._listing.key is None or len(before) < PAGE:
            return None
        return _Place(page, self._listing.key(before[-1]))

    def _ask(self, page: int, listing: Listing[R], after: Any | None) -> None:
        generation = self._generation
        self._asked.add(page)

        def came(rows: Sequence[R]) -> None:
            if generation != self._generation or listing is not self._listing:
                return
            self._asked.discard(page)
            self._keep(page, rows)
            self.arrived.emit(page * PAGE, page * PAGE + len(rows) - 1)
            self._pump()

        def failed(error: Exception) -> None:
            self._asked.discard(page)
            self._fail(error)

        self._tasks.run(self, lambda: listing.fetch(after, PAGE), came, failed=failed)

    def _keep(self, page: int, rows: Sequence[R]) -> None:
        self._pages[page] = rows
        self._old.pop(page, None)
        while len(self._pages) > KEPT_PAGES:
            self._pages.popitem(last=False)
