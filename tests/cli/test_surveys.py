"""`surveys …` and `export survey`: the keys of the contract, and refusals with their codes."""

from __future__ import annotations

import json
from contextlib import closing

import openpyxl
from PIL import Image

from shopdesk.shop import open_shop
from shopdesk.surveys import Person
from tests.cli.conftest import example
from tests.surveys.conftest import SKIN, answer_all, published


def test_made_answered_counted_and_written_for_excel_and_the_cart(run, home, tmp_path):
    file = tmp_path / "people.csv"
    file.write_text("お名前,メールアドレス\n見本 花子,a@example.jp\n例示 太郎,b@example.jp\n", encoding="utf-8")
    run("import", file)
    people = [run("customers", "search", name).json["customers"][0]["id"] for name in ("見本", "例示")]
    (tmp_path / "s.json").write_text(json.dumps({**SKIN, "gift": {"points": 3}}, ensure_ascii=False), "utf-8")
    made = run("surveys", "create", tmp_path / "s.json").json
    assert (made["state"], made["version"], made["form"]["name"]) == ("published", 1, "肌のアンケート")
    with closing(open_shop(home)) as shop:
        survey = shop.surveys.get(made["survey"])
        answer_all(shop, survey, Person(people[0]), 使い方="=1+1", 困る所=["目", "ほほ"], すすめ="5")
    said = run("surveys", "results", "肌のアンケート", "--by", "orders").json
    assert set(said) >= {"survey", "answers", "questions"}
    assert (said["answers"], said["questions"][0]["counts"][0]) == (1, {"label": "乾燥", "people": 1, "share": 1.0})
    assert (said["questions"][2]["texts"], said["questions"][3]["by"][0]["average"]) == (["=1+1"], 5.0)
    text = run("surveys", "results", made["survey"], text=True).out
    assert "乾燥\t1\t100%" in text
    assert "on average 5.0" in text
    assert run("export", "survey", "肌のアンケート", tmp_path / "a.xlsx").json["rows"] == 1
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][2:] == ("Customer number", "Name", "肌の悩み", "困る所", "使い方", "すすめ")
    assert rows[1][2:] == (people[0], "見本 花子", "乾燥", "ほほ、目", "=1+1", 5)
    assert sheet.cell(2, 7).data_type != "f"
    assert (
        run("export", "survey", "肌のアンケート", tmp_path / "c.csv", "--cart", "shopify-customers").json["rows"] == 1
    )
    assert "乾燥肌" in (tmp_path / "c.csv").read_text(encoding="utf-8")
    assert run("surveys", "remove-answer", "肌のアンケート", people[0]).json == {"survey": made["survey"], "removed": 1}
    assert run("surveys", "results", made["survey"]).json["answers"] == 0
    assert run("surveys", "remove-answer", made["survey"], people[0]).error["code"] == "not_found"
    assert run("surveys", "link", made["survey"]).error["code"] == "no_fixed_address"
    run("settings", "set", "public_url", "https://shop.example.jp")
    mine = run("surveys", "link", made["survey"], "--customer", people[1]).json["url"]
    everybody = run("surveys", "link", made["survey"]).json["url"]
    assert everybody == f"https://shop.example.jp/survey/{made['page_key']}" != mine
    assert run("surveys", "close", made["survey"]).json["state"] == "closed"
    assert [one["state"] for one in run("surveys", "list").json["surveys"]] == ["closed"]
    assert run("surveys", "publish", made["survey"]).json["version"] == 1
    (tmp_path / "s.json").write_text(json.dumps({**SKIN, "questions": SKIN["questions"][3:]}), "utf-8")
    assert run("surveys", "change", made["survey"], tmp_path / "s.json").json["version"] == 2
    assert run("surveys", "show", "髪").error["code"] == "not_found"
    (tmp_path / "s.json").write_text('{"name": "x", "questions": [{"title": "y", "kind": "z"}]}', "utf-8")
    assert run("surveys", "create", tmp_path / "s.json").error["code"] == "invalid"


def test_the_example_of_the_help_is_taken_with_pictures_that_lie_beside_it(run, home, tmp_path):
    file = tmp_path / "s.json"
    written = example(run("surveys", "create", "--help", text=True).out)
    file.write_text(json.dumps(written), "utf-8")
    missing = run("surveys", "create", file).error
    assert (missing["code"], "青.jpg" in missing["message"]) == ("invalid", True)
    (tmp_path / "写真").mkdir()
    Image.new("RGB", (60, 40), "blue").save(tmp_path / "青.jpg")
    Image.new("RGB", (60, 40), "red").save(tmp_path / "写真" / "赤.png")
    made = run("surveys", "create", file).json
    kept = [one["picture"] for one in made["form"]["questions"][3]["options"]]
    with closing(open_shop(home)) as shop:
        assert [shop.messages.pictures.get(one).name for one in kept] == ["青", "赤"]
        unknown = published(shop, name="だれか", anonymous=True, questions=SKIN["questions"][3:])
    file.write_text(run("surveys", "show", made["survey"], text=True).out, "utf-8")
    again = run("surveys", "change", made["survey"], file).json
    assert (again["version"], again["form"]) == (1, made["form"])  # the ids that it shows are taken as they are
    refused = run("surveys", "results", unknown.id, "--by", "sex").error
    assert refused["message"].startswith("Nobody knows who answers an anonymous survey.")
