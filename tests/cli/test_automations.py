"""`automations …`: made from a file, started, changed, run by the scheduler, ended."""

from __future__ import annotations

import json
from contextlib import closing

from shopdesk.shop import open_shop
from shopdesk.surveys import Person
from tests.cli.conftest import example
from tests.people import person
from tests.surveys.conftest import SKIN, answer_all


def test_the_example_of_the_help_is_made_started_changed_and_ended(run, home, tmp_path):
    file, written = tmp_path / "a.json", example(run("automations", "create", "--help", text=True).out)
    file.write_text(json.dumps(written), "utf-8")
    assert run("automations", "create", file).error["code"] == "not_found"
    asked = {**SKIN, "name": written["survey"], "questions": [{**SKIN["questions"][0], "name": written["question"]}]}
    asked["questions"][0].pop("branches")
    (tmp_path / "s.json").write_text(json.dumps(asked), "utf-8")
    survey = run("surveys", "create", tmp_path / "s.json").json["survey"]
    made = run("automations", "create", file).json
    assert (made["state"], made["people"], made["form"]["steps"][0]["at"]) == ("draft", 0, "10:00")
    written["steps"].append({"days": 20, "messages": [{"type": "text", "text": "三"}]})
    file.write_text(json.dumps(written), "utf-8")
    changed = run("automations", "change", made["automation"], file).json  # steps without ids keep their places
    assert [one["id"] for one in changed["form"]["steps"]] == [1, 2, 3]
    assert run("automations", "start", written["name"]).json["state"] == "running"
    with closing(open_shop(home)) as shop:
        answer_all(shop, shop.surveys.get(survey), Person(person(shop)))
    (ran,) = run("automations", "run").json["ran"]
    assert (ran["kind"], ran["rows"]) == ("automations", 1)
    listed = run("automations", "list").json
    assert set(listed) == {"automations", "exports", "folders", "broadcasts"}
    (one,) = listed["automations"]
    assert (one["people"], [step["waiting"] for step in one["steps"]]) == (1, [1, 1, 1])
    assert "1 person\tRunning" in run("automations", "list", text=True).out
    said = run("automations", "show", written["name"], text=True)
    assert "3 days later 10:00\twaiting 1, sent 0, left out 0, not reached 0\t20" in said.err
    form = run("automations", "show", written["name"]).json["form"]
    assert json.loads(said.out) == form
    form["steps"] = form["steps"][1:]
    file.write_text(json.dumps(form), "utf-8")
    assert [step["id"] for step in run("automations", "change", written["name"], file).json["steps"]] == [2, 3]
    for wrong, code in (
        ({"steps": [{"day": 3}]}, "invalid"),
        ({"steps": [{"at": "later"}]}, "invalid"),
        ([], "invalid"),
    ):
        file.write_text(json.dumps({**form, **wrong} if wrong else wrong), "utf-8")
        assert run("automations", "change", written["name"], file).error["code"] == code
    assert run("automations", "pause", written["name"]).json["state"] == "paused"
    assert run("automations", "remove", written["name"]).error["code"] == "state"
    assert run("automations", "end", written["name"]).json["state"] == "ended"
    assert run("automations", "remove", written["name"], text=True).out == "“乾燥肌のご案内” is removed.\n"
    assert run("automations", "show", written["name"]).error["code"] == "not_found"
