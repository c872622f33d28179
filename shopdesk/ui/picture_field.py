"""A picture in a form: a file that ShopDesk keeps, shown small."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from shopdesk.i18n import _
from shopdesk.messages import addresses
from shopdesk.ui import widgets as w
from shopdesk.ui.thumbnail import Thumbnail

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from shopdesk.messages import Picture
    from shopdesk.ui.studio import Studio

SHOWN_WIDTH = 460
"""Of the widths a picture is kept in, the one that a phone's page is drawn with."""


class PictureField(w.Field):
    """`edited` when another picture was taken."""

    edited = Signal()

    def __init__(self, studio: Studio, name: str = "", another: str = "") -> None:
        self._studio, self.picture = studio, ""
        self._another = another or _("Choose another picture")
        self.thumbnail = Thumbnail(self.image)
        self.choose = w.Button(_("Choose a picture"), icon="image-plus", size="control_small", does=self._ask)
        self.remove = w.icon_button("x", _("Remove this picture"), lambda: self.take(""))
        self._busy = w.label(_("Cutting it to LINE's sizes …"), "small", "text_2")
        row = w.hbox(self.thumbnail, w.vbox(..., w.hbox(self.choose, self.remove, ...), self._busy, ...), ..., gap="s3")
        super().__init__(name or _("Picture"), w.holder(row), optional=True)
        self._busy.hide()
        studio.arrived.connect(self.thumbnail.update)
        self.show_picture("")

    def show_picture(self, picture: str) -> None:
        """Show a kept picture, '' for none."""
        self.picture = picture
        self.remove.setVisible(bool(picture))
        self.choose.set_words(self._another if picture else _("Choose a picture"))
        self.thumbnail.update()

    def image(self) -> QImage | None:
        """Return the picture, None while it is read and where there is none."""
        return self._studio.image(addresses.own(self.picture, SHOWN_WIDTH)) if self.picture else None

    def take(self, picture: str) -> None:
        """Take another picture."""
        self.show_picture(picture)
        self.edited.emit()

    def _ask(self) -> None:
        kinds = f"{_('Pictures')} (*.jpg *.jpeg *.png)"
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose a picture"), "", kinds)
        if chosen:
            self.add(Path(chosen))

    def add(self, file: Path) -> None:
        """Keep a file and show it."""
        self.set_error("")
        self._busy.show()
        self._studio.add(self, file, self._added, self._failed)

    def _added(self, picture: Picture) -> None:
        self._busy.hide()
        self.take(picture.id)

    def _failed(self, error: Exception) -> None:
        self._busy.hide()
        self.set_error(self._studio.notices.sentence(error))
