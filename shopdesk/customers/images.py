"""Stored rows as JSON and back: what an undo remembers of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from shopdesk.customers.tables import CustomerRow
from shopdesk.database import milliseconds, moment

if TYPE_CHECKING:
    from collections.abc import Mapping

_TIMES = frozenset({"created_at", "changed_at", "first_order_at", "last_order_at"})
COLUMNS = tuple(CustomerRow.__table__.columns.keys())


def as_written(value: Any) -> Any:
    """Return a stored value as JSON holds it."""
    if isinstance(value, datetime):
        return milliseconds(value)
    return value.isoformat() if isinstance(value, date) else value


def as_kept(name: str, value: Any) -> Any:
    """Return what `as_written` wrote of a customer's column as it is stored."""
    if value is None or value == "":
        return value
    if name in _TIMES:
        return moment(value)
    return date.fromisoformat(value) if name == "birth_date" else value


def image_of(row: CustomerRow) -> dict[str, Any]:
    """Return a whole customer's row, JSON-able."""
    return {name: as_written(getattr(row, name)) for name in COLUMNS}


def values_of(image: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values to insert a customer's row from its image."""
    return {name: as_kept(name, image[name]) for name in COLUMNS if name in image}
