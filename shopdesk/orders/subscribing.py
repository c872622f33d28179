"""A person's subscriptions (定期購入): reading them, and what a merge or an erasure makes of them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, String, case, cast, select, update

from shopdesk.clock import start_of_japan_day
from shopdesk.customers import Event
from shopdesk.i18n import _
from shopdesk.orders.records import Subscription
from shopdesk.orders.tables import ProductRow, SubscriptionRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MADE_UP = "~"
"""How a number begins that is no cart's own: it was made of who subscribes to what."""


def of_customer(session: Session, customer_id: int) -> list[Subscription]:
    """Return a customer's subscriptions, active ones first, then by number."""
    row, product = SubscriptionRow, ProductRow
    rank = case((row.state == "active", 0), (row.state == "paused", 1), else_=2)
    shown = (
        row.id,
        row.cart,
        row.number,
        product.name,
        row.state,
        row.nth,
        row.started_on,
        row.next_on,
        row.stopped_on,
    )
    chosen = select(*shown).join(product, product.id == row.product_id, isouter=True)
    found = session.execute(chosen.where(row.customer_id == customer_id).order_by(rank, row.number, row.id)).all()
    return [Subscription(one[0], one[1], one[2], one[3] or "", *one[4:]) for one in found]


def erase(session: Session, customer_id: int) -> None:
    """Keep the subscriptions without a customer, and without a number that was made of who the customer was."""
    row = SubscriptionRow
    of_person = row.customer_id == customer_id
    nameless = MADE_UP + MADE_UP + cast(cast(row.id, BigInteger), String)
    session.execute(update(row).where(of_person, row.number.startswith(MADE_UP)).values(number=nameless, digest=""))
    session.execute(update(row).where(of_person).values(customer_id=None))


def disclosed(session: Session, customer_id: int) -> list[dict[str, Any]]:
    """Return everything the subscriptions say, days as YYYY-MM-DD."""
    return [
        {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(one).items()}
        for one in of_customer(session, customer_id)
    ]


def events(session: Session, customer_id: int) -> list[Event]:
    """Return when the subscriptions began and ended, as far as that is known."""
    found = []
    for one in of_customer(session, customer_id):
        title = one.product or _("Subscription")
        if one.started_on:
            found.append(
                Event(start_of_japan_day(one.started_on), "subscription", title, _("Subscription began"), (one.id,))
            )
        if one.stopped_on and one.state == "stopped":
            found.append(
                Event(start_of_japan_day(one.stopped_on), "subscription", title, _("Subscription ended"), (one.id,))
            )
    return found
