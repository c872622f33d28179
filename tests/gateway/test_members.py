"""Members of the shop's own sites over real HTTP: linked by their own signed request, and by nobody else's."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, get_args
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from shopdesk import gateway
from shopdesk.customers import NewCustomer
from shopdesk.line import SignedIn
from shopdesk.member_sites import LANGUAGES, Result, Wanted, requests, signing_in, snippets
from shopdesk.member_sites.requests import signature
from shopdesk.secrets import LINE_LOGIN_ID, LINE_LOGIN_SECRET
from tests.gateway.conftest import Caller
from tests.gateway.test_signing_in import BASE, Browser

if TYPE_CHECKING:
    from collections.abc import Iterator

BACK = "https://ec.example.jp/line/back"


@pytest.fixture
def keys(keys, there):
    logins = there.rehearsal.logins
    return keys | {LINE_LOGIN_ID: logins.channel_id, LINE_LOGIN_SECRET: logins.channel_secret}


@pytest.fixture
def caller(shop, there) -> Iterator[Caller]:
    shop.settings.set("public_url", BASE)
    with gateway.running(shop) as found:
        there.rehearsal.webhook_url = f"{found.url}/webhook"
        yield Caller(found, there.channel_secret, shop)


class Site:
    """A site that signs by itself: what it sends can be spoilt on the way."""

    _number = iter(range(1, 1_000_000))

    def __init__(self, caller, clock, site, secret) -> None:
        self.site, self.secret, self._clock, self._url = site, secret, clock, caller.gateway.url
        self.browser = Browser(self._url)

    def request(self, member: str = "", **other: str) -> dict[str, str]:
        asked = {
            "member": member,
            "state": f"{next(self._number):032d}",
            "return": self.site.wanted.returns[0],
            "at": str(int(self._clock.now().timestamp())),
        } | other
        return asked | {"sig": signature(self.secret, self.site.key, asked)}

    def begin(self, asked: dict[str, str], browser=None) -> tuple[int, str, str]:
        return (browser or self.browser).ask(f"{BASE}/signin/{self.site.key}?{urlencode(asked)}")

    def at_line(self, place: str, person, browser=None, **more: str) -> tuple[int, str, str]:
        """Sign in on LINE as a person and come back: the question, or where the answer goes."""
        browser = browser or self.browser
        back = browser.ask(f"{place}&{urlencode({'person': person.user_id, **more})}")[1]
        return browser.ask(back)

    def question(self, asked: dict[str, str], person) -> str:
        status, _place, body = self.at_line(self.begin(asked)[1], person)
        assert (status, "会員番号" in body) == (200, True)
        return body

    def say(self, body: str, said: str = "yes", browser=None) -> tuple[int, str, str]:
        key = body.partition('name="key" value="')[2].partition('"')[0]
        return (browser or self.browser).ask(f"{BASE}/signin/{self.site.key}/link", "POST", key=key, say=said)

    def linked(self, member: str, person) -> dict[str, object]:
        """Go the whole way, and read the answer as the site does."""
        return self.read(self.say(self.question(self.request(member), person))[1])

    def visits(self, person, **more: str) -> dict[str, object]:
        """Sign in somebody whom the site does not know."""
        return self.read(self.at_line(self.begin(self.request())[1], person, **more)[1])

    def read(self, place: str, secret: str = "") -> dict[str, object]:
        assert place.startswith(f"{self.site.wanted.returns[0]}?answer="), place
        token = jwt.decode(
            parse_qs(urlsplit(place).query)["answer"][0], OctKey.import_key(secret or self.secret), algorithms=["HS256"]
        )
        assert (token.claims["iss"], token.claims["aud"]) == (f"{BASE}/signin/{self.site.key}", self.site.key)
        return {
            name: token.claims[name] for name in ("result", "sub", "friend", "line_user_id") if name in token.claims
        }


def registered(caller, clock, name: str = "本店", **other) -> Site:
    return Site(caller, clock, *caller.shop.member_sites.add(Wanted(name, "eccube", (BACK,), **other)))


def test_a_member_and_their_line_are_one_and_nothing_known_is_written_over(caller, there, shop, clock):
    new, hana, rival = there.rehearsal.people
    site = registered(caller, clock)
    assert site.visits(new) == {"result": "unknown", "friend": True}
    assert not list(shop.friends.all())  # who is not linked leaves nothing
    # Somebody the shop has never seen becomes a customer, whom the next import of that cart finds by the number.
    assert site.linked("1001", new) == {"result": "linked", "sub": "1001", "friend": True}
    friend = shop.friends.get(new.user_id)
    assert (friend.customer_name, shop.customers.get(friend.customer_id).name) == (new.display_name, new.display_name)
    assert site.visits(new) == {"result": "linked", "sub": "1001", "friend": True}
    # A second time nothing is asked, and the answer goes out at once.
    assert site.read(site.at_line(site.begin(site.request("1001"))[1], new)[1])["result"] == "linked"
    # Whom staff linked by hand is known to the shop, but let into no account by that.
    known = shop.customers.add(NewCustomer(name="見本 花子")).id
    with shop.database.write() as session:
        met = shop.friends.signed_in(session, _who(hana), clock.now())
        shop.friends.tie(session, met.friend_id, known)
    assert site.visits(hana)["result"] == "unknown"
    # Another number than the one LINE is linked with, and a number that is somebody else's: nothing is written.
    rival.display_name = "ライ\x00バル\x1b[31m"  # what no database and no terminal should be given
    for member, person in (("1002", new), ("1001", hana), ("1001", rival)):
        assert site.linked(member, person) == {"result": "conflict", "friend": True}
    found = shop.member_sites.find("本店")
    assert (found.members, found.conflicts) == (1, 3)
    newest = shop.member_sites.conflicts(found.id)[0]
    assert (newest.member, newest.friend) == ("1001", "ライバル[31m")
    assert shop.friends.get(new.user_id).customer_id == friend.customer_id
    assert site.linked("2001", hana)["sub"] == "2001"
    assert shop.friends.get(hana.user_id).customer_id == known
    # What the shop takes apart, the site is not told any more; whoever is forgotten leaves no number behind.
    shop.friends.unlink(hana.user_id)
    assert site.visits(hana)["result"] == "unknown"
    assert shop.customers.disclose(friend.customer_id)["member_sites"][0]["member"] == "1001"
    shop.customers.forget(friend.customer_id)
    left = shop.member_sites.find("本店")
    assert (left.members, left.conflicts) == (1, 0)


@pytest.mark.parametrize("shop", ["sqlite"], indirect=True)
def test_nobody_is_led_elsewhere_or_linked_by_what_was_spoilt_replayed_or_is_old(caller, there, shop, clock):
    new, hana, _third = there.rehearsal.people
    site = registered(caller, clock)
    other = Site(
        caller,
        clock,
        *shop.member_sites.add(Wanted("支店", "eccube", ("https://two.example.jp/x",), tells_user_id=True)),
    )

    def why(asked, at=site) -> str:
        status, place, body = at.begin(asked)
        assert (status, place) == (400, "")
        return body.partition("エラー：")[2].partition("）")[0]

    good = site.request("1001")
    # Open redirect: only what was registered, letter by letter, and only signed.
    for back in (f"{BACK}/", f"{BACK}?x=1", "https://ec.example.jp.evil.example/line/back", "//evil.example", BASE, ""):
        assert why(site.request("1001", **{"return": back})) == "return"
    # A member number, a state, a return address or a time changed on the way; a signature of another site's; none.
    for name, said in (("member", "1002"), ("state", "y" * 22), ("return", "https://two.example.jp/x"), ("at", "1")):
        assert why(good | {name: said}) == "signature"
    assert why(good, other) == "signature"
    assert why(good | {"sig": "0" * 64}) == "signature"
    for name, said in (("sig", ""), ("state", "short"), ("at", "x"), ("member", "1\n2"), ("member", "9" * 101)):
        assert why(site.request(**{name: said}) | ({"sig": said} if name == "sig" else {})) == "request"
    twice = f"{BASE}/signin/{site.site.key}?{urlencode(good)}&member=1002"
    assert site.browser.ask(twice)[0] == 400
    assert site.browser.ask(f"{BASE}/signin/{'x' * 11}?{urlencode(good)}")[0] == 404
    # Clocks may lie two minutes apart, and a request holds five.
    for seconds, taken in ((-121, False), (-119, True), (419, True), (421, False)):
        shifted = site.request("1001", at=str(int(clock.now().timestamp()) - seconds))
        assert (site.begin(shifted)[0] == 303) is taken, seconds
    # Used once, also where two browsers went through LINE with it at the same time.
    first, second = site.question(good, new), site.question(good, hana)
    assert site.say(second, "yes")[0] == 303  # the cookie of the browser is that of the second question
    assert site.say(first)[0] == 404
    assert why(good) == "used"
    # Somebody else's signed address: who is sent it is asked first, and no other page can answer for them.
    victim, trap = Browser(caller.gateway.url), site.request("6666")
    body = site.at_line(site.begin(trap, victim)[1], new, victim)[2]
    assert ("6666" in body, "本店" in body) == (True, True)
    assert site.say(body)[0] == 404  # another browser
    key = body.partition('name="key" value="')[2].partition('"')[0]
    parts = urlsplit(caller.gateway.url)
    line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)
    cookie = {"Cookie": "; ".join(f"{one}={value}" for one, value in victim.cookies.items())}
    form = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "cross-site"}
    line.request("POST", f"/signin/{site.site.key}/link", f"key={key}&say=yes", cookie | form)
    assert line.getresponse().status == 403
    line.close()
    assert other.say(body, browser=victim)[0] == 404  # at another site's address it is used up, and nothing comes of it
    assert new.user_id not in {one.user_id for one in shop.friends.all()}
    assert site.read(site.say(site.question(site.request("6666"), new), "no")[1]) == {"result": "not_signed_in"}
    # An answer goes back with the state of its own request, signed for its own site; only where the shop says so with LINE's id.
    assert site.linked("1003", new) == {"result": "linked", "sub": "1003", "friend": True}
    assert other.visits(new)["result"] == "unknown"
    assert other.linked("1003", new)["line_user_id"] == new.user_id
    asked = site.request("1003")
    place = site.at_line(site.begin(asked)[1], new)[1]
    assert asked["state"] in str(jwt.decode(place.partition("answer=")[2], OctKey.import_key(site.secret)).claims)
    with pytest.raises(Exception, match="bad_signature"):
        other.read(place.replace(BACK, "https://two.example.jp/x"))
    # Who does not add the shop, or goes back at LINE's page.
    new.blocked = True
    assert site.visits(new, declined="1") == {"result": "linked", "sub": "1003", "friend": False}
    hana.blocked = True
    place = site.at_line(site.begin(site.request("1009"))[1], hana, declined="1")[1]
    assert site.read(place) == {"result": "not_friend", "friend": False}
    state = parse_qs(urlsplit(site.begin(site.request("1009"))[1]).query)["state"][0]
    back = site.browser.ask(f"{BASE}/sign-in/done?error=access_denied&state={quote(state)}")[1]
    assert site.read(back) == {"result": "not_signed_in"}


@pytest.mark.parametrize("shop", ["sqlite"], indirect=True)
def test_a_secret_is_renewed_while_somebody_signs_in(caller, there, shop, clock):
    new, hana, third = there.rehearsal.people
    site, sites = registered(caller, clock), shop.member_sites
    under_way = site.question(site.request("1"), new)
    old, renewed = site.secret, sites.renew(site.site.id)
    assert site.read(site.say(under_way)[1])["sub"] == "1"  # the answer is signed as the request was
    assert site.linked("2", hana)["sub"] == "2"  # for a day both hold
    site.secret = renewed.secret
    assert site.visits(hana)["sub"] == "2"
    site.secret = old
    clock.move(timedelta(days=1))
    assert site.begin(site.request())[0] == 400
    # One that somebody may know ends at once, also for who is on the way.
    site.secret = renewed.secret
    under_way = site.question(site.request("3"), third)
    site.secret = sites.renew(site.site.id, at_once=True).secret
    assert site.say(under_way)[0] == 400
    assert third.user_id not in {one.user_id for one in shop.friends.all()}
    under_way = site.question(site.request("3"), third)
    sites.remove(site.site.id)
    assert site.say(under_way)[0] == 400
    assert site.begin(site.request())[0] == 404
    assert shop.friends.get(new.user_id).customer_id  # what was linked stays


@pytest.mark.parametrize("shop", ["sqlite"], indirect=True)
def test_without_its_guard_each_attack_would_come_through(caller, there, shop, clock, monkeypatch):
    """The control: what the tests above see refused is refused by these very guards."""
    new, _hana, _third = there.rehearsal.people
    site = registered(caller, clock)
    good = site.request("1001")
    with monkeypatch.context() as taken_away:
        taken_away.setattr(requests, "is_signed", lambda *_said: True)
        assert site.begin(good | {"member": "1002"})[0] == 303
        place = site.request("1001", **{"return": "https://evil.example/"})
        assert site.begin(place)[0] == 400
        taken_away.setattr(signing_in, "returns_of", lambda _row: ("https://evil.example/",))
        assert site.begin(place)[0] == 303
    with monkeypatch.context() as taken_away:
        taken_away.setattr(requests, "require_timely", lambda *_said: None)
        assert site.begin(site.request("1001", at="1"))[0] == 303
    with monkeypatch.context() as taken_away:
        taken_away.setattr(signing_in.SigningIn, "is_linked", lambda *_said: True)
        victim = Browser(caller.gateway.url)
        answered = site.at_line(site.begin(site.request("6666"), victim)[1], new, victim)[1]
    assert site.read(answered)["sub"] == "6666"
    assert site.visits(new)["sub"] == "6666", "somebody who only opened an address"


_RUNS = {
    "python": (
        [sys.executable, "-c"],
        """
import json, sys, sign_in
session = {}
print(sign_in.begin(session, sys.argv[1]), flush=True)
answer = sys.stdin.readline().strip()
for wrong in (answer[:-2] + "xx", answer):
    try:
        print(json.dumps(sign_in.finish(dict(session) if wrong is answer else {}, wrong)))
    except ValueError as refused:
        print(json.dumps(str(refused)))
try:
    sign_in.finish({"line_sign_in": "x" * 32}, answer)
except ValueError as refused:
    print(json.dumps(str(refused)))
""",
        "sign_in.py",
    ),
    "node": (
        ["node", "--input-type=module", "-e"],
        """
import { createInterface } from "node:readline";
const { begin, finish } = await import(process.cwd() + "/sign_in.mjs");
const session = {};
console.log(begin(session, process.argv[1]));
for await (const answer of createInterface({ input: process.stdin })) {
  for (const [mine, said] of [[{}, answer.slice(0, -2) + "xx"], [{ ...session }, answer], [{ lineSignIn: "x".repeat(32) }, answer]]) {
    try { console.log(JSON.stringify(finish(mine, said))); } catch (refused) { console.log(JSON.stringify(refused.message)); }
  }
  break;
}
process.exit(0);
""",
        "sign_in.mjs",
    ),
    "php": (
        ["php", "-r"],
        """
require 'sign_in.php';
$_SESSION = [];
echo line_begin($argv[1]), PHP_EOL;
$answer = trim(fgets(STDIN));
$kept = $_SESSION;
$refused = ['the signature is wrong', null, 'the answer belongs to another visitor'];
foreach ([[[], substr($answer, 0, -2) . 'xx'], [$kept, $answer], [['line_sign_in' => str_repeat('x', 32)], $answer]] as $i => $one) {
    $_SESSION = $one[0];
    echo json_encode(line_finish($one[1]) ?? $refused[$i]), PHP_EOL;
}
""",
        "sign_in.php",
    ),
}


@pytest.mark.parametrize("language", _RUNS)
def test_what_a_site_copies_signs_its_members_in(language, sqlite_shop, there, clock, tmp_path):
    command, program, name = _RUNS[language]
    if not shutil.which(command[0]):
        pytest.skip(f"{command[0]} is not on this computer")
    shop, person = sqlite_shop, next(iter(there.rehearsal.people))
    shop.settings.set("public_url", BASE)
    clock.move(datetime.fromtimestamp(int(time.time()), UTC) - clock.now())  # the site's clock is the computer's
    made, secret = shop.member_sites.add(Wanted("本店", "eccube", ("http://localhost:8000/it's/back",)))
    written = shop.member_sites.snippet(made, language)
    assert secret not in written
    (tmp_path / name).write_text(written, encoding="utf-8")
    with gateway.running(shop) as running:
        caller = Caller(running, there.channel_secret, shop)
        site = Site(caller, clock, made, secret)
        environment = {**os.environ, "LINE_SIGN_IN_SECRET": secret, "PYTHONPATH": str(tmp_path)}
        child = subprocess.Popen(
            [*command, program, "会員 7"],
            cwd=tmp_path,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        place = site.browser.ask(child.stdout.readline().strip())[1]
        answer = site.say(site.at_line(place, person)[2])[1].partition("?answer=")[2]
        said, _nothing = child.communicate(answer + "\n", timeout=30)
    spoilt, good, foreign = map(json.loads, said.splitlines())
    assert (spoilt, foreign) == ("the signature is wrong", "the answer belongs to another visitor")
    assert (good["result"], good["sub"], good["friend"]) == ("linked", "会員 7", True)
    # Where the secret is not set, or empty, nothing is signed, and so nothing is believed that anybody can sign.
    empty = subprocess.run(
        [*command, program, ""],
        cwd=tmp_path,
        env=environment | {"LINE_SIGN_IN_SECRET": ""},
        input="",
        capture_output=True,
        text=True,
        check=False,
    )
    assert ("LINE_SIGN_IN_SECRET is not set" in empty.stderr + empty.stdout, "sig=" in empty.stdout) == (True, False)


_READS = {
    "php": (r"'(\w+)' =>", r"\$said\['(\w+)'\]", r"unset\(", r"hash_equals\("),
    "python": (r'[{ ]"(\w+)": ', r'said\["(\w+)"\]', r"session\.pop\(", r"compare_digest\("),
    "node": (r"(?:\{| ) ?(\w+)(?:: RETURN)?(?=,| \}\)\})", r"said\.(\w+)", r"delete session", r"!same\("),
}
"""How each language writes a part that is sent, a claim that is read, that the state is used up, and a comparison in constant time."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_programs_that_sites_copy_say_the_same_in_every_language(language):
    """PHP is not on every computer that tests: what it signs, sends and believes is the same as in those that run."""
    sends, reads, used_up, compares = _READS[language]
    back = "https://ec.example.jp/it's"
    program = snippets.written(language, f"{BASE}/signin/abc", back)
    begin, finish = program.split("shopdesk-sign-in", 1)[1].split("Return what came of it", 1)
    signed, _end, rest = begin.partition("\n" if language != "python" else '"\n')
    assert re.findall(r"(site|member|state|return|at)\b", signed.lower()) == ["site", "member", "state", "return", "at"]
    assert re.findall(sends, rest.split("URLSearchParams(")[-1]) == ["member", "state", "return", "at", "sig"]
    assert re.findall(reads, finish) == ["iss", "aud", "iat", "exp", "state"]
    once, twice = re.search(used_up, finish), list(re.finditer(compares, finish))
    assert once is not None
    assert (len(twice), once.start() < twice[0].start()) == (2, True)
    assert re.findall(r"LEEWAY = (\d+)", program) == [f"{requests.LEEWAY.total_seconds():.0f}"]
    assert re.findall(r"(?:random_?bytes|token_urlsafe)\((\d+)\)", program, re.IGNORECASE) == ["24"]
    assert [one for one in get_args(Result) if one not in finish] == []
    words = ("HS256", "sha256", "LINE_SIGN_IN_SECRET", f"{BASE}/signin/abc", back.replace("'", "\\'"))
    assert [one for one in words if one not in program] == []


def _who(person):
    return SignedIn(person.user_id, person.display_name, "", is_friend=True)
