"""How people find the shop: links that lead on and count people only, QR codes by source, and who came by each."""

from __future__ import annotations

import http.client
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest

from shopdesk import gateway
from shopdesk.customers import NewCustomer
from shopdesk.errors import InvalidInputError
from shopdesk.friends import NoFixedAddressError
from shopdesk.gateway.programs import by_person
from shopdesk.links import NameTakenError, Wanted, typed
from shopdesk.verify import verify
from tests.gateway.conftest import USER, Caller, event, text as said
from tests.until import until

if TYPE_CHECKING:
    from collections.abc import Callable

BASE = "https://shop.example.jp"
SAFARI = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
PHONES = (
    f"Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) {SAFARI} Mobile/15E148 Safari Line/15.0.0",
    f"Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) {SAFARI} Version/26.0 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 16; SO-51D Build/72.0; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/140.0 Mobile "
    "Safari/537.36 Line/15.0.0/IAB",
    "Mozilla/5.0 (Android 16; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0",
)
PROGRAMS = (
    "facebookexternalhit/1.1;line-poker/1.0",
    f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) {SAFARI} Version/9.0 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36 (compatible; "
    "Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0 Safari/537.36",
    *("curl/8.9.1", "okhttp/4.12", "", "Mozilla/5.0", "Mozilla/4.0 (compatible; MSIE 6.0)"),
)


def test_a_person_is_told_from_a_program():
    assert all(by_person("GET", {"user-agent": one}) for one in PHONES)
    assert not any(by_person("GET", {"user-agent": one}) for one in PROGRAMS)
    modern = {"user-agent": PHONES[1], "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    assert by_person("GET", modern)
    assert not by_person("HEAD", modern)
    for more in (
        {"sec-purpose": "prefetch;prerender"},
        {"x-moz": "prefetch"},
        {"purpose": "preview"},
        {"sec-fetch-mode": "no-cors"},
        {"sec-fetch-dest": "iframe"},
    ):
        assert not by_person("GET", modern | more)


def ask(url: str, path: str, method: str = "GET", agent: str = PHONES[0]) -> tuple[int, dict[str, str], str]:
    parts = urlsplit(url)
    line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)
    try:
        line.request(method, path, headers={"User-Agent": agent})
        answer = line.getresponse()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, headers, answer.read().decode()
    finally:
        line.close()


def test_a_link_leads_on_and_counts_people_only(sqlite_line: Caller):
    shop, url = sqlite_line.shop, sqlite_line.gateway.url
    shop.settings.set("public_url", BASE)
    link = shop.links.add("https://example.jp/menu?a=%2F&q=秋", "プロフィール")
    path = shop.links.address(link.key).removeprefix(BASE)
    for agent in (*PHONES[:2], *PROGRAMS):
        status, headers, body = ask(url, f"{path}?url=https://evil.example/", agent=agent)
        assert (status, headers["location"], body) == (302, "https://example.jp/menu?a=%2F&q=%E7%A7%8B", "")
        assert (headers["cache-control"], headers["referrer-policy"]) == ("no-store", "no-referrer")
    assert ask(url, path, "HEAD")[0] == 302
    assert ask(url, path, "POST")[0] == 405
    assert [ask(url, f"/l/{key}")[0] for key in ("x", "x" * 8, "x" * 22)] == [404] * 3
    until(lambda: shop.links.report(link.id).clicked.clicks == 2, "the clicks are kept")


def test_clicks_of_the_last_moment_are_kept(sqlite_shop, there):
    link = sqlite_shop.links.add("https://example.jp/", "ちらし")
    with gateway.running(sqlite_shop) as found:
        ask(found.url, f"/l/{link.key}")
    assert sqlite_shop.links.report(link.id).clicked.clicks == 1


@pytest.fixture
def flyer(line: Caller) -> Callable[[], object]:
    line.shop.settings.set("line_basic_id", "@mihon")
    made = line.shop.links.sources.add(Wanted("ちらし", "talk", headline="LINE で\n焼きたてを", offer="コーヒー 1 杯"))
    return lambda: line.shop.links.sources.get(made.id)


@pytest.mark.parametrize("turned", [False, True])
def test_who_came_by_which_code(line: Caller, clock, flyer, turned):
    shop, sources = line.shop, line.shop.links.sources
    till = sources.add(Wanted("レジ横", "talk"))
    assert unquote(sources.address(flyer())) == f"https://line.me/R/oaMessage/@mihon/?{typed(flyer().key)}"
    assert typed(till.key) == f"友だち追加 {till.key}"
    old = "U" + "2" * 32
    events = [
        event("follow", clock, user=old, after_s=-2 * 86_400),
        event("follow", clock, after_s=1, follow={"isUnblocked": False}),
        said(f"友だち追加　{flyer().key.lower()}", "1", clock, after_s=2),
        said(typed(till.key), "2", clock, after_s=3),  # scanned another one later: the first counts
        said(f"{typed(till.key)}ですか", "3", clock, user=old, after_s=4),
        said(typed(flyer().key), "4", clock, user=old, after_s=5),
        said("友だち追加 ABCDEF", "5", clock, after_s=6),
    ]
    clock.move(timedelta(seconds=10))
    line.tell(*(reversed(events) if turned else events))
    assert [(one.wanted.name, one.friends, one.new) for one in sources.list()] == [
        ("ちらし", 2, 1),
        ("レジ横", 0, 0),
    ]
    assert [(one.friends, one.new) for one in sources.days(flyer().id, 3)] == [(0, 0), (0, 0), (2, 1)]
    assert [(one.source, one.new) for one in sources.arrivals()] == [("ちらし", False), ("ちらし", True)]
    hana = shop.customers.add(NewCustomer(name="見本 花子")).id
    shop.friends.link(USER, hana)
    assert [one.customer for one in sources.arrivals(flyer().id)] == ["", "見本 花子"]
    assert shop.customers.disclose(hana)["friend_source"][0]["source"] == "ちらし"
    assert "Found the shop on LINE" in [one.title for one in shop.customers.timeline(hana)]
    assert [one.detail for one in verify(shop) if not one.ok] == []
    shop.customers.forget(hana)
    assert flyer().friends == 1


def test_the_page_before_the_talk(sqlite_line: Caller, there):
    shop, url, sources = sqlite_line.shop, sqlite_line.gateway.url, sqlite_line.shop.links.sources
    page = sources.add(Wanted("包みに入れる紙", headline="<b>毎朝</b>", offer="コーヒー 1 杯"))
    with pytest.raises(NoFixedAddressError):
        sources.address(page)
    shop.settings.set("public_url", BASE)
    shop.settings.set("line_basic_id", "")
    path = sources.address(page).removeprefix(BASE)
    assert typed(page.key) in ask(url, path)[2]  # nobody knows yet which account: what to send stands there
    shop.settings.set("line_basic_id", "@mihon")
    status, headers, body = ask(url, path)
    assert (status, "&lt;b&gt;毎朝&lt;/b&gt;" in body, "コーヒー 1 杯" in body) == (200, True, True)
    assert "script-src 'self'" in headers["content-security-policy"]
    assert "oaMessage/%40mihon/?" in body
    assert sources.get(page.id).visits == 0
    assert [ask(url, f"{path}/seen", "POST")[0] for _ in range(2)] == [204, 204]
    assert [ask(url, one)[0] for one in ("/add/ABCDEF", "/add/x", f"{path}x")] == [404] * 3
    ended = sources.end(page.id)
    assert (ended.visits, sources.days(page.id, 1)[0].visits) == (2, 2)
    assert ask(url, path)[0] == 200  # what is printed is printed
    assert sources.take_out(page.id).ended_at is None


def test_what_a_source_may_be_called(sqlite_shop, there):
    sources = sqlite_shop.links.sources
    till = sources.add(Wanted(" レジ  横 ", "plain"))
    assert till.wanted.name == "レジ 横"
    assert sources.find("レジ 横") == till
    assert (
        sources.address(till)
        == sources.plain_address()
        == f"https://line.me/R/ti/p/%40{sqlite_shop.line.bot().basic_id[1:]}"
    )
    with pytest.raises(NameTakenError):
        sources.add(Wanted("レジ 横"))
    for wrong in (
        *(
            Wanted(""),
            Wanted("あ" * 21),
            Wanted("a", "elsewhere"),
            Wanted("a", colour="#ffffff"),
            Wanted("a", picture="x"),
        ),
        *(Wanted("a", headline="1\n2\n3\n4"), Wanted("a", offer="あ" * 61)),
    ):
        with pytest.raises(InvalidInputError):
            sources.add(wrong)
    changed = sources.change(till.id, Wanted("レジ 横", "talk", colour="#30499b"))
    assert (changed.key, changed.wanted.way) == (till.key, "talk")
