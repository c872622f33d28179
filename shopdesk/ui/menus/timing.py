"""From when until when a menu is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import _
from shopdesk.ui import widgets as w
from shopdesk.ui.moment import MomentField

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from shopdesk.clock import Clock


class TimesDialog(w.Dialog):
    """Asks for a beginning and an end; without them the menu is always shown."""

    wider = 2

    def __init__(self, parent: QWidget, clock: Clock, starts: datetime | None, ends: datetime | None) -> None:
        self.from_a_day = w.CheckBox(_("Only from a day on"), on=starts is not None)
        self.until_a_day = w.CheckBox(_("Only until a day"), on=ends is not None)
        self.first, self.last = MomentField(clock, may_be_over=True), MomentField(clock)
        self.first.show_moment(starts)
        self.last.show_moment(ends)
        self._wrong = w.Prose(role="caption", tone="danger_text")
        note = w.Prose(
            _("Before and after, friends see the next menu below this one that is for them. It changes by itself."),
            role="caption",
            tone="text_3",
        )
        super().__init__(
            parent,
            _("When is this menu shown?"),
            self.from_a_day,
            "s1",
            self.first,
            "s3",
            self.until_a_day,
            "s1",
            self.last,
            "s2",
            self._wrong,
            note,
            verb=_("Take these times"),
        )
        self.begin_at(self.from_a_day)
        for box, field in ((self.from_a_day, self.first), (self.until_a_day, self.last)):
            box.toggled.connect(lambda _on: self._look())
            field.changed.connect(self._look)
        self._look()

    def times(self) -> tuple[datetime | None, datetime | None]:
        """Return beginning and end, None for none."""
        return (
            self.first.moment() if self.from_a_day.isChecked() else None,
            self.last.moment() if self.until_a_day.isChecked() else None,
        )

    def _look(self) -> None:
        self.first.setVisible(self.from_a_day.isChecked())
        self.last.setVisible(self.until_a_day.isChecked())
        first, last = self.times()
        wrong = first is not None and last is not None and last <= first
        self._wrong.set_runs(_("The menu ends before it begins. Set a later end.") if wrong else "")
        self._wrong.setVisible(wrong)
        self.verb.setEnabled(not wrong)
        self.adjustSize()
