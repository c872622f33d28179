"""Cooling, pausing, planned times: what goes on says so, what does nothing is no success."""

from __future__ import annotations

import inspect
import json
from contextlib import closing
from datetime import datetime, timedelta

import pytest

from shopdesk.broadcasts import Broadcasts
from shopdesk.clock import JAPAN
from shopdesk.database import connect_sqlite
from tests.cli.conftest import keys, rehearsal

FRIENDS = 4


@pytest.fixture(scope="module")
def there():
    with rehearsal("--friends", FRIENDS) as found:
        yield found


@pytest.fixture
def draft(run, there, tmp_path, monkeypatch):
    for name, value in keys(there).items():
        monkeypatch.setenv(name, value)
    run("friends", "sync")
    message = tmp_path / "message.json"
    message.write_text(json.dumps([{"type": "text", "text": "秋の新作"}]), encoding="utf-8")
    return lambda *more: run("broadcasts", "draft", "--everyone", "--each", "--message", message, *more).json["id"]


@pytest.fixture
def cooling(run, draft, home):
    """A broadcast in its cooling time, which ends after so many seconds."""

    def start(seconds):
        run("settings", "set", "cooling_minutes", "1")
        made = draft("--name", "秋")
        assert run("broadcasts", "start", made).json["state"] == "waiting"
        with closing(connect_sqlite(home / "shop.db", None)) as database:
            database.execute("UPDATE broadcasts SET cooling_until = cooling_until - ?", [(60 - seconds) * 1000])
            database.commit()
        return made

    return start


@pytest.mark.parametrize("left_s", [-7200, 1])
def test_what_was_paused_in_its_cooling_time_goes_on(run, cooling, left_s):
    made = cooling(left_s)
    assert run("broadcasts", "pause", made).json["state"] == "paused"
    done = run("broadcasts", "resume", made)
    assert (done.status, done.json["state"], done.json["accepted"]) == (0, "finished", FRIENDS)
    assert done.err.count("\n") == (1 if left_s > 0 else 0)


def test_a_send_that_is_paused_before_anybody_got_it_is_no_success(run, cooling, monkeypatch):
    made = cooling(55)

    async def paused_by_somebody(_seconds):
        run("broadcasts", "pause", made)

    send = inspect.unwrap(Broadcasts.send)
    monkeypatch.setattr(send, "__kwdefaults__", {**send.__kwdefaults__, "sleep": paused_by_somebody})
    stopped = run("broadcasts", "send", made)
    assert stopped.error["code"] == "nothing_sent"
    assert (stopped.json["state"], stopped.json["remaining"]) == ("paused", FRIENDS)


def test_waiting_for_the_cooling_time_says_until_when_and_how_to_stop_it(run, cooling):
    made = cooling(1)
    sent = run("broadcasts", "send", made)
    assert sent.json["state"] == "finished"
    assert sent.err.count("It begins at") == 1
    assert f"broadcasts cancel {made}" in sent.err


@pytest.mark.parametrize("act", ["pause", "cancel"])
def test_without_a_number_the_one_that_cools_is_meant_and_named(run, cooling, act):
    made = cooling(60)
    said = run("broadcasts", act, text=True)
    assert said.out.startswith(f"Broadcast {made} “秋”: ")
    refused = run("broadcasts", act)
    assert "broadcasts list" in refused.error["message"]
    assert run("broadcasts", "status", made).json["state"] == {"pause": "paused", "cancel": "cancelled"}[act]
    run("broadcasts", "cancel", made)


def test_what_was_planned_for_later_says_that_it_goes_now(run, draft):
    at = (datetime.now(JAPAN) + timedelta(days=1)).replace(second=0, microsecond=0)
    made = draft("--at", at.isoformat())
    sent = run("broadcasts", "send", made)
    assert sent.json["state"] == "finished"
    assert sent.err == f"It was planned for {at:%Y-%m-%d %H:%M}; it is sent now.\n"
    assert run("broadcasts", "send", made).err == ""


def test_status_and_list_say_the_times(run, cooling, draft, home):
    at = datetime(2031, 1, 1, 9, tzinfo=JAPAN)
    later, late, plain = draft("--at", at.isoformat()), draft("--at", at.isoformat()), draft()
    with closing(connect_sqlite(home / "shop.db", None)) as database:
        database.execute("UPDATE broadcasts SET scheduled_at = created_at - 7200000 WHERE id = ?", [late])
        database.commit()
    cools = cooling(60)
    lines = dict(zip((cools, plain, late, later), run("broadcasts", "list", text=True).out.splitlines(), strict=True))
    assert lines[later].endswith("Scheduled  planned for 2031-01-01 09:00")
    assert "more than an hour over" in lines[late]
    assert lines[cools].startswith(f"{cools}  秋  Starting  begins at ")
    assert "made at" in lines[plain]
    said = {one: run("broadcasts", "status", one, text=True).out for one in lines}
    assert "Planned for 2031-01-01 09:00." in said[later]
    assert "more than an hour over" in said[late]
    assert f"broadcasts cancel {cools}" in said[cools]
    run("broadcasts", "cancel", cools)
    assert "broadcasts cancel" not in run("broadcasts", "status", cools, text=True).out


def test_nothing_unclear_is_nothing_to_settle(run, draft):
    made = draft()
    assert run("broadcasts", "settle", made, "--as", "accepted").error["code"] == "state"
    run("broadcasts", "send", made)
    assert run("broadcasts", "settle", made, "--as", "failed").error["code"] == "state"
    assert run("broadcasts", "status", made).json["accepted"] == FRIENDS
