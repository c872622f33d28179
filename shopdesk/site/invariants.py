"""What must be true of the pages at rest."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import select

from shopdesk.site import asking, reading
from shopdesk.site.tables import ReservationRow
from shopdesk.talks.tables import TalkMessageRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def unsound(session: Session) -> list[int]:
    """Return requests whose card in the friend's talk says something else than they are, or lies in somebody else's."""
    row, card = ReservationRow, TalkMessageRow
    found = session.execute(
        select(row, card.body, card.friend_id).join(card, card.id == row.message_id).order_by(row.id)
    )
    return [
        one.id
        for one, body, friend_id in found
        if friend_id != one.friend_id or json.loads(body) != asking.card(reading.reservation(one))
    ]
