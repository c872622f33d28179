"""What people said to the shop, one below the other, each with what can be done about it; or what stands there while there is nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.ui import widgets as w

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QLayout, QWidget

    from shopdesk.ui.widgets.layouts import Item


class Rows(w.Sheets):
    """A card with rows, or with `empty` alone."""

    def __init__(self, empty: w.EmptyState) -> None:
        super().__init__()
        self._rows = w.vbox()
        self.addWidget(w.Card(empty, pad=""))
        self.addWidget(w.Card(w.scroller(w.vbox(self._rows, ...)), pad=""))

    def show_rows(self, rows: Sequence[QWidget]) -> None:
        """Show these rows in place of the last ones."""
        w.clear(self._rows)
        for one in rows:
            self._rows.addWidget(one)
        self.setCurrentIndex(1 if rows else 0)


def row(words: QLayout, *acts: Item) -> QWidget:
    """Return a row: the words at the left, at the right how it stands and what can be done."""
    side = w.vbox(w.hbox(*acts, gap="s2"), ...)
    return w.holder(w.vbox(w.hbox((words, 1), side, gap="s4", margin=("s4", "s3")), w.line()))
