"""Opening hours as guests read them: days of the same hours together, then holidays, then single days that differ. Pure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from shopdesk.i18n import N_, for_customers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from shopdesk.settings import Bands, OpeningHours

_DAYS = "月火水木金土日"
_AHEAD = timedelta(days=60)


def week(opening: OpeningHours) -> Iterator[tuple[str, str]]:
    """Yield days and their hours, following days of the same hours together; holidays where they have their own."""
    first = 0
    for one in range(1, len(_DAYS) + 1):
        if one == len(_DAYS) or opening.week[one] != opening.week[first]:
            last = one - 1
            between = "" if first == last else "・" if last == first + 1 else "〜"
            yield f"{_DAYS[first]}{between}{_DAYS[last] if between else ''}", said(opening.week[first])
            first = one
    if opening.holiday is not None:
        yield for_customers(N_("Holidays")), said(opening.holiday)


def closed_days(opening: OpeningHours, today: date) -> Iterator[str]:
    """Yield the single days of the next two months that have hours of their own."""
    for day, bands in opening.days:
        if today <= day <= today + _AHEAD:
            yield f"{day.month}/{day.day}（{_DAYS[day.weekday()]}） {said(bands)}"


def said(bands: Bands) -> str:
    """Return the hours of a day; those after midnight as shops write them, 26:00."""
    return "、".join(str(one).replace("-", "〜") for one in bands) or for_customers(N_("Closed"))
