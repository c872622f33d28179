"""C5: a till is killed, or its power fails, around an award and a use: at each point of the transaction, on either database."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import text

from shopdesk.database import Database
from tests.faults.cases import Check
from tests.faults.counter.duels import DATABASES
from tests.faults.counter.rig import TILLS, Counter, Lent
from tests.faults.counter.scenes import ACTS, Scene, State, scene

POINTS: tuple[str | int, ...] = ("begun", 1, 2, 3, "before", "after")
"""Where it dies: its transaction has begun, the first writes are made, all are and it is not committed, it is and nobody was told."""
EXHAUSTIVE = len(ACTS) * len(POINTS) * len(DATABASES)
_SECTOR = 512


def died(counter: Lent) -> Callable[[int, Random], Check]:
    """Return the maker of the cases: each act × each point × each database, then over again with another torn disk."""

    def make(number: int, random: Random) -> Check:
        rest, place = divmod(number % EXHAUSTIVE, len(DATABASES))
        act, point = divmod(rest, len(POINTS))
        return lambda folder: die(counter(), DATABASES[place], list(ACTS)[act], POINTS[point], random, folder)

    return make


def die(counter: Counter, database: str, act: str, point: str | int, random: Random, folder: Path, **more: Any) -> None:
    """Kill it there: all of it is done or nothing, what was done stays done, and asking again does it once."""
    shop, done = counter.shop(database), scene(counter, database, act)
    asked = {"till": TILLS[0], "nonce": str(uuid.uuid4()), **done.order, **more}
    if database == "sqlite":
        assert counter.ask(database, {**asked, "act": "synced"})[0]["synced"], "I9"
    data, log = _data(shop.database), _log(shop.database)
    (first,) = counter.ask(database, {**asked, "dies": point})
    assert first["code"] == "killed", first
    kept = done.after if point == "after" else done.before
    if database == "sqlite":
        written = _log(shop.database)
        _power_cut(_data(shop.database), written, folder, done, {kept})
        # A commit that is torn has not come into the file yet: SQLite moves into it only what is on the disk whole.
        _power_cut(data, _torn(log, written, random), folder, done, {done.before, kept})
    assert done.found(shop) == kept, f"{done.found(shop)} instead of {kept}"
    (again,) = counter.ask(database, asked)
    assert (again["code"], again["again"]) == ("", point == "after"), again
    assert done.found(shop) == done.after, f"{done.found(shop)} instead of {done.after}"


def _data(database: Database) -> bytes:
    """Return SQLite's file without its log."""
    return database.path.read_bytes() if database.on_sqlite else b""


def _log(database: Database) -> bytes:
    """Return SQLite's log of writes that are not in the file yet; all of it is on the disk."""
    log = Path(f"{database.path}-wal")
    return log.read_bytes() if database.on_sqlite and log.exists() else b""


def _torn(before: bytes, now: bytes, random: Random) -> bytes:
    """Return the log as a power cut within the commit leaves it: of what is new each sector is there, is not, or is torn."""
    torn, both = bytearray(now), zip(before, now, strict=False)
    same = next((at for at, (one, other) in enumerate(both) if one != other), min(len(before), len(now)))
    for at in range(same, len(now), _SECTOR):
        old = before[at : at + _SECTOR].ljust(min(_SECTOR, len(now) - at), b"\0")
        lost = random.choice((None, old, bytes(len(old)), random.randbytes(len(old))))
        torn[at : at + len(old)] = torn[at : at + len(old)] if lost is None else lost
    return bytes(torn)


def _power_cut(data: bytes, log: bytes, folder: Path, done: Scene, states: set[State]) -> None:
    """Open the files as they lie on the disk: nothing is broken, and nothing is half done."""
    made = folder / "cut.db"
    for file in folder.iterdir():
        file.unlink()
    made.write_bytes(data)
    Path(f"{made}-wal").write_bytes(log)
    with closing(Database.in_file(made)) as cut, cut.read() as session:
        assert (said := session.scalar(text("PRAGMA quick_check"))) == "ok", f"I10: {said}"
        assert (found := done.state(session)) in states, f"{found} instead of {states} after a power cut"
