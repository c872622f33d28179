"""The model of the list of talks: the newest first, read on while somebody scrolls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from shopdesk.i18n import _, _n
from shopdesk.ui.talks.words import called, last_line, moment, not_sent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.clock import Clock
    from shopdesk.talks import Talk

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class TalkModel(QAbstractListModel):
    """`more_wanted` when the end is in sight and there are older talks."""

    more_wanted = Signal()

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.clock = clock
        self.talks: list[Talk] = []
        self._more = False

    def show_talks(self, talks: Sequence[Talk], *, more: bool) -> None:
        """Show these in place of what is there; a list of the same people in the same order stays where it is scrolled to."""
        same = [one.friend_id for one in talks] == [one.friend_id for one in self.talks]
        self._more = more
        if same:
            changed = [row for row, pair in enumerate(zip(talks, self.talks, strict=True)) if pair[0] != pair[1]]
            self.talks = list(talks)
            for row in changed:
                self.dataChanged.emit(self.index(row), self.index(row))
            return
        self.beginResetModel()
        self.talks = list(talks)
        self.endResetModel()

    def add_talks(self, talks: Sequence[Talk], *, more: bool) -> None:
        """Show older ones below."""
        self._more = more
        known = {one.friend_id for one in self.talks}
        fresh = [one for one in talks if one.friend_id not in known]
        if fresh:
            self.beginInsertRows(NOWHERE, len(self.talks), len(self.talks) + len(fresh) - 1)
            self.talks += fresh
            self.endInsertRows()

    def row_of(self, friend_id: int) -> int:
        """Return where a talk stands, -1 where it is not in the list."""
        return next((row for row, one in enumerate(self.talks) if one.friend_id == friend_id), -1)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.talks)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return None
        talk = self.talks[index.row()]
        unread = _n("{n} unread", "{n} unread", talk.unread).format(n=talk.unread) if talk.unread else ""
        parts = (called(talk.name), moment(talk.last_at, self.clock.now()), unread, not_sent(talk), last_line(talk))
        return _(", ").join(filter(None, parts))

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._more

    def fetchMore(self, _parent: Index) -> None:
        self._more = False
        self.more_wanted.emit()
