"""A picture of a message: a file that ShopDesk keeps in every width, or the address of one on the shop's own site."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame

from shopdesk.i18n import _
from shopdesk.messages import addresses
from shopdesk.ui import widgets as w
from shopdesk.ui.thumbnail import Thumbnail

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage

    from shopdesk.messages import Picture
    from shopdesk.ui.studio import Studio
    from shopdesk.ui.widgets.layouts import Item


class _Input(QFrame):
    """Thumbnail, buttons and the line for an address. Files can be let go on it."""

    dropped = Signal(Path)

    def __init__(self, thumbnail: Thumbnail, *rows: Item) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.setLayout(w.hbox(w.vbox(thumbnail, ...), (w.vbox(*rows, ..., gap="label_gap"), 1), gap="s3"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if w.dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.dropped.emit(w.dropped_files(event.mimeData())[0])


class PictureField(w.Field):
    """`edited` when it is another picture. `width`: which of a kept picture's widths the message shows; None all."""

    edited = Signal()

    def __init__(
        self,
        name: str,
        address: str,
        studio: Studio,
        width: Callable[[Picture], int | None],
        *,
        optional: bool = False,
    ) -> None:
        self._studio, self._address, self._width = studio, address, width
        self.kept: Picture | None = None
        self.thumbnail = Thumbnail(self.image)
        self.choose = w.Button(_("Choose a picture"), icon="image-plus", size="control_small", does=self._ask)
        self.remove = w.icon_button("x", _("Remove this picture"), lambda: self.take(""))
        self.line = w.TextField(hint=_("or the https:// address of a picture on your site"))
        self.line.setAccessibleName(_("Address of the picture"))
        self._busy = w.label(_("Cutting it to LINE's sizes …"), "small", "text_2")
        self._busy.hide()
        self._input = _Input(self.thumbnail, w.hbox(self.choose, self.remove, self._busy, ...), self.line)
        super().__init__(name, self._input, optional=optional)
        self._public = PublicAddress(studio)
        self.add_below(self._public)
        self.line.textEdited.connect(self._typed)
        self._input.dropped.connect(self.add)
        studio.arrived.connect(self.thumbnail.update)
        studio.moved.connect(self._show)
        self._show()

    def set_error(self, sentence: str) -> None:
        """Show what is wrong; that a public address is missing says the box that takes one."""
        super().set_error("" if not self._public.isHidden() else sentence)
        self.line.set_wrong(bool(self.error()))

    def address(self) -> str:
        """Return the address as it is written in the message."""
        return self._address

    def image(self) -> QImage | None:
        """Return the picture, None while it is read and where it lies on the web."""
        found = self._studio.kept(self._address)
        return self._studio.image(addresses.own(found[0], 460)) if found else None

    def take(self, address: str) -> None:
        """Show another address."""
        self._address = address
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        own = self._studio.kept(self._address) is not None
        self.line.setVisible(not own)
        if not own and self.line.text() != self._address:
            self.line.setText(self._address)
        self.remove.setVisible(bool(self._address))
        self.choose.set_words(_("Choose another picture") if own else _("Choose a picture"))
        missing = own and not self._studio.public_url
        self._public.setVisible(missing)
        self._input.setFocusProxy(self._public.line if missing else self.choose if own else self.line)
        self.thumbnail.update()

    def _typed(self, text: str) -> None:
        self._address = text.strip()
        self.edited.emit()

    def _ask(self) -> None:
        kinds = f"{_('Pictures')} (*.jpg *.jpeg *.png)"
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose a picture"), "", kinds)
        if chosen:
            self.add(Path(chosen))

    def add(self, file: Path) -> None:
        """Keep a file and show it."""
        self._busy.show()
        self._studio.add(self, file, self._added, self._failed)

    def _added(self, picture: Picture) -> None:
        self._busy.hide()
        self.kept = picture
        self.take(addresses.own(picture.id, self._width(picture)))

    def _failed(self, error: Exception) -> None:
        self._busy.hide()
        self.set_error(self._studio.notices.sentence(error))


class PublicAddress(w.Card):
    """Says that LINE fetches pictures over the internet, and takes the shop's public address."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self.line = w.TextField(hint="https://shop.example.jp")
        self.line.setAccessibleName(_("Public address of the shop"))
        self.keep = w.Button(_("Use this address"), size="control_small", does=self._keep)
        self.line.returnPressed.connect(self._keep)
        self._error = w.Prose(role="caption", tone="danger_text")
        self._error.hide()
        said = _(
            "LINE fetches pictures over the internet. Write the https:// address under which this shop serves its "
            "pictures, or take the picture out and use the address of one on your site."
        )
        row = w.hbox((self.line, 1), self.keep)
        super().__init__(w.Prose(said, role="caption", tone="text_2"), "s2", row, self._error, part="sunken", pad="s3")

    def _keep(self) -> None:
        self._error.hide()
        self._studio.keep_address(self.line.text(), self._failed)

    def _failed(self, error: Exception) -> None:
        self._error.set_runs(self._studio.notices.sentence(error))
        self._error.show()
