"""Why is this person in it, or not: each condition with ✓ or ✗ and what the person has there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from shopdesk.i18n import _
from shopdesk.ui import widgets as w
from shopdesk.ui.directions import named
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from shopdesk.customers import Customer
    from shopdesk.segments import Reason, Rule
    from shopdesk.shop import Shop
    from shopdesk.ui.tasks import Tasks

FOUND = 4


class WhyDialog(w.Dialog):
    """Search somebody, and read how each condition stands with them."""

    def __init__(self, parent: QWidget, rule: Rule, shop: Shop, tasks: Tasks) -> None:
        self._rule, self._shop, self._tasks = rule, shop, tasks
        self.search = w.Search(_("Name, kana, phone or mail"), width="")
        self.search.searched.connect(self.look)
        self.people, self.reasons = w.vbox(), w.vbox()
        self.verdict = w.Prose(role="section")
        scroll = w.scroller(w.vbox(self.people, self.verdict, "s2", self.reasons, ...))
        scroll.setMinimumHeight(theme().px("row") * 7)
        super().__init__(parent, _("Why is somebody in it, or not?"), self.search, "s3", scroll, verb=_("Close"))
        self.back.hide()
        self.verb.setAutoDefault(False)
        self.verb.setDefault(False)
        self.begin_at(self.search)

    def look(self, text: str) -> None:
        """Show who goes by this text."""
        if text.strip():
            self._tasks.run(self, lambda: self._shop.customers.search(text, FOUND), self._offer, key="who")

    def _offer(self, found: list[Customer]) -> None:
        w.clear(self.people)
        for one in found:
            again = w.Button(named(one.name), "quiet", does=partial(self.show_person, one.id))
            self.people.addWidget(w.holder(w.hbox(again, ...)))
        if not found:
            self.people.addWidget(w.label(_("Nobody here by that name."), "small", "text_3"))

    def show_person(self, who: int) -> None:
        """Say how each condition stands with this person."""

        def work() -> tuple[str, bool, list[Reason]]:
            name = named(self._shop.customers.get(who).name)
            return name, self._shop.segments.has(self._rule, who), self._shop.segments.why(self._rule, who)

        self._tasks.run(self, work, lambda found: self._show(*found), key="why")

    def _show(self, name: str, taken: bool, reasons: list[Reason]) -> None:
        w.clear(self.people)
        w.clear(self.reasons)
        said = _("{name} is in this segment.") if taken else _("{name} is not in this segment.")
        self.verdict.set_runs(said.format(name=name))
        for reason in reasons:
            self.reasons.addWidget(_row(reason))


def _row(reason: Reason) -> QWidget:
    mark = w.Badge(_("applies"), "success", icon="check") if reason.holds else w.Badge(_("does not"), icon="x")
    words = w.vbox(w.Prose(reason.sentence), w.elided(reason.answer, "caption", "text_2"))
    return w.holder(w.vbox(w.line(), w.hbox((words, 1), w.vbox(mark, ...), margin=("", "s2", "s3", "s2"))))
