"""One coupon that is given out, or was: its sums, and everybody's with when, where and by whom it was used."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QDialog, QWidget

from shopdesk.coupons import headline
from shopdesk.i18n import _
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import number, people, yen
from shopdesk.ui.days import day_time, short_day
from shopdesk.ui.directions import isolated, seen
from shopdesk.ui.loyalty.coupon_words import WHYS, period, standing_mark, state_mark
from shopdesk.ui.loyalty.reason import ReasonDialog
from shopdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.coupons import Coupon, Holder, Report
    from shopdesk.shop import Shop
    from shopdesk.ui.notices import Notices
    from shopdesk.ui.tasks import Tasks


@dataclass(frozen=True)
class Seen:
    """A coupon with its sums."""

    coupon: Coupon
    report: Report


class ReportView(QWidget):
    """Each of its buttons is a signal; `customer_wanted` carries somebody's number."""

    left = Signal()
    edit_wanted = Signal()
    send_wanted = Signal()
    segment_wanted = Signal()
    person_wanted = Signal()
    line_wanted = Signal(bool)
    end_wanted = Signal()
    customer_wanted = Signal(int)

    def __init__(self, shop: Shop, tasks: Tasks, notices: Notices) -> None:
        super().__init__()
        self._shop, self._tasks, self._notices = shop, tasks, notices
        self.seen: Seen | None = None
        self.title, self._about = w.elided("", "title"), w.elided("", "small", "text_2")
        self.state, self.line = w.Badge(""), w.Badge(_("also on LINE"), dot=True)
        self.more = w.icon_button("ellipsis", _("More"), self._menu, size="control")
        self.edit = w.Button(_("Change"), icon="pencil", does=self.edit_wanted.emit)
        self.give = w.Button(_("Give it…"), icon="gift", does=self._give)
        self.send = w.Button(_("Send on LINE"), "primary", "send", does=self.send_wanted.emit)
        self.differs = w.Banner(
            "warning",
            _("LINE's own coupon is still as it was before."),
            _("LINE changes none: it is closed there and made anew."),
            action=_("Make it anew on LINE"),
            does=lambda: self.line_wanted.emit(True),
        )
        self.tiles = {
            "issued": w.Tile("gift", _("Given"), "", "", _("rewards of the card among them")),
            "opened": w.Tile("smartphone", _("Opened"), "", "", _("looked at it on their phone")),
            "redeemed": w.Tile("check", _("Was used"), "", ""),
            "expired": w.Tile("clock", _("Expired"), "", "", _("not used in time")),
            "sale_yen": w.Tile("shopping-bag", _("Sales"), "", ""),
        }
        self.list = self._make_list(notices)
        self._lay_out()

    def _lay_out(self) -> None:
        crumb = w.hbox(
            w.link(_("Coupons"), self.left.emit), w.label(_("／ one coupon"), "small", "text_2"), ..., gap="s1"
        )
        name = w.hbox((self.title, 0), self.state, self.line, ..., gap="s2")
        row = w.hbox(
            (w.vbox(crumb, name, self._about), 1),
            "s4",
            *(self.more, self.edit, self.give, self.send),
            margin=("page_side", "s4", "page_side", "mid"),
        )
        tiles = w.hbox(*((tile, 1) for tile in self.tiles.values()), gap="tile_gap")
        body = w.vbox(
            self.differs, tiles, (self.list, 1), gap="card_gap", margin=("page_side", "s1", "page_side", "page_top")
        )
        self.setLayout(w.vbox(w.holder(row), (w.holder(body), 1)))

    def _make_list(self, notices: Notices) -> w.ListCard[Holder]:
        empty = w.EmptyState(
            "gift", _("Nobody has it yet"), _("Give it to a segment or to one person, or send it on LINE.")
        )
        made: w.ListCard[Holder] = w.ListCard(
            self._columns(), lambda one: one.ticket_id, self._tasks, empty=empty, sentence=notices.sentence
        )
        made.table.setAccessibleName(_("Who has it"))
        made.table.opened.connect(self._open)
        return made

    def _columns(self) -> list[w.Column[Holder]]:
        def given(one: Holder) -> w.Cell:
            return w.Cell(short_day(one.issued_at, self._shop.clock.now()), second=_(WHYS[one.why]))

        return [
            w.Column(_("Name"), lambda one: w.Cell(seen(one.name) or _("(not known)"), bold=True)),
            w.Column(_("Stands"), lambda one: w.Cell(badge=standing_mark(one.standing)), 120),
            w.Column(_("Given on"), given, 180),
            w.Column(_("Used on"), lambda one: day_time(one.used_at) if one.used_at else "—", 150),
            w.Column(_("Till"), lambda one: isolated(one.till or "") or "—", 100),
            w.Column(_("Staff"), lambda one: isolated(one.staff or "") or "—", 110),
            w.Column(_("Sale"), lambda one: yen(one.sale_yen), 110, w.RIGHT),
        ]

    def _open(self, one: Holder | None) -> None:
        """Open whose it is; of one that was used, ask what for."""
        if one is None or one.use_id is None:
            self._open_customer(one)
            return
        entries = [(_("Take this use back…"), lambda: self.take_back(one))]
        if one.customer_id is not None:
            entries.insert(0, (_("Open the customer"), lambda: self._open_customer(one)))
        self.menu = w.popup_menu(self, entries)
        self.menu.popup(QCursor.pos())

    def take_back(self, one: Holder) -> None:
        """Take a use back, however old, with a reason; the coupon can be used again."""
        fact = _("Used on {when}, till {till}. The person can use the coupon again.").format(
            when=day_time(one.used_at) if one.used_at else "—", till=isolated(one.till or "") or "—"
        )
        dialog = ReasonDialog(self, _("Take this use back?"), fact, verb=_("Take it back"))
        accepted, why, use_id = dialog.exec() == QDialog.DialogCode.Accepted, dialog.reason.text(), one.use_id
        dialog.deleteLater()
        if accepted and use_id is not None:
            coupons, said = self._shop.coupons, _("Taken back; the coupon can be used again.")
            work = partial(coupons.reverse, use_id, why=why)
            self._tasks.run(self, work, lambda _use: self._notices.done(said), lane=Lane.WRITE)

    def _open_customer(self, one: Holder | None) -> None:
        if one is not None and one.customer_id is not None:
            self.customer_wanted.emit(one.customer_id)

    def show_seen(self, found: Seen) -> None:
        """Show a coupon, or the same one anew."""
        same = self.seen is not None and self.seen.coupon.id == found.coupon.id
        self.seen = found
        coupon, report, now = found.coupon, found.report, self._shop.clock.now()
        self.title.setText(isolated(coupon.offer.name))
        when = period(coupon.offer, now)
        self._about.setText(_(" · ").join(filter(None, (headline(coupon.offer), when))))
        self.state.show_mark(state_mark(coupon, now))
        self.line.setVisible(bool(coupon.line_id))
        self.differs.setVisible(coupon.line_differs)
        for name, tile in self.tiles.items():
            value = getattr(report, name)
            words = yen(value) if name == "sale_yen" else people(value)
            tile.show_number(number(value), words.replace(number(value), "").strip())
        share = f"{report.redeemed / report.issued:.0%}" if report.issued else "–"
        self.tiles["redeemed"].show_number(number(report.redeemed), note=_("{share} of those").format(share=share))
        self.tiles["sale_yen"].show_number(
            number(report.sale_yen), note=_("{yen} came off").format(yen=yen(report.off_yen))
        )
        live = coupon.state == "published"
        for button in (self.edit, self.give, self.send):
            button.setVisible(live)
        self.more.setVisible(live or bool(coupon.line_id))
        if same:
            self.list.refresh()
        else:
            self.list.show_listing(self._listing(coupon.id))

    def _listing(self, coupon_id: int) -> w.Listing[Holder]:
        coupons = self._shop.coupons

        def anchors(every: int) -> Sequence[int]:
            return coupons.holder_anchors(coupon_id, every)

        return w.Listing(
            lambda: coupons.report(coupon_id).issued,
            anchors,
            lambda after, limit: coupons.holders(coupon_id, after=after or 0, limit=limit),
            lambda row: row.ticket_id,
        )

    def _give(self) -> None:
        entries = [
            (_("To a segment…"), self.segment_wanted.emit),
            (_("To one person…"), self.person_wanted.emit),
        ]
        self.menu = w.popup_menu(self, entries)
        self.menu.popup(self.give.mapToGlobal(self.give.rect().bottomLeft()))

    def _menu(self) -> None:
        assert self.seen is not None  # noqa: S101 - its buttons are only seen with a coupon
        coupon = self.seen.coupon
        entries = []
        if coupon.line_id:
            entries.append((_("Close it on LINE…"), lambda: self.line_wanted.emit(False)))
        elif coupon.state == "published":
            entries.append((_("Put it on LINE, too"), lambda: self.line_wanted.emit(True)))
        if coupon.state == "published":
            entries.append((_("End this coupon…"), self.end_wanted.emit))
        self.menu = w.popup_menu(self, entries)
        self.menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))
