"""A coupon as its page shows it on the customer's phone, drawn: the same in the dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPen

from shopdesk.clock import in_japan
from shopdesk.coupons import Offer, conditions, ends_said, headline
from shopdesk.i18n import N_, _, for_customers
from shopdesk.ui.paint import blob
from shopdesk.ui.phone_face import SHELL, SIDE, Paragraph, PhoneFace, one_line
from shopdesk.ui.theme import light

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QPainter

_PICTURE = 132
"""Of the preview's own px, as in `phone_face`."""


class CouponPage(PhoneFace):
    """The page of a coupon in a phone."""

    def __init__(self) -> None:
        super().__init__()
        self._offer = Offer("", "free_item")
        self._picture: QImage | None = None

    def show_offer(self, shop: str, offer: Offer, picture: QImage | None) -> None:
        """Show another coupon."""
        self.bar, self._offer, self._picture = shop, offer, picture
        self.setAccessibleName(_("Preview") + f"\n{offer.name}\n{_when(offer)}")
        self.update()

    def draw_page(self, p: QPainter, room: QRectF) -> None:
        """Draw the card of the coupon and its terms below."""
        own, offer = light(), self._offer
        head = _PICTURE if self._picture is not None and not self._picture.isNull() else 0
        words = self._words()
        high = head + 14 + sum(one.height() for one, _role, _tone in words) + 14 + 1 + 14 + 44 + 26 + 10
        card = QRectF(room.x(), room.y(), room.width(), high)
        p.setPen(QPen(own["line"], 1))
        p.setBrush(own["surface"])
        p.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)
        if head:
            self._draw_picture(p, QRectF(card.x() + 1, card.y() + 1, card.width() - 2, head))
        y = card.y() + head + 14
        for one, _role, tone in words:
            p.setPen(own[tone])
            one.draw(p, QPointF(card.x() + 14, y))
            y += one.height()
        y += 14
        p.setPen(QPen(own["line"], 2, Qt.PenStyle.DashLine))
        p.drawLine(QPointF(card.x() + 14, y), QPointF(card.right() - 14, y))
        button = QRectF(card.x() + 14, y + 14, card.width() - 28, 44)
        blob(p, button, own["accent"], 8)
        one_line(p, button, for_customers(N_("Use it in the shop")), "body_bold", "on_accent")
        hint = QRectF(card.x(), button.bottom() + 8, card.width(), 18)
        one_line(p, hint, for_customers(N_("Show it to the staff when you pay")), "phone_small", "text_3")
        terms = Paragraph(offer.terms, "phone_small", room.width() - 8)
        p.setPen(own["text_3"])
        terms.draw(p, QPointF(room.x() + 4, card.bottom() + 10))

    def _words(self) -> list[tuple[Paragraph, str, str]]:
        offer, width = self._offer, light().px("phone_width") - 2 * (SHELL + SIDE + 14)
        middle = Qt.AlignmentFlag.AlignHCenter
        lines = [
            (headline(offer, for_customers), "caption", "text_2"),
            (offer.name or for_customers(N_("Name of the coupon")), "section", "text"),
            (offer.text, "caption", "text"),
            (_when(offer), "caption", "text_2"),
            *((one, "caption", "text_2") for one in conditions(offer, for_customers)),
        ]
        return [(Paragraph(words, role, width, middle), role, tone) for words, role, tone in lines if words]

    def _draw_picture(self, p: QPainter, room: QRectF) -> None:
        picture = self._picture
        assert picture is not None  # noqa: S101 - asked before
        scale = max(room.width() / picture.width(), room.height() / picture.height())
        width, height = room.width() / scale, room.height() / scale
        source = QRectF((picture.width() - width) / 2, (picture.height() - height) / 2, width, height)
        path = QPainterPath()
        path.addRoundedRect(room.adjusted(0, 0, 0, 12), 11, 11)
        p.save()
        p.setClipPath(path, Qt.ClipOperation.IntersectClip)
        p.setClipRect(room, Qt.ClipOperation.IntersectClip)
        p.drawImage(room, picture, source)
        p.restore()


def _when(offer: Offer) -> str:
    """When it can be used, as its page says it."""
    ends = ends_said(offer, say=for_customers)
    if offer.starts is None:
        return for_customers(N_("until {day}")).format(day=ends) if ends else ""
    begins = in_japan(offer.starts)
    first = for_customers(N_("{month}/{day}/{year}")).format(month=begins.month, day=begins.day, year=begins.year)
    return f"{first} 〜 {ends}".strip()
