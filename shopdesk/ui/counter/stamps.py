"""The stamps of a card: what is there in the shop's colour, the next one in ours, rewards where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from shopdesk.ui.icons import paint_icon
from shopdesk.ui.loyalty.stamp_picture import draw_stamp_picture
from shopdesk.ui.paint import CENTER, blob, draw, smooth
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtGui import QPainter, QResizeEvent

MOST = 20
"""More stamps than these are shown as a number only."""
_IN_ROW = 10
_ICONS = {"cake": "cake-slice", "star": "star", "cup": "coffee", "flower": "flower", "picture": "stamp"}


class Stamps(QWidget):
    """The stamps of one card; shows nothing where the card has too many to draw."""

    def __init__(self) -> None:
        super().__init__()
        self._have, self._goal, self._rewards = 0, 0, frozenset[int]()
        self._icon, self._colour = "star", "card_red"
        self._picture: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_card(
        self, have: int, goal: int, rewards: Collection[int], stamp: str, colour: str, picture: bytes | None
    ) -> None:
        """Show a card.

        Args:
            have: How many stamps there are.
            goal: How many fill the card.
            rewards: At which stamps something is given.
            stamp: The shape, a word of the card's rules.
            colour: The shop's colour, a word of the card's rules.
            picture: The shop's own stamp, an image file; None where it has none.
        """
        self._have, self._goal, self._rewards = have, goal, frozenset(rewards)
        self._icon, self._colour = _ICONS[stamp], f"card_{colour}"
        read = QImage.fromData(picture) if picture else QImage()
        self._picture = None if read.isNull() else read
        self.setVisible(goal <= MOST)
        self._fit()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        rows = max(1, -(-min(self._goal, MOST) // _IN_ROW))
        self.setFixedHeight(round(rows * self._side(self.width()) + (rows - 1) * theme().px("s2")))

    def _side(self, width: int) -> float:
        gaps = (_IN_ROW - 1) * theme().px("s2")
        return min(theme().px("stamp_most"), (width - gaps) / _IN_ROW)

    def paintEvent(self, _event: object) -> None:
        p, side, gap = smooth(self), self._side(self.width()), theme().px("s2")
        across = (self.width() - _IN_ROW * side) / (_IN_ROW - 1) if self._goal >= _IN_ROW else gap
        for at in range(min(self._goal, MOST)):
            down, column = divmod(at, _IN_ROW)
            self._draw(p, QRectF(column * (side + across), down * (side + gap), side, side), at + 1)

    def _draw(self, p: QPainter, rect: QRectF, number: int) -> None:
        reward, middle = number in self._rewards, theme().px("icon_medium")
        x, y = rect.center().x() - middle / 2, rect.center().y() - middle / 2
        if number <= self._have:
            blob(p, rect, self._colour, rect.width() / 2)
            if self._picture is not None and not reward:
                draw_stamp_picture(p, rect, self._picture)
                return
            paint_icon(p, "gift" if reward else self._icon, "on_accent", x, y, "icon_medium")
            return
        following = number == self._have + 1
        self._ring(p, rect, following=following, reward=reward)
        if reward:
            paint_icon(p, "gift", "accent_text" if following else "text_2", x, y, "icon_medium")
        else:
            draw(p, rect, str(number), "section", "accent_text" if following else "text_3", align=CENTER)

    def _ring(self, p: QPainter, rect: QRectF, *, following: bool, reward: bool) -> None:
        t, width = theme(), theme().border("focus")
        tone = "accent" if following else self._colour if reward else "line_strong"
        style = Qt.PenStyle.SolidLine if following or reward else Qt.PenStyle.DashLine
        p.setPen(QPen(t[tone], width, style))
        p.setBrush(t["accent_soft" if following else "surface"])
        p.drawEllipse(rect.adjusted(1, 1, -1, -1))
