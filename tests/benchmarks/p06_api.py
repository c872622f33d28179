"""P6: from a rule to its count and its people through the program, against the bare driver with the same text."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from shopdesk.segments import parse
from tests.benchmarks.measuring import Taken, Timer, in_turn, least
from tests.benchmarks.plain_import import connect
from tests.benchmarks.results import Line
from tests.benchmarks.workplace import opened

if TYPE_CHECKING:
    from tests.benchmarks.workplace import Workplace

NAME = "P6"
COUNT, IDS = 1.3, 1.1
GOODS = "見本の品 150"
NARROW = {
    "all": [
        {"field": "orders.product", "is": "bought", "value": GOODS},
        {"field": "orders.spent_yen", "is": "at_least", "value": 10_000},
    ]
}
BROAD = {"field": "orders.count", "is": "at_least", "value": 1}


def report(place: Workplace) -> list[Line]:
    """Count a narrow rule, and read everybody whom a broad one takes."""
    home = place.large_home()
    connection = connect(home / "shop.db")
    with opened(home) as shop:
        counted = _compare(connection, lambda: shop.segments.count(parse(NARROW)), place.size.rounds)
        people = len(shop.segments.members(parse(BROAD)))
        read = _compare(connection, lambda: shop.segments.members(parse(BROAD)), place.size.rounds)
    connection.close()
    return [
        Line.of(
            NAME, "rule to count", *counted, COUNT, "anchor: the same text by the driver; ours parses and compiles, too"
        ),
        Line.of(NAME, f"ids of {people:,} people", *read, IDS, "anchor: fetchall"),
    ]


def _compare(connection: Any, ours: Any, rounds: int) -> tuple[Any, Any]:
    statement, values = _last_asked(ours)
    runs = in_turn({"plain": partial(anchor, connection, statement, values), "ours": partial(product, ours)}, rounds)
    return least(runs["plain"]), least(runs["ours"])


def _last_asked(ours: Any) -> tuple[str, Any]:
    seen: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        seen.append((statement, values))

    event.listen(Engine, "before_cursor_execute", note)
    ours()
    event.remove(Engine, "before_cursor_execute", note)
    return seen[-1]


def anchor(connection: Any, statement: str, values: Any) -> Taken:
    """Run the text that the program came to."""
    timer = Timer.start()
    connection.execute(statement, values).fetchall()
    return timer.stop()


def product(ours: Any) -> Taken:
    """Ask the program."""
    timer = Timer.start()
    ours()
    return timer.stop()
