"""Two people and what is known of both: that they are not the same, or that they belong together."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sqlalchemy import and_, case, delete, insert, or_, select

from shopdesk.changes import Topic
from shopdesk.customers.records import Relation, RelationKind
from shopdesk.customers.tables import CustomerRelationRow, CustomerRow, DistinctPeopleRow
from shopdesk.customers.views import require
from shopdesk.errors import InvalidInputError
from shopdesk.i18n import _
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from shopdesk.customers.office import Office

PairRow = type[DistinctPeopleRow] | type[CustomerRelationRow]


def in_order(one: int, other: int) -> tuple[int, int]:
    """Return a pair as it is kept: the lower number first. Raises InvalidInputError where both are one."""
    if one == other:
        raise InvalidInputError(_("These are one customer already. Choose two different ones."))
    return (one, other) if one < other else (other, one)


def touching(row: PairRow, customer_id: int) -> ColumnElement[bool]:
    """Return the condition that a pair has this person in it."""
    return or_(row.one_id == customer_id, row.other_id == customer_id)


def partner(row: PairRow, customer_id: int) -> ColumnElement[int]:
    """Return the other one of a pair."""
    return case((row.one_id == customer_id, row.other_id), else_=row.one_id)


def distinct_from(session: Session, customer_id: int) -> set[int]:
    """Return who was said not to be this person."""
    row = DistinctPeopleRow
    return set(session.scalars(select(partner(row, customer_id)).where(touching(row, customer_id))))


def relations(session: Session, customer_id: int) -> list[Relation]:
    """Return who belongs together with a person, by number."""
    row, other = CustomerRelationRow, partner(CustomerRelationRow, customer_id)
    chosen = select(CustomerRow.id, CustomerRow.name, CustomerRow.kana, row.kind).join(row, CustomerRow.id == other)
    found = session.execute(chosen.where(touching(row, customer_id)).order_by(CustomerRow.id))
    return [Relation(one, name or kana, cast("RelationKind", kind)) for one, name, kana, kind in found]


class Pairs:
    """Who is not who, and who belongs together."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._staff = office.staff

    @needs(Act.EDIT_PEOPLE)
    def distinct(self, one: int, other: int) -> None:
        """Remember that these are two people: they are never offered as one again.

        Raises:
            NotFoundError: one of them does not exist.
            InvalidInputError: both are the same.
        """
        self._say(DistinctPeopleRow, one, other, "distinct")

    @needs(Act.EDIT_PEOPLE)
    def maybe_same(self, one: int, other: int) -> None:
        """Take back that these are two people."""
        self._unsay(DistinctPeopleRow, one, other, "maybe same")

    @needs(Act.EDIT_PEOPLE)
    def relate(self, one: int, other: int, kind: RelationKind) -> None:
        """Note that two people are of one family or company.

        Raises:
            NotFoundError: one of them does not exist.
            InvalidInputError: both are the same.
        """
        self._say(CustomerRelationRow, one, other, "relate", kind=kind)

    @needs(Act.EDIT_PEOPLE)
    def unrelate(self, one: int, other: int) -> None:
        """Take back that two people belong together."""
        self._unsay(CustomerRelationRow, one, other, "unrelate")

    @needs(Act.SEE_PEOPLE)
    def relations(self, customer_id: int) -> list[Relation]:
        """Return who belongs together with a person."""
        with self._office.database.read() as session:
            return relations(session, customer_id)

    def _say(self, row: PairRow, one: int, other: int, verb: str, **more: str) -> None:
        low, high = in_order(one, other)
        office = self._office
        with office.database.write() as session:
            require(session, [low, high])
            session.execute(delete(row).where(_is(row, low, high)))
            session.execute(insert(row).values(one_id=low, other_id=high, **more))
            office.staff.record(session, verb, "customer", [low, high])
        office.changes.tell(Topic.CUSTOMERS)

    def _unsay(self, row: PairRow, one: int, other: int, verb: str) -> None:
        low, high = in_order(one, other)
        office = self._office
        with office.database.write() as session:
            session.execute(delete(row).where(_is(row, low, high)))
            office.staff.record(session, verb, "customer", [low, high])
        office.changes.tell(Topic.CUSTOMERS)


def _is(row: PairRow, low: int, high: int) -> ColumnElement[bool]:
    return and_(row.one_id == low, row.other_id == high)
