"""The form of a regular export, and how its times are said."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from shopdesk.exports import OWN, NewSchedule, Timing
from shopdesk.i18n import _
from shopdesk.ui.exporting import formats, layouts, tables
from shopdesk.ui.widgets import Button, Choice, Dialog, Field, Segmented, TextField, hbox, holder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.exports import Schedule, What
    from shopdesk.shop import Shop

_QUARTERS = tuple(time(hour, minute) for hour in range(24) for minute in (0, 30))

_LAST_DAY = 31


def weekdays() -> tuple[str, ...]:
    """Return the days of the week, Monday first."""
    return (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))


def how_often(timing: Timing) -> str:
    """Return when it happens, as people say it."""
    clock = f"{timing.at.hour}:{timing.at.minute:02}"
    if timing.every == "weekly":
        return _("every {weekday} at {time}").format(weekday=weekdays()[timing.weekday], time=clock)
    if timing.every == "monthly" and timing.day == _LAST_DAY:
        return _("on the last day of each month at {time}").format(time=clock)
    if timing.every == "monthly":
        return _("on day {day} of each month at {time}").format(day=timing.day, time=clock)
    return _("every day at {time}").format(time=clock)


class ScheduleDialog(Dialog):
    """A regular export being made or changed."""

    def __init__(self, parent: QWidget, shop: Shop, segments: Sequence[str], one: Schedule | None) -> None:
        self._shop, self._known = shop, one
        timing = one.timing if one else Timing()
        self.name = TextField(one.name if one else _("Customers"))
        self.name.setReadOnly(one is not None)
        self.what = Choice([(words, what) for what, words in tables().items()], one.what if one else "customers")
        everybody = (_("Everybody"), "")
        self.segment = Choice([everybody, *((name, name) for name in segments)], one.segment if one else "")
        kind = (one.encoding or one.kind) if one else "xlsx"
        self.form = Choice(formats(), kind if kind in {"xlsx", "cp932"} else "utf-8")
        self.layouts = Choice([], OWN)
        self.folder = TextField(one.folder if one else "", _("Choose a folder"))
        self._make_times(timing)
        pick = Button(_("Choose"), does=self._choose_folder)
        title = _("Change “{name}”").format(name=one.name) if one else _("Add a regular export")
        file = _("The day is put after it: {name}_2026-12-01.xlsx").format(name=_("Customers"))
        super().__init__(
            parent,
            title,
            Field(_("Name of the file"), self.name, help_text=file),
            "s2",
            hbox((Field(_("What to write"), self.what), 1), (Field(_("Whom"), self.segment), 1), gap="s3"),
            "s2",
            hbox((Field(_("Kind of file"), self.form), 1), (Field(_("Columns"), self.layouts), 1), gap="s3"),
            "s2",
            Field(_("When"), holder(hbox(self.every, self.weekday, self.day, self.at, ...))),
            "s2",
            Field(_("Folder"), holder(hbox((self.folder, 1), pick))),
            verb=_("Keep"),
        )
        self.what.chosen.connect(self._offer_layouts)
        self.every.chosen.connect(self._show_times)
        self._offer_layouts(self.what.value())
        if one is not None:
            self.layouts.set_value(one.layout)
        self._show_times(timing.every)
        self.begin_at(self.name if one is None else self.what)

    def _make_times(self, timing: Timing) -> None:
        self.every = Segmented(
            [(_("Daily"), "daily"), (_("Weekly"), "weekly"), (_("Monthly"), "monthly")], timing.every
        )
        self.weekday = Choice([(words, at) for at, words in enumerate(weekdays())], timing.weekday)
        days = [
            (_("day {n}").format(n=day) if day < _LAST_DAY else _("last day"), day) for day in range(1, _LAST_DAY + 1)
        ]
        self.day = Choice(days, timing.day)
        clocks = sorted({*_QUARTERS, timing.at})
        self.at = Choice([(f"{clock:%H:%M}", clock) for clock in clocks], timing.at)
        for control, words in ((self.weekday, _("On which day")), (self.day, _("On which day")), (self.at, _("When"))):
            control.setAccessibleName(words)

    def _show_times(self, every: str) -> None:
        self.weekday.setVisible(every == "weekly")
        self.day.setVisible(every == "monthly")

    def _offer_layouts(self, what: What) -> None:
        self.layouts.set_entries(layouts(self._shop, what), OWN)

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Choose a folder"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def schedule(self) -> NewSchedule:
        """Return what the form says."""
        form = str(self.form.value())
        return NewSchedule(
            self.name.text(),
            self.what.value(),
            self.folder.text(),
            Timing(self.every.value(), self.at.value(), self.weekday.value(), self.day.value()),
            self.segment.value() or "",
            self.layouts.value(),
            "xlsx" if form == "xlsx" else "csv",
            "" if form == "xlsx" else form,
        )
