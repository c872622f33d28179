"""Beside the rule: how many it takes, how they can be reached, and some of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from shopdesk.clock import in_japan
from shopdesk.i18n import _, _n
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import people, times
from shopdesk.ui.directions import named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.customers import CustomerRowView
    from shopdesk.segments import Reach


class ReachCard(w.Card):
    """The live count, split by how people can be reached."""

    def __init__(self) -> None:
        self._figure = w.Figure("–", "", "figure_xl")
        self._took = w.label("", "caption", "text_3", align=w.RIGHT)
        self._list = w.ShareList(*self._parts(None))
        foot = w.vbox(..., self._took, "s1")
        super().__init__(
            w.label(_("People this rule takes now"), "small", "text_2"),
            w.hbox((self._figure, 1), foot),
            "s2",
            self._list,
        )

    @staticmethod
    def _parts(reach: Reach | None) -> list[w.Part]:
        whole = max(1, reach.count) if reach else 1
        numbers = (reach.reachable_on_line, reach.not_linked, reach.blocked, reach.opted_out) if reach else (0, 0, 0, 0)
        names = (_("Reachable on LINE"), _("Not linked with LINE yet"), _("Blocking"), _("Opted out"))
        tones = ("accent", "chart_soft", "chart_6", "warning_solid")
        return [
            w.Part(name, people(number) if reach else "–", number / whole, tone)
            for name, number, tone in zip(names, numbers, tones, strict=True)
        ]

    def show_unknown(self) -> None:
        """Show that nobody knows how many: the rule cannot be counted."""
        self._figure.show_number("–", "")
        self._took.setText("")
        self._list.show_parts(*self._parts(None))
        self.setAccessibleName("")

    def show_reach(self, reach: Reach, seconds: float) -> None:
        """Show another count and how long it took."""
        self._figure.show_number(f"{reach.count:,}", _n("person", "people", reach.count))
        self._took.setText(_("counted in {n} s").format(n=f"{max(seconds, 0.01):.2f}"))
        self._list.show_parts(*self._parts(reach))
        self.setAccessibleName(people(reach.count))


class SampleCard(w.Card):
    """Some of the people; or, when there is nobody, what narrows most. `others`, `drop` and `why` (a person's id, or None) are asked by its links."""

    others = Signal()
    drop = Signal()
    why = Signal(object)

    def __init__(self) -> None:
        self._others = w.link(_("Other people"), self._ask_others)
        self._rows = w.vbox()
        self._nobody = w.Prose(tone="text_2")
        self._drop = w.link(_("Remove this rule"), self._ask_drop, bold=True)
        self._none = w.holder(w.vbox(self._nobody, "s2", w.hbox(self._drop, ...), margin="s4"))
        self._none.hide()
        head = w.card_head(w.label(_("People like these"), "section"), ..., self._others)
        asks = w.link(_("Why is somebody in it, or not?"), lambda: self.why.emit(None))
        foot = w.hbox(asks, ..., margin=("s4", "s3", "s4", "s3"))
        super().__init__(head, self._rows, self._none, ..., w.line(), foot, pad="")

    def _ask_others(self) -> None:
        self.others.emit()

    def _ask_drop(self) -> None:
        self.drop.emit()

    def show_people(self, found: Sequence[CustomerRowView], *, more: bool) -> None:
        """Show some people."""
        w.clear(self._rows)
        self._none.setVisible(False)
        self._others.setVisible(more)
        for number, person in enumerate(found):
            self._rows.addWidget(self._row(person, last=number == len(found) - 1))

    def show_nobody(self, narrowest: str) -> None:
        """Say that nobody is in it, and which rule narrows most."""
        w.clear(self._rows)
        self._others.setVisible(False)
        said = _("Nobody matches.")
        if narrowest:
            said += " " + _("“{rule}” narrows it most.").format(rule=narrowest)
        self._nobody.set_runs(said)
        self._drop.setVisible(bool(narrowest))
        self._none.setVisible(True)

    @staticmethod
    def _row(person: CustomerRowView, *, last: bool) -> w.Row:
        second = times(person.orders)
        if person.last_order_at:
            day = in_japan(person.last_order_at)
            second += _(" · last {month}/{day}").format(month=day.month, day=day.day)
        badges = {
            "friend": w.Badge(_("Friend"), dot=True),
            "blocked": w.Badge(_("Blocking"), "danger"),
            "none": w.Badge(_("Not linked")),
        }
        name = w.elided(named(person.name), bold=True)
        words = w.vbox(..., name, w.elided(second, "caption", "text_2"), ...)
        return w.Row(w.Avatar(person.name), (words, 1), badges[person.line], last=last)
