"""Connecting with LINE: keys are kept only when LINE has accepted them, and where there is a place to keep them."""

from __future__ import annotations

import pytest

from shopdesk.accounts import AnotherAccountError
from shopdesk.gateway.arriving import arrive
from shopdesk.line import LineError
from shopdesk.rehearsal import Rehearsal, running
from shopdesk.secrets import LINE_CHANNEL_ID, LINE_CHANNEL_SECRET, KeyRingError


@pytest.fixture
def there(clock, monkeypatch):
    with running(Rehearsal(3, clock=clock)) as found:
        monkeypatch.setenv("SHOPDESK_LINE_HOST", found.url)
        yield found


def test_good_keys_are_kept_and_used_at_once(there, make_shop):
    shop = make_shop()
    assert shop.secrets.place(LINE_CHANNEL_ID) == "nowhere"
    bot = shop.connect_line(f" {there.channel_id} ", there.channel_secret)
    assert bot == shop.line.bot()
    assert shop.secrets.get(LINE_CHANNEL_ID) == there.channel_id
    shop.disconnect_line()
    with pytest.raises(LineError, match="not connected"):
        shop.line.bot()
    assert [entry.action for entry in shop.staff.entries()][:2] == ["clear", "set"]


def test_keys_of_another_account_are_kept_only_after_the_connection_was_ended(there, make_shop):
    shop = make_shop()
    mine = shop.connect_line(there.channel_id, there.channel_secret)
    assert arrive(shop, "")
    other = "U" + "9" * 32
    shop.settings.set("line_bot", other)
    shop.settings.set("line_redelivers", "on")
    with pytest.raises(AnotherAccountError, match="another account"):
        shop.connect_line(there.channel_id, there.channel_secret)
    assert not arrive(shop, "")
    assert shop.settings.get("line_bot") == other
    shop.disconnect_line()
    assert (shop.settings.get("line_bot"), shop.settings.get("line_redelivers")) == ("", False)
    assert shop.connect_line(there.channel_id, there.channel_secret) == mine
    assert arrive(shop, "")
    assert shop.settings.get("line_bot") == mine.user_id


def test_wrong_keys_are_not_kept(there, make_shop):
    shop = make_shop()
    with pytest.raises(LineError, match="does not accept the keys"):
        shop.connect_line(there.channel_id, "0" * 32)
    assert shop.secrets.get(LINE_CHANNEL_SECRET) is None


def test_without_a_key_ring_the_way_out_is_named(there, make_shop):
    shop = make_shop(secrets=None)
    assert not shop.secrets.can_keep
    with pytest.raises(KeyRingError, match="SHOPDESK_KEYS_FILE"):
        shop.connect_line(there.channel_id, there.channel_secret)


def test_a_secret_says_where_it_comes_from(make_shop, monkeypatch, tmp_path):
    shop = make_shop(secrets=None)
    monkeypatch.setenv("SHOPDESK_LINE_CHANNEL_ID", "1")
    assert shop.secrets.place(LINE_CHANNEL_ID) == "environment"
    keys = tmp_path / "keys.json"
    keys.write_text('{"line_channel_id": "2"}')
    keys.chmod(0o600)
    monkeypatch.setenv("SHOPDESK_KEYS_FILE", str(keys))
    assert shop.secrets.place(LINE_CHANNEL_ID) == "keys_file"
    assert shop.secrets.place(LINE_CHANNEL_SECRET) == "nowhere"


def test_the_backups_in_the_home_are_listed(sqlite_shop):
    assert sqlite_shop.backups() == []
    file, _rows = sqlite_shop.back_up()
    (only,) = sqlite_shop.backups()
    assert (only.file, only.size, only.plain) == (file, file.stat().st_size, True)
