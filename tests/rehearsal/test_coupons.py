"""LINE's own coupons: created, listed, looked at, closed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.rehearsal.conftest import START

PATH = "/v2/bot/coupon"
COUPON = {
    "title": "焼き菓子 10% 引き",
    "acquisitionCondition": {"type": "normal"},
    "startTimestamp": int(START.timestamp()),
    "endTimestamp": int((START + timedelta(days=7)).timestamp()),
    "timezone": "ASIA_TOKYO",
    "visibility": "UNLISTED",
    "maxUseCountPerTicket": 1,
    "reward": {"type": "discount", "priceInfo": {"type": "percentage", "percentage": 10}},
}
GOOD = [
    {},
    {"title": "a" * 60},
    {"maxUseCountPerTicket": -1},
    {"acquisitionCondition": {"type": "lottery", "lotteryProbability": 99, "maxAcquireCount": -1}},
    {"reward": {"type": "free"}},
    {
        "reward": {
            "type": "discount",
            "priceInfo": {"type": "explicit", "originalPrice": 500, "priceAfterDiscount": 300},
        }
    },
    {"reward": {"type": "cashBack", "priceInfo": {"type": "fixed", "fixedAmount": 100}}},
    {
        "imageUrl": "https://example.com/a.png",
        "couponCode": "a" * 16,
        "usageCondition": "おひとり一回",
        "description": "a" * 1000,
    },
]
BAD = [
    ({"title": ""}, "title"),
    ({"title": "a" * 61}, "title"),
    ({"endTimestamp": COUPON["startTimestamp"]}, "endTimestamp"),
    ({"startTimestamp": 1, "endTimestamp": 2}, "endTimestamp"),
    ({"timezone": "JST"}, "timezone"),
    ({"visibility": "PRIVATE"}, "visibility"),
    ({"maxUseCountPerTicket": 2}, "maxUseCountPerTicket"),
    ({"maxUseCountPerTicket": True}, "maxUseCountPerTicket"),
    ({"reward": None}, "reward"),
    (
        {"reward": {"type": "discount", "priceInfo": {"type": "percentage", "percentage": 100}}},
        "reward.priceInfo.percentage",
    ),
    ({"acquisitionCondition": {"type": "referral"}}, "acquisitionCondition.type"),
    (
        {"acquisitionCondition": {"type": "lottery", "lotteryProbability": 0, "maxAcquireCount": 1}},
        "acquisitionCondition.lotteryProbability",
    ),
    ({"couponCode": "a" * 17}, "couponCode"),
    ({"usageCondition": "a" * 101}, "usageCondition"),
    ({"description": "a" * 1001}, "description"),
    ({"imageUrl": "http://example.com/"}, "imageUrl"),
]


def created(caller, **other) -> str:
    return caller.post(PATH, {**COUPON, **other}).json["couponId"]


@pytest.mark.parametrize("other", GOOD)
def test_it_is_created_and_told_as_it_was_made(caller, other):
    found = caller.get(f"{PATH}/{created(caller, **other)}")
    assert {**COUPON, **other}.items() <= found.json.items()
    assert (found.json["status"], found.json["createdTimestamp"]) == ("RUNNING", START.timestamp())


@pytest.mark.parametrize(("other", "place"), BAD)
def test_what_is_wrong_is_said_with_its_place(caller, other, place):
    reply = caller.post(PATH, {**COUPON, **other})
    assert (reply.status, [one["property"] for one in reply.json["details"]]) == (400, [place])


def test_closing_is_for_good(caller):
    coupon = created(caller)
    assert caller.ask("PUT", f"{PATH}/{coupon}/close").status == 200
    assert caller.ask("PUT", f"{PATH}/{coupon}/close").status == 410
    assert caller.get(f"{PATH}/{coupon}").json["status"] == "CLOSED"


@pytest.mark.parametrize(("method", "path"), [("GET", f"{PATH}/none"), ("PUT", f"{PATH}/none/close")])
def test_one_that_is_not_there(checker, method, path):
    assert checker.ask(method, path).status == 404


def test_the_list_is_paged_and_knows_states(caller):
    coupons = [created(caller, title=f"クーポン {number}") for number in range(25)]
    caller.ask("PUT", f"{PATH}/{coupons[0]}/close")
    first = caller.get(PATH).json
    assert [one["couponId"] for one in first["items"]] == coupons[:4:-1]
    rest = caller.get(f"{PATH}?start={first['next']}").json
    assert [one["couponId"] for one in rest["items"]] == coupons[4::-1]
    assert "next" not in rest
    assert len(caller.get(f"{PATH}?status=RUNNING&limit=100").json["items"]) == 24
    assert [one["title"] for one in caller.get(f"{PATH}?status=CLOSED&status=DRAFT").json["items"]] == ["クーポン 0"]
    assert len(caller.get(f"{PATH}?status=RUNNING%2CCLOSED&limit=100").json["items"]) == 25
    caller.clock.move(timedelta(days=7))
    assert len(caller.get(f"{PATH}?status=CLOSED&limit=100").json["items"]) == 25


@pytest.mark.parametrize("query", ["status=OPEN", "limit=0", "limit=101", "start=x"])
def test_a_wrong_page(checker, query):
    assert checker.get(f"{PATH}?{query}").status == 400
