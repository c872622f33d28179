"""How the composer is laid out: the broadcast's name, the three steps, and what it costs, which stays at the bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from shopdesk.i18n import _
from shopdesk.ui import widgets as w

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout


class ComposerFrame(QWidget):
    """A subclass gives what its steps show to `lay_out`; `left` goes back to the list."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name = w.TitleField(_("Name of the broadcast, for your list"))
        self._state = w.label("", "small", "text_3", align=w.RIGHT)
        self.steps = w.Steps(_("To whom"), _("What"), _("Check and send"))
        self._stack = QStackedWidget()
        self.back_button = w.Button(_("Back"), size="control_large")
        self.next_button = w.Button(_("To the text"), "primary", "arrow-right", "control_large", trailing=True)
        self.bar = w.CostBar(self.back_button, self.next_button)

    def lay_out(self, who: QLayout, writing: QWidget, checking: QWidget, beside: QWidget) -> None:
        """Lay out what the steps show, one at the front, with the phone `beside` it."""
        self._written_area = w.scroller(w.vbox((writing, 1), margin="s1"))
        for area in (w.scroller(who), self._written_area, w.scroller(w.vbox((checking, 1), margin="s1"))):
            self._stack.addWidget(area)
        middle = w.hbox((self._stack, 1), beside, gap="card_gap")
        self.setLayout(
            w.vbox(
                self._head(),
                w.hbox(self.steps, ..., margin=("page_side", "", "page_side", "mid")),
                (w.holder(w.hbox((middle, 1), margin=("s5", "", "page_side", ""))), 1),
                w.hbox((self.bar, 1), margin=("page_side", "s3", "page_side", "page_top")),
            )
        )

    def _head(self) -> QLayout:
        which = w.label(_("／ New broadcast"), "small", "text_2")
        crumb = w.hbox(w.link(_("Broadcasts"), self.left.emit), which, ..., gap="s1")
        title = w.vbox(crumb, self.name)
        return w.hbox((title, 1), "s4", self._state, margin=("page_side", "s4", "page_side", "mid"))
