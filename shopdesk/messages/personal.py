"""What one reader's messages hold that is theirs alone: what stands on their shop card, and their own coupon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.cards import balances
from shopdesk.clock import in_japan
from shopdesk.coupons import LimitReachedError
from shopdesk.i18n import N_, _, for_customers
from shopdesk.messages import addresses
from shopdesk.messages.placeholders import CARD_POINTS, EXPIRES_ON, EXPIRING_POINTS
from shopdesk.messages.records import Own

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

    from shopdesk.cards import Balance
    from shopdesk.coupons import Coupons
    from shopdesk.messages.records import Draft


def card_values(
    session: Session, placeholders: Collection[str], customers: Collection[int]
) -> dict[int, dict[str, str]]:
    """Return the values of the placeholders for each of these customers who has a card; nothing is read where none is asked for."""
    wanted = {CARD_POINTS, EXPIRING_POINTS, EXPIRES_ON}.intersection(placeholders)
    if not wanted:
        return {}
    found = balances(session, customers, expiring=EXPIRING_POINTS in wanted)
    return {one: _said(balance) for one, balance in found.items()}


def own_of(session: Session, coupons: Coupons, written: Draft, customer_id: int | None) -> Own:
    """Give one person the coupons that a message brings, in the caller's transaction, and return what is theirs.

    Raises:
        CouponError, NotFoundError: a coupon is not given out, or this person has had it as often as one may.
        NoFixedAddressError: its page has no address that stays.
    """
    known = [customer_id] if customer_id is not None else []
    theirs: dict[str, str] = {}
    for one in sorted(written.coupons):
        (token,) = coupons.issue_in(session, one, [customer_id])
        if token is None:
            raise LimitReachedError(
                _("This person has had this coupon as often as one may. Take it out, or give another.")
            )
        theirs[addresses.coupon(one)] = coupons.addresses.of_token(token)
    return Own(card_values(session, written.placeholders, known).get(customer_id or 0, {}), theirs)


def _said(balance: Balance) -> dict[str, str]:
    values = {CARD_POINTS: f"{balance.points:,}", EXPIRING_POINTS: f"{balance.expiring:,}"}
    if balance.last_day is not None:
        day = in_japan(balance.last_day)
        values[EXPIRES_ON] = for_customers(N_("{month}/{day}")).format(month=day.month, day=day.day)
    return values
