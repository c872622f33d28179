"""Rows for an export, streamed by keyset from one snapshot: a million people take no more memory than a thousand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from shopdesk.cards.tables import LIVE, CardRow
from shopdesk.coupons import all_holders
from shopdesk.customers.tables import CustomerKeyRow, CustomerRow, CustomerTagRow, OwnValueRow, TagRow
from shopdesk.database import portions
from shopdesk.exports.records import NOBODY, Bought, Delivered, Entry, Goods, Person, Stamped
from shopdesk.orders.tables import OrderLineRow, OrderRow, ProductRow, SubscriptionRow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.orm import InstrumentedAttribute, Session

AT_ONCE = 1_000

_PERSON = tuple(getattr(CustomerRow, name) for name in Person._fields if name not in {"keys", "tags", "own"})
_ORDER = tuple(getattr(OrderRow, name) for name in Bought._fields)
_LINE, _PRODUCT = OrderLineRow, ProductRow
_GOODS = (
    *(_LINE.order_id, _LINE.position, _PRODUCT.name, _PRODUCT.code),
    *(_LINE.quantity, _LINE.unit_price_yen, _LINE.total_yen),
)
_SUBSCRIPTION = (
    *(SubscriptionRow.cart, SubscriptionRow.number, SubscriptionRow.customer_id),
    *(func.coalesce(_PRODUCT.name, ""), SubscriptionRow.state, SubscriptionRow.nth),
    *(SubscriptionRow.started_on, SubscriptionRow.next_on, SubscriptionRow.stopped_on),
)

_CARD = tuple(getattr(CardRow, name) for name in Stamped._fields if name != "number")


def people(session: Session, ids: Sequence[int] | None = None) -> Iterator[Entry]:
    """Yield everybody, or these people in this order."""
    if ids is None:
        for rows in _pages(session, select(*_PERSON), CustomerRow.id):
            yield from map(Entry, _whole(session, [Person(*row) for row in rows]))
        return
    for some in portions(ids):
        found = people_of(session, some)
        yield from (Entry(found[one]) for one in some if one in found)


def orders(session: Session, *, cart: str = "", of: Collection[int] | None = None) -> Iterator[Entry]:
    """Yield every order's goods lines, one at least; only one cart's, only of these people where that is said."""
    chosen = select(*_ORDER).where(OrderRow.cart == cart) if cart else select(*_ORDER)
    for rows in _pages(session, chosen, OrderRow.id):
        bought = [Bought(*row) for row in rows if of is None or row.customer_id in of]
        goods = _goods_of(session, [one.id for one in bought])
        found = people_of(session, {one.customer_id for one in bought if one.customer_id is not None})
        for order in bought:
            person = found.get(order.customer_id or 0, NOBODY)
            lines = tuple(goods.get(order.id, ()))
            for line in lines or (Goods(order.id, 0, "", "", None, None, None),):
                yield Entry(person, order, line, lines=lines)


def subscriptions(session: Session, *, of: Collection[int] | None = None) -> Iterator[Entry]:
    """Yield every subscription, or those of these people."""
    chosen = select(SubscriptionRow.id, *_SUBSCRIPTION).outerjoin(_PRODUCT, _PRODUCT.id == SubscriptionRow.product_id)
    for rows in _pages(session, chosen, SubscriptionRow.id):
        some = [Delivered._make(row) for row in rows if of is None or row.customer_id in of]
        found = people_of(session, {one.customer_id for one in some if one.customer_id is not None})
        yield from (Entry(found.get(one.customer_id or 0, NOBODY), subscription=one) for one in some)


def coupons(session: Session, now: datetime, *, of: Collection[int] | None = None) -> Iterator[Entry]:
    """Yield every coupon that was given, and what became of it by now; only of these people where that is said."""
    for some in all_holders(session, now, AT_ONCE):
        given = [one for one in some if of is None or one.customer_id in of]
        found = people_of(session, {one.customer_id for one in given if one.customer_id is not None})
        yield from (Entry(found.get(one.customer_id or 0, NOBODY), coupon=one) for one in given)


def cards(session: Session, *, of: Collection[int] | None = None) -> Iterator[Entry]:
    """Yield every shop card, or those of these people."""
    chosen = select(CardRow.id, *_CARD).where(CardRow.state == LIVE)
    for rows in _pages(session, chosen, CardRow.id):
        some = [Stamped._make(row) for row in rows if of is None or row.customer_id in of]
        found = people_of(session, {one.customer_id for one in some})
        yield from (Entry(found[one.customer_id], card=one) for one in some)


def people_of(session: Session, ids: Iterable[int]) -> dict[int, Person]:
    """Return people by their ids, whole."""
    found: list[Person] = []
    for some in portions(list(ids)):
        found += [Person(*row) for row in session.execute(select(*_PERSON).where(CustomerRow.id.in_(some)))]
    return {one.id: one for one in _whole(session, found)}


def _pages(
    session: Session, chosen: Select[*tuple[Any, ...]], key: InstrumentedAttribute[int]
) -> Iterator[Sequence[Any]]:
    last = 0
    while rows := session.execute(chosen.where(key > last).order_by(key).limit(AT_ONCE)).all():
        yield rows
        last = rows[-1].id


def _whole(session: Session, found: list[Person]) -> list[Person]:
    """Add what lies in tables of its own: keys, tags and own fields."""
    keys: dict[int, list[tuple[str, str, str]]] = {}
    tags: dict[int, list[str]] = {}
    own: dict[int, list[tuple[int, str]]] = {}
    key, tag, value = CustomerKeyRow, CustomerTagRow, OwnValueRow
    for some in portions([one.id for one in found]):
        said = select(key.customer_id, key.kind, key.scope, key.value).where(key.customer_id.in_(some))
        for customer_id, *rest in session.execute(said.order_by(key.kind.desc(), key.scope, key.value)):
            keys.setdefault(customer_id, []).append((rest[0], rest[1], rest[2]))
        named = select(tag.customer_id, TagRow.name).join(TagRow, TagRow.id == tag.tag_id)
        for customer_id, name in session.execute(named.where(tag.customer_id.in_(some)).order_by(TagRow.name)):
            tags.setdefault(customer_id, []).append(name)
        held = select(value.customer_id, value.field_id, value.value).where(value.customer_id.in_(some))
        for customer_id, field_id, text in session.execute(held):
            own.setdefault(customer_id, []).append((field_id, text))
    return [
        one._replace(keys=tuple(keys.get(one.id, ())), tags=tuple(tags.get(one.id, ())), own=tuple(own.get(one.id, ())))
        for one in found
    ]


def _goods_of(session: Session, order_ids: list[int]) -> dict[int, list[Goods]]:
    found: dict[int, list[Goods]] = {}
    for some in portions(order_ids):
        chosen = select(*_GOODS).join(_PRODUCT, _PRODUCT.id == _LINE.product_id).where(_LINE.order_id.in_(some))
        for row in session.execute(chosen.order_by(_LINE.order_id, _LINE.position)):
            found.setdefault(row[0], []).append(Goods(*row))
    return found
