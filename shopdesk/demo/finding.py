"""Where the demo shop's friends found it: a code at the till, one in each parcel, a flyer of the autumn."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from shopdesk.friends.tables import FriendRow
from shopdesk.links import COLOURS, Wanted
from shopdesk.links.tables import ArrivalRow

if TYPE_CHECKING:
    from shopdesk.shop import Shop

_SAID = {"headline": "LINE で\n焼きたてをお知らせ", "offer": "はじめての方に コーヒー 1 杯"}
_PLACES = (
    (Wanted("レジ横", "talk", **_SAID), 412),
    (Wanted("包みに入れる紙", "talk", "10月から", colour=COLOURS[1], **_SAID), 186),
    (Wanted("秋のちらし", "talk", "2,000 枚・9/20 配布", colour=COLOURS[2], **_SAID), 57),
    (Wanted("写真の SNS", "plain", "プロフィール欄"), 0),
)
_HOURS_BETWEEN = 5


def bring_sources(shop: Shop) -> None:
    """Make the codes, and let friends have come by them."""
    now, places = shop.clock.now(), [(shop.links.sources.add(said).id, many) for said, many in _PLACES]
    with shop.database.write() as session:
        friends = iter(session.scalars(select(FriendRow.id).order_by(FriendRow.id.desc())).all())
        rows = [
            {"friend_id": friend, "source_id": source, "at": now - timedelta(hours=_HOURS_BETWEEN * nth), "how": "said"}
            for source, many in places
            for nth, friend in zip(range(many), friends, strict=False)
        ]
        session.execute(insert(ArrivalRow), rows)
