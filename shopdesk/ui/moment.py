"""Choosing a moment in Japan that has not passed yet."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.clock import JAPAN, in_japan, japan_day
from shopdesk.i18n import _
from shopdesk.ui import widgets as w
from shopdesk.ui.days import day_of_week

if TYPE_CHECKING:
    from datetime import date

    from shopdesk.clock import Clock

DAYS_AHEAD = 90
STEP_MINUTES = 5
_PROPOSED = time(10)  # when nothing is said: tomorrow at ten


def _day_words(day: date, today: date) -> str:
    near = {0: _("today"), 1: _("tomorrow")}.get((day - today).days, "")
    return f"{day_of_week(day)} {near}".strip()


class MomentField(QWidget):
    """A day, an hour and minutes; what has passed is refused as it is chosen, unless it `may_be_over`."""

    changed = Signal()

    def __init__(self, clock: Clock, *, may_be_over: bool = False) -> None:
        super().__init__()
        self._clock, self._may_be_over = clock, may_be_over
        self.day = w.Choice([("", None)], width=170)
        self.hour = w.Choice([(f"{hour}", hour) for hour in range(24)], _PROPOSED.hour, width=70)
        minutes = [(f"{minute:02}", minute) for minute in range(0, 60, STEP_MINUTES)]
        self.minute = w.Choice(minutes, _PROPOSED.minute, width=70)
        names = (_("Day"), _("Hour"), _("Minutes"))
        for name, choice in zip(names, (self.day, self.hour, self.minute), strict=True):
            choice.setAccessibleName(name)
            choice.chosen.connect(self._chosen)
        self._wrong = w.Prose(role="caption", tone="danger_text")
        self._wrong.hide()
        japan = w.label(_("Japan time"), "small", "text_2")
        row = w.hbox(self.day, self.hour, w.label(":"), self.minute, japan, ...)
        self.setLayout(w.vbox(row, self._wrong, gap="s1"))
        self.show_moment(None)

    def show_moment(self, at: datetime | None) -> None:
        """Show a moment, by default tomorrow morning."""
        today = japan_day(self._clock.now())
        shown = in_japan(at) if at else datetime.combine(today + timedelta(days=1), _PROPOSED, JAPAN)
        days = [today + timedelta(days=ahead) for ahead in range(DAYS_AHEAD)]
        if shown.date() not in days:
            days.append(shown.date())
        self.day.set_entries([(_day_words(day, today), day) for day in days], shown.date())
        self.hour.set_value(shown.hour)
        self.minute.set_value(shown.minute - shown.minute % STEP_MINUTES)
        self._say()

    def moment(self) -> datetime:
        """Return the moment, aware."""
        return datetime.combine(self.day.value(), time(self.hour.value(), self.minute.value()), JAPAN)

    def over(self) -> bool:
        """Tell whether it has passed."""
        return self.moment() <= self._clock.now()

    def _chosen(self, _value: object) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        self._wrong.set_runs(_("This time is over. Choose a later one.") if self.over() else "")
        self._wrong.setVisible(self.over() and not self._may_be_over)
