"""`coupons …` and `export coupons`: the keys of the contract, and refusals with their codes."""

from __future__ import annotations

import json
import uuid

import openpyxl
import pytest

KEYS = {"coupon", "issued", "opened", "redeemed", "tokens"}


@pytest.fixture
def make(run, tmp_path):
    def made(*flags: str, **more: object) -> dict[str, object]:
        file = tmp_path / "coupon.json"
        offer = {"name": "500 円引き", "kind": "yen_off", "value": 500, **more}
        file.write_text(json.dumps(offer, ensure_ascii=False), encoding="utf-8")
        return run("coupons", "create", file, *flags)

    return made


@pytest.fixture
def people(run, tmp_path):
    file = tmp_path / "people.csv"
    file.write_text("お名前,メールアドレス\n見本 花子,a@example.jp\n例示 太郎,b@example.jp\n", encoding="utf-8")
    assert run("import", file).status == 0
    return [one["id"] for one in run("customers", "search", "example.jp").json["customers"]]


def test_made_given_used_once_taken_back_and_written_to_a_file(run, make, people, tmp_path):
    coupon = make(**{"from": "2026-01-01", "until": "2999-12-31", "limit": 10}).json
    assert set(coupon) >= KEYS
    assert (coupon["issued"], coupon["tokens"], coupon["state"]) == (0, [], "published")
    (tmp_path / "rule.json").write_text('{"all": []}', encoding="utf-8")
    run("segments", "save", "みんな", tmp_path / "rule.json")
    given = run("coupons", "issue", "500 円引き", "--segment", "みんな").json
    assert (given["issued"], len(given["tokens"])) == (2, 2)
    assert sorted(one["customer"] for one in given["given"]) == sorted(people)
    assert run("coupons", "issue", coupon["coupon"], "--customer", people[0]).error["code"] == "limit_reached"
    token, nonce = given["tokens"][0], str(uuid.uuid4())
    asked = ("coupons", "redeem", token, "--nonce", nonce, "--till", "レジ 2", "--yen", 2000)
    used = run(*asked).json
    assert (used["redeemed"], used["use"]["off_yen"], used["use"]["again"]) == (1, 500, False)
    assert run(*asked).json["use"] == {**used["use"], "again": True}
    assert run(*asked[:-1], 2001).error["code"] == "nonce_reused"
    refused = run("coupons", "redeem", token).error
    assert refused["code"] == "already_used"
    assert "レジ 2" in refused["message"]
    assert run("coupons", "redeem", "1" * 42).error["code"] == "not_ours"
    assert run("export", "coupons", tmp_path / "c.xlsx").json["rows"] == 2
    rows = list(openpyxl.load_workbook(tmp_path / "c.xlsx").active.iter_rows(values_only=True))
    assert rows[0][:3] == ("Coupon", "State", "Given")
    assert sorted((row[1], row[8], row[9]) for row in rows[1:] if row[1] == "used") == [("used", 2000, 500)]
    assert {row[10] for row in rows[1:]} == {"見本 花子", "例示 太郎"}
    assert run("coupons", "undo", used["use"]["id"], "--reason", "打ち間違い").json["redeemed"] == 0
    assert "Take off: 500 yen" in run("coupons", "redeem", token, "--yen", 900, text=True).out
    shown = run("coupons", "show", coupon["coupon"], text=True).out
    assert "given 2, opened 0, used 1, expired 0" in shown
    assert run("coupons", "close", coupon["coupon"]).json["state"] == "closed"
    assert [one["state"] for one in run("coupons", "list").json["coupons"]] == ["closed"]
    assert {one["name"]: one["ok"] for one in run("verify").json["invariants"]}["I6"]


def test_a_draft_and_a_change(run, make, tmp_path):
    made = make("--draft").json
    assert made["state"] == "draft"
    assert run("coupons", "publish", made["coupon"]).json["state"] == "published"
    worse = tmp_path / "worse.json"
    worse.write_text('{"name": "x", "kind": "yen_off", "value": 100}', encoding="utf-8")
    assert run("coupons", "change", made["coupon"], worse).error["code"] == "promised"
    assert run("coupons", "message", made["coupon"]).error["code"] == "not_published"
    assert run("coupons", "line", made["coupon"]).error["code"] == "not_for_line"
    assert run("coupons", "show", "どれ").error["code"] == "not_found"
    assert run("coupons", "issue", made["coupon"]).status == 2


def test_it_is_said_in_the_language_of_the_home_what_a_coupon_is(run, make):
    assert run("coupons", "list", text=True).out.startswith("There are no coupons yet.")
    over = make(until="2020-12-31").error
    assert (over["code"], "draft" in over["message"]) == ("expired", True)
    coupon = make(weekdays=["mon", "sun"], hours=["22:00", "02:00"], odds=50, terms="店内で").json["coupon"]
    shown = run("coupons", "show", coupon, text=True).out
    for said in ("500 yen off", "For these days: Mon · Sun", "22:00", "店内で", "lottery with 50%: 0 did not win"):
        assert said in shown
    run("settings", "set", "language", "ja")
    wrong = make(weekdays=["monday"]).error["message"]
    assert "次のように" in wrong
    assert '["mon", "tue",' in wrong
    assert "500円引き" in run("coupons", "list", text=True).out


def test_a_card_for_a_broadcast(run, make, tmp_path):
    coupon = make(by_link=True, weekdays=["mon", "sun"], hours=["22:00", "02:00"]).json["coupon"]
    assert run("coupons", "message", coupon).error["code"] == "no_fixed_address"
    run("settings", "set", "public_url", "https://shop.example")
    (own,) = run("coupons", "message", coupon, "--own").json["messages"]
    assert own["contents"]["footer"]["contents"][0]["action"]["uri"] == f"coupon:{coupon}"
    said = run("coupons", "message", coupon).json["messages"]
    file = tmp_path / "message.json"
    file.write_text(json.dumps(said), encoding="utf-8")
    assert run("broadcasts", "draft", "--everyone", "--message", file).status == 0
    assert "22:00〜02:00" in json.dumps(said, ensure_ascii=False)


@pytest.mark.parametrize(
    "more",
    [
        {"colour": "red"},
        {"kind": "cash"},
        {"value": "500"},
        {"value": True},
        {"until": "soon"},
        {"until": 5},
        {"weekdays": ["monday"]},
        {"weekdays": "mon"},
        {"hours": ["10:00"]},
        {"hours": "10"},
        {"hours": ["10:00+00:00", "12:00"]},
        {"limit": 0},
        {"name": None},
        {"by_link": 1},
    ],
)
def test_what_cannot_be_read(make, more):
    assert make(**more).error["code"] == "invalid"
