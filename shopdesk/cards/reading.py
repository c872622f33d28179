"""From stored rows to what the rest of the program sees of a card."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING, cast

from sqlalchemy import bindparam, select
from sqlalchemy.orm import aliased

from shopdesk.cards import earned, publishing
from shopdesk.cards.records import AtTill, Card, Entry, Reached, Visits
from shopdesk.cards.tables import LIVE, CardEntryRow, CardReasonRow, CardRewardRow, CardRow
from shopdesk.customers.tables import CustomerRow
from shopdesk.database import Statement
from shopdesk.errors import NotFoundError
from shopdesk.i18n import _

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.cards.records import EntryKind, Proof
    from shopdesk.cards.rules import Rules

SECRET_BYTES = 32
_BACK = aliased(CardEntryRow)  # an entry that takes another one back; to make such a name takes longer than to ask
_NAME = Statement("SELECT name FROM customers WHERE id = :customer_id")
_ENTRIES = (
    select(CardEntryRow, CardReasonRow.text.label("reason"), _BACK.id.is_not(None).label("taken_back"))
    .outerjoin(CardReasonRow, CardReasonRow.entry_id == CardEntryRow.id)
    .outerjoin(_BACK, _BACK.reverses_id == CardEntryRow.id)
    .where(earned.of_customer(bindparam("customer_id")))
    .order_by(CardEntryRow.id.desc())
)
_HISTORY, _LATEST = Statement(_ENTRIES), Statement(_ENTRIES.limit(bindparam("most")))


def new_secret() -> bytes:
    """Return what a new card's passing codes and page are made of."""
    return secrets.token_bytes(SECRET_BYTES)


def page_key(secret: bytes) -> str:
    """Return what stands in the address of a card's page, 32 hexadecimal digits: whoever has it sees the card and its passing codes."""
    return hmac.new(secret, b"page", hashlib.sha256).hexdigest()[:32]


def page_hash(secret: bytes) -> str:
    """Return by what a card is found from its page's key."""
    return hash_of_key(page_key(secret))


def hash_of_key(key: str) -> str:
    """Return what is kept of a page's key."""
    return hashlib.sha256(key.encode()).hexdigest()


def stored(session: Session, card_id: int) -> CardRow:
    """Return a live card.

    Raises:
        NotFoundError: there is none of this number.
    """
    row = session.get(CardRow, card_id)
    if row is None or row.state != LIVE:
        raise NotFoundError(_("There is no card No. {number}. Look for the customer.").format(number=card_id))
    return row


def stored_of(session: Session, customer_id: int) -> CardRow:
    """Return a customer's live card.

    Raises:
        NotFoundError: there is no such customer, or they have no card.
    """
    row = session.scalar(select(CardRow).where(CardRow.customer_id == customer_id, CardRow.state == LIVE))
    if row is None:
        raise NotFoundError(_("Customer {id} has no shop card. Issue one first.").format(id=customer_id))
    return row


def called(session: Session, customer_id: int) -> str:
    """Return what a customer chose to be called, else their name; '' where neither is known."""
    row = CardRow
    chosen = select(row.nickname).where(row.customer_id == customer_id, row.state == LIVE)
    return session.scalar(chosen) or _NAME.value(session, customer_id=customer_id) or ""


def card(session: Session, row: CardRow, now: datetime, rules: Rules | None = None) -> Card:
    """Return a card as the counter shows it; `rules` are those in force, where the caller knows them."""
    customer_id = cast("int", row.customer_id)
    name = row.nickname or _NAME.value(session, customer_id=customer_id) or ""
    rank = earned.rank(session, customer_id, rules or publishing.current(session)[1], now)
    return Card(
        row.id,
        customer_id,
        name,
        row.balance,
        row.expires_at,
        row.last_visit_at,
        row.issued_at,
        "" if rank is None else rank.name,
    )


def history(session: Session, customer_id: int, limit: int | None = None) -> list[Entry]:
    """Return every movement on a customer's cards, the newest first."""
    mine = {"customer_id": customer_id}
    found = _HISTORY.all(session, **mine) if limit is None else _LATEST.all(session, **mine, most=limit)
    return [_entry(one, one.reason or "", taken_back=bool(one.taken_back)) for one in found]


def visits(session: Session, customer_id: int, now: datetime) -> Visits:
    """Return how often a customer came, and whether they were counted today."""
    today = earned.visit_of_today(session, customer_id, now)
    return Visits(earned.visits(session, customer_id), None if today is None else _entry(today, "", taken_back=False))


def _entry(row: CardEntryRow, reason: str, *, taken_back: bool) -> Entry:
    return Entry(
        row.id,
        row.card_id,
        row.at,
        cast("EntryKind", row.kind),
        row.points,
        row.visits,
        row.yen,
        row.until,
        row.nonce,
        cast("Proof", row.proof),
        row.till,
        row.actor,
        reason,
        taken_back,
    )


def rewards(session: Session, customer_id: int) -> list[Reached]:
    """Return the rewards that a customer's cards reached and kept, the newest first."""
    row = CardRewardRow
    cards = select(CardRow.id).where(CardRow.customer_id == customer_id)
    chosen = select(row).where(row.card_id.in_(cards), row.withdrawn_at.is_(None)).order_by(row.id.desc())
    return [Reached(one.at_points, one.coupon_id, one.ticket_id, one.until) for one in session.scalars(chosen)]


def at_till(session: Session, till: str, since: datetime, limit: int) -> list[AtTill]:
    """Return what was counted at a till since a moment, the newest first."""
    row, back = CardEntryRow, _BACK
    chosen = (
        select(row, CardRow.nickname, CustomerRow.name, back.id)
        .join(CardRow, CardRow.id == row.card_id)
        .outerjoin(CustomerRow, CustomerRow.id == CardRow.customer_id)
        .outerjoin(back, back.reverses_id == row.id)
        .where(row.at >= since, row.till == till, row.kind == "earn", row.nonce.is_not(None))
        .order_by(row.id.desc())
        .limit(limit)
    )
    return [
        AtTill(one.id, one.card_id, nickname or name or "", one.at, one.points, one.actor, taken_back is not None)
        for one, nickname, name, taken_back in session.execute(chosen)
    ]
