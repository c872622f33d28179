"""The columns of the list: chosen, made wider, sorted by, and remembered by this computer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from shopdesk.ui.customers.choosing import choose_columns, read_choices
from shopdesk.ui.screen import Screen

if TYPE_CHECKING:
    from shopdesk.customers import OwnField
    from shopdesk.ui.customers.choosing import ListChoices
    from shopdesk.ui.customers.filters import FilterBar
    from shopdesk.ui.customers.people import PeopleCard
    from shopdesk.ui.shop_page import Desk

COLUMNS = "customers/columns"


class ListColumns(QObject):
    """Holds the list to the chosen columns; `fields` are the shop's own, as they were read last."""

    def __init__(self, desk: Desk, people: PeopleCard, filters: FilterBar) -> None:
        super().__init__(people)
        self._shop, self._tasks = desk.shop, desk.tasks
        self._people, self._filters = people, filters
        self._screen = Screen(desk.shop.home)
        self.fields: list[OwnField] = []
        head = people.table.head
        head.sort_wanted.connect(self.sort_by)
        head.widened.connect(self.widen)

    def read(self) -> None:
        """Read again what the list can show."""
        self._tasks.run(self, lambda: read_choices(self._shop), self._show, key="choices")

    def _show(self, choices: ListChoices) -> None:
        self.fields = choices.fields
        self._people.show_columns(self._screen.get(COLUMNS), choices.fields)
        self._filters.offer_columns(choices.fields, choices.sources)

    def sort_by(self, key: str) -> None:
        """Sort the list by a column that it can be sorted by."""
        if self._people.known[key].sorts:
            self._filters.sort_by(key)

    def widen(self, key: str, width: int) -> None:
        """Remember how wide a column was made by hand."""
        self._people.widen(key, width)
        self._keep(self._people.kept())

    def choose(self) -> None:
        """Ask which columns to show."""
        kept = choose_columns(self._people, self._people.known, self._people.kept())
        if kept is not None:
            self._keep(kept)

    def _keep(self, kept: str) -> None:
        self._screen.keep(COLUMNS, kept)
        self._people.show_columns(kept, self.fields)
