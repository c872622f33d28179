"""Signing in with LINE over real HTTP: who it is, by which source, which customer; and whose sign-in nobody else finishes."""

from __future__ import annotations

import http.client
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest

from shopdesk import gateway
from shopdesk.customers import NewCustomer
from shopdesk.gateway import waiting
from shopdesk.line import LoginKeys, NotSignedInError, UnreachableError, begin_sign_in, finish_sign_in
from shopdesk.links import Wanted
from shopdesk.secrets import LINE_LOGIN_ID, LINE_LOGIN_SECRET
from tests.gateway.conftest import Caller

if TYPE_CHECKING:
    from collections.abc import Iterator

BASE = "https://shop.example.jp"


@pytest.fixture
def keys(keys, there):
    logins = there.rehearsal.logins
    return keys | {LINE_LOGIN_ID: logins.channel_id, LINE_LOGIN_SECRET: logins.channel_secret}


@pytest.fixture
def shop(sqlite_shop):
    sqlite_shop.settings.set("public_url", BASE)
    sqlite_shop.settings.set("line_basic_id", "@mihon")
    return sqlite_shop


@pytest.fixture
def caller(shop, there) -> Iterator[Caller]:
    with gateway.running(shop) as found:
        there.rehearsal.webhook_url = f"{found.url}/webhook"
        yield Caller(found, there.channel_secret, shop)


class Browser:
    """A phone's browser: goes where it is led, our public address being the gateway, and keeps cookies; `at` is its own address."""

    def __init__(self, url: str, at: str = "127.0.0.1") -> None:
        self._url, self._at, self.cookies = url, at, {}

    def ask(self, url: str, method: str = "GET", **form: str) -> tuple[int, str, str]:
        parts = urlsplit(url.replace(BASE, self._url))
        ours = f"http://{parts.netloc}" == self._url
        line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)
        headers = {"Cookie": "; ".join(f"{key}={value}" for key, value in self.cookies.items())} if ours else {}
        headers |= {"Content-Type": "application/x-www-form-urlencoded"} if method == "POST" else {}
        headers |= {"X-Forwarded-For": self._at} if ours else {}
        line.request(method, f"{parts.path}?{parts.query}", urlencode(form) if form else None, headers)
        answer = line.getresponse()
        if kept := answer.getheader("set-cookie"):
            assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/"} <= {one.strip() for one in kept.split(";")}
            name, _is, value = kept.split(";")[0].partition("=")
            self.cookies[name] = value
        said = answer.status, answer.getheader("location", ""), answer.read().decode()
        line.close()
        return said

    def begin(self, **what: str) -> str:
        """Press the button; return LINE's page."""
        status, place, _body = self.ask(f"{BASE}/sign-in", "POST", **what)
        assert status == 303
        return place

    def as_person(self, place: str, person: str, **more: str) -> tuple[int, str]:
        """Sign in on LINE's page as a person, come back, and return the page that ends it."""
        status, back, _body = self.ask(f"{place}&{urlencode({'person': person, **more})}")
        assert status == 302
        status, _place, body = self.ask(back)
        return status, body


def test_friend_source_and_customer_are_known_for_sure(caller, there, shop, clock):
    browser, sources = Browser(caller.gateway.url), shop.links.sources
    new, old, _third = there.rehearsal.people
    new.blocked = True
    page = sources.add(Wanted("レジ横", offer="コーヒー 1 杯"))
    shown = browser.ask(sources.address(page))[2]
    assert 'action="/sign-in"' in shown
    place = browser.begin(source=page.key)
    asked = {key: value[0] for key, value in parse_qs(urlsplit(place).query).items()}
    assert (asked["bot_prompt"], asked["code_challenge_method"], asked["scope"]) == (
        "aggressive",
        "S256",
        "openid profile",
    )
    assert asked["redirect_uri"] == f"{BASE}/sign-in/done"
    assert old.display_name in browser.ask(place)[2]
    assert "お店とつながりました" in browser.as_person(place, new.user_id)[1]
    caller.worked_off()
    friend = shop.friends.get(new.user_id)
    assert (friend.name, friend.state, [one.kind for one in friend.turns]) == (new.display_name, "friend", ["returned"])
    assert [(one.how, one.new) for one in sources.arrivals(page.id)] == [("signed in", True)]
    # Who was a friend before: by the link on a card the customer is known, too, once.
    hana = shop.customers.add(NewCustomer(name="見本 花子")).id
    token = shop.friends.proofs.make_card(hana).url.rpartition("/")[2]
    assert f'name="card" value="{token}"' in browser.ask(f"{BASE}/link/{token}")[2]
    browser.as_person(browser.begin(card=token), old.user_id)
    assert shop.friends.get(old.user_id).customer_id == hana
    assert "使えませんでした" in browser.as_person(browser.begin(card=token), new.user_id)[1]
    assert shop.friends.get(new.user_id).customer_id is None
    # Who does not add the shop is nobody we know.
    third = _third.user_id
    _third.blocked = True
    assert "友だち追加がまだ" in browser.as_person(browser.begin(source=page.key), third, declined="1")[1]
    assert {one.user_id for one in shop.friends.all()} == {new.user_id, old.user_id}


def test_what_somebody_else_began_or_used_before_ends_nowhere(caller, there, shop, clock, monkeypatch):
    browser, page = Browser(caller.gateway.url), shop.links.sources.add(Wanted("レジ横"))
    person = next(iter(there.rehearsal.people)).user_id
    place = browser.begin(source=page.key)
    back = browser.ask(f"{place}&person={person}")[1]
    stranger = Browser(caller.gateway.url)
    assert stranger.ask(back)[0] == 400  # the address of somebody else's way back, opened in another browser
    stranger.begin(source=page.key)
    assert stranger.ask(back)[0] == 400
    assert browser.ask(f"{BASE}/sign-in/done?state=x&code=y")[0] == 400
    assert browser.ask(back)[0] == 200
    assert browser.ask(back)[0] == 400  # once
    for wrong in ({}, {"source": "x"}, {"card": "x"}, {"source": "x" * 5000}):
        assert browser.ask(f"{BASE}/sign-in", "POST", **wrong)[0] in {404, 413}
    late = browser.ask(f"{browser.begin(source=page.key)}&person={person}")[1]
    clock.move(timedelta(minutes=11))
    assert browser.ask(late)[0] == 400
    # Who begins and begins pushes out nobody but themselves.
    monkeypatch.setattr(waiting, "EACH", 3)
    monkeypatch.setattr(waiting, "ALL", 8)
    back = browser.ask(f"{browser.begin(source=page.key)}&person={person}")[1]
    pushing = [Browser(caller.gateway.url, f"2001:db8::{number:x}") for number in range(12)]
    theirs = [one.ask(f"{one.begin(source=page.key)}&person={person}")[1] for one in pushing]
    assert browser.ask(back)[0] == 200
    assert [one.ask(place)[0] for one, place in zip(pushing, theirs, strict=True)] == [400] * 9 + [200] * 3
    assert browser.ask(f"{BASE}/sign-in/done?error=access_denied&state={quote('x')}")[0] == 400


def test_what_line_says_is_believed_only_with_its_signature(shop, there, clock):
    logins = there.rehearsal.logins
    keys = LoginKeys(logins.channel_id, logins.channel_secret)
    person = next(iter(there.rehearsal.people)).user_id
    browser = Browser("http://none")

    def came(begun) -> str:
        return parse_qs(urlsplit(browser.ask(f"{begun.url}&person={person}")[1]).query)["code"][0]

    def tried(as_keys=keys, code=None, **other) -> None:
        begun = begin_sign_in(shop.line, keys, f"{BASE}/sign-in/done")
        finish_sign_in(shop.line, as_keys, replace(begun, **other), code or came(begun), clock.now())

    tried()
    for wrong in (
        {"verifier": "v" * 64},
        {"nonce": "n" * 22},
        {"code": "never"},
        {"redirect_uri": "https://evil.example/"},
    ):
        with pytest.raises(NotSignedInError):
            tried(**wrong)
    with pytest.raises(NotSignedInError):
        tried(LoginKeys(logins.channel_id, "0" * 32))
    made = logins.id_token
    for spoilt in (
        lambda token: token[:-2] + "xx",
        lambda token: "eyJhbGciOiJub25lIn0." + token.split(".")[1] + ".",
        lambda token: (
            token.split(".")[0]
            + "."
            + made(_as_other(logins), "x", clock.now()).split(".")[1]
            + "."
            + token.split(".")[2]
        ),
    ):
        logins.id_token = lambda grant, name, at, spoilt=spoilt: spoilt(made(grant, name, at))
        with pytest.raises(NotSignedInError):
            tried()
    for days in (-1, 1):  # made for another time
        logins.id_token = lambda grant, name, at, days=days: made(grant, name, at + timedelta(days=days))
        with pytest.raises(NotSignedInError):
            tried()
    logins.id_token = made
    there.rehearsal.faults.add({"endpoint": "oauth2/token", "cut": "before"})
    with pytest.raises(UnreachableError):
        tried()


def _as_other(logins):
    from shopdesk.rehearsal.logins import Grant  # noqa: PLC0415 - only to forge

    return Grant("U" + "f" * 32, "", "", "", None)
