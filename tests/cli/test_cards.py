"""Cards on the command line: the contract's keys, and each refusal's own code."""

from __future__ import annotations

import json
import uuid
from contextlib import closing

from shopdesk.shop import open_shop

KEYS = {"card", "token", "balance", "entries", "rewards"}


def test_a_card_from_issue_to_export(run, home, tmp_path):
    issued = run("cards", "issue", "--name", "はなちゃん").json
    assert issued.keys() >= KEYS
    who, token = issued["customer"], issued["token"]
    nonce = str(uuid.uuid4())
    done = run("cards", "scan", token, "--nonce", nonce, "--till", "1").json
    assert done.keys() >= KEYS
    assert (done["balance"], done["repeated"], done["token"]) == (1, False, None)
    assert [(one["kind"], one["points"], one["nonce"]) for one in done["entries"]] == [("earn", 1, nonce)]
    assert done["entries"][0]["at"].endswith("+09:00")
    assert run("cards", "scan", token, "--nonce", nonce, "--till", "1").json["repeated"] is True
    assert run("cards", "scan", token, "--nonce", nonce, "--visits", 2, "--till", "1").error["code"] == "nonce_reused"
    assert run("cards", "scan", "1" * 42).error["code"] == "not_ours"
    assert run("cards", "use", token, 1).error["code"] == "needs_passing_code"
    assert run("cards", "hand-over", token, 1).error["code"] == "needs_passing_code"
    assert run("cards", "void", done["entry"], "--reason", "x").json["balance"] == 0
    assert run("cards", "void", done["entry"], "--reason", "x", "--older").json["repeated"] is True
    assert run("cards", "adjust", who, "--add", 5, "--reason", "おわび").json["balance"] == 5
    assert run("cards", "adjust", who, "--take", 9, "--reason", "x").error["code"] == "limit"
    assert run("cards", "adjust", who, "--reason", "x").status == 2
    assert [one["name"] for one in run("cards", "sheet").json["cards"]] == ["はなちゃん"]
    again = run("cards", "replace", who).json
    assert run("cards", "scan", token).error["code"] == "revoked"
    assert run("cards", "show", who).json["balance"] == 5
    assert run("cards", "page", who).error["code"] == "no_fixed_address"
    run("settings", "set", "public_url", "https://shop.example.jp")
    assert run("cards", "page", who).json["url"].startswith("https://shop.example.jp/card/")
    assert run("export", "cards", tmp_path / "cards.xlsx").json["rows"] == 1
    rules = tmp_path / "rules.json"
    rules.write_text(json.dumps({"per_yen": 100, "expiry": "visit"}), encoding="utf-8")
    assert run("cards", "rules", rules, "--preview", text=True).out.startswith("1 card, 1 with points")
    assert run("cards", "uncounted", text=True).out == "Every visit that was noted is counted.\n"
    blank, other = run("cards", "blank", 2).json["tokens"]
    given = run("cards", "give", blank, "--name", "たろう").json
    assert (given["token"], given["name"]) == (blank, "たろう")
    assert run("cards", "give", blank).error["code"] == "blank_taken"
    assert run("cards", "blank", 0).error["code"] == "invalid"
    with closing(open_shop(home, secrets={})) as shop:
        shop.cards.offline.note(other, visits=2, till="2")
        shop.cards.offline.replay()
    (noted,) = run("cards", "uncounted").json["uncounted"]
    assert noted["code"] == "blank_card"
    counted = run("cards", "count-noted", noted["nonce"], given["card"], "--reason", "たろうさんでした").json
    assert (counted["points"], counted["balance"]) == (2, 2)
    assert run("cards", "count-noted", noted["nonce"], given["card"], "--reason", "x").error["code"] == "not_found"
    assert run("cards", "rules", rules, "--preview").json["preview"]["with_points"] == 2
    assert run("cards", "rules").json["rules"]["per_yen"] == 0
    assert run("cards", "rules", rules).json["published"] is True
    bought = run("cards", "scan", again["token"], "--yen", 1_000).json
    assert run("cards", "refund", bought["entry"], 500, "--reason", "x").json["points"] == -6
    assert [one["kind"] for one in run("cards", "suspicions").json["suspicions"]] == ["two_tills"]
    for said in (
        ("show", who),
        ("sheet",),
        ("suspicions",),
        ("rules",),
        ("rules", rules, "--preview"),
        ("scan", again["token"]),
    ):
        assert run("cards", *said, text=True).status == 0
    assert {one["name"]: one["ok"] for one in run("verify").json["invariants"]}["I5"] is True
    assert run("automations", "run").json == {"ran": []}
