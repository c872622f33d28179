"""Cards given out: to a customer, to a walk-in, and a new code for a card that is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from shopdesk import japanese, scancodes
from shopdesk.cards import publishing, reading
from shopdesk.cards.book import Act, Book
from shopdesk.cards.records import Issued
from shopdesk.cards.refusals import AlreadyIssuedError
from shopdesk.cards.tables import LIVE, CardCodeRow, CardRow
from shopdesk.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.cards.office import Office


def issue(
    session: Session, office: Office, customer_id: int, nickname: str, code: scancodes.Code | None = None
) -> Issued:
    """Give a customer a card, with the points that the rules begin with; its code is a new one unless it is printed already.

    Raises:
        NotFoundError: there is no such customer.
        AlreadyIssuedError: they have one.
    """
    office.customers.touch(session, customer_id)
    now, (rules_id, rules) = office.now(session), publishing.current(session)
    there = select(CardRow.id).where(CardRow.customer_id == customer_id, CardRow.state == LIVE)
    had = session.scalar(there)
    if had is not None:
        said = _("This customer has card No. {number}. If it is lost, replace its code: the points stay.")
        raise AlreadyIssuedError(said.format(number=had))
    row = CardRow(
        customer_id=customer_id,
        nickname=japanese.name(nickname),
        state=LIVE,
        balance=0,
        issued_at=now,
        **_fresh_secret(),
    )
    session.add(row)
    session.flush()
    if rules.welcome:
        book = Book(session, row, Act(now, office.staff.actor.name, rules_id=rules_id))
        book.append("welcome", rules.welcome, until=rules.until(now))
    return Issued(reading.card(session, row, now), _new_code(session, row.id, now, code))


def replace(session: Session, office: Office, card_id: int) -> Issued:
    """Give a card a new code and a new page; what was printed, sent or photographed before opens nothing any more.

    Raises:
        NotFoundError: there is no such card.
    """
    row, now = reading.stored(session, card_id), office.now(session)
    revoked = update(CardCodeRow).where(CardCodeRow.card_id == card_id, CardCodeRow.revoked_at.is_(None))
    session.execute(revoked.values(revoked_at=now))
    for name, value in _fresh_secret().items():
        setattr(row, name, value)
    session.flush()
    return Issued(reading.card(session, row, now), _new_code(session, card_id, now))


def further_codes(session: Session, office: Office, card_ids: Sequence[int]) -> list[Issued]:
    """Make one more code for each of these cards: what was printed before stays good.

    Raises:
        NotFoundError: there is no card of one of the numbers.
    """
    now = office.now(session)
    rows = [reading.stored(session, one) for one in dict.fromkeys(card_ids)]
    return [Issued(reading.card(session, row, now), _new_code(session, row.id, now)) for row in rows]


def _fresh_secret() -> dict[str, bytes | str]:
    secret = reading.new_secret()
    return {"secret": secret, "page_hash": reading.page_hash(secret)}


def _new_code(session: Session, card_id: int, now: datetime, code: scancodes.Code | None = None) -> scancodes.Code:
    code = code or scancodes.new("card")
    session.execute(insert(CardCodeRow).values(hash=code.hashed, card_id=card_id, made_at=now, revoked_at=None))
    return code
