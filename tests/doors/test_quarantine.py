"""A copied, restored or set-back home sends nothing until its owner says so."""

from __future__ import annotations

import shutil

import pytest

from shopdesk.quarantine import REAL, REHEARSAL, OtherWorldError, QuarantinedError
from shopdesk.shop import open_shop


def closed_copy(shop, to):
    shop.database.checkpoint()
    shop.close()
    shutil.copytree(shop.home.path, to)
    return to


def test_a_home_that_stays_where_it_is_is_free(make_shop):
    make_shop().close()
    assert not make_shop().installation.quarantine().quarantined


def test_a_copy_is_held_and_the_original_is_not(sqlite_shop, tmp_path):
    sqlite_shop.settings.set("shop_name", "みほん洋菓子店")
    copy = open_shop(closed_copy(sqlite_shop, tmp_path / "copy"), secrets={})
    held = copy.installation.quarantine()
    assert held.quarantined
    assert "copied" in held.reason
    with pytest.raises(QuarantinedError), copy.database.write() as session:
        copy.installation.require_free(session)
    copy.close()
    assert not open_shop(sqlite_shop.home.path, secrets={}).installation.quarantine().quarantined


def test_lifting_is_recorded_and_lasts(sqlite_shop, tmp_path):
    folder = closed_copy(sqlite_shop, tmp_path / "copy")
    copy = open_shop(folder, secrets={})
    copy.lift_quarantine()
    assert (copy.staff.entries()[0].action, copy.staff.entries()[0].object) == ("lift", "quarantine")
    copy.close()
    again = open_shop(folder, secrets={})
    assert not again.installation.quarantine().quarantined
    again.close()


def test_an_older_state_of_the_same_home_is_held(sqlite_shop, tmp_path):
    sqlite_shop.database.checkpoint()
    older = tmp_path / "older.db"
    shutil.copyfile(sqlite_shop.home.database, older)
    sqlite_shop.settings.set("plan", "light")
    sqlite_shop.close()
    shutil.copyfile(older, sqlite_shop.home.database)
    set_back = open_shop(sqlite_shop.home.path, secrets={})
    assert "older" in set_back.installation.quarantine().reason
    set_back.close()


def test_a_second_computer_joins_a_postgresql_shop_freely(make_shop, fresh_postgresql, monkeypatch, tmp_path):
    make_shop("till-1", url=fresh_postgresql)
    monkeypatch.setenv("SHOPDESK_INSTANCE_FILE", str(tmp_path / "another-computer"))
    assert not make_shop("till-2", url=fresh_postgresql).installation.quarantine().quarantined


def test_a_home_that_practised_never_meets_the_real_line(shop):
    shop.installation.require_world(REHEARSAL)
    shop.installation.require_world(REHEARSAL)
    with pytest.raises(OtherWorldError, match="practice"):
        shop.installation.require_world(REAL)


def test_a_home_of_the_real_line_never_practises(shop):
    shop.installation.require_world(REAL)
    with pytest.raises(OtherWorldError, match="practise"):
        shop.installation.require_world(REHEARSAL)
