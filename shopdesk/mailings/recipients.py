"""Who gets a mail: those of the segment whom LINE does not reach, who agreed to mail, with proof, at a sound address.

Source: 特定電子メールの送信の適正化等に関する法律 §3: only to those who agreed, the proof kept, nothing after a refusal.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, case, exists, literal, select

from shopdesk.broadcasts import tables as broadcasts
from shopdesk.customers import in_use, tables as customers
from shopdesk.friends import tables as friends
from shopdesk.mailings.tables import LetterRow
from shopdesk.messages import sound_address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from shopdesk.mailings.capping import Capped

CUSTOMER, CONSENT, FRIEND, PERSON = (
    customers.CustomerRow,
    customers.ConsentRow,
    friends.FriendRow,
    broadcasts.RecipientRow,
)
# Why LINE does not reach somebody who still may get a mail; the last: LINE has no part in it.
NOT_ON_LINE = ("not_linked", "blocked", "gone", "by_mail")
# Why somebody in a follow-up gets it in no way.
_FALLEN_OUT = ("opened", "followed")


@dataclass(frozen=True, slots=True)
class Chosen:
    """The customers who get a mail, and how many do not for each reason."""

    customers: tuple[int, ...]
    left_out: Mapping[str, int]


def of_frozen(broadcast_id: int) -> Select[Any]:
    """Return (customer_id, reason) of those whom the frozen broadcast left out on LINE so that its mail is to reach them, or is not."""
    return _pairs(PERSON.customer_id, PERSON.reason).where(
        PERSON.broadcast_id == broadcast_id,
        PERSON.state == "excluded",
        PERSON.reason.in_((*NOT_ON_LINE, *_FALLEN_OUT)),
        PERSON.customer_id.is_not(None),
    )


def of_segment(people: Select[Any], *, alone: bool) -> Select[Any]:
    """Return the same of a segment as it is now: of those who are not on LINE, or where the mail goes `alone` of everybody."""
    friend = exists().where(FRIEND.customer_id == CUSTOMER.id, FRIEND.state == "friend")
    found = _pairs(CUSTOMER.id, literal("by_mail" if alone else "not_linked")).where(CUSTOMER.id.in_(people))
    return found if alone else found.where(~friend)


def _pairs(customer: Any, reason: Any) -> Select[Any]:
    return select(customer.label("customer_id"), reason.label("reason"))


def mailed(broadcast_id: int) -> Select[Any]:
    """Return the customers whose mail of a broadcast the provider took."""
    taken = (LetterRow.broadcast_id == broadcast_id, LetterRow.state == "accepted", LetterRow.customer_id.is_not(None))
    return select(LetterRow.customer_id).where(*taken)


def chosen(session: Session, people: Select[Any], capped: Capped | None) -> Chosen:
    """Decide who gets a mail of `people`, pairs of customer and the broadcast's reason. Of one address only the first does."""
    who = people.subquery()
    on_line = (who.c.reason.not_in(NOT_ON_LINE), who.c.reason)
    reason = case(on_line, *_barred(capped), else_="")
    asked = select(CUSTOMER.id, CUSTOMER.email, reason).join(who, who.c.customer_id == CUSTOMER.id)
    get, left_out, addresses = [], Counter[str](), set[str]()
    for customer_id, address, why in session.execute(asked.order_by(CUSTOMER.id).execution_options(yield_per=5_000)):
        mine = why or _at(address, addresses)
        if mine:
            left_out[mine] += 1
        else:
            get.append(customer_id)
    return Chosen(tuple(get), left_out)


def _at(address: str, taken: set[str]) -> str:
    """Why nothing goes to an address, which is taken then; empty where something does."""
    if not sound_address(address):
        return "no_address"
    folded = address.lower()
    if folded in taken:
        return "same_address"
    taken.add(folded)
    return ""


def why_not(session: Session, customer_id: int, capped: Capped | None) -> str:
    """Return why a person must get no mail just now; empty where they may."""
    return session.scalar(select(case(*_barred(capped), else_="")).where(CUSTOMER.id == customer_id)) or ""


def _barred(capped: Capped | None) -> list[tuple[ColumnElement[bool], str]]:
    newest = (
        select(CONSENT.given)
        .where(CONSENT.customer_id == CUSTOMER.id, CONSENT.channel == "mail")
        .order_by(CONSENT.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    found = [
        (~in_use(), "stopped"),
        (CUSTOMER.consent_mail.is_(False), "no_consent"),
        (newest.is_not(True), "no_proof"),
        (CUSTOMER.email == "", "no_address"),
    ]
    return [*found, (capped.reached_by(CUSTOMER.id), "capped")] if capped else found
