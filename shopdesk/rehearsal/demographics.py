"""Who the made-up friends are: sex, age, prefecture, phone and length of friendship, always the same for the same id."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

AGES = ("from0to14", *(f"from{low}to{low + 4}" for low in range(15, 70, 5)), "from70")
PERIODS = ("within7days", "within30days", "within90days", "within180days", "within365days", "over365days")
# LINE's words in a filter, by the place of the group that begins there.
AGE_STARTS = {f"age_{low}": place for place, low in enumerate(range(15, 71, 5), 1)}
PERIOD_STARTS = {f"day_{days}": place for place, days in enumerate((7, 30, 90, 180, 365), 1)}
AREAS = tuple(f"jp_{number:02}" for number in range(1, 48))


@dataclass(frozen=True, slots=True)
class Demographic:
    """One person: `age` and `period` are places in AGES and PERIODS."""

    gender: str
    age: int
    area: str
    app_type: str
    period: int


def demographic(user_id: str) -> Demographic:
    """Return what LINE would believe of this person."""
    chance = hashlib.sha256(f"who is {user_id}".encode()).digest()
    return Demographic(
        gender="female" if chance[0] % 5 else "male",
        age=2 + chance[1] % 11,
        area=AREAS[12 if chance[2] % 3 else chance[3] % len(AREAS)],
        app_type="ios" if chance[4] % 5 < 3 else "android",  # noqa: PLR2004 - three of five
        period=min(chance[5] % 8, len(PERIODS) - 1),
    )
