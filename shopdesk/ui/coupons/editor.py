"""One coupon being written, beside what the customer will see of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget

from shopdesk.coupons import Offer
from shopdesk.i18n import _
from shopdesk.ui import widgets as w
from shopdesk.ui.coupons.face import CouponPage
from shopdesk.ui.coupons.form import OfferForm
from shopdesk.ui.editor import FormEditor, editor_head
from shopdesk.ui.loyalty.coupon_words import state_mark
from shopdesk.ui.phone import Phone

if TYPE_CHECKING:
    from shopdesk.coupons import Coupon
    from shopdesk.shop import Shop
    from shopdesk.ui.notices import Notices
    from shopdesk.ui.tasks import Tasks

_ADDRESS = "https://example.jp/"
"""Stands for the address of the page in the card that is only looked at."""


class CouponEditor(FormEditor):
    """A coupon in its form, beside its page or its card in the talk."""

    def __init__(self, shop: Shop, tasks: Tasks, notices: Notices) -> None:
        super().__init__(shop, tasks, notices)
        self.coupon: Coupon | None = None
        self.shop_name = ""
        self.form = OfferForm(self.studio)
        self.page, self.talk = CouponPage(), Phone(pictures=self.studio.image)
        self.face = w.Segmented([(_("Page"), "page"), (_("Talk"), "talk")])
        self._faces = QStackedWidget()
        for one in (self.page, self.talk):
            self._faces.addWidget(one)
        which = w.label(_("／ one coupon"), "small", "text_2")
        head = editor_head(_("Coupons"), self.left.emit, which, self.head, self.state, self.keep, self.give)
        self.lay_out(head, [self.form], self._faces, self.page.width(), self.face)
        self.form.edited.connect(self.resting.start)
        self.face.chosen.connect(lambda _face: self.show_face())
        self.studio.arrived.connect(self.show_face)

    def show_coupon(self, coupon: Coupon | None, shop_name: str) -> None:
        """Show a coupon, or the beginning of a new one."""
        self.coupon, self.shop_name = coupon, shop_name
        if coupon is None:
            self.form.show_offer(Offer("", "free_item"))
        else:
            self.form.show_coupon(coupon)
        live = coupon is not None and coupon.state == "published"
        mark = w.Mark(_("Draft"), "warning") if coupon is None else state_mark(coupon, self._shop.clock.now())
        self.keep.setVisible(not live)
        self.give.set_words(_("Keep the changes") if live else _("Publish"))
        self.begin(mark)
        if coupon is None:
            self.form.name.setFocus()

    def written(self) -> tuple[Offer, bool]:
        """Return what stands in the form, and whether LINE's own is wanted, too."""
        return self.form.offer(), self.form.on_line.switch.isChecked()

    def title(self) -> str:
        """Return its name so far."""
        return self.form.offer().name or _("New coupon")

    def draw(self) -> None:
        """Draw the page, or the card in the talk."""
        offer, talk = self.form.offer(), self.face.value() == "talk"
        self._faces.setCurrentIndex(int(talk))
        if not talk:
            self.page.show_offer(self.shop_name, offer, self.form.picture.image())
            return
        messages, name = self._shop.messages, self.shop_name
        show = lambda card: self.talk.show_talk(name, [card])  # noqa: E731
        self._tasks.run(self, lambda: messages.coupon_card(offer, _ADDRESS), show, key="talk")
