"""The row above the list: search, the conditions that are on, further ones, and the sort."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QWidget

from shopdesk.clock import japan_day, start_of_japan_day
from shopdesk.customers import Filter
from shopdesk.i18n import _
from shopdesk.ui.widgets import Chip, Choice, Flow, Search, hbox, popup_menu, vbox

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from shopdesk.clock import Clock
    from shopdesk.customers import Tag

RECENT = timedelta(days=30)
TAGS_IN_MENU = 12


class FilterBar(QWidget):
    """Says `changed` with the filter that is wanted now."""

    changed = Signal(object)

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._tags: list[str] = []
        self.filter = Filter()
        self.search = Search(_("Search names, kana, phones, mail"))
        self.search.searched.connect(lambda text: self._narrow(text=text))
        self.sort = Choice(
            [
                (_("Latest order first"), ("last_order_at", True)),
                (_("Oldest order first"), ("last_order_at", False)),
                (_("Highest total first"), ("spent_yen", True)),
                (_("Most orders first"), ("orders", True)),
                (_("By name"), ("name", False)),
            ]
        )
        self.sort.setAccessibleName(_("Sort"))
        self.sort.chosen.connect(lambda chosen: self._narrow(sort=chosen[0], descending=chosen[1]))
        self._chips = Flow()
        self.setLayout(hbox(vbox(self.search, ...), (vbox("s1", self._chips, ...), 1), vbox(self.sort, ...)))
        self._draw()

    @property
    def narrowed(self) -> bool:
        """Whether anything but the sort is chosen."""
        chosen = self.filter
        return bool(chosen.text.strip() or chosen.tag or chosen.line or chosen.bought_twice or chosen.ordered_since)

    def offer_tags(self, tags: Sequence[Tag]) -> None:
        """Offer these tags as conditions, the most used first."""
        self._tags = [tag.name for tag in sorted(tags, key=lambda tag: -tag.customers)]

    def clear(self) -> None:
        """Take every condition away; the sort stays."""
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._narrow(text="", tag="", line="", bought_twice=False, ordered_since=None)

    def show_filter(self, chosen: Filter) -> None:
        """Show another filter and say that it changed."""
        self.search.setText(chosen.text)
        self.filter = chosen
        self.sort.set_value((chosen.sort, chosen.descending))
        self._narrow()

    def _narrow(self, **changes: Any) -> None:
        self.filter = replace(self.filter, **changes)
        self._draw()
        self.changed.emit(self.filter)

    def _draw(self) -> None:
        on = [Chip(words, on=True, does=partial(self._narrow, **off), widest="bubble") for words, off in self._chosen()]
        more = Chip(_("Add a condition"), "plus")
        more.clicked.connect(lambda: self._menu(more))
        for chip in on:
            chip.setAccessibleName(_("Remove the condition “{name}”").format(name=chip.words))
        self._chips.show_items(*on, more)

    def _chosen(self) -> list[tuple[str, dict[str, Any]]]:
        chosen = self.filter
        found: list[tuple[str, dict[str, Any]]] = []
        if chosen.bought_twice:
            found.append((_("Bought twice or more"), {"bought_twice": False}))
        if chosen.ordered_since:
            found.append((_("Ordered in these 30 days"), {"ordered_since": None}))
        if chosen.line:
            found.append((line_words()[chosen.line], {"line": ""}))
        if chosen.tag:
            found.append((_("Tag “{tag}”").format(tag=chosen.tag), {"tag": ""}))
        return found

    def _offers(self) -> list[tuple[str, Callable[[], object]] | None]:
        chosen = self.filter
        offers: list[tuple[str, Callable[[], object]] | None] = []

        def offer(words: str, **changes: Any) -> None:
            offers.append((words, partial(self._narrow, **changes)))

        if not chosen.bought_twice:
            offer(_("Bought twice or more"), bought_twice=True)
        if not chosen.ordered_since:
            since = start_of_japan_day(japan_day(self._clock.now() - RECENT))
            offer(_("Ordered in these 30 days"), ordered_since=since)
        offers.append(None)
        for state, words in line_words().items():
            if state != chosen.line:
                offer(words, line=state)
        tags = [tag for tag in self._tags if tag != chosen.tag][:TAGS_IN_MENU]
        if tags:
            offers.append(None)
        for tag in tags:
            offer(_("Tag “{tag}”").format(tag=tag), tag=tag)
        return offers

    def _menu(self, chip: Chip) -> None:
        self.menu = popup_menu(self, self._offers())
        self.menu.popup(chip.mapToGlobal(QPoint(0, chip.height())))


def line_words() -> dict[str, str]:
    """Return how each LINE state is said as a condition."""
    return {"friend": _("LINE friend"), "blocked": _("Has blocked us"), "none": _("Not linked with LINE")}
