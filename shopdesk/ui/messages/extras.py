"""What stands around all bubbles: the quick replies under the last one, and who they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _, _n
from shopdesk.line import limits
from shopdesk.messages import sent_as, with_quick_replies
from shopdesk.ui import widgets as w
from shopdesk.ui.messages.editors.actions import REPLIES, ActionList
from shopdesk.ui.messages.editors.said import Said

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shopdesk.messages import Report
    from shopdesk.ui.messages.editors import Message


def _reply(number: int) -> str:
    return f"quickReply.items[{number}].action"


class Extras(QWidget):
    """Quick replies and sender, folded away until they are wanted."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._icons: list[str] = []
        self._list_box = w.vbox()
        self.replies = self._list([])
        self.name = Said(_("Name of the sender"), "", _("For example who writes: 店長 みほん"), optional=True)
        self.icon = Said(_("Address of the sender's icon (PNG)"), "", "https://", optional=True)
        for field in (self.name, self.icon):
            field.edited.connect(self._written)
        about = w.Prose(_("Buttons under the last bubble; they go away after a tap."), role="caption", tone="text_2")
        shown = w.Prose(_("Shown above the bubbles instead of the account."), role="caption", tone="text_2")
        sender = w.hbox((w.vbox(self.name, ...), 1), (w.vbox(self.icon, ...), 1), gap="s3")
        self.reply_fold = w.Fold(_("Quick replies"), "", about, "s2", self._list_box)
        self.sender_fold = w.Fold(_("Who it comes from"), "", shown, "s2", sender)
        self.setLayout(w.vbox(self.reply_fold, self.sender_fold, gap="s2"))
        self._say()

    def _list(self, actions: Sequence[Message]) -> ActionList:
        w.clear(self._list_box)
        made = ActionList(actions, _reply, limits.QUICK_REPLIES, REPLIES, add=_("Add a quick reply"))
        made.changed.connect(self._written)
        self._list_box.addWidget(made)
        return made

    def show_messages(self, messages: Sequence[Message]) -> None:
        """Show what these messages have."""
        items = (messages[-1].get("quickReply") or {}).get("items") or [] if messages else []
        sender: Message = next((one["sender"] for one in messages if one.get("sender")), {})
        self._icons = [str(one.get("imageUrl") or "") for one in items]
        self.replies = self._list([one.get("action") or {} for one in items])
        self.name.show_text(str(sender.get("name") or ""))
        self.icon.show_text(str(sender.get("iconUrl") or ""))
        self.reply_fold.open(on=bool(items))
        self.sender_fold.open(on=bool(sender))
        self._say()

    def applied(self, messages: Sequence[Message]) -> list[Message]:
        """Return messages with these quick replies and this sender."""
        made = [sent_as(one, self.name.text().strip(), self.icon.text().strip()) for one in messages]
        actions = self.replies.wanted()
        return [*made[:-1], with_quick_replies(made[-1], actions, self._icons[: len(actions)])] if made else []

    def _written(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        n = len(self.replies.forms)
        self.reply_fold.say(_n("{n} button", "{n} buttons", n).format(n=n) if n else _("none"))
        self.sender_fold.say(self.name.text().strip() or _("the account itself"))

    def _places(self, last: int) -> Iterator[tuple[int, str, w.Field]]:
        for place, field in self.replies.places():
            yield last, place, field
        yield 0, "sender.name", self.name
        yield 0, "sender.iconUrl", self.icon

    def show_report(self, report: Report, last: int, *, insist: bool) -> QWidget | None:
        """Show what is wrong at its field and return the first such field's input; `last` is the last bubble."""
        first: QWidget | None = None
        for bubble, place, field in self._places(last):
            found = [one for one in report.of(bubble, place) if insist or one.code != "empty"]
            field.set_error(found[0].sentence if found else "")
            if found:
                (self.reply_fold if place.startswith("quickReply") else self.sender_fold).open()
                first = first or field.control
        return first
