"""A picture or a video."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import _
from shopdesk.line import limits
from shopdesk.messages import addresses, image, video
from shopdesk.ui import widgets as w
from shopdesk.ui.messages.editors.editor import Editor, Message
from shopdesk.ui.messages.editors.picture_field import PictureField
from shopdesk.ui.messages.editors.said import Said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopdesk.ui.studio import Studio

PREVIEW_WIDTH = 700  # the widest that LINE takes as a preview: up to 1 MB


class ImageEditor(Editor):
    """The form of a picture. Its preview is the same picture, smaller where the shop keeps it."""

    def __init__(self, message: Message, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        original = str(message.get("originalContentUrl") or "")
        self._given = original, str(message.get("previewImageUrl") or "")
        self.picture = PictureField(_("Picture"), original, studio, lambda _one: limits.IMAGEMAP_WIDTH)
        self.picture.edited.connect(self.changed)
        self.setLayout(w.vbox(self.picture, margin="s4"))

    def message(self) -> Message:
        address = self.picture.address()
        if address == self._given[0]:
            return image(*self._given)
        found = addresses.kept(address)
        return image(address, addresses.own(found[0], PREVIEW_WIDTH) if found else address)

    def places(self) -> Iterator[tuple[str, w.Field]]:
        yield "originalContentUrl", self.picture
        yield "previewImageUrl", self.picture


class VideoEditor(Editor):
    """The form of a video: its address, and the picture that stands before it plays."""

    def __init__(self, message: Message, studio: Studio) -> None:
        super().__init__()
        self._tracking = str(message.get("trackingId") or "")
        note = _("An mp4 file on your own site; ShopDesk keeps no videos.")
        self.address = Said(
            _("Address of the video"), str(message.get("originalContentUrl") or ""), "https://", help_text=note
        )
        preview = str(message.get("previewImageUrl") or "")
        self.preview = PictureField(_("Picture before it plays"), preview, studio, lambda _one: PREVIEW_WIDTH)
        self.address.edited.connect(self.changed)
        self.preview.edited.connect(self.changed)
        self.setLayout(w.vbox(self.address, self.preview, gap="s3", margin="s4"))

    def message(self) -> Message:
        return video(self.address.text().strip(), self.preview.address(), self._tracking)

    def places(self) -> Iterator[tuple[str, w.Field]]:
        yield "originalContentUrl", self.address
        yield "previewImageUrl", self.preview
