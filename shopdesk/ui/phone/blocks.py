"""What the talk is made of: blocks that know their size and draw themselves. Text is always plain text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPen, QTextLayout, QTextOption

from shopdesk.ui.icons import paint_icon
from shopdesk.ui.theme import Theme, to_colour

if TYPE_CHECKING:
    from shopdesk.ui.theme import Scheme

# Gives the picture of an address, or None while it is not there.
Pictures: TypeAlias = Callable[[str], QImage | None]
Paint: TypeAlias = Callable[[QPainter, float, float], None]


@dataclass(frozen=True, slots=True)
class Block:
    """Something of a size that draws itself with its upper left corner at a place."""

    width: float
    height: float
    paint: Paint

    def at_width(self, width: float) -> Block:
        """Return the same in another width."""
        return Block(width, self.height, self.paint)


@dataclass(frozen=True, slots=True)
class Look:
    """How a phone looks: its colours and fonts, and where its pictures come from.

    `ground` names the colour a message lies on; texts are broken at `text_width`, 0 for the preview's own.
    """

    scheme: Scheme
    own: Theme
    pictures: Pictures
    ground: str = "talk_theirs"
    text_width: float = 0

    @classmethod
    def of(cls, scheme: Scheme, pictures: Pictures) -> Look:
        """Return the look of a light or dark phone, at its own size whatever the window's text size is."""
        return cls(scheme, Theme(scheme), pictures)

    @property
    def widest(self) -> float:
        """How wide a text may be, with the room around it."""
        return self.text_width or self.own.px("bubble")

    def font(self, pixels: float, *, bold: bool = False) -> QFont:
        """Return a font of LINE's px."""
        font = QFont(self.own.font("body", bold))
        font.setPixelSize(max(1, round(pixels)))
        return font


def nothing() -> Block:
    """Return a block without a size."""
    return Block(0, 0, lambda _p, _x, _y: None)


def stacked(blocks: Sequence[Block], gap: float = 0) -> Block:
    """Put blocks under each other."""
    if not blocks:
        return nothing()

    def paint(p: QPainter, x: float, y: float) -> None:
        for one in blocks:
            one.paint(p, x, y)
            y += one.height + gap

    return Block(max(one.width for one in blocks), sum(one.height + gap for one in blocks) - gap, paint)


def beside(blocks: Sequence[Block], gap: float = 0) -> Block:
    """Put blocks beside each other, their tops in one line."""
    if not blocks:
        return nothing()

    def paint(p: QPainter, x: float, y: float) -> None:
        for one in blocks:
            one.paint(p, x, y)
            x += one.width + gap

    return Block(sum(one.width + gap for one in blocks) - gap, max(one.height for one in blocks), paint)


def padded(block: Block, top: float, right: float, bottom: float, left: float) -> Block:
    """Keep room free around a block."""
    return Block(
        block.width + left + right,
        block.height + top + bottom,
        lambda p, x, y: block.paint(p, x + left, y + top),
    )


def scaled(block: Block, factor: float) -> Block:
    """Draw a block larger or smaller."""

    def paint(p: QPainter, x: float, y: float) -> None:
        p.save()
        p.translate(x, y)
        p.scale(factor, factor)
        block.paint(p, 0, 0)
        p.restore()

    return Block(block.width * factor, block.height * factor, paint)


def framed(block: Block, ground: QColor | None, corner: float, border: tuple[float, QColor] | None = None) -> Block:
    """Put a block on a ground with round corners, which also cut it."""

    def paint(p: QPainter, x: float, y: float) -> None:
        path = QPainterPath()
        path.addRoundedRect(QRectF(x, y, block.width, block.height), corner, corner)
        p.save()
        if ground is not None:
            p.fillPath(path, ground)
        p.setClipPath(path, Qt.ClipOperation.IntersectClip)
        block.paint(p, x, y)
        p.restore()
        if border is not None and border[0]:
            p.strokePath(path, QPen(border[1], border[0]))

    return Block(block.width, block.height, paint)


def filled(width: float, height: float, colour: QColor) -> Block:
    """Return a plain area."""
    return Block(width, height, lambda p, x, y: p.fillRect(QRectF(x, y, width, height), colour))


@dataclass(frozen=True, slots=True)
class Words:
    """A text with its looks; without `wrap` it is one line, cut with … where the room ends. `most` 0 is any number of lines."""

    text: str
    font: QFont
    colour: QColor
    line: float
    wrap: bool = True
    most: int = 0
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft

    def natural(self) -> float:
        """Return how wide it is in one line."""
        metrics = QFontMetricsF(self.font)
        return max((metrics.horizontalAdvance(line) for line in self.text.split("\n")), default=0) + 1

    def block(self, width: float) -> Block:
        """Return it laid out in a width."""
        layout, height = self._laid_out(width)

        def paint(p: QPainter, x: float, y: float) -> None:
            p.setPen(self.colour)
            layout.draw(p, QPointF(x, y))

        return Block(width, height, paint)

    def _laid_out(self, width: float) -> tuple[QTextLayout, float]:
        text = self.text if self.wrap else self.text.replace("\n", " ")
        most = self.most if self.wrap else 1
        metrics = QFontMetricsF(self.font)
        if not self.wrap:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
        layout = _layout(text, self.font, self.align)
        if most and _break(layout, width, self.line) > most * self.line and most > 0:
            end = layout.lineAt(most - 1)
            kept = text[: end.textStart()] + metrics.elidedText(
                text[end.textStart() :].replace("\n", " "), Qt.TextElideMode.ElideRight, width
            )
            layout = _layout(kept, self.font, self.align)
        return layout, _break(layout, width, self.line)


def _layout(text: str, font: QFont, align: Qt.AlignmentFlag) -> QTextLayout:
    layout = QTextLayout(text.replace("\n", "\N{LINE SEPARATOR}"), font)
    option = QTextOption(align)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    return layout


def _break(layout: QTextLayout, width: float, line: float) -> float:
    layout.beginLayout()
    y = 0.0
    while (row := layout.createLine()).isValid():
        row.setLineWidth(width)
        row.setPosition(QPointF(0, y + (line - row.height()) / 2))
        y += line
    layout.endLayout()
    return y


def picture(look: Look, address: str, width: float, height: float, *, cover: bool = True) -> Block:
    """Return the picture of an address: filling the room, or whole within it; a grey place while it is not there."""

    def paint(p: QPainter, x: float, y: float) -> None:
        found, room = look.pictures(address), QRectF(x, y, width, height)
        if found is None or found.isNull():
            p.fillRect(room, look.own["phone_rule"])
            side = min(32.0, width / 2, height / 2)
            icon = look.own["phone_icon"]
            paint_icon(p, "image", icon, round(x + (width - side) / 2), round(y + (height - side) / 2), round(side))
            return
        factor = (max if cover else min)(width / found.width(), height / found.height())
        w, h = found.width() * factor, found.height() * factor
        p.save()
        p.setClipRect(room, Qt.ClipOperation.IntersectClip)
        p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        p.drawImage(QRectF(x + (width - w) / 2, y + (height - h) / 2, w, h), found)
        p.restore()

    return Block(width, height, paint)


def colour(said: object, other: str) -> QColor:
    """Return the colour LINE writes as #RRGGBB or #RRGGBBAA; the other where it is none."""
    found = to_colour(str(said)) if said else QColor()
    return found if found.isValid() else to_colour(other)
