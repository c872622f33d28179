"""Secrets come from a private file, the environment or the key ring, and leave no trace in logs."""

from __future__ import annotations

import json
import logging
import os

import keyring
import pytest
from keyring.backend import KeyringBackend
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from shopdesk import logs
from shopdesk.secrets import DATABASE_KEY, LINE_CHANNEL_SECRET, KeyRingError, KeysFileError, Secrets, usable_key_ring


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


def test_the_key_ring_keeps_gives_and_forgets(ring):
    secrets = Secrets("みほん")
    assert secrets.get(LINE_CHANNEL_SECRET) is None
    secrets.set(LINE_CHANNEL_SECRET, "0123456789abcdef")
    assert secrets.get(LINE_CHANNEL_SECRET) == "0123456789abcdef"
    assert Secrets("another shop").get(LINE_CHANNEL_SECRET) is None
    secrets.set(LINE_CHANNEL_SECRET, "")
    assert secrets.get(LINE_CHANNEL_SECRET) is None


def test_a_null_key_ring_is_refused_not_used():
    assert not usable_key_ring()
    with pytest.raises(KeyRingError, match="SHOPDESK_KEYS_FILE"):
        Secrets("みほん").set(LINE_CHANNEL_SECRET, "x")
    assert Secrets("みほん").get(LINE_CHANNEL_SECRET) is None


def test_a_keys_file_wins_over_the_environment_and_must_be_private(tmp_path, monkeypatch):
    file = tmp_path / "keys.json"
    file.write_text(json.dumps({DATABASE_KEY: "ab" * 32}), encoding="utf-8")
    file.chmod(0o600)
    monkeypatch.setenv("SHOPDESK_KEYS_FILE", str(file))
    monkeypatch.setenv("SHOPDESK_LINE_CHANNEL_SECRET", "from the environment")
    assert Secrets("みほん").get(DATABASE_KEY) == "ab" * 32
    file.chmod(0o644)
    if os.name == "posix":
        with pytest.raises(KeysFileError, match="chmod 600"):
            Secrets("みほん").get(DATABASE_KEY)
    file.chmod(0o600)
    file.write_text("no json", encoding="utf-8")
    with pytest.raises(KeysFileError, match="JSON"):
        Secrets("みほん").get(DATABASE_KEY)


@pytest.mark.skipif(os.name != "posix", reason="systemd")
def test_a_credential_of_systemds_may_show_its_own_group(tmp_path, monkeypatch):
    file = tmp_path / "credentials" / "keys.json"
    file.parent.mkdir()
    file.write_text(json.dumps({DATABASE_KEY: "ab" * 32}), encoding="utf-8")
    file.chmod(0o440)
    monkeypatch.setenv("SHOPDESK_KEYS_FILE", str(file))
    with pytest.raises(KeysFileError, match="chmod 600"):
        Secrets("みほん").get(DATABASE_KEY)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(file.parent))
    assert Secrets("みほん").get(DATABASE_KEY) == "ab" * 32
    file.chmod(0o444)
    with pytest.raises(KeysFileError, match="chmod 600"):
        Secrets("みほん").get(DATABASE_KEY)


def test_the_environment_serves_where_there_is_no_key_ring(monkeypatch):
    monkeypatch.setenv("SHOPDESK_LINE_CHANNEL_SECRET", "0123")
    assert Secrets("みほん").get(LINE_CHANNEL_SECRET) == "0123"
    assert Secrets("みほん").for_child() == {LINE_CHANNEL_SECRET: "0123"}


def test_a_child_or_a_demo_sees_only_what_it_was_given(monkeypatch):
    monkeypatch.setenv("SHOPDESK_LINE_CHANNEL_SECRET", "0123")
    assert Secrets("みほん", {DATABASE_KEY: "k"}).for_child() == {DATABASE_KEY: "k"}


@pytest.mark.parametrize(
    "line",
    [
        "Authorization: Bearer s3cr3t-canary",
        "{'channel_secret': 's3cr3t-canary'}",
        "access_token=s3cr3t-canary&x=1",
        'headers {"X-Line-Signature": "s3cr3t-canary"}',
        "U0123456789abcdef0123456789abcdef said s",
    ],
)
def test_secrets_and_user_ids_never_reach_the_log(tmp_path, line):
    logs.start(tmp_path)
    logging.getLogger("shopdesk.test").warning("%s", line)
    written = logs.log_file(tmp_path).read_text(encoding="utf-8")
    assert "canary" not in written
    assert "U0123" not in written
    assert "shopdesk.test" in written


def test_what_a_database_refuses_is_logged_without_what_it_holds(shop, tmp_path):
    """A row that cannot be written has somebody's name in it, or a number that opens a page."""
    logs.start(tmp_path)
    twice, row = text("INSERT INTO tags (name) VALUES (:name)"), {"name": "見本\ncanary@example.jp"}
    try:
        with shop.database.write() as session:
            for _time in range(2):
                session.execute(twice, row)
    except IntegrityError:
        logging.getLogger("shopdesk.test").exception("not written")
    written = logs.log_file(tmp_path).read_text(encoding="utf-8")
    assert ("IntegrityError" in written, "INSERT INTO tags" in written, "canary" in written) == (True, True, False)
