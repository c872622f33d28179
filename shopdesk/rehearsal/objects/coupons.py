"""Coupons as a shop may create them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.rehearsal.objects.shapes import by_type, https, integer, one_of, record, string, wrong

if TYPE_CHECKING:
    from shopdesk.rehearsal.answers import Problem

_MONEY = (1 << 31) - 1
_SECONDS = 1 << 40
_UNLIMITED = -1
_TIME_ZONES = (
    "ETC_GMT_MINUS_12",
    "ETC_GMT_MINUS_11",
    "PACIFIC_HONOLULU",
    "AMERICA_ANCHORAGE",
    "AMERICA_LOS_ANGELES",
    "AMERICA_PHOENIX",
    "AMERICA_CHICAGO",
    "AMERICA_NEW_YORK",
    "AMERICA_CARACAS",
    "AMERICA_SANTIAGO",
    "AMERICA_ST_JOHNS",
    "AMERICA_SAO_PAULO",
    "ETC_GMT_MINUS_2",
    "ATLANTIC_CAPE_VERDE",
    "EUROPE_LONDON",
    "EUROPE_PARIS",
    "EUROPE_ISTANBUL",
    "EUROPE_MOSCOW",
    "ASIA_TEHRAN",
    "ASIA_TBILISI",
    "ASIA_KABUL",
    "ASIA_TASHKENT",
    "ASIA_COLOMBO",
    "ASIA_KATHMANDU",
    "ASIA_ALMATY",
    "ASIA_RANGOON",
    "ASIA_BANGKOK",
    "ASIA_TAIPEI",
    "ASIA_TOKYO",
    "AUSTRALIA_DARWIN",
    "AUSTRALIA_SYDNEY",
    "ASIA_VLADIVOSTOK",
    "ETC_GMT_PLUS_12",
    "PACIFIC_TONGATAPU",
)


def _once_or_always(value: object, at: str, problems: list[Problem]) -> None:
    if value not in {1, _UNLIMITED} or isinstance(value, bool):
        wrong(problems, at, "Must be 1 or -1")


def _how_many(value: object, at: str, problems: list[Problem]) -> None:
    if value != _UNLIMITED:
        integer(1, 999_999)(value, at, problems)


def _ends_after_start(value: object, at: str, problems: list[Problem]) -> None:
    if isinstance(value, dict) and value["endTimestamp"] <= value["startTimestamp"]:
        wrong(problems, f"{at}.endTimestamp".lstrip("."), "Must be after startTimestamp")


_fixed = record({"fixedAmount": integer(1, _MONEY)})
_percentage = record({"percentage": integer(1, 99)})
_explicit = record({"originalPrice": integer(0, _MONEY), "priceAfterDiscount": integer(0, _MONEY)})
_reward = by_type(
    {
        "discount": record({"priceInfo": by_type({"fixed": _fixed, "percentage": _percentage, "explicit": _explicit})}),
        "cashBack": record({"priceInfo": by_type({"fixed": _fixed, "percentage": _percentage})}),
        "free": record({}),
        "gift": record({}),
        "others": record({}),
    }
)
_lottery = record({"lotteryProbability": integer(1, 99), "maxAcquireCount": _how_many})

coupon = record(
    {
        "title": string(1, 60),
        "acquisitionCondition": by_type({"normal": record({}), "lottery": _lottery}),
        "startTimestamp": integer(0, _SECONDS),
        "endTimestamp": integer(0, _SECONDS),
        "timezone": one_of(*_TIME_ZONES),
        "visibility": one_of("UNLISTED", "PUBLIC"),
        "maxUseCountPerTicket": _once_or_always,
        "reward": _reward,
    },
    {
        "description": string(0, 1000),
        "usageCondition": string(0, 100),
        "imageUrl": https,
        "barcodeImageUrl": https,
        "couponCode": string(0, 16),
    },
    _ends_after_start,
)
