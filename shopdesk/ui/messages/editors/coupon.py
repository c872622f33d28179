"""A coupon that LINE itself keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import _
from shopdesk.messages import line_coupon
from shopdesk.ui import widgets as w
from shopdesk.ui.messages.editors.editor import Editor, Message
from shopdesk.ui.messages.editors.said import Said

if TYPE_CHECKING:
    from collections.abc import Iterator


class CouponEditor(Editor):
    """The form of LINE's coupon: its id."""

    def __init__(self, message: Message) -> None:
        super().__init__()
        self._tag = str(message.get("deliveryTag") or "")
        note = _("The coupon must have been made through LINE's Messaging API; its id is a row of letters and digits.")
        self.coupon = Said(_("Id of the coupon"), str(message.get("couponId") or ""), help_text=note)
        self.coupon.edited.connect(self.changed)
        self.setLayout(w.vbox(self.coupon, margin="s4"))

    def message(self) -> Message:
        return line_coupon(self.coupon.text().strip(), self._tag)

    def places(self) -> Iterator[tuple[str, w.Field]]:
        yield "couponId", self.coupon
