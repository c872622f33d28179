"""`messages templates`: kept, shown as a draft reads them, taken away."""

from __future__ import annotations

import json

GREETING = [{"type": "text", "text": "{name}さん、はじめまして"}]


def test_a_template_is_kept_shown_drafted_and_taken_away(run, tmp_path):
    file = tmp_path / "greeting.json"
    file.write_text(json.dumps(GREETING), encoding="utf-8")
    kept = run("messages", "templates", "save", "ごあいさつ", file)
    assert (kept.json["template"]["name"], kept.json["template"]["messages"], kept.err) == ("ごあいさつ", GREETING, "")
    assert [one["name"] for one in run("messages", "templates", "list").json["templates"]] == ["ごあいさつ"]
    assert run("messages", "templates", "list", text=True).out == f"ごあいさつ  {GREETING[0]['text']}\n"
    shown = tmp_path / "shown.json"
    shown.write_text(run("messages", "templates", "show", "ごあいさつ", text=True).out, encoding="utf-8")
    assert run("broadcasts", "draft", "--everyone", "--message", shown).json["id"] == 1
    assert run("messages", "templates", "remove", "ごあいさつ").json["template"]["name"] == "ごあいさつ"
    for act in ("show", "remove"):
        refused = run("messages", "templates", act, "ごあいさつ").error
        assert (refused["code"], "ごあいさつ" in refused["message"]) == ("not_found", True)
    assert run("messages", "templates", "list").json == {"templates": []}


def test_what_is_not_finished_is_kept_and_said_what_is_no_message_is_refused(run, tmp_path):
    file = tmp_path / "file.json"
    file.write_text('[{"type": "text", "text": ""}]', encoding="utf-8")
    kept = run("messages", "templates", "save", "途中", file)
    assert (kept.status, kept.err.startswith("! Message 1: ")) == (0, True)
    for broken in ("{}", "[1]", "[]", "["):
        file.write_text(broken, encoding="utf-8")
        assert run("messages", "templates", "save", "途中", file).status == 1
    assert run("messages", "templates", "show", "途中").json["template"]["messages"][0]["type"] == "text"
