"""From stored rows to the values the rest of the program sees."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import null, select

from shopdesk.customers.filters import Anchor, CustomerRowView
from shopdesk.customers.keys import keys_by_customer
from shopdesk.customers.records import Customer, OwnValue
from shopdesk.customers.tables import (
    CustomerRow,
    CustomerTagRow,
    OwnFieldRow,
    OwnValueRow,
    StoppedCustomerRow,
    TagRow,
)
from shopdesk.database import portions
from shopdesk.errors import NotFoundError
from shopdesk.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Row, Select
    from sqlalchemy.orm import Session

    from shopdesk.customers.records import FieldKind, LineState

_LISTED = tuple(
    getattr(CustomerRow, name)
    for name in (
        *("id", "name", "kana", "email", "phone", "postal", "prefecture", "address", "birth_date", "birth_month"),
        *("sex", "source", "line_state", "consent_line", "consent_mail", "orders", "spent_yen", "cancelled_orders"),
        *("first_order_at", "last_order_at", "created_at"),
    )
)


def listed(sorted_by: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    """Return the query for lines of a list: what they show, then the value they are sorted by."""
    return select(*_LISTED, sorted_by.label("sorted_by"))


def row_views(session: Session, ids: Sequence[int]) -> list[CustomerRowView]:
    """Return these customers as lines of a list, in their order; those that are gone are left out."""
    found = session.execute(listed(null()).where(CustomerRow.id.in_(ids))).all()
    made = {view.id: view for view in list_lines(session, found)}
    return [made[one] for one in ids if one in made]


def list_lines(session: Session, rows: Sequence[Row[*tuple[Any, ...]]]) -> list[CustomerRowView]:
    """Return rows of `listed` as lines, with tags and own fields."""
    ids = [row.id for row in rows]
    tags, own = tags_of(session, ids), own_values(session, ids)
    return [
        CustomerRowView(
            *row[:-1],  # type: ignore[misc]
            tags=tuple(tags.get(row.id, ())),
            own=tuple((field, value.value) for field, value in own.get(row.id, ())),
            anchor=Anchor(row.sorted_by, row.id),
        )
        for row in rows
    ]


def tags_of(session: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    """Return the tags of these customers, by name."""
    found: dict[int, list[str]] = {}
    carried = select(CustomerTagRow.customer_id, TagRow.name).join(TagRow, TagRow.id == CustomerTagRow.tag_id)
    for owner, tag in session.execute(carried.where(CustomerTagRow.customer_id.in_(ids)).order_by(TagRow.name)):
        found.setdefault(owner, []).append(tag)
    return found


def own_values(session: Session, ids: Sequence[int]) -> dict[int, list[tuple[int, OwnValue]]]:
    """Return what these customers have in the shop's own fields, with each field's id, by the field's name."""
    row, field = OwnValueRow, OwnFieldRow
    found: dict[int, list[tuple[int, OwnValue]]] = {}
    chosen = select(row.customer_id, field.id, field.name, field.kind, row.value).join(field, field.id == row.field_id)
    for owner, number, name, kind, value in session.execute(
        chosen.where(row.customer_id.in_(ids)).order_by(field.name)
    ):
        found.setdefault(owner, []).append((number, OwnValue(name, cast("FieldKind", kind), value)))
    return found


def customers(session: Session, ids: Sequence[int]) -> list[Customer]:
    """Return these customers whole, in their order; those that are gone are left out."""
    rows = {row.id: row for row in session.scalars(select(CustomerRow).where(CustomerRow.id.in_(ids)))}
    keys = keys_by_customer(session, ids)
    tags, own = tags_of(session, ids), own_values(session, ids)
    stopped: dict[int, datetime] = dict(
        session.execute(
            select(StoppedCustomerRow.customer_id, StoppedCustomerRow.at).where(StoppedCustomerRow.customer_id.in_(ids))
        ).all()
    )
    return [
        replace(
            customer(rows[one]),
            tags=tuple(tags.get(one, ())),
            member_ids=tuple(key.value for key in keys.get(one, ()) if key.kind == "member"),
            own=tuple(value for _field, value in own.get(one, ())),
            stopped_at=stopped.get(one),
        )
        for one in ids
        if one in rows
    ]


def customer(row: CustomerRow) -> Customer:
    """Return one stored row as the rest of the program sees it, without what stands in other tables."""
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
        source=row.source,
        orders=row.orders,
        spent_yen=row.spent_yen,
        cancelled_orders=row.cancelled_orders,
        first_order_at=row.first_order_at,
        last_order_at=row.last_order_at,
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
