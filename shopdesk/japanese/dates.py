"""Dates and times in every calendar and count that shops and spreadsheets use."""

from __future__ import annotations

import re
from datetime import (  # noqa: N812 - `date` is a function here
    UTC,
    date as Date,
    datetime,
    time as Time,
    timedelta,
    timezone,
    tzinfo,
)

from shopdesk.clock import JAPAN
from shopdesk.japanese.texts import nfkc

Value = str | int | float | bool | Date | datetime | Time | timedelta | None
"""What a cell can hold; blank is None or ''."""


_ERAS = {
    "明治": 1867,
    "大正": 1911,
    "昭和": 1925,
    "平成": 1988,
    "令和": 2018,
    "m": 1867,
    "t": 1911,
    "s": 1925,
    "h": 1988,
    "r": 2018,
}
_DAY = r"(?:(?P<era>明治|大正|昭和|平成|令和|[mtshr])\s*(?P<era_year>\d{1,2}|元)|(?P<year>\d{4}))"
_DAY += r"\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?(?:\s*\([月火水木金土日]\))?"
_CLOCK = r"(?P<half>午前|午後)?\s*(?P<hour>\d{1,2})\s*[:時]\s*(?P<minute>\d{1,2})\s*分?"
_CLOCK += r"(?::?\s*(?P<second>\d{1,2})(?:[.,]\d+)?\s*秒?)?\s*(?P<am>am|pm)?"
_ZONE = r"\s*(?P<zone>z|utc|gmt|jst|[+-]\d{2}:?\d{2})?"
_MOMENT = re.compile(f"{_DAY}(?:(?:\\s*t\\s*|\\s+)?{_CLOCK}{_ZONE})?", re.IGNORECASE)
_COMMON = re.compile(r"\d{4}([-/])\d\d\1\d\d [01]\d:\d\d:\d\d(?: [+-]\d{4})?")
_ONLY_CLOCK = re.compile(_CLOCK, re.IGNORECASE)
_PACKED = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?")
_SERIAL_TEXT = re.compile(r"[1-7]\d{4}(?:\.\d+)?")
_LATE = 29  # shops write 25:30 for half past one at night
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a wall clock, zone added by the caller
_SERIALS = (1, 2_958_466)  # 1900-01-01 … 9999-12-31


def date_time(value: Value, zone: tzinfo = JAPAN) -> datetime | None:
    """Return the moment in UTC, or None. `zone` is the wall clock's where the text names none.

    Takes texts with `-`, `/`, 年月日, 和暦, an offset or Z, packed digits, date cells, and Excel's serials.
    A date alone is its midnight.
    """
    if isinstance(value, str):
        found = _moment(value)
    elif isinstance(value, datetime):
        found = value
    elif isinstance(value, Date):
        found = datetime.combine(value, Time())
    else:
        found = _serial(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
    if found is None:
        return None
    try:
        return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
    except OverflowError:
        return None


def date(value: Value) -> Date | None:
    """Return the calendar day, or None; a time beside it is left out."""
    if isinstance(value, str):
        found = _moment(value)
        return found.date() if found else None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, Date):
        return value
    serial = _serial(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
    return serial.date() if serial else None


def time_of_day(value: Value) -> timedelta | None:
    """Return the time since midnight for a column that holds the time alone: `10:15:03`, `103309`, a time cell."""
    if isinstance(value, datetime | Time):
        return timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    if isinstance(value, timedelta):
        return value if timedelta() <= value < timedelta(hours=_LATE + 1) else None
    if isinstance(value, float) and 0 <= value < 1:
        return timedelta(seconds=round(value * 86400))
    text = nfkc(f"{value:06.0f}" if isinstance(value, int | float) else value if isinstance(value, str) else "").strip(
        "' "
    )
    if re.fullmatch(r"\d{5,6}", text):
        text = f"{text[:-4]}:{text[-4:-2]}:{text[-2:]}"
    found = _ONLY_CLOCK.fullmatch(text)
    return _clock(found) if found else None


def _serial(value: float) -> datetime | None:
    if not _SERIALS[0] <= value < _SERIALS[1]:
        return None
    try:
        return _EPOCH + timedelta(days=int(value), seconds=round(value % 1 * 86400))
    except OverflowError:
        return None


def _moment(value: str) -> datetime | None:  # noqa: PLR0911 - one for each way to write it
    if len(value) > 60:  # noqa: PLR2004 - no date is that long
        return None
    text = value if value.isascii() else nfkc(value)
    text = text.strip(" '\t\n")
    if _COMMON.fullmatch(text):  # what carts write, six times faster
        try:
            return datetime.fromisoformat(text[:19].replace("/", "-") + text[20:])
        except ValueError:
            return None
    found = _MOMENT.fullmatch(text)
    try:
        if found is None:
            packed = _PACKED.fullmatch(text)
            if packed:
                return datetime(*(int(part) for part in packed.groups(default="0")))  # type: ignore[arg-type] # noqa: DTZ001
            return _serial(float(text)) if _SERIAL_TEXT.fullmatch(text) else None
        return _built(found)
    except (ValueError, OverflowError):
        return None


def _built(found: re.Match[str]) -> datetime | None:
    era, year = found["era"], found["year"]
    if era:
        counted = 1 if found["era_year"] == "元" else int(found["era_year"])
        year = str(_ERAS[era.lower()] + counted)
    day = datetime(int(year), int(found["month"]), int(found["day"]))  # noqa: DTZ001 - the zone comes below
    if found["hour"] is None:
        return day
    clock = _clock(found)
    return None if clock is None else (day + clock).replace(tzinfo=_zone(found["zone"]))


def _clock(found: re.Match[str]) -> timedelta | None:
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    half = (found["half"] or found["am"] or "").lower()
    if half in {"午後", "pm"} and hour < 12:  # noqa: PLR2004 - the twelve-hour clock
        hour += 12
    elif half in {"午前", "am"} and hour == 12:  # noqa: PLR2004
        hour = 0
    if hour > _LATE or minute > 59 or second > 60:  # noqa: PLR2004 - a leap second is written 60
        return None
    return timedelta(hours=hour, minutes=minute, seconds=second)


def _zone(written: str | None) -> tzinfo | None:
    if written is None:
        return None
    if written[0] not in "+-":
        return JAPAN if written.lower() == "jst" else UTC
    offset = timedelta(hours=int(written[1:3]), minutes=int(written[-2:]))
    return timezone(-offset if written[0] == "-" else offset)
