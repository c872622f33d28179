"""Every column a list of customers can be sorted and narrowed by, each as one line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, cast

from sqlalchemy import BigInteger, Integer, and_, case, cast as sql_cast, func, select, type_coerce

from shopdesk import japanese
from shopdesk.clock import start_of_japan_day
from shopdesk.customers.tables import CustomerRow, CustomerTagRow, OwnFieldRow, OwnValueRow, TagRow
from shopdesk.errors import InvalidInputError
from shopdesk.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from shopdesk.customers.filters import Condition

Kind = Literal["text", "number", "time", "choice", "yes", "tag"]
OWN = "own:"
"""Before the id of one of the shop's own fields."""


@dataclass(frozen=True)
class ListColumn:
    """One column: `value` as it is stored, so that an anchor is compared without conversion.

    `lacking` says of an optional value that it is not there; `indexed` that pages can be read by walking an index.
    `fold` brings a typed text to the stored form.
    """

    kind: Kind
    value: ColumnElement[Any]
    lacking: ColumnElement[bool] | None = None
    indexed: bool = False
    fold: Callable[[str], str] = japanese.fold


def _text(column: Any, *, indexed: bool = False, fold: Callable[[str], str] = str.strip) -> ListColumn:
    return ListColumn("text", column, column == "", indexed, fold)


def _choice(column: Any) -> ListColumn:
    return ListColumn("choice", column, column == "")


def _time(column: Any, *, indexed: bool = False, optional: bool = True) -> ListColumn:
    return ListColumn("time", type_coerce(column, BigInteger), column.is_(None) if optional else None, indexed)


def _phone_part(typed: str) -> str:
    """Digits as E.164 holds them: without the leading 0 of a number dialled in Japan."""
    digits = re.sub(r"\D", "", japanese.fold(typed))
    return digits.removeprefix("0")


_ROW = CustomerRow
COLUMNS: dict[str, ListColumn] = {
    "id": ListColumn("number", cast("ColumnElement[Any]", _ROW.id)),
    "name": ListColumn("text", cast("ColumnElement[Any]", _ROW.sort_key), None, indexed=True),
    "kana": _text(_ROW.kana_fold, fold=japanese.fold),
    "phone": _text(_ROW.phone, indexed=True, fold=_phone_part),
    "email": _text(_ROW.email, fold=japanese.fold),
    "postal": _text(_ROW.postal, fold=lambda typed: japanese.fold(typed).replace("-", "")),
    "prefecture": _text(_ROW.prefecture),
    "address": _text(_ROW.address),
    "birth_month": ListColumn("number", cast("ColumnElement[Any]", _ROW.birth_month), _ROW.birth_month.is_(None)),
    "sex": _choice(_ROW.sex),
    "source": _choice(_ROW.source),
    "line": ListColumn("choice", cast("ColumnElement[Any]", _ROW.line_state)),
    "consent_line": ListColumn("yes", type_coerce(case((_ROW.consent_line, 1), else_=0), Integer)),
    "consent_mail": ListColumn("yes", type_coerce(case((_ROW.consent_mail, 1), else_=0), Integer)),
    "orders": ListColumn("number", cast("ColumnElement[Any]", _ROW.orders), indexed=True),
    "spent_yen": ListColumn("number", cast("ColumnElement[Any]", _ROW.spent_yen), indexed=True),
    "cancelled_orders": ListColumn("number", cast("ColumnElement[Any]", _ROW.cancelled_orders)),
    "first_order_at": _time(_ROW.first_order_at),
    "last_order_at": _time(_ROW.last_order_at, indexed=True),
    "created_at": _time(_ROW.created_at, optional=False),
    "tag": ListColumn("tag", cast("ColumnElement[Any]", _ROW.id), fold=japanese.tidy),
}


def column(session: Session, key: str) -> ListColumn:
    """Return a column by its key; of an own field, `own:` and its id.

    Raises:
        InvalidInputError: there is no such column (any more).
    """
    if key in COLUMNS:
        return COLUMNS[key]
    number = key.removeprefix(OWN)
    kind = session.scalar(select(OwnFieldRow.kind).where(OwnFieldRow.id == int(number))) if number.isdecimal() else None
    if not key.startswith(OWN) or kind is None:
        raise InvalidInputError(_("The list has no column “{key}”. Choose another one.").format(key=key))
    row = OwnValueRow
    mine = (row.customer_id == CustomerRow.id, row.field_id == int(number))
    value: ColumnElement[Any] = select(row.value).where(*mine).correlate(CustomerRow).scalar_subquery()
    if kind == "number":
        value = sql_cast(value, BigInteger)
    return ListColumn("number" if kind == "number" else "text", value, value.is_(None), fold=str.strip)


def holds(session: Session, condition: Condition) -> ColumnElement[bool]:
    """Return a condition as SQL.

    Raises:
        InvalidInputError: the column does not know the verb, or the value is not one of its kind.
    """
    found = column(session, condition.column)
    if found.kind == "tag":
        return _tagged(found, condition)
    if condition.verb in {"blank", "filled"} and found.lacking is not None:
        return found.lacking if condition.verb == "blank" else ~found.lacking
    if condition.verb == "contains" and found.kind == "text":
        value = CustomerRow.name_fold if condition.column == "name" else found.value
        inside = func.instr if session.get_bind().dialect.name == "sqlite" else func.strpos
        return inside(value, found.fold(str(condition.value))) > 0
    said = _said(found, condition)
    compared: dict[str, ColumnElement[bool]] = {
        "equal": found.value == said,
        "at_least": found.value >= said,
        "at_most": found.value <= said,
        "since": found.value >= said,
        "before": found.value < said,
    }
    if condition.verb not in compared:
        raise _misfit(condition)
    # A missing value is neither large nor small, and says so, not NULL.
    return compared[condition.verb] if found.lacking is None else and_(~found.lacking, compared[condition.verb])


def _said(found: ListColumn, condition: Condition) -> str | int:
    try:
        if found.kind == "time":
            start = start_of_japan_day(date.fromisoformat(str(condition.value)))
            return round(start.timestamp() * 1000)
        if found.kind in {"number", "yes"}:
            return int(condition.value)
    except ValueError as error:
        raise _misfit(condition) from error
    return str(condition.value)


def _tagged(found: ListColumn, condition: Condition) -> ColumnElement[bool]:
    carrying = select(CustomerTagRow.customer_id).join(TagRow, TagRow.id == CustomerTagRow.tag_id)
    if condition.verb in {"equal", "contains"}:
        return found.value.in_(carrying.where(TagRow.name == found.fold(str(condition.value))))
    return found.value.in_(carrying) if condition.verb == "filled" else found.value.not_in(carrying)


def _misfit(condition: Condition) -> InvalidInputError:
    return InvalidInputError(
        _("“{value}” cannot be compared with the column “{column}”. Choose another condition.").format(
            value=condition.value, column=condition.column
        )
    )
