"""The page at `/`: its files, its texts, the list of friends and each one's phone."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from shopdesk.paths import resources
from shopdesk.rehearsal import friend_id
from tests.rehearsal.conftest import TEXT
from tests.rehearsal.test_coupons import COUPON

FOLDER = resources() / "rehearsal"
FILES = sorted(file.name for file in FOLDER.iterdir())


def phone(caller, number: int = 0) -> dict:
    return caller.get(f"/rehearsal/people/{friend_id(number)}/phone").json


def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing_inline(caller):
    page = caller.raw("GET", "/")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    text = page.raw.decode()
    wanted = re.findall(r'(?:src|href)="([^"]+)"', text)
    assert [one for one in wanted if not one.startswith(("/rehearsal/page/", "data:"))] == []
    assert not re.search(r"<script(?![^>]*src=)|\son\w+=|style=|<style", text)
    for address in wanted:
        if address.startswith("/"):
            assert caller.raw("GET", address).status == 200


@pytest.mark.parametrize("name", FILES)
def test_each_file_is_served_and_writes_no_markup(checker, name):
    reply = checker.raw("GET", f"/rehearsal/page/{name}")
    assert (reply.status, reply.raw) == (200, (FOLDER / name).read_bytes())
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert not re.search(rb"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", reply.raw)
    for imported in re.findall(rb'from "/rehearsal/page/([\w.]+)"', reply.raw):
        assert imported.decode() in FILES


@pytest.mark.parametrize("name", ["nothing.js", "..%2Fi18n%2Fja.po", "page.py"])
def test_no_other_file_is(checker, name):
    assert checker.raw("GET", f"/rehearsal/page/{name}").status == 404


def test_every_word_the_page_says_is_there_in_both_languages(checker):
    said = "".join((FOLDER / name).read_text(encoding="utf-8") for name in FILES)
    wanted = set(re.findall(r'say\("(\w+)"', said)) | set(re.findall(r'data-(?:word|label|placeholder)="(\w+)"', said))
    english, japanese = (checker.get(f"/rehearsal/words?language={one}").json for one in ("en", "ja"))
    assert wanted <= english.keys()
    assert english.keys() == japanese.keys()
    assert (english["language"], japanese["language"], japanese["read"]) == ("en", "ja", "既読")
    assert checker.get("/rehearsal/words?language=fr").json["language"] == "en"


def test_friends_are_listed_with_the_latest_first_and_found_by_name(caller):
    caller.push(4)
    caller.clock.move(timedelta(seconds=1))
    caller.push(7, TEXT, TEXT)
    listed = caller.get("/rehearsal/friends").json
    assert [one["id"] for one in listed["friends"][:2]] == [friend_id(7), friend_id(4)]
    assert (listed["friends"][0]["unseen"], listed["friends"][0]["last"], listed["count"]) == (2, TEXT, 10)
    name = listed["friends"][5]["name"]
    found = caller.http.request("GET", caller.line.url + "/rehearsal/friends", fields={"search": name}).json()
    assert {one["name"] for one in found["friends"]} == {name}


def test_nothing_new_is_told_as_nothing(caller):
    revision = caller.get("/rehearsal/friends").json["revision"]
    path = f"/rehearsal/friends?seen={revision}"
    assert caller.raw("GET", path).status == 204
    for doing in (caller.push, lambda: phone(caller), lambda: caller.says(1, {"text": "a"})):
        doing()
        path = f"/rehearsal/friends?seen={revision}"
        assert caller.raw("GET", path).status == 200
        revision = caller.get("/rehearsal/friends").json["revision"]


def test_a_phone_shows_both_sides_in_order(caller):
    caller.says(0, {"text": "やあ"})
    caller.clock.move(timedelta(seconds=1))
    caller.push(0, TEXT, TEXT)
    caller.clock.move(timedelta(seconds=1))
    unsent = caller.says(0, {"text": "まちがえた"}).json["event"]["message"]["id"]
    caller.says(0, {"unsend": unsent})
    talk = phone(caller)["talk"]
    assert [(one["from"], one["message"]["text"]) for one in talk] == [
        ("person", "やあ"),
        ("shop", "こんにちは"),
        ("shop", "こんにちは"),
        ("person", "まちがえた"),
    ]
    assert [(one.get("delivery"), one.get("bubble"), one.get("unsent")) for one in talk[1:]] == [
        (1, 1, None),
        (1, 2, None),
        (None, None, True),
    ]
    assert caller.get("/rehearsal/friends").json["friends"][0]["unseen"] == 0, "asking is looking"


def test_a_phone_knows_the_coupon_behind_its_id(caller):
    coupon = caller.post("/v2/bot/coupon", COUPON).json["couponId"]
    caller.push(0, {"type": "coupon", "couponId": coupon}, {"type": "coupon", "couponId": "unknown"})
    known, unknown = (one["message"] for one in phone(caller)["talk"])
    assert known["coupon"]["title"] == COUPON["title"]
    assert "coupon" not in unknown


def test_pictures_people_sent_are_shown_and_nothing_that_could_run(caller):
    def shown(what) -> int:
        message = caller.says(0, what).json["event"]["message"]["id"]
        return caller.raw("GET", f"/rehearsal/contents/{message}").status

    assert shown({"image": True}) == 200
    assert shown({"image": {"base64": "AAAA", "mediaType": "image/svg+xml"}}) == 404
    assert shown({"file": {"base64": "AAAA", "fileName": "a.html", "mediaType": "text/html"}}) == 404


def test_nobody_and_nothing(checker):
    assert checker.get(f"/rehearsal/people/{friend_id(99)}/phone").status == 404
    assert checker.get("/rehearsal/menus/none").status == 404
    assert checker.get("/rehearsal/contents/1").status == 404


def test_only_its_own_page_may_ask(caller):
    path = f"/rehearsal/people/{friend_id(0)}/says"
    assert caller.raw("POST", path, b'{"text":"a"}', Origin="https://example.com").status == 403
    assert caller.raw("POST", path, b'{"text":"a"}', Origin=caller.line.url).status == 200
    assert caller.raw("POST", path, b'{"text":"a"}').status == 200
