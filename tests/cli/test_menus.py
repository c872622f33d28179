"""`menus …`: written as JSON, published to a rehearsal, shown, put in order, taken away."""

from __future__ import annotations

import json

import pytest
from PIL import Image

from shopdesk import i18n
from shopdesk.menus import dump
from shopdesk.rehearsal import Rehearsal, running
from tests.cli.conftest import example
from tests.menus.menus import plan, tabbed


@pytest.fixture
def there(monkeypatch):
    with running(Rehearsal(2)) as found:
        for name in ("channel_id", "channel_secret"):
            monkeypatch.setenv(f"SHOPDESK_LINE_{name.upper()}", getattr(found, name))
        monkeypatch.setenv("SHOPDESK_LINE_HOST", found.url)
        yield found


def test_a_menu_from_a_file_to_line_and_back(run, there, tmp_path):
    def written(wanted):
        file = tmp_path / "menu.json"
        file.write_text(json.dumps(dump(wanted), ensure_ascii=False), encoding="utf-8")
        return file

    made = run("menus", "save", written(tabbed())).json
    assert (made["menu"], made["standing"], made["plan"]) == (
        1,
        "draft",
        json.loads(written(tabbed()).read_text("utf-8")),
    )
    assert run("menus", "publish", 1).json["standing"] == "shown"
    assert run("menus", "settle", "--look").json == {"up": 0, "away": 0, "people": 0}
    Image.new("RGB", (900, 900), "teal").save(tmp_path / "own.png")
    assert run("menus", "picture", 1, "a", tmp_path / "own.png").json["differs"]
    assert "ふだん  Shown on LINE  changed since it was published" in run("menus", text=True).out
    assert run("menus", "picture", 1, "z", tmp_path / "own.png").error["code"] == "not_found"
    assert run("menus", "picture", 1, "a", tmp_path / "no.png").error["code"] == "invalid"
    run("menus", "save", written(plan("朝", bar="朝")))
    assert [one["menu"] for one in run("menus", "order", 2).json["menus"]] == [2, 1]
    there.rehearsal.faults.add({"endpoint": "richmenu", "answer": 400, "times": 1})
    assert run("menus", "publish", 2).error["code"] == "line_refused"
    assert [one["standing"] for one in run("menus").json["menus"]] == ["working", "covered"]
    assert run("menus", "publish", 2).json["standing"] == "shown"
    assert run("menus", "clicks", 2).json == {"tabs": [{"tab": "a", "seen": None, "areas": None}]}
    assert "朝  Shown on LINE" in run("menus", text=True).out
    assert "fewer than 20" in run("menus", "clicks", 2, text=True).out
    shown = run("menus", "show", 2, text=True)
    (tmp_path / "menu.json").write_text(shown.out, encoding="utf-8")  # it prints what `save` takes
    assert run("menus", "save", tmp_path / "menu.json", "--menu", 2).json["differs"] is False
    assert run("menus", "withdraw", 2).json["standing"] == "draft"
    assert run("menus", "delete", 1).json == {"deleted": 1}
    assert len(there.rehearsal.rich_menus.by_id) == 0
    (tmp_path / "menu.json").write_text('{"name": "a"}', encoding="utf-8")
    run("settings", "set", "language", "ja")
    i18n.set_language("en")  # as a program begins
    refused = run("menus", "save", tmp_path / "menu.json").error
    assert (refused["code"], "リッチメニュー" in refused["message"]) == ("invalid", True)
    run("settings", "set", "language", "en")
    taken = example(run("menus", "save", "--help", text=True).out)
    (tmp_path / "menu.json").write_text(json.dumps(taken), encoding="utf-8")
    assert run("menus", "save", tmp_path / "menu.json").json["plan"]["name"] == "ふだん"
    assert run("menus", "show", 1).error["code"] == "not_found"
