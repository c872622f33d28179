"""A home with many shop cards, and the visits of one till: by the program, and by plain SQL that reads and writes the same rows."""

from __future__ import annotations

import hashlib
import json
import time
import uuid
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from shopdesk import scancodes
from shopdesk.database import connect_sqlite
from shopdesk.shop import open_shop

if TYPE_CHECKING:
    from sqlcipher3 import dbapi2 as sqlcipher

    from tests.benchmarks.workplace import Workplace

TILL = "レジ 1"
_MORE = "WITH RECURSIVE n(id) AS (SELECT 2 UNION ALL SELECT id + 1 FROM n WHERE id < ?)"
_SCAN = {
    "nonce": "INSERT INTO card_nonces (nonce, asked, answer, at) VALUES (?, ?, '', ?)",
    "tries": "SELECT count(*) FROM card_refusals WHERE till = ? AND at > ? AND code IN ('not_ours', 'expired', 'revoked')",
    "card": "SELECT c.id, c.customer_id, c.balance FROM card_codes k JOIN cards c ON c.id = k.card_id "
    "WHERE k.hash = ? AND k.revoked_at IS NULL AND c.state = 'live'",
    "rules": "SELECT id, body FROM card_rules ORDER BY id DESC LIMIT 1",
    "before": "SELECT id, at, kind, points, until, extends, coalesce(reverses_id, part_of_id) FROM card_entries "
    "WHERE card_id = ? ORDER BY id",
    "entry": "INSERT INTO card_entries (card_id, at, kind, points, visits, extends, nonce, proof, till, actor) "
    "VALUES (?, ?, 'earn', 1, 1, 0, ?, 'static', ?, 'owner') RETURNING id",
    "balance": "UPDATE cards SET balance = ?, last_visit_at = ? WHERE id = ?",
    "answer": "UPDATE card_nonces SET answer = ? WHERE nonce = ?",
    "last": "SELECT hash FROM audit ORDER BY id DESC LIMIT 1",
    "audit": "INSERT INTO audit (at, actor, role, action, object, ids, fields, hash) "
    "VALUES (?, 'owner', 'owner', 'scan', 'card', ?, '', ?)",
}


def carded(place: Workplace, cards: int) -> tuple[Path, list[str]]:
    """Return a home with so many cards, and the digits of their codes."""
    home = place.empty_home()
    with closing(open_shop(home, secrets={})) as shop:
        codes = [shop.cards.walk_in("見本").code]
        shop.database.checkpoint()
    codes += [scancodes.new("card") for _card in range(cards - 1)]
    with closing(connect_sqlite(home / "shop.db")) as data:
        data.execute("BEGIN")
        for table, own in (
            ("customers", {"id": "n.id"}),
            ("cards", {"id": "n.id", "customer_id": "n.id", "page_hash": "hex(randomblob(32))"}),
        ):
            names = [row[1] for row in data.execute(f"PRAGMA table_info({table})")]
            values = ", ".join(own.get(name, f"t.{name}") for name in names)
            data.execute(f"{_MORE} INSERT INTO {table} SELECT {values} FROM {table} t, n WHERE t.id = 1", (cards,))
        made = ((one.hashed, number) for number, one in enumerate(codes[1:], 2))
        data.executemany("INSERT INTO card_codes (hash, card_id, made_at) VALUES (?, ?, 0)", made)
        data.execute("COMMIT")
        data.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return home, [one.digits for one in codes]


def plain(data: sqlcipher.Connection, digits: str) -> int:
    """Count a visit with plain statements on an open connection; return the balance."""
    run = data.execute
    now, nonce = time.time_ns() // 1_000_000, str(uuid.uuid4())
    run("BEGIN IMMEDIATE")
    run(_SCAN["nonce"], (nonce, hashlib.sha256(digits.encode()).hexdigest(), now))
    run(_SCAN["tries"], (TILL, now - 60_000)).fetchone()
    card, _customer, balance = run(_SCAN["card"], (hashlib.sha256(digits.encode()).hexdigest(),)).fetchone()
    run(_SCAN["rules"]).fetchone()
    balance = 1 + sum(row[3] for row in run(_SCAN["before"], (card,)))
    (entry,) = run(_SCAN["entry"], (card, now, nonce, TILL)).fetchone()
    run(_SCAN["balance"], (balance, now, card))
    shown = {
        "entry_id": entry,
        "card_id": card,
        "points": 1,
        "balance": balance,
        "at": now,
        "rewards": [],
        "missing": 0,
    }
    run(_SCAN["answer"], (json.dumps(shown), nonce))
    last = (run(_SCAN["last"]).fetchone() or ("",))[0]
    said = json.dumps([last, now, "owner", "owner", "scan", "card", f"{card},{entry}", ""])
    run(_SCAN["audit"], (now, f"{card},{entry}", hashlib.sha256(said.encode()).hexdigest()))
    run("COMMIT")
    return int(balance)


def opened_plainly(home: Path) -> sqlcipher.Connection:
    """Open the database of a home as the program does."""
    made = connect_sqlite(home / "shop.db")
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON", "foreign_keys = ON"):
        made.execute(f"PRAGMA {pragma}").fetchall()
    made.execute("PRAGMA cache_size = -65536").fetchall()
    return made
