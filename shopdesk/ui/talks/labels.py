"""The labels of a talk: taken off by a click, put on by typing or from those in use."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _
from shopdesk.ui import widgets as w

if TYPE_CHECKING:
    from collections.abc import Sequence

OFFERED = 6
_LONGEST = 20


class Labels(QWidget):
    """`put` and `taken` carry a label."""

    put = Signal(str)
    taken = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.flow = w.Flow(gap="label_gap")
        self.field = w.TextField(hint=_("New label"))
        self.field.setMaxLength(_LONGEST)
        self.field.returnPressed.connect(self._entered)
        self._offers = w.Flow(gap="label_gap")
        self.entry = w.holder(w.vbox(self.field, self._offers, gap="label_gap"))
        self.entry.hide()
        self._known: Sequence[str] = ()
        self.setLayout(w.vbox(self.flow, self.entry, gap="label_gap"))

    def show_labels(self, labels: Sequence[str], known: Sequence[str]) -> None:
        """Show these; `known` are in use on other talks."""
        self._known = [one for one in known if one not in labels]
        chips = [w.Chip(one, on=True, does=partial(self.taken.emit, one), widest="bubble") for one in labels]
        for chip in chips:
            chip.setAccessibleName(_("Take off the label “{label}”").format(label=chip.words))
        self.flow.show_items(*chips, w.Chip(_("Label"), "plus", does=self.open))
        self._offer()

    def open(self) -> None:
        """Offer the field, and the labels in use."""
        self.entry.setVisible(self.entry.isHidden())
        self._offer()
        self.field.setFocus()

    def close_entry(self) -> None:
        """Put the field away."""
        self.field.clear()
        self.entry.hide()

    def _offer(self) -> None:
        self._offers.show_items(
            *(w.Chip(one, "tag", does=partial(self._take, one), widest="bubble") for one in self._known[:OFFERED])
        )

    def _entered(self) -> None:
        if self.field.text().strip():
            self._take(self.field.text().strip())

    def _take(self, name: str) -> None:
        self.close_entry()
        self.put.emit(name)
