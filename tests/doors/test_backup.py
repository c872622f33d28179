"""Backups are whole, checked and restorable; what was there is kept; a restored home sends nothing."""

from __future__ import annotations

import shutil
import threading
from datetime import timedelta

import pytest
from alembic import command
from sqlalchemy import select, text

from shopdesk import backup, inbox, migrate
from shopdesk.at_rest import restore_shop
from shopdesk.backup import BackupError, InUseError, NotEmptyError
from shopdesk.customers import NewCustomer
from shopdesk.database import Database, connect_sqlite
from shopdesk.events.tables import WaitingRow
from shopdesk.migrate import NewerDatabaseError
from shopdesk.paths import Home
from shopdesk.quarantine import QuarantinedError
from shopdesk.shop import open_shop
from shopdesk.verify import verify


def people(shop) -> int:
    return shop.customers.count()


def test_a_backup_holds_every_row_and_comes_back(shop, tmp_path):
    shop.customers.add(NewCustomer(name="見本 花子", email="hanako@example.jp"))
    file, rows = shop.back_up(tmp_path / "copy.backup")
    assert backup.check(file, shop.database.key)[0] == rows > 3
    assert not list(tmp_path.glob("*.part"))
    shop.customers.add(NewCustomer(name="例示 太郎", email="taro@example.jp"))
    if not shop.database.on_sqlite:
        with pytest.raises(NotEmptyError):
            backup.restore_postgresql(file, shop.database)
        return
    shop.close()
    assert restore_shop(file, shop.home.path) == rows
    restored = open_shop(shop.home.path, secrets={})
    assert [one.name for one in restored.customers.search("見本")] == ["見本 花子"]
    assert people(restored) == 1
    assert all(one.ok for one in verify(restored))
    assert restored.installation.quarantine().quarantined
    with pytest.raises(QuarantinedError), restored.database.write() as session:
        restored.installation.require_free(session)
    restored.lift_quarantine()
    assert not restored.installation.quarantine().quarantined
    assert len(list(shop.home.backups.glob("replaced-*.db"))) == 1
    restored.close()


def test_a_backup_that_fails_leaves_nothing_of_the_inbox_in_the_shops_data(sqlite_shop, clock, tmp_path):
    with inbox.opened(sqlite_shop.home.inbox, sqlite_shop.database.key) as bodies:
        bodies.put([b'{"events": []}'], clock.now())
    with pytest.raises(BackupError, match="no folder"):
        sqlite_shop.back_up(tmp_path / "nowhere" / "copy.db")
    with sqlite_shop.database.read() as session:
        assert session.scalars(select(WaitingRow)).all() == []


def test_who_was_erased_since_the_backup_stays_erased(sqlite_shop, tmp_path):
    hanako = sqlite_shop.customers.add(NewCustomer(name="見本 花子", email="hanako@example.jp"))
    sqlite_shop.customers.add(NewCustomer(name="例示 太郎", email="taro@example.jp"))
    file, _rows = sqlite_shop.back_up(tmp_path / "copy.db")
    sqlite_shop.customers.forget(hanako.id)
    sqlite_shop.close()
    restore_shop(file, sqlite_shop.home.path)
    restored = open_shop(sqlite_shop.home.path, secrets={})
    assert restored.customers.search("花子") == []
    assert [one.name for one in restored.customers.search("太郎")] == ["例示 太郎"]
    restored.close()


def test_a_postgresql_backup_fills_an_empty_database(make_shop, fresh_postgresql, tmp_path):
    first = make_shop("first", url=fresh_postgresql)
    first.customers.add(NewCustomer(name="見本 花子", email="hanako@example.jp", phone="090-0000-0001"))
    file, rows = first.back_up(tmp_path / "shop.zip")
    with first.database.write() as session:  # an empty database of the same schema
        session.execute(text("DELETE FROM customer_keys"))
        session.execute(text("DELETE FROM customers"))
    assert backup.restore_postgresql(file, first.database) == rows
    assert [one.name for one in first.customers.search("見本")] == ["見本 花子"]
    assert first.customers.add(NewCustomer(name="例示 太郎", email="taro@example.jp")).id > 1


def test_a_backup_under_load_is_consistent(sqlite_shop, tmp_path):
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.wait(0.002):  # SQLite lets whoever asks first write: somebody else must get a turn
            number += 1
            sqlite_shop.customers.add(NewCustomer(name=f"見本 {number}", email=f"n{number}@example.jp"))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            file, _rows = sqlite_shop.back_up(tmp_path / f"{number}.db")
            copy = connect_sqlite(file, read_only=True)
            counts = [
                copy.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
                for name in ("customers", "customer_search", "customer_keys")
            ]
            assert len(set(counts)) == 1
            copy.close()
    finally:
        stop.set()
        writer.join()


def test_a_plain_file_copy_of_a_living_database_misses_what_was_committed(sqlite_shop, tmp_path):
    """The control: why backups go through SQLite's own API."""
    sqlite_shop.database.checkpoint()
    sqlite_shop.customers.add(NewCustomer(name="見本 花子", email="hanako@example.jp"))
    shutil.copyfile(sqlite_shop.home.database, tmp_path / "naive.db")
    naive = connect_sqlite(tmp_path / "naive.db", read_only=True)
    assert naive.execute("SELECT count(*) FROM customers").fetchone()[0] == 0
    naive.close()


@pytest.mark.parametrize(
    "content", [b"", b"not a database", b"SQLite format 3\x00" + b"\x00" * 4000, b"PK\x03\x04half"]
)
def test_what_is_no_backup_is_refused_and_changes_nothing(sqlite_shop, tmp_path, content):
    sqlite_shop.customers.add(NewCustomer(name="見本 花子", email="hanako@example.jp"))
    sqlite_shop.close()
    before = sqlite_shop.home.database.read_bytes()
    wrong = tmp_path / "wrong.db"
    wrong.write_bytes(content)
    with pytest.raises(BackupError, match="Nothing was changed"):
        restore_shop(wrong, sqlite_shop.home.path)
    assert sqlite_shop.home.database.read_bytes() == before
    assert wrong.read_bytes() == content


def test_nothing_is_restored_under_an_open_window(sqlite_shop, tmp_path):
    file, _rows = sqlite_shop.back_up(tmp_path / "copy.db")
    with pytest.raises(InUseError, match="Close every window"):
        restore_shop(file, sqlite_shop.home.path)
    assert people(sqlite_shop) == 0


def test_a_newer_database_is_refused_politely(sqlite_shop):
    with sqlite_shop.database.connection() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    sqlite_shop.close()
    before = sqlite_shop.home.database.read_bytes()
    with pytest.raises(NewerDatabaseError, match="Update ShopDesk"):
        open_shop(sqlite_shop.home.path, secrets={})
    assert sqlite_shop.home.database.read_bytes() == before


def test_a_migration_backs_up_first_and_an_interrupted_one_leaves_the_old_schema(tmp_path, clock, monkeypatch):
    home = Home(tmp_path / "old")
    home.make()
    database = Database.in_file(home.database)
    migrate.run(database, "0001")
    with monkeypatch.context() as patched:
        patched.setattr(command, "upgrade", _fails_half_way(command.upgrade))
        with pytest.raises(RuntimeError, match="power"):
            migrate.upgrade(database, home, clock)
    assert migrate.current(database) == "0001"
    assert len(list(home.backups.glob("*before-update.db"))) == 1
    clock.move(timedelta(minutes=1))
    migrate.upgrade(database, home, clock)
    assert migrate.current(database) == migrate.newest()
    database.close()


def _fails_half_way(upgrade):
    def run(config, target):
        upgrade(config, target)
        raise RuntimeError("power cut")

    return run
