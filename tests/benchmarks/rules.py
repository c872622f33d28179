"""A seeded set of rules, each as the program's JSON and as the SQL somebody would write by hand in four forms."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from shopdesk.clock import japan_day, start_of_japan_day
from shopdesk.database import milliseconds
from tests.benchmarks.data import PRODUCTS, TOWNS
from tests.benchmarks.large_shop import TAGS
from tests.benchmarks.workplace import NOW

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Asked(NamedTuple):
    """A condition or a rule: what the program is given, and the same by hand in four forms.

    With EXISTS, with IN, with the stored sums, with the customer x product table; '' where that does not answer it.
    """

    said: dict[str, Any]
    exists: str
    inside: str
    summary: str = ""
    bought: str = ""


class Rule(NamedTuple):
    """A rule with its hand-written conditions on `customers c` by form, each text once."""

    said: dict[str, Any]
    by_hand: dict[str, str]


def rules(count: int, seed: int = 11) -> list[Rule]:
    """Return every kind of condition alone, the paper's rule, then drawn ones, up to `count`."""
    draw = random.Random(seed)
    found = [kind(draw) for kind in _KINDS] + [_everything(draw)]
    while len(found) < count:
        parts = [kind(draw) for kind in draw.sample(_KINDS, draw.randint(2, 4))]
        if draw.random() < 0.3:
            parts[0] = _not(parts[0])
        found.append(_group("any" if draw.random() < 0.2 else "all", parts))
    return [Rule(one.said, _forms(one)) for one in found[:count]]


def _forms(one: Asked) -> dict[str, str]:
    forms = {"EXISTS": one.exists, "IN": one.inside, "sums": one.summary, "bought": one.bought}
    return {name: text for name, text in forms.items() if text}


def _group(word: str, parts: Sequence[Asked]) -> Asked:
    """Join the parts form by form; a part without a stored sum is asked by IN beside the sums of the others.

    The customer x product table stands beside the stored sums, too.
    """
    between = " AND " if word == "all" else " OR "
    summed = [part.summary or part.inside for part in parts] if any(part.summary for part in parts) else []
    kept = [part.bought or part.summary or part.inside for part in parts] if any(part.bought for part in parts) else []
    texts = ([part.exists for part in parts], [part.inside for part in parts], summed, kept)
    return Asked({word: [part.said for part in parts]}, *(between.join(f"({one})" for one in text) for text in texts))


def _not(part: Asked) -> Asked:
    texts = (f"NOT ({text})" if text else "" for text in (part.exists, part.inside, part.summary, part.bought))
    return Asked({"not": part.said}, *texts)


def _column(said: dict[str, Any], text: str) -> Asked:
    return Asked(said, text, text, text)


def _since(days: int) -> int:
    return milliseconds(start_of_japan_day(japan_day(NOW) - timedelta(days=days)))


def _day(days: int) -> int:
    return (japan_day(NOW) - date(1970, 1, 1)).days - days


_OF_C = "FROM orders o WHERE o.customer_id = c.id AND NOT o.cancelled"
_GROUPED = (
    "c.id IN (SELECT o.customer_id FROM orders o WHERE NOT o.cancelled{also} GROUP BY o.customer_id HAVING {having})"
)


def _count(draw: random.Random) -> Asked:
    n = draw.randint(2, 8)
    return Asked(
        {"field": "orders.count", "is": "at_least", "value": n},
        f"(SELECT count(*) {_OF_C}) >= {n}",
        _GROUPED.format(also="", having=f"count(*) >= {n}"),
        f"c.orders >= {n}",
    )


def _recent_count(draw: random.Random) -> Asked:
    n, days = draw.randint(2, 4), draw.choice((30, 90, 365))
    also = f" AND o.ordered_at >= {_since(days)}"
    return Asked(
        {"field": "orders.count", "is": "at_least", "value": n, "within_days": days},
        f"(SELECT count(*) {_OF_C}{also}) >= {n}",
        _GROUPED.format(also=also, having=f"count(*) >= {n}"),
        f"c.orders >= {n} AND c.last_order_at >= {_since(days)} AND "
        + _GROUPED.format(also=also, having=f"count(*) >= {n}"),
    )


def _spent(draw: random.Random) -> Asked:
    low = draw.choice((5_000, 20_000, 60_000))
    high = low * draw.choice((2, 4))
    yen = "sum(o.total_yen - o.refunded_yen)"
    return Asked(
        {"field": "orders.spent_yen", "is": "between", "value": [low, high]},
        f"(SELECT {yen} {_OF_C}) BETWEEN {low} AND {high} IS TRUE",
        _GROUPED.format(also="", having=f"{yen} BETWEEN {low} AND {high}"),
        f"c.spent_yen BETWEEN {low} AND {high}",
    )


def _recently_spent(draw: random.Random) -> Asked:
    low, days = draw.choice((5_000, 15_000)), draw.choice((60, 180))
    yen, also = "sum(o.total_yen - o.refunded_yen)", f" AND o.ordered_at >= {_since(days)}"
    return Asked(
        {"field": "orders.spent_yen", "is": "at_least", "value": low, "within_days": days},
        f"coalesce((SELECT {yen} {_OF_C}{also}), 0) >= {low}",
        _GROUPED.format(also=also, having=f"{yen} >= {low}"),
    )


def _came(draw: random.Random) -> Asked:
    since = _since(days := draw.choice((14, 60, 180)))
    return Asked(
        {"field": "orders.last", "is": "within_days", "value": days},
        f"EXISTS (SELECT 1 {_OF_C} AND o.ordered_at >= {since})",
        f"c.id IN (SELECT o.customer_id FROM orders o WHERE NOT o.cancelled AND o.ordered_at >= {since})",
        f"c.last_order_at >= {since} IS TRUE",
    )


def _stays_away(draw: random.Random) -> Asked:
    since = _since(days := draw.choice((30, 120, 365)))
    return Asked(
        {"field": "orders.last", "is": "before_days", "value": days},
        f"EXISTS (SELECT 1 {_OF_C}) AND NOT EXISTS (SELECT 1 {_OF_C} AND o.ordered_at >= {since})",
        _GROUPED.format(also="", having=f"max(o.ordered_at) < {since}"),
        f"c.last_order_at < {since} IS TRUE",
    )


_LINES = "JOIN order_lines l ON l.order_id = o.id JOIN products p ON p.id = l.product_id"


def _bought(draw: random.Random) -> Asked:
    return _bought_of(
        draw.sample([name for name, _, _ in PRODUCTS], draw.choice((1, 1, 3, 20))), draw.choice((None, 90, 365))
    )


def _bought_of(names: list[str], days: int | None) -> Asked:
    also = "" if days is None else f" AND o.ordered_at >= {_since(days)}"
    of = f"p.name IN ({_listed(names)})"
    said = {"field": "orders.product", "is": "bought", "value": names} | ({} if days is None else {"within_days": days})
    return Asked(
        said,
        f"EXISTS (SELECT 1 FROM orders o {_LINES} WHERE o.customer_id = c.id AND NOT o.cancelled{also} AND {of})",
        f"c.id IN (SELECT o.customer_id FROM orders o {_LINES} WHERE NOT o.cancelled{also} AND {of})",
        bought="c.id IN (SELECT b.customer_id FROM customer_products b WHERE b.product_id IN (SELECT p.id FROM products p "
        f"WHERE {of}){'' if days is None else f' AND b.last_day >= {_day(days)}'})",
    )


def _spent_on(draw: random.Random) -> Asked:
    name, low = draw.choice(PRODUCTS)[0], draw.choice((2_000, 9_000))
    asked = f"sum(l.total_yen) >= {low}"
    inner = f"SELECT o.customer_id FROM orders o {_LINES} WHERE NOT o.cancelled AND p.name = '{name}'"
    return Asked(
        {"field": "orders.spent_yen", "is": "at_least", "value": low, "product": name},
        f"coalesce((SELECT {asked} FROM orders o {_LINES} WHERE o.customer_id = c.id AND NOT o.cancelled AND p.name = '{name}'), 0)",
        f"c.id IN ({inner} GROUP BY o.customer_id HAVING {asked})",
        bought="c.id IN (SELECT b.customer_id FROM customer_products b WHERE b.product_id IN (SELECT p.id FROM products p "
        f"WHERE p.name = '{name}') GROUP BY b.customer_id HAVING sum(b.yen) >= {low})",
    )


def _tag(draw: random.Random) -> Asked:
    return _tagged(draw.sample(TAGS, draw.choice((1, 4))))


def _tagged(names: list[str]) -> Asked:
    inner = f"FROM customer_tags ct JOIN tags t ON t.id = ct.tag_id WHERE t.name IN ({_listed(names)})"
    return Asked(
        {"field": "tags", "is": "is", "value": names},
        f"EXISTS (SELECT 1 {inner} AND ct.customer_id = c.id)",
        f"c.id IN (SELECT ct.customer_id {inner})",
    )


def _prefecture(draw: random.Random) -> Asked:
    name = draw.choice(TOWNS)[1]
    return _column({"field": "customer.prefecture", "is": "is", "value": name}, f"c.prefecture = '{name}'")


def _birth_month(draw: random.Random) -> Asked:
    month = draw.randint(1, 12)
    text = f"c.birth_month = {month} IS TRUE"
    return _column({"field": "customer.birth_month", "is": "is", "value": str(month)}, text)


def _sex(draw: random.Random) -> Asked:
    sex = draw.choice(("male", "female"))
    return _column({"field": "customer.sex", "is": "is", "value": sex}, f"c.sex = '{sex}'")


def _line_state(draw: random.Random) -> Asked:
    state = draw.choice(("friend", "blocked", "none"))
    return _column({"field": "line.state", "is": "is", "value": state}, f"c.line_state = '{state}'")


def _consent(draw: random.Random) -> Asked:
    channel = draw.choice(("line", "mail"))
    return _column({"field": f"consent.{channel}", "is": "is", "value": True}, f"c.consent_{channel}")


def _everything(_draw: random.Random) -> Asked:
    """Product in 90 days, spent, tagged, born in November, nothing for 30 days: the rule the paper was measured with."""
    spent = Asked(
        {"field": "orders.spent_yen", "is": "at_least", "value": 10_000},
        f"coalesce((SELECT sum(o.total_yen - o.refunded_yen) {_OF_C}), 0) >= 10000",
        _GROUPED.format(also="", having="sum(o.total_yen - o.refunded_yen) >= 10000"),
        "c.spent_yen >= 10000",
    )
    since = _since(30)
    away = Asked(
        {"field": "orders.last", "is": "before_days", "value": 30},
        f"EXISTS (SELECT 1 {_OF_C}) AND NOT EXISTS (SELECT 1 {_OF_C} AND o.ordered_at >= {since})",
        _GROUPED.format(also="", having=f"max(o.ordered_at) < {since}"),
        f"c.last_order_at < {since} IS TRUE",
    )
    born = _column({"field": "customer.birth_month", "is": "is", "value": "11"}, "c.birth_month = 11 IS TRUE")
    goods = _bought_of([name for name, _, _ in PRODUCTS[:20]], 90)
    return _group("all", [goods, spent, _tagged(list(TAGS[:4])), born, away])


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


_KINDS: tuple[Callable[[random.Random], Asked], ...] = (
    *(_bought, _tag, _count, _recent_count, _spent, _recently_spent, _came, _stays_away, _spent_on),
    *(_prefecture, _birth_month, _sex, _line_state, _consent),
)
