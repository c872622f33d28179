"""The list a page begins with: its rows in a card with their number below, and what stands there while there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.ui import widgets as w

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from shopdesk.ui.notices import Notices
    from shopdesk.ui.tasks import Tasks
    from shopdesk.ui.widgets.layouts import Item

R = TypeVar("R")


class Words(NamedTuple):
    """What an overview says: its name, what it is for ('' where it stands below another header), how many there are.

    `icon`, `none` and `advice` stand where there are none yet, with the button `make`.
    """

    name: str
    purpose: str
    total: Callable[[int], str]
    icon: str
    none: str
    advice: str
    make: str


class Overview(QWidget, Generic[R]):
    """Shows what `read` returns, the newest state of it at each `reload`. `opened` carries the row chosen, `wanted` asks for a new one.

    `acts` stand in the header beside the button for a new one; like that one they are hidden while the list is empty.
    `foot` stands right of the count. Where rows are chosen before something is done with them, a click does not open them.
    """

    opened = Signal(object)
    wanted = Signal()

    def __init__(
        self,
        tasks: Tasks,
        notices: Notices,
        words: Words,
        columns: list[w.Column[R]],
        *,
        key: Callable[[R], Hashable],
        read: Callable[[], Sequence[R]],
        acts: Sequence[w.Button] = (),
        foot: Sequence[Item] = (...,),
        row: str = "row",
        click_opens: bool = True,
    ) -> None:
        super().__init__()
        self._tasks, self._words, self._read = tasks, words, read
        self.first = self._maker()
        self._acts = (*acts, self._maker()) if words.purpose else ()
        self._count = w.label("", "small", "text_2")
        self.list: w.ListCard[R] = w.ListCard(
            columns,
            key,
            tasks,
            empty=w.EmptyState(words.icon, words.none, words.advice, self.first),
            sentence=notices.sentence,
            row=row,
            foot=w.holder(w.hbox(self._count, *foot)),
        )
        table = self.list.table
        table.setAccessibleName(words.name)
        table.opened.connect(self._open)
        if click_opens:
            table.clicked.connect(lambda index: self._open(self.list.model.record(index.row())))
        self.list.counted.connect(self.count)
        self._lay_out()

    def _maker(self) -> w.Button:
        return w.Button(self._words.make, "primary", "plus", does=self.wanted.emit)

    def _lay_out(self) -> None:
        if not self._words.purpose:
            self.setLayout(w.vbox((self.list, 1)))
            return
        header = w.Header(self._words.name, self._words.purpose, actions=self._acts)
        margin = ("page_side", "s1", "page_side", "page_top")
        self.setLayout(w.vbox(header, (w.holder(w.hbox((self.list, 1), margin=margin)), 1)))

    def _open(self, one: R | None) -> None:
        if one is not None:
            self.opened.emit(one)

    def reload(self) -> None:
        """Read the list again."""
        self._tasks.run(self, self._read, self.show_rows, key="list")

    def show_rows(self, found: Sequence[R]) -> None:
        """Show what was read."""
        self.list.show_listing(w.fixed(found))

    def count(self, count: int) -> None:
        """Show how many there are; where there are none, the empty list has the button."""
        for act in self._acts:
            act.setVisible(bool(count))
        self._count.setText(self._words.total(count))
