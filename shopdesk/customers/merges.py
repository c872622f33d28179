"""Making two entries one, and parting them again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from shopdesk.changes import Topic
from shopdesk.customers import merging, parting
from shopdesk.customers.records import Customer, Merge
from shopdesk.customers.tables import MergeRow
from shopdesk.customers.typed import EDITED
from shopdesk.customers.views import stored, whole
from shopdesk.errors import InvalidInputError
from shopdesk.i18n import _
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shopdesk.customers.merging import Side
    from shopdesk.customers.office import Office
    from shopdesk.customers.records import PersonPart


class Merges:
    """The merges of one shop. `parts` as `Customers` has them."""

    def __init__(self, office: Office) -> None:
        self.parts: tuple[PersonPart, ...] = ()
        self._office = office
        self._staff = office.staff

    @needs(Act.JOIN_PEOPLE)
    def make(self, keep: int, other: int, choices: Mapping[str, Side] | None = None) -> Merge:
        """Make two customers one: `keep` gets everything of `other`, which goes.

        Args:
            keep: Who stays.
            other: Who goes.
            choices: Of each field (a name of `NewCustomer`) whose value stays. Of the others that of `keep`, unless
                it has none; both notes; an opt-out of either holds for both.

        Raises:
            NotFoundError: one of them does not exist.
            InvalidInputError: both are the same, or there is no such field.
        """
        chosen = dict(choices or {})
        if keep == other:
            raise InvalidInputError(_("These are one customer already. Choose two different ones."))
        for name in chosen.keys() - set(EDITED):
            raise InvalidInputError(_("A customer has no field “{name}”.").format(name=name))
        office = self._office
        with office.database.write() as session:
            rows = stored(session, keep), stored(session, other)
            session.expunge_all()
            now, actor = office.clock.now(), office.staff.actor.name
            made = merging.merge(session, *rows, chosen, parts=self.parts, now=now, actor=actor)
            office.staff.record(session, "merge", "customer", [keep, other], sorted(chosen))
        office.changes.tell(Topic.CUSTOMERS, Topic.ORDERS)
        return Merge(made, keep, other, now, actor, None)

    @needs(Act.JOIN_PEOPLE)
    def undo(self, merge_id: int) -> Customer:
        """Take a merge back and return who is there again. Values that were changed since stay as they are.

        Raises:
            NotFoundError: there is no such merge, or one of its people was erased.
            UndoneError: it was taken back already.
        """
        office = self._office
        with office.database.write() as session:
            row = parting.standing(session, merge_id)
            keep, other = row.keep_id, row.other_id
            parting.part(session, row, self.parts, office.clock.now())
            office.staff.record(session, "undo merge", "customer", [keep, other])
            session.expire_all()
            back = whole(session, other)
        office.changes.tell(Topic.CUSTOMERS, Topic.ORDERS)
        return back

    @needs(Act.SEE_PEOPLE)
    def latest(self, customer_id: int | None = None, limit: int = 100) -> list[Merge]:
        """Return the newest merges (of one person), newest first."""
        row = MergeRow
        chosen = select(row.id, row.keep_id, row.other_id, row.at, row.actor, row.undone_at).order_by(row.id.desc())
        if customer_id is not None:
            chosen = chosen.where(or_(row.keep_id == customer_id, row.other_id == customer_id))
        with self._office.database.read() as session:
            return [Merge(*one) for one in session.execute(chosen.limit(limit))]
