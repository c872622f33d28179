"""`qr …` and `links …`: the keys of the contract, files that read back, refusals with their codes."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

BASE = "https://shop.example.jp"


@pytest.fixture
def here(run):
    run("settings", "set", "line_basic_id", "@mihon")
    return run


def test_codes_are_drawn_counted_and_read_back(here, run, tmp_path):
    plain = run("qr", "friend-add", tmp_path / "plain.png")
    assert plain.json == {"file": str(tmp_path / "plain.png"), "url": "https://line.me/R/ti/p/%40mihon"}
    assert "--source" in plain.err  # that nobody can count it
    assert run("qr", "read", tmp_path / "plain.png").json["url"] == plain.json["url"]
    talk = run("qr", "friend-add", "--source", "レジ横", tmp_path / "till.png").json
    assert talk["url"].startswith("https://line.me/R/oaMessage/%40mihon/?")
    logo = BytesIO()
    Image.new("RGB", (80, 80), "orange").save(logo, "PNG")
    (tmp_path / "logo.png").write_bytes(logo.getvalue())
    run("settings", "set", "public_url", BASE)
    said = (
        "--way",
        "page",
        "--headline",
        "LINE で",
        "--colour",
        "#30499b",
        "--logo",
        tmp_path / "logo.png",
        "--note",
        "左",
    )
    changed = run("qr", "place", "レジ横", "--rename", "レジ", *said).json["source"]
    assert (changed["name"], changed["way"], changed["note"], changed["friends"]) == ("レジ", "page", "左", 0)
    page = run("qr", "friend-add", "--source", "レジ", tmp_path / "till.png").json
    assert page["url"] == f"{BASE}/add/{changed['key']}"
    assert run("qr", "read", tmp_path / "till.png").json["url"] == page["url"]
    for kind in ("svg", "pdf"):
        assert run("qr", "friend-add", "--source", "レジ", tmp_path / f"till.{kind}").json["url"] == page["url"]
        assert (tmp_path / f"till.{kind}").stat().st_size > 500
    for form in ("a4", "insert"):
        assert (
            run("qr", "poster", "--source", "レジ", "--form", form, tmp_path / "print.pdf").json["url"] == page["url"]
        )
        assert (tmp_path / "print.pdf").read_bytes().startswith(b"%PDF-")
    assert run("qr", "poster", "--source", "レジ", tmp_path / "print.png").error["code"] == "invalid"
    assert run("qr", "place", "レジ", "--end").json["source"]["ended_at"]
    assert [one["key"] for one in run("qr", "sources").json["sources"]] == [changed["key"]]
    shown = run("qr", "friends", "レジ", "--days", 2).json
    assert ([one["friends"] for one in shown["days"]], shown["friends"]) == ([0, 0], [])


def test_what_cannot_be_drawn_or_read_is_said(run, tmp_path):
    assert run("qr", "friend-add", tmp_path / "x.gif").error["code"] == "invalid"
    assert run("qr", "friend-add", tmp_path / "x.png").error["code"] == "line_keys"  # nobody knows which account
    Image.new("RGB", (60, 60), "white").save(tmp_path / "white.png")
    assert run("qr", "read", tmp_path / "white.png").error["code"] == "not_found"
    assert run("qr", "read", tmp_path / "none.png").error["code"] == "invalid"
    assert run("qr", "friends", "ちらし").error["code"] == "not_found"
    run("settings", "set", "line_basic_id", "@mihon")
    assert run("qr", "friend-add", tmp_path / "no" / "x.png").error["code"] == "invalid"


def test_links_are_made_and_listed(run):
    assert run("links", "add", "https://example.jp/", "--name", "ちらし").error["code"] == "no_fixed_address"
    assert run("links", "list").json == {"links": []}
    run("settings", "set", "public_url", BASE)
    assert run("links", "add", "javascript:alert(1)", "--name", "ちらし").error["code"] == "unsafe_address"
    made = run("links", "add", "https://example.jp", "--name", "ちらし").json["link"]
    assert made["url"] == f"{BASE}/l/{made['key']}"
    assert (made["destination"], made["clicks"], made["sent"]) == ("https://example.jp/", 0, 0)
    assert run("links", "list").json["links"] == [made]
    assert run("links", "show", made["id"]).json == {"link": made, "hours": [], "people": []}
    assert run("links", "show", 99).error["code"] == "not_found"
