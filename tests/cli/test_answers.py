"""`answers`: rules are kept, tried and taken away, for people and for machines."""

from __future__ import annotations

import json


def test_rules_are_added_listed_tried_and_removed(run, tmp_path):
    run("settings", "set", "opening_hours", "月-金 10:00-19:00; 祝 休み")
    run("settings", "set", "closed_message", "本日は閉店しました")
    run("settings", "set", "greeting", "ようこそ、{name}さん")
    card = tmp_path / "card.json"
    card.write_text(json.dumps([{"type": "text", "text": "3台あります"}]), encoding="utf-8")
    asked = ("--match", "alike", "--word", "駐車場はありますか", "--messages", card)
    parking = run("answers", "add", "駐車場", *asked).json["rule"]
    menu = run("answers", "add", "メニュー", "--word", "メニュー", "--text", "一覧です", "--text", "どうぞ").json[
        "rule"
    ]
    assert set(menu) == {"id", "name", "match", "words", "when", "active", "messages"}
    assert [one["id"] for one in run("answers", "list").json["rules"]] == [parking["id"], menu["id"]]
    tried = run("answers", "test", "駐車場ある？", "--at", "2026-11-24T12:00").json
    assert (tried["answers"], tried["kind"], tried["rule"], tried["open"]) == (True, "question", parking["id"], True)
    assert tried["nearest"][0]["question"] == "駐車場はありますか"
    assert tried["messages"] == [{"type": "text", "text": "3台あります"}]
    closed = run("answers", "test", "もしもし", "--at", "2026-11-23T12:00").json
    assert (closed["kind"], closed["open"], closed["messages"][0]["text"]) == ("closed", False, "本日は閉店しました")
    assert run("answers", "test", "--follow").json["messages"][0]["text"] == "ようこそ、{name}さん"
    assert run("answers", "log").json == {"answers": []}  # nothing was said: it was only tried
    run("answers", "off", menu["id"])
    assert run("answers", "test", "メニュー", "--at", "2026-11-24T12:00").json["kind"] == "offer"
    assert [one["id"] for one in run("answers", "move", menu["id"], 1).json["rules"]] == [menu["id"], parking["id"]]
    assert run("answers", "remove", menu["id"]).json == {"removed": menu["id"]}
    assert run("answers", "remove", menu["id"]).error["code"] == "not_found"


def test_what_is_set_wrongly_is_said_when_it_is_tried(run):
    run("settings", "set", "greeting", "{nobody}さん")
    assert run("answers", "test", "--follow").error["code"] == "message"
    run("settings", "set", "greeting_again", "template:ない")
    assert run("answers", "test", "--return").error["code"] == "not_found"
    assert run("settings", "set", "opening_hours", "10-18").error["code"] == "invalid"
    assert run("answers", "add", "a", "--word", "b", "--text", "{nobody}").error["code"] == "message"
    assert run("answers", "test", "a", "--follow").status == 2
    assert run("answers", "add", "a", "--word", "b").status == 2
