"""A page as it stands on a phone, drawn: the same in the dark. What is longer than the screen moves with the wheel and the keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPen

from shopdesk.i18n import N_, _, for_customers
from shopdesk.site import Content
from shopdesk.ui.paint import blob
from shopdesk.ui.phone_face import BAR, SHELL, SIDE, Paragraph, PhoneFace, one_line
from shopdesk.ui.theme import light

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtGui import QImage, QKeyEvent, QPainter, QWheelEvent

    from shopdesk.site import Kind, Part

_PAD, _GAP, _BUTTON, _HOLE, _STEP = 14, 8, 38, 90, 60
_RADIUS, _CARD_RADIUS = 8, 12
"""Of the preview's own px, as in `phone_face`."""


@dataclass(frozen=True)
class _Piece:
    """Something of a height that draws itself with its upper left corner at a place, in the width of the page."""

    height: float
    paint: Callable[[QPainter, QPointF], object]


class PagePhone(PhoneFace):
    """The page of a shop in a phone; `image` gives the picture of an id, None while it is read."""

    def __init__(self, image: Callable[[str], QImage | None]) -> None:
        super().__init__()
        self._image, self._down = image, 0.0
        self._kind: Kind = "news"
        self._content = Content("")
        self._pieces: list[_Piece] = []
        self.setMinimumHeight(light().px("phone_width"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_content(self, shop: str, kind: Kind, content: Content) -> None:
        """Show what is written now; it stays where it was scrolled to."""
        self.bar, self._kind, self._content = shop, kind, content
        said = "\n".join(one.text for one in content.parts)
        self.setAccessibleName(f"{_('Preview')}\n{content.title}\n{said}")
        self._pieces = list(self._made())
        self._scroll(0)

    # What stands on it

    @property
    def _width(self) -> float:
        return light().px("phone_width") - 2 * (SHELL + SIDE + _PAD)

    def _made(self) -> Iterator[_Piece]:
        content, shop = self._content, self._kind == "shop"
        yield self._text(self.bar or for_customers(N_("Our shop")) if shop else content.title or "…", "section")
        if shop and content.title:
            yield self._text(content.title, "caption")
        for one in content.parts:
            yield from self._part(one)
        if shop:
            yield from self._buttons()
        elif self._kind == "news" and content.answers:
            yield self._button(f"♡  {for_customers(N_('I like it'))}  0", filled=False)

    def _part(self, one: Part) -> Iterator[_Piece]:
        if one.kind == "picture":
            if one.target:
                yield self._picture(one.target)
        elif one.kind == "link":
            yield self._button(one.text or "…", filled=False)
        elif one.text.strip():
            yield self._text(one.text, "body_bold" if one.kind == "heading" else "caption")

    def _buttons(self) -> Iterator[_Piece]:
        if self._content.reserves:
            yield self._button(for_customers(N_("Ask for a reservation")), filled=True)
        yield self._button(for_customers(N_("Talk with us on LINE")), filled=False)
        if self._content.menu:
            yield self._button(for_customers(N_("Menu")), filled=False)
        yield self._text(for_customers(N_("Below: hours, place and the newest news.")), "phone_small", "text_3")

    def _text(self, words: str, role: str, tone: str = "text") -> _Piece:
        shown = Paragraph(words, role, self._width)

        def paint(p: QPainter, at: QPointF) -> None:
            p.setPen(light()[tone])
            shown.draw(p, at)

        return _Piece(shown.height(), paint)

    def _button(self, words: str, *, filled: bool) -> _Piece:
        own = light()

        def paint(p: QPainter, at: QPointF) -> None:
            room = QRectF(at.x(), at.y(), self._width, _BUTTON)
            if filled:
                blob(p, room, own["accent"], _RADIUS)
            else:
                p.setPen(QPen(own["accent"], 1))
                p.setBrush(Qt.BrushStyle.NoBrush)
                p.drawRoundedRect(room.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
            one_line(p, room, words, "body_bold", "on_accent" if filled else "accent")

        return _Piece(_BUTTON, paint)

    def _picture(self, picture: str) -> _Piece:
        own, image = light(), self._image(picture)
        if image is None or image.isNull():
            hole = lambda p, at: blob(p, QRectF(at.x(), at.y(), self._width, _HOLE), own["sunken"], _RADIUS)  # noqa: E731
            return _Piece(_HOLE, hole)
        high = self._width * image.height() / image.width()
        paint = lambda p, at: p.drawImage(QRectF(at.x(), at.y(), self._width, high), image)  # noqa: E731
        return _Piece(high, paint)

    # Drawing and moving

    def draw_page(self, p: QPainter, room: QRectF) -> None:
        """Draw the page's card, as far down as it was moved."""
        own, card = light(), QRectF(room.x(), room.y() - self._down, room.width(), self._high)
        p.setPen(QPen(own["line"], 1))
        p.setBrush(own["surface"])
        p.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), _CARD_RADIUS, _CARD_RADIUS)
        y = card.y() + _PAD
        for one in self._pieces:
            one.paint(p, QPointF(card.x() + _PAD, y))
            y += one.height + _GAP

    @property
    def _high(self) -> float:
        """How high the page's card is."""
        return sum(one.height + _GAP for one in self._pieces) - _GAP + 2 * _PAD

    def _scroll(self, by: float) -> None:
        room = self.height() - 2 * SHELL - BAR - 2 * SIDE
        self._down = max(0.0, min(self._down + by, self._high - room))
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._scroll(-event.angleDelta().y() / 2)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -_STEP, Qt.Key.Key_Down: _STEP}
        if event.key() in steps:
            self._scroll(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
