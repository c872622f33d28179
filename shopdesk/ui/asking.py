"""Asking for one customer: by a part of the name, the kana, the phone or the mail."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from shopdesk.i18n import _
from shopdesk.japanese import phone_local
from shopdesk.ui import widgets as w
from shopdesk.ui.directions import isolated, seen

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from shopdesk.customers import Customer
    from shopdesk.shop import Shop
    from shopdesk.ui.tasks import Tasks

LIST_HEIGHT, SHOWN = 220, 20


class PersonDialog(w.Dialog):
    """`chosen` is the customer once somebody was taken. `question` says what for, `take` stands on the button beside each."""

    def __init__(self, parent: QWidget, shop: Shop, tasks: Tasks, question: str, take: str) -> None:
        self._shop, self._tasks, self._words = shop, tasks, take
        self.chosen: Customer | None = None
        self.search = w.Search(_("Search names, kana, phones, mail"), width="")
        self.search.searched.connect(lambda _text: self._read())
        self.rows = w.vbox()
        area = w.scroller(w.vbox(self.rows, ..., margin=("", "s1", "s1", "s1")))
        area.setMinimumHeight(LIST_HEIGHT)
        super().__init__(parent, question, self.search, "s2", area, verb=_("Close"))
        self.verb.hide()
        self.begin_at(self.search)
        self._say(_("Write a part of the name."))

    def _read(self) -> None:
        text, customers = self.search.text().strip(), self._shop.customers
        if text:
            self._tasks.run(self, lambda: customers.search(text, SHOWN), self._show, key="search")
        else:
            self._say(_("Write a part of the name."))

    def _say(self, words: str) -> None:
        w.clear(self.rows)
        self.rows.addWidget(w.Prose(words, tone="text_2"))

    def _show(self, found: list[Customer]) -> None:
        if not found:
            self._say(_("Nobody matches “{text}”").format(text=self.search.text().strip()))
            return
        w.clear(self.rows)
        for one in found:
            give = w.Button(self._words, size="control_small", does=partial(self._take, one))
            below = phone_local(one.phone) if one.phone else isolated(one.email)
            names = w.vbox(w.elided(seen(one.name) or _("(no name)"), bold=True), w.elided(below, "caption", "text_3"))
            self.rows.addWidget(w.holder(w.vbox(w.hbox((names, 1), give, margin=("", "s1")), w.line())))

    def _take(self, customer: Customer) -> None:
        self.chosen = customer
        self.accept()
