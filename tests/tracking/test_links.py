"""Tracked links: where they may lead, who is counted, what a person's clicks become."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings, strategies as st

from shopdesk.errors import InvalidInputError, NotFoundError
from shopdesk.friends import NoFixedAddressError
from shopdesk.links import UnsafeAddressError, hour_of, sound
from shopdesk.links.tables import LinkRow
from shopdesk.verify import verify
from tests.people import person
from tests.tracking.friends import friends

BASE = "https://shop.example.jp"
UNSAFE = (
    *(
        "javascript:alert(1)",
        "JaVaScRiPt://x%0aalert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "vbscript:x",
        "blob:x",
    ),
    *(
        "//evil.example",
        "/\\evil.example",
        "https:evil.example",
        "https:///evil.example",
        "http:/evil.example",
        "evil.example",
    ),
    *(
        "https://shop.example.jp@evil.example/",
        "https://user:pw@evil.example",
        "https://evil.example\\@shop.example.jp",
    ),
    *(
        "https://shop.example.jp\r\nSet-Cookie: a=b",
        "https://a.example/\tb",
        "https://a.example/\u200bb",
        "https://a\u3000b.jp",
    ),
    *(
        "tel:0312345678",
        "mailto:a@example.jp",
        "line://ti/p/x",
        "https://[::1",
        "https://a.example:99999/",
        "https://-a.jp/",
    ),
    *(
        "https://",
        "https://a..jp/",
        "https://a_b.jp/",
        "https://a/",
        "",
        f"https://a.example/{'x' * 1000}",
        "https://a.jp/\ud800",
    ),
)


def test_unsafe_destinations_are_refused():
    for address in UNSAFE:
        with pytest.raises(UnsafeAddressError):
            sound(address)


def test_what_is_sound_stays_so_and_shows_where_it_leads():
    assert sound(" https://example.jp ") == "https://example.jp/"
    assert sound("HTTP://Example.JP:8080/a%20b/栗?q=秋&x=%2F#下") == (
        "http://example.jp:8080/a%20b/%E6%A0%97?q=%E7%A7%8B&x=%2F#%E4%B8%8B"
    )
    assert sound("https://раураl.com/") == "https://xn--l-7sba6dbr.com/"  # Cyrillic letters that look like paypal
    assert sound("https://日本語.jp/") == "https://xn--wgv71a119e.jp/"
    assert sound("https://127.0.0.1/x") == "https://127.0.0.1/x"


@settings(max_examples=150, deadline=None)
@given(
    st.text(max_size=40),
    st.sampled_from(["", "https://", "https://example.jp", "https://example.jp/", "https://example.jp/?"]),
)
def test_nothing_gets_into_a_header_that_is_no_address(tail, head):
    try:
        found = sound(head + tail)
    except UnsafeAddressError:
        return
    assert found.isascii()
    assert found.isprintable()
    assert " " not in found
    assert "\\" not in found
    assert found.startswith(("http://", "https://"))
    assert sound(found) == found


def own_addresses(shop, destination: str, people: list[int]) -> tuple[int, dict[int, str]]:
    with shop.database.write() as session:
        link = shop.links.made(session, destination, "秋のお知らせ")
        return link.id, shop.links.for_people(session, link.id, people)


def test_clicks_are_kept_by_the_hour_and_by_person(shop, clock):
    with pytest.raises(NoFixedAddressError):
        shop.links.address("x")
    shop.settings.set("public_url", BASE)
    profile = shop.links.add("https://example.jp/menu", "プロフィール")
    for wrong in ("", "あ" * 41):
        with pytest.raises(InvalidInputError):
            shop.links.add("https://example.jp/", wrong)
    with pytest.raises(UnsafeAddressError):
        shop.links.add(shop.links.address(profile.key), "輪")
    hana, taro = person(shop, "見本 花子"), person(shop, "例示 太郎")
    first, second, third = friends(shop, hana, taro, None)
    link, tokens = own_addresses(shop, "https://example.jp/autumn", [first, second, third])
    assert shop.links.lead(profile.key).receiver_id is None
    leads = {one: shop.links.lead(token) for one, token in tokens.items()}
    assert {one.destination for one in leads.values()} == {"https://example.jp/autumn"}
    for unknown in ("", "x", "x" * 8, "x" * 22, profile.key.swapcase() + "!"):
        with pytest.raises(NotFoundError):
            shop.links.lead(unknown)
    hour = hour_of(clock.now())
    shop.links.count({(link, leads[first].receiver_id, hour): 2, (profile.id, None, hour): 3})
    later = hour + timedelta(hours=1)
    shop.links.count({(link, leads[first].receiver_id, hour): 1, (link, leads[third].receiver_id, later): 1})
    report = shop.links.report(link)
    assert (report.sent, report.clicked.clicks, report.clicked.people) == (3, 4, 2)
    assert [(one.at, one.clicks) for one in shop.links.hours(link)] == [(hour, 3), (later, 1)]
    found = [(one.customer_id, one.clicks, one.first) for one in shop.links.clickers(link)]
    assert found == [(None, 1, later), (hana, 3, hour)]
    assert [(one.link.name, one.clicked.clicks, one.clicked.people) for one in shop.links.list()] == [
        ("秋のお知らせ", 4, 2),
        ("プロフィール", 3, 0),
    ]
    # What is known of a person, and nothing more of whom was forgotten.
    assert shop.customers.disclose(hana)["link_clicks"][0]["clicks"] == 3
    assert "Opened a link" in [one.title for one in shop.customers.timeline(hana)]
    shop.customers.forget(hana)
    assert [one.customer_id for one in shop.links.clickers(link)] == [None, None]
    assert shop.links.report(link).clicked.clicks == 4
    assert shop.links.lead(tokens[first]).destination == "https://example.jp/autumn"
    assert [one for one in verify(shop) if not one.ok] == []


def test_an_unsound_link_is_found(sqlite_shop):
    link = sqlite_shop.links.add("https://example.jp/", "ちらし").id
    with sqlite_shop.database.write() as session:
        session.get_one(LinkRow, link).destination = "javascript:alert(1)"
    assert [one.name for one in verify(sqlite_shop) if not one.ok] == ["links"]
