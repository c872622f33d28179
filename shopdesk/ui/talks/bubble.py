"""One message as a bubble: what a friend sent, drawn from what is sure of it, and what the shop sent, drawn as LINE does."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QPen
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _
from shopdesk.ui.paint import smooth
from shopdesk.ui.phone import Block, Look, block_of, icon_card
from shopdesk.ui.talks.pictures import SENT
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import popup_menu

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QWheelEvent

    from shopdesk.talks import Said
    from shopdesk.ui.phone import Pictures

LONGEST = 10_000
"""LINE's texts are shorter; what else came is cut, for laying it out would hold the screen up."""
_ICONS = {"video": "play", "audio": "play", "file": "file-spreadsheet", "image": "image"}


def block(said: Said, pictures: Pictures, widest: float) -> Block:
    """Lay a message out in the theme in use."""
    ground = "talk_ours" if said.side == "shop" else "talk_theirs"
    look = Look(theme().name, theme(), pictures, ground, widest)
    if said.side == "shop":
        return block_of(look, dict(said.body))
    return _received(look, said)


def _received(look: Look, said: Said) -> Block:
    """A friend's message may hold anything under any name: only texts are taken from it."""
    body = said.body
    if said.kind in _ICONS and (said.kind != "image" or said.file_state != "here"):
        return icon_card(look, _ICONS[said.kind], _file_words(said), file_note(said))
    if said.kind == "image":
        return block_of(look, {"type": "image", "previewImageUrl": f"{SENT}{said.id}"})
    if said.kind == "sticker":
        return icon_card(look, "smile", said.words[:LONGEST] or _("Sticker"), _numbers(body))
    if said.kind == "location":
        place = {name: str(body.get(name) or "")[:LONGEST] for name in ("title", "address")}
        return block_of(look, {"type": "location", **place})
    words = said.words[:LONGEST] if said.kind == "text" else _("A message that only LINE itself can show.")
    return block_of(look, {"type": "text", "text": words})


def _file_words(said: Said) -> str:
    kinds = {"image": _("Picture"), "video": _("Video"), "audio": _("Voice message"), "file": _("File")}
    name = " ".join(said.words.split())
    return (name if len(name) <= 40 else f"{name[:24]}…{name[-14:]}") or kinds[said.kind]


def file_note(said: Said) -> str:
    """Return what there is to know of a file: its length and size, or why it is not here."""
    if said.file_state == "wanted":
        return _("being fetched from LINE …")
    if said.file_state == "gone":
        return _("LINE does not have it any more")
    body = said.body
    seconds, size = _count(body.get("duration")) // 1000, _count(body.get("fileSize"))
    length = f"{seconds // 60}:{seconds % 60:02}" if seconds else ""
    weight = f"{size / 1_000_000:,.1f} MB" if size >= 100_000 else f"{size:,} B" if size else ""
    return length or weight


def _count(said: object) -> int:
    return said if isinstance(said, int) and not isinstance(said, bool) and said > 0 else 0


def _numbers(body: Any) -> str:
    return f"{str(body.get('packageId'))[:12]} / {str(body.get('stickerId'))[:12]}"


def spoken(said: Said) -> str:
    """Return what a screen reader says of a message, and what is copied of it."""
    if said.words:
        return said.words[:LONGEST]
    return _file_words(said) if said.kind in _ICONS else said.kind


class Bubble(QWidget):
    """A message on its ground; what is wider than its room, such as cards in a row, moves with Shift and the wheel.

    `pressed`: its picture or file is wanted; `opens` says whether there is one.
    """

    pressed = Signal()

    def __init__(self, said: Said, pictures: Pictures) -> None:
        super().__init__()
        self.said, self._pictures = said, pictures
        self._room, self._aside = 0, 0.0
        self.opens = said.file_state == "here"
        self.setAccessibleName(spoken(said))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self.opens else Qt.FocusPolicy.ClickFocus)
        if self.opens:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.dress()

    def dress(self) -> None:
        """Lay it out in the theme in use."""
        most = theme().px("talk_bubble")
        room = min(most, self._room) if self._room else most
        self._block, self._aside = block(self.said, self._pictures, room), 0.0
        self.setFixedSize(ceil(min(self._block.width, room)), ceil(self._block.height))

    def fit(self, room: int) -> None:
        """Be no wider than this."""
        if room != self._room:
            self._room = room
            self.dress()
            self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        delta = event.angleDelta()
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        step = delta.x() or (delta.y() if shifted else 0)
        if self._block.width <= self.width() or not step:
            event.ignore()  # the thread scrolls
            return
        self._aside = max(0.0, min(self._block.width - self.width(), self._aside - step / 2))
        self.update()

    def paintEvent(self, _event: object) -> None:
        p = smooth(self)
        self._block.paint(p, -self._aside, 0)
        if self.said.side == "friend" and theme().name == "light":
            radius = theme().radius("bubble") - 0.5
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.setPen(QPen(theme()["line"], 1))
            p.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.opens and event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif self.opens and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.pressed.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        entries = [(_("Copy"), self._copy), *([(_("Open"), self.pressed.emit)] if self.opens else [])]
        self._menu = popup_menu(self, entries)
        self._menu.popup(event.globalPos())

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(spoken(self.said))
