"""What became of a send: how many got it, who saw it, what was tapped; and the units that gather sends."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from shopdesk.clock import japan_day

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

# LINE: the 1,001st name of a month is silently not assigned.
UNITS_A_MONTH = 1000


@dataclass(slots=True)
class Measure:
    """One send, or all sends of one unit on one day: `bubbles` is how many messages it had at most."""

    at: datetime
    bubbles: int
    delivered: int = 0
    reached: frozenset[str] = frozenset()
    seen: set[str] = field(default_factory=set)
    taps: dict[tuple[int, str], list[str]] = field(default_factory=dict)

    def tap(self, bubble: int, url: str, user_id: str) -> None:
        """Note that a person opened an address in the message of that number (from 1)."""
        self.taps.setdefault((bubble, url), []).append(user_id)

    def tappers(self) -> set[str]:
        """Return everybody who opened anything."""
        return {user_id for people in self.taps.values() for user_id in people}


class Measures:
    """The measures of broadcasts and narrowcasts by request id, and of pushes and multicasts by unit and day."""

    def __init__(self) -> None:
        self.requests: dict[str, Measure] = {}
        self._units: dict[tuple[str, date], Measure] = {}
        self._names: defaultdict[tuple[int, int], dict[str, None]] = defaultdict(dict)

    def names(self, now: datetime) -> list[str]:
        """Return this month's unit names in the order of their first use."""
        day = japan_day(now)
        return list(self._names[day.year, day.month])

    def unit(self, name: str, now: datetime, bubbles: int) -> Measure | None:
        """Return today's measure of a unit, a new one where the month still has room, else None."""
        day = japan_day(now)
        names = self._names[day.year, day.month]
        if name not in names and len(names) >= UNITS_A_MONTH:
            return None
        names[name] = None
        measure = self._units.get((name, day))
        if measure is None:
            measure = self._units[name, day] = Measure(now, bubbles)
        measure.bubbles = max(measure.bubbles, bubbles)
        return measure

    def of_unit(self, name: str, first: date, last: date) -> list[Measure]:
        """Return a unit's measures of the days from `first` to `last`."""
        return [one for (unit, day), one in self._units.items() if unit == name and first <= day <= last]

    def of_request(self, request_id: str, now: datetime, bubbles: int, reached: Iterable[str]) -> Measure:
        """Begin the measure of a broadcast or narrowcast."""
        people = frozenset(reached)
        measure = self.requests[request_id] = Measure(now, bubbles, reached=people)
        return measure
