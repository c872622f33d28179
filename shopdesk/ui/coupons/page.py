"""The page of coupons: the list, one being written, one and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QDialog

from shopdesk.changes import Topic
from shopdesk.i18n import _, _n
from shopdesk.messages import addresses
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import number
from shopdesk.ui.asking import PersonDialog
from shopdesk.ui.coupons.editor import CouponEditor
from shopdesk.ui.coupons.giving import SegmentDialog
from shopdesk.ui.coupons.overview import CouponOverview
from shopdesk.ui.coupons.report import ReportView, Seen
from shopdesk.ui.exporting import Exporter, Wanted
from shopdesk.ui.list_page import ListPage
from shopdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shopdesk.coupons import Coupon, Issued, Offer
    from shopdesk.line import Message
    from shopdesk.segments import Segment
    from shopdesk.ui.shop_page import Desk


class CouponsPage(ListPage):
    """Coupons. `shown(coupon=ID)` opens one, `new=True` begins one."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.COUPONS, Topic.CUSTOMERS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._service = self.shop.coupons
        self.overview = CouponOverview(self.shop, self.tasks, self.notices)
        self.editor = CouponEditor(self.shop, self.tasks, self.notices)
        self.report = ReportView(self.shop, self.tasks, self.notices)
        self.exporter = Exporter(self, self.shop, self.tasks, self.notices)
        self.hold(self.overview, self.editor, self.report)
        self._connect()
        self.overview.reload()

    def _connect(self) -> None:
        self.overview.opened.connect(lambda one: self.open(one.coupon))
        self.overview.wanted.connect(self.begin)
        self.overview.file_wanted.connect(lambda: self.exporter.ask(Wanted(_("Coupons"), what=("coupons",))))
        self.editor.save.connect(self.save)
        self.editor.publish.connect(self.publish)
        report = self.report
        report.left.connect(self.back)
        report.edit_wanted.connect(lambda: self.edit(self._shown()))
        report.send_wanted.connect(self.send)
        report.segment_wanted.connect(self.give_to_segment)
        report.person_wanted.connect(self.give_to_person)
        report.line_wanted.connect(self.put_on_line)
        report.end_wanted.connect(self.end)
        report.customer_wanted.connect(lambda one: self.navigator.show_page("customers", customer=one))

    # What the window asks

    def shown(self, **what: Any) -> None:
        """Open a coupon by its number, or begin a new one."""
        if what.get("new"):
            self.begin()
        elif what.get("coupon"):
            self.open_id(int(what["coupon"]))

    def reload(self) -> None:
        """Read what is at the front again; what is being written stays."""
        if self.at_front(self.report):
            self._refresh(self._shown().id)
        elif self.at_front(self.overview):
            self.overview.reload()

    def step_back(self) -> None:
        """Show what became of the one that was written, or the list."""
        coupon = self.editor.coupon if self.at_front(self.editor) else None
        if coupon is not None and coupon.state != "draft":
            self.open_id(coupon.id)
        else:
            self.bring_list()

    # Opening

    def open(self, coupon: Coupon) -> None:
        """Go on with a draft, or show what became of one."""
        if coupon.state == "draft":
            self.edit(coupon)
        else:
            self.open_id(coupon.id)

    def open_id(self, coupon_id: int) -> None:
        """Show a coupon and what became of it; a draft is gone on with."""

        def show(found: Seen) -> None:
            if found.coupon.state == "draft":
                self.edit(found.coupon)
                return
            self.report.show_seen(found)
            self.bring(self.report)

        self.tasks.run(self, lambda: self._read(coupon_id), show, key="coupon")

    def _refresh(self, coupon_id: int) -> None:
        """Show what became of the coupon at the front anew; whatever was pressed meanwhile goes on."""

        def show(found: Seen) -> None:
            if found.coupon.id == self._shown().id:
                self.report.show_seen(found)

        self.tasks.run(self, lambda: self._read(coupon_id), show, key="report")

    def _read(self, coupon_id: int) -> Seen:
        return Seen(self._service.get(coupon_id), self._service.report(coupon_id))

    def begin(self) -> None:
        """Begin a new one."""
        self._write(None)

    def edit(self, coupon: Coupon) -> None:
        """Write one anew."""
        self._write(coupon)

    def _write(self, coupon: Coupon | None) -> None:
        settings = self.shop.settings

        def show(shop_name: str) -> None:
            self.editor.show_coupon(coupon, shop_name)
            self.bring(self.editor)

        self.tasks.run(self, lambda: str(settings.get("shop_name")), show, key="coupon")

    def _shown(self) -> Coupon:
        assert self.report.seen is not None  # noqa: S101 - its buttons are only seen with a coupon
        return self.report.seen.coupon

    # Keeping

    def save(self) -> None:
        """Keep what is written, published or not."""
        before = self.editor.coupon

        def done(kept: Coupon) -> None:
            self.notices.done(_("Kept “{name}”.").format(name=kept.offer.name))
            if kept.state == "draft":
                self.editor.show_coupon(kept, self.editor.shop_name)
            else:
                self.open_id(kept.id)

        self._keep(lambda offer: self._kept(before, offer), done)

    def publish(self) -> None:
        """Keep what is written and give it out from now on; one that is out already is only kept."""
        before = self.editor.coupon
        if before is not None and before.state == "published":
            self.save()
            return

        def done(made: Coupon) -> None:
            self.notices.done(_("Published. Give it to people, or send it on LINE."))
            self.open_id(made.id)

        self._keep(lambda offer: self._service.publish(self._kept(before, offer).id), done)

    def _kept(self, before: Coupon | None, offer: Offer) -> Coupon:
        return self._service.create(offer) if before is None else self._service.change(before.id, offer)

    def _keep(self, work: Callable[[Offer], Coupon], then: Callable[[Coupon], object]) -> None:
        if not self.editor.form.valid():
            return
        offer, on_line = self.editor.written()

        def kept(coupon: Coupon) -> None:
            then(coupon)
            wants = coupon.state == "published" and (not coupon.line_id or coupon.line_differs)
            if on_line and wants:
                self._on_line(coupon.id, on=True)

        self.tasks.run(self, lambda: work(offer), kept, lane=Lane.WRITE)

    # What is done with one that is given out

    def put_on_line(self, on: bool) -> None:
        """Make LINE's own coupon of it, or close that for good."""
        coupon = self._shown()
        if on or w.confirm(
            self,
            _("Close “{name}” on LINE?").format(name=coupon.offer.name),
            _("Whoever has it there cannot use it any more. The shop's own coupon stays."),
            verb=_("Close it on LINE"),
            danger=True,
        ):
            self._on_line(coupon.id, on=on)

    def _on_line(self, coupon_id: int, *, on: bool) -> None:
        service = self._service
        work = (lambda: service.put_on_line(coupon_id)) if on else (lambda: service.close_on_line(coupon_id))

        def done(coupon: Coupon) -> None:
            words = _("It is on LINE now, too.") if on else _("It is closed on LINE.")
            if coupon.line_left:
                words = _(
                    "LINE has made a new one. The one before is still open there: ShopDesk closes it as soon as LINE lets it."
                )
            self.notices.done(words)

        self.tasks.run(self, work, done, lane=Lane.NETWORK)

    def end(self) -> None:
        """End it for good."""
        coupon, service = self._shown(), self._service
        held = self.report.seen.report if self.report.seen else None
        left = held.issued - held.redeemed - held.expired - held.lost if held else 0
        if w.confirm(
            self,
            _("End “{name}”?").format(name=coupon.offer.name),
            _n(
                "{n} person has it and cannot use it any more. It cannot be given out again.",
                "{n} people have it and cannot use it any more. It cannot be given out again.",
                left,
            ).format(n=number(left)),
            verb=_("End it"),
            danger=True,
        ):
            self.tasks.run(self, lambda: service.close(coupon.id), lambda _done: self.reload(), lane=Lane.WRITE)

    def send(self) -> None:
        """Open the composer with the card that brings every reader their own coupon."""
        coupon, shop = self._shown(), self.shop

        def work() -> Message:
            shop.coupons.addresses.of_nothing()  # its page must have an address
            return shop.messages.coupon_card(coupon.offer, addresses.coupon(coupon.id))

        def show(card: Message) -> None:
            self.navigator.show_page("broadcasts", messages=[card], name=coupon.offer.name)

        self.tasks.run(self, work, show)

    def give_to_segment(self) -> None:
        """Ask for a segment, and give its people one each."""
        segments = self.shop.segments
        self.tasks.run(self, segments.list, self._ask_segment)

    def _ask_segment(self, segments: Sequence[Segment]) -> None:
        coupon, shop = self._shown(), self.shop
        if not segments:
            self.navigator.show_page("segments", new=True)
            return
        dialog = SegmentDialog(self, shop, self.tasks, coupon, segments)
        chosen = dialog.segment() if dialog.exec() == QDialog.DialogCode.Accepted else None
        dialog.deleteLater()
        if chosen is not None:
            work = lambda: shop.coupons.issue(coupon.id, sorted(shop.segments.members(chosen.rule)), "segment")  # noqa: E731
            self.tasks.run(self, work, self._given, lane=Lane.WRITE)

    def give_to_person(self) -> None:
        """Ask who gets one."""
        coupon, coupons = self._shown(), self._service
        question = _("Who gets “{coupon}”?").format(coupon=coupon.offer.name)
        chosen = PersonDialog(self, self.shop, self.tasks, question, _("Give")).ask()
        if chosen is not None:
            self.tasks.run(self, lambda: coupons.issue(coupon.id, [chosen.id]), self._given, lane=Lane.WRITE)

    def _given(self, issued: Issued) -> None:
        count = len(issued.tokens)
        words = _n("Gave it to {n} person.", "Gave it to {n} people.", count).format(n=number(count))
        if issued.left_out:
            words += " " + _n("{n} person had it already.", "{n} people had it already.", issued.left_out).format(
                n=number(issued.left_out)
            )
        self.notices.done(words)
