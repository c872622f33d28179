"""Reading orders, and what orders know about a person."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import BigInteger, and_, func, select, tuple_, type_coerce, update

from shopdesk import japanese
from shopdesk.clock import in_japan, japan_day, start_of_japan_day
from shopdesk.customers import Event
from shopdesk.database import milliseconds, portions
from shopdesk.errors import NotFoundError
from shopdesk.i18n import _, _n
from shopdesk.orders import bought, subscribing
from shopdesk.orders.favourites import favourites
from shopdesk.orders.records import Day, Favourite, Figure, Line, Order, Product, Subscription, Totals
from shopdesk.orders.sums import COUNTED, NET_YEN, refresh_sums
from shopdesk.orders.tables import OrderLineRow, OrderRow, ProductRow, SubscriptionRow
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from shopdesk.clock import Clock
    from shopdesk.database import Database
    from shopdesk.staff import Staff

_OF_PERSON: tuple[type[OrderRow | SubscriptionRow], ...] = (OrderRow, SubscriptionRow)
_DAY_MS = 86_400_000  # Japan has no summer time: every day is as long


class Orders:
    """The orders of one shop; also what customers ask it about a person (`PersonPart`)."""

    name = "orders"

    def __init__(self, database: Database, clock: Clock, staff: Staff) -> None:
        self._staff = staff
        self._database = database
        self._clock = clock

    @needs(Act.SEE_PEOPLE)
    def get(self, order_id: int) -> Order:
        """Return one order.

        Raises:
            NotFoundError: there is none with this number.
        """
        with self._database.read() as session:
            row = session.get(OrderRow, order_id)
        if row is None:
            raise NotFoundError(_("There is no order {id} (any more).").format(id=order_id))
        return _order(row)

    @needs(Act.SEE_PEOPLE)
    def of_customer(self, customer_id: int, before: Order | None = None, limit: int = 50) -> list[Order]:
        """Return a customer's orders, newest first, those after `before` in that order when it is given."""
        with self._database.read() as session:
            return _of_customer(session, customer_id, before, limit)

    @needs(Act.SEE_PEOPLE)
    def lines(self, order_id: int) -> list[Line]:
        """Return what was in an order, as its file had it."""
        with self._database.read() as session:
            return _lines(session, [order_id]).get(order_id, [])

    @needs(Act.SEE_PEOPLE)
    def subscriptions(self, customer_id: int) -> list[Subscription]:
        """Return a customer's subscriptions, active ones first."""
        with self._database.read() as session:
            return subscribing.of_customer(session, customer_id)

    @needs(Act.SEE_PEOPLE)
    def favourites(self, customer_id: int, limit: int = 3) -> list[Favourite]:
        """Return the products a customer ordered most often."""
        with self._database.read() as session:
            return favourites(session, customer_id, limit)

    @needs(Act.SEE_PEOPLE)
    def totals(self) -> Totals:
        """Return the figures of today, yesterday and this month in Japan, and of all times."""
        day = japan_day(self._clock.now())
        today, tomorrow = start_of_japan_day(day), start_of_japan_day(day + timedelta(days=1))
        yesterday, month = start_of_japan_day(day - timedelta(days=1)), start_of_japan_day(day.replace(day=1))
        at = OrderRow.ordered_at
        with self._database.read() as session:
            return Totals(
                today=_figure(session, and_(at >= today, at < tomorrow)),
                yesterday=_figure(session, and_(at >= yesterday, at < today)),
                month=_figure(session, and_(at >= month, at < tomorrow)),
                ever=_figure(session),
                cancelled=session.scalar(select(func.count()).where(OrderRow.cancelled.is_(True))) or 0,
            )

    @needs(Act.SEE_PEOPLE)
    def by_day(self, days: int) -> list[Day]:
        """Return the figures of each of the last `days` days in Japan, the oldest first, today last."""
        today = japan_day(self._clock.now())
        start, end = start_of_japan_day(today - timedelta(days=days - 1)), start_of_japan_day(today + timedelta(days=1))
        number = (type_coerce(OrderRow.ordered_at, BigInteger) - milliseconds(start)) // _DAY_MS
        chosen = select(number, func.count(), func.sum(NET_YEN)).group_by(number)
        with self._database.read() as session:
            rows = session.execute(chosen.where(COUNTED, OrderRow.ordered_at >= start, OrderRow.ordered_at < end))
            found = {int(one): Figure(orders, int(yen or 0)) for one, orders, yen in rows}
        first = japan_day(start)
        return [Day(first + timedelta(days=one), found.get(one, Figure(0, 0))) for one in range(days)]

    @needs(Act.SEE_PEOPLE)
    def products(self, text: str = "", limit: int = 50) -> list[Product]:
        """Return products whose name or code contains the text, whatever its width or kana, by name."""
        wanted = japanese.fold(text)
        found: list[Product] = []
        with self._database.read() as session:
            row = ProductRow
            for made in session.execute(select(row.id, row.cart, row.code, row.name).order_by(row.name, row.id)):
                product = Product(*made)
                if wanted in japanese.fold(product.name) or wanted in japanese.fold(product.code):
                    found.append(product)
                    if len(found) == limit:
                        break
        return found

    # What customers ask of every feature that holds something about a person

    def move(self, session: Session, keep: int, other: int) -> list[Any]:
        """Give `keep` the orders and subscriptions of `other`; return the ids of both."""
        moved = [
            sorted(
                session.scalars(update(row).where(row.customer_id == other).values(customer_id=keep).returning(row.id))
            )
            for row in _OF_PERSON
        ]
        refresh_sums(session, [keep, other])
        return moved

    def move_back(self, session: Session, keep: int, other: int, moved: list[Any]) -> None:
        """Give `other` the orders and subscriptions again that `keep` still has."""
        for row, ids in zip(_OF_PERSON, moved, strict=True):
            for some in portions(ids):
                mine = update(row).where(row.id.in_(some), row.customer_id == keep)
                session.execute(mine.values(customer_id=other))
        refresh_sums(session, [keep, other])

    def erase(self, session: Session, customer_id: int) -> None:
        """Keep orders and subscriptions as figures: without a customer and without a name."""
        subscribing.erase(session, customer_id)
        of_person = OrderRow.customer_id == customer_id
        session.execute(update(OrderRow).where(of_person).values(customer_id=None, buyer_name=""))
        bought.forget(session, [customer_id])

    def disclose(self, session: Session, customer_id: int) -> dict[str, Any]:
        """Return every order with its lines, and every subscription."""
        orders = _of_customer(session, customer_id, None, None)
        lines = _lines(session, [order.id for order in orders])
        return {
            "orders": [_shown(order) | {"lines": [asdict(one) for one in lines.get(order.id, [])]} for order in orders],
            "subscriptions": subscribing.disclosed(session, customer_id),
        }

    def timeline(self, session: Session, customer_id: int, limit: int) -> list[Event]:
        """Return the newest orders and the beginnings and ends of subscriptions as events."""
        orders = _of_customer(session, customer_id, None, limit)
        lines = _lines(session, [order.id for order in orders])
        events = [_event(order, lines.get(order.id, [])) for order in orders]
        return sorted(events + subscribing.events(session, customer_id), key=lambda event: event.at, reverse=True)[
            :limit
        ]

    def find(self, session: Session, text: str, limit: int) -> list[int]:
        """Return whose order has exactly this number."""
        carts = select(ProductRow.cart).distinct()  # lets the unique index of cart and number be used
        row = OrderRow
        chosen = select(row.customer_id).where(
            row.cart.in_(carts), row.number == text.strip(), row.customer_id.is_not(None)
        )
        return [one for one in session.scalars(chosen.limit(limit)) if one is not None]


def _of_customer(session: Session, customer_id: int, before: Order | None, limit: int | None) -> list[Order]:
    row = OrderRow
    chosen = select(row).where(row.customer_id == customer_id)
    if before is not None:
        chosen = chosen.where(tuple_(row.ordered_at, row.id) < (before.ordered_at, before.id))
    return [_order(one) for one in session.scalars(chosen.order_by(row.ordered_at.desc(), row.id.desc()).limit(limit))]


def _lines(session: Session, order_ids: Sequence[int]) -> dict[int, list[Line]]:
    row, product = OrderLineRow, ProductRow
    shown = (row.position, row.product_id, product.code, product.name, row.quantity, row.unit_price_yen, row.total_yen)
    chosen = select(row.order_id, *shown).join(product, product.id == row.product_id)
    found: dict[int, list[Line]] = {}
    for one in session.execute(chosen.where(row.order_id.in_(order_ids)).order_by(row.order_id, row.position)):
        order_id, *line = cast("tuple[Any, ...]", one)
        found.setdefault(order_id, []).append(Line(*line))
    return found


def _figure(session: Session, *when: ColumnElement[bool]) -> Figure:
    orders, yen = session.execute(select(func.count(), func.sum(NET_YEN)).where(COUNTED, *when)).one()
    return Figure(orders, int(yen or 0))


def _order(row: OrderRow) -> Order:
    return Order(
        row.id,
        row.cart,
        row.number,
        row.customer_id,
        row.buyer_name,
        row.ordered_at,
        row.total_yen,
        row.refunded_yen,
        row.cancelled,
        row.status,
        row.payment,
    )


def _shown(order: Order) -> dict[str, Any]:
    return {
        name: in_japan(value).isoformat() if isinstance(value, datetime) else value
        for name, value in asdict(order).items()
    }


def _event(order: Order, lines: list[Line]) -> Event:
    more = len(lines) - 1
    title = lines[0].name if lines else _("Order {number}").format(number=order.number)
    if more > 0:
        title = _n("{name} and {n} more", "{name} and {n} more", more).format(name=title, n=more)
    if order.cancelled:
        detail = _("Cancelled")
    elif order.total_yen is None:
        detail = _("Amount not determined yet")
    else:
        detail = _("{yen} yen").format(yen=f"{order.total_yen - order.refunded_yen:,}")
    return Event(order.ordered_at, "order", title, detail, (order.id,))
