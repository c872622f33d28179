"""What must be true of the cards at rest (I5, I7)."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from sqlalchemy import select, text

from shopdesk.cards.book import MOVED
from shopdesk.cards.ledger import Ledger, Movement
from shopdesk.cards.tables import CardEntryRow, CardRow
from shopdesk.i18n import _

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MOST = 21
_SUMS = f"""
    SELECT c.id FROM cards c LEFT JOIN (SELECT card_id, sum(points) AS points FROM card_entries GROUP BY card_id) e
    ON e.card_id = c.id WHERE c.balance <> coalesce(e.points, 0) OR c.balance < 0 OR (c.state = 'merged' AND c.balance > 0)
    ORDER BY c.id LIMIT {MOST}"""
_MERGES = "SELECT coalesce(sum(100 * points + hundredths), 0) FROM card_entries WHERE kind = 'merge'"
_TWICE = f"""
    SELECT e.id FROM card_entries e JOIN card_entries r ON r.reverses_id = e.id OR r.part_of_id = e.id
    WHERE r.kind = 'reverse' GROUP BY e.id, e.points
    HAVING (e.points >= 0 AND (sum(r.points) < -e.points OR sum(r.points) > 0))
    OR (e.points < 0 AND (sum(r.points) > -e.points OR sum(r.points) < 0)) ORDER BY e.id LIMIT {MOST}"""
_NONCES = f"""
    SELECT n.nonce FROM card_nonces n LEFT JOIN card_entries e ON e.nonce = n.nonce
    WHERE n.answer = '' OR (e.id IS NULL AND n.answer NOT LIKE '%"repeated": true%') LIMIT {MOST}"""


def broken(session: Session) -> list[str]:
    """Return in sentences what is wrong with the points (I5); nothing where all is well."""
    found = {
        _("cards whose balance is not the sum of their entries: {ids}"): list(session.scalars(text(_SUMS))),
        _("cards whose points do not add up one after the other: {ids}"): _wrong_ledgers(session),
        _("entries that were taken back more than once: {ids}"): list(session.scalars(text(_TWICE))),
        _("points that merging made or lost: {ids}"): [one for one in session.scalars(text(_MERGES)) if one],
    }
    return [sentence.format(ids=", ".join(map(str, ids[:20]))) for sentence, ids in found.items() if ids]


def _wrong_ledgers(session: Session) -> list[int]:
    """Return cards whose entries, one after the other, do not add up to the balance and the next expiry that are kept."""
    row, card = CardEntryRow, CardRow
    moved = session.execute(
        select(row.card_id, *MOVED).order_by(row.card_id, row.id).execution_options(yield_per=5_000)
    )
    told = {
        card_id: Ledger(Movement(*one[1:]) for one in entries)
        for card_id, entries in groupby(moved, key=lambda one: one.card_id)
    }
    kept = session.execute(select(card.id, card.balance, card.expires_at).order_by(card.id))
    empty = Ledger()
    return [
        card_id
        for card_id, balance, expires_at in kept
        if (ledger := told.get(card_id, empty)).balance != balance or ledger.next_expiry != expires_at
    ][:MOST]


def loose_nonces(session: Session) -> list[str]:
    """Return nonces under which nothing was done and something was answered."""
    return list(session.scalars(text(_NONCES)))
