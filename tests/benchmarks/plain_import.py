"""The import's anchor: the same rows in the same tables by one plain script, with the same SQLite and the same durability.

It knows this one export and nothing else: no preview, no matching by hand-written rules, no report, no problem by row.
"""

from __future__ import annotations

import csv
import unicodedata
from datetime import datetime
from hashlib import blake2b
from operator import add, itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from python_calamine import CalamineWorkbook
from sqlcipher3 import dbapi2 as sqlite

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

NOW_MS = 1_795_325_520_000
_EPOCH = datetime(1970, 1, 1, 9)  # noqa: DTZ001 - all cells are Japan time: nine hours less is UTC
_FOLDED = {code: code + 0x60 for code in range(0x3041, 0x3097)} | dict(
    zip(map(ord, "髙﨑𠮷德"), "高崎吉徳", strict=True)
)
_LINE = ("Name", "Lineitem sku", "Lineitem name", "Lineitem quantity", "Lineitem price")
_ORDER = ("Email", "Created at", "Total", "Refunded Amount", "Cancelled at", "Financial Status", "Payment Method")
_PERSON = (
    *("Billing Name", "Email", "Billing Phone", "Billing Zip", "Billing Province Name"),
    *("Billing City", "Billing Address1", "Billing Address2"),
)
STATEMENTS = {
    "imports": "INSERT INTO imports (id, at, actor, cart, files, counts) VALUES (?, ?, ?, ?, ?, ?)",
    "products": "INSERT INTO products (id, cart, code, name) VALUES (?, ?, ?, ?)",
    "customers": (
        "INSERT INTO customers (id, name, kana, name_fold, kana_fold, sort_key, search_text, email, phone, postal, prefecture, "
        "address, sex, note, consent_line, consent_mail, line_state, orders, spent_yen, first_order_at, last_order_at, created_at, "
        "changed_at) VALUES (?, ?, '', ?, '', ?, ?, ?, ?, ?, ?, ?, '', '', 1, 0, 'none', ?, ?, ?, ?, ?, ?)"
    ),
    "customer_search": "INSERT INTO customer_search (rowid, grams) VALUES (?, ?)",
    "customer_keys": "INSERT INTO customer_keys VALUES ('mail', '', ?, ?) ON CONFLICT DO NOTHING",
    "orders": (
        "INSERT INTO orders (id, cart, number, customer_id, buyer_name, ordered_at, total_yen, refunded_yen, cancelled, status, "
        "payment, digest) VALUES (?, 'shopify', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (cart, number) DO UPDATE SET "
        "total_yen = excluded.total_yen, refunded_yen = excluded.refunded_yen, cancelled = excluded.cancelled, status = excluded.status"
    ),
    "order_lines": "INSERT INTO order_lines VALUES (?, ?, ?, ?, ?, NULL)",
    "import_changes": "INSERT INTO import_changes VALUES (1, ?, ?, NULL)",
}


def csv_rows(path: Path, encoding: str) -> Iterator[Sequence[Any]]:
    """Yield the rows of a text table."""
    with path.open(encoding=encoding, newline="") as file:
        yield from csv.reader(file)


def calamine_rows(path: Path) -> Iterator[Sequence[Any]]:
    """Yield the rows of a workbook, read by calamine."""
    return iter(CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).iter_rows())


def connect(database: Path) -> Any:
    """Open the database as durable as the program does, without the checks that a script does not need."""
    made = sqlite.connect(str(database), isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "cache_size = -65536", "temp_store = MEMORY"):
        made.execute(f"PRAGMA {pragma}").fetchall()
    return made


def run(rows: Iterable[Sequence[Any]], database: Path) -> None:
    """Read all rows, then write all tables in one transaction."""
    tables = gather(iter(rows))
    connection = connect(database)
    connection.execute("BEGIN IMMEDIATE")
    for table, statement in STATEMENTS.items():
        connection.executemany(statement, tables[table])
    connection.execute("COMMIT")
    connection.close()


def fresh_import(_started: float, file: str, home: str) -> dict[str, Any]:
    """Import a workbook in a process of its own."""
    run(calamine_rows(Path(file)), Path(home) / "shop.db")
    return {}


def gather(rows: Iterator[Sequence[Any]]) -> dict[str, Any]:
    """Return the rows of every table."""
    header = list(next(rows))
    line, order, person = (itemgetter(*map(header.index, names)) for names in (_LINE, _ORDER, _PERSON))
    people: dict[str, list[Any]] = {}
    products: dict[tuple[str, str], int] = {}
    orders: list[tuple[Any, ...]] = []
    lines: list[tuple[Any, ...]] = []
    current, position = None, 0
    for row in rows:
        number, sku, product, quantity, price = line(row)
        if number != current:
            current, position = number, 0
            email, created, total, refunded, cancelled, status, payment = order(row)
            at = int((datetime.fromisoformat(created[:19]) - _EPOCH).total_seconds()) * 1000
            yen, back, off = int(total), int(refunded), status == "voided" or cancelled != ""
            known = people.get(email)
            if known is None:
                known = people[email] = _person(len(people) + 1, *person(row))
            if not off:
                _count(known, at, yen - back)
            values = (known[1], at, yen, back, off, status, payment)
            digest = blake2b(repr((number, values)).encode(), digest_size=12).hexdigest()
            orders.append((len(orders) + 1, number, known[0], *values, digest))
        position += 1
        bought = products.setdefault((sku, product), len(products) + 1)
        lines.append((len(orders), position, bought, int(quantity), int(price)))
    return _tables(people, products, orders, lines)


def _person(
    n: int, name: str, email: str, phone: str, postal: str, prefecture: str, city: str, street: str, house: str
) -> list[Any]:
    given, _, family = name.partition(" ")
    address = f"{city}{street} {house}" if house else city + street
    zip_code = postal.lstrip("'").replace("-", "")
    return [n, f"{family} {given}", email, phone, zip_code, prefecture, address, 0, 0, None, None]


def _count(known: list[Any], at: int, yen: int) -> None:
    known[7] += 1
    known[8] += yen
    known[9] = at if known[9] is None else min(known[9], at)
    known[10] = at if known[10] is None else max(known[10], at)


def _tables(
    people: dict[str, Any], products: dict[tuple[str, str], int], orders: list[Any], lines: list[Any]
) -> dict[str, Any]:
    customers, grams = [], []
    for n, name, email, phone, postal, prefecture, address, *sums in people.values():
        fold = _fold(name)
        parts = (fold, f"0{phone[3:]}", email)
        customers.append(
            (n, name, fold, fold, "\n".join(parts), email, phone, postal, prefecture, address, *sums, NOW_MS, NOW_MS)
        )
        grams.append((n, grams_of(parts)))
    keys = sorted((email, person[0]) for email, person in people.items())
    changes = [
        *(("customer", person[0]) for person in people.values()),
        *((f"key:mail::{email}", n) for email, n in keys),
        *(("order", order[0]) for order in orders),
        *(("product", n) for n in products.values()),
    ]
    return {
        "imports": [(1, NOW_MS, "owner", "shopify", "[]", "{}")],
        "products": [(n, "shopify", *goods) for goods, n in products.items()],
        "customers": customers,
        "customer_search": grams,
        "customer_keys": keys,
        "orders": orders,
        "order_lines": lines,
        "import_changes": changes,
    }


def grams_of(parts: Iterable[str]) -> str:
    """Return the single and paired characters of each folded part, each once."""
    return " ".join(dict.fromkeys(gram for part in parts for gram in (*part, *map(add, part, part[1:]))))


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text.replace(" ", "")).casefold().translate(_FOLDED)
