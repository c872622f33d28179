"""One coupon being written, beside what the customer will see of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from shopdesk.coupons import Offer
from shopdesk.i18n import _
from shopdesk.ui import widgets as w
from shopdesk.ui.coupons.face import CouponPage
from shopdesk.ui.coupons.form import OfferForm
from shopdesk.ui.loyalty.coupon_words import state_mark
from shopdesk.ui.phone import Phone
from shopdesk.ui.studio import Studio

if TYPE_CHECKING:
    from shopdesk.coupons import Coupon
    from shopdesk.shop import Shop
    from shopdesk.ui.notices import Notices
    from shopdesk.ui.tasks import Tasks

WAITS_MS = 120
_ADDRESS = "https://example.jp/"
"""Stands for the address of the page in the card that is only looked at."""


class CouponEditor(QWidget):
    """`save` and `publish` ask for what is written to be kept; `left` to go back."""

    save = Signal()
    publish = Signal()
    left = Signal()

    def __init__(self, shop: Shop, tasks: Tasks, notices: Notices) -> None:
        super().__init__()
        self._shop, self._tasks = shop, tasks
        self.coupon: Coupon | None = None
        self.shop_name = ""
        self._begun: tuple[Offer, bool] | None = None
        self.studio = Studio(self, shop, tasks, notices)
        self.form = OfferForm(self.studio)
        self.page, self.talk = CouponPage(), Phone(pictures=self.studio.image)
        self.face = w.Segmented([(_("Page"), "page"), (_("Talk"), "talk")])
        self._faces = QStackedWidget()
        for one in (self.page, self.talk):
            self._faces.addWidget(one)
        self.state = w.Badge(_("Draft"), "warning")
        self.keep = w.Button(_("Keep the draft"), does=self.save.emit)
        self.give = w.Button(_("Publish"), "primary", "check", does=self.publish.emit)
        self._lay_out()
        self._timer = QTimer(self, singleShot=True, interval=WAITS_MS)
        self._timer.timeout.connect(self._show_face)
        self.form.edited.connect(self._timer.start)
        self.face.chosen.connect(lambda _face: self._show_face())
        self.studio.arrived.connect(self._show_face)
        here = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self, context=here).activated.connect(self.save)

    def _lay_out(self) -> None:
        self.head = w.elided("", "title")
        crumb = w.hbox(
            w.link(_("Coupons"), self.left.emit), w.label(_("／ one coupon"), "small", "text_2"), ..., gap="s1"
        )
        row = w.hbox(
            (w.vbox(crumb, self.head), 1),
            "s4",
            self.state,
            self.keep,
            self.give,
            margin=("page_side", "s4", "page_side", "mid"),
        )
        seen = w.hbox(w.label(_("What the customer sees"), "small", "text_2"), ..., self.face)
        aside = w.holder(w.vbox(seen, "s2", (self._faces, 1)))
        aside.setFixedWidth(self.page.width())
        left = w.scroller(w.vbox(self.form, margin=("", "s1", "s1", "page_top")))
        columns = w.hbox((left, 1), aside, gap="s3", margin=("page_side", "", "page_side", "page_top"))
        self.setLayout(w.vbox(w.holder(row), (w.holder(columns), 1)))

    def show_coupon(self, coupon: Coupon | None, shop_name: str) -> None:
        """Show a coupon, or the beginning of a new one."""
        self.coupon, self.shop_name = coupon, shop_name
        if coupon is None:
            self.form.show_offer(Offer("", "free_item"))
        else:
            self.form.show_coupon(coupon)
        live = coupon is not None and coupon.state == "published"
        mark = w.Mark(_("Draft"), "warning") if coupon is None else state_mark(coupon, self._shop.clock.now())
        self.state.show_mark(mark)
        self.keep.setVisible(not live)
        self.give.set_words(_("Keep the changes") if live else _("Publish"))
        self.studio.read()
        self._begun = self.written()
        self._show_face()
        if coupon is None:
            self.form.name.setFocus()

    def written(self) -> tuple[Offer, bool]:
        """Return what stands in the form, and whether LINE's own is wanted, too."""
        return self.form.offer(), self.form.on_line.switch.isChecked()

    def dirty(self) -> bool:
        """Tell whether there is something that is not kept."""
        return self.written() != self._begun

    def _show_face(self) -> None:
        self._timer.stop()
        offer, talk = self.form.offer(), self.face.value() == "talk"
        self.head.setText(offer.name or _("New coupon"))
        self._faces.setCurrentIndex(int(talk))
        if not talk:
            self.page.show_offer(self.shop_name, offer, self.form.picture.image())
            return
        messages, name = self._shop.messages, self.shop_name
        show = lambda card: self.talk.show_talk(name, [card])  # noqa: E731
        self._tasks.run(self, lambda: messages.coupon_card(offer, _ADDRESS), show, key="talk")
