"""The picture that a shop drew for its stamps, in its circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainterPath

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QPainter


def draw_stamp_picture(p: QPainter, spot: QRectF, picture: QImage) -> None:
    """Fill a circle with the middle of a picture, as much of it as there is room for."""
    path = QPainterPath()
    path.addEllipse(spot.adjusted(2, 2, -2, -2))
    scale = max(spot.width() / picture.width(), spot.height() / picture.height())
    width, height = spot.width() / scale, spot.height() / scale
    source = QRectF((picture.width() - width) / 2, (picture.height() - height) / 2, width, height)
    p.save()
    p.setClipPath(path)
    p.setRenderHint(p.RenderHint.SmoothPixmapTransform)
    p.drawImage(spot, picture, source)
    p.restore()
