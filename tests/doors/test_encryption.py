"""A key on the data: its code survives paper, the data survives kill -9 at every line, and no name stays readable."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from sqlalchemy import text
from sqlcipher3 import dbapi2 as sqlcipher

from shopdesk import backup, encryption, inbox
from shopdesk.at_rest import encrypt_shop, recover_key, restore_shop
from shopdesk.backup import BackupError, InUseError, is_plain, key_for
from shopdesk.customers import NewCustomer
from shopdesk.database import WrongKeyError, connect_sqlite
from shopdesk.encryption import GROUPS, IN_GROUP, SIGNS, EncryptionError, key_of, new_key, recovery_code
from shopdesk.errors import InvalidInputError
from shopdesk.migrate import newest
from shopdesk.paths import Home
from shopdesk.secrets import DATABASE_KEY, KeyRingError, Secrets
from shopdesk.shop import open_shop
from shopdesk.verify import verify

PROGRAM = Path(__file__).with_name("locking_process.py")
PROJECT = PROGRAM.parents[2]
NAME = "見本 花子"
KEY = "0123456789abcdef" * 4


class MemoryRing(KeyringBackend):
    """A key ring like the operating system's, in memory."""

    priority = 1

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password

    def delete_password(self, service, username):
        del self.kept[service, username]


@pytest.fixture
def ring():
    before = keyring.get_keyring()
    keyring.set_keyring(MemoryRing())
    yield keyring.get_keyring()
    keyring.set_keyring(before)


@pytest.fixture
def closed(tmp_path, empty_sqlite, ring) -> Path:
    """The home of a closed shop with one customer and no key."""
    return made(tmp_path, empty_sqlite)


def made(tmp_path, empty_sqlite) -> Path:
    home = Home(tmp_path / "home")
    home.make()
    shutil.copyfile(empty_sqlite, home.database)
    with closing(open_shop(home.path)) as shop:
        shop.customers.add(NewCustomer(name=NAME, email="hanako@example.jp", phone="090-0000-0001"))
    return home.path


def readable(home: Path, words: str = NAME) -> list[str]:
    """The files of a home in which these words stand for anybody to read."""
    forms = [words.encode(), words.replace(" ", "").encode(), b"hanako@example.jp"]
    files = [file for file in home.rglob("*") if file.is_file()]
    return [file.name for file in files if any(form in file.read_bytes() for form in forms)]


# The recovery code


def test_a_code_is_thirteen_groups_of_five_and_gives_the_key_back():
    for key in (KEY, "0" * 64, "f" * 64, *(new_key() for _ in range(50))):
        groups = recovery_code(key).split("-")
        assert [len(group) for group in groups] == [IN_GROUP] * GROUPS
        assert key_of("-".join(groups)) == key
    assert len({new_key() for _ in range(100)}) == 100


def test_how_it_is_written_does_not_matter():
    code = recovery_code(KEY)
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    forms = (
        code.lower(),
        code.replace("-", " "),
        code.replace("-", "\n"),
        code.replace("0", "O").replace("1", "l"),
        code.replace("0", "o").replace("1", "I"),
        code.replace("-", ""),
        wide,
    )
    assert {key_of(form) for form in forms} == {KEY}


def test_every_wrong_sign_and_every_swap_is_found_with_its_group():
    code = recovery_code(KEY).replace("-", "")
    for at, right in enumerate(code):
        for wrong in SIGNS:
            if wrong != right:
                with pytest.raises(InvalidInputError, match=f"Group {at // IN_GROUP + 1} "):
                    key_of(code[:at] + wrong + code[at + 1 :])
    swapped = [
        code[:at] + code[at + 1] + code[at] + code[at + 2 :] for at in range(len(code) - 1) if code[at] != code[at + 1]
    ]
    for typed in swapped:
        with pytest.raises(InvalidInputError, match="Group"):
            key_of(typed)
    groups = recovery_code(new_key()).split("-")
    with pytest.raises(InvalidInputError, match="Group 3"):
        key_of("-".join([*groups[:2], groups[3], groups[2], *groups[4:]]))


@pytest.mark.parametrize("typed", ["", "abc", recovery_code(KEY)[:-1], recovery_code(KEY) + "0"])
def test_too_little_or_too_much_is_counted(typed):
    with pytest.raises(InvalidInputError, match="65 letters and digits"):
        key_of(typed)
    with pytest.raises(InvalidInputError, match="Group 1 "):
        key_of("U" + recovery_code(KEY)[1:])


@pytest.mark.parametrize("key", ["", "abc", "x" * 64, "-" + "1" * 63])
def test_what_is_no_key_has_no_code(key):
    with pytest.raises(InvalidInputError, match="64 hexadecimal"):
        recovery_code(key)


# Putting the key on


def test_everything_survives_and_nothing_stays_readable(closed):
    plain = connect_sqlite(Home(closed).database)
    plain.execute("PRAGMA user_version = 7")
    plain.execute("PRAGMA application_id = 99")
    before = plain.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()
    plain.close()
    assert readable(closed) == ["shop.db"]
    encrypt_shop(KEY, closed)
    assert readable(closed) == []
    assert not is_plain(Home(closed).database)
    with closing(open_shop(closed)) as shop:
        raw = connect_sqlite(shop.home.database, KEY)
        assert raw.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall() == before
        asked = ("user_version", "application_id", "journal_mode")
        assert [raw.execute(f"PRAGMA {name}").fetchone()[0] for name in asked] == [7, 99, "wal"]
        assert raw.execute("SELECT version_num FROM alembic_version").fetchone()[0] == newest()
        raw.close()
        assert [one.name for one in shop.customers.search("花子")] == [NAME]
        added = shop.customers.add(NewCustomer(name="例示 太郎", email="taro@example.jp"))
        assert added.id == 2
        assert [one.name for one in shop.customers.search("太郎")] == ["例示 太郎"]
        assert all(one.ok for one in verify(shop))
        with shop.database.read() as session:
            said = session.execute(text("SELECT action, object FROM audit")).all()
        assert ("set", "database key") in [tuple(row) for row in said]
        assert shop.key_state() == encryption.KeyState(True, True, "key_ring", True, 0)
        assert not shop.installation.quarantine().quarantined


def test_backup_restore_import_and_staging_work_with_the_key(closed, monkeypatch):
    old = Home(closed).backups / "old.db"
    shutil.copyfile(Home(closed).database, old)
    encrypt_shop(KEY, closed)
    with closing(open_shop(closed)) as shop:
        assert shop.key_state().plain_backups == 1
        assert shop.replace_plain_backups() == 1
        (kept,) = shop.backups()
        assert not kept.plain
        shop.customers.add(NewCustomer(name="例示 太郎", email="taro@example.jp"))
    assert restore_shop(kept.file, closed) > 3
    staged: list[list[str]] = []
    with closing(open_shop(closed)) as shop:
        assert shop.customers.count() == 1
        remove = Path.unlink

        def unlink(file, **more):
            if file.suffix == ".staging" and file.exists():
                staged.append(readable(closed, "見本"))
            remove(file, **more)

        with monkeypatch.context() as patched:
            patched.setattr(Path, "unlink", unlink)
            shop.imports.run([PROJECT / "tests" / "data" / "carts" / "shopify-customers.csv"])
        assert shop.customers.count() > 1
        assert all(one.ok for one in verify(shop))
    assert staged == [[]]
    assert readable(closed) == readable(closed, "見本") == []


def test_a_backup_from_before_the_key_is_restored_with_it(closed):
    old = closed.parent / "old.db"
    shutil.copyfile(Home(closed).database, old)
    encrypt_shop(KEY, closed)
    restore_shop(old, closed)
    with closing(open_shop(closed)) as shop:
        assert [one.name for one in shop.customers.search("花子")] == [NAME]
        assert shop.database.key == KEY
    assert readable(closed) == []


def test_a_backup_with_another_key_is_refused(closed, tmp_path):
    encrypt_shop(KEY, closed)
    with closing(open_shop(closed)) as shop:
        file, _rows = shop.back_up(tmp_path / "copy.db")
    with pytest.raises(BackupError, match="another key"):
        backup.check(file, new_key())


def test_nobody_else_may_have_the_data_open(closed):
    with closing(open_shop(closed)) as other:
        with pytest.raises(InUseError, match="another window"):
            encrypt_shop(KEY, closed)
        assert other.customers.count() == 1
        other.customers.add(NewCustomer(name="例示 太郎", email="taro@example.jp"))
    with closing(open_shop(closed)) as shop:  # the key waits in the key ring; the data opens as it was
        assert shop.customers.count() == 2
        state = shop.key_state()
        assert (state.keyed, state.place, state.may_set) == (False, "key_ring", True)
        assert shop.key_to_set() == KEY
    encrypt_shop(KEY, closed)
    with pytest.raises(EncryptionError, match="has a key already"):
        encrypt_shop(KEY, closed)


def test_without_room_nothing_is_changed(closed, monkeypatch):
    before = Home(closed).database.read_bytes()
    monkeypatch.setattr(encryption, "SPARE_BYTES", 1 << 60)
    with pytest.raises(EncryptionError, match="MB free"):
        encrypt_shop(KEY, closed)
    assert Home(closed).database.read_bytes() == before


def test_without_a_key_ring_nothing_is_changed(tmp_path, empty_sqlite):
    home = made(tmp_path, empty_sqlite)
    with closing(open_shop(home)) as shop:
        assert not shop.key_state().may_set
    with pytest.raises(KeyRingError, match="SHOPDESK_KEYS_FILE"):
        encrypt_shop(KEY, home)
    assert is_plain(Home(home).database)


def test_a_keys_file_is_used_where_there_is_no_key_ring(tmp_path, empty_sqlite, monkeypatch):
    home = made(tmp_path, empty_sqlite)
    keys = tmp_path / "keys.json"
    keys.write_text(json.dumps({DATABASE_KEY: KEY}), encoding="utf-8")
    keys.chmod(0o600)
    monkeypatch.setenv("SHOPDESK_KEYS_FILE", str(keys))
    with closing(open_shop(home)) as again:
        assert again.key_state().may_set
        assert again.key_to_set() == KEY
    encrypt_shop(KEY, home)
    with closing(open_shop(home)) as again:
        assert (again.key_state().keyed, again.key_state().place) == (True, "keys_file")


def test_another_key_that_is_kept_already_is_never_overwritten(closed):
    Secrets(Home(closed).name).set(DATABASE_KEY, new_key())
    with pytest.raises(KeyRingError, match="Another key"):
        encrypt_shop(KEY, closed)
    assert is_plain(Home(closed).database)


# Coming back with the paper


def test_the_paper_brings_a_lost_key_back(closed, ring):
    encrypt_shop(KEY, closed)
    ring.kept.clear()
    with pytest.raises(WrongKeyError, match="key is missing"):
        open_shop(closed)
    with pytest.raises(InvalidInputError, match="does not open this data"):
        recover_key(recovery_code(new_key()), closed)
    assert ring.kept == {}
    recover_key(recovery_code(KEY).lower(), closed)
    with closing(open_shop(closed)) as shop:
        assert shop.customers.count() == 1


# Kills


@pytest.fixture(scope="module")
def processes():
    if not hasattr(os, "fork"):
        pytest.skip("a killed process is a fork here")
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "SHOPDESK_LANGUAGE": "en"}
    with subprocess.Popen(
        [sys.executable, str(PROGRAM)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as program:
        assert program.stdout.readline() == "ready\n"
        yield program
        program.stdin.close()


class Lab:
    """Sets the key again and again on copies of one home, in processes that are killed."""

    def __init__(self, program, closed: Path, tmp_path: Path) -> None:
        self._program, self._closed, self._folder = program, closed, tmp_path / "lab"
        self.home = self._folder / "home"

    def kill_at(self, line: int, control: str = "") -> str:
        """Begin with a fresh copy and return how the process ended."""
        shutil.rmtree(self._folder, ignore_errors=True)
        shutil.copytree(self._closed, self.home)
        (self._folder / "ring").write_text("{}", encoding="utf-8")
        return self._ask(line=line, control=control, look=False)

    def there(self) -> tuple[int, bool]:
        """Read the file as the next start would: how many customers there are, and whether it has a key."""
        file = Home(self.home).database
        kept = json.loads((self._folder / "ring").read_text(encoding="utf-8")).get(
            f"ShopDesk/{Home(self.home).name}:database_key"
        )
        connection = connect_sqlite(file, key_for(file, kept))
        try:
            return connection.execute("SELECT count(*) FROM customers").fetchone()[0], not is_plain(file)
        except sqlcipher.DatabaseError:
            return 0, False
        finally:
            connection.close()

    def start(self) -> list[object]:
        """Start ShopDesk: how many customers there are, and whether they have a key."""
        return list(json.loads(self._ask(line=0, control="", look=True)))

    def finish(self) -> str:
        """Set the key as the owner would after the next start."""
        return self._ask(line=0, control="", look=False)

    def _ask(self, **order: object) -> str:
        order |= {"home": str(self.home), "key": KEY}
        order |= {"ring": str(self._folder / "ring"), "instance": str(self._folder / "instance")}
        self._program.stdin.write(json.dumps(order) + "\n")
        self._program.stdin.flush()
        return self._program.stdout.readline().strip()


@pytest.fixture
def lab(processes, closed, tmp_path):
    return Lab(processes, closed, tmp_path)


def lines(lab, control: str = "") -> int:
    said = lab.kill_at(0, control)
    assert said.startswith("whole ")
    return int(said.split()[1])


def test_killed_at_any_line_the_data_is_there_whole(lab):
    last = lines(lab)
    ends = set()
    for line in range(1, last + 1):
        assert lab.kill_at(line) == "killed", line
        people, keyed = lab.there()
        assert people == 1, line
        assert keyed == (not readable(lab.home)), line
        ends.add(keyed)
    assert ends == {False, True}


def test_killed_on_the_way_the_shop_opens_and_the_key_can_be_set_again(lab):
    last = lines(lab)
    for line in random.Random(20261122).sample(range(1, last), 8):
        assert lab.kill_at(line) == "killed"
        people, keyed = lab.start()
        assert people == 1, line
        if not keyed:
            assert lab.finish().startswith("whole"), line
            assert lab.start() == [1, True]
        assert readable(lab.home) == []


@pytest.mark.parametrize("control", ["key last", "plain goes first"])
def test_control_in_another_order_a_kill_loses_the_data(lab, control):
    def lost(line: int) -> bool:
        assert lab.kill_at(line, control) == "killed"
        return lab.there()[0] == 0

    assert any(lost(line) for line in range(lines(lab, control), 0, -1))


@pytest.mark.parametrize("cut_short", [False, True])
def test_what_line_sent_gets_the_key_too(closed, cut_short):
    """Also where the process died when the database had its key and the inbox not yet."""
    file, sent = Home(closed).inbox, "わたしの秘密".encode()
    with inbox.opened(file, None) as bodies:
        bodies.put([sent], datetime.now(UTC))
    if cut_short:
        Secrets(Home(closed).name).set(DATABASE_KEY, KEY)
        encryption.encrypt(Home(closed), KEY)
    else:
        encrypt_shop(KEY, closed)
    with closing(open_shop(closed)) as shop, inbox.opened(file, shop.database.key) as bodies:
        assert [one.body for one in bodies.waiting(10)] == [sent]
        assert all(one.ok for one in verify(shop))
    assert sent not in file.read_bytes()
    assert not is_plain(file)
