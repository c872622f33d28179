"""What is said in one go: up to five bubbles, quick replies below them, and who they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.messages import look
from shopdesk.ui import widgets as w
from shopdesk.ui.messages.bubbles import Bubbles
from shopdesk.ui.messages.extras import Extras

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.messages import Report
    from shopdesk.ui.messages.editors import Message, Studio


class MessageSet(QWidget):
    """Bubbles with what stands around them."""

    changed = Signal()

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self.bubbles, self.extras = Bubbles(studio), Extras()
        self.bubbles.changed.connect(self.changed)
        self.extras.changed.connect(self.changed)
        self.setLayout(w.vbox((self.bubbles, 1), self.extras, gap="s3"))

    def show_messages(self, messages: Sequence[Any]) -> None:
        """Show these messages instead."""
        self.extras.show_messages(messages)
        bare = [{key: value for key, value in one.items() if key not in {"quickReply", "sender"}} for one in messages]
        self.bubbles.show_messages(bare)

    def messages(self) -> list[Message]:
        """Return the messages in LINE's form."""
        return self.extras.applied(self.bubbles.messages())

    @staticmethod
    def blank(messages: Sequence[Message]) -> bool:
        """Tell whether nothing is written in them yet."""
        return [one.get("text") for one in messages] == [""]

    def look(self) -> Report:
        """Return what LINE would refuse."""
        return self.bubbles.report(look(self.messages(), public=bool(self._studio.public_url)))

    def show_report(self, report: Report, *, insist: bool) -> QWidget | None:
        """Show what was found, and return the input of the first problem."""
        self.bubbles.show_report(report, insist=insist)
        around = self.extras.show_report(report, len(self.bubbles.bubbles) - 1, insist=insist)
        return self.bubbles.problem_place(report) or around
