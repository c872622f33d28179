"""How the demo shop's answering machine is set: a greeting, keywords, hours, and what it is asked often."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk import messages
from shopdesk.talks import NewRule

if TYPE_CHECKING:
    from shopdesk.shop import Shop
    from shopdesk.talks import Match

HOURS = "mon,wed-sun 10:00-19:00; tue closed; 2026-12-31 10:00-15:00"
GREETING = "{name} さん、友だち追加ありがとうございます。\n季節のケーキと、友だちだけのお知らせをお届けします。"
CLOSED = "ただいま営業時間外です。\n次の営業日に、お店からお返事します。"
RULES: tuple[tuple[str, Match, tuple[str, ...], str], ...] = (
    ("営業時間", "any", ("営業時間", "何時まで", "何時から", "定休日"), "10時から 19時まで、火曜日はお休みです。"),
    ("予約の変更", "contains", ("予約", "変更"), "ご予約の変更は、お名前と受け取り日をお書きください。"),
    ("クリスマス", "any", ("クリスマス",), "クリスマスケーキのご予約は、12月18日まで承ります。"),
    ("駐車場", "alike", ("駐車場はありますか", "車で行けますか"), "店の裏に 2 台分ございます。"),
    (
        "アレルギー",
        "alike",
        ("アレルギーの表はありますか", "卵なしのケーキはありますか"),
        "店頭とサイトに表がございます。",
    ),
    (
        "支払い",
        "alike",
        ("カードは使えますか", "PayPayは使えますか"),
        "クレジットカードと PayPay をお使いいただけます。",
    ),
)
ASKED = "すみません、駐車場ってあるんでしょうか？"
"""What somebody asks in words of their own."""


def set_machine(shop: Shop) -> None:
    """Set it, as its shop would in the window."""
    machine = shop.talks.machine
    machine.keep("greeting", [messages.text(GREETING)])
    machine.keep("closed_message", [messages.text(CLOSED)])
    shop.settings.set("opening_hours", HOURS)
    for name, match, words, said in RULES:
        machine.rules.add(NewRule(name, match, words, messages.draft([messages.text(said)])))
