"""The staging file of one import: what the child process read, in a small database of its own until it is merged."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psutil
from sqlalchemy import text

from shopdesk import customers, japanese, orders
from shopdesk.database import connect_sqlite
from shopdesk.imports.staged_values import customer_values, digest, hashed, identity, order_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session

    from shopdesk.database import Database
    from shopdesk.imports.reading.neutral import NeutralCustomer, NeutralOrder, NeutralProduct, NeutralSubscription

# Names that no table of the main database has: attached beside it (SQLite) or as temporary tables (PostgreSQL)
# they need no prefix, so one set of statements serves both.
TABLES = {
    "staged_customers": (
        "n BIGINT PRIMARY KEY, same_as BIGINT, customer_id BIGINT, fresh INTEGER DEFAULT 0, cart TEXT, member_scope TEXT, member_id TEXT, "
        "email_scope TEXT, email TEXT, phone TEXT, name TEXT, kana TEXT, name_fold TEXT, kana_fold TEXT, sort_key TEXT, "
        "postal TEXT, prefecture TEXT, address TEXT, birth_date TEXT, birth_month INTEGER, sex TEXT, note TEXT, "
        "search_text TEXT, grams TEXT, consent_line INTEGER, consent_mail INTEGER"
    ),
    "staged_keys": "n BIGINT, kind TEXT, scope TEXT, value TEXT, PRIMARY KEY (n, kind, scope, value)",
    "staged_tags": "n BIGINT, name TEXT, PRIMARY KEY (n, name)",
    "staged_own": "n BIGINT, name TEXT, kind TEXT, value TEXT, latest INTEGER, PRIMARY KEY (n, name)",
    "staged_products": "n BIGINT PRIMARY KEY, product_id BIGINT, cart TEXT, code TEXT, name TEXT",
    "staged_orders": (
        "n BIGINT PRIMARY KEY, order_id BIGINT, state TEXT DEFAULT 'new', customer_n BIGINT, cart TEXT, number TEXT, buyer_name TEXT, "
        "ordered_at BIGINT, total_yen BIGINT, refunded_yen BIGINT, discount_yen BIGINT, cancelled INTEGER, status TEXT, "
        "payment TEXT, digest TEXT"
    ),
    "staged_lines": (
        "order_n BIGINT, position INTEGER, product_n BIGINT, quantity BIGINT, unit_price_yen BIGINT, total_yen BIGINT, "
        "PRIMARY KEY (order_n, position)"
    ),
    "staged_catalog": "n BIGINT PRIMARY KEY, cart TEXT, code TEXT, name TEXT, category TEXT, price_yen BIGINT",
    "staged_listed": "product_id BIGINT PRIMARY KEY, n BIGINT",
    "staged_subscriptions": (
        "n BIGINT PRIMARY KEY, subscription_id BIGINT, news TEXT, customer_n BIGINT, product_n BIGINT, cart TEXT, number TEXT, "
        "state TEXT, nth INTEGER, started_on TEXT, next_on TEXT, stopped_on TEXT, digest TEXT"
    ),
}
_FILLED = (
    "email_scope",
    "email",
    "phone",
    "name",
    "kana",
    "name_fold",
    "kana_fold",
    "sort_key",
    "postal",
    "prefecture",
    "address",
    "sex",
    "note",
)
# Of several rows about one person each fills what those before it left empty; a refusal on any of them stays.
_PUT_CUSTOMERS = (
    "INSERT INTO staged_customers (n, cart, member_scope, member_id, email_scope, email, phone, name, kana, name_fold, kana_fold, "
    "sort_key, postal, prefecture, address, birth_date, birth_month, sex, note, search_text, grams, consent_line, consent_mail) "
    f"VALUES ({', '.join('?' * 23)}) ON CONFLICT (n) DO UPDATE SET "
    + "".join(f"{name} = CASE WHEN {name} = '' THEN excluded.{name} ELSE {name} END, " for name in _FILLED)
    + "birth_date = coalesce(birth_date, excluded.birth_date), birth_month = coalesce(birth_month, excluded.birth_month), "
    "consent_line = max(consent_line, excluded.consent_line), consent_mail = max(consent_mail, excluded.consent_mail)"
)
_PUT_ORDERS = (
    "INSERT INTO staged_orders (n, customer_n, cart, number, buyer_name, ordered_at, total_yen, refunded_yen, discount_yen, "
    "cancelled, status, payment, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
# What two groups of one order come to, where each says the whole and where each says its part.
_ONCE = "total_yen = coalesce(total_yen, ?), refunded_yen = max(refunded_yen, ?), discount_yen = max(discount_yen, ?)"
_ADDED = (
    "total_yen = CASE WHEN total_yen IS NULL THEN ?1 ELSE total_yen + coalesce(?1, 0) END, refunded_yen = refunded_yen + ?, "
    "discount_yen = discount_yen + ?"
)
_BATCH = 2_000
_REMEMBERED = 1 << 12
"""Regulars come again and again; whoever is not remembered is staged once more, which changes nothing."""


class Staging:
    """Writes one import's neutral rows into a file with the main database's key."""

    def __init__(self, path: Path, key: str | None) -> None:
        self.path = path
        self._connection = connect_sqlite(self.path, key)
        # Nothing here outlives a crash, so nothing here needs to reach the disk.
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "temp_store = MEMORY", "cache_size = -16384"):
            self._connection.execute(f"PRAGMA {pragma}").fetchall()
        for name, columns in TABLES.items():
            self._connection.execute(_as_sqlite_table(name, columns))
        self._connection.execute("BEGIN")
        self._numbers: dict[tuple[str, NeutralCustomer], int | None] = {}
        self._products: dict[tuple[str, str, str], int] = {}
        self._customers: list[tuple[Any, ...]] = []
        self._keys: list[tuple[Any, ...]] = []
        self._tags: list[tuple[Any, ...]] = []
        self._own: list[tuple[Any, ...]] = []
        self._orders: list[tuple[Any, ...]] = []
        self._lines: list[tuple[Any, ...]] = []
        self._order_count = 0
        self._finds_orders = False

    def add_order(self, order: NeutralOrder) -> None:
        """Stage one order with its buyer and lines."""
        if order.continued and self._continue(order):
            return
        self._order_count += 1
        n, values = self._order_count, order_values(order)
        self._orders.append((n, self.add_customer(order.cart, order.buyer), *values, digest("", values, order.lines)))
        self._stage_lines(n, 0, order)
        if len(self._orders) >= _BATCH:
            self.flush()

    def add_customer(self, cart: str, person: NeutralCustomer) -> int | None:
        """Stage one person and return their number here; None when nothing identifies them (a name alone never does)."""
        said = (cart, person)
        if said not in self._numbers:
            if len(self._numbers) >= _REMEMBERED:
                self._numbers.clear()
            self._numbers[said] = self._stage_customer(cart, person)
        return self._numbers[said]

    def _stage_customer(self, cart: str, person: NeutralCustomer) -> int | None:
        who = identity(cart, person)
        if who is None:
            return None
        n = hashed(who)
        self._customers.append(customer_values(n, cart, person))
        self._keys.extend((n, *key) for key in person.keys)
        self._tags.extend((n, name) for name in person.tags)
        self._own.extend((n, *one) for one in person.own)
        return n

    def add_product(self, product: NeutralProduct) -> None:
        """Stage one product of a list; of several rows with one code, or name where there is no code, the last counts."""
        n = hashed(f"{product.cart}\x1f{product.code}\x1f{'' if product.code else product.name}")
        self._connection.execute("INSERT OR REPLACE INTO staged_catalog VALUES (?, ?, ?, ?, ?, ?)", (n, *product[:5]))

    def add_subscription(self, one: NeutralSubscription) -> bool:
        """Stage one subscription with its person; False where nothing identifies it. Of several rows the last counts."""
        customer = self.add_customer(one.cart, one.customer)
        number = one.number or (orders.MADE_UP + f"{customer:x}-{japanese.fold(one.product)}" if customer else "")
        if not number:
            return False
        days = tuple(day.isoformat() if day else None for day in (one.started_on, one.next_on, one.stopped_on))
        values = (one.cart, number, one.state, one.nth, *days)
        product = self._product((one.cart, "", one.product)) if one.product else None
        self._connection.execute(
            "INSERT OR REPLACE INTO staged_subscriptions VALUES (?, NULL, NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (hashed(f"{one.cart}\x1f{number}"), customer, product, *values, digest("", (*values, one.product), ())),
        )
        return True

    def _product(self, product: tuple[str, str, str]) -> int:
        return self._products.setdefault(product, len(self._products) + 1)

    def _stage_lines(self, n: int, start: int, order: NeutralOrder) -> None:
        for position, line in enumerate(order.lines, start + 1):
            number = self._product((order.cart, line.code, line.product))
            self._lines.append((n, position, number, line.quantity, line.unit_price_yen, line.total_yen))

    def _continue(self, order: NeutralOrder) -> bool:
        """Add rows of an order that was staged before, with others between them in the file; False when it was not."""
        self.flush()
        if not self._finds_orders:  # most files have the rows of an order beside each other and need no index
            self._connection.execute("CREATE UNIQUE INDEX staged_numbers ON staged_orders (cart, number)")
            self._finds_orders = True
        found = self._connection.execute(
            "SELECT n, digest, (SELECT count(*) FROM staged_lines WHERE order_n = n) FROM staged_orders WHERE cart = ? AND number = ?",
            (order.cart, order.number),
        ).fetchone()
        if found is None:
            return False
        n, before, lines = found
        self._stage_lines(n, lines, order)
        both = _ADDED if order.adds else _ONCE
        amounts = (order.total_yen, order.refunded_yen, order.discount_yen)
        self._connection.execute(
            f"UPDATE staged_orders SET {both}, digest = ?, cancelled = max(cancelled, ?) WHERE n = ?",
            (*amounts, digest(before, order_values(order), order.lines), int(order.cancelled), n),
        )
        return True

    def flush(self) -> None:
        """Write what has been gathered."""
        for statement, gathered in (
            (_PUT_CUSTOMERS, self._customers),
            (_PUT_ORDERS, self._orders),
            ("INSERT INTO staged_lines VALUES (?, ?, ?, ?, ?, ?)", self._lines),
            ("INSERT OR IGNORE INTO staged_keys VALUES (?, ?, ?, ?)", self._keys),
            ("INSERT OR IGNORE INTO staged_tags VALUES (?, ?)", self._tags),
            ("INSERT OR IGNORE INTO staged_own VALUES (?, ?, ?, ?, ?)", self._own),
        ):
            self._connection.executemany(statement, gathered)
            gathered.clear()

    def finish(self) -> None:
        """Write the rest, and find which of the staged people are one person."""
        self.flush()
        rows = ((n, *product) for product, n in self._products.items())
        self._connection.executemany("INSERT INTO staged_products (n, cart, code, name) VALUES (?, ?, ?, ?)", rows)
        self._connection.execute("COMMIT")
        for statement in _ONE_PERSON:
            self._connection.execute(statement)

    def prepare_search(self, *, only_fresh: bool) -> None:
        """Compute the search index of the people who will be new: work done outside the write lock."""
        which = "grams = '' AND fresh = 1" if only_fresh else "grams = ''"
        columns = "n, name_fold, kana_fold, phone, email, member_id"
        select = f"SELECT {columns} FROM staged_customers WHERE {which} AND n > ? ORDER BY n LIMIT {_BATCH}"
        last = -1
        self._connection.execute("BEGIN")
        while rows := self._connection.execute(select, (last,)).fetchall():
            made = []
            for n, name, kana, phone, email, member in rows:
                said = customers.search_text(name, kana, phone, email, (member,) if member else ())
                made.append((said, " ".join(customers.grams_of(said)), n))
            self._connection.executemany("UPDATE staged_customers SET search_text = ?, grams = ? WHERE n = ?", made)
            last = rows[-1][0]
        self._connection.execute("COMMIT")

    def rows(self, table: str) -> Iterable[tuple[Any, ...]]:
        """Yield the rows of one staged table: what PostgreSQL is given."""
        yield from self._connection.execute(f"SELECT * FROM {table}")

    def close(self) -> None:
        """Close the file, so that another connection may attach it."""
        self._connection.close()


@contextmanager
def session_beside(database: Database, staging: Staging, *, write: bool) -> Iterator[Session]:
    """Give a session that sees the staged tables beside the main ones; without `write` nothing of the main ones changes."""
    if database.on_sqlite:
        with database.beside(staging.path, write=write) as session:
            yield session
        return
    with database.write() as session:
        raw: Any = session.connection().connection.driver_connection
        for name, columns in TABLES.items():
            session.execute(text(f"CREATE TEMPORARY TABLE {name} ({columns}) ON COMMIT DROP"))
            with raw.cursor() as cursor, cursor.copy(f"COPY {name} FROM STDIN") as copied:
                for row in staging.rows(name):
                    copied.write_row(row)
            session.execute(text(f"ANALYZE {name}"))
        yield session
        if not write:
            session.rollback()


def _as_sqlite_table(name: str, columns: str) -> str:
    numbered = columns.replace("n BIGINT PRIMARY", "n INTEGER PRIMARY")
    sorted_by_key = " WITHOUT ROWID" if "PRIMARY KEY (" in columns else ""
    return f"CREATE TABLE {name} ({numbered}){sorted_by_key}"


def remove_leftovers(folder: Path) -> None:
    """Delete the staging files of processes that are gone."""
    for file in folder.glob("*.staging*"):
        process = file.name.partition("-")[0]
        if not process.isdecimal() or not psutil.pid_exists(int(process)):
            file.unlink(missing_ok=True)


# A person ordered once as a member and once as a guest with the same mail, or once without mail from the same phone. Whom our
# own file names by keys is nobody else.
_ONE_PERSON = (
    "CREATE INDEX staged_by_mail ON staged_customers (email, email_scope)",
    "CREATE INDEX staged_by_phone ON staged_customers (phone)",
    "CREATE INDEX staged_by_key ON staged_keys (kind, scope, value)",
    """UPDATE staged_customers SET same_as = (SELECT min(o.n) FROM staged_customers o WHERE o.email = staged_customers.email
        AND o.email_scope = staged_customers.email_scope AND o.member_id <> '')
       WHERE member_id = '' AND email <> '' AND n NOT IN (SELECT n FROM staged_keys)""",
    """UPDATE staged_customers SET same_as = (SELECT min(coalesce(o.same_as, o.n)) FROM staged_customers o
        WHERE o.phone = staged_customers.phone AND (o.member_id <> '' OR o.email <> '')
        AND (o.name_fold = staged_customers.name_fold AND o.name_fold <> ''
             OR o.kana_fold = staged_customers.kana_fold AND o.kana_fold <> ''))
       WHERE member_id = '' AND email = '' AND n NOT IN (SELECT n FROM staged_keys)""",
)
