"""The card as customers see it: stamps, what they bring on the way, in the shop's own colours, the same in the dark."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from shopdesk.cards import MOST_FIELDS, Rules
from shopdesk.i18n import N_, _, for_customers
from shopdesk.japanese import phrased
from shopdesk.ui.icons import paint_icon
from shopdesk.ui.loyalty.stamp_picture import draw_stamp_picture
from shopdesk.ui.paint import CENTER, LEFT, RIGHT, Run, blob, lay_out, smooth
from shopdesk.ui.theme import light

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QImage, QPainter

ICONS = {"cake": "cake-slice", "star": "star", "cup": "coffee", "flower": "flower"}
WIDTH, RADIUS = 400, 14  # the card's own measures, in px: a picture, not a control
_SIDE, _TOP, _GAP, _HEAD, _FOOT, _BAR = 18, 16, 9, 24, 18, 14
_LABELLED, _LINE = 50, 14  # from this diameter on a field has room for two lines, so high each


@dataclass(frozen=True)
class Face:
    """What is drawn. `rewards` are the words at so many stamps, `below` what stands at the foot, left and right."""

    rules: Rules = field(default_factory=Rules)
    shop: str = ""
    rewards: Mapping[int, str] = field(default_factory=dict)
    filled: int = 0
    below: tuple[str, str] = ("", "")
    picture: QImage | None = None

    def height(self, width: float) -> float:
        """Return how high the card is at this width."""
        room: float = _BAR + 3 * _GAP
        if self.rules.goal <= MOST_FIELDS:
            rows = ceil(self.rules.goal / self.rules.across)
            room = rows * self.side(width) + (rows - 1) * _GAP
        return 2 * _TOP + _HEAD + 12 + room + 12 + _FOOT

    def side(self, width: float) -> float:
        """Return the diameter of a field."""
        return (width - 2 * _SIDE - (self.rules.across - 1) * _GAP) / self.rules.across


def draw_face(p: QPainter, rect: QRectF, face: Face) -> None:
    """Draw the card into a rectangle of its own height."""
    own = light()
    p.setPen(QPen(own["card_edge"], 1))
    p.setBrush(own["card_ground"])
    p.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
    inner = rect.adjusted(_SIDE, _TOP, -_SIDE, -_TOP)
    head = QRectF(inner.x(), inner.y(), inner.width(), _HEAD)
    _write(p, head.adjusted(0, 0, -110, 0), face.shop, "brand", "card_text", LEFT)
    _write(p, head, for_customers(N_("Stamp card")), "caption", "card_note", RIGHT)
    room = inner.adjusted(0, _HEAD + 12, 0, -_FOOT - 12)
    if face.rules.goal > MOST_FIELDS:
        _draw_bar(p, room, face)
    else:
        _draw_fields(p, room, face)
    foot = QRectF(inner.x(), inner.bottom() - _FOOT, inner.width(), _FOOT)
    for words, align in zip(face.below, (LEFT, RIGHT), strict=True):
        _write(p, foot, words, "caption", "card_note", align)


def colour(name: str) -> QColor:
    """Return one of the shop's own colours."""
    return light()[f"card_{name}"]


def _draw_bar(p: QPainter, room: QRectF, face: Face) -> None:
    bar = QRectF(room.x(), room.y() + _GAP, room.width(), _BAR)
    blob(p, bar, _tint(face.rules.colour), _BAR / 2)
    done = min(1.0, face.filled / face.rules.goal)
    blob(p, QRectF(bar.x(), bar.y(), max(_BAR, bar.width() * done), _BAR), colour(face.rules.colour), _BAR / 2)
    _write(p, room, f"{face.filled:,} / {face.rules.goal:,}", "caption", "card_text", Qt.AlignmentFlag.AlignBottom)


def _draw_fields(p: QPainter, room: QRectF, face: Face) -> None:
    side = face.side(room.width() + 2 * _SIDE)
    for at in range(face.rules.goal):
        x = room.x() + at % face.rules.across * (side + _GAP)
        y = room.y() + at // face.rules.across * (side + _GAP)
        _draw_field(p, QRectF(x, y, side, side), face, at + 1)


def _draw_field(p: QPainter, spot: QRectF, face: Face, number: int) -> None:
    own, ink, icon = light(), colour(face.rules.colour), round(spot.width() * 0.4)
    middle = spot.center() - QPointF(icon / 2, icon / 2)
    if number <= face.filled:
        blob(p, spot, ink, spot.width() / 2)
        if number in face.rewards:
            paint_icon(p, "gift", own["card_ink"], middle.x(), middle.y(), icon)
        else:
            _draw_stamp(p, spot, face, middle, icon)
    elif number in face.rewards:
        p.setPen(QPen(ink, 2))
        p.setBrush(_tint(face.rules.colour))
        p.drawEllipse(spot.adjusted(1, 1, -1, -1))
        if spot.width() < _LABELLED:
            paint_icon(p, "gift", ink, middle.x(), middle.y(), icon)
        else:
            _label(p, spot, face.rewards[number], ink)
    else:
        p.setPen(QPen(own["card_dash"], 1.5, Qt.PenStyle.DashLine))
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.drawEllipse(spot.adjusted(0.75, 0.75, -0.75, -0.75))
        _write(p, spot, str(number), "body_bold" if spot.width() >= _LABELLED else "caption", "card_number", CENTER)


def _draw_stamp(p: QPainter, spot: QRectF, face: Face, middle: QPointF, icon: int) -> None:
    picture = face.picture
    if face.rules.stamp != "picture" or picture is None or picture.isNull():
        name = ICONS.get(face.rules.stamp, "image")
        paint_icon(p, name, light()["card_ink"], middle.x(), middle.y(), icon)
        return
    draw_stamp_picture(p, spot, picture)


def _label(p: QPainter, spot: QRectF, words: str, ink: QColor) -> None:
    """Write two or three short lines into a field, as many as it is high enough for."""
    own = light()
    font, runs = own.font("phone_small", bold=True), [Run(phrased(words, narrow=True))]
    layout, _high = lay_out(runs, font, font, spot.width() - 12, _LINE, align=Qt.AlignmentFlag.AlignHCenter)
    lines = min(max(2, round(spot.height()) // _LINE - 1), layout.lineCount())
    p.setFont(font)
    p.setPen(ink)
    for at in range(lines):
        line = layout.lineAt(at)
        start, length = line.textStart(), line.textLength()
        said = layout.text()[start : start + length].replace("\N{WORD JOINER}", "").strip()
        said = f"{said[:-1]}…" if at == lines - 1 and layout.lineCount() > lines else said
        y = spot.center().y() - lines * _LINE / 2 + at * _LINE
        p.drawText(QRectF(spot.x(), y, spot.width(), _LINE), int(CENTER), said)


def _tint(name: str) -> QColor:
    """Return a colour as a ground: a tenth of it on the card's own."""
    ink, ground = colour(name), light()["card_ground"]
    mixed = [
        round(one * 0.1 + other * 0.9)
        for one, other in zip(ink.getRgb()[:3], ground.getRgb()[:3], strict=True)  # type: ignore[index]
    ]
    return QColor(*mixed)


def _write(p: QPainter, room: QRectF, words: str, role: str, tone: str, align: Qt.AlignmentFlag) -> None:
    own = light()
    p.setFont(own.font(role))
    p.setPen(own[tone])
    cut = p.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, round(room.width()))
    p.drawText(room, int(align) | int(Qt.TextFlag.TextSingleLine), cut)


class CardView(QWidget):
    """A card, drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.face = Face()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_face(self.face)

    def show_face(self, face: Face) -> None:
        """Draw another card."""
        self.face = face
        self.setFixedSize(WIDTH, round(face.height(WIDTH)))
        self.setAccessibleName(_("The card: {n} fields, {filled} filled").format(n=face.rules.goal, filled=face.filled))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, round(self.face.height(WIDTH)))

    def paintEvent(self, _event: object) -> None:
        draw_face(smooth(self), QRectF(self.rect()), self.face)
