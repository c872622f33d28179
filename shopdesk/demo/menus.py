"""The demo shop's rich menus: one of two tabs for everybody, and one for the regulars before it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.menus import Action, Design, Plan, Tab, areas

if TYPE_CHECKING:
    from shopdesk.shop import Shop

_SIZE = (2500, 1686)
_SHOP = (
    ("stamp", "ショップカード", Action("card")),
    ("sparkles", "たのしむ", Action("tab", "fun")),
    ("cake-slice", "今日のケーキ", Action("link", "https://example.jp/cakes")),
    ("calendar", "予約する", Action("say", "予約したいです")),
    ("map-pin", "お店の場所", Action("link", "https://example.jp/map")),
    ("message-circle", "聞いてみる", Action("talk")),
)
_FUN = (
    ("gift", "ギフト", Action("link", "https://example.jp/gifts")),
    ("star", "人気の焼き菓子", Action("link", "https://example.jp/baked")),
    ("coffee", "喫茶のメニュー", Action("link", "https://example.jp/cafe")),
    ("house", "お店", Action("tab", "shop")),
)
_BEST = (
    ("stamp", "ショップカード", Action("card")),
    ("gift", "常連さんだけの予約", Action("say", "常連の予約をしたいです")),
)


def bring_menus(shop: Shop, segment: str) -> int:
    """Put both up on LINE and return the number of the one for everybody. `segment` finds the regulars."""
    tabs = (_tab("shop", "お店", "six", _SHOP), _tab("fun", "たのしむ", "four", _FUN))
    common = shop.menus.create(Plan("ふだんのメニュー", Design(*_SIZE, "メニュー", tabs)))
    design = Design(*_SIZE, "常連さんメニュー", (_tab("best", "常連さん", "two", _BEST),), colour="blue")
    best = shop.menus.create(Plan("常連さんのメニュー", design, shop.segments.get(segment).id))
    for one in (common, best):
        shop.menus.publish(one.id)
    shop.menus.order([best.id, common.id])
    shop.menus.settle()
    return common.id


def _tab(key: str, title: str, layout: str, places: tuple[tuple[str, str, Action], ...]) -> Tab:
    filled = (
        replace(area, icon=icon, word=word, action=action)
        for area, (icon, word, action) in zip(areas(layout, *_SIZE), places, strict=True)
    )
    return Tab(key, title, tuple(filled))
