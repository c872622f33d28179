"""What one person has in answer to a condition, in words: beside ✓ or ✗ it tells why."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select

from shopdesk.clock import japan_day
from shopdesk.customers import quintiles, rhythm as rhythm_of, score
from shopdesk.customers.tables import (
    CustomerRelationRow,
    CustomerRow,
    CustomerTagRow,
    OwnFieldRow,
    OwnValueRow,
    TagRow,
)
from shopdesk.i18n import _, _n
from shopdesk.orders import favourites
from shopdesk.orders.tables import CustomerProductRow, OrderLineRow, OrderRow, ProductRow, SubscriptionRow
from shopdesk.segments import wording
from shopdesk.segments.comparing import EPOCH, cutoff, listed
from shopdesk.segments.goods import LINE_YEN, products
from shopdesk.segments.persons import OWN

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from shopdesk.segments.rules import Condition

    Answer = Callable[[Session, int, Condition, datetime], str]

NOTHING = "–"
FAVOURITES = 5


def shown(value: object) -> str:
    """Return a value as people read it."""
    match value:
        case None | "":
            return NOTHING
        case bool():
            return _("yes") if value else _("no")
        case int():
            return f"{value:,}"
        case datetime():
            return wording.shown_day(japan_day(value))
        case date():
            return wording.shown_day(value)
    return str(value)


def column(name: str, titles: tuple[tuple[str, str], ...] = (), empty: str = "") -> Answer:
    """Return the answer that stands in a column of the customer, by its title where it has one."""
    known = dict(titles)

    def answer(session: Session, who: int, _condition: Condition, _now: datetime) -> str:
        value = session.scalar(select(getattr(CustomerRow, name)).where(CustomerRow.id == who))
        key = str(value or empty).lower() if isinstance(value, str | bool) else ""
        return _(known[key]) if key in known else shown(value)

    return answer


def age(session: Session, who: int, _condition: Condition, now: datetime) -> str:
    """How old."""
    born, today = session.scalar(select(CustomerRow.birth_date).where(CustomerRow.id == who)), japan_day(now)
    if born is None:
        return NOTHING
    years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return _("{n} years old").format(n=years)


def birth_month(session: Session, who: int, _condition: Condition, _now: datetime) -> str:
    """The month of birth."""
    month = session.scalar(select(CustomerRow.birth_month).where(CustomerRow.id == who))
    return NOTHING if month is None else _("month {n}").format(n=month)


def average_yen(session: Session, who: int, _condition: Condition, _now: datetime) -> str:
    """Yen an order."""
    orders, yen = session.execute(select(CustomerRow.orders, CustomerRow.spent_yen).where(CustomerRow.id == who)).one()
    return _("{yen} yen").format(yen=f"{yen // orders:,}") if orders else NOTHING


def rhythm(session: Session, who: int, _condition: Condition, _now: datetime) -> str:
    """The whole days from one order to the next."""
    between = rhythm_of(session.get_one(CustomerRow, who))
    return NOTHING if between is None else _n("every {n} day", "every {n} days", between.days).format(n=between.days)


def rank(name: str) -> Answer:
    """Return the answer that is one of the three ranks beside the shop's other buyers."""

    def answer(session: Session, who: int, _condition: Condition, _now: datetime) -> str:
        found = score(session.get_one(CustomerRow, who), quintiles(session))
        return NOTHING if found is None else shown(getattr(found, name))

    return answer


def order_count(session: Session, who: int, condition: Condition, now: datetime) -> str:
    """How many orders, in the days and with the products that are asked about."""
    n = int(_of_orders(session, func.count(func.distinct(OrderRow.id)), who, condition, now) or 0)
    return _n("ordered {n} time", "ordered {n} times", n).format(n=f"{n:,}")


def sale_count(session: Session, who: int, _condition: Condition, _now: datetime) -> str:
    """How many orders had a discount, of all."""
    counts = select(CustomerRow.sale_orders, CustomerRow.orders).where(CustomerRow.id == who)
    some, every = session.execute(counts).one()
    return _n("{some} of {n} order at a discount", "{some} of {n} orders at a discount", every).format(
        some=f"{some:,}", n=f"{every:,}"
    )


def cancelled(session: Session, who: int, _condition: Condition, _now: datetime) -> str:
    """How many orders were cancelled."""
    n = session.scalar(select(CustomerRow.cancelled_orders).where(CustomerRow.id == who)) or 0
    return _n("{n} cancelled order", "{n} cancelled orders", n).format(n=f"{n:,}")


def spent_yen(session: Session, who: int, condition: Condition, now: datetime) -> str:
    """How many yen: of the orders, or of their lines with a product."""
    net = func.coalesce(OrderRow.total_yen, 0) - OrderRow.refunded_yen
    yen = _of_orders(session, func.sum(LINE_YEN if condition.products else net), who, condition, now)
    return _("{yen} yen").format(yen=f"{int(yen or 0):,}")


def last_order(session: Session, who: int, condition: Condition, now: datetime) -> str:
    """The day of the last order."""
    return shown(
        _of_orders(session, func.max(OrderRow.ordered_at, type_=OrderRow.ordered_at.type), who, condition, now)
    )


def first_order(session: Session, who: int, condition: Condition, now: datetime) -> str:
    """The day of the first order."""
    return shown(
        _of_orders(session, func.min(OrderRow.ordered_at, type_=OrderRow.ordered_at.type), who, condition, now)
    )


def _of_orders(session: Session, figure: Any, who: int, condition: Condition, now: datetime) -> Any:
    query = select(figure).select_from(OrderRow).where(OrderRow.customer_id == who, OrderRow.cancelled.is_(False))
    if condition.within_days is not None:
        query = query.where(OrderRow.ordered_at >= cutoff(now, condition.within_days))
    if condition.products:
        query = query.join(OrderLineRow, OrderLineRow.order_id == OrderRow.id)
        query = query.where(OrderLineRow.product_id.in_(products(condition.products)))
    return session.scalar(query)


def nth_order(session: Session, who: int, condition: Condition, _now: datetime) -> str:
    """The day of that order."""
    its = select(OrderRow.ordered_at).where(OrderRow.customer_id == who, OrderRow.cancelled.is_(False))
    n = condition.value if isinstance(condition.value, int) else 1
    return shown(session.scalar(its.order_by(OrderRow.ordered_at, OrderRow.id).offset(max(0, n - 1)).limit(1)))


def product(session: Session, who: int, condition: Condition, _now: datetime) -> str:
    """When any of the products was bought last, and the others where there are some."""
    days = [_last_bought(session, who, products(listed(condition)))]
    if condition.products:
        days.append(_last_bought(session, who, products(condition.products)))
    return " / ".join(days)


def favourite(session: Session, who: int, _condition: Condition, _now: datetime) -> str:
    """What the person likes best: several where they are level."""
    liked = favourites(session, who, FAVOURITES)
    best = [one.name for one in liked if (one.orders, one.pieces) == (liked[0].orders, liked[0].pieces)]
    return ", ".join(best) or NOTHING


def category(session: Session, who: int, condition: Condition, _now: datetime) -> str:
    """When anything of the categories was bought last."""
    return _last_bought(session, who, select(ProductRow.id).where(ProductRow.category.in_(listed(condition))))


def _last_bought(session: Session, who: int, wanted: Any) -> str:
    kept = CustomerProductRow
    last = session.scalar(select(func.max(kept.last_day)).where(kept.product_id.in_(wanted), kept.customer_id == who))
    return _("never bought") if last is None else wording.shown_day(EPOCH + timedelta(days=last))


def months(session: Session, who: int, _condition: Condition, _now: datetime) -> str:
    """The months in which anything was bought."""
    kept = session.scalar(select(CustomerRow.order_months).where(CustomerRow.id == who)) or 0
    found = [str(month) for month in range(1, 13) if kept >> (month - 1) & 1]
    return _("month {n}").format(n=", ".join(found)) if found else NOTHING


def payment(session: Session, who: int, _condition: Condition, _now: datetime) -> str:
    """How orders were paid."""
    return _texts(session, OrderRow.payment, OrderRow.customer_id == who, OrderRow.cancelled.is_(False))


def tags(session: Session, who: int, _condition: Condition, _now: datetime) -> str:
    """The tags carried."""
    carried = select(CustomerTagRow.tag_id).where(CustomerTagRow.customer_id == who)
    return _texts(session, TagRow.name, TagRow.id.in_(carried))


def relations(titles: tuple[tuple[str, str], ...]) -> Answer:
    """Return the answer that is with how many people the person is linked, and as what."""

    def answer(session: Session, who: int, _condition: Condition, _now: datetime) -> str:
        row = CustomerRelationRow
        of_person = or_(row.one_id == who, row.other_id == who)
        counts = dict(session.execute(select(row.kind, func.count()).where(of_person).group_by(row.kind)).all())
        said = [_("{title}: {n}").format(title=_(title), n=counts[kind]) for kind, title in titles if kind in counts]
        return ", ".join(said) or NOTHING

    return answer


def own(session: Session, who: int, condition: Condition, _now: datetime) -> str:
    """What stands in the field."""
    field = select(OwnFieldRow.id).where(OwnFieldRow.name == condition.field.removeprefix(OWN))
    return _texts(session, OwnValueRow.value, OwnValueRow.customer_id == who, OwnValueRow.field_id.in_(field))


def _texts(session: Session, column_: Any, *where: ColumnElement[bool]) -> str:
    found = session.scalars(select(column_).distinct().where(*where).order_by(column_))
    return ", ".join(one for one in found if one) or NOTHING


def subscription(name: str, titles: tuple[tuple[str, str], ...] = ()) -> Answer:
    """Return the answer that stands in a column of the person's subscriptions."""
    known = dict(titles)

    def answer(session: Session, who: int, _condition: Condition, _now: datetime) -> str:
        asked: Any = getattr(SubscriptionRow, name)
        found = session.scalars(select(asked).distinct().where(SubscriptionRow.customer_id == who).order_by(asked))
        said = [_(known[one]) if one in known else shown(one) for one in found if one is not None]
        return ", ".join(said) or NOTHING

    return answer


def delivery(session: Session, who: int, _condition: Condition, _now: datetime) -> str:
    """Which deliveries of the person's subscriptions were the last."""
    asked = SubscriptionRow.nth
    found = session.scalars(select(asked).distinct().where(SubscriptionRow.customer_id == who).order_by(asked))
    return ", ".join(_("delivery no. {n}").format(n=one) for one in found if one is not None) or NOTHING


def subscribed(session: Session, who: int, _condition: Condition, _now: datetime) -> str:
    """What comes again and again."""
    ids = select(SubscriptionRow.product_id).where(
        SubscriptionRow.customer_id == who, SubscriptionRow.state == "active"
    )
    return _texts(session, ProductRow.name, ProductRow.id.in_(ids))
