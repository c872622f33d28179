"""The tabs of the pane: what happened, what was ordered, the shop's own note."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _, _n
from shopdesk.ui.amounts import yen
from shopdesk.ui.days import short_day
from shopdesk.ui.widgets import (
    Badge,
    Button,
    Icon,
    Prose,
    Sheets,
    Tabs,
    TextArea,
    clear,
    elided,
    hbox,
    holder,
    label,
    line,
    link,
    vbox,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from shopdesk.clock import Clock
    from shopdesk.customers import Event
    from shopdesk.orders import Line, Order
    from shopdesk.ui.customers.file import Bought, PersonFile

ICONS = {
    "order": "shopping-bag",
    "friend": "user-plus",
    "blocked": "circle-slash",
    "broadcast": "send",
    "automation": "workflow",
    "coupon": "ticket",
    "survey": "clipboard-list",
    "link": "arrow-right",
    "card": "stamp",
    "consent": "check",
    "merge": "users",
    "unmerge": "undo-2",
    "stopped": "hand",
    "added": "plus",
    "edit": "pencil",
}


class History(QWidget):
    """`note_written` carries the note, `more_wanted` the last order that is shown, `undo_wanted` a merge to take back."""

    note_written = Signal(str)
    undo_wanted = Signal(int)
    more_wanted = Signal(object)

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self.tabs = Tabs(_("Events"), _("Orders"), _("Note"))
        self._stack = Sheets()
        self.events, self.orders = vbox(gap="s3"), vbox(gap="s3")
        self.note = Note()
        self.note.written.connect(self.note_written)
        for part in (holder(vbox(self.events, ...)), holder(vbox(self.orders, ...)), self.note):
            self._stack.addWidget(part)
        self.tabs.changed.connect(self._stack.setCurrentIndex)
        head = hbox(self.tabs, margin=("s3", ""))
        self.setLayout(vbox(head, line(), vbox(self._stack, ..., margin=("s4", "s3", "s4", "s4"))))

    def show_file(self, file: PersonFile) -> None:
        """Show another person, on the tab that was open."""
        now = self._clock.now()
        clear(self.events)
        clear(self.orders)
        for event in file.events:
            self.events.addWidget(_event(event, now))
            if event.kind == "merge" and event.ids[0] in file.merges:
                back = link(_("Part the two again"), partial(self.undo_wanted.emit, event.ids[0]))
                self.events.addWidget(holder(hbox("s6", back, ...)))
        if not file.events:
            self.events.addWidget(_quiet(_("Nothing yet. Orders and messages are listed here by themselves.")))
        if not file.orders:
            self.orders.addWidget(_quiet(_("No orders yet.")))
        self.add_orders(file.orders, more=file.more)
        self.note.show_note(file.customer.id, file.customer.note)

    def add_orders(self, orders: Iterable[Bought], *, more: bool) -> None:
        """Show further, older orders; `more` offers still older ones."""
        last: Order | None = None
        for bought in orders:
            self.orders.addWidget(_order(bought, self._clock.now()))
            last = bought.order
        if more and last is not None:
            button = link(_("Show older orders"))

            def older() -> None:
                button.hide()
                button.deleteLater()
                self.more_wanted.emit(last)

            button.clicked.connect(older)
            self.orders.addWidget(button)


class Note(QWidget):
    """The shop's own words about a person; what is half written stays when the rest is read anew."""

    written = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._person, self._kept = 0, ""
        self.area = TextArea(hint=_("Only the shop reads this."), lines=4)
        self.area.setAccessibleName(_("Note"))
        self.save = Button(_("Keep the note"), size="control_small", does=self._save)
        self.area.textChanged.connect(self._typed)
        self.setLayout(vbox(self.area, "s2", hbox(..., self.save), ...))
        self._typed()

    def show_note(self, person: int, note: str) -> None:
        """Show a person's note, unless there is something unsaved of the same person."""
        if person == self._person and self.area.toPlainText() != self._kept:
            self._kept = note
            return
        self._person, self._kept = person, note
        self.area.setPlainText(note)
        self._typed()

    def _typed(self) -> None:
        self.save.setEnabled(self.area.toPlainText() != self._kept)

    def _save(self) -> None:
        self._kept = self.area.toPlainText()
        self._typed()
        self.written.emit(self._kept)


def _event(event: Event, now: datetime) -> QWidget:
    sign = vbox("tiny", Icon(ICONS.get(event.kind, "info"), "accent_text", "icon_small"), ...)
    detail = elided(event.detail, "caption", "text_3") if event.detail else None
    words = vbox(elided(event.title, "small", bold=True), detail)
    return holder(hbox(sign, (words, 1), vbox(_day(event.at, now), ...), gap="s3"))


def _order(bought: Bought, now: datetime) -> QWidget:
    order = bought.order
    total = yen(order.total_yen - order.refunded_yen) if order.total_yen is not None else _("Amount not determined yet")
    state = Badge(_("Cancelled"), "danger") if order.cancelled else None
    head = hbox(label(total, "small", bold=True), state, ..., _day(order.ordered_at, now))
    origin = _("Order {number}").format(number=order.number)
    cart = elided(_(" · ").join(filter(None, (origin, order.payment))), "caption", "text_3")
    return holder(vbox(head, cart, *(_line(one) for one in bought.lines)))


def _line(one: Line) -> QWidget:
    many = _n("{n} piece", "{n} pieces", one.quantity).format(n=one.quantity)
    return holder(hbox((elided(one.name, "caption", "text_2"), 1), label(many, "caption", "text_2")))


def _day(at: datetime, now: datetime) -> QWidget:
    return label(short_day(at, now), "caption", "text_3")


def _quiet(words: str) -> Prose:
    return Prose(words, role="small", tone="text_3")
