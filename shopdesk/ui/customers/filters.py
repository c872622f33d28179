"""The row above the list: search, the conditions that are on, further ones, and the sort."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QWidget

from shopdesk.clock import japan_day
from shopdesk.customers import Condition, Filter
from shopdesk.i18n import _
from shopdesk.ui.customers.columns import known_columns
from shopdesk.ui.customers.conditions import ask_condition, line_words, said
from shopdesk.ui.widgets import Chip, Choice, Flow, Search, hbox, popup_menu, vbox

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from shopdesk.clock import Clock
    from shopdesk.customers import OwnField, Tag

RECENT = timedelta(days=30)
TAGS_IN_MENU = 12


class FilterBar(QWidget):
    """Says `changed` with the filter that is wanted now."""

    changed = Signal(object)

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._tags: list[str] = []
        self._fields: Sequence[OwnField] = ()
        self._sources: Sequence[str] = ()
        self._columns = known_columns(clock)
        self.filter = Filter()
        self.search = Search(_("Search names, kana, phones, mail"))
        self.search.searched.connect(lambda text: self._narrow(text=text))
        self.sort = Choice(_sorts())
        self.sort.setAccessibleName(_("Sort"))
        self.sort.chosen.connect(lambda chosen: self._narrow(sort=chosen[0], descending=chosen[1]))
        self._chips = Flow()
        self.setLayout(hbox(vbox(self.search, ...), (vbox("s1", self._chips, ...), 1), vbox(self.sort, ...)))
        self._draw()

    @property
    def narrowed(self) -> bool:
        """Whether anything but the sort is chosen."""
        chosen = self.filter
        return bool(chosen.text.strip() or chosen.conditions)

    def offer_tags(self, tags: Sequence[Tag]) -> None:
        """Offer these tags as conditions, the most used first."""
        self._tags = [tag.name for tag in sorted(tags, key=lambda tag: -tag.customers)]

    def offer_columns(self, fields: Sequence[OwnField], sources: Sequence[str]) -> None:
        """Offer the shop's own fields, and where its people come from, as conditions."""
        self._fields, self._sources = fields, sources
        self._columns = known_columns(self._clock, fields)
        self._draw()

    def sort_by(self, key: str) -> None:
        """Sort by a column; by the same once more the other way round."""
        falling = not self.filter.descending if self.filter.sort == key else key not in _RISING
        self._narrow(sort=key, descending=falling)
        self._show_sort()

    def _show_sort(self) -> None:
        chosen = (self.filter.sort, self.filter.descending)
        usual = _sorts()
        if chosen not in [value for _words, value in usual] and chosen[0] in self._columns:
            words = _("{column}, falling") if chosen[1] else _("{column}, rising")
            usual.append((words.format(column=self._columns[chosen[0]].title), chosen))
        self.sort.set_entries(usual, chosen)

    def clear(self) -> None:
        """Take every condition away; the sort stays."""
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._narrow(text="", conditions=())

    def show_filter(self, chosen: Filter) -> None:
        """Show another filter and say that it changed."""
        self.search.setText(chosen.text)
        self.filter = chosen
        self._show_sort()
        self._narrow()

    def _narrow(self, **changes: Any) -> None:
        self.filter = replace(self.filter, **changes)
        self._draw()
        self.changed.emit(self.filter)

    def _draw(self) -> None:
        on = [
            Chip(said_here, on=True, does=partial(self._without, one), widest="bubble")
            for one, said_here in ((one, self._said(one)) for one in self.filter.conditions)
        ]
        more = Chip(_("Add a condition"), "plus")
        more.clicked.connect(lambda: self._menu(more))
        for chip in on:
            chip.setAccessibleName(_("Remove the condition “{name}”").format(name=chip.words))
        self._chips.show_items(*on, more)

    def _said(self, condition: Condition) -> str:
        if condition == self._recent():
            return _("Ordered in these 30 days")
        return said(condition, self._columns, self._fields)

    def _recent(self) -> Condition:
        return Condition("last_order_at", "since", str(japan_day(self._clock.now() - RECENT)))

    def _with(self, condition: Condition) -> None:
        if condition not in self.filter.conditions:
            self._narrow(conditions=(*self.filter.conditions, condition))

    def _without(self, condition: Condition) -> None:
        self._narrow(conditions=tuple(one for one in self.filter.conditions if one != condition))

    def _offers(self) -> list[tuple[str, Callable[[], object]] | None]:
        tags = [Condition("tag", "equal", tag) for tag in self._tags[:TAGS_IN_MENU]]
        groups = (
            [Condition("orders", "at_least", 2), self._recent()],
            [Condition("line", "equal", state) for state in line_words()],
            tags,
        )
        offers: list[tuple[str, Callable[[], object]] | None] = []
        for group in groups:
            offers += [
                (self._said(one), partial(self._with, one)) for one in group if one not in self.filter.conditions
            ]
            offers.append(None)
        return [*offers, (_("Another column…"), self._ask)]

    def _ask(self) -> None:
        made = ask_condition(self, self._columns, self._fields, self._sources)
        if made is not None:
            self._with(made)

    def _menu(self, chip: Chip) -> None:
        self.menu = popup_menu(self, self._offers())
        self.menu.popup(chip.mapToGlobal(QPoint(0, chip.height())))


_RISING = {"name", "kana", "phone", "email", "postal", "prefecture", "address", "sex", "source", "birth_month", "id"}
"""Columns that are read from their smallest value first."""


def _sorts() -> list[tuple[str, tuple[str, bool]]]:
    return [
        (_("Latest order first"), ("last_order_at", True)),
        (_("Oldest order first"), ("last_order_at", False)),
        (_("Highest total first"), ("spent_yen", True)),
        (_("Most orders first"), ("orders", True)),
        (_("By name"), ("name", False)),
    ]
