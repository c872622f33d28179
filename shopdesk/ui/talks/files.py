"""Files that friends sent: a picture in a window of its own, what plays given to the system's player, anything saved."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from shopdesk.errors import InvalidInputError
from shopdesk.i18n import _
from shopdesk.talks import ENDINGS, saved_as
from shopdesk.ui import widgets as w
from shopdesk.ui.paint import smooth
from shopdesk.ui.talks.bubble import spoken
from shopdesk.ui.talks.pictures import decoded
from shopdesk.ui.tasks import Lane
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from shopdesk.shop import Shop
    from shopdesk.talks import File, Said
    from shopdesk.ui.notices import Notices
    from shopdesk.ui.tasks import Tasks

PLAYED = frozenset({"video/mp4", "video/quicktime", "audio/mpeg", "audio/mp4", "audio/x-m4a"})
"""What is given to the system to be opened, under an ending of ours: never under the name that a friend chose."""


class Files:
    """Opens and saves for one page."""

    def __init__(self, page: QWidget, shop: Shop, tasks: Tasks, notices: Notices) -> None:
        self._page, self._shop, self._tasks, self._notices = page, shop, tasks, notices
        self._played: tempfile.TemporaryDirectory[str] | None = None
        self.dialog: PictureDialog | None = None

    def open(self, said: Said) -> None:
        """Show a picture, play a film or a sound, save anything else."""

        def work() -> tuple[File, QImage | None]:
            file = self._shop.talks.file(said.id)
            if file is None:
                raise InvalidInputError(_("This file is not here any more."))
            return file, decoded(file.content) if said.kind == "image" else None

        self._tasks.run(self._page, work, lambda found: self._came(said, *found), key="file")

    def _came(self, said: Said, file: File, image: QImage | None) -> None:
        if image is not None:
            self.dialog = PictureDialog(self._page, spoken(said), image)
            self.dialog.accepted.connect(lambda: self.save(said, file))
            self.dialog.open()
        elif file.media_type in PLAYED:
            self._tasks.run(self._page, lambda: self._written(said, file), self._play, lane=Lane.NETWORK)
        else:
            self.save(said, file)

    def _written(self, said: Said, file: File) -> Path:
        if self._played is None:
            self._played = tempfile.TemporaryDirectory(prefix="shopdesk-")
        written = Path(self._played.name) / f"{said.id}{ENDINGS[file.media_type]}"
        written.write_bytes(file.content)
        return written

    def _play(self, written: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(written))):
            self._notices.error(InvalidInputError(_("This computer has no program for it. Save the file instead.")))

    def save(self, said: Said, file: File) -> None:
        """Ask where, then write the file."""
        chosen, _kind = QFileDialog.getSaveFileName(
            self._page, _("Save the file"), saved_as(file.name, file.media_type, said.id, said.at)
        )
        if not chosen:
            return
        path = Path(chosen)

        def work() -> str:
            try:
                path.write_bytes(file.content)
            except OSError as error:
                raise InvalidInputError(
                    _("“{file}” cannot be written. Choose another folder.").format(file=path.name)
                ) from error
            return path.name

        then = lambda name: self._notices.done(_("Saved “{file}”.").format(file=name))  # noqa: E731
        self._tasks.run(self._page, work, then, lane=Lane.NETWORK)


class _Sheet(QWidget):
    """A picture as large as there is room for."""

    def __init__(self, image: QImage, room: QSize) -> None:
        super().__init__()
        self._image = image
        shown = image.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        self.setFixedSize(shown if shown.width() < image.width() else image.size())

    def paintEvent(self, _event: object) -> None:
        p = smooth(self)
        p.setRenderHint(p.RenderHint.SmoothPixmapTransform)
        p.drawImage(self.rect(), self._image)


class PictureDialog(w.Dialog):
    """A picture over the window; its verb saves it."""

    def __init__(self, page: QWidget, name: str, image: QImage) -> None:
        room = page.window().size() - QSize(theme().px("s12") * 4, theme().px("s12") * 5)
        self._sheet = _Sheet(image, room)
        super().__init__(page, name, w.hbox(..., self._sheet, ...), verb=_("Save…"), back=_("Close"))

    def dress(self) -> None:
        """Be as wide as the picture."""
        self._card.setFixedWidth(max(theme().px("dialog"), self._sheet.width() + 2 * theme().px("s5")))
