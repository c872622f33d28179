"""The first step: a place for files, what may be put there, and what was wrong with the last one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import Badge, Banner, Card, DropZone, Flow, Frame, Icon, Prose, hbox, holder, label, vbox

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QLayout


class _LargeZone(DropZone):
    def dress(self) -> None:
        """Take twice the least height of a drop zone."""
        self.setMinimumHeight(2 * theme().px("drop_zone"))


class Choosing(QWidget):
    """Where files are put. `dropped` carries a list of paths."""

    dropped = Signal(list)

    def __init__(self, carts: Iterable[str]) -> None:
        super().__init__()
        self._wrong = Banner("danger", "")
        self._wrong.hide()
        hint = _("Excel or CSV, as many files as belong together")
        self.zone = _LargeZone(_("Put your cart's order file here"), hint)
        self.zone.dropped.connect(self.dropped)
        known = Flow(*(Badge(title) for title in carts))
        facts = Card(
            self._fact("file-spreadsheet", _("Exports that are recognised by themselves"), known),
            self._fact(
                "clipboard-list",
                _("Other carts and your own Excel lists"),
                Prose(_("If a column is unclear, you are asked which it is."), tone="text_2", role="small"),
            ),
            self._fact(
                "undo-2",
                _("Nothing is written before you have looked"),
                Prose(_("And a whole import can be undone later."), tone="text_2", role="small"),
            ),
            gap="s4",
        )
        frame = Frame(None, self._wrong, self.zone, facts, ...)
        self.setLayout(vbox(frame))

    @staticmethod
    def _fact(icon: str, name: str, below: QWidget | QLayout) -> QWidget:
        sign = vbox(Icon(icon, "text_3"), ...)
        return holder(hbox(sign, (vbox(label(name, bold=True), "s1", below), 1), gap="s3"))

    def say_wrong(self, sentence: str) -> None:
        """Show why the last file could not be taken; an empty sentence takes it away."""
        self._wrong.say(sentence)
        self._wrong.setVisible(bool(sentence))

    def wrong(self) -> str:
        """Return what stands there as wrong, empty when nothing does."""
        return "" if self._wrong.isHidden() else self._wrong.prose.text()
