"""How a shop's card works: what gives points, what they bring, how long they live, and how the card looks."""

from __future__ import annotations

import json
from dataclasses import MISSING, asdict, dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any, Literal, get_args

from shopdesk.clock import japan_day, start_of_japan_day
from shopdesk.errors import InvalidInputError
from shopdesk.i18n import _

Expiry = Literal["never", "visit", "earning"]
"""When points are gone: never, some months after the last visit, or some months after they were earned."""
RankBy = Literal["points", "visits"]
STAMPS = ("cake", "star", "cup", "flower", "picture")
COLOURS = ("red", "blue", "green", "brown", "purple", "black")
MOST_POINTS = 1_000_000
MOST_FIELDS = 50
"""A card with more is drawn as a bar: so many stamps are no picture any more."""
_FEW, _SOME = 15, 21
_EXPIRIES, _RANKS_BY = get_args(Expiry), get_args(RankBy)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reward:
    """A coupon that whoever reaches so many points gets, good for some days; `worth_yen` is what it costs the shop."""

    points: int
    coupon_id: int
    days: int = 60
    worth_yen: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rank:
    """Who has at least so many points or visits within a year earns this percentage of the usual points."""

    name: str
    least: int
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The rules of a card.

    `per_yen`: a point for each so many yen (0: none). Limits a day are points, 0 for none. `paper_rewards`: a printed code
    may use points too. What a rank's percentage gives beyond whole points waits on the card and does not expire. A reward at
    `goal` points uses them up and the card starts anew; without one, points only grow.
    `notice`: friends on LINE are told so many days before points expire, in the shop's own words where it has any (`notice_text`).
    """

    per_visit: int = 1
    per_yen: int = 0
    goal: int = 10
    welcome: int = 0
    rewards: tuple[Reward, ...] = ()
    ranks: tuple[Rank, ...] = ()
    rank_by: RankBy = "points"
    expiry: Expiry = "never"
    expiry_months: int = 12
    notice: bool = False
    notice_days: int = 30
    notice_text: str = ""
    once_a_day: bool = False
    card_day_limit: int = 0
    staff_day_limit: int = 0
    paper_rewards: bool = False
    stamp: str = "star"
    colour: str = "red"
    picture: str = ""

    @property
    def goal_reward(self) -> Reward | None:
        """The reward for a full card."""
        return next((one for one in self.rewards if one.points == self.goal), None)

    @property
    def across(self) -> int:
        """How many fields stand in a row: 5, 7 or 10."""
        return 5 if self.goal <= _FEW else 7 if self.goal <= _SOME else 10

    @property
    def extends(self) -> bool:
        """Whether a visit lets the points from before live on."""
        return self.expiry != "earning"

    def until(self, now: datetime) -> datetime | None:
        """Return when points that are earned now expire: midnight in Japan after their last day, None for never."""
        if self.expiry == "never":
            return None
        return start_of_japan_day(months_after(japan_day(now), self.expiry_months) + timedelta(days=1))

    def rank(self, points: int, visits: int) -> Rank | None:
        """Return the highest rank that points or visits of a year reach."""
        reached = points if self.rank_by == "points" else visits
        return max((one for one in self.ranks if one.least <= reached), key=lambda one: one.least, default=None)

    def worth(self, visits: int, yen: int, percent: int) -> int:
        """Return what visits and yen are worth at a rank's percentage, in hundredths of a point."""
        usual = visits * self.per_visit + (yen // self.per_yen if self.per_yen else 0)
        return usual * percent


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, or the last of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1)  # noqa: PLR2004 - December, counted from 0
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), first_of_next - timedelta(days=1))


def dump(rules: Rules) -> dict[str, Any]:
    """Return rules as JSON has them."""
    return asdict(rules) | {"rewards": [*map(asdict, rules.rewards)], "ranks": [*map(asdict, rules.ranks)]}


def stored(rules: Rules) -> str:
    """Return rules as they are kept."""
    return json.dumps(dump(rules), ensure_ascii=False)


def parse(said: Any) -> Rules:
    """Return the rules that a JSON object says; what it leaves out is as in `Rules`.

    Raises:
        InvalidInputError: a name or a value is not one of a rule, or rules contradict each other.
    """
    rules = Rules(**_values(Rules, said))
    _require_numbers(rules)
    _require_words(rules)
    _require_steps([one.points for one in rules.rewards], rules.goal)
    _require_steps([one.least for one in rules.ranks], MOST_POINTS)
    return rules


def _values(kind: type[Any], said: Any) -> dict[str, Any]:
    known = {one.name: one for one in fields(kind)}
    if not isinstance(said, dict) or said.keys() - known:
        named = ", ".join(known)
        raise InvalidInputError(_("A card's rules are a JSON object of: {names}.").format(names=named))
    values = {name: _value(name, value) for name, value in said.items()}
    for name, one in known.items():
        if name not in values and one.default is MISSING:
            raise _wrong(name)
        if name in values and one.default is not MISSING and type(values[name]) is not type(one.default):
            raise _wrong(name)
    return values


def _value(name: str, value: Any) -> Any:
    inner = {"rewards": Reward, "ranks": Rank}.get(name)
    if inner is None:
        return value
    if not isinstance(value, list):
        raise _wrong(name)
    return tuple(inner(**_values(inner, one)) for one in value)


def _require_numbers(rules: Rules) -> None:
    """Every number is a whole one within bounds that no shop needs to leave."""
    bounds = {"goal": (1, 1_000), "expiry_months": (1, 120), "notice_days": (0, 365)}
    for name, value in asdict(rules).items():
        least, most = bounds.get(name, (0, MOST_POINTS))
        if type(value) is int and not least <= value <= most:
            raise _wrong(name)
    steps = [*((one.points, 1, rules.goal) for one in rules.rewards), *((one.days, 1, 3_650) for one in rules.rewards)]
    steps += [(one.worth_yen, 0, MOST_POINTS) for one in rules.rewards]
    steps += [
        *((one.coupon_id, 1, 2**63 - 1) for one in rules.rewards),
        *((one.least, 0, MOST_POINTS) for one in rules.ranks),
    ]
    steps += [(one.percent, 0, 1_000) for one in rules.ranks]
    for number, least, most in steps:
        if type(number) is not int or not least <= number <= most:
            raise _wrong("rewards, ranks")


def _require_words(rules: Rules) -> None:
    choices = {"expiry": _EXPIRIES, "rank_by": _RANKS_BY, "stamp": STAMPS, "colour": COLOURS}
    for name, allowed in choices.items():
        if getattr(rules, name) not in allowed:
            raise InvalidInputError(
                _("{name} must be one of: {choices}.").format(name=name, choices=", ".join(allowed))
            )
    if any(type(one.name) is not str or not one.name.strip() for one in rules.ranks):
        raise _wrong("ranks")
    if (rules.stamp == "picture") != bool(rules.picture):
        raise _wrong("picture")


def _require_steps(steps: list[int], most: int) -> None:
    if len(set(steps)) < len(steps) or any(one > most for one in steps):
        raise InvalidInputError(
            _("Two rewards or ranks stand at the same number, or one above the goal. Give each its own.")
        )


def _wrong(name: str) -> InvalidInputError:
    return InvalidInputError(_("“{name}” is missing or cannot be so in a card's rules. Correct it.").format(name=name))
