"""What a command reads from a file its help names, every key; and what `show` prints is such a file."""

from __future__ import annotations

import json
import re
from dataclasses import fields

import pytest
from PIL import Image

from shopdesk.automations import forms as automations
from shopdesk.cards import rules
from shopdesk.coupons import offers
from shopdesk.menus import records as menus
from shopdesk.site import Content, Part
from shopdesk.surveys import forms
from tests.cli.conftest import example

SURVEY = forms._FORM | forms._OTHERWISE | forms._QUESTION | forms._OPTION | {"options", "branches", "coupon", "points"}
READERS = {
    ("pages", "create"): (Content, Part),
    ("surveys", "create"): SURVEY,
    ("coupons", "create"): set(offers._READERS),
    ("menus", "save"): (menus.Plan, menus.Design, menus.Tab, menus.Area, menus.Action),
    ("automations", "create"): automations._KNOWN | automations._STEP - {"id"},
    ("cards", "rules"): (rules.Rules, rules.Reward, rules.Rank),
}


@pytest.mark.parametrize("command", READERS)
def test_the_help_names_every_key_of_the_file(run, command):
    known = READERS[command]
    read = known if isinstance(known, set) else {field.name for one in known for field in fields(one)}
    said = run(*command, "--help", text=True).out
    assert example(said)
    assert read - set(re.findall(r'["“](\w+)["”]', said)) == set()


def test_what_is_shown_is_a_file_again(run, tmp_path):
    file = tmp_path / "file.json"
    (tmp_path / "写真").mkdir()
    Image.new("RGB", (60, 40), "brown").save(tmp_path / "写真" / "栗.jpg")

    def again(create, part, *kind):
        """Make one of the help's example, save what `show` prints, give that to `change` and show it once more."""
        file.write_text(json.dumps(example(run(*create, "--help", text=True).out)), encoding="utf-8")
        assert run(*create, *kind, file).status == 0
        shown = run(create[0], "show", 1).json[part]
        file.write_text(run(create[0], "show", 1, text=True).out if part != "offer" else json.dumps(shown), "utf-8")
        assert json.loads(file.read_text("utf-8")) == shown
        assert run(create[0], "change", 1, file).status == 0
        assert run(create[0], "show", 1).json[part] == shown
        return shown

    offer = again(("coupons", "create"), "offer")
    assert (offer["until"][:10], offer["weekdays"], offer["hours"]) == (
        "2999-12-01",
        ["mon", "tue"],
        ["10:00", "18:30"],
    )
    run("settings", "set", "public_url", "https://shop.example.jp")
    content = again(("pages", "create"), "content", "shop")
    assert (content["menu"], [one["kind"] for one in content["parts"]][:2]) == (
        "https://example.jp/menu",
        ["heading", "picture"],
    )
    file.write_text(json.dumps(example(run("cards", "rules", "--help", text=True).out)), encoding="utf-8")
    wanted = run("cards", "rules", file).json["rules"]
    file.write_text(run("cards", "rules", text=True).out, encoding="utf-8")
    assert run("cards", "rules", file).json["rules"] == run("cards", "rules").json["rules"] == wanted


def test_tables_for_people_speak_their_language(run, tmp_path):
    file = tmp_path / "file.json"
    file.write_text(json.dumps({"title": "栗", "parts": [{"kind": "text", "text": "栗です"}]}), encoding="utf-8")
    run("settings", "set", "language", "ja")
    assert run("pages", "create", "announcement", file, "--draft").json["state"] == "draft"
    assert run("pages", "list", text=True).out == "1\t案内ページ\t下書き\t栗\t\n"
    file.write_text(json.dumps({"name": "栗", "kind": "gift"}), encoding="utf-8")
    assert run("coupons", "create", file, "--draft", text=True).out.splitlines()[0].endswith("\t下書き")
    run("cards", "issue", "--name", "はな")
    run("cards", "adjust", 1, "--add", 5, "--reason", "おわび", "--till", "1")
    shown = run("cards", "show", 1, text=True).out
    assert "手で直した" in shown
    assert "adjust" not in shown
