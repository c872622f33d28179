"""The talks of the demo shop: what its friends wrote, told by LINE's own events, and what the shop answered."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select

from shopdesk import messages
from shopdesk.customers.tables import CustomerRow
from shopdesk.friends.tables import FriendRow
from shopdesk.line import read_webhook

if TYPE_CHECKING:
    from shopdesk.shop import Shop

PICTURE_ID = "500000000000000901"
"""The message whose picture the pretend LINE holds."""
REPLIES = {
    "お取り置きします": "{name} さま\nお取り置きしました。当日お待ちしております。",
    "確認してご連絡します": "{name} さま\nお問い合わせありがとうございます。\n確認して、あらためてご連絡します。",
    "営業時間": "営業時間は 10時から 19時まで、火曜日はお休みです。",
}


class Wrote(NamedTuple):
    """What a friend did so many minutes ago: a message object without its id, or `unsend` of the one before."""

    minutes: float
    message: dict[str, Any]
    unsends: bool = False


def _text(said: str) -> dict[str, Any]:
    return {"type": "text", "text": said}


LINKED: tuple[tuple[Wrote, ...], ...] = (
    (
        Wrote(254, _text("こんにちは。24日の予約の確認をお願いできますか？")),
        Wrote(54, _text("すみません、時間を17時ごろに変えられると助かります。\nショートケーキ 5号です🍓")),
    ),
    (
        Wrote(27, {"type": "image", "id": PICTURE_ID, "contentProvider": {"type": "line"}}),
        Wrote(26, _text("この写真のようなケーキを、卵なしで作れますか？")),
    ),
    (
        Wrote(132, _text("クリスマスケーキの予約は、いつまで間に合いますか")),
        Wrote(131, {"type": "sticker", "packageId": "446", "stickerId": "1988", "stickerResourceType": "STATIC"}),
    ),
    (
        Wrote(1510, _text("お店の近くに駐車場はありますか？")),
        Wrote(1508, {"type": "location", "title": "みほん駅 北口", "address": "東京都千代田区丸の内 1-9-1"}),
        Wrote(1507, _text("まちがえて送りました"), unsends=True),
    ),
    (Wrote(2930, _text("先日のモンブラン、とてもおいしかったです。\nまた伺います！")),),
)
UNKNOWN = (Wrote(9, _text("はじめまして。アレルギーの表は見られますか？")),)
ANSWERS = {
    0: "お問い合わせありがとうございます。\n11月24日（火）17時で承りました。お待ちしております。",
    3: "店の裏に 2 台分ございます。満車のときは駅前の駐車場をお使いください。",
    4: "うれしいお言葉をありがとうございます。またお待ちしております。",
}
THANKS = "ありがとうございます！\nろうそくを 5 本つけてもらえますか？"
NOTE = "ろうそくは数字の「5」を毎年おつけしています。"


def bring_talks(shop: Shop) -> int:
    """Let friends write, answer some of them, and return the friend whose talk waits with a free answer."""
    linked, unknown = _people(shop)
    for number, wrote in enumerate(LINKED):
        _tell(shop, linked[number], wrote)
    _tell(shop, unknown, UNKNOWN)
    shop.talks.files.fetch()
    friends = [shop.talks.find(user) for user in linked]
    for number, said in ANSWERS.items():
        shop.talks.reply(friends[number], shop.messages.draft([messages.text(said)]))
    first = friends[0]
    shop.talks.desk.note(first, NOTE)
    shop.talks.desk.label(first, "予約")
    shop.talks.desk.label(friends[2], "予約")
    shop.talks.desk.assign(first, shop.staff.actor.name)
    shop.talks.desk.done(friends[4])
    _tell(shop, linked[0], (Wrote(-0.02, _text(THANKS)),))
    for name, said in REPLIES.items():
        shop.messages.templates.save(name, [messages.text(said)])
    return first


def _people(shop: Shop) -> tuple[list[str], str]:
    """Return friends who are customers, the best first, and one whom nobody knows."""
    row, person = FriendRow, CustomerRow
    known = select(row.user_id).join(person, person.id == row.customer_id).where(row.state == "friend")
    with shop.database.read() as session:
        linked = session.scalars(known.order_by(person.orders.desc(), row.id).limit(len(LINKED))).all()
        unknown = session.scalars(select(row.user_id).where(row.customer_id.is_(None)).order_by(row.id).limit(1)).one()
    return list(linked), unknown


def _tell(shop: Shop, user_id: str, wrote: tuple[Wrote, ...]) -> None:
    """Let LINE tell what a friend wrote, as its webhook would."""
    events: list[dict[str, Any]] = []
    for number, one in enumerate(wrote):
        at = int((shop.clock.now() - timedelta(minutes=one.minutes)).timestamp() * 1000)
        name = f"{user_id[1:9]}{at}{number}"
        message = {"id": name, **one.message}
        events.append(_event(user_id, name, at, type="message", replyToken=f"token-{name}", message=message))
        if one.unsends:
            events.append(_event(user_id, f"{name}-u", at + 1000, type="unsend", unsend={"messageId": message["id"]}))
    shop.apply(read_webhook(json.dumps({"destination": "", "events": events}).encode()).events)


def _event(user_id: str, name: str, at: int, **own: Any) -> dict[str, Any]:
    source = {"type": "user", "userId": user_id}
    return {"webhookEventId": f"demo-{name}", "timestamp": at, "mode": "active", "source": source, **own}
