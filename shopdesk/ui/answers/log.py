"""最近の自動応答: what the machine has answered, to which words, and by which rule."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from shopdesk.i18n import _
from shopdesk.ui import widgets as w
from shopdesk.ui.answers.tab import Tab
from shopdesk.ui.days import when
from shopdesk.ui.directions import isolated, named

if TYPE_CHECKING:
    from shopdesk.talks import Answered
    from shopdesk.ui.answers.state import State
    from shopdesk.ui.shop_page import Desk

_MOST_SIGNS = 200
"""No line shows more; measuring all of a long text would take the screen's time."""
_STATES = {"refused": "danger", "unknown": "warning"}


class LogTab(Tab):
    """The newest answers; each leads to its talk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._log: tuple[Answered, ...] | None = None
        self.rows: list[w.Row] = []
        self._place = w.vbox()
        self._empty = w.EmptyState(
            "bot",
            _("Nothing was answered yet"),
            _("Each answer of the machine shows here, with the rule it came from."),
        )
        about = w.Prose(_("The newest hundred. A click opens the talk."), role="small", tone="text_2")
        head = w.card_head((w.vbox(w.label(_("Answered lately"), "section"), about), 1))
        self.setLayout(w.vbox(w.Card(head, self._place, self._empty, pad=""), ...))

    def show_state(self, state: State) -> None:
        if state.log == self._log:
            return
        self._log = state.log
        w.clear(self._place)
        self.rows = [self._row(one, last=one is state.log[-1]) for one in state.log]
        for row in self.rows:
            self._place.addWidget(row)
        self._empty.setVisible(not state.log)

    def _row(self, one: Answered, *, last: bool) -> w.Row:
        now = self.shop.clock.now()
        name = named(one.friend)
        asked = _("“{word}”").format(word=_in_line(one.asked)) if one.asked else ""
        answer = f"{one.rule} → {_in_line(one.words)}"
        said = w.vbox(
            ...,
            w.elided(f"{name}　{asked}"),
            w.hbox(w.Icon("bot", "text_3", "icon_small"), (w.elided(answer, "caption", "text_2"), 1), gap="s1"),
            ...,
        )
        at = w.label(when(one.at, now), "caption", "text_3")
        state = w.Badge(_("Not delivered"), _STATES[one.state]) if one.state in _STATES else None
        row = w.Row((said, 1), state, at, opens=True, last=last)
        row.setAccessibleName(f"{name}: {one.rule}")
        row.clicked.connect(partial(self.desk.navigator.show_page, "talks", friend=one.friend_id))
        return row


def _in_line(text: str) -> str:
    return isolated(" ".join(text[:_MOST_SIGNS].split()))
