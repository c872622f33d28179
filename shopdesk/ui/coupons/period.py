"""When a coupon can be used: from day to day, on days of the week, at hours of the day."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QWidget

from shopdesk.clock import japan_day, start_of_japan_day
from shopdesk.coupons import Offer
from shopdesk.i18n import _
from shopdesk.japanese import time_of_day as read_time
from shopdesk.ui import widgets as w
from shopdesk.ui.form_parts import DayField
from shopdesk.ui.paint import CENTER, box, draw, smooth
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from datetime import date, time


_ONE_DAY = timedelta(days=1)
_MIDNIGHT = datetime(2000, 1, 1)  # noqa: DTZ001 - of any day


class TimeField(w.TextField):
    """A time of the day: 14:00."""

    def __init__(self, name: str, hint: str) -> None:
        super().__init__(hint=hint, width="number_field")
        self.setAccessibleName(name)

    def show_time(self, at: time | None) -> None:
        """Show a time, or none."""
        self.setText(f"{at:%H:%M}" if at else "")

    def time(self) -> time | None:
        """Return the time, None where there is none or it cannot be read; 24:00 is midnight."""
        found = read_time(self.text()) if self.text().strip() else None
        return None if found is None else (_MIDNIGHT + found).time()

    def unreadable(self) -> bool:
        """Tell whether something stands there that is no time."""
        return bool(self.text().strip()) and self.time() is None


class DayButton(w.Painted):
    """A day of the week: on or off."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setCheckable(True)
        self.dress()

    def dress(self) -> None:
        """Take the size from the theme in use."""
        self.setFixedSize(theme().px("control"), theme().px("control"))

    def paintEvent(self, _event: object) -> None:
        p, on, r = smooth(self), self.isChecked(), QRectF(self.rect())
        ground = "accent_soft" if on else "hover" if self.underMouse() else "surface"
        box(p, r, ground, "accent_line" if on else "line_strong", theme().radius("control"))
        draw(p, r, self.words, "small", "accent_text" if on else "text_2", on, CENTER)


class WeekField(QWidget):
    """Days of the week; none on means every day."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
        self.days = [DayButton(name) for name in names]
        for day in self.days:
            day.clicked.connect(self.changed)
        self.setLayout(w.hbox(*self.days, ..., gap="s1"))

    def show_days(self, chosen: tuple[int, ...]) -> None:
        """Show these days, 0 for Monday."""
        for at, day in enumerate(self.days):
            day.setChecked(at in chosen)

    def chosen(self) -> tuple[int, ...]:
        """Return the days that are on."""
        return tuple(at for at, day in enumerate(self.days) if day.isChecked())


class PeriodFields(QWidget):
    """The days, the days of the week and the hours, each with its own field and its own error."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.first, self.last = DayField(_("First day")), DayField(_("Last day"))
        self.week = WeekField()
        self.opens, self.closes = TimeField(_("From"), "14:00"), TimeField(_("To"), "17:00")
        days = w.holder(w.hbox((self.first, 1), w.label("〜"), (self.last, 1)))
        hours = w.holder(w.hbox(self.opens, w.label("〜"), self.closes, ...))
        self.days = w.Field(_("Can be used"), days, optional=True, check=self._days_wrong)
        self.on = w.Field(_("Days of the week"), self.week, optional=True)
        self.hours = w.Field(_("Hours"), hours, optional=True, check=self._hours_wrong)
        pair = w.hbox((w.vbox(self.on, ...), 1), (w.vbox(self.hours, ...), 1), gap="s5")
        self.setLayout(w.vbox(self.days, pair, gap="form_gap"))
        self._offer = Offer("", "free_item")
        for field, whole in ((self.first, self.days), (self.last, self.days), (self.opens, self.hours)):
            field.editingFinished.connect(whole.valid)
        self.closes.editingFinished.connect(self.hours.valid)
        for one in (self.first, self.last, self.opens, self.closes):
            one.textEdited.connect(lambda _text: self.edited.emit())
        self.week.changed.connect(self.edited)

    def show_offer(self, offer: Offer) -> None:
        """Show when an offer can be used."""
        self._offer = offer
        self.first.show_day(japan_day(offer.starts) if offer.starts else None)
        self.last.show_day(_last_day(offer.ends) if offer.ends else None)
        self.week.show_days(offer.weekdays)
        self.opens.show_time(offer.opens)
        self.closes.show_time(offer.closes)
        for field in (self.days, self.hours):
            field.set_error("")

    def values(self) -> dict[str, Any]:
        """Return the fields of the offer that stand here."""
        first, last = self.first.day(), self.last.day()
        return {
            "starts": _moment(first, self._offer.starts, timedelta()),
            "ends": _moment(last, self._offer.ends, _ONE_DAY),
            "weekdays": self.week.chosen(),
            "opens": self.opens.time(),
            "closes": self.closes.time(),
        }

    def valid(self) -> bool:
        """Check all of it, show what is wrong, and tell whether it can be used."""
        return self.days.valid() & self.hours.valid()

    def _days_wrong(self) -> str:
        if self.first.unreadable() or self.last.unreadable():
            return _("Write days like 2026/11/23.")
        first, last = self.first.day(), self.last.day()
        return (
            _("The last day lies before the first. Correct one of the two.") if first and last and last < first else ""
        )

    def _hours_wrong(self) -> str:
        if self.opens.unreadable() or self.closes.unreadable():
            return _("Write times like 14:00.")
        opens, closes = self.opens.time(), self.closes.time()
        if (opens is None) != (closes is None) or (opens is not None and opens == closes):
            return _("Write both hours, from and to, and let them differ.")
        return ""


def _moment(day: date | None, before: datetime | None, after: timedelta) -> datetime | None:
    """Return the moment of a day; one that was written with an hour keeps it while its day stays."""
    if day is None:
        return None
    if before is not None and day == (_last_day(before) if after else japan_day(before)):
        return before
    return start_of_japan_day(day) + after


def _last_day(ends: datetime) -> date:
    return japan_day(ends - timedelta(seconds=1))
