"""Who the friend of a talk is: the customer with orders, sums, tags and note – or, while nobody knows, who it may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.clock import japan_day
from shopdesk.i18n import _, _n
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import times, yen
from shopdesk.ui.days import short_day
from shopdesk.ui.directions import isolated
from shopdesk.ui.loyalty.having import balance
from shopdesk.ui.talks.words import called

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from PySide6.QtWidgets import QLayout

    from shopdesk.customers import Customer
    from shopdesk.friends import Suggestion
    from shopdesk.orders import Line, Order
    from shopdesk.ui.talks.opened import Opened


COUPONS = 3
"""So many coupons are named."""


class Person(QWidget):
    """`customer_wanted` and `link_wanted` carry a customer's id; `unlink_wanted`: this friend is somebody else after all."""

    customer_wanted = Signal(int)
    link_wanted = Signal(int)
    search_wanted = Signal()
    unlink_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown: object = None
        self.lines = w.vbox(gap="s2")
        self.setLayout(w.vbox(self.lines))

    def show_talk(self, opened: Opened, now: datetime) -> None:
        """Show another person, or what has changed of the same one."""
        shown = (
            opened.talk.friend_id,
            opened.customer,
            opened.orders,
            opened.suggestions,
            opened.card,
            opened.coupons,
            japan_day(now),
        )
        if shown == self._shown:
            return
        self._shown = shown
        w.clear(self.lines)
        if opened.customer is not None:
            self._show_customer(opened.customer, opened, now)
        else:
            self._show_suggestions(opened.suggestions)

    def _show_customer(self, customer: Customer, opened: Opened, now: datetime) -> None:
        last = short_day(customer.last_order_at, now) if customer.last_order_at else "—"
        facts = [
            (_("Orders"), _(" · ").join((times(customer.orders), yen(customer.spent_yen)))),
            (_("Last order"), last),
        ]
        if opened.card is not None:
            facts.append((_("Shop card"), balance(opened.card)))
        facts += [(_("Coupon"), isolated(one.coupon.offer.name)) for one in opened.coupons[:COUPONS]]
        for name, value in facts:
            self._add(w.fact(name, value))
        if customer.tags:
            self._add(w.vbox(w.Flow(*(w.Badge(isolated(one[:20])) for one in customer.tags), gap="s1")))
        if customer.note:
            self._heading(_("Note on the customer"))
            self._add(w.vbox(w.Card(w.Prose(isolated(customer.note), role="small"), part="sunken", pad="s2")))
        if opened.orders:
            self._heading(_("Latest orders"))
            for one in opened.orders:
                self._add(_order(*one, now))
        open_ = w.Button(_("Open the customer"), does=lambda: self.customer_wanted.emit(customer.id))
        self._add(w.vbox("s1", open_))
        self._add(w.hbox(w.link(_("This is somebody else: unlink"), self.unlink_wanted.emit), ...))

    def _show_suggestions(self, found: Sequence[Suggestion]) -> None:
        self._add(
            w.vbox(
                w.Prose(
                    _("Nobody knows yet which customer this is."),
                    role="small",
                    tone="text_2",
                )
            )
        )
        if found:
            self._heading(_("Perhaps"))
            for one in found:
                self._add(self._suggestion(one))
            hint = _("The LINE name reads the same. Link only whom you are sure of; it can be undone.")
            self._add(w.vbox(w.Prose(hint, role="caption", tone="text_3")))
        self._add(w.vbox("s1", w.Button(_("Search the customers"), icon="search", does=self.search_wanted.emit)))

    def _suggestion(self, one: Suggestion) -> QLayout:
        words = w.vbox(w.elided(called(one.name), bold=True), w.elided(isolated(one.kana), "caption", "text_3"))
        button = w.Button(_("Link"), size="control_small", does=lambda: self.link_wanted.emit(one.customer_id))
        button.setAccessibleName(_("Link with {name}").format(name=called(one.name)))
        return w.hbox((words, 1), button)

    def _heading(self, words: str) -> None:
        self._add(w.vbox("s1", w.label(words, "body_bold")))

    def _add(self, layout: QLayout) -> None:
        self.lines.addWidget(w.holder(layout))


def _order(order: Order, lines: Sequence[Line], now: datetime) -> QLayout:
    day = w.label(short_day(order.ordered_at, now), "small", "text_2")
    total = w.label(_("cancelled") if order.cancelled else yen(order.total_yen), "small")
    first = isolated(lines[0].name) if lines else ""
    more = len(lines) - 1
    goods = _n("{name} and {n} more", "{name} and {n} more", more).format(name=first, n=more) if more > 0 else first
    return w.vbox(w.hbox(day, ..., total), w.elided(goods, "caption", "text_3"))
