"""From stored rows to the values the rest of the program sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import select

from shopdesk.customers.keys import keys_by_customer
from shopdesk.customers.records import Anchor, Customer, CustomerRowView
from shopdesk.customers.tables import CustomerRow, CustomerTagRow, TagRow
from shopdesk.database import milliseconds, portions
from shopdesk.errors import NotFoundError
from shopdesk.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

    from shopdesk.customers.records import LineState, SortKey

LISTED = (
    CustomerRow.id,
    CustomerRow.name,
    CustomerRow.kana,
    CustomerRow.line_state,
    CustomerRow.orders,
    CustomerRow.spent_yen,
    CustomerRow.last_order_at,
    CustomerRow.sort_key,
)


def row_views(session: Session, ids: Sequence[int]) -> list[CustomerRowView]:
    """Return these customers as lines of a list, in their order; those that are gone are left out."""
    found = {row.id: row_view(row, "name") for row in session.execute(select(*LISTED).where(CustomerRow.id.in_(ids)))}
    return [found[one] for one in ids if one in found]


def row_view(row: Row[*tuple[Any, ...]], sort: SortKey) -> CustomerRowView:
    """Return one row of `LISTED` as a line of a list sorted by `sort`."""
    last = row.last_order_at
    values: dict[SortKey, str | int | None] = {
        "name": row.sort_key,
        "orders": row.orders,
        "spent_yen": row.spent_yen,
        "last_order_at": None if last is None else milliseconds(last),
    }
    state = cast("LineState", row.line_state)
    return CustomerRowView(
        row.id, row.name, row.kana, state, row.orders, row.spent_yen, last, Anchor(values[sort], row.id)
    )


def customers(session: Session, ids: Sequence[int]) -> list[Customer]:
    """Return these customers whole, in their order; those that are gone are left out."""
    rows = {row.id: row for row in session.scalars(select(CustomerRow).where(CustomerRow.id.in_(ids)))}
    keys = keys_by_customer(session, ids)
    tags: dict[int, list[str]] = {}
    carried = select(CustomerTagRow.customer_id, TagRow.name).join(TagRow, TagRow.id == CustomerTagRow.tag_id)
    for owner, tag in session.execute(carried.where(CustomerTagRow.customer_id.in_(ids)).order_by(TagRow.name)):
        tags.setdefault(owner, []).append(tag)
    return [
        customer(rows[one], tags.get(one, ()), (key.value for key in keys.get(one, ()) if key.kind == "member"))
        for one in ids
        if one in rows
    ]


def customer(row: CustomerRow, tags: Iterable[str], member_ids: Iterable[str]) -> Customer:
    """Return one stored row as the rest of the program sees it."""
    return Customer(
        id=row.id,
        name=row.name,
        kana=row.kana,
        email=row.email,
        phone=row.phone,
        postal=row.postal,
        prefecture=row.prefecture,
        address=row.address,
        birth_date=row.birth_date,
        sex=row.sex,
        note=row.note,
        consent_line=row.consent_line,
        consent_mail=row.consent_mail,
        line=cast("LineState", row.line_state),
        orders=row.orders,
        spent_yen=row.spent_yen,
        first_order_at=row.first_order_at,
        last_order_at=row.last_order_at,
        tags=tuple(tags),
        member_ids=tuple(member_ids),
    )


def whole(session: Session, customer_id: int) -> Customer:
    """Return one customer, or raise `NotFoundError`."""
    found = customers(session, [customer_id])
    if not found:
        raise _missing(customer_id)
    return found[0]


def stored(session: Session, customer_id: int) -> CustomerRow:
    """Return one stored row, or raise `NotFoundError`."""
    row = session.get(CustomerRow, customer_id)
    if row is None:
        raise _missing(customer_id)
    return row


def require(session: Session, ids: Sequence[int]) -> None:
    """Raise `NotFoundError` unless all these customers exist."""
    for some in portions(ids):
        found = set(session.scalars(select(CustomerRow.id).where(CustomerRow.id.in_(some))))
        for one in some:
            if one not in found:
                raise _missing(one)


def _missing(customer_id: int) -> NotFoundError:
    return NotFoundError(
        _("There is no customer {id}. Search again: it may have been merged or erased.").format(id=customer_id)
    )
