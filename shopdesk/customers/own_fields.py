"""Fields the shop makes for itself: text, numbers and days."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from sqlalchemy import delete, func, insert, select, update

from shopdesk import japanese
from shopdesk.changes import Topic
from shopdesk.customers.records import FieldKind, OwnField
from shopdesk.customers.tables import OwnFieldRow, OwnValueRow
from shopdesk.customers.views import stored
from shopdesk.errors import InvalidInputError, NotFoundError
from shopdesk.i18n import _
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from shopdesk.customers.office import Office

KINDS: tuple[FieldKind, ...] = ("text", "number", "date")
_NUMBER = re.compile(r"[+-]?\d{1,15}")


def as_kept(kind: FieldKind, typed: str) -> str:
    """Return a typed value as it is kept; empty is nothing.

    Raises:
        InvalidInputError: it is not a number, or not a day.
    """
    text = japanese.tidy(typed)
    if not text or kind == "text":
        return text
    if kind == "number":
        plain = japanese.fold(text).replace(",", "")
        if not _NUMBER.fullmatch(plain):
            raise InvalidInputError(_("“{text}” is not a whole number. Write only digits.").format(text=text))
        return str(int(plain))
    day = japanese.date(text)
    if day is None:
        raise InvalidInputError(_("“{text}” is not a date. Write it like 1990/12/3.").format(text=text))
    return day.isoformat()


def field_by_id(session: Session, field_id: int) -> OwnFieldRow:
    """Return a field. Raises NotFoundError."""
    row = session.get(OwnFieldRow, field_id)
    if row is None:
        raise NotFoundError(_("This field is not there any more. Choose another one."))
    return row


def values_of(session: Session, field_id: int, ids: Sequence[int]) -> dict[int, str]:
    """Return what these few hundred people have in a field."""
    row = OwnValueRow
    chosen = select(row.customer_id, row.value).where(row.field_id == field_id, row.customer_id.in_(ids))
    return dict(session.execute(chosen).all())


def put(session: Session, field_id: int, values: Mapping[int, str]) -> None:
    """Write what these few hundred people have in a field; empty is nothing."""
    row = OwnValueRow
    session.execute(delete(row).where(row.field_id == field_id, row.customer_id.in_(list(values))))
    rows = [{"field_id": field_id, "customer_id": one, "value": value} for one, value in values.items() if value]
    if rows:
        session.execute(insert(row), rows)


class OwnFields:
    """The shop's own fields, and what people have in them."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._staff = office.staff

    @needs(Act.SEE_PEOPLE)
    def all(self) -> list[OwnField]:
        """Return every field with the number of people who have something in it, by name."""
        row, value = OwnFieldRow, OwnValueRow
        chosen = select(row.id, row.name, row.kind, func.count(value.customer_id)).outerjoin(
            value, value.field_id == row.id
        )
        with self._office.database.read() as session:
            found = session.execute(chosen.group_by(row.id, row.name, row.kind)).all()
        return sorted(
            (OwnField(one, name, cast("FieldKind", kind), people) for one, name, kind, people in found),
            key=lambda field: field.name,
        )

    @needs(Act.EDIT_PEOPLE)
    def make(self, name: str, kind: FieldKind) -> OwnField:
        """Make a field.

        Raises:
            InvalidInputError: it has no name, or there is one of this name.
        """
        office = self._office
        with office.database.write() as session:
            tidy = _free_name(session, name)
            made = session.execute(insert(OwnFieldRow).values(name=tidy, kind=kind).returning(OwnFieldRow.id))
            field = OwnField(made.scalar_one(), tidy, kind, 0)
            office.staff.record(session, "make", "own field", [field.id])
        office.changes.tell(Topic.CUSTOMERS)
        return field

    @needs(Act.EDIT_PEOPLE)
    def rename(self, field_id: int, name: str) -> None:
        """Give a field another name.

        Raises:
            NotFoundError: it is not there any more.
            InvalidInputError: the name is empty, or another field's.
        """
        office = self._office
        with office.database.write() as session:
            row = field_by_id(session, field_id)
            if row.name != name:
                session.execute(
                    update(OwnFieldRow).where(OwnFieldRow.id == field_id).values(name=_free_name(session, name))
                )
            office.staff.record(session, "rename", "own field", [field_id])
        office.changes.tell(Topic.CUSTOMERS)

    @needs(Act.EDIT_PEOPLE)
    def delete(self, field_id: int) -> None:
        """Delete a field with everything in it. Raises NotFoundError."""
        office = self._office
        with office.database.write() as session:
            field_by_id(session, field_id)
            session.execute(delete(OwnValueRow).where(OwnValueRow.field_id == field_id))
            session.execute(delete(OwnFieldRow).where(OwnFieldRow.id == field_id))
            office.staff.record(session, "delete", "own field", [field_id])
        office.changes.tell(Topic.CUSTOMERS)

    @needs(Act.EDIT_PEOPLE)
    def set(self, customer_id: int, field_id: int, typed: str) -> str:
        """Write what a person has in a field, and return what was there before; empty is nothing.

        Raises:
            NotFoundError: the person or the field is not there.
            InvalidInputError: the value is not of the field's kind.
        """
        office = self._office
        with office.database.write() as session:
            stored(session, customer_id)
            row = field_by_id(session, field_id)
            before = values_of(session, field_id, [customer_id]).get(customer_id, "")
            put(session, field_id, {customer_id: as_kept(cast("FieldKind", row.kind), typed)})
            office.staff.record(session, "set", "customer", [customer_id], [f"own:{field_id}"])
        office.changes.tell(Topic.CUSTOMERS)
        return before


def _free_name(session: Session, name: str) -> str:
    tidy = japanese.tidy(name)
    if not tidy:
        raise InvalidInputError(_("Write a name for the field."))
    if session.scalar(select(OwnFieldRow.id).where(OwnFieldRow.name == tidy)) is not None:
        raise InvalidInputError(_("There is a field “{name}” already. Choose another name.").format(name=tidy))
    return tidy
