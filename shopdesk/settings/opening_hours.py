"""When a shop is open: several bands a weekday, past midnight too, holidays of Japan, and single days of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple, Self

from shopdesk.clock import in_japan
from shopdesk.errors import InvalidInputError
from shopdesk.i18n import N_, _
from shopdesk.japanese import nfkc

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HOLIDAY, CLOSED = "holiday", "closed"
_DAY_MINUTES = 24 * 60
_QUARTER, _TWO_WEEKS = timedelta(minutes=15), timedelta(days=14)
_KANJI = dict(zip("月火水木金土日", WEEKDAYS, strict=True))
_NAMES = {
    **{name: name for name in (*WEEKDAYS, HOLIDAY)},
    **{written: day for sign, day in _KANJI.items() for written in (sign, f"{sign}曜", f"{sign}曜日")},
    **dict.fromkeys(("祝", "祝日", "holidays"), HOLIDAY),
}
_CLOSED = frozenset({CLOSED, "休", "休み", "休業", "定休", "定休日", "お休み"})
_DATE = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_BAND = re.compile(r"(\d{1,2}):(\d{2})[-–~〜](\d{1,2}):(\d{2})")
_RANGE = re.compile(r"[-–~〜]")
_FORM = N_(
    "Write opening hours like “mon-fri 10:00-14:00,17:00-26:00; sat 10:00-18:00; holiday closed; 2026-12-31 closed”, or leave them empty."
)


class Band(NamedTuple):
    """From `begin` up to `end`, in minutes after midnight in Japan; the end may lie in the next day, up to 48:00."""

    begin: int
    end: int

    def __str__(self) -> str:
        """Write it as it is read."""
        return "-".join(f"{one // 60:02}:{one % 60:02}" for one in self)


Bands = tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """The bands of each weekday from Monday; of holidays, None where they are days like others; and of single days."""

    week: tuple[Bands, ...]
    holiday: Bands | None = None
    days: tuple[tuple[date, Bands], ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read hours as a person types them, in English or Japanese; nothing typed means none: always open.

        Parts are parted by semicolons or lines. A weekday that is not named is closed.

        Raises:
            InvalidInputError: these are no hours.
        """
        parts = [one for one in re.split(r"[;\n]", nfkc(text)) if one.strip()]
        if not parts:
            return None
        said: dict[str | date, Bands] = {}
        for part in parts:
            days, _space, hours = part.strip().partition(" ")
            bands = _bands(hours)
            said |= dict.fromkeys(_days(days), bands)
        exceptions = tuple(sorted((day, bands) for day, bands in said.items() if isinstance(day, date)))
        return cls(tuple(said.get(one, ()) for one in WEEKDAYS), said.get(HOLIDAY), exceptions)

    def __str__(self) -> str:
        """Write them as `parse` reads them: days of the same hours together, then holidays and single days."""
        same: dict[Bands, list[str]] = {}
        for name, bands in zip(WEEKDAYS, self.week, strict=True):
            same.setdefault(bands, []).append(name)
        parts = [(",".join(names), bands) for bands, names in same.items()]
        parts += [(HOLIDAY, self.holiday)] if self.holiday is not None else []
        parts += [(day.isoformat(), bands) for day, bands in self.days]
        return "; ".join(f"{days} {','.join(map(str, bands)) or CLOSED}" for days, bands in parts)

    def of(self, day: date) -> Bands:
        """Return the bands of one day: its own, else those of holidays on one, else its weekday's."""
        own = dict(self.days).get(day)
        if own is not None:
            return own
        if self.holiday is not None and day in holidays_of(day.year):
            return self.holiday
        return self.week[day.weekday()]

    def open_at(self, at: datetime) -> bool:
        """Say whether the shop is open; the small hours after midnight belong to the day before."""
        here = in_japan(at)
        minute, today = here.hour * 60 + here.minute, here.date()
        moments = ((today, minute), (today - timedelta(days=1), minute + _DAY_MINUTES))
        return any(band.begin <= one < band.end for day, one in moments for band in self.of(day))

    def next_moment(self, after: datetime, *, is_open: bool) -> datetime | None:
        """Return a moment from `after` on, to a quarter of an hour, at which the shop is open, or closed; None for none in two weeks."""
        steps = (after + one * _QUARTER for one in range(_TWO_WEEKS // _QUARTER))
        return next((one for one in steps if self.open_at(one) is is_open), None)


@lru_cache(maxsize=16)
def holidays_of(year: int) -> frozenset[date]:
    """Return Japan's holidays of a year, those that stand in for another included; none where they are not known."""
    from holidays.countries.japan import Japan  # noqa: PLC0415 - a second that only shops with hours on holidays pay

    return frozenset(Japan(years=year))


def _days(text: str) -> list[str | date]:
    return [day for one in text.split(",") for day in _span(one.strip().lower())]


def _span(text: str) -> list[str | date]:
    """One day, or a range of weekdays, which may go over Sunday."""
    if found := _DATE.fullmatch(text):
        try:
            return [date(*map(int, found.groups()))]
        except ValueError as wrong:
            raise InvalidInputError(_("There is no day {day}. Write it like 2026-12-31.").format(day=text)) from wrong
    names = [_NAMES.get(one, "") for one in _RANGE.split(text)]
    if len(names) == 1 and names[0]:
        return [names[0]]
    if len(names) != 2 or not set(names) <= set(WEEKDAYS):  # noqa: PLR2004 - from and to
        raise InvalidInputError(_(_FORM))
    first, last = map(WEEKDAYS.index, names)
    return [WEEKDAYS[(first + one) % 7] for one in range((last - first) % 7 + 1)]


def _bands(text: str) -> Bands:
    said = [one for one in re.split(r"[,\s、]+", text) if one]
    if len(said) == 1 and said[0].lower() in _CLOSED:
        return ()
    if not said:
        raise InvalidInputError(_(_FORM))
    return tuple(sorted(map(_band, said)))


def _band(text: str) -> Band:
    found = _BAND.fullmatch(text)
    if found is None:
        raise InvalidInputError(_(_FORM))
    from_hour, from_minute, to_hour, to_minute = map(int, found.groups())
    begin, end = from_hour * 60 + from_minute, to_hour * 60 + to_minute
    if end < begin:  # 22:00-02:00: until two at night
        end += _DAY_MINUTES
    sound = max(from_minute, to_minute) < 60 and begin < end  # noqa: PLR2004 - minutes
    if not sound or begin > 2 * _DAY_MINUTES or end > 2 * _DAY_MINUTES:
        raise InvalidInputError(_(_FORM))
    return Band(begin, end)
