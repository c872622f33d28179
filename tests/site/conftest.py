"""A shop with a public address and its pages, beside a rehearsal of LINE."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.site import Content, Page, Part
from tests.gateway.conftest import keys, line, shop, sqlite_line, sqlite_shop, there
from tests.talks.machine.conftest import friend, sqlite_friend

if TYPE_CHECKING:
    from shopdesk.shop import Shop

__all__ = ["friend", "keys", "line", "shop", "sqlite_friend", "sqlite_line", "sqlite_shop", "there"]

BASE = "https://shop.example.jp"
NONCE = "0123456789abcdefghijkl"


def nonce(number: int) -> str:
    """Return what the form of that number carries."""
    return f"{number:022d}"


def news(shop: Shop, title: str = "秋の栗のモンブラン", *parts: Part, **more: bool) -> Page:
    """Publish news."""
    made = shop.site.write("news", Content(title, parts or (Part("text", "本日から店頭にならびます。"),), **more))
    return shop.site.publish(made.id)


def shop_page(shop: Shop, **more: object) -> Page:
    """Publish the shop page of a shop that takes reservations."""
    shop.settings.set("public_url", BASE)
    made = shop.site.write("shop", Content("駅前の小さな洋菓子店です。", reserves=True, **more))
    return shop.site.publish(made.id)
