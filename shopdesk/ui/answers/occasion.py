"""What is said on one occasion, as the friend's phone shows it, with the way to write something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from shopdesk.i18n import _
from shopdesk.messages import as_written, for_person
from shopdesk.ui import widgets as w
from shopdesk.ui.phone import BubbleView

if TYPE_CHECKING:
    from shopdesk.line import Message
    from shopdesk.messages import Draft
    from shopdesk.talks import Kept
    from shopdesk.ui.messages.editors import Studio


class Said(BubbleView):
    """Messages as a person without a name gets them; every picture as soon as it is there."""

    def __init__(self, studio: Studio) -> None:
        self._messages: tuple[Message, ...] = ()
        super().__init__(pictures=studio.image)
        studio.arrived.connect(self._draw)

    def show_draft(self, written: Draft) -> None:
        """Show other messages."""
        self._messages = tuple(for_person(written, ""))
        self._draw()

    def _draw(self) -> None:
        self.show_messages(*self._messages)


class OccasionCard(w.Narrow):
    """One occasion. `write`: something is to be written for it; `silence`: nothing is to be said any more."""

    write = Signal()
    silence = Signal()

    def __init__(self, title: str, about: str, nothing: str, studio: Studio) -> None:
        self._nothing = nothing
        self.change = w.Button(_("Write"), icon="pencil")
        self.stop = w.Button(_("Say nothing"), "quiet")
        for button in (self.change, self.stop):
            button.setAccessibleName(f"{title}: {button.words()}")
        self._title = title
        self.said, self.words = Said(studio), w.Prose(role="small", tone="text_2")
        head = w.hbox(w.label(title, "section"), ..., self.stop, self.change)
        super().__init__(head, w.Prose(about, role="small", tone="text_2"), "s3", self.said, "s1", self.words)
        self.change.clicked.connect(self.write)
        self.stop.clicked.connect(self.silence)

    def show_kept(self, kept: Kept | str) -> None:
        """Show what is set, or the sentence that says why it cannot be read."""
        messages = () if isinstance(kept, str) else kept.messages
        self.said.setVisible(bool(messages))
        self.said.show_draft(as_written(messages))
        self.words.set_runs(self._about(kept))
        self.words.setVisible(bool(self.words.text()))
        self.change.set_words(_("Change") if messages else _("Write"))
        self.change.setAccessibleName(f"{self._title}: {self.change.words()}")
        self.stop.setVisible(bool(messages) or isinstance(kept, str))

    def _about(self, kept: Kept | str) -> w.Run | str:
        if isinstance(kept, str):
            return w.Run(kept, tone="danger_text")
        if not kept.messages:
            return self._nothing
        return _("Follows the template “{name}”.").format(name=kept.template) if kept.template else ""
