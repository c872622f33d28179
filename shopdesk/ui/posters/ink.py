"""A painter that thinks in millimetres, whatever it paints on: a page of a printer, or a widget that shows one small."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from shopdesk import qr
from shopdesk.ui.posters import typeset


class Ink:
    """`dots` are those of the device on a millimetre; the device has words' metrics of its own."""

    def __init__(self, painter: QPainter, dots: float) -> None:
        self.p, self.dots = painter, dots
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)

    def box(self, rect: QRectF) -> QRectF:
        """Return a rectangle of millimetres in dots."""
        return QRectF(rect.x() * self.dots, rect.y() * self.dots, rect.width() * self.dots, rect.height() * self.dots)

    def fill(self, rect: QRectF, colour: str, radius: float = 0) -> None:
        """Fill a rectangle, its corners rounded."""
        path = QPainterPath()
        path.addRoundedRect(self.box(rect), radius * self.dots, radius * self.dots)
        self.p.fillPath(path, QColor(colour))

    def frame(self, rect: QRectF, colour: str, radius: float, wide: float = 0.4) -> None:
        """Draw the edge of a rectangle."""
        self.p.setPen(QPen(QColor(colour), wide * self.dots))
        self.p.setBrush(Qt.BrushStyle.NoBrush)
        self.p.drawRoundedRect(self.box(rect), radius * self.dots, radius * self.dots)

    def cut(self, x: float, y: float, x2: float, y2: float) -> None:
        """Draw a thin dashed line to cut along."""
        self.p.setPen(QPen(QColor("#a8a29a"), 0.15 * self.dots, Qt.PenStyle.DashLine))
        self.p.drawLine(QPointF(x * self.dots, y * self.dots), QPointF(x2 * self.dots, y2 * self.dots))

    def picture(self, rect: QRectF, image: QImage) -> None:
        """Fill a rectangle with the middle of a picture."""
        room = self.box(rect)
        scale = max(room.width() / image.width(), room.height() / image.height())
        width, height = room.width() / scale, room.height() / scale
        self.p.drawImage(room, image, QRectF((image.width() - width) / 2, (image.height() - height) / 2, width, height))

    def write(
        self, rect: QRectF, words: str, size: float, colour: str, *, bold: bool = False, centred: bool = True
    ) -> None:
        """Write words of at most `size` millimetres: broken into more lines, and smaller, as far as their room asks for it."""
        fitted = typeset.fit(words, rect.width(), rect.height(), size, bold=bold)
        per_mm = typeset.PER_MM
        room = QRectF(rect.x() * per_mm, rect.y() * per_mm, rect.width() * per_mm, rect.height() * per_mm)
        flag = Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft
        top = room.y() + (room.height() - fitted.high * len(fitted.lines)) / 2
        self.p.save()
        self.p.scale(self.dots / per_mm, self.dots / per_mm)
        self.p.setFont(fitted.font)
        self.p.setPen(QColor(colour))
        for at, line in enumerate(fitted.lines):
            spot = QRectF(room.x(), top + at * fitted.high, room.width(), fitted.high)
            self.p.drawText(spot, int(flag | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), line)
        self.p.restore()

    def code(self, rect: QRectF, code: qr.Code) -> None:
        """Draw a QR code with its light around into a square; its squares are one shape, so that no hairs of light are between."""
        room = self.box(rect)
        each = min(room.width(), room.height()) / code.side
        left, top = room.center().x() - code.side * each / 2, room.center().y() - code.side * each / 2
        self.p.fillRect(QRectF(left, top, code.side * each, code.side * each), Qt.GlobalColor.white)
        shape = QPainterPath()
        shape.setFillRule(Qt.FillRule.WindingFill)
        for x, y, wide in qr.runs(code.rows):
            shape.addRect(left + (x + qr.QUIET) * each, top + (y + qr.QUIET) * each, wide * each, each)
        self.p.save()
        self.p.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self.p.fillPath(shape, QColor(code.colour))
        self.p.restore()
        if code.logo:
            start, covered = code.hole
            hole = QRectF(left + start * each, top + start * each, covered * each, covered * each)
            self.p.fillRect(hole, Qt.GlobalColor.white)
            inside = hole.adjusted(each / 2, each / 2, -each / 2, -each / 2)
            self.p.drawImage(inside, QImage.fromData(code.logo))
