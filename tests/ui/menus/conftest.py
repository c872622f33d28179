"""A shop beside a pretend LINE, with segments, a coupon that is given by link, and a menu that is up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shopdesk.coupons import Offer
from shopdesk.menus import Action, Design, Plan, Tab, areas
from shopdesk.rehearsal import Rehearsal, running
from shopdesk.secrets import LINE_CHANNEL_ID, LINE_CHANNEL_SECRET
from shopdesk.segments import Condition
from shopdesk.surveys import Form, Question

PLACES = (
    ("stamp", "ショップカード", Action("card")),
    ("ticket", "クーポン", Action("coupon", "1")),
    ("cake-slice", "今日のケーキ", Action("link", "https://example.jp/cakes")),
    ("calendar", "予約する", Action("say", "予約したいです")),
    ("map-pin", "お店の場所", Action("link", "https://example.jp/map")),
    ("message-circle", "聞いてみる", Action("talk")),
)


def plan(name: str = "ふだんのメニュー", **more) -> Plan:
    size = (2500, 1686)
    filled = tuple(
        replace(area, icon=icon, word=word, action=action)
        for area, (icon, word, action) in zip(areas("six", *size), PLACES, strict=True)
    )
    fun = (replace(areas("one", *size)[0], icon="gift", word="くじ引き", action=Action("tab", "a")),)
    first = (replace(filled[0], action=Action("tab", "b")), *filled[1:])
    return Plan(name, Design(*size, "メニュー", (Tab("a", "お店", first), Tab("b", "たのしむ", fun))), **more)


@pytest.fixture
def there(clock):
    with running(Rehearsal(3, clock=clock)) as found:
        yield found


@pytest.fixture
def sqlite_shop(make_shop, there, monkeypatch):
    monkeypatch.setenv("SHOPDESK_LINE_HOST", there.url)
    made = make_shop(secrets={LINE_CHANNEL_ID: there.channel_id, LINE_CHANNEL_SECRET: there.channel_secret})
    made.settings.set("shop_name", "みほん洋菓子店")
    made.settings.set("public_url", "https://shop.example")
    made.segments.save("常連", Condition("orders.count", "at_least", 3))
    made.coupons.publish(made.coupons.create(Offer("コーヒー 1 杯サービス", "free_item", by_link=True)).id)
    made.surveys.publish(
        made.surveys.create(Form("お味", "", (Question("味", "お味は", "rating", least=1, most=5),))).id
    )
    return made


@pytest.fixture
def up(sqlite_shop):
    """The number of a menu that everybody sees."""
    menu = sqlite_shop.menus.create(plan()).id
    sqlite_shop.menus.publish(menu)
    sqlite_shop.menus.settle()
    return menu
