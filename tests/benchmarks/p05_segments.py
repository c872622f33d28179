"""P5: the SQL that rules are compiled to, against the fastest of what one would write by hand, over a seeded set of rules."""

from __future__ import annotations

from math import inf
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlcipher3.dbapi2 import OperationalError

from shopdesk.segments import parse
from shopdesk.segments.queries import counted
from shopdesk.segments.sizes import Sizes
from tests.benchmarks import duck_shop
from tests.benchmarks.measuring import in_turn
from tests.benchmarks.plain_import import connect
from tests.benchmarks.results import Figure, Line
from tests.benchmarks.rules import Rule, rules
from tests.benchmarks.workplace import NOW, opened

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.shop import Shop
    from tests.benchmarks.workplace import Workplace

NAME = "P5"
GOAL = 1.5
HALF_TO_DUCK = 0.5
WORST_TO_DUCK = 1.5
SHOWN = 3
PATIENCE = 5.0
"""Seconds after which a form is given up; some of those by hand would take hours."""
HOPELESS = 2.0
"""A form that took so many times the fastest in the first round is not run again: it is not the fastest."""


class Compared(NamedTuple):
    """One rule: the fastest hand-written form, the program's and DuckDB's, in seconds."""

    rule: Rule
    form: str
    anchor: float
    product: float
    duck: float

    @property
    def ratio(self) -> float:
        """Product / anchor."""
        return self.product / self.anchor

    @property
    def to_duck(self) -> float:
        """Product / DuckDB."""
        return self.product / self.duck


def anchor(connection: Any, condition: str) -> float:
    """Count by hand; return the seconds."""
    return _seconds(connection, f"SELECT count(*) FROM customers c WHERE {condition}", ())


def product(connection: Any, statement: str, values: Any) -> float:
    """Count with the text that a rule was compiled to; return the seconds."""
    return _seconds(connection, statement, values)


def report(place: Workplace) -> list[Line]:
    """Measure rule by rule, the forms in turn; show the worst."""
    home = place.large_home()
    connection = connect(home / "shop.db")
    duck = duck_shop.copied(connection, place.folder)
    with opened(home) as shop:
        found = [
            _compare((connection, duck), rule, *_compiled(shop, rule), place.size.rounds)
            for rule in rules(place.size.rules)
        ]
    duck.close()
    connection.close()
    found.sort(key=lambda one: one.ratio, reverse=True)
    missed = sum(one.ratio > GOAL for one in found)
    size = f"{place.size.customers:,} customers"
    return [
        _line(f"worst of {len(found)} rules, {size}", found[0], f"{missed} of {len(found)} miss the goal; "),
        *(_line("next worst", one) for one in found[1:SHOWN]),
        Line(NAME, "half of the rules are below", None, None, None, median(one.ratio for one in found)),
        *_against_duckdb(found),
    ]


def _against_duckdb(found: list[Compared]) -> list[Line]:
    half = median(one.to_duck for one in found)
    worst = max(found, key=lambda one: one.to_duck)
    missed = sum(one.to_duck > WORST_TO_DUCK for one in found)
    figures = (Figure(seconds * 1000, "ms") for seconds in (worst.duck, worst.product))
    note = f"{missed} of {len(found)} miss the goal; {_short(worst.rule)}"
    slowest = max(found, key=lambda one: one.product)
    return [
        Line(
            NAME, "DuckDB native, 2 threads: half of the rules", None, None, HALF_TO_DUCK, half, "median of the ratios"
        ),
        Line.of(NAME, "DuckDB native, 2 threads: worst", *figures, WORST_TO_DUCK, note),
        Line(NAME, "slowest count", None, Figure(slowest.product * 1000, "ms"), None, None, _short(slowest.rule)),
    ]


def _line(what: str, one: Compared, note: str = "") -> Line:
    figures = (Figure(seconds * 1000, "ms") for seconds in (one.anchor, one.product))
    return Line.of(NAME, what, *figures, GOAL, f"{note}best by hand: {one.form}; {_short(one.rule)}")


def _short(rule: Rule) -> str:
    return str(rule.said).replace("'", "")[:120]


def _compiled(shop: Shop, rule: Rule) -> tuple[str, Any]:
    """The text and the values that reach the driver, without what making them costs: that is another goal's."""
    seen: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        seen.append((statement, values))

    with shop.database.read() as session:
        query = counted(parse(rule.said), NOW, Sizes(session))
        event.listen(Engine, "before_cursor_execute", note)
        session.execute(query)
        event.remove(Engine, "before_cursor_execute", note)
    return next(one for one in seen if one[0].startswith("SELECT"))


def _compare(engines: tuple[Any, Any], rule: Rule, statement: str, values: Any, rounds: int) -> Compared:
    connection, duck = engines
    wanted = connection.execute(statement, values).fetchone()[0]
    first = {form: _first(connection, rule, form, wanted) for form in rule.by_hand}
    by_set = f"SELECT count(*) FROM customers c WHERE {rule.by_hand['EXISTS']}"
    assert duck.execute(by_set).fetchone()[0] == wanted, f"DuckDB counts others: {rule.said}"
    sides: dict[str, Callable[[], float]] = {
        form: lambda condition=rule.by_hand[form]: anchor(connection, condition)  # type: ignore[misc]
        for form, seconds in first.items()
        if seconds <= HOPELESS * min(first.values())
    }
    others = {"DuckDB": lambda: _seconds(duck, by_set, ()), "ours": lambda: product(connection, statement, values)}
    runs = in_turn({**sides, **others}, rounds)
    best = {form: min(its) for form, its in runs.items()}
    form = min(sides, key=best.__getitem__)
    return Compared(rule, form, best[form], best["ours"], best["DuckDB"])


def _first(connection: Any, rule: Rule, form: str, wanted: int) -> float:
    """Try a form once: its seconds, endless where it takes longer than `PATIENCE`."""
    begun = perf_counter()
    connection.set_progress_handler(lambda: perf_counter() - begun > PATIENCE, 100_000)
    try:
        counted = connection.execute(f"SELECT count(*) FROM customers c WHERE {rule.by_hand[form]}").fetchone()[0]
    except OperationalError:
        return inf
    finally:
        connection.set_progress_handler(None, 0)
    assert counted == wanted, f"{form} counts others: {rule.said}"
    return perf_counter() - begun


def _seconds(connection: Any, statement: str, values: Any) -> float:
    begun = perf_counter()
    connection.execute(statement, values).fetchall()
    return perf_counter() - begun
