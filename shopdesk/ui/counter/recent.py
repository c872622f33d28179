"""Who was here just now, and the way back from a slip for ten minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from shopdesk.i18n import _
from shopdesk.ui.counter.till import UNDO_WITHIN
from shopdesk.ui.days import clock_time
from shopdesk.ui.directions import named, seen
from shopdesk.ui.icons import Icon
from shopdesk.ui.widgets import Button, Card, Row, card_head, clear, elided, hbox, holder, label, scroller, vbox

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from shopdesk.ui.counter.till import Done


class Recent(Card):
    """What was done at this till today, the newest first, or `nothing` in words. `undo` carries what is to be taken back."""

    undo = Signal(object)

    def __init__(self, nothing: str) -> None:
        self._nothing = nothing
        self._rows = vbox()
        inner = vbox(self._rows, ...)
        super().__init__(card_head(label(_("Just now"), "section")), (scroller(inner), 1), pad="", part="panel")

    def show_done(self, done: list[Done], now: datetime) -> None:
        """Show what was done, as it stands at this moment."""
        clear(self._rows)
        for one in done:
            self._rows.addWidget(self._row(one, now))
        if not done:
            self._rows.addWidget(Row("s1", label(self._nothing, "lead", "text_3"), last=True))

    def _row(self, done: Done, now: datetime) -> QWidget:
        tone = "text_3" if done.undone else "success_text"
        return Row(
            "s1",
            Icon("undo-2" if done.undone else "circle-check", tone),
            _who(done, "text_3" if done.undone else "text"),
            (elided(what(done), "lead", "text_2"), 1) if done.kind == "coupon" else label(what(done), "lead", "text_2"),
            ...,
            label(clock_time(done.at), "lead", "text_3"),
            self._end(done, now),
            "s1",
        )

    def _end(self, done: Done, now: datetime) -> QWidget:
        if done.undone:
            return label(_("taken back"), "lead", "text_3")
        if now - done.at > UNDO_WITHIN:
            return label(_("over 10 min"), "lead", "text_3")
        made = Button(_("Take it back"), "link", icon="undo-2", size="control", does=lambda: self.undo.emit(done))
        made.setFixedHeight(made.fontMetrics().height() * 2)  # a finger needs more than a line of text
        return made


def _who(done: Done, tone: str) -> QWidget:
    """Return a name that gives way before its -san does."""
    shown = seen(done.name)
    if not shown:
        return label(who(done), "lead", tone, bold=True)
    san = label(_("{name}-san").format(name=""), "lead", tone, bold=True)
    return holder(hbox(elided(shown, "lead", tone, bold=True), san, gap=""))


def who(done: Done) -> str:
    """Return for whom something was done: whoever could not be looked up is spoken of by the card."""
    if done.kind == "noted":
        return _("A customer") if done.number is None else _("No. {number:05}").format(number=done.number)
    return name_of(done.name)


def name_of(name: str) -> str:
    """Return how somebody is spoken of at the counter."""
    shown = seen(name)
    return _("{name}-san").format(name=shown) if shown else named(name)


def what(done: Done) -> str:
    """Return what was done, in a word."""
    return _("Visit +{points}").format(points=done.points) if done.kind == "visit" else done.words
