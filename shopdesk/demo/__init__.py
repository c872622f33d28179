"""The demo shop: what is in it, and how it is filled from its cart's bundled export."""

from __future__ import annotations

import random
from dataclasses import fields
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from shopdesk import messages
from shopdesk.customers import NewCustomer
from shopdesk.customers.tables import CustomerRow
from shopdesk.demo.asking import bring_survey
from shopdesk.demo.automating import bring_automation
from shopdesk.demo.counter import TILL, AtCounter, open_cards
from shopdesk.demo.finding import bring_sources
from shopdesk.demo.loyalty import bring_cards
from shopdesk.demo.machine import ASKED, set_machine
from shopdesk.demo.menus import bring_menus
from shopdesk.demo.pages import bring_pages
from shopdesk.demo.talks import PICTURE_ID, bring_talks
from shopdesk.exports import NewSchedule, Timing
from shopdesk.friends.tables import FriendRow
from shopdesk.i18n import N_, _
from shopdesk.paths import resources
from shopdesk.segments import AllOf, Condition, parse

if TYPE_CHECKING:
    from pathlib import Path

    from shopdesk.customers import LineState
    from shopdesk.shop import Shop

__all__ = [
    "ASKED",
    "PICTURE_ID",
    "TILL",
    "AtCounter",
    "bring_automation",
    "bring_cards",
    "bring_menus",
    "bring_pages",
    "bring_sources",
    "bring_survey",
    "bring_talks",
    "open_cards",
    "set_machine",
]

FRIENDS, LINKED, BLOCKED = 1_800, 1_640, 36
QUOTA = 5_000
REGULAR_FROM = 10
REGULARS = "常連さん"
COME_OFTEN = N_("Come often")
"""The name of the segment that finds them."""
OFTEN, GUESTS, HOUSEHOLDS = 3, 4, 2
SHOP_NAME = "みほん洋菓子店"
LAPSING = {
    "all": [
        {"field": "orders.count", "is": "at_least", "value": 2},
        {"field": "orders.last", "is": "before_days", "value": 30},
    ]
}
MESSAGE = [
    messages.text(
        "{name} さん、こんにちは。\nみほん洋菓子店の見本です。\n\n今年も栗のモンブランを焼きはじめました。\n"
        "11月30日まで、このトークを見せていただいた方は\nコーヒーを 1 杯サービスします。"
    ),
    messages.cards(
        "コーヒー 1 杯サービス",
        [
            messages.Card(
                "coupon",
                {
                    "label": "クーポン",
                    "title": "コーヒー 1 杯サービス",
                    "until": "11月30日",
                    "note": "お一人さま 1 回まで。",
                },
            )
        ],
    ),
]
# What else can be said, for the pictures.
KINDS = {
    "cards": [
        messages.cards(
            "今週のケーキ",
            [
                messages.Card(
                    "product",
                    {"label": "新商品", "title": title, "price_yen": yen, "text": said},
                    buttons=(messages.actions.open_link("くわしく見る", "https://shop.example.jp/"),),
                )
                for title, yen, said in (
                    ("栗のモンブラン", 580, "熊本の栗を、皮ごと蒸して裏ごししました。"),
                    ("いちごのタルト", 540, "朝に届いたいちごを、その日のうちに。"),
                )
            ],
        )
    ],
    "buttons": [
        messages.location("みほん洋菓子店", "東京都千代田区丸の内 1-1-1", 35.68124, 139.76712),
        messages.buttons(
            "クリスマスケーキのご予約",
            "クリスマスケーキのご予約を承っています。",
            [
                messages.actions.open_link("ケーキを見る", "https://shop.example.jp/xmas"),
                messages.actions.say("電話がほしい", "予約の電話をください。"),
            ],
        ),
    ],
}


def export_files() -> list[Path]:
    """Return the bundled export: Yahoo!ショッピング's orders and their items."""
    folder = resources() / "samples"
    return [folder / "注文一覧_11月.xlsx", folder / "注文商品_11月.xlsx"]


def friend_id(number: int) -> str:
    """Return the LINE user id of the demo's friend of that number."""
    return "U" + sha256(f"demo friend {number}".encode()).hexdigest()[:32]


def friend_names() -> list[tuple[str, str]]:
    """Return who the pretend LINE knows: user ids and the names people gave themselves there."""
    families = ("見本", "例示", "架空", "仮名", "例題", "仮田", "試見", "想田", "雛形", "例沢")
    given = (
        "花子",
        "たろう",
        "みさき",
        "ゆみこ",
        "ken",
        "しのぶ",
        "一郎",
        "naoki",
        "めぐみ",
        "mayu🍰",
        "りょう",
        "あおい",
        "さくら",
        "ひな",
    )
    draw = random.Random(1800)  # noqa: S311 - the same demo each time
    return [(friend_id(n), f"{draw.choice(families)} {draw.choice(given)}") for n in range(FRIENDS)]


def prepare(shop: Shop) -> None:
    """Name the shop and choose its plan."""
    shop.settings.set("shop_name", SHOP_NAME)
    shop.settings.set("plan", "light")


def bring_friends(shop: Shop) -> int:
    """Ask the pretend LINE for its friends and link most of them to customers, as months of counter and parcels would have."""
    found = shop.friends.sync().friends
    with shop.database.write() as session:
        people = list(session.scalars(select(CustomerRow.id).order_by(CustomerRow.id)))
        known = list(session.scalars(select(FriendRow.user_id).order_by(FriendRow.id)))
        draw = random.Random(42)  # noqa: S311 - the same demo each time
        pairs = list(zip(draw.sample(known, LINKED), draw.sample(people, LINKED), strict=True))
        for number, (user_id, customer_id) in enumerate(pairs):
            blocked = number < BLOCKED
            state: LineState = "blocked" if blocked else "friend"
            row = update(FriendRow).where(FriendRow.user_id == user_id)
            session.execute(
                row.values(customer_id=customer_id, state=state, blocked_at=shop.clock.now() if blocked else None)
            )
            shop.customers.set_line_state(session, customer_id, state)
        shop.staff.record(session, "link", "friend", range(LINKED))
    return found


def tag_regulars(shop: Shop) -> None:
    """Put the shop's word for them on those who come often."""
    often = Condition("orders.count", "at_least", REGULAR_FROM)
    shop.customers.tag(sorted(shop.segments.members(often)), REGULARS)


def regulars(shop: Shop) -> list[int]:
    """Return who was tagged as coming often."""
    return sorted(shop.segments.members(Condition("tags", "is", (REGULARS,))))


def bring_doubles(shop: Shop) -> None:
    """Make some entries look like one person, as an order without an account and a shared phone do; nobody is added."""
    row = CustomerRow
    with shop.database.read() as session:
        people = select(row.id, row.name).order_by(row.id)
        regulars = session.execute(people.where(row.orders >= OFTEN)).tuples().all()
        once = session.execute(people.where(row.orders == 1, row.line_state == "none")).tuples().all()
    for (member, _name), (guest, _other) in zip(regulars, once[:GUESTS], strict=False):
        _correct(shop, guest, like=member, what=("name", "kana", "postal", "prefecture", "address"))
    families = {name.split()[0]: who for who, name in regulars[GUESTS:]}
    relatives = [(who, families[name.split()[0]]) for who, name in once[GUESTS:] if name.split()[0] in families]
    for who, like in relatives[:HOUSEHOLDS]:
        _correct(shop, who, like=like, what=("phone", "postal", "prefecture", "address"))


def _correct(shop: Shop, who: int, *, like: int, what: tuple[str, ...]) -> None:
    person, model = shop.customers.get(who), shop.customers.get(like)
    kept = {one.name: getattr(person, one.name) for one in fields(NewCustomer)}
    shop.customers.correct(who, NewCustomer(**kept | {name: getattr(model, name) for name in what}))


def make_regular(shop: Shop, folder: Path) -> None:
    """Watch a folder in which a file waits, and write two tables at set times; all in a `folder` of its own."""
    watched, written = folder / "カートの注文", folder / "税理士さんへ"
    for one in (watched, written):
        one.mkdir(parents=True)
    write_list(watched)
    shop.imports.watching.watch(watched)
    shop.imports.watching.look(lambda: None)
    schedules = shop.exports.schedules
    schedules.save(NewSchedule(_("Customers"), "customers", str(written), Timing("weekly")))
    schedules.save(NewSchedule(_("Orders of the month"), "orders", str(written), Timing("monthly", day=31), kind="csv"))
    schedules.run_now(_("Customers"))


def write_list(folder: Path) -> Path:
    """Write a list as shops keep it by hand, with headings that say too little, and return the file."""
    rows = (
        ("お客様", "連絡先", "日付", "数", "ひとこと"),
        ("見本 花子", "090-0000-0001", "2026/11/03", "2", "栗が好き"),
        ("例示 太郎", "taro@example.jp", "2026/11/08", "1", ""),
        ("架空 みさき", "090-0000-0003", "2026/11/15", "3", "ギフト"),
    )
    file = folder / "お客様ノート.csv"
    file.write_text("\n".join(map(",".join, rows)), encoding="cp932")
    return file


def save_segments(shop: Shop) -> str:
    """Keep the segment of the main job and two others, and give the name of the first."""
    name = _("Bought twice, quiet for 30 days")
    shop.segments.save(name, parse(LAPSING))
    shop.segments.save(_(COME_OFTEN), AllOf((Condition("tags", "is", (REGULARS,)),)))
    shop.segments.save(_("Spent 100,000 yen or more"), AllOf((Condition("orders.spent_yen", "at_least", 100_000),)))
    return name


def draft(shop: Shop, segment: str) -> int:
    """Prepare the broadcast of the main job."""
    name = _("The chestnut season has begun")
    return shop.broadcasts.draft(name=name, segment=segment, messages=messages.draft(MESSAGE))
