"""A person's shop card and the coupons they could use."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _
from shopdesk.ui.directions import isolated
from shopdesk.ui.loyalty.having import balance
from shopdesk.ui.loyalty.words import card_number, last_day
from shopdesk.ui.widgets import RIGHT, clear, elided, hbox, holder, label, link, vbox

if TYPE_CHECKING:
    from shopdesk.ui.customers.file import PersonFile

SHOWN = 5
"""So many coupons are named; the card's page has all."""


class Loyalty(QWidget):
    """`card_wanted` carries a card's number; `give_wanted`: this person is to have a card."""

    card_wanted = Signal(int)
    give_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows = vbox(gap="label_gap")
        self.setLayout(vbox(self.rows))

    def show_file(self, file: PersonFile) -> None:
        """Show another person."""
        clear(self.rows)
        card = file.card
        if card is None:
            give = link(_("Give a shop card"), self.give_wanted.emit)
            self.rows.addWidget(holder(hbox(label(_("Shop card"), tone="text_2"), ..., give)))
        else:
            open_ = link(card_number(card.id), partial(self.card_wanted.emit, card.id))
            has = label(balance(card), align=RIGHT)
            self.rows.addWidget(holder(hbox(label(_("Shop card"), tone="text_2"), ..., has, open_)))
        for one in file.coupons[:SHOWN]:
            until = label(_("until {day}").format(day=last_day(one.until)) if one.until else "", "small", "text_2")
            name = elided(isolated(one.coupon.offer.name), align=RIGHT)
            self.rows.addWidget(holder(hbox(label(_("Coupon"), tone="text_2"), (name, 1), until)))
