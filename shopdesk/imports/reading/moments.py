"""When an order was made: one column or two, in the cart's zone or the one that a column names."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from shopdesk import japanese
from shopdesk.imports.reading.cells import text
from shopdesk.imports.reading.files import first_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.imports.carts import Cart
    from shopdesk.imports.headers import Header
    from shopdesk.spreadsheets import Cell


class Moments:
    """The columns of one file that say when."""

    def __init__(self, cart: Cart, header: Header) -> None:
        def places(word: str) -> tuple[int, ...]:
            return cart.sources[word].indexes(header) if word in cart.sources else ()

        self.written = first_of(places("order.date"))
        clock = places("order.time")
        self._clock = first_of(clock) if clock else None
        zones = tuple(index for name in cart.zone_columns if (index := header.index(name)) is not None)
        self._zone_name = first_of(zones) if zones else None
        self._zone = ZoneInfo(cart.zone)
        self._zones = {name: ZoneInfo(key) for name, key in cart.zones.items()}

    def of(self, row: Sequence[Cell]) -> datetime | None:
        """Return the moment in UTC, None where the date cannot be read."""
        zone = self._zone if self._zone_name is None else self._zones.get(text(self._zone_name(row)), self._zone)
        day, clock = self.written(row), None if self._clock is None else japanese.time_of_day(self._clock(row))
        if clock is None:
            return japanese.date_time(day, zone)
        return _at_clock(day, clock, zone)


@lru_cache(maxsize=1 << 12, typed=True)
def _at_clock(day: Cell, clock: timedelta, zone: ZoneInfo) -> datetime | None:
    """A date that has a time of day already needs none; the wall clock is put together before the zone is."""
    found = japanese.date_time(day, zone)
    if found is None or found.astimezone(zone).time() != time():
        return found
    wall = found.astimezone(zone).replace(tzinfo=None) + clock
    return japanese.date_time(wall, zone)
