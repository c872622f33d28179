"""The list of customers with its footer: how many, how many of them are checked, and what to do with those."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _, _n
from shopdesk.ui.amounts import people
from shopdesk.ui.customers.columns import DEFAULT, chosen_columns, kept_columns, known_columns
from shopdesk.ui.customers.tag_entry import TagEntry
from shopdesk.ui.widgets import Button, EmptyState, ListCard, Listing, hbox, label, link

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shopdesk.customers import CustomerRowView, Filter, OwnField
    from shopdesk.shop import Shop
    from shopdesk.ui.tasks import Tasks


def listing(shop: Shop, chosen: Filter) -> Listing[CustomerRowView]:
    """Return the list of a filter, read page by page from the row before."""
    return Listing(
        lambda: shop.customers.count(chosen),
        lambda every: shop.customers.anchors(chosen, every),
        lambda after, limit: shop.customers.page(chosen, after, limit),
        lambda row: row.anchor,
    )


class Foot(QWidget):
    """What can be done to whoever is checked: `tag_wanted` and `untag_wanted` carry the tag, `edit_wanted` nothing."""

    tag_wanted = Signal(str)
    untag_wanted = Signal(str)
    edit_wanted = Signal()

    def __init__(self, tags: Callable[[], Sequence[str]]) -> None:
        super().__init__()
        self._tags, self._removes = tags, False
        self._checked = label("", "small", "text_2", bold=True)
        self.put, self.take = link(_("Put on a tag"), self._put), link(_("Take off a tag"), self._take)
        self.edit = link(_("Change something else…"), self.edit_wanted.emit)
        self.entry = TagEntry()
        self.entry.entered.connect(self._entered)
        self._count = label("", "small", "text_2")
        self._shown, self._all, self.number = 0, 0, 0
        self.setLayout(hbox(self._checked, self.put, self.take, self.edit, self.entry, ..., self._count))
        self.show_checked(0)

    def show_checked(self, number: int) -> None:
        """Say how many are checked."""
        self.number = number
        self._checked.setText(_n("{n} person checked", "{n} people checked", number).format(n=f"{number:,}"))
        for one in (self._checked, self.put, self.take, self.edit):
            one.setVisible(number > 0)
        if not number:
            self.entry.close_entry()

    def show_count(self, shown: int | None = None, everybody: int | None = None) -> None:
        """Say how many the list has, and of how many."""
        self._shown = self._shown if shown is None else shown
        self._all = self._all if everybody is None else everybody
        words = people(self._shown)
        if self._all > self._shown:
            words = _("{people} (of {n})").format(people=words, n=f"{self._all:,}")
        self._count.setText(words)

    def count_words(self) -> str:
        """Return what is said about the number."""
        return self._count.text()

    def _put(self) -> None:
        self._removes = False
        self.entry.put.set_words(_("Put on"))
        self.entry.open(self._tags())

    def _take(self) -> None:
        self._removes = True
        self.entry.put.set_words(_("Take off"))
        self.entry.open(self._tags())

    def _entered(self, name: str) -> None:
        (self.untag_wanted if self._removes else self.tag_wanted).emit(name)


class PeopleCard(ListCard["CustomerRowView"]):
    """The table of customers in all its states."""

    def __init__(
        self,
        shop: Shop,
        tasks: Tasks,
        sentence: Callable[[Exception], str],
        *,
        choose: Callable[[], object],
        clear: Callable[[], object],
        tags: Callable[[], Sequence[str]],
    ) -> None:
        self._choose = Button(_("Choose a file…"), "accent", "file-up", does=choose)
        self._clear = Button(_("Clear the conditions"), does=clear)
        self.foot = Foot(tags)
        empty = EmptyState("users", "", "", self._choose, self._clear)
        self._clock, self.known = shop.clock, known_columns(shop.clock)
        made = chosen_columns(DEFAULT, self.known)
        super().__init__(made, lambda row: row.id, tasks, empty=empty, sentence=sentence, checks=True, foot=self.foot)
        self.table.setAccessibleName(_("Customers"))
        self.counted.connect(lambda number: self.foot.show_count(shown=number))
        self.table.checks_changed.connect(self.foot.show_checked)

    def show_columns(self, kept: str, fields: Sequence[OwnField]) -> None:
        """Show the columns of a kept choice, the usual ones where it is empty."""
        self.known = known_columns(self._clock, fields)
        made = chosen_columns(kept or DEFAULT, self.known)
        if [one[0::2] for one in made] != [one[0::2] for one in self.model.columns]:
            self.table.show_columns(made)

    def kept(self) -> str:
        """Return the choice of columns as it is kept."""
        return kept_columns(self.model.columns, self.known)

    def widen(self, key: str, width: int) -> None:
        """Remember how wide a column was made by hand."""
        columns = self.model.columns
        self.model.columns = [one._replace(width=width) if one.key == key else one for one in columns]

    def show_filter(self, shop: Shop, chosen: Filter, *, narrowed: bool) -> None:
        """Show the list of another filter; nobody is checked any more."""
        self.model.checked.clear()
        self.table.head.show_sort(chosen.sort, descending=chosen.descending)
        self.foot.show_checked(0)
        self._choose.setVisible(not narrowed)
        self._clear.setVisible(narrowed)
        self.empty.say(*_nobody(chosen, narrowed=narrowed))
        self.show_listing(listing(shop, chosen))


def _nobody(chosen: Filter, *, narrowed: bool) -> tuple[str, str]:
    if not narrowed:
        return _("No customers yet"), _("Drop your cart's order file here to add them all at once.")
    if chosen.text.strip():
        return (
            _("Nobody matches “{text}”").format(text=chosen.text.strip()),
            _("Kana or the last 4 digits of a phone number work too."),
        )
    return _("Nobody matches these conditions"), _("Take one away to see more people.")
