"""Rules of the card, each published version kept: an entry names the one by which it was counted."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import false, func, insert, select

from shopdesk.cards import ranks
from shopdesk.cards.records import PublishPreview
from shopdesk.cards.rules import Rules, parse, stored
from shopdesk.cards.tables import LIVE, CardRankRow, CardRow, CardRulesRow
from shopdesk.database import Statement

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


_NEWEST = Statement("SELECT id, body FROM card_rules ORDER BY id DESC LIMIT 1")


def current(session: Session) -> tuple[int | None, Rules]:
    """Return the rules in force with their number; a shop that has published none has the default card, without a number."""
    newest = _NEWEST.first(session)
    return (None, Rules()) if newest is None else (newest.id, _read(newest.body))


@lru_cache(maxsize=4)
def _read(body: str) -> Rules:
    return parse(json.loads(body))


def publish(session: Session, rules: Rules, now: datetime, actor: str) -> int:
    """Put rules in force from now on and return their number."""
    values = {"body": stored(rules), "published_at": now, "actor": actor}
    made = session.execute(insert(CardRulesRow).values(**values).returning(CardRulesRow.id)).scalar_one()
    if rules.ranks:
        session.execute(insert(CardRankRow), ranks.rows(made, rules))
    return made


def preview(session: Session, rules: Rules, told: int) -> PublishPreview:
    """Return what rules would mean for the cards there are; `told` is how many would be told within a month."""
    row = CardRow
    full = row.balance >= rules.goal if rules.goal_reward else false()
    counts = (
        func.count(),
        func.count().filter(row.balance > 0),
        func.count().filter(row.expires_at.is_not(None)),
        func.count().filter(full),
    )
    return PublishPreview(*session.execute(select(*counts).where(row.state == LIVE)).one(), told)
