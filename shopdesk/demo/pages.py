"""The demo shop's own pages: what it is, what is new, what people said of it, and somebody who wants to come."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from shopdesk.clock import japan_day, start_of_japan_day
from shopdesk.site import NOBODY, Content, Guest, Part, Wanted

if TYPE_CHECKING:
    from shopdesk.shop import Shop
    from shopdesk.site import Kind, Page

_ADDRESS = "https://shop.example.jp"
_PAGES: tuple[tuple[Kind, Content], ...] = (
    (
        "privacy",
        Content(
            "個人情報の取り扱い", (Part("text", "お預かりした情報は、ご注文とご予約、お客さまへのお返事に使います。"),)
        ),
    ),
    ("announcement", Content("クリスマスケーキのご案内", (Part("text", "12 月 1 日からご予約を承ります。"),))),
    ("news", Content("年末年始の営業日", (Part("text", "12 月 31 日は 15 時まで、1 月 4 日から営業します。"),))),
    (
        "news",
        Content(
            "秋の栗のモンブラン",
            (
                Part("text", "今年も栗の季節になりました。\n熊本の和栗を使い、ひとつずつ仕上げています。"),
                Part("heading", "お渡し"),
                Part("text", "店頭にて。なくなり次第終わります。"),
                Part("link", "オンラインで予約する", f"{_ADDRESS}/"),
            ),
        ),
    ),
)
_SHOP = Content(
    "毎朝 10 時に焼き上がります",
    (Part("text", "駅前の小さな洋菓子店です。\n季節の果物で、ひとつずつ手づくりしています。"),),
    f"{_ADDRESS}/menu",
    reserves=True,
)
_SAID = (("はな", "とてもおいしかったです。また伺います。"), ("", "包装がすてきでした。"))
_IN_DAYS, _AT_HOUR = 6, 18


def bring_pages(shop: Shop) -> Page:
    """Publish the pages, let some guests like and comment on the newest news and ask for reservations; return that news."""
    if not shop.settings.fixed_address():
        shop.settings.set("public_url", _ADDRESS)
    site = shop.site
    made = [site.publish(site.write(kind, content).id) for kind, content in (("shop", _SHOP), *_PAGES)]
    newest = made[-1]
    for number in range(23):
        site.feedback.like(newest.key, NOBODY, f"{number:022d}")
    for number, (name, text) in enumerate(_SAID):
        site.feedback.comment(newest.key, NOBODY, name=name, text=text, nonce=f"{number:022d}")
    _ask(shop)
    return site.get(newest.id)


def _ask(shop: Shop) -> None:
    """Ask for reservations: a friend through the talk, somebody else by phone."""
    day = start_of_japan_day(japan_day(shop.clock.now()) + timedelta(days=_IN_DAYS))
    at, (talk, *_others) = day + timedelta(hours=_AT_HOUR, minutes=30), shop.talks.page()
    friend = Guest(talk.friend_id, talk.name)
    shop.site.reservations.ask(friend, Wanted(at, 4, note="窓ぎわの席をお願いします。"), f"{1:022d}")
    shop.site.reservations.ask(NOBODY, Wanted(at - timedelta(hours=4), 2, "例示 太郎", "090-0000-0001"), f"{2:022d}")
