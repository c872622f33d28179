"""Why people do not get a broadcast, as rows: the state, the reason, what becomes of it, how many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.broadcasts import Why
from shopdesk.i18n import N_, _
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import people
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Iterable

NEXT = {
    "not_linked": N_("They can be written to once they are linked with a LINE friend."),
    "blocked": N_("Not sent, and not counted as a message."),
    "opted_out": N_("Their wish is kept."),
    "gone": N_("Left out from now on."),
    "rejected": N_("LINE refused it; it is not counted as a message."),
    "by_hand": N_("Decided by you."),
}
STATES = {
    "excluded": (N_("Left out"), "plain"),
    "failed": (N_("Not sent"), "danger"),
    "unknown": (N_("Unclear"), "warning"),
    "cancelled": (N_("Stopped"), "plain"),
}


class ReasonTable(w.Card):
    """The rows, or one sentence when there are none."""

    def __init__(self, title: str, nothing: str) -> None:
        self._rows = w.vbox()
        self._none = w.label(nothing, tone="text_2")
        self._nothing = w.holder(w.hbox(self._none, ..., margin=("s4", "s3")))
        super().__init__(w.card_head(w.label(title, "section"), ...), self._rows, self._nothing, pad="")
        self._shown: list[Why] | None = None

    def show_left_out(self, left_out: Iterable[tuple[str, str, int]]) -> None:
        """Show why people get no mail: code, sentence, how many."""
        self.show_reasons(Why("excluded", code, n, said) for code, said, n in left_out)

    def show_reasons(self, reasons: Iterable[Why]) -> None:
        """Show other reasons."""
        found = list(reasons)
        if found == self._shown:
            return
        self._shown = found
        w.clear(self._rows)
        for number, one in enumerate(found):
            self._rows.addWidget(_row(one, last=number == len(found) - 1))
        self._nothing.setVisible(not found)


def _row(one: Why, *, last: bool) -> w.Row:
    words, state = STATES[one.state]
    becomes = NEXT.get(one.reason) or (N_("Decide above") if one.state == "unknown" else "")
    after = w.Prose(_(becomes), role="small", tone="text_2") if becomes else None
    why = w.vbox(..., w.Prose(one.sentence), after, ...)
    count = w.label(people(one.count), align=w.RIGHT)
    count.setMinimumWidth(theme().px("counter_button"))
    return w.Row(w.Badge(_(words), state), (why, 1), count, last=last, grows=True)
