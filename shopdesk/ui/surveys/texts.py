"""What people wrote to one question, with a search."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from shopdesk.i18n import _
from shopdesk.ui import widgets as w
from shopdesk.ui.days import short_day
from shopdesk.ui.directions import isolated, seen
from shopdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from shopdesk.shop import Shop
    from shopdesk.surveys import Question, Said
    from shopdesk.ui.tasks import Tasks

FIRST, AT_ONCE = 6, 20
"""So many texts are seen at first, beside the other questions, and so many more each time."""


class Texts(w.Card):
    """The texts of a question, the newest first; `opened` carries the number of who wrote one."""

    opened = Signal(int)

    def __init__(self, shop: Shop, tasks: Tasks, survey_id: int, question: Question, head: QWidget) -> None:
        self._shop, self._tasks = shop, tasks
        self._survey, self._question = survey_id, question
        self._last = 0
        self.search = w.Search(_("Search"), width="number_field")
        self._rows = w.vbox()
        self.more = w.link(_("Show more"), lambda: self._read(add=True))
        self.more.hide()
        self.none = w.label(_("Nobody has written this."), "small", "text_2")
        self.search.setMinimumWidth(140)
        super().__init__(w.hbox((head, 1), self.search), self.none, self._rows, w.hbox(self.more, ...), gap="s2")
        self.search.searched.connect(lambda _words: self._read())
        self._read()

    def _read(self, *, add: bool = False) -> None:
        outcome, words = self._shop.surveys.outcome, self.search.text()
        after, most = (self._last, AT_ONCE) if add else (0, FIRST)

        def work() -> list[Said]:
            return outcome.said(self._survey, self._question.name, words, after=after, limit=most + 1)

        self._tasks.run(self, work, lambda found: self._show(found, most), key="texts")

    def _remover(self, customer_id: int, name: str) -> QWidget:
        remove = w.icon_button("trash-2", _("Delete the answer of {name}").format(name=name))
        remove.clicked.connect(lambda: self.remove(customer_id, name))
        return remove

    def remove(self, customer_id: int, name: str) -> None:
        """Delete what somebody answered, after asking."""
        question = _("Delete the answer of {name}?").format(name=name)
        follows = _(
            "All they answered in this survey goes. Name, phone and address are again what they were, unless somebody changed them "
            "since. Tags, fields and the gift stay."
        )
        remove = partial(self._shop.surveys.answering.remove, self._survey, customer_id)
        if w.confirm(self, question, follows, verb=_("Delete"), danger=True):
            self._tasks.run(self, remove, lambda _gone: self._read(), lane=Lane.WRITE)

    def _written(self, one: Said) -> str:
        """What was written; a day as days are written here."""
        return one.text.replace("-", "/") if self._question.kind == "date" else one.text

    def _show(self, found: Sequence[Said], most: int) -> None:
        if most == FIRST:
            w.clear(self._rows)
        shown, now = found[:most], self._shop.clock.now()
        for one in shown:
            name = seen(one.name) or _("somebody")
            about = _(" · ").join((name, short_day(one.at, now)))
            row = w.Row(
                (w.vbox(w.Prose(isolated(self._written(one))), w.label(about, "caption", "text_3")), 1),
                self._remover(one.customer_id, name) if one.customer_id is not None else None,
                opens=one.customer_id is not None,
                grows=True,
            )
            if one.customer_id is not None:
                row.clicked.connect(lambda who=one.customer_id: self.opened.emit(who))
            self._rows.addWidget(row)
        self._last = shown[-1].response_id if shown else 0
        self.more.setVisible(len(found) > most)
        self.none.setVisible(not found and most == FIRST)
