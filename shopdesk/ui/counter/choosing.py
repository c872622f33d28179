"""Several people whose phone ends with the same digits: one is chosen by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from shopdesk.i18n import _, _n
from shopdesk.ui.counter.keys import KeyButton
from shopdesk.ui.counter.recent import name_of
from shopdesk.ui.counter.screens import Screen
from shopdesk.ui.days import short_day
from shopdesk.ui.widgets import Avatar, Card, Row, card_head, clear, elided, hbox, label, scroller, vbox

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtGui import QKeyEvent

    from shopdesk.cards import Card as ShopCard

_KEYS = 9


class Choosing(Screen):
    """`chosen` carries a card; the keys 1 to 9 choose too."""

    chosen = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._cards: list[ShopCard] = []
        self._title = label("", "counter_m")
        self._rows = vbox()
        back = KeyButton(_("None of them"), icon="x", key="Esc", does=self.back)
        foot = hbox(..., back, ..., margin="s4")
        list_ = Card(
            card_head(self._title, pad=("s6", "s4")), (scroller(vbox(self._rows, ...)), 1), foot, pad="", part="panel"
        )
        self.setLayout(vbox(list_, margin="s6"))

    def show_cards(self, cards: list[ShopCard], now: datetime) -> None:
        """Show whom it may be."""
        self._cards = cards
        self._title.setText(_n("{n} person fits", "{n} people fit", len(cards)).format(n=len(cards)))
        clear(self._rows)
        for at, one in enumerate(cards, start=1):
            self._rows.addWidget(self._row(one, at, now))

    def back(self) -> None:
        """Choose nobody."""
        self.closed.emit()

    def type(self, event: QKeyEvent) -> bool:
        """Take the number of a row."""
        at = event.key() - Qt.Key.Key_1
        if not 0 <= at < min(_KEYS, len(self._cards)):
            return False
        self.chosen.emit(self._cards[at])
        return True

    def _row(self, card: ShopCard, at: int, now: datetime) -> Row:
        last = _("first visit to come")
        if card.last_visit_at is not None:
            last = _("last on {day}").format(day=short_day(card.last_visit_at, now))
        about = "・".join((_("No. {number:05}").format(number=card.id), last))
        words = vbox(..., elided(name_of(card.name), "counter_s", bold=True), elided(about, "lead", "text_2"), ...)
        this = KeyButton(
            _("This person"), "accent", key=str(at) if at <= _KEYS else "", does=lambda: self.chosen.emit(card)
        )
        return Row(Avatar(card.name, "avatar_large"), (words, 1), this, "s2", height="counter_button")
