"""What the editors of bubbles share: the shop's pictures, read and cut off the screen's thread, and its public address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from shopdesk.errors import InvalidInputError
from shopdesk.i18n import _
from shopdesk.messages import addresses
from shopdesk.pictures import MOST_BYTES
from shopdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from shopdesk.line import Message
    from shopdesk.messages import Picture
    from shopdesk.shop import Shop
    from shopdesk.ui.notices import Notices
    from shopdesk.ui.tasks import Tasks


class Studio(QObject):
    """`arrived`: a picture that was asked for is there. `moved`: the shop's public address is known, or another one."""

    arrived = Signal()
    moved = Signal()

    def __init__(self, parent: QWidget, shop: Shop, tasks: Tasks, notices: Notices) -> None:
        super().__init__(parent)
        self._shop, self._tasks, self.notices = shop, tasks, notices
        self._images: dict[tuple[str, int], QImage | None] = {}
        self.public_url = ""

    def read(self) -> None:
        """Read the public address again."""
        self._tasks.run(self, self._shop.messages.public_url, self._moved, key="address")

    def _moved(self, address: str) -> None:
        if address != self.public_url:
            self.public_url = address
            self.moved.emit()

    def keep_address(self, address: str, failed: Callable[[Exception], object]) -> None:
        """Keep another public address for the shop's pictures."""
        settings = self._shop.settings
        work = lambda: str(settings.set("public_url", address))  # noqa: E731
        self._tasks.run(self, work, self._moved, failed=failed, lane=Lane.WRITE)

    def coupons(self, owner: QObject, then: Callable[[list[tuple[str, Message]]], object]) -> None:
        """Read the coupons that are given out: the name of each, and the card that brings every reader their own."""
        shop = self._shop

        def work() -> list[tuple[str, Message]]:
            given = [one for one in shop.coupons.list() if one.state == "published"]
            return [(one.offer.name, shop.messages.coupon_card(one.offer, addresses.coupon(one.id))) for one in given]

        self._tasks.run(owner, work, then, key="coupons")

    # Pictures

    def kept(self, address: str) -> tuple[str, int | None] | None:
        """Return the id and width of a picture of the shop's own, also where its public address is written."""
        before = f"{self.public_url}/media/"
        if self.public_url and address.startswith(before):
            address = f"media:{address.removeprefix(before)}"
        return addresses.kept(address)

    def image(self, address: str) -> QImage | None:
        """Return the picture of an address, None while it is read and where it lies on the web."""
        found = self.kept(address)
        if found is None or found[1] is None:
            return None
        wanted = found[0], found[1]
        if wanted not in self._images:
            self._images[wanted] = None
            then = lambda image: self._read(wanted, image)  # noqa: E731
            self._tasks.run(self, lambda: self._load(*wanted), then, failed=lambda _gone: None)
        return self._images[wanted]

    def _load(self, picture: str, width: int) -> QImage:
        _media, data = self._shop.messages.pictures.read(picture, width)
        return QImage.fromData(data)

    def _read(self, wanted: tuple[str, int], image: QImage) -> None:
        self._images[wanted] = image
        self.arrived.emit()

    def add(
        self,
        owner: QObject,
        file: Path,
        then: Callable[[Picture], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Keep a file as a picture, in every width LINE asks for."""
        work = lambda: self._shop.messages.pictures.add(_content(file), file.stem)  # noqa: E731
        # Cutting takes seconds: drafts are kept meanwhile.
        self._tasks.run(owner, work, then, failed=failed, lane=Lane.NETWORK, key="picture")


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise InvalidInputError(_("“{file}” cannot be read. Choose it again.").format(file=file.name)) from error
