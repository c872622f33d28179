"""Asking for one customer: by a part of the name, the kana, the phone or the mail."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from shopdesk.i18n import _
from shopdesk.japanese import phone_local
from shopdesk.ui import widgets as w
from shopdesk.ui.directions import isolated, named

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from shopdesk.customers import Customer
    from shopdesk.shop import Shop
    from shopdesk.ui.tasks import Tasks
    from shopdesk.ui.widgets.layouts import Item

LIST_HEIGHT, SHOWN = 220, 20


class PersonDialog(w.Dialog):
    """`question` says what for, `take` stands on the button beside each; `above` stands over the search, `without` is never offered."""

    def __init__(
        self, parent: QWidget, shop: Shop, tasks: Tasks, question: str, take: str, *above: Item, without: int = 0
    ) -> None:
        self._shop, self._tasks, self._words, self._without = shop, tasks, take, without
        self._chosen: Customer | None = None
        self.search = w.Search(_("Search names, kana, phones, mail"), width="")
        self.search.searched.connect(lambda _text: self._read())
        self.rows = w.vbox()
        area = w.scroller(w.vbox(self.rows, ..., margin=("", "s1", "s1", "s1")))
        area.setMinimumHeight(LIST_HEIGHT)
        super().__init__(parent, question, *above, self.search, "s2", area, verb=_("Close"))
        self.verb.hide()
        self.begin_at(self.search)
        self._say(_("Write a part of the name."))

    def ask(self) -> Customer | None:
        """Return who was taken; None where nobody was. The dialog is gone afterwards."""
        taken = self.exec() == w.Dialog.DialogCode.Accepted
        self.deleteLater()
        return self._chosen if taken else None

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
        others = [one for one in found if one.id != self._without]
        if not others:
            self._say(_("Nobody matches “{text}”").format(text=self.search.text().strip()))
            return
        w.clear(self.rows)
        for one in others:
            give = w.Button(self._words, size="control_small", does=partial(self._take, one))
            name = named(one.name, one.kana)
            below = phone_local(one.phone) if one.phone else isolated(one.email or one.address)
            names = w.vbox(w.elided(name, bold=True), w.elided(below, "caption", "text_3"))
            self.rows.addWidget(w.holder(w.vbox(w.hbox((names, 1), give, margin=("", "s1")), w.line())))

    def _take(self, customer: Customer) -> None:
        self._chosen = customer
        self.accept()
