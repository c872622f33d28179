"""The mail of the draft in the composer: its dry run, counted anew in the background when what it depends on has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from shopdesk.ui.broadcasts.mail_card import MailCard

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from shopdesk.broadcasts import Drafted
    from shopdesk.mailings import Mailings, MailPlan
    from shopdesk.messages import Letter
    from shopdesk.ui.tasks import Tasks

WAITS_MS = 300


class MailBeside(QObject):
    """Fills the card. `changed` when something else is to be mailed, `counted` when the dry run is there.

    A broadcast to everyone has no mail: the card is hidden then, and what is written in it waits.
    """

    changed = Signal()
    counted = Signal()

    def __init__(self, parent: QWidget, mailings: Mailings, tasks: Tasks) -> None:
        super().__init__(parent)
        self._mailings, self._tasks = mailings, tasks
        self.card = MailCard()
        self.plan: MailPlan | None = None
        self._segment: str | None = None
        self._follows: int | None = None
        self._broadcast: int | None = None
        self._timer = QTimer(self, singleShot=True, interval=WAITS_MS)
        self._timer.timeout.connect(self.count)
        self.card.changed.connect(self._written)

    def begin(
        self, broadcast_id: int | None, letter: Letter | None, *, counts: bool = False, draft: Drafted | None = None
    ) -> None:
        """Show the mail of another draft; `counts`: its links are counted."""
        self._broadcast = broadcast_id
        alone = draft is not None and draft.mail_only
        self._follows = draft.follows if draft is not None and alone else None
        self.card.show_letter(letter, counts=counts, only=alone, follow_up=self._follows is not None)

    def aim(self, segment: str | None) -> None:
        """Mail to people of this segment; None is nobody, or everyone. Whom a follow-up goes to is settled."""
        self._segment = segment if self._follows is None else ""
        self.card.setVisible(self._segment is not None)
        self._forget()
        self.count()

    def letter(self) -> Letter | None:
        """Return what is to be mailed, None where nothing is."""
        return self.card.letter() if self._segment is not None else None

    @property
    def counts(self) -> bool:
        """Whether its links are to be counted."""
        return self.letter() is not None and self.card.counts.isChecked()

    @property
    def alone(self) -> bool:
        """Whether nothing goes out on LINE."""
        return self._segment is not None and self.card.alone

    @property
    def untouched(self) -> bool:
        """Whether nothing is written yet."""
        letter = self.card.letter()
        return letter is None or not (letter.subject.strip() or letter.text.strip())

    @property
    def ready(self) -> bool:
        """Whether there is no mail, or its dry run is known."""
        return self.letter() is None or self.plan is not None

    def _written(self) -> None:
        self._forget()
        self._timer.start()
        self.changed.emit()

    def _forget(self) -> None:
        self.plan = None
        self.card.show_plan(None)

    def count(self) -> None:
        """Count it anew; what is known already stands until then."""
        self._timer.stop()
        letter, segment, but = self.letter(), self._segment, self._broadcast
        counts, alone, follows = self.counts, self.alone, self._follows
        if letter is None or segment is None:
            return

        def then(plan: MailPlan) -> None:
            if (letter, segment, counts, alone) == (self.letter(), self._segment, self.counts, self.alone):
                self.plan = plan
                self.card.show_plan(plan)
                self.counted.emit()

        def look() -> MailPlan:
            return self._mailings.look(segment, letter, but, counts=counts, mail_only=alone, follows=follows)

        self._tasks.run(self, look, then, key="mail")
