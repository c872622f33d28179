"""P12: a jump to anywhere in a long sorted list, against the same view with all rows in memory; another sorting's first page."""

from __future__ import annotations

import random
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication

from shopdesk.customers import Condition, CustomerRowView, Filter
from shopdesk.ui import widgets as w
from shopdesk.ui.appearance import Appearance
from shopdesk.ui.tasks import Tasks
from shopdesk.ui.widgets.listing import PAGE, Rows
from tests.benchmarks.measuring import fresh, in_turn, quantile
from tests.benchmarks.plain_import import connect
from tests.benchmarks.results import Figure, Line
from tests.benchmarks.workplace import opened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.shop import Shop
    from tests.benchmarks.workplace import Workplace

NAME = "P12"
GOAL, GOAL_SORT = 1.3, 0.1
_CHOSEN = Filter(conditions=(Condition("line", "equal", "friend"),), sort="spent_yen")
_OFFSET = (
    "SELECT id, name, kana, line_state, orders, spent_yen, last_order_at, sort_key FROM customers "
    f"ORDER BY phone, name_fold, id LIMIT {PAGE} OFFSET ?"
)


class InMemory(Rows[CustomerRowView]):
    """Rows that are all here."""

    def __init__(self, tasks: Tasks, rows: Sequence[CustomerRowView]) -> None:
        super().__init__(tasks)
        self._all = rows

    def row(self, at: int) -> CustomerRowView | None:
        """Return a row at once."""
        return self._all[at]

    known = row


def anchor(card: w.ListCard[Any], at: int) -> float:
    """Jump in the list that is in memory; return the milliseconds until its rows are painted."""
    return _jump(card, at)[0]


def product(card: w.ListCard[Any], at: int) -> tuple[float, float]:
    """Jump in the program's list: milliseconds until its rows are painted, and the longest that the screen was busy."""
    return _jump(card, at)


def report(place: Workplace) -> list[Line]:
    """Measure in a process of its own."""
    said = fresh("p12_jumps:fresh_jumps", str(place.large_home()), place.size.rounds, place.size.jumps)
    size, found = f"{said['rows']:,} sorted, filtered rows", said["found"]
    return [
        Line.of(NAME, f"jump in {size}, p99", *_milliseconds(found["memory p99"], found["ours p99"]), GOAL, "until the rows are painted"),
        Line.of(NAME, "the same, p50", *_milliseconds(found["memory p50"], found["ours p50"]), None),
        Line.of(
            NAME, "longest the screen is busy with it, p99", *_milliseconds(found["memory p99"], found["busy p99"]), None,
            "the page is read in a thread",
        ),
        Line.of(
            NAME, "another sorting's first page", *_milliseconds(found["offset"], found["sort"]), GOAL_SORT,
            "anchor: OFFSET of an unindexed sort, the query alone",
        ),
    ]  # fmt: skip


def _milliseconds(*values: float) -> tuple[Figure, Figure]:
    one, other = (Figure(value, "ms") for value in values)
    return one, other


def fresh_jumps(_started: float, home: str, rounds: int, jumps: int) -> dict[str, Any]:
    """Measure both lists in turn, jump by jump; then the change of sorting."""
    app = QApplication([])
    appearance = Appearance(app, "light")
    tasks = Tasks()
    with opened(Path(home)) as shop:
        count = shop.customers.count(_CHOSEN)
        ours, memory = _card(tasks), _card(tasks)
        ours.show_listing(_listing(shop, _CHOSEN))
        memory.model.rows = _in_memory(memory, tasks, shop.customers.page(_CHOSEN, None, count))
        tasks.settle(120)
        found = _jumps(ours, memory, random.Random(5).sample(range(count), min(jumps, count)), rounds)
        found |= _sorts(shop, ours, tasks, Path(home), rounds)
        tasks.close()
    del appearance
    return {"rows": count, "found": found}


def _jumps(ours: w.ListCard[Any], memory: w.ListCard[Any], places: list[int], rounds: int) -> dict[str, float]:
    found: dict[str, list[float]] = {}
    for _ in range(rounds):  # never both at one place: the second would find the first one's words measured
        pairs = [(anchor(memory, at), *product(ours, other)) for at, other in zip(places, places[::-1], strict=True)]
        for name, values in zip(("memory", "ours", "busy"), map(list, zip(*pairs, strict=True)), strict=True):
            for part in (50, 99):
                found.setdefault(f"{name} p{part}", []).append(quantile(values, part / 100))
    return {name: min(values) for name, values in found.items()}


def _sorts(shop: Shop, card: w.ListCard[Any], tasks: Tasks, home: Path, rounds: int) -> dict[str, float]:
    connection = connect(home / "shop.db")
    places = iter(random.Random(6).choices(range(shop.customers.count() // 2, shop.customers.count()), k=rounds))
    turned = iter([Filter(sort="orders"), Filter(sort="name", descending=False)] * rounds)

    def offset() -> float:
        begun = perf_counter()
        connection.execute(_OFFSET, (next(places),)).fetchall()
        return (perf_counter() - begun) * 1000

    def sort() -> float:
        shown: list[bool] = []
        told = card.model.rows.started.connect(lambda _replaced: shown.append(True))
        begun = perf_counter()
        card.show_listing(_listing(shop, next(turned)))
        while not shown:
            QApplication.processEvents()
        card.table.viewport().repaint()
        taken = (perf_counter() - begun) * 1000
        card.model.rows.started.disconnect(told)
        tasks.settle(120)
        return taken

    runs = in_turn({"offset": offset, "sort": sort}, rounds)
    connection.close()
    return {name: min(values) for name, values in runs.items()}


def _jump(card: w.ListCard[Any], at: int) -> tuple[float, float]:
    table = card.table
    begun = perf_counter()
    table.verticalScrollBar().setValue(at * table.rowHeight(0))
    table.viewport().repaint()
    busy = [perf_counter() - begun]
    while not _all_here(card):
        came = perf_counter()
        QApplication.processEvents()
        if _all_here(card):
            table.viewport().repaint()
        busy.append(perf_counter() - came)
    return (perf_counter() - begun) * 1000, max(busy) * 1000


def _all_here(card: w.ListCard[Any]) -> bool:
    table, last = card.table, card.model.rowCount() - 1
    first, bottom = table.rowAt(0), table.rowAt(table.viewport().height() - 1)
    return all(card.model.rows.known(row) is not None for row in range(first, (last if bottom < 0 else bottom) + 1))


def _listing(shop: Shop, chosen: Filter) -> w.Listing[CustomerRowView]:
    def fetch(after: Any, limit: int) -> Sequence[CustomerRowView]:
        return shop.customers.page(chosen, after, limit)

    return w.Listing(lambda: shop.customers.count(chosen), lambda step: shop.customers.anchors(chosen, step), fetch)


def _card(tasks: Tasks) -> w.ListCard[CustomerRowView]:
    columns: list[w.Column[CustomerRowView]] = [
        w.Column("お名前", lambda one: w.Cell(one.name, bold=True, second=one.kana)),
        w.Column("LINE", lambda one: w.Cell(badge=w.Mark("友だち", dot=True) if one.line == "friend" else None), 104),
        w.Column("注文", lambda one: f"{one.orders} 回", 80, w.RIGHT),
        w.Column("合計", lambda one: f"{one.spent_yen:,} 円", 140, w.RIGHT),
        w.Column("最後", lambda one: f"{one.last_order_at:%Y-%m-%d}" if one.last_order_at else "", 120, w.RIGHT),
    ]
    empty = w.EmptyState("users", "まだいません")
    card = w.ListCard(columns, lambda one: one.id, tasks, empty=empty, sentence=str, checks=True)
    card.resize(1_000, 700)
    card.show()
    return card


def _in_memory(card: w.ListCard[Any], tasks: Tasks, rows: Sequence[CustomerRowView]) -> InMemory:
    """Let a card show rows that are here: its own machinery tells the view how many, then is put aside."""
    card.show_listing(w.fixed(rows))
    tasks.settle(120)
    return InMemory(tasks, rows)
