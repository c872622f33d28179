"""What each reader of a broadcast gets that is theirs alone, written in the transaction that writes their request."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import insert, select

from shopdesk.broadcasts.tables import SentCouponRow
from shopdesk.database import portions
from shopdesk.errors import ShopDeskError
from shopdesk.messages import Own, addresses, card_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from shopdesk.coupons import Coupons, Token
    from shopdesk.messages import Draft


class Reader(NamedTuple):
    """A person of a broadcast: their row, the customer they are (None: not known), and which text is theirs."""

    id: int
    customer_id: int | None
    variant: str


def coupons_of(drafts: Iterable[Draft]) -> list[int]:
    """Return the coupons that messages bring."""
    return sorted(frozenset().union(*(one.coupons for one in drafts)))


def hindrance(
    session: Session, coupons: Coupons, drafts: Iterable[Draft], *, locked: bool = False
) -> ShopDeskError | None:
    """Return why the coupons of messages cannot be given just now, None where they can; `locked`: until the transaction ends."""
    try:
        for one in coupons_of(drafts):
            coupons.require_given_out(session, one, locked=locked)
            coupons.addresses.of_nothing()
    except ShopDeskError as error:
        return error
    return None


def owned(session: Session, coupons: Coupons, drafts: Mapping[str, Draft], readers: Sequence[Reader]) -> dict[int, Own]:
    """Give the readers their coupons and return what is theirs, by their rows; who may have no more of a coupon is not in it.

    Raises:
        ShopDeskError: as `hindrance` says.
    """
    placeholders = frozenset().union(*(one.placeholders for one in drafts.values()))
    values = card_values(session, placeholders, {one.customer_id for one in readers if one.customer_id is not None})
    theirs: dict[int, dict[str, str]] = {one.id: {} for one in readers}
    for coupon_id in coupons_of(drafts.values()):
        getting = [one for one in readers if one.id in theirs and coupon_id in drafts[one.variant].coupons]
        for reader, token in zip(getting, _tokens(session, coupons, coupon_id, getting), strict=True):
            if token is None:
                del theirs[reader.id]
            else:
                theirs[reader.id][addresses.coupon(coupon_id)] = coupons.addresses.of_token(token)
    return {one.id: Own(values.get(one.customer_id or 0, {}), theirs[one.id]) for one in readers if one.id in theirs}


def _tokens(session: Session, coupons: Coupons, coupon_id: int, readers: Sequence[Reader]) -> list[Token | None]:
    """Another code where a person's request is written anew, for LINE never took the first; else a coupon."""
    row = SentCouponRow
    had: dict[int, int] = {}
    for some in portions([one.id for one in readers]):
        found = select(row.person_id, row.ticket_id).where(row.coupon_id == coupon_id, row.person_id.in_(some))
        had |= dict(session.execute(found).all())
    again = [one.id for one in readers if one.id in had]
    new = [one for one in readers if one.id not in had]
    tokens: dict[int, Token | None] = dict(
        zip(again, coupons.codes_in(session, [had[one] for one in again]), strict=True)
    )
    if new:
        issued = coupons.issue_in(session, coupon_id, [one.customer_id for one in new])
        tokens |= {one.id: token for one, token in zip(new, issued, strict=True)}
        rows = [
            {"person_id": one.id, "coupon_id": coupon_id, "ticket_id": token.ticket_id}
            for one, token in zip(new, issued, strict=True)
            if token is not None
        ]
        if rows:
            session.execute(insert(row), rows)
    return [tokens[one.id] for one in readers]
