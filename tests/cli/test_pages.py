"""`pages …`: written from a file, published, comments decided, a request answered."""

from __future__ import annotations

import json
from datetime import timedelta

from PIL import Image

from shopdesk.shop import open_shop
from shopdesk.site import NOBODY, Wanted
from tests.cli.conftest import example
from tests.site.conftest import BASE, nonce


def test_pages_comments_and_reservations(run, home, tmp_path):
    file = tmp_path / "page.json"
    file.write_text(json.dumps({"title": "秋の栗", "parts": [{"kind": "text", "text": "栗です"}]}), encoding="utf-8")
    assert run("pages", "create", "news", file, "--draft").json["state"] == "draft"
    assert run("pages", "list").json["pages"][0]["address"] == ""  # there is none that stays yet
    run("settings", "set", "public_url", BASE)
    made = run("pages", "publish", 1).json
    assert (made["title"], made["state"], made["address"][: len(BASE) + 6]) == ("秋の栗", "published", f"{BASE}/news/")
    file.write_text(json.dumps({"title": "", "reserves": True}), encoding="utf-8")
    assert run("pages", "create", "shop", file).json["address"] == f"{BASE}/shop"
    assert run("pages", "change", 1, file).error["code"] == "invalid"
    assert run("pages", "hide", 99).error["code"] == "not_found"
    assert [run("pages", verb, 1).json["state"] for verb in ("hide", "publish")] == ["hidden", "published"]
    written = example(run("pages", "create", "--help", text=True).out)
    file.write_text(json.dumps(written), encoding="utf-8")
    assert "栗.jpg" in run("pages", "create", "news", file).error["message"]
    (tmp_path / "写真").mkdir()
    Image.new("RGB", (60, 40), "brown").save(tmp_path / "写真" / "栗.jpg")
    shown = run("pages", "create", "news", file).json["page"]
    shop = open_shop(home, secrets={})
    assert shop.messages.pictures.get(shop.site.get(shown).picture).name == "栗"
    shop.site.feedback.comment(shop.site.get(1).key, NOBODY, name="", text="いいですね", nonce=nonce(1))
    wanted = Wanted(shop.clock.now() + timedelta(days=3), 2, "見本", "090-0000-0001", note="窓側\nで")
    shop.site.reservations.ask(NOBODY, wanted, nonce(2))
    shop.close()
    assert [one["text"] for one in run("pages", "comments").json["comments"]] == ["いいですね"]
    assert run("pages", "comments", "--show", 1).json["comments"] == []
    assert run("pages", "comments", "--show", 1, "--hide", 1).status == 2
    assert run("pages", "reservations", "--offer", 1).status == 2
    at = run("pages", "reservations").json["reservations"][0]["wanted"]["at"]
    assert (
        run("pages", "reservations", "--offer", 1, "--at", at).error["message"].startswith("They asked for this time.")
    )
    offered = run("pages", "reservations", "--offer", 1, "--at", "2999-11-28T18:00").json["reservations"][0]
    assert (offered["state"], offered["offered_at"][:16]) == ("offered", "2999-11-28T18:00")
    assert run("pages", "reservations", "--decline", 1).json["reservations"][0]["state"] == "declined"
    assert run("pages", "reservations", "--accept", 1).error["code"] == "decided"
    listed = run("pages", "list", text=True).out
    assert "秋の栗" in listed
    assert "見本\t090-0000-0001\t窓側 で\n" in run("pages", "reservations", text=True).out
