"""Every coupon with its state and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _, _n
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import number, people, yen
from shopdesk.ui.directions import isolated
from shopdesk.ui.loyalty.coupon_words import period, state_mark

if TYPE_CHECKING:
    from shopdesk.coupons import Coupon, Report
    from shopdesk.shop import Shop
    from shopdesk.ui.notices import Notices
    from shopdesk.ui.tasks import Tasks


class Listed(NamedTuple):
    """A coupon with its sums."""

    coupon: Coupon
    report: Report


def read(shop: Shop) -> list[Listed]:
    """Read every coupon with its sums, the newest first."""
    return [Listed(one, shop.coupons.report(one.id)) for one in shop.coupons.list()]


class Overview(QWidget):
    """`opened` carries the coupon chosen, `wanted` asks for a new one, `file_wanted` for a file of all."""

    opened = Signal(object)
    wanted = Signal()
    file_wanted = Signal()

    def __init__(self, shop: Shop, tasks: Tasks, notices: Notices) -> None:
        super().__init__()
        self._shop, self._tasks = shop, tasks
        self._new = w.Button(_("Make a coupon"), "primary", "plus", does=self.wanted.emit)
        empty = w.EmptyState(
            "ticket",
            _("No coupons yet"),
            _("Make one and send it on LINE; each use will be listed here."),
            w.Button(_("Make a coupon"), "primary", "plus", does=self.wanted.emit),
        )
        self._foot = w.label("", "small", "text_2")
        self.list: w.ListCard[Listed] = w.ListCard(
            self._columns(),
            lambda one: one.coupon.id,
            tasks,
            empty=empty,
            sentence=notices.sentence,
            foot=w.holder(w.hbox(self._foot, ...)),
        )
        table = self.list.table
        table.setAccessibleName(_("Coupons"))
        table.opened.connect(lambda one: self.opened.emit(one.coupon) if one else None)
        table.clicked.connect(lambda index: self._open(index.row()))
        self.list.counted.connect(self._counted)
        self.file = w.Button(_("Write a file"), icon="download", does=self.file_wanted.emit)
        purpose = _("What you give away, who has it, and when it was used.")
        header = w.Header(_("Coupons"), purpose, actions=(self.file, self._new))
        margin = ("page_side", "s1", "page_side", "page_top")
        self.setLayout(w.vbox(header, (w.holder(w.hbox((self.list, 1), margin=margin)), 1)))

    def _columns(self) -> list[w.Column[Listed]]:
        clock = self._shop.clock
        return [
            w.Column(_("State"), lambda one: w.Cell(badge=state_mark(one.coupon, clock.now())), 150),
            w.Column(_("Name"), self._named),
            w.Column(_("Can be used"), lambda one: period(one.coupon.offer, clock.now()) or "—", 150),
            w.Column(_("Given"), lambda one: people(one.report.issued), 96, w.RIGHT),
            w.Column(_("Opened"), lambda one: people(one.report.opened), 96, w.RIGHT),
            w.Column(_("Was used"), lambda one: people(one.report.redeemed), 96, w.RIGHT),
            w.Column(_("Expired"), lambda one: people(one.report.expired), 96, w.RIGHT),
            w.Column(_("Sales"), lambda one: yen(one.report.sale_yen), 110, w.RIGHT),
        ]

    @staticmethod
    def _named(one: Listed) -> w.Cell:
        second = _("also on LINE") if one.coupon.line_id else ""
        return w.Cell(isolated(one.coupon.offer.name), bold=True, second=second)

    def _open(self, row: int) -> None:
        one = self.list.model.record(row)
        if one is not None:
            self.opened.emit(one.coupon)

    def reload(self) -> None:
        """Read the list again."""
        shop = self._shop
        self._tasks.run(self, lambda: read(shop), lambda found: self.list.show_listing(w.fixed(found)), key="list")

    def _counted(self, count: int) -> None:
        for button in (self._new, self.file):
            button.setVisible(bool(count))
        self._foot.setText(_n("{n} coupon", "{n} coupons", count).format(n=number(count)))
