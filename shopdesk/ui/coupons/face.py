"""A coupon as its page shows it on the customer's phone, drawn: the same in the dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainterPath, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from shopdesk.clock import in_japan
from shopdesk.coupons import Offer, conditions, ends_said, headline
from shopdesk.i18n import N_, _, for_customers
from shopdesk.ui.paint import CENTER, blob, smooth
from shopdesk.ui.theme import light

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QPainter

_SHELL, _BAR, _PICTURE, _SIDE = (
    10,
    44,
    132,
    12,
)  # the frame's own measures, in the preview's px: a picture, not a control


class CouponPage(QWidget):
    """The page of a coupon in a phone."""

    def __init__(self) -> None:
        super().__init__()
        self._shop, self._offer = "", Offer("", "free_item")
        self._picture: QImage | None = None
        self.setFixedWidth(light().px("phone_width"))
        self.setMinimumHeight(2 * light().px("phone_width") - light().px("s12"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def show_offer(self, shop: str, offer: Offer, picture: QImage | None) -> None:
        """Show another coupon."""
        self._shop, self._offer, self._picture = shop, offer, picture
        self.setAccessibleName(_("Preview") + f"\n{offer.name}\n{_when(offer)}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(light().px("phone_width"), 2 * light().px("phone_width"))

    def paintEvent(self, _event: object) -> None:
        p, own, whole = smooth(self), light(), QRectF(self.rect())
        blob(p, whole, own["phone_shell"], own.radius("phone"))
        screen = whole.adjusted(_SHELL, _SHELL, -_SHELL, -_SHELL)
        blob(p, screen, own["window"], own.radius("phone_screen"))
        path = QPainterPath()
        path.addRoundedRect(screen, own.radius("phone_screen"), own.radius("phone_screen"))
        p.setClipPath(path)
        bar = QRectF(screen.x(), screen.y(), screen.width(), _BAR)
        p.fillRect(bar, own["surface"])
        p.fillRect(QRectF(bar.x(), bar.bottom() - 1, bar.width(), 1), own["line"])
        _line(p, bar, self._shop, "body_bold", "text")
        self._draw(p, screen.adjusted(_SIDE, _BAR + _SIDE, -_SIDE, -_SIDE))

    def _draw(self, p: QPainter, room: QRectF) -> None:
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
        _line(p, button, for_customers(N_("Use it in the shop")), "body_bold", "on_accent")
        hint = QRectF(card.x(), button.bottom() + 8, card.width(), 18)
        _line(p, hint, for_customers(N_("Show it to the staff when you pay")), "phone_small", "text_3")
        terms = _Text(offer.terms, "phone_small", room.width() - 8)
        p.setPen(own["text_3"])
        terms.draw(p, QPointF(room.x() + 4, card.bottom() + 10))

    def _words(self) -> list[tuple[_Text, str, str]]:
        offer, width = self._offer, light().px("phone_width") - 2 * (_SHELL + _SIDE + 14)
        middle = Qt.AlignmentFlag.AlignHCenter
        lines = [
            (headline(offer, for_customers), "caption", "text_2"),
            (offer.name or for_customers(N_("Name of the coupon")), "section", "text"),
            (offer.text, "caption", "text"),
            (_when(offer), "caption", "text_2"),
            *((one, "caption", "text_2") for one in conditions(offer, for_customers)),
        ]
        return [(_Text(words, role, width, middle), role, tone) for words, role, tone in lines if words]

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


class _Text:
    """A paragraph in the phone's own font, laid out; the painter's pen is its colour."""

    def __init__(
        self, words: str, role: str, width: float, align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
    ) -> None:
        own, self._high = light(), 0.0
        # QTextLayout does not break at \n
        self._layout = QTextLayout(words.replace("\n", "\N{LINE SEPARATOR}"), own.font(role))
        option = QTextOption(align)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._layout.beginLayout()
        while (row := self._layout.createLine()).isValid():
            row.setLineWidth(width)
            row.setPosition(QPointF(0, self._high + (own.line(role) - row.height()) / 2))
            self._high += own.line(role)
        self._layout.endLayout()

    def height(self) -> float:
        return self._high

    def draw(self, p: QPainter, at: QPointF) -> None:
        self._layout.draw(p, at)


def _when(offer: Offer) -> str:
    """When it can be used, as its page says it."""
    ends = ends_said(offer, say=for_customers)
    if offer.starts is None:
        return for_customers(N_("until {day}")).format(day=ends) if ends else ""
    begins = in_japan(offer.starts)
    first = for_customers(N_("{month}/{day}/{year}")).format(month=begins.month, day=begins.day, year=begins.year)
    return f"{first} 〜 {ends}".strip()


def _line(p: QPainter, room: QRectF, words: str, role: str, tone: str) -> None:
    own = light()
    p.setFont(own.font(role))
    p.setPen(own[tone])
    cut = p.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, round(room.width()) - 8)
    p.drawText(room, int(CENTER) | int(Qt.TextFlag.TextSingleLine), cut)
