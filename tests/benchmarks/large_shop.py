"""The shop that rules, lists and windows are measured in: three orders and six lines a customer, written straight into the tables."""

from __future__ import annotations

import random
from itertools import islice
from typing import TYPE_CHECKING, Any

from tests.benchmarks.data import FAMILIES, GIVEN, PRODUCTS, TOWNS
from tests.benchmarks.plain_import import NOW_MS, connect

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

DAY_MS = 86_400_000
DAYS = 1_000
TAGS = tuple(f"しるし{n:02d}" for n in range(50))
_PORTION = 100_000
_CUSTOMER = (
    "INSERT INTO customers (id, name, kana, name_fold, kana_fold, sort_key, search_text, email, phone, postal, prefecture, address, "
    "birth_month, sex, note, consent_line, consent_mail, line_state, orders, spent_yen, created_at, changed_at) "
    "VALUES (?, ?, '', ?, '', ?, '', '', '', '', ?, '', ?, ?, '', ?, ?, ?, 0, 0, ?, ?)"
)
_ORDER = (
    "INSERT INTO orders (id, cart, number, customer_id, buyer_name, ordered_at, total_yen, refunded_yen, cancelled, status, payment, "
    "digest) VALUES (?, 'shopify', ?, ?, '', ?, ?, ?, ?, 'paid', '', '')"
)
_SUMS = (
    "UPDATE customers SET orders = s.n, spent_yen = s.yen, first_order_at = s.first, last_order_at = s.last FROM (SELECT customer_id, "
    "count(*) AS n, sum(total_yen - refunded_yen) AS yen, min(ordered_at) AS first, max(ordered_at) AS last FROM orders "
    "WHERE NOT cancelled GROUP BY customer_id) AS s WHERE s.customer_id = customers.id"
)
_BOUGHT = (
    "INSERT INTO customer_products SELECT l.product_id, o.customer_id, count(DISTINCT o.id), sum(l.quantity), sum(l.total_yen), "
    "min((o.ordered_at + 32400000) / 86400000), max((o.ordered_at + 32400000) / 86400000) FROM orders o "
    "JOIN order_lines l ON l.order_id = o.id WHERE NOT o.cancelled GROUP BY l.product_id, o.customer_id ORDER BY 1, 2"
)


def fill(database: Path, customers: int, seed: int = 7) -> None:
    """Write the shop into an empty database. The search index stays empty: nothing here searches by words."""
    draw = random.Random(seed)
    connection = connect(database)
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO tags (id, name) VALUES (?, ?)", enumerate(TAGS, 1))
    goods = [(n, "shopify", code, name) for n, (name, code, _) in enumerate(PRODUCTS, 1)]
    connection.executemany("INSERT INTO products (id, cart, code, name) VALUES (?, ?, ?, ?)", goods)
    connection.executemany(_CUSTOMER, _people(draw, customers))
    for portion in _portions(_orders(draw, customers)):
        connection.executemany(_ORDER, [order for order, _ in portion])
        lines = (line for _, its in portion for line in its)
        connection.executemany("INSERT INTO order_lines VALUES (?, ?, ?, ?, ?, ?)", lines)
    connection.executemany("INSERT INTO customer_tags (tag_id, customer_id) VALUES (?, ?)", _tagged(draw, customers))
    connection.execute(_SUMS)
    connection.execute(_BOUGHT)
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()


def _people(draw: random.Random, customers: int) -> Iterator[tuple[Any, ...]]:
    states = ("friend",) * 5 + ("none",) * 4 + ("blocked",)
    for n in range(1, customers + 1):
        name = f"{draw.choice(FAMILIES)} {draw.choice(GIVEN)}"
        month = draw.randint(1, 12) if n % 3 else None
        sex = draw.choice(("", "male", "female"))
        who = (draw.choice(TOWNS)[1], month, sex, n % 11 != 0, n % 5 == 0, draw.choice(states))
        yield (n, name, name, f"{name} {draw.random()}", *who, NOW_MS, NOW_MS)


def _orders(draw: random.Random, customers: int) -> Iterator[tuple[tuple[Any, ...], list[tuple[int, ...]]]]:
    """Orders in the order of time, as a shop has them; half of them from a tenth of the people."""
    count, some = customers * 3, max(1, customers // 10)
    for n in range(1, count + 1):
        at = NOW_MS - DAY_MS * DAYS + DAY_MS * DAYS * n // (count + 1)
        who = 1 + int(draw.random() * (some if draw.random() < 0.5 else customers))
        lines, total = [], 0
        for position in range(1, draw.choice((1, 1, 2, 3, 3)) + 1):
            place = int(draw.random() ** 3 * len(PRODUCTS))  # a few things sell most
            yen, pieces = PRODUCTS[place][2], 1 + n % 2
            lines.append((n, position, place + 1, pieces, yen, yen * pieces))
            total += yen * pieces
        yield (n, f"#{n}", who, at, total, 500 * (n % 50 == 0), n % 33 == 0), lines


def _tagged(draw: random.Random, customers: int) -> Iterable[tuple[int, int]]:
    pairs = {(int(draw.random() ** 2 * len(TAGS)) + 1, draw.randint(1, customers)) for _ in range(customers * 6 // 5)}
    return sorted(pairs)


def _portions(found: Iterator[Any]) -> Iterator[list[Any]]:
    while portion := list(islice(found, _PORTION)):
        yield portion
