"""A talk with the shop: the day, who speaks, the messages, and the quick replies under the last one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, Qt

from shopdesk.i18n import _
from shopdesk.ui.paint import CENTER, LEFT, blob
from shopdesk.ui.phone.blocks import Block, framed, picture
from shopdesk.ui.phone.messages import block_of, quick_replies
from shopdesk.ui.widgets.marks import draw_avatar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

    from shopdesk.ui.phone.blocks import Look

Message = dict[str, Any]
AVATAR, INDENT = 28, 45  # the picture's own measures, in the preview's px


@dataclass(frozen=True, slots=True)
class Talk:
    """Messages laid out under each other. `widest` is what of it stands out of a narrow screen."""

    shop: str
    look: Look
    rows: tuple[tuple[Block, Message], ...]
    replies: Block | None

    @classmethod
    def of(cls, look: Look, shop: str, messages: Sequence[Message]) -> Talk:
        """Lay messages out."""
        rows = tuple((block_of(look, one), one) for one in messages)
        return cls(shop, look, rows, quick_replies(look, messages[-1]) if messages else None)

    @property
    def height(self) -> float:
        """How high all of it is."""
        own = self.look.own
        names = sum(own.line("phone_small") for _block, one in self.rows if _sender(one).get("name"))
        rows = sum(block.height + own.px("s2") for block, _one in self.rows)
        replies = self.replies.height + own.px("s2") if self.replies else 0.0
        return own.px("s10") + names + rows + replies + own.px("s2")

    @property
    def widest(self) -> float:
        """How wide the widest row is, with the room before it."""
        blocks = [block for block, _one in self.rows]
        return INDENT + max((one.width for one in blocks), default=0.0) + self.look.own.px("s3")

    def draw(self, p: QPainter, width: int, aside: float = 0.0) -> None:
        """Draw it from the top; wide rows are moved to the left by `aside`."""
        own = self.look.own
        blob(p, QRectF(width / 2 - 21, 12, 42, 20), own["phone_day"], 10)
        write(self.look, p, QRectF(0, 12, width, 20), _("Today"), "phone_small", "phone_day_text", CENTER)
        y = float(own.px("s10"))
        for number, (block, message) in enumerate(self.rows):
            sender = _sender(message)
            if not number or sender:
                self._avatar(p, y, sender)
            if sender.get("name"):
                name = QRectF(INDENT, y, width - INDENT, own.line("phone_small"))
                write(self.look, p, name, str(sender["name"]), "phone_small", "talk_text", LEFT)
                y += own.line("phone_small")
            moved = aside if block.width > width - INDENT else 0.0
            block.paint(p, INDENT - moved, y)
            y += block.height + own.px("s2")
        if self.replies:
            self.replies.paint(p, own.px("s3") - aside, y)

    def _avatar(self, p: QPainter, y: float, sender: Message) -> None:
        if sender.get("iconUrl") and self.look.pictures(str(sender["iconUrl"])) is not None:
            shown = picture(self.look, str(sender["iconUrl"]), AVATAR, AVATAR)
            framed(shown, None, AVATAR / 2).paint(p, 10, y)
            return
        name = str(sender.get("name") or self.shop)
        draw_avatar(p, QRectF(10, y, AVATAR, AVATAR), name[:1], self.look.own)


def _sender(message: Message) -> Message:
    found = message.get("sender")
    return found if isinstance(found, dict) else {}


def write(look: Look, p: QPainter, room: QRectF, text: str, role: str, tone: str, align: Qt.AlignmentFlag) -> None:
    """Write one line of plain text in the phone's own colours."""
    p.setFont(look.own.font(role))
    p.setPen(look.own[tone])
    p.drawText(room, int(align) | int(Qt.TextFlag.TextSingleLine), text)
