"""応答時間: when the shop is open, and what is said out of hours."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from shopdesk.clock import japan_day
from shopdesk.i18n import _
from shopdesk.settings import Band, OpeningHours
from shopdesk.ui import widgets as w
from shopdesk.ui.answers.occasion import OccasionCard
from shopdesk.ui.answers.tab import Tab
from shopdesk.ui.answers.week import USUAL, DayRow

if TYPE_CHECKING:
    from shopdesk.settings import Bands
    from shopdesk.ui.answers.state import State
    from shopdesk.ui.messages.editors import Studio
    from shopdesk.ui.shop_page import Desk

LIKE_OTHERS, OWN = "like", "own"


class HoursTab(Tab):
    """The week, holidays, single days; everything is kept as soon as it is left, as long as it can be read."""

    def __init__(self, desk: Desk, studio: Studio) -> None:
        super().__init__(desk)
        self._known = ""
        self.on = w.Switch(_("Opening hours"))
        self.on.clicked.connect(self._turn)
        self.days = [DayRow(day) for day in _weekdays()]
        self.same = w.link(_("All days like Monday"), self._like_monday)
        self.holiday_way = w.Choice(
            [(_("Like other days"), LIKE_OTHERS), (_("Hours of their own"), OWN)], LIKE_OTHERS, width=170
        )
        self.holiday = DayRow(_("Holidays"), w.vbox(self.holiday_way, ...))
        self.holiday_way.chosen.connect(lambda _way: self._changed())
        self.single: dict[date, DayRow] = {}
        self._singles = w.vbox(gap="s2")
        self.new_day = w.TextField("", "2026-12-31", width="bubble")
        self.new_field = w.Field(
            _("A day with hours of its own"),
            self.new_day,
            help_text=_("It begins closed; add hours to it where it is only shorter."),
        )
        self.new_day.returnPressed.connect(self._add_day)
        self.closed = OccasionCard(
            _("Out-of-hours message"),
            _("To whoever writes while the shop is closed and gets no other answer; once in six hours."),
            _("Nothing is said out of hours."),
            studio,
        )
        self.closed.write.connect(lambda: self.write.emit("closed_message"))
        self.closed.silence.connect(lambda: self.silence("closed_message"))
        for row in (*self.days, self.holiday):
            row.changed.connect(self._changed)
        self.setLayout(w.vbox(self._week(), self.closed, ..., gap="card_gap"))

    def _week(self) -> w.Narrow:
        add = w.hbox(
            self.new_field, w.vbox("s6", w.Button(_("Add"), icon="plus", does=self._add_day), ...), ..., gap="s3"
        )
        self._box = w.holder(
            w.vbox(
                *self.days,
                w.hbox(..., self.same),
                w.line(),
                self.holiday,
                w.line(),
                self._singles,
                add,
                gap="s2",
                margin=("", "s4", "", ""),
            )
        )
        about = _("In Japan's time. Off: the shop is always open, and nothing is said out of hours.")
        return w.Narrow(w.choice(_("Opening hours"), about, self.on), self._box)

    # What is shown

    def show_state(self, state: State) -> None:
        self.closed.show_kept(state.occasions["closed_message"])
        said = str(state.settings["opening_hours"])
        self.on.setChecked(bool(said))
        self._box.setVisible(bool(said))
        self.closed.setVisible(bool(said))
        if said != self._known:
            self._known = said
            hours = OpeningHours.parse(said)
            if hours is not None:
                self._show(hours)

    def _show(self, hours: OpeningHours) -> None:
        for row, bands in zip(self.days, hours.week, strict=True):
            row.show_bands(bands)
        self.holiday_way.set_value(LIKE_OTHERS if hours.holiday is None else OWN)
        self.holiday.show_bands(hours.holiday or ())
        self.holiday.use(on=hours.holiday is not None)
        w.clear(self._singles)
        self.single = {}
        for day, bands in hours.days:
            self._show_day(day, bands)

    def _show_day(self, day: date, bands: Bands) -> None:
        words = f"{day:%Y-%m-%d}"
        remove = w.icon_button("trash-2", _("Remove {day}").format(day=words), lambda: self._drop_day(day))
        row = self.single[day] = DayRow(words, w.vbox("s1", remove, ...))
        row.show_bands(bands)
        row.changed.connect(self._changed)
        self._singles.addWidget(row)

    # What is changed

    def _turn(self, on: bool) -> None:
        usual = OpeningHours.parse(f"mon-sun {'-'.join(USUAL)}")
        self.keep("opening_hours", str(usual) if on else "")

    def _like_monday(self) -> None:
        bands = self.days[0].read()
        if bands is not None:
            for row in self.days[1:]:
                row.show_bands(bands)
            self._changed()

    def _add_day(self) -> None:
        typed = self.new_day.text().strip()
        try:
            day = date.fromisoformat(typed.replace("/", "-"))
        except ValueError:
            day = None
        wrong = day is None or day < japan_day(self.shop.clock.now())
        self.new_field.set_error(_("Write a day that is to come, like 2026-12-31.") if wrong else "")
        if day is not None and not wrong and day not in self.single:
            self.new_day.clear()
            self._show_day(day, ())
            self._changed()

    def _drop_day(self, day: date) -> None:
        row = self.single.pop(day)
        self._singles.removeWidget(row)
        row.deleteLater()
        self._changed()

    def _changed(self) -> None:
        self.holiday.use(on=self.holiday_way.value() == OWN)
        hours = self.read()
        if hours is not None and str(hours) != self._known:
            self._known = str(hours)
            self.keep("opening_hours", self._known)

    def read(self) -> OpeningHours | None:
        """Return the hours that stand there, None where one of them cannot be read."""
        week = [row.read() for row in self.days]
        holiday: tuple[Band, ...] | None = self.holiday.read() if self.holiday_way.value() == OWN else ()
        single = {day: row.read() for day, row in sorted(self.single.items())}
        sound_week = [one for one in week if one is not None]
        sound_days = [(day, one) for day, one in single.items() if one is not None]
        if holiday is None or len(sound_week) < len(week) or len(sound_days) < len(single):
            return None
        return OpeningHours(tuple(sound_week), holiday if self.holiday_way.value() == OWN else None, tuple(sound_days))


def _weekdays() -> tuple[str, ...]:
    return (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )
