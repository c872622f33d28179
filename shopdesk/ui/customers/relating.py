"""Choosing who belongs to the same family or company as a person: found by searching."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from shopdesk.i18n import _
from shopdesk.ui.customers.columns import called_in_full
from shopdesk.ui.customers.sides import words_of
from shopdesk.ui.widgets import (
    Button,
    Dialog,
    Prose,
    Search,
    Segmented,
    clear,
    elided,
    hbox,
    holder,
    line,
    scroller,
    vbox,
)

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from shopdesk.customers import Customer, RelationKind
    from shopdesk.shop import Shop
    from shopdesk.ui.tasks import Tasks

LIST_HEIGHT, SHOWN = 220, 20


class RelateDialog(Dialog):
    """`chosen` is the other one's number once one was taken."""

    def __init__(self, parent: QWidget, shop: Shop, tasks: Tasks, customer: Customer) -> None:
        self._shop, self._tasks, self._customer = shop, tasks, customer
        self.chosen: int | None = None
        self.kind = Segmented([(_("Family"), "family"), (_("Company"), "company")])
        self.search = Search(_("Search names, kana, phones, mail"), width="")
        self.search.searched.connect(lambda _text: self._read())
        self.rows = vbox()
        area = scroller(vbox(self.rows, ..., margin=("", "s1", "s1", "s1")))
        area.setMinimumHeight(LIST_HEIGHT)
        question = _("Who belongs to {name}?").format(name=called_in_full(customer))
        super().__init__(parent, question, hbox(self.kind, ...), "s2", self.search, "s2", area, verb=_("Close"))
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
        clear(self.rows)
        self.rows.addWidget(Prose(words, tone="text_2"))

    def _show(self, found: list[Customer]) -> None:
        others = [one for one in found if one.id != self._customer.id]
        if not others:
            self._say(_("Nobody matches “{text}”").format(text=self.search.text().strip()))
            return
        clear(self.rows)
        for one in others:
            link = Button(_("Link"), size="control_small", does=partial(self._take, one.id))
            below = words_of(one, "phone") or one.email or words_of(one, "address")
            names = vbox(elided(called_in_full(one), bold=True), elided(below, "caption", "text_3"))
            self.rows.addWidget(holder(vbox(hbox((names, 1), link, margin=("", "s1")), line())))

    def _take(self, customer_id: int) -> None:
        self.chosen = customer_id
        self.accept()


def ask_relation(parent: QWidget, shop: Shop, tasks: Tasks, customer: Customer) -> tuple[int, RelationKind] | None:
    """Ask who belongs to a person and how; None where nobody is to."""
    dialog = RelateDialog(parent, shop, tasks, customer)
    taken = dialog.exec() == QDialog.DialogCode.Accepted and dialog.chosen is not None
    made = (dialog.chosen, dialog.kind.value()) if taken else None
    dialog.deleteLater()
    return made  # type: ignore[return-value]
