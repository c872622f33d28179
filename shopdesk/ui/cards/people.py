"""Who has a card: the list, searched and sorted, and beside it the card that is open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from shopdesk.cards import Search
from shopdesk.i18n import _, _n
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import number, people
from shopdesk.ui.cards.history import CardFile, CardPane
from shopdesk.ui.cards.odd import DAYS, Odd
from shopdesk.ui.days import short_day
from shopdesk.ui.directions import isolated, named
from shopdesk.ui.loyalty.words import card_number, last_day, stamps

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shopdesk.cards import Holder
    from shopdesk.clock import Clock
    from shopdesk.shop import Shop
    from shopdesk.ui.shop_page import Desk


def listing(shop: Shop, search: Search) -> w.Listing[Holder]:
    """Return the list of a search, read page by page from the row before."""
    holders = shop.cards.holders
    return w.Listing(
        lambda: holders.count(search),
        lambda every: holders.anchors(search, every),
        lambda after, limit: holders.page(search, after, limit),
        lambda row: row.place,
    )


def columns(clock: Clock) -> list[w.Column[Holder]]:
    """Return the columns of the list."""

    def visit(one: Holder) -> str:
        return short_day(one.last_visit_at, clock.now()) if one.last_visit_at else "—"

    def person(one: Holder) -> w.Cell:
        return w.Cell(named(one.name), bold=True, second=isolated(one.kana))

    return [
        w.Column(_("Card"), lambda one: card_number(one.id), 96, key="number"),
        w.Column(_("Name"), person, key="name"),
        w.Column(_("Balance"), lambda one: stamps(one.balance), 96, w.RIGHT, key="points"),
        w.Column(_("Good until"), lambda one: last_day(one.expires_at), 112, w.RIGHT, key="expires"),
        w.Column(_("Last visit"), visit, 116, w.RIGHT, key="visit"),
    ]


class PeopleTab(QWidget):
    """`print_wanted` carries the numbers of the cards that are checked, or of all that are found where none is."""

    print_wanted = Signal(object)
    sheet_wanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._shop, self._tasks, self._notices = desk.shop, desk.tasks, desk.notices
        self.chosen = Search()
        self.search = w.Search(_("Name, phone or card number"))
        self.search.searched.connect(lambda text: self.look_for(replace(self.chosen, text=text)))
        self.sheet = w.Button(_("Sheet for emergencies"), icon="printer", does=self._menu)
        self._count, self._checked = w.label("", "small", "text_2"), w.label("", "small", "text_2", bold=True)
        self.print = w.link(_("Print these cards…"), self._print)
        foot = w.holder(w.hbox(self._checked, self.print, ..., self._count))
        empty = w.EmptyState("stamp", "", "")
        self.list: w.ListCard[Holder] = w.ListCard(
            columns(desk.shop.clock),
            lambda one: one.id,
            desk.tasks,
            empty=empty,
            sentence=desk.notices.sentence,
            checks=True,
            foot=foot,
        )
        self.list.table.setAccessibleName(_("People with a card"))
        self.pane = CardPane(desk.shop.clock)
        self.reader = CardReader(desk, self.pane)
        self.beside = w.Beside(self.list, self.pane)
        self.odd = Odd()
        bar = w.hbox(self.search, ..., self.sheet)
        self.setLayout(w.vbox(bar, self.odd, (self.beside, 1), gap="s3"))
        self._connect()
        self._show_checked(0)

    def _connect(self) -> None:
        table = self.list.table
        table.checks_changed.connect(self._show_checked)
        table.opened.connect(lambda one: self.open(one.id) if one else None)
        table.picked.connect(lambda one: self.open(one.id) if one and not self.pane.isHidden() else None)
        table.clicked.connect(self._clicked)
        table.head.sort_wanted.connect(self._sort)
        table.head.show_sort(self.chosen.sort, descending=self.chosen.descending)
        self.list.counted.connect(self._counted)
        self.odd.opened.connect(self.open)
        self.pane.closed.connect(self.close_pane)
        self.pane.print_wanted.connect(lambda card: self.print_wanted.emit([card.id]))

    def _clicked(self, index: object) -> None:
        row, column = index.row(), index.column()  # type: ignore[attr-defined]
        one = self.list.model.record(row)
        if column and one is not None:
            self.open(one.id)

    def reload(self) -> None:
        """Read the list, the card that is open, and what looks odd."""
        if self.list.model.rows.count or self.chosen.text:
            self.list.refresh()
        else:
            self.look_for(self.chosen)
        self.reader.read()
        since = self._shop.clock.now() - DAYS
        cards = self._shop.cards
        show = lambda found: self.odd.show_found(found, self._shop.clock.now())  # noqa: E731
        self._tasks.run(self, lambda: cards.suspicions(since), show, key="odd")

    def look_for(self, search: Search) -> None:
        """Show another list."""
        self.chosen = search
        self.list.model.checked.clear()
        self._show_checked(0)
        if search.text.strip():
            self.list.empty.say(
                _("Nobody with a card matches “{text}”").format(text=search.text.strip()),
                _("Kana, the last 4 digits of a phone number, or the number on the card work too."),
            )
        else:
            self.list.empty.say(
                _("Nobody has a card yet"), _("Give one on a customer's page, or to whoever stands at the counter.")
            )
        self.list.show_listing(listing(self._shop, search))

    def open(self, card_id: int) -> None:
        """Show a card beside the list."""
        self.beside.open_pane()
        self.reader.open(card_id)

    def close_pane(self) -> bool:
        """Show the list alone; False where it is already."""
        self.reader.wanted = 0
        return self.beside.close_pane()

    def _sort(self, key: str) -> None:
        falls = not self.chosen.descending if key == self.chosen.sort else key in {"points", "visit"}
        self.list.table.head.show_sort(key, descending=falls)
        self.look_for(replace(self.chosen, sort=key, descending=falls))

    def _counted(self, count: int) -> None:
        self._count.setText(people(count))
        self._show_checked(self.list.model.checked_count())

    def _show_checked(self, count: int) -> None:
        self._checked.setText(_n("{n} card checked", "{n} cards checked", count).format(n=number(count)))
        self._checked.setVisible(count > 0)
        self.print.setVisible(count > 0)

    def _print(self) -> None:
        self.wanted_cards(self.print_wanted.emit)

    def wanted_cards(self, then: Callable[[Sequence[int]], object]) -> None:
        """Find the cards that are checked; where none is, all that the list shows."""
        checked, search, holders = self.list.checked(), self.chosen, self._shop.cards.holders
        some = frozenset() if not self.list.model.checked_count() else frozenset(checked.keys)
        every = bool(checked.every) or not self.list.model.checked_count()

        def work() -> list[int]:
            found = holders.ids(search)
            return [one for one in found if (one in some) != every]

        self._tasks.run(self, work, then)

    def _menu(self) -> None:
        entries = [
            (_("Print it…"), lambda: self.sheet_wanted.emit("print")),
            (_("Keep it as PDF…"), lambda: self.sheet_wanted.emit("pdf")),
            (_("Write it for Excel…"), lambda: self.sheet_wanted.emit("xlsx")),
        ]
        self.menu = w.popup_menu(self, entries)
        self.menu.popup(self.sheet.mapToGlobal(self.sheet.rect().bottomLeft()))


class CardReader(QObject):
    """Fills the pane. `wanted` is the number of the card that is to be shown, 0 for none."""

    def __init__(self, desk: Desk, pane: CardPane) -> None:
        super().__init__(pane)
        self._shop, self._tasks, self._sentence, self._pane = desk.shop, desk.tasks, desk.notices.sentence, pane
        self.wanted = 0
        pane.again.connect(self.read)

    def open(self, card_id: int) -> None:
        """Show this card."""
        if card_id != self.wanted:
            self._pane.wait()
        self.wanted = card_id
        self.read()

    def read(self) -> None:
        """Read the wanted card again."""
        wanted, shop = self.wanted, self._shop
        if not wanted:
            return

        def work() -> CardFile:
            card = shop.cards.get(wanted)
            entries = tuple(shop.cards.history(card.customer_id))
            return CardFile(card, entries, tuple(shop.coupons.held_by(card.customer_id)))

        def show(file: CardFile) -> None:
            if file.card.id == self.wanted:
                self._pane.show_file(file)

        failed = lambda error: self._pane.show_error(self._sentence(error))  # noqa: E731
        self._tasks.run(self, work, show, failed=failed, key="card")
