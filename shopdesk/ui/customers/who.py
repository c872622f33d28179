"""The head of the pane: who it is, what can be done, the sums."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _, language
from shopdesk.ui.amounts import times, yen
from shopdesk.ui.customers.columns import called_in_full
from shopdesk.ui.days import short_day
from shopdesk.ui.directions import isolated
from shopdesk.ui.widgets import (
    CENTER,
    Avatar,
    Button,
    Card,
    Label,
    elided,
    hbox,
    icon_button,
    label,
    line,
    popup_menu,
    tip,
    vbox,
)

if TYPE_CHECKING:
    from datetime import datetime

    from shopdesk.customers import Customer
    from shopdesk.ui.customers.file import PersonFile


class Who(QWidget):
    """Name and buttons; each button is a signal."""

    closed = Signal()
    link_wanted = Signal()
    edit_wanted = Signal()
    twins_wanted = Signal()
    disclose_wanted = Signal()
    forget_wanted = Signal()
    stop_wanted = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._avatar = Avatar("", "avatar_large")
        self.name, self._below = elided("", "section"), elided("", "small", "text_2")
        self._honorific = label(_("Mx."), "small", "text_3")
        close = icon_button("x", _("Close"), self.closed.emit)
        names = vbox(..., hbox(self.name, self._honorific, ...), self._below, ...)
        self.link = Button(_("Link with LINE"), "accent", "message-circle", does=self.link_wanted.emit)
        self.edit = Button(_("Edit"), icon="pencil", does=self.edit_wanted.emit)
        self.more = Button(icon="ellipsis", does=self._menu)
        self.more.setAccessibleName(_("More"))
        tip(self.more, _("More"))
        head = hbox(self._avatar, (names, 1), vbox(..., close, ...), gap="s3", margin=("s4", "s4", "mid", "s3"))
        acts = hbox((self.link, 1), (self.edit, 0), self.more, margin=("s4", "", "s4", "s3"))
        self.setLayout(vbox(head, acts))
        self._acts = acts
        self._stopped = False

    def show_file(self, file: PersonFile) -> None:
        """Show another person."""
        customer = file.customer
        self._stopped = customer.stopped_at is not None
        self._avatar.show_name(called_in_full(customer))
        self.name.setText(called_in_full(customer))
        self._honorific.setVisible(bool(customer.name) and language() == "ja")  # English has none that fits all
        member = _("member {id}").format(id=customer.member_ids[0]) if customer.member_ids else ""
        number = _("No. {id}").format(id=customer.id)
        below = (isolated(customer.kana) if customer.name else "", member or number)
        self._below.setText(_(" · ").join(filter(None, below)))
        linked = file.friend is not None
        self.link.setVisible(not linked)
        self._acts.setStretchFactor(self.edit, 1 if linked else 0)

    def _menu(self) -> None:
        self.menu = popup_menu(
            self,
            [
                (_("Look for double entries…"), self.twins_wanted.emit),
                (_("Write everything held to a file…"), self.disclose_wanted.emit),
                None,
                (
                    _("Allow the use of the data again") if self._stopped else _("Stop the use of the data…"),
                    lambda: self.stop_wanted.emit(not self._stopped),
                ),
                (_("Erase this person…"), self.forget_wanted.emit),
            ],
        )
        self.menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))


class Sums(Card):
    """Orders, yen and the last order side by side."""

    def __init__(self) -> None:
        self._orders, self._total, self._last = (label("", bold=True, align=CENTER) for _i in range(3))
        parts = (
            (_figure(_("Orders"), self._orders), 1),
            line(vertical=True),
            (_figure(_("Spent"), self._total), 1),
            line(vertical=True),
            (_figure(_("Last order"), self._last), 1),
        )
        super().__init__(hbox(*parts, gap=""), pad="", part="well")

    def show_customer(self, customer: Customer, now: datetime) -> None:
        """Show another person's sums."""
        self._orders.setText(times(customer.orders))
        self._total.setText(yen(customer.spent_yen))
        self._last.setText(short_day(customer.last_order_at, now) if customer.last_order_at else "—")


def _figure(name: str, value: Label) -> QWidget:
    made = QWidget()
    made.setLayout(vbox(label(name, "caption", "text_2", align=CENTER), value, margin=("", "s2")))
    return made
