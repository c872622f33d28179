"""Units of the month, statistics of sends, shares of friends: null below 20 people."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from shopdesk.clock import FixedClock
from shopdesk.rehearsal import Rehearsal, friend_id, running
from tests.rehearsal.conftest import START, TEXT, Caller
from tests.rehearsal.test_rich_menus import MENU, PATH as MENUS, png, upload

EVENT = "/v2/bot/insight/message/event"
LINK = {"type": "uri", "label": "見る", "uri": "https://example.com/"}
UNIT = f"{EVENT}/aggregation?customAggregationUnit=autumn&from=20261120&to=20261219"


@pytest.fixture
def crowd():
    with running(Rehearsal(30, clock=FixedClock(START))) as line:
        one = Caller(line)
        yield one
        one.http.clear()


def look_and_tap(caller, people: int, tappers: int) -> None:
    for number in range(people):
        caller.get(f"/rehearsal/people/{friend_id(number)}/phone")
    for number in range(tappers):
        caller.says(number, {"tap": {"action": LINK, "delivery": 1, "bubble": 2}})


def test_a_broadcast_is_measured_and_small_numbers_are_null(crowd):
    request = crowd.broadcast(TEXT, TEXT).headers["x-line-request-id"]
    look_and_tap(crowd, 19, 19)
    few = crowd.get(f"{EVENT}?requestId={request}").json
    assert few["overview"]["delivered"] == 30
    assert few["overview"]["uniqueImpression"] is None
    assert few["clicks"] == [{"seq": 2, "url": "https://example.com/", "click": None, "uniqueClick": None}]
    look_and_tap(crowd, 25, 20)
    many = crowd.get(f"{EVENT}?requestId={request}").json
    assert (many["overview"]["uniqueImpression"], many["overview"]["uniqueClick"]) == (25, 20)
    assert many["messages"] == [{"seq": 1, "impression": 25}, {"seq": 2, "impression": 25}]
    assert many["clicks"] == [{"seq": 2, "url": "https://example.com/", "click": 39, "uniqueClick": 20}]


def test_a_request_that_line_never_had(checker):
    assert checker.get(f"{EVENT}?requestId=x").json["messages"] == []
    assert checker.get(EVENT).status == 400


def test_a_unit_gathers_sends(crowd):
    for numbers in (range(15), range(15, 30)):
        body = {
            "to": [friend_id(one) for one in numbers],
            "messages": [TEXT, TEXT],
            "customAggregationUnits": ["autumn"],
        }
        crowd.post("/v2/bot/message/multicast", body)
    look_and_tap(crowd, 30, 22)
    told = crowd.get(UNIT).json
    assert (told["overview"]["uniqueImpression"], told["overview"]["uniqueClick"]) == (30, 22)
    assert crowd.get(UNIT.replace("autumn", "Autumn")).json["overview"]["uniqueImpression"] is None
    assert crowd.get(UNIT.replace("20261219", "20261221")).status == 400
    assert crowd.get(UNIT.replace("20261219", "20261119")).status == 400
    assert crowd.get(UNIT.replace("from=20261120&", "")).status == 400


def test_a_thousand_units_a_month_and_the_next_is_silently_none(caller):
    caller.rehearsal.quota.limit = 3000
    names = [f"unit_{number}" for number in range(1001)]
    for name in names:
        body = {"to": friend_id(0), "messages": [TEXT], "customAggregationUnits": [name]}
        assert caller.raw("POST", "/v2/bot/message/push", json.dumps(body).encode()).status == 200
    assert caller.get("/v2/bot/message/aggregation/info").json == {"numOfCustomAggregationUnits": 1000}
    page = caller.get("/v2/bot/message/aggregation/list?limit=100").json
    found = page["customAggregationUnits"]
    while "next" in page:
        page = caller.get(f"/v2/bot/message/aggregation/list?limit=100&start={page['next']}").json
        found += page["customAggregationUnits"]
    assert found == names[:1000]
    caller.clock.move(timedelta(days=11))
    assert caller.get("/v2/bot/message/aggregation/info").json == {"numOfCustomAggregationUnits": 0}


def test_what_a_day_sent_by_kind(crowd):
    crowd.push()
    crowd.multicast([1, 2])
    crowd.broadcast()
    path = "/v2/bot/insight/message/delivery?date=20261120"
    assert crowd.get(path).json == {"status": "unready"}
    crowd.clock.move(timedelta(days=1))
    assert crowd.get(path).json == {"status": "ready", "apiPush": 1, "apiMulticast": 2, "apiBroadcast": 30}


def test_shares_of_the_friends(crowd, caller):
    told = crowd.get("/v2/bot/insight/demographic").json
    for name in ("genders", "ages", "areas", "appTypes", "subscriptionPeriods"):
        assert sum(one["percentage"] for one in told[name]) == pytest.approx(100, abs=1)
    assert caller.get("/v2/bot/insight/demographic").json == {"available": False}, "fewer than 20 friends"


def test_sixty_questions_an_hour(caller):
    path = "/v2/bot/insight/demographic"
    assert [caller.get(path).status for _number in range(61)] == [200] * 60 + [429]


def test_a_menu_is_measured_from_the_next_day_and_from_twenty_people_on(crowd):
    menu = crowd.post(MENUS, MENU).json["richMenuId"]
    upload(crowd, menu, png())
    crowd.ask("POST", f"/v2/bot/user/all/richmenu/{menu}")

    def told(kind: str, first: str = "20261101") -> dict:
        return crowd.get(f"/v2/bot/insight/richmenu/{menu}/{kind}?from={first}&to=20261130").json

    def tap(number: int) -> None:
        crowd.get(f"/rehearsal/people/{friend_id(number)}/phone")
        place = {"menu": menu, "area": 1}
        crowd.says(number, {"tap": {"action": MENU["areas"][0]["action"], **place}})

    for number in range(19):
        tap(number)
    crowd.clock.move(timedelta(days=1))
    assert told("summary") == {"richMenuId": menu}
    for number in (0, 19):
        tap(number)
    assert told("summary") == {"richMenuId": menu}, "today is not told yet"
    crowd.clock.move(timedelta(days=1))
    summary = told("summary")
    assert (summary["metricsFrom"], summary["metricsTo"]) == ("20261101", "20261121")
    assert summary["impression"] == {"metrics": {"count": 21, "uniqueUsers": 20}}
    bounds = MENU["areas"][0]["bounds"]
    assert summary["clicks"] == [{"bounds": bounds, "metrics": {"count": 21, "uniqueUsers": 20}}]
    assert told("daily")["clicks"][0]["metrics"] == [
        {"date": "20261120", "count": 19, "uniqueUsers": 19},
        {"date": "20261121", "count": 2, "uniqueUsers": 2},
    ]
    assert list(told("daily", "20231101")) == ["message"], "longer than 396 days, and older than three years"
    assert crowd.get("/v2/bot/insight/richmenu/none/daily?from=20261101&to=20261130").status == 404
