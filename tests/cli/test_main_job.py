"""From a cart's export to a message on a phone, by commands alone, each a process of its own."""

from __future__ import annotations

import json
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.cli.conftest import SAMPLES, keys, rehearsal

NUMBERS = ("planned", "accepted", "failed", "unknown", "remaining", "cancelled", "excluded", "batches")
BOUGHT = {"field": "orders.count", "is": "at_least", "value": 1}


def received(there, user_id):
    with urllib.request.urlopen(f"{there['url']}/rehearsal/people/{user_id}/received", timeout=10) as answer:
        return json.load(answer)["messages"]


def posted(there):
    with urllib.request.urlopen(f"{there['url']}/rehearsal/journal", timeout=10) as answer:
        return [one for one in json.load(answer)["requests"] if one["endpoint"] in {"push", "multicast", "broadcast"}]


@pytest.fixture
def files(tmp_path):
    rule, message, plain = tmp_path / "rule.json", tmp_path / "message.json", tmp_path / "plain.json"
    rule.write_text(json.dumps(BOUGHT), encoding="utf-8")
    message.write_text(json.dumps([{"type": "text", "text": "{name} さん、こんにちは"}]), encoding="utf-8")
    plain.write_text(json.dumps([{"type": "text", "text": "お知らせ"}]), encoding="utf-8")
    return rule, message, plain


def _journey(call, files, there):
    """Import, friends, segment, broadcast; returns the linked friends, who bought something."""
    rule, message, _plain = files
    done = call("import", SAMPLES / "yahoo-orders.csv", SAMPLES / "yahoo-items.csv").json
    assert (done["orders"]["new"], done["lines"], done["gross_yen"]) == (4, 7, 22500)
    assert call("friends", "sync").json == {"friends": 50, "new": 50, "blocked": 0}
    friends = call("friends", "list").json["friends"]
    assert len(friends) == len({one["user_id"] for one in friends}) == 50
    assert call("segments", "save", "bought", rule).status == 0
    people = [one["id"] for one in call("customers", "search", "example.jp").json["customers"] if one["orders"]]
    linked = friends[: len(people) - 1]
    for friend, customer in zip(linked, people, strict=False):
        assert call("friends", "link", friend["user_id"], customer).json["friend"]["customer_id"] == customer
    counted = call("segments", "count", "bought").json
    assert (counted["count"], counted["reachable_on_line"], counted["not_linked"]) == (len(people), len(linked), 1)
    made = call("broadcasts", "draft", "--segment", "bought", "--message", message).json["id"]
    shown = call("broadcasts", "preview", made).json
    assert (shown["planned"], shown["messages_counted"], shown["quota_left"]) == (len(linked), len(linked), 30_000)
    assert shown["excluded"] == [{"reason": "not_linked", "count": 1}]
    for _again in range(2):
        sent = call("broadcasts", "send", made)
        assert sent.status == 0
        assert [sent.json[name] for name in NUMBERS[:7]] == [len(linked), len(linked), 0, 0, 0, 0, 1]
        assert sent.json["state"] == "finished"
    assert call("broadcasts", "status", made).json == sent.json
    assert posted(there)
    for friend in friends:
        assert len(received(there, friend["user_id"])) == (friend in linked)
    return linked


def test_the_whole_path_with_processes(process, run, files, tmp_path, monkeypatch):
    """What imports, fetches and sends runs as a process of its own; the commands between them here, to save seconds."""
    journal = tmp_path / "journal.jsonl"
    with rehearsal("--friends", 50, "--journal", journal) as there:
        assert set(there) == {"url", "channel_id", "channel_secret", "access_token", "bot_user_id"}
        for name, value in keys(there).items():
            monkeypatch.setenv(name, value)

        def call(*said):
            alone = said[:1] == ("import",) or said[1:2] in {("sync",), ("send",)}
            return (process if alone else run)(*said)

        _journey(call, files, there)
        assert journal.read_text(encoding="utf-8").count("\n") > 50


def test_everyone_and_each_pause_cancel_and_at(run, files, monkeypatch):
    _rule, message, plain = files
    with rehearsal("--friends", 12) as there:
        for name, value in keys(there).items():
            monkeypatch.setenv(name, value)
        run("friends", "sync")
        all_at_once = run("broadcasts", "draft", "--everyone", "--message", plain).json["id"]
        assert run("broadcasts", "send", all_at_once).json["accepted"] == 12
        each = run("broadcasts", "draft", "--everyone", "--each", "--message", message).json["id"]
        assert run("broadcasts", "resume", each).json["accepted"] == 12
        assert [one["endpoint"] for one in posted(there)] == ["broadcast"] + ["push"] * 12
        later = run("broadcasts", "draft", "--everyone", "--message", plain, "--at", "2031-01-01T09:00").json["id"]
        now = run("broadcasts", "status", later).json
        assert (now["state"], now["scheduled_at"]) == ("draft", "2031-01-01T09:00:00+09:00")
        assert run("broadcasts", "pause", later).error["code"] == "state"
        assert run("broadcasts", "cancel", later).json["state"] == "cancelled"
        assert run("broadcasts", "send", later).error["code"] == "state"
        for act in ("pause", "cancel"):
            assert "broadcasts list" in run("broadcasts", act).error["message"]
        listed = run("broadcasts", "list").json["broadcasts"]
        assert [one["id"] for one in listed] == [later, each, all_at_once]
        for one in listed:
            parts = ("accepted", "failed", "unknown", "remaining", "cancelled")
            assert one["planned"] == sum(one[name] for name in parts)


def test_of_two_senders_at_once_one_waits_and_nobody_gets_it_twice(run, process, files, monkeypatch, tmp_path):
    slow = tmp_path / "slow.jsonl"
    slow.write_text(
        json.dumps({"endpoint": "push", "nth": 1, "times": 30, "delay_s": 1.5, "accept": True}), encoding="utf-8"
    )
    with rehearsal("--friends", 30, "--fault", slow) as there:
        for name, value in keys(there).items():
            monkeypatch.setenv(name, value)
        run("friends", "sync")
        made = run("broadcasts", "draft", "--everyone", "--each", "--message", files[1]).json["id"]
        with ThreadPoolExecutor(2) as both:
            ran = [one.result() for one in [both.submit(process, "broadcasts", "send", made) for _ in range(2)]]
        assert [(one.status, one.json["state"], one.json["accepted"]) for one in ran] == [(0, "finished", 30)] * 2
        assert sum("Waiting for it" in one.err for one in ran) == 1
        everybody = [user_id for one in posted(there) for user_id in one["recipients"]]
        assert sorted(everybody) == sorted(set(everybody))
        assert len(everybody) == 30


def test_a_restored_shop_sends_nothing_until_it_is_lifted(run, files, monkeypatch, tmp_path):
    _rule, message, _plain = files
    with rehearsal("--friends", 5) as there:
        for name, value in keys(there).items():
            monkeypatch.setenv(name, value)
        run("friends", "sync")
        made = run("broadcasts", "draft", "--everyone", "--each", "--message", message).json["id"]
        kept = run("backup", tmp_path / "kept.db").json
        other = tmp_path / "other"
        assert run("restore", kept["file"], at=other).json == {"file": kept["file"], "rows": kept["rows"]}
        assert run("quarantine", at=other).json["quarantined"] is True
        assert run("broadcasts", "send", made, at=other).error["code"] == "quarantined"
        assert posted(there) == []
        lifted = run("quarantine", "--lift", at=other)
        assert lifted.json == {"quarantined": False, "since": None, "reason": None}
        assert "copied from" in lifted.err
        assert run("broadcasts", "send", made, at=other).json["accepted"] == 5
        found = run("verify", at=other)
        assert found.status == 0
        assert {one["name"]: one["ok"] for one in found.json["invariants"] if not one["ok"]} == {}


def test_postgresql_does_all_of_it(run, files, monkeypatch, fresh_postgresql, tmp_path):
    monkeypatch.setenv("SHOPDESK_DATABASE_URL", fresh_postgresql)
    with rehearsal("--friends", 50) as there:
        for name, value in keys(there).items():
            monkeypatch.setenv(name, value)
        _journey(run, files, there)
        assert run("doctor").status == 0
        assert run("settings", "set", "plan", "light").status == 0
        assert run("imports", "undo", 1).json["undone"]["orders"] == 4
        assert run("backup", tmp_path / "kept.zip").json["rows"] > 0
        assert run("restore", tmp_path / "kept.zip").error["code"] == "not_empty"
        assert run("customers", "show", 2**62).error["code"] == "not_found"
        assert run("verify").status == 0
        assert run("quarantine").json["quarantined"] is False


def test_pause_and_cancel_never_take_a_paused_one_that_was_not_named(run, files, monkeypatch, tmp_path):
    stopping = tmp_path / "stopping.jsonl"
    stopping.write_text(json.dumps({"endpoint": "push", "nth": 4, "times": 99, "answer": 401}), encoding="utf-8")
    with rehearsal("--friends", 6, "--fault", stopping) as there:
        for name, value in keys(there).items():
            monkeypatch.setenv(name, value)
        run("friends", "sync")
        draft = ("broadcasts", "draft", "--everyone", "--each", "--message", files[1])
        first, second = run(*draft).json["id"], run(*draft).json["id"]
        for one in (first, second):
            assert run("broadcasts", "send", one).error["code"] == "paused_token"
        assert "broadcasts list" in run("broadcasts", "pause").error["message"]
        assert "broadcasts list" in run("broadcasts", "cancel").error["message"]
        assert run("broadcasts", "cancel", first).json["state"] == "cancelled"
        ended = run("broadcasts", "cancel", second).json
        assert (ended["id"], ended["state"]) == (second, "cancelled")
        assert [one["state"] for one in ended["reasons"]] == ["cancelled"]
        assert ended["reasons"][0]["count"] == ended["cancelled"]
        assert ended["reasons"][0]["sentence"]
