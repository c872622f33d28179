"""The database keeps its promises: settings of each connection, one writer, snapshots, keys, changes seen elsewhere."""

from __future__ import annotations

import threading
import time
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st
from sqlalchemy import bindparam, func, select, text, update
from sqlalchemy.exc import DBAPIError

from shopdesk.customers import NewCustomer
from shopdesk.customers.tables import CustomerRow
from shopdesk.database import (
    BusyError,
    Database,
    DatabaseError,
    InterruptedReadError,
    Statement,
    UnsafeSQLiteError,
    WrongKeyError,
    connect_sqlite,
    id_in,
    milliseconds,
    moment,
    require_safe_sqlite,
    reserve_ids,
)
from shopdesk.errors import ShopDeskError


def pragma(session, name: str) -> int | str:
    return session.execute(text(f"PRAGMA {name}")).scalar_one()


def test_every_connection_is_durable_and_leaves_nothing_behind(sqlite_shop):
    with sqlite_shop.database.write() as session:
        assert pragma(session, "journal_mode") == "wal"
        assert pragma(session, "synchronous") == 2  # FULL
        assert pragma(session, "secure_delete") == 1
        assert pragma(session, "foreign_keys") == 1


def test_a_read_cannot_write(shop):
    with pytest.raises(Exception, match=r"(?i)read-?only|readonly"), shop.database.read() as session:
        session.execute(text("DELETE FROM settings"))


def test_a_writer_waits_for_the_other_and_sees_what_it_wrote(sqlite_shop):
    database, order = sqlite_shop.database, []

    def second() -> None:
        with database.write() as session:
            order.append(session.scalar(text("SELECT count(*) FROM tags")))

    with database.write() as session:
        other = threading.Thread(target=second)
        other.start()
        time.sleep(0.1)
        session.execute(text("INSERT INTO tags (name) VALUES ('first')"))
    other.join()
    assert order == [1]


def test_a_lock_that_lasts_too_long_is_a_sentence(tmp_path, monkeypatch, sqlite_shop):
    blocker = connect_sqlite(sqlite_shop.home.database)
    blocker.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr("shopdesk.database.sqlite.BUSY_SECONDS", 0.1)
    second = Database.in_file(sqlite_shop.home.database)
    with pytest.raises(BusyError, match="Nothing was changed"), second.write():
        pass
    second.close()
    blocker.close()


def test_a_crowd_that_has_every_connection_is_busy_too(monkeypatch, sqlite_shop):
    monkeypatch.setattr("shopdesk.database.engines.BUSY_SECONDS", 0.1)
    crowded = Database.in_file(sqlite_shop.home.database)

    def come(crowd: ExitStack) -> None:
        for _one in range(100):
            crowd.enter_context(crowded.read()).connection()

    with closing(crowded), ExitStack() as crowd, pytest.raises(BusyError):
        come(crowd)


def test_a_failed_write_leaves_nothing(shop):
    def fails() -> None:
        with shop.database.write() as session:
            session.execute(text("INSERT INTO tags (name) VALUES ('half')"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    with shop.database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM tags")) == 0


@pytest.mark.parametrize(
    "run", [lambda session, said: session.execute(text(said)), lambda session, said: Statement(said).all(session)]
)
def test_a_read_can_be_ended_from_outside(shop, run):
    endless = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
        if shop.database.on_sqlite
        else "SELECT pg_sleep(30)"
    )
    reader = threading.get_ident()
    threading.Timer(0.3, lambda: shop.database.interrupt(reader)).start()
    with pytest.raises(InterruptedReadError), shop.database.read() as session:
        run(session, endless)


_TWO = Statement("SELECT 1 AS one, :said AS said UNION SELECT 2, :said ORDER BY 1")
_CUSTOMERS = Statement(
    select(CustomerRow.name, CustomerRow.created_at.label("since")).where(CustomerRow.id > bindparam("after"))
)


def test_a_statement_gives_rows_as_a_query_does(shop):
    shop.customers.add(NewCustomer(name="見本 100%: 花子"))
    with shop.database.read() as session:
        assert [(row.one, row.said) for row in _TWO.all(session, said="a%:b")] == [(1, "a%:b"), (2, "a%:b")]
        assert _TWO.value(session, said="") == 1
        found = _CUSTOMERS.first(session, after=0)
        assert (found.name, found.since) == session.execute(select(CustomerRow.name, CustomerRow.created_at)).one()
        assert found.since.tzinfo is UTC
        assert _CUSTOMERS.first(session, after=found.since.year * 10**6) is None
    with shop.database.write() as session:  # what the transaction has written it reads
        session.execute(update(CustomerRow).values(name="変更"))
        assert _CUSTOMERS.value(session, after=0) == "変更"


def test_a_statement_fails_as_a_query_does(shop):
    with pytest.raises(DBAPIError) as refused, shop.database.read() as session:
        Statement("SELECT :said FROM nowhere").all(session, said="見本 花子")
    assert "花子" not in str(refused.value)  # it comes into the log
    with shop.database.read() as session:
        assert _TWO.value(session, said="") == 1


def test_a_moment_within_a_moment_is_the_same_one(shop):
    with shop.database.one_moment():
        with shop.database.read() as session:
            assert session.scalar(select(func.count()).select_from(CustomerRow)) == 0
        with shop.database.one_moment():
            pass
        other = threading.Thread(target=shop.customers.add, args=[NewCustomer(name="見本 花子")])
        other.start()
        other.join()
        with shop.database.read() as session:
            assert session.scalar(select(func.count()).select_from(CustomerRow)) == 0
    with shop.database.read() as session:
        assert session.scalar(select(func.count()).select_from(CustomerRow)) == 1


def test_what_another_process_writes_is_noticed(make_shop, shop):
    watched = shop.database
    watched.changed_elsewhere()
    assert watched.changed_elsewhere() is False
    other = Database(watched.url, watched.key)
    with other.write() as session:
        session.execute(text("INSERT INTO tags (name) VALUES ('elsewhere')"))
    other.close()
    until = time.monotonic() + 10  # PostgreSQL's notice travels; the window asks each second
    while not watched.changed_elsewhere():
        assert time.monotonic() < until
        time.sleep(0.01)
    assert watched.changed_elsewhere() is False


def test_the_wrong_key_is_a_sentence_and_nothing_is_overwritten(tmp_path, make_shop):
    shop = make_shop("secret", secrets={"database_key": "ab" * 32}, fresh=True)
    shop.database.checkpoint()
    before = shop.home.database.read_bytes()
    for key in (None, "cd" * 32):
        with (
            pytest.raises(WrongKeyError, match="Nothing was changed"),
            Database.in_file(shop.home.database, key).read(),
        ):
            pass
    assert shop.home.database.read_bytes() == before


def test_an_old_sqlite_is_refused():
    with pytest.raises(UnsafeSQLiteError, match=r"3\.51\.3"):
        require_safe_sqlite((3, 51, 2))
    require_safe_sqlite((3, 51, 3))
    require_safe_sqlite()


def test_only_postgresql_goes_by_url():
    with pytest.raises(DatabaseError, match="postgresql://"):
        Database.at("mysql://nowhere/x")


def test_a_database_that_is_not_there_is_a_sentence():
    nowhere = Database.at("postgresql://nobody@127.0.0.1:1/nothing")
    with pytest.raises(ShopDeskError, match="cannot be reached"), nowhere.read() as session:
        session.execute(text("SELECT 1"))


def test_reserved_ids_come_after_all_that_were_ever_given(shop):
    anna = shop.customers.add(NewCustomer(name="見本 安奈", email="anna@example.jp"))
    shop.customers.forget(anna.id)
    with shop.database.write() as session:
        assert reserve_ids(session, "customers", 5) > anna.id


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(9000, 1, 1)))  # noqa: DTZ001 - hypothesis wants them so
def test_moments_are_kept_to_the_millisecond(at):
    kept = moment(milliseconds(at.replace(tzinfo=UTC)))
    assert abs(kept - at.replace(tzinfo=UTC)) < timedelta(milliseconds=1)


def test_a_moment_without_a_zone_has_no_place():
    with pytest.raises(ValueError, match="naive"):
        milliseconds(datetime(2026, 1, 1))  # noqa: DTZ001


def test_an_id_is_typed_in_plain_digits():
    assert [id_in(said) for said in ("7", "007", "9" * 18)] == [7, 7, 10**18 - 1]
    assert [id_in(said) for said in ("", "-1", "1.0", "７", "²", "9" * 19)] == [None] * 6
