"""Visits that tills noted while the data was out of reach and that could not be counted: why, and what is done about each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QDialog, QStackedWidget

from shopdesk.changes import Topic
from shopdesk.i18n import _, _n
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import number, yen
from shopdesk.ui.asking import PersonDialog
from shopdesk.ui.days import when
from shopdesk.ui.directions import isolated, named
from shopdesk.ui.loyalty.reason import ReasonDialog
from shopdesk.ui.loyalty.words import card_number, stamps
from shopdesk.ui.shop_page import ShopPage
from shopdesk.ui.staff.roles import actor_words
from shopdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from shopdesk.cards import Counted, Uncounted
    from shopdesk.ui.shop_page import Desk

MOST_SHOWN = 200
"""More rows than these nobody goes through at once; the next ones come when some are seen to."""


class VisitRow(w.Row):
    """One visit, with a button to count it and one to see to it."""

    def __init__(
        self,
        one: Uncounted,
        now: datetime,
        *,
        last: bool,
        count: Callable[[], object],
        settle: Callable[[], object],
    ) -> None:
        self.visit = one
        self.chosen = w.CheckBox("")
        self.chosen.setAccessibleName(_("Choose this visit"))
        title = _(" · ").join(filter(None, (_whose(one), what(one))))
        where = _(" · ").join(filter(None, (when(one.at, now), isolated(one.till), isolated(actor_words(one.actor)))))
        words = w.vbox(
            ...,
            w.elided(title, bold=True),
            w.elided(where, "caption", "text_3"),
            w.Prose(isolated(one.why), role="caption", tone="text_2"),
            ...,
        )
        self.count = w.Button(_("Count it for…"), size="control", does=count)
        self.settle = w.Button(_("Seen to"), "quiet", size="control", does=settle)
        super().__init__(self.chosen, (words, 1), self.count, self.settle, last=last, grows=True)


class UncountedPage(ShopPage):
    """The list; each visit is counted for somebody after all, or taken off because it is seen to. Both can be undone at once."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.CARDS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._visits = self.shop.cards.uncounted
        self.rows: list[VisitRow] = []
        self.settle = w.Button(_settles(0), icon="check", does=self._settle_chosen)
        purpose = _("Noted at a till while the shop's data was out of reach, and refused when it was back.")
        header = w.Header(_("Visits not counted"), purpose, crumb=_("Shop card"), back=self.back, actions=[self.settle])
        self.all = w.CheckBox(_("All"))
        self.all.clicked.connect(self._choose_all)
        self._more = w.label("", "caption", "text_3")
        self._list = w.vbox()
        head = w.hbox(self.all, ..., self._more, margin=("s4", "s3", "s4", "s3"))
        self.list = w.Card(head, w.line(), self._list, pad="")
        self.empty = w.EmptyState(
            "circle-check",
            _("Every visit is counted"),
            _("What a till notes and cannot be counted afterwards stands here."),
        )
        self._stack = QStackedWidget()
        for part in (self.empty, w.holder(w.vbox(self.list, ...))):
            self._stack.addWidget(part)
        self.setLayout(w.vbox(w.Frame(header, (self._stack, 1))))
        self.reload()

    def reload(self) -> None:
        """Read the list again."""
        self.tasks.run(self, self._visits.list, self._show, key="visits")

    def back(self) -> bool:
        """Go back to the shop card."""
        self.navigator.show_page("cards")
        return True

    def _show(self, found: Sequence[Uncounted]) -> None:
        chosen = {row.visit.nonce for row in self.rows if row.chosen.isChecked()}
        w.clear(self._list)
        self.rows, shown, now = [], found[:MOST_SHOWN], self.shop.clock.now()
        for one in shown:
            row = VisitRow(
                one,
                now,
                last=one is shown[-1],
                count=partial(self.count_for, one),
                settle=partial(self.see_to, [one.nonce]),
            )
            row.chosen.setChecked(one.nonce in chosen)
            row.chosen.toggled.connect(self._show_chosen)
            self.rows.append(row)
            self._list.addWidget(row)
        words = _n("{n} visit", "{n} visits", len(found)).format(n=number(len(found)))
        self._more.setText(
            words if len(found) <= MOST_SHOWN else _("{visits}, the newest {n} here").format(visits=words, n=MOST_SHOWN)
        )
        self._stack.setCurrentIndex(bool(found))
        self._show_chosen()

    def _chosen(self) -> list[str]:
        return [row.visit.nonce for row in self.rows if row.chosen.isChecked()]

    def _show_chosen(self) -> None:
        count = len(self._chosen())
        self.all.setChecked(bool(count) and count == len(self.rows))
        self.settle.setVisible(bool(self.rows))
        self.settle.setEnabled(bool(count))
        self.settle.set_words(_settles(count))

    def _choose_all(self, on: bool) -> None:
        for row in self.rows:
            row.chosen.setChecked(on)

    # What is done about them

    def _settle_chosen(self) -> None:
        self.see_to(self._chosen())

    def see_to(self, nonces: Sequence[str]) -> None:
        """Take visits off the list; nobody gets anything for them."""
        visits = self._visits

        def done(count: int) -> None:
            words = _n("Taken off the list: {n} visit.", "Taken off the list: {n} visits.", count).format(
                n=number(count)
            )
            self.notices.done(words, lambda: self._put_back(nonces))

        self.tasks.run(self, lambda: visits.settle(nonces), done, lane=Lane.WRITE)

    def _put_back(self, nonces: Sequence[str]) -> None:
        self.tasks.run(self, lambda: self._visits.put_back(nonces), lane=Lane.WRITE)

    def count_for(self, one: Uncounted) -> None:
        """Ask whose visit it was, and why it counts; then count it."""
        person = PersonDialog(self, self.shop, self.tasks, _("Whose visit was it?"), _("This person")).ask()
        if person is None:
            return
        fact = _("{what} for {name}, by the rules of today.").format(what=what(one), name=named(person.name))
        dialog = ReasonDialog(self, _("Count this visit after all?"), fact, verb=_("Count it"))
        accepted, why, customer_id = dialog.exec() == QDialog.DialogCode.Accepted, dialog.reason.text(), person.id
        dialog.deleteLater()
        if accepted:
            cards = self.shop.cards
            work = lambda: cards.uncounted.count_for(one.nonce, cards.card_of(customer_id).id, why)  # noqa: E731
            self.tasks.run(self, work, partial(self._counted, one), lane=Lane.WRITE)

    def _counted(self, one: Uncounted, done: Counted) -> None:
        words = _("Counted; the card has {stamps} now.").format(stamps=stamps(done.balance))
        self.notices.done(words, lambda: self._uncount(one, done))

    def _uncount(self, one: Uncounted, done: Counted) -> None:
        cards, why = self.shop.cards, _("Counted for the wrong person")

        def work() -> None:
            cards.reverse(done.entry_id, why)
            cards.uncounted.put_back([one.nonce])

        self.tasks.run(self, work, lane=Lane.WRITE)


def what(one: Uncounted) -> str:
    """Return `2 visits · 1,200 yen`."""
    visits = _n("{n} visit", "{n} visits", one.visits).format(n=number(one.visits)) if one.visits else ""
    return _(" · ").join(filter(None, (visits, yen(one.yen) if one.yen is not None else "")))


def _settles(count: int) -> str:
    return _n("Seen to: {n} visit", "Seen to: {n} visits", count).format(n=number(count))


def _whose(one: Uncounted) -> str:
    return _("an unknown card") if one.card_number is None else card_number(one.card_number)
