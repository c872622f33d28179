"""Every coupon with its state and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal

from shopdesk.i18n import _, _n
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import number, people, yen
from shopdesk.ui.directions import isolated
from shopdesk.ui.loyalty.coupon_words import period, state_mark
from shopdesk.ui.overview import Overview, Words

if TYPE_CHECKING:
    from shopdesk.clock import Clock
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


class CouponOverview(Overview[Listed]):
    """`file_wanted` asks for a file of all coupons."""

    file_wanted = Signal()

    def __init__(self, shop: Shop, tasks: Tasks, notices: Notices) -> None:
        words = Words(
            _("Coupons"),
            _("What you give away, who has it, and when it was used."),
            lambda count: _n("{n} coupon", "{n} coupons", count).format(n=number(count)),
            "ticket",
            _("No coupons yet"),
            _("Make one and send it on LINE; each use will be listed here."),
            _("Make a coupon"),
        )
        file = w.Button(_("Write a file"), icon="download")
        super().__init__(
            tasks,
            notices,
            words,
            _columns(shop.clock),
            key=lambda one: one.coupon.id,
            read=lambda: read(shop),
            acts=(file,),
        )
        file.clicked.connect(self.file_wanted)


def _columns(clock: Clock) -> list[w.Column[Listed]]:
    return [
        w.Column(_("State"), lambda one: w.Cell(badge=state_mark(one.coupon, clock.now())), 150),
        w.Column(_("Name"), _named),
        w.Column(_("Can be used"), lambda one: period(one.coupon.offer, clock.now()) or "—", 150),
        w.Column(_("Given"), lambda one: people(one.report.issued), 96, w.RIGHT),
        w.Column(_("Opened"), lambda one: people(one.report.opened), 96, w.RIGHT),
        w.Column(_("Was used"), lambda one: people(one.report.redeemed), 96, w.RIGHT),
        w.Column(_("Expired"), lambda one: people(one.report.expired), 96, w.RIGHT),
        w.Column(_("Sales"), lambda one: yen(one.report.sale_yen), 110, w.RIGHT),
    ]


def _named(one: Listed) -> w.Cell:
    second = _("also on LINE") if one.coupon.line_id else ""
    return w.Cell(isolated(one.coupon.offer.name), bold=True, second=second)
