"""When a broadcast begins: at once, or at a time in Japan that has not passed yet."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from shopdesk.clock import JAPAN, in_japan, japan_day
from shopdesk.i18n import _
from shopdesk.ui import widgets as w

if TYPE_CHECKING:
    from datetime import date

    from shopdesk.clock import Clock

DAYS_AHEAD = 90
STEP_MINUTES = 5
_PROPOSED = time(10)  # when nothing is said: tomorrow at ten


def _weekday(day: date) -> str:
    names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return names[day.weekday()]


def _day_words(day: date, today: date) -> str:
    near = {0: _("today"), 1: _("tomorrow")}.get((day - today).days, "")
    said = _("{month}/{day} ({weekday})").format(month=day.month, day=day.day, weekday=_weekday(day))
    return f"{said} {near}".strip()


class MomentField(QWidget):
    """A day, an hour and minutes; what has passed is refused as it is chosen."""

    changed = Signal()

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
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
        self._wrong.setVisible(self.over())


class When(w.Card):
    """The card of the last step."""

    changed = Signal()

    def __init__(self, clock: Clock) -> None:
        self._group = QButtonGroup()
        self.now, self.later = w.Radio(_("Send now"), on=True), w.Radio(_("At a time"))
        for radio in (self.now, self.later):
            self._group.addButton(radio)
        self.at = MomentField(clock)
        note = _("It begins by itself while ShopDesk is open; found more than an hour late it asks first.")
        self._box = w.holder(
            w.vbox(self.at, "s1", w.Prose(note, role="caption", tone="text_2"), margin=("s6", "s1", "", ""))
        )
        row = w.hbox(w.label(_("When"), "section"), "s4", self.now, "s3", self.later, ...)
        super().__init__(row, self._box, pad=("s4", "s3", "s4", "s3"))
        self._group.buttonClicked.connect(self._chosen)
        self.at.changed.connect(self.changed)
        self._show()

    def show_moment(self, at: datetime | None) -> None:
        """Show a moment; None is at once."""
        (self.later if at else self.now).setChecked(True)
        self.at.show_moment(at)
        self._show()

    def moment(self) -> datetime | None:
        """Return when it begins, None for at once."""
        return self.at.moment() if self.later.isChecked() else None

    def over(self) -> bool:
        """Tell whether the chosen time has passed."""
        return self.later.isChecked() and self.at.over()

    def _chosen(self, _button: object) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self._box.setVisible(self.later.isChecked())
