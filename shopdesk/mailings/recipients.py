"""Who gets a mail: those of the segment whom LINE does not reach, who agreed to mail, with proof, at a sound address.

Source: 特定電子メールの送信の適正化等に関する法律 §3: only to those who agreed, the proof kept, nothing after a refusal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, and_, case, exists, func, literal, select

from shopdesk.broadcasts import tables as broadcasts
from shopdesk.customers import in_use, tables as customers
from shopdesk.friends import tables as friends
from shopdesk.mailings.tables import LetterRow

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from shopdesk.mailings.capping import Capped

CUSTOMER, CONSENT, FRIEND, PERSON = (
    customers.CustomerRow,
    customers.ConsentRow,
    friends.FriendRow,
    broadcasts.RecipientRow,
)
# Why LINE does not reach somebody who still may get a mail.
NOT_ON_LINE = ("not_linked", "blocked", "gone")
# … and why LINE has nothing to do with it.
_BY_MAIL = "by_mail"


def of_frozen(broadcast_id: int) -> Select[Any]:
    """Return the customers whom the frozen broadcast left out because they are not on LINE, or because it goes by mail alone."""
    return select(PERSON.customer_id).where(
        PERSON.broadcast_id == broadcast_id,
        PERSON.state == "excluded",
        PERSON.reason.in_((*NOT_ON_LINE, _BY_MAIL)),
        PERSON.customer_id.is_not(None),
    )


def of_segment(people: Select[Any]) -> Select[Any]:
    """Return the customers of a segment who are not on LINE now."""
    friend = exists().where(FRIEND.customer_id == CUSTOMER.id, FRIEND.state == "friend")
    return select(CUSTOMER.id).where(CUSTOMER.id.in_(people), ~friend)


def mailed(broadcast_id: int) -> Select[Any]:
    """Return the customers whose mail of a broadcast the provider took."""
    taken = (LetterRow.broadcast_id == broadcast_id, LetterRow.state == "accepted", LetterRow.customer_id.is_not(None))
    return select(LetterRow.customer_id).where(*taken)


def with_reasons(people: Select[Any], capped: Capped | None) -> Select[Any]:
    """Return (customer_id, reason) of them; the reason is empty for who gets a mail. Of one address only the first does."""
    asked = (
        select(CUSTOMER.id, CUSTOMER.email, _reason(capped).label("reason")).where(CUSTOMER.id.in_(people)).subquery()
    )
    first = func.row_number().over(partition_by=(func.lower(asked.c.email), asked.c.reason), order_by=asked.c.id)
    reason = case((and_(asked.c.reason == "", first > 1), "same_address"), else_=asked.c.reason)
    return select(asked.c.id.label("customer_id"), reason.label("reason"))


def why_not(session: Session, customer_id: int, capped: Capped | None) -> str:
    """Return why a person must get no mail just now; empty where they may."""
    return session.scalar(select(_reason(capped)).where(CUSTOMER.id == customer_id)) or ""


def _reason(capped: Capped | None) -> ColumnElement[str]:
    newest = (
        select(CONSENT.given)
        .where(CONSENT.customer_id == CUSTOMER.id, CONSENT.channel == "mail")
        .order_by(CONSENT.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return case(
        (~in_use(), "stopped"),
        (CUSTOMER.consent_mail.is_(False), "no_consent"),
        (newest.is_not(True), "no_proof"),
        (CUSTOMER.email == "", "no_address"),
        (capped.reached_by(CUSTOMER.id) if capped else literal(value=False), "capped"),
        else_="",
    )
