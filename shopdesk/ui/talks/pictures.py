"""The pictures of a talk: those that friends sent, those of the shop's own; read and made small off the screen's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Qt, Signal
from PySide6.QtGui import QImage, QImageReader

from shopdesk.messages import addresses

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from shopdesk.shop import Shop
    from shopdesk.ui.tasks import Tasks

SENT = "talk:"
"""How the picture of a received message is addressed: `talk:` and the number of the message."""
_FORMATS = {b"jpeg", b"png", b"gif", b"webp"}
_MOST_PIXELS = 50_000_000
_SIDE = 1600


class TalkPictures(QObject):
    """`arrived`: a picture that was asked for is there."""

    arrived = Signal()

    def __init__(self, parent: QWidget, shop: Shop, tasks: Tasks) -> None:
        super().__init__(parent)
        self._shop, self._tasks = shop, tasks
        self._images: dict[str, QImage | None] = {}

    def image(self, address: str) -> QImage | None:
        """Return the picture of an address, None while it is read, where there is none, and where it lies on the web."""
        if address not in self._images:
            self._images[address] = None
            then = lambda image: self._came(address, image)  # noqa: E731
            self._tasks.run(self, lambda: self._load(address), then, failed=lambda _gone: None)
        return self._images[address]

    def _came(self, address: str, image: QImage | None) -> None:
        if image is not None:
            self._images[address] = image
            self.arrived.emit()

    def _load(self, address: str) -> QImage | None:
        if address.startswith(SENT):
            file = self._shop.talks.file(int(address.removeprefix(SENT)))
            return decoded(file.content) if file is not None else None
        public = f"{self._shop.messages.public_url()}/media/"
        own = f"media:{address.removeprefix(public)}" if address.startswith(public) else address
        kept = addresses.kept(own)
        if kept is None or kept[1] is None:
            return None
        return decoded(self._shop.messages.pictures.read(kept[0], kept[1])[1])


def decoded(content: bytes) -> QImage | None:
    """Return a picture of anybody's, at most 1,600 px wide and high; None where it is none, or claims to be huge."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    if bytes(reader.format().data()) not in _FORMATS or not 0 < size.width() * size.height() <= _MOST_PIXELS:
        return None
    if max(size.width(), size.height()) > _SIDE:
        reader.setScaledSize(size.scaled(_SIDE, _SIDE, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else image
