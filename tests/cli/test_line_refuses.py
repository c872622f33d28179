"""LINE says no, or nothing: exit 1, one sentence, and the counts say exactly what LINE has taken."""

from __future__ import annotations

import json
import urllib.request
from contextlib import closing, contextmanager

import pytest

from shopdesk.database import connect_sqlite
from tests.cli.conftest import keys, rehearsal

FRIENDS = 12


@pytest.fixture(scope="module")
def there():
    with rehearsal("--friends", FRIENDS) as found:
        yield found


@pytest.fixture
def draft(run, there, tmp_path, monkeypatch):
    for name, value in keys(there).items():
        monkeypatch.setenv(name, value)
    assert run("friends", "sync").json["friends"] == FRIENDS
    message = tmp_path / "message.json"
    message.write_text(json.dumps([{"type": "text", "text": "{name} さん"}]), encoding="utf-8")
    return run("broadcasts", "draft", "--everyone", "--each", "--message", message).json["id"]


def fault(there, **wanted):
    asked = urllib.request.Request(f"{there['url']}/rehearsal/faults", json.dumps(wanted).encode())
    asked.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(asked, timeout=10) as answer:
        assert answer.status < 300


def received(there):
    people = set()
    with urllib.request.urlopen(f"{there['url']}/rehearsal/journal", timeout=10) as answer:
        for one in json.load(answer)["requests"]:
            people |= set(one["recipients"])
    total = 0
    for user_id in people:
        with urllib.request.urlopen(f"{there['url']}/rehearsal/people/{user_id}/received", timeout=10) as answer:
            total += len(json.load(answer)["messages"])
    return total


@contextmanager
def adding(there, number):
    before = received(there)
    yield
    assert received(there) - before == number


def test_a_wrong_token_sends_nothing(run, there, draft, monkeypatch):
    monkeypatch.setenv("SHOPDESK_LINE_ACCESS_TOKEN", "wrong")
    with adding(there, 0):
        assert run("broadcasts", "send", draft).error["code"] == "line_token"
        assert run("friends", "sync").error["code"] == "line_token"
    assert run("broadcasts", "status", draft).json["state"] == "draft"
    assert [one["ok"] for one in run("doctor").json["checks"] if one["name"] == "line token"] == [False]


@pytest.mark.parametrize(("answer", "reason"), [("monthly", "monthly_limit"), (401, "token"), (403, "forbidden")])
def test_what_stops_line_half_way_pauses_and_resumes(run, there, draft, answer, reason):
    with adding(there, FRIENDS):
        fault(there, endpoint="push", nth=4, times=FRIENDS, answer=answer)
        stopped = run("broadcasts", "send", draft)
        assert stopped.error["code"] == f"paused_{reason}"
        now = stopped.json
        assert now["state"] == "paused"
        assert now["planned"] == FRIENDS == now["accepted"] + now["remaining"]
        assert now["remaining"] > 0
        for _try in range(FRIENDS):
            if run("broadcasts", "resume", draft).status == 0:
                break
        done = run("broadcasts", "send", draft)
        assert (done.status, done.json["state"], done.json["accepted"]) == (0, "finished", FRIENDS)


def test_a_refused_message_is_a_refusal_the_first_time(run, there, draft):
    with adding(there, 0):
        fault(there, endpoint="push", nth=1, times=FRIENDS, answer=400)
        refused = run("broadcasts", "send", draft)
        assert refused.error["code"] == "line_refused"
        assert (refused.json["failed"], refused.json["accepted"]) == (FRIENDS, 0)
        assert run("broadcasts", "send", draft).status == 0


def test_who_did_not_get_it_is_told_with_the_reason(run, home, there, draft):
    with closing(connect_sqlite(home / "shop.db", None)) as database:
        database.execute("UPDATE friends SET state = 'blocked', blocked_at = 1 WHERE id = 1")
        database.commit()
    fault(there, endpoint="push", nth=1, times=2, answer=400)
    sent = run("broadcasts", "send", draft).json
    failed, left_out = sent["reasons"]
    assert (failed["state"], failed["reason"], failed["count"]) == ("failed", "rejected", sent["failed"])
    assert (left_out["state"], left_out["reason"], left_out["count"]) == ("excluded", "blocked", sent["excluded"])
    assert "LINE" in failed["sentence"]
    assert run("broadcasts", "status", draft).json == sent
    lines = run("broadcasts", "status", draft, text=True).out.splitlines()
    assert lines[1:] == [
        f"  – Not sent: {failed['sentence']}: {sent['failed']}",
        "  – Left out: Blocks the shop on LINE: 1",
    ]


def test_verify_sees_a_message_to_somebody_who_had_blocked_the_shop(run, home, draft):
    assert run("broadcasts", "send", draft).status == 0
    assert run("verify").status == 0
    with closing(connect_sqlite(home / "shop.db", None)) as database:
        database.execute("UPDATE friends SET state = 'blocked', blocked_at = 1 WHERE id = 1")
        database.commit()
    broken = run("verify")
    assert broken.status == 1
    assert [one["name"] for one in broken.json["invariants"] if not one["ok"]] == ["I4"]


def test_line_in_trouble_before_the_start(run, there, draft):
    with adding(there, 0):
        fault(there, endpoint="validate/push", nth=1, times=1, answer=500)
        assert run("broadcasts", "send", draft).error["code"] == "line_unreachable"
        assert run("broadcasts", "status", draft).json["state"] == "draft"
