"""The shop's own fields as columns beside those of our own layout of customers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

from sqlalchemy import select

from shopdesk.customers.tables import OwnFieldRow
from shopdesk.exports.layouts import Column
from shopdesk.exports.values import Content
from shopdesk.imports import own_titles

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from shopdesk.customers import FieldKind
    from shopdesk.spreadsheets import Value

_CELLS: dict[FieldKind, Callable[[str], Value]] = {"text": str, "number": int, "date": date.fromisoformat}
_WIDTH = 16


def own_columns(session: Session) -> tuple[Column, ...]:
    """Return a column for each own field, in the order in which they were made."""
    row = OwnFieldRow
    chosen = session.execute(select(row.id, row.name, row.kind).order_by(row.id)).all()
    return tuple(_column(field_id, name, cast("FieldKind", kind)) for field_id, name, kind in chosen)


def _column(field_id: int, name: str, kind: FieldKind) -> Column:
    cell = _CELLS[kind]

    def read(own: dict[int, str]) -> Value:
        return cell(own[field_id]) if field_id in own else None

    return Column(own_titles(name, kind), Content(kind, _WIDTH, lambda entry: read(dict(entry.person.own))))
