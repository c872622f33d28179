"""The pure rules of sending: quiet hours, splits, likeness, addresses that may be asked, plans."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, strategies as st

from shopdesk import web
from shopdesk.broadcasts.addresses import in_messages
from shopdesk.broadcasts.costs import larger_plan
from shopdesk.broadcasts.likeness import ALIKE, likeness
from shopdesk.broadcasts.progress import Progress
from shopdesk.broadcasts.splitting import left_out, variant
from shopdesk.clock import in_japan
from shopdesk.errors import InvalidInputError
from shopdesk.settings import QuietHours, plan

NOW = datetime(2026, 11, 22, 5, 32, tzinfo=UTC)
MOMENTS = st.integers(0, 2 * 366 * 24 * 60).map(lambda minute: NOW + timedelta(minutes=minute))
MINUTES = st.integers(0, 24 * 60 - 1).map(lambda minute: time(minute // 60, minute % 60))


@given(MINUTES, MINUTES, MOMENTS)
def test_quiet_hours_end_at_their_end_and_a_day_is_split_in_two(begin, end, at):
    if begin == end:
        return
    quiet, loud = QuietHours(begin, end), QuietHours(end, begin)
    over = quiet.over_at(at)
    assert (over is None) != (loud.over_at(at) is None)
    if over is not None:
        assert at < over <= at + timedelta(days=1)
        assert in_japan(over).time() == end
        assert quiet.over_at(over) is None
        assert quiet.over_at(over - timedelta(seconds=1)) == over


@pytest.mark.parametrize("said", ["21:00", "21:00-21:00", "25:00-08:00", "21:60-08:00", "nachts"])
def test_hours_that_are_none_are_refused(said):
    with pytest.raises(InvalidInputError):
        QuietHours.parse(said)


def test_quiet_hours_are_read_as_they_are_typed():
    assert QuietHours.parse("  ") is None
    assert str(QuietHours.parse("21:00 〜 8:00")) == "21:00-08:00"


@given(st.text(min_size=1, max_size=8), st.integers(0, 100), st.lists(st.text(max_size=6), unique=True, max_size=40))
def test_who_is_chosen_depends_on_nobody_else(seed, percent, people):
    chosen = {one: (left_out(seed, one, percent), variant(seed, one, percent)) for one in people}
    assert chosen == {one: (left_out(seed, one, percent), variant(seed, one, percent)) for one in reversed(people)}
    if percent in {0, 100}:
        assert {held for held, _text in chosen.values()} <= {percent == 100}
    for one in people:
        assert left_out(seed, one, percent) <= left_out(seed, one, min(100, percent + 1))


@pytest.mark.parametrize("percent", [1, 10, 50, 99])
def test_the_shares_are_what_was_asked_for_and_independent(percent):
    people = [f"U{number:032x}" for number in range(20_000)]
    held = {one for one in people if left_out("s", one, 50)}
    b = {one for one in people if variant("s", one, percent) == "b"}
    assert abs(len(b) / len(people) - percent / 100) < 0.015
    assert abs(len(b & held) / len(held) - percent / 100) < 0.02
    assert {one for one in people if variant("t", one, percent) == "b"} != b


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (
            "【秋の新作】本日入荷しました。店頭でお待ちしています。",
            "【秋の新作】本日入荷しました。 店頭でお待ちしてます！",
            True,
        ),
        ("{name}さま 柿が980円です。ぜひどうぞ", "柿が９８０円です。ぜひどうぞ", True),
        ("冬のコートが20%オフ。12月5日まで。店頭でどうぞ。", "冬のコートが30%オフ。12月9日まで。店頭でどうぞ。", False),
        ("柿が入りました", "年末年始の営業時間のお知らせ", False),
        ("", "", False),
        ("柿", "柿", True),
    ],
)
def test_nearly_the_same(one, other, alike):
    assert (likeness(one, other) >= ALIKE) is alike
    assert likeness(one, other) == likeness(other, one)


@pytest.mark.parametrize(
    "host",
    [
        *(
            "127.0.0.1",
            "10.0.0.1",
            "192.168.1.1",
            "172.16.0.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "224.0.0.1",
        ),
        *("::1", "::ffff:10.0.0.1", "fe80::1", "fc00::1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:1::", "::"),
    ],
)
def test_no_private_address_is_ever_asked(host):
    assert not web.is_public(host)
    url = f"http://[{host}]/" if ":" in host else f"http://{host}/"
    assert web.look([url], loopback=False) == [web.Looked(url, "forbidden")]


@pytest.mark.parametrize("url", ["http://127.1/", "http://2130706433/", "http://0x7f.1/", "http://localhost/"])
def test_other_spellings_of_this_computer_are_not_asked_either(url):
    assert web.look([url], loopback=False)[0].verdict == "forbidden"


@pytest.mark.parametrize("url", ["ftp://shop.example/", "http:///x", "http://a:b@shop.example/", "http://[::1/"])
def test_what_is_no_address_of_the_web_is_not_asked(url):
    assert web.look([url], loopback=True) == [web.Looked(url, "forbidden")]


def test_addresses_are_found_in_texts_and_fields():
    said = [
        {"type": "text", "text": "詳しくはhttps://shop.example/aへ、または「https://shop.example/b」。"},
        {"type": "imagemap", "baseUrl": "https://shop.example/picture", "actions": [{"linkUri": "http://c.example/"}]},
    ]
    assert in_messages(said) == ["https://shop.example/a", "https://shop.example/b", "http://c.example/"]


def test_what_a_larger_plan_would_cost():
    assert "5,000 yen instead of 0 yen" in larger_plan(plan("communication"), 20)
    assert "15,000 yen instead of 5,000 yen" in larger_plan(plan("light"), 1)
    assert "3,000 yen" in larger_plan(plan("standard"), 1_000)
    assert larger_plan(plan("light"), 0) == ""


def test_stuck_is_no_holder_or_five_minutes_without_a_move():
    moved = Progress(10.0, NOW)
    assert moved.seconds_left(25) == 2
    assert Progress(0.0, NOW).seconds_left(25) is None
    assert moved.stuck(NOW, sender_lives=False) == "no_sender"
    assert moved.stuck(NOW + timedelta(minutes=5), sender_lives=True) == ""
    assert moved.stuck(NOW + timedelta(minutes=5, seconds=1), sender_lives=True) == "no_progress"
