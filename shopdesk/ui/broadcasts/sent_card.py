"""What a broadcast says, to whom and in how many messages, beside how it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import _
from shopdesk.messages import MessageError, for_person
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import messages, people
from shopdesk.ui.broadcasts.overview import scheduled
from shopdesk.ui.directions import isolated
from shopdesk.ui.phone import BubbleView

if TYPE_CHECKING:
    from shopdesk.ui.broadcasts.seen import Seen
    from shopdesk.ui.messages.editors import Studio


class SentCard(w.Card):
    """The messages as bubbles; of what goes by mail alone, the mail."""

    def __init__(self, studio: Studio) -> None:
        self.title, self.bubbles = w.label("", "section"), BubbleView(pictures=studio.image)
        self.letter, self._to = w.Prose(), w.Prose(align=w.RIGHT)
        self._count = w.label("", align=w.RIGHT)
        self._messages = w.holder(w.fact(_("Messages"), self._count))
        self._hint = w.Banner("info", "")
        self._hint_below = w.holder(w.vbox("s4", self._hint))
        facts = w.vbox(w.fact(_("To whom"), self._to), self._messages, gap="label_gap")
        super().__init__(self.title, "s2", self.bubbles, self.letter, "s3", facts, self._hint_below)

    def show_sent(self, seen: Seen) -> None:
        """Show it as it stands now."""
        status, mailed = seen.status, seen.status.mail_only
        over = status.state in {"finished", "cancelled"}
        coming = scheduled(status) or status.cooling_until is not None
        self.title.setText(_("What was sent") if over else _("What will be sent") if coming else _("What is sent"))
        for part in (self.bubbles, self._messages):
            part.setVisible(not mailed)
        self.letter.setVisible(mailed)
        if mailed and seen.letter is not None:
            self.letter.set_runs(w.Run(isolated(seen.letter.subject), bold=True), f"\n\n{isolated(seen.letter.text)}")
        self._show_bubbles(seen)
        self._to.set_runs(seen.audience.name)
        self._count.setText("–" if status.state == "draft" else messages(status.messages_counted))
        self._hint_below.setVisible(status.state == "sending")
        already = people(status.accepted)
        self._hint.say(_("“Stop here” does not take back what {people} have been sent.").format(people=already))

    def _show_bubbles(self, seen: Seen) -> None:
        said = seen.draft.messages
        try:
            self.bubbles.show_messages(*for_person(said, _("(name)")))
        except MessageError:  # a draft that has a time may be wrong; it is shown as it is written
            self.bubbles.show_messages(*said.messages)
