"""One step being written: after how many days, at what time, and the beginning of what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from shopdesk.automations import MOST_DAYS, NewStep
from shopdesk.i18n import _
from shopdesk.messages import as_written, readable
from shopdesk.ui import widgets as w
from shopdesk.ui.automations.words import as_read, step_title, sums, times

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from PySide6.QtCore import QEvent

    from shopdesk.automations import Step
    from shopdesk.line import Message


class StepCard(w.Card):
    """`edited` when something else stands in it, `entered` when it is the one at hand, `opened` when its message is to be written.

    `looked` carries the broadcast in which somebody still waits for it.
    """

    looked = Signal(int)
    edited = Signal()
    entered = Signal()
    opened = Signal()
    removed = Signal()

    def __init__(self, step: NewStep) -> None:
        self.id, self.messages = step.id, list(step.said.messages)
        self.head = w.label("", bold=True)
        self.days = w.NumberField(step.days, 0, MOST_DAYS)
        self.at = w.Choice(times(step.at), step.at, width=180)
        self.said, self.sums = w.elided("", tone="text_2"), w.label("", "caption", "text_3")
        self.write = w.Button(_("Write the message"), icon="pencil", size="control_small")
        self.remove = w.icon_button("trash-2", _("Remove this message"))
        self._open: int | None = None
        self.look = w.link(_("Look at the broadcast"), self._look)
        self.look.hide()
        self.days.setAccessibleName(_("Days after the answer"))
        self.at.setAccessibleName(_("Time of day"))
        when = w.hbox(self.days, w.label(_("days after the answer"), tone="text_2"), "s2", self.at, ...)
        super().__init__(
            w.hbox(self.head, ..., self.remove),
            when,
            w.hbox((self.said, 1), "s3", self.write),
            w.hbox(self.sums, self.look, ...),
            gap="s2",
            pad=("s6", "s4", "s6", "s4"),
        )
        self.sums.hide()
        self.write.clicked.connect(self.opened)
        self.remove.clicked.connect(self.removed)
        self.days.changed.connect(self._edited)
        self.at.chosen.connect(self._edited)
        for one in (self.days, self.at, self.write, self.remove):
            one.installEventFilter(self)
        self._show_said()

    def place(self, number: int, *, only: bool) -> None:
        """Say which one it is; the only one cannot be removed."""
        self._number = number
        self.remove.setEnabled(not only)
        self._show_head()

    def show_sums(self, step: Step | None, now: datetime) -> None:
        """Show how far it is, where it has begun."""
        said = sums(step, now) if step is not None else ""
        self._open = step.open if step is not None else None
        self.look.setVisible(self._open is not None)
        self.sums.setText(said)
        self.sums.setVisible(bool(said))

    def show_messages(self, messages: Sequence[Message]) -> None:
        """Say something else."""
        self.messages = list(messages)
        self._show_said()
        self.edited.emit()

    def lock(self, *, on: bool) -> None:
        """Let nothing be changed, or everything."""
        for one in (self.days, self.at, self.write, self.remove):
            one.setEnabled(not on)

    def step(self) -> NewStep:
        """Return the step that stands there."""
        return NewStep(self.days.value() or 0, self.at.value(), as_written(self.messages), self.id)

    def title(self) -> str:
        """Return what it is called."""
        return step_title(self._number, self.days.value() or 0)

    def _look(self) -> None:
        if self._open is not None:
            self.looked.emit(self._open)

    def _edited(self, *_said: object) -> None:
        self._show_head()
        self.edited.emit()

    def _show_head(self) -> None:
        self.head.setText(self.title())

    def _show_said(self) -> None:
        said = " ／ ".join(filter(None, readable(as_read(self.messages)))).replace("\n", " ")
        self.said.setText(said or _("Nothing is written yet"))
        self.write.set_words(_("Change the message") if self.messages else _("Write the message"))

    def eventFilter(self, _watched: object, event: QEvent) -> bool:
        if event.type() == event.Type.FocusIn:
            self.entered.emit()
        return False
