"""`sign-in …`: a site from its first secret to its end, with what the contract's machine reads and what people read."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from shopdesk.line import SignedIn
from shopdesk.member_sites import Asked
from shopdesk.rehearsal import Rehearsal, running
from shopdesk.secrets import LINE_CHANNEL_ID, LINE_CHANNEL_SECRET, SIGN_IN_KEY
from shopdesk.shop import open_shop

BASE, BACK = "https://shop.example.jp", "https://ec.example.jp/it's/back"


@pytest.fixture
def run(run, monkeypatch):
    """Commands on a computer that has the key of the sites' secrets."""
    monkeypatch.setenv("SHOPDESK_SIGN_IN_KEY", "k" * 40)
    return run


@pytest.fixture
def site(run):
    """A site whose name was typed in wide letters, and its secret."""
    made = run("sign-in", "add", "ＥＣ　本店", "--cart", "eccube", "--return", BACK).json
    assert (made["site"]["name"], made["site"]["members"], len(made["secret"])) == ("EC 本店", 0, 43)
    return made


def contradicted(home, clock, monkeypatch, site):
    """Let somebody sign in on a site as one member, and then as another; its secret is the fourth."""
    with running(Rehearsal(1, clock=clock)) as there:
        monkeypatch.setenv("SHOPDESK_LINE_HOST", there.url)
        keys = {LINE_CHANNEL_ID: there.channel_id, LINE_CHANNEL_SECRET: there.channel_secret, SIGN_IN_KEY: "k" * 40}
        shop = open_shop(home, secrets=keys)
        who = SignedIn(next(iter(there.rehearsal.people)).user_id, "はな <b>", "", is_friend=True)
        for number in ("1001", "1002"):
            asked = Asked(site["id"], site["key"], site["name"], number, number * 6, BACK, 4)
            shop.member_sites.signing_in.answer(asked, who)
        shop.close()


def test_from_the_first_secret_to_the_end(run, site, home, clock, monkeypatch):
    # However its name is typed it is the same site; what it builds in needs an address that stays.
    assert run("sign-in", "snippet", "ＥＣ　本店").error["code"] == "no_fixed_address"
    assert run("sign-in", "sites").json["sites"][0]["url"] is None
    run("settings", "set", "public_url", BASE)
    address = f"{BASE}/signin/{site['site']['key']}"
    assert run("sign-in", "sites").json["sites"][0]["url"] == address
    for language, words in (("php", "function line_begin"), ("python", "def begin"), ("node", "export function begin")):
        printed = run("sign-in", "snippet", "EC　本店", "--language", language, text=True).out
        assert (words in printed, address in printed, site["secret"] in printed) == (True, True, False)
        assert run("sign-in", "snippet", "EC 本店", "--language", language).json["snippet"] + "\n" == printed
    assert run("sign-in", "snippet", "EC 本店", "--language", "perl").status == 2
    # Another secret, beside the old one for a day, or at once; each is said once, and no list has it.
    renewed = run("sign-in", "renew", "ＥＣ 本店").json
    since, until = (datetime.fromisoformat(renewed["site"][name]) for name in ("renewed_at", "previous_until"))
    assert until - since == timedelta(days=1)
    at_once = run("sign-in", "renew", "EC 本店", "--at-once").json
    assert at_once["site"]["previous_until"] is None
    assert len({site["secret"], renewed["secret"], at_once["secret"]}) == 3
    printed = run("sign-in", "renew", "EC 本店", text=True).out.strip()
    listed = run("sign-in", "sites").out
    assert not [one for one in (printed, at_once["secret"], "k" * 40) if one in listed]
    # Who did not fit: their number, and who they are on LINE.
    assert run("sign-in", "conflicts", "EC 本店").json["conflicts"] == []
    contradicted(home, clock, monkeypatch, site["site"])
    (found,) = run("sign-in", "conflicts", "ＥＣ　本店").json["conflicts"]
    assert (found["member"], found["friend"]) == ("1002", "はな <b>")
    (line,) = run("sign-in", "conflicts", "EC 本店", text=True).out.splitlines()
    assert line.endswith("  1002  はな <b>")
    assert "1 member" in run("sign-in", "sites", text=True).out
    # Taken away: nothing of it can be asked any more, and its name is free; who is linked stays linked.
    assert run("sign-in", "remove", "ＥＣ　本店").json == {"removed": site["site"]["id"]}
    for verb in ("renew", "remove", "conflicts", "snippet", "change"):
        assert run("sign-in", verb, "EC 本店").error["code"] == "not_found"
    assert run("sign-in", "sites").json["sites"] == []
    again = run("sign-in", "add", "EC 本店", "--cart", "eccube", "--return", BACK).json
    assert (again["site"]["key"] == site["site"]["key"], again["site"]["members"]) == (False, 0)
    assert [one["name"] for one in run("customers", "search", "はな").json["customers"]] == ["はな <b>"]


def test_nothing_is_renewed_where_the_key_is_not(run, site, monkeypatch):
    for key in ("", "x" * 40):
        monkeypatch.setenv("SHOPDESK_SIGN_IN_KEY", key)
        assert run("sign-in", "renew", "EC 本店").error["code"] == "no_sign_in_key"
        assert run("sign-in", "add", "支店", "--cart", "eccube", "--return", BACK).error["code"] == "no_sign_in_key"
    monkeypatch.setenv("SHOPDESK_SIGN_IN_KEY", "short")
    assert "32" in run("sign-in", "renew", "EC 本店").error["message"]
    assert run("sign-in", "sites").json["sites"][0]["previous_until"] is None
