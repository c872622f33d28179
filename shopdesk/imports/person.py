"""What the before-images of imports know about a person."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, insert, or_, select, update

from shopdesk.imports.tables import ImportChangeRow
from shopdesk.orders.tables import OrderRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from shopdesk.customers import Event

_NAMING = ("buyer_name", "customer_id")


class BeforeImages:
    """Before-images as a part of a person (`PersonPart`): they go with the person, and are never shown."""

    name = "imports"

    def move(self, session: Session, keep: int, other: int) -> list[Any]:
        """Take out the images of `other`, since an undo cannot take back who is part of another by now, and return them."""
        del keep
        row = ImportChangeRow
        chosen = select(row.import_id, row.object, row.object_id, row.before).where(_of_customer(other))
        images = [list(one) for one in session.execute(chosen)]
        session.execute(delete(row).where(_of_customer(other)))
        return images

    def move_back(self, session: Session, keep: int, other: int, moved: list[Any]) -> None:
        """Put the images of `other` back."""
        del keep, other
        names = ("import_id", "object", "object_id", "before")
        if moved:
            session.execute(insert(ImportChangeRow), [dict(zip(names, one, strict=True)) for one in moved])

    def erase(self, session: Session, customer_id: int) -> None:
        """Drop the person's images, and the name from those of the person's orders. Runs before orders let go of the person."""
        row = ImportChangeRow
        session.execute(delete(row).where(_of_customer(customer_id)))
        orders = select(OrderRow.id).where(OrderRow.customer_id == customer_id)
        chosen = select(row).where(row.object == "order", row.object_id.in_(orders), row.before.is_not(None))
        for found in session.scalars(chosen).all():
            before = {name: value for name, value in json.loads(found.before or "{}").items() if name not in _NAMING}
            same = and_(row.import_id == found.import_id, row.object == "order", row.object_id == found.object_id)
            session.execute(update(row).where(same).values(before=json.dumps(before, ensure_ascii=False)))

    def disclose(self, _session: Session, _customer_id: int) -> dict[str, Any]:
        """Return nothing: what an import changed is in the customer and the orders."""
        return {}

    def timeline(self, _session: Session, _customer_id: int, _limit: int) -> list[Event]:
        """Return nothing: an import is not an event of the person."""
        return []

    def find(self, _session: Session, _text: str, _limit: int) -> list[int]:
        """Return nothing."""
        return []


def _of_customer(customer_id: int) -> Any:
    row = ImportChangeRow
    kinds = ("key:", "tag:", "own:")
    about = or_(
        row.object == "customer", *map(row.object.startswith, kinds)
    )  # a key's row names the mail address itself
    return and_(about, row.object_id == customer_id)
