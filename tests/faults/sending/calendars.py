"""E2: zones of the computer that fold and gap, year ends, 29 February, hours past midnight: stored in UTC, fired once."""

from __future__ import annotations

import os
import time as clocks
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from random import Random

from sqlalchemy import text

from shopdesk.clock import JAPAN
from shopdesk.due import run_due
from shopdesk.exports.timing import Timing
from tests.faults.cases import Check
from tests.faults.sending.stage import Lent, Scene, Stage

ZONES = (
    ("Asia/Tokyo", "Asia/Tokyo"),
    ("UTC", "UTC"),
    ("America/New_York", "America/New_York"),
    ("Australia/Lord_Howe", "Australia/Lord_Howe"),
    ("America/New_York", "Asia/Tokyo"),  # changed while it runs
)
MINUTE = timedelta(minutes=1)
PEOPLE = 3


@dataclass(frozen=True)
class Moment:
    """When it is to go out, by the wall clock in Japan; with quiet hours it goes out at their end."""

    at: datetime
    quiet: str = ""
    until: datetime | None = None


def _japan(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=JAPAN)  # type: ignore[misc,arg-type]


MOMENTS = (
    Moment(_japan(2026, 12, 31, 23, 59)),
    Moment(_japan(2027, 1, 1)),
    Moment(_japan(2027, 1, 1, 0, 30)),
    Moment(_japan(2028, 2, 29, 12)),
    Moment(_japan(2028, 2, 29)),
    Moment(_japan(2028, 3, 1)),
    Moment(_japan(2027, 11, 7, 14, 30)),  # 1:30 in New York, for the first time
    Moment(_japan(2027, 11, 7, 15, 30)),  # and for the second
    Moment(_japan(2027, 3, 14, 16)),  # New York leaps from 2:00 to 3:00
    Moment(_japan(2027, 4, 4, 0)),  # Lord Howe falls back by half an hour
    Moment(_japan(2026, 12, 31, 23, 30), "22:00-02:00", _japan(2027, 1, 1, 2)),
    Moment(_japan(2028, 2, 29, 0, 30), "00:00-02:00", _japan(2028, 2, 29, 2)),
)


def dated(stage: Lent) -> Callable[[int, Random], Check]:
    """Return the maker of the cases: 5 zones × 12 moments, then random ones."""

    def make(number: int, random: Random) -> Check:
        zone, moment = divmod(number % (len(ZONES) * len(MOMENTS)), len(MOMENTS))
        when = MOMENTS[moment]
        if number >= len(ZONES) * len(MOMENTS):
            when = Moment(_japan(2027, 1, 1) + random.randint(0, 1_000_000) * MINUTE)
        return lambda folder: fire(stage(), folder, ZONES[zone], when)

    return make


def fire(stage: Stage, folder: Path, zones: tuple[str, str], moment: Moment) -> None:
    """Schedule in one zone, live in the other; it goes out at its minute in Japan, and never again."""
    goes = moment.until or moment.at
    with _zone(zones[0]), stage.scene(folder, PEOPLE, at=moment.at - timedelta(days=2)) as scene:
        scene.shop.settings.set("quiet_hours", moment.quiet)
        made = scene.draft("multicast", at=moment.at)
        assert _stored(scene, made) == int(moment.at.timestamp() * 1000)
        with _zone(zones[1]):
            status = scene.shop.broadcasts.status(made)
            assert status.scheduled_at == moment.at
            assert status.scheduled_at.tzinfo is UTC
            assert Timing("daily", time(moment.at.hour, moment.at.minute)).after(moment.at - MINUTE) == moment.at
            _at(scene, goes - MINUTE)
            assert sum(scene.received()) == 0
            for later in (timedelta(), MINUTE, timedelta(hours=1), timedelta(days=1), timedelta(days=365)):
                _at(scene, goes + later)
                assert scene.received() == [1] * PEOPLE, later
            scene.sound()


def _stored(scene: Scene, made: int) -> int:
    with scene.shop.database.read() as session:
        return int(session.scalar(text("SELECT scheduled_at FROM broadcasts WHERE id = :id"), {"id": made}) or 0)


def _at(scene: Scene, moment: datetime) -> None:
    scene.later(moment - scene.pc.now())
    run_due(scene.shop)


@contextmanager
def _zone(name: str) -> Iterator[None]:
    """Live in a zone: what the computer's own clock shows, where the system lets a process choose."""
    before = os.environ.get("TZ")
    _live_in(name)
    try:
        yield
    finally:
        _live_in(before)


def _live_in(name: str | None) -> None:
    if name is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = name
    if hasattr(clocks, "tzset"):
        clocks.tzset()
