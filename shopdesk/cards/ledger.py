"""The points of one card as its entries tell them: lots, each with its own expiry, of which the first to expire goes first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_NEVER = datetime.max.replace(tzinfo=UTC)


class Movement(NamedTuple):
    """An entry as far as points are concerned. `target_id` is the entry that it takes back, whole or in part."""

    id: int
    at: datetime
    kind: str
    points: int
    until: datetime | None = None
    extends: bool = False
    target_id: int | None = None
    hundredths: int = 0


@dataclass(slots=True)
class Lot:
    """Points that one entry gave: how many are left, and until when (None: for ever)."""

    entry_id: int
    at: datetime
    until: datetime | None
    left: int = 0


class Ledger:
    """What a card's entries add up to, one entry after the other."""

    def __init__(self, movements: Iterable[Movement] = ()) -> None:
        self._lots: dict[int, Lot] = {}
        self._given: dict[int, int] = {}
        self._taken: dict[int, list[tuple[int, int]]] = {}
        self._expired: Counter[int] = Counter()
        self._taken_back: Counter[int] = Counter()
        self.hundredths = 0
        """What the entries were worth beyond their points: below zero where a point they had made up together stays after one was taken back."""
        for one in movements:
            self.add(one)

    @property
    def balance(self) -> int:
        """All points that are left."""
        return sum(lot.left for lot in self._lots.values())

    @property
    def next_expiry(self) -> datetime | None:
        """When the first of the points that are left expire; None where none ever do."""
        return min((lot.until for lot in self.open_lots() if lot.until is not None), default=None)

    def open_lots(self) -> list[Lot]:
        """Return the lots that have points left, in the order in which they are used: by expiry, time, entry."""
        return sorted((lot for lot in self._lots.values() if lot.left), key=_order)

    def lapsed(self, now: datetime) -> int:
        """Return how many points have expired by `now` and are not written off yet."""
        return sum(lot.left for lot in self._lots.values() if (lot.until or _NEVER) <= now)

    def left_of(self, entry_id: int) -> int:
        """Return how many of the points that an entry gave are still there."""
        return self._lots[entry_id].left if entry_id in self._lots else 0

    def returnable(self, entry_id: int) -> int:
        """Return how many points taking an entry back would move: what it took; or what it gave and neither expired nor was taken back."""
        if entry_id in self._taken:
            return sum(points for _lot, points in self._taken[entry_id])
        return max(0, self._given.get(entry_id, 0) - self._expired[entry_id] - self._taken_back[entry_id])

    def last_until(self, entry_id: int) -> datetime | None:
        """Return the latest expiry among the lots that an entry took from."""
        latest = max((self._lots[lot].until or _NEVER for lot, _points in self._taken[entry_id]), default=_NEVER)
        return None if latest == _NEVER else latest

    def add(self, one: Movement) -> None:
        """Take in the next entry. A negative one takes at most what is left: the database sees to it that nothing asks for more."""
        self.hundredths += one.hundredths
        if one.extends:
            self._extend(one)
        if one.points < 0:
            self._take(one)
        elif one.target_id in self._taken:
            for lot, points in self._taken[one.target_id]:
                self._lots[lot].left += points
        else:
            self._lots[one.id] = Lot(one.id, one.at, one.until, one.points)
            self._given[one.id] = one.points

    def _extend(self, one: Movement) -> None:
        """Let what has not expired live as long as what a visit gives: no point is ever shortened by it."""
        for lot in self._lots.values():
            if lot.until is not None and lot.until > one.at:
                lot.until = None if one.until is None else max(lot.until, one.until)

    def _take(self, one: Movement) -> None:
        """Take from the lot that is taken back, then from those that expire first."""
        wanted, taken = -one.points, []
        lots = sorted(self.open_lots(), key=lambda lot: lot.entry_id != one.target_id)
        for lot in lots:
            part = min(lot.left, wanted)
            if part:
                lot.left -= part
                wanted -= part
                taken.append((lot.entry_id, part))
        self._taken[one.id] = taken
        if one.kind == "expire":
            self._expired.update(dict(taken))
        if one.target_id is not None:
            self._taken_back[one.target_id] -= one.points


def _order(lot: Lot) -> tuple[datetime, datetime, int]:
    return (lot.until or _NEVER, lot.at, lot.entry_id)
