"""Bulk edits as the shop makes them: counted first, written in short transactions, taken back at any time."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from shopdesk.changes import Topic
from shopdesk.customers import bulk
from shopdesk.customers.bulk import Change
from shopdesk.customers.parting import UndoneError
from shopdesk.customers.tables import BulkEditRow, CustomerRow
from shopdesk.database import portions
from shopdesk.errors import NotFoundError
from shopdesk.i18n import _
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.customers.office import Office

AT_ONCE = 2_000
"""People changed in one transaction: short enough that no other writer waits long."""


@dataclass(frozen=True, slots=True)
class BulkEdit:
    """One change to many people; `people` is how many it changed."""

    id: int
    at: datetime
    actor: str
    change: Change
    people: int
    undone_at: datetime | None


class Edits:
    """Changes to many people at once."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._staff = office.staff

    @needs(Act.EDIT_PEOPLE)
    def make(self, change: Change, ids: Sequence[int]) -> BulkEdit:
        """Change these people and return what was done. People who are gone are left out.

        Raises:
            InvalidInputError: the value is none.
            NotFoundError: the own field is not there any more.
        """
        office = self._office
        with office.database.write() as session:
            kept = bulk.checked(session, change)
            values = {"at": office.clock.now(), "actor": office.staff.actor.name, "what": bulk.said(kept)}
            made = insert(BulkEditRow).values(**values, people=0, undone_at=None).returning(BulkEditRow.id)
            edit_id = session.execute(made).scalar_one()
        for some in portions(list(dict.fromkeys(ids)), AT_ONCE):
            with office.database.write() as session:
                self._apply(session, edit_id, some)
        office.changes.tell(Topic.CUSTOMERS)
        return self.get(edit_id)

    def _apply(self, session: Session, edit_id: int, ids: Sequence[int]) -> None:
        edit = _stored(session, edit_id)
        changed: list[int] = []
        for some in portions(ids):
            here = session.scalars(select(CustomerRow.id).where(CustomerRow.id.in_(some)))
            changed += bulk.apply(session, edit, list(here), self._office.clock.now())
        more = BulkEditRow.people + len(changed)
        session.execute(update(BulkEditRow).where(BulkEditRow.id == edit_id).values(people=more))
        change = json.loads(edit.what)
        self._office.staff.record(session, "bulk edit", "customer", changed, [change["kind"]])

    @needs(Act.EDIT_PEOPLE)
    def undo(self, edit_id: int) -> BulkEdit:
        """Take an edit back: people get back what they had, where it still is as the edit left it.

        Raises:
            NotFoundError: there is no such edit.
            UndoneError: it was taken back already.
        """
        office = self._office
        with office.database.read() as session:
            if _stored(session, edit_id).undone_at is not None:
                raise UndoneError(_("This edit was taken back already. Nothing was changed."))
        more = True
        while more:
            with office.database.write() as session:
                more = self._take_back(session, edit_id)
        office.changes.tell(Topic.CUSTOMERS)
        return self.get(edit_id)

    def _take_back(self, session: Session, edit_id: int) -> bool:
        """Take back some hundred people; the last time says that all of it is."""
        office, edit = self._office, _stored(session, edit_id)
        before = bulk.images(session, edit_id, 500)
        if before:
            bulk.take_back(session, edit, before, office.clock.now())
            bulk.forget_images(session, edit_id, list(before))
        else:
            session.execute(update(BulkEditRow).where(BulkEditRow.id == edit_id).values(undone_at=office.clock.now()))
        office.staff.record(session, "undo bulk edit", "customer", list(before))
        return bool(before)

    @needs(Act.SEE_PEOPLE)
    def get(self, edit_id: int) -> BulkEdit:
        """Return one edit. Raises NotFoundError."""
        with self._office.database.read() as session:
            return _edit(_stored(session, edit_id))

    @needs(Act.SEE_PEOPLE)
    def latest(self, limit: int = 50) -> list[BulkEdit]:
        """Return the newest edits, newest first."""
        with self._office.database.read() as session:
            return [
                _edit(one) for one in session.scalars(select(BulkEditRow).order_by(BulkEditRow.id.desc()).limit(limit))
            ]


def _stored(session: Session, edit_id: int) -> BulkEditRow:
    row = session.get(BulkEditRow, edit_id)
    if row is None:
        raise NotFoundError(_("There is no edit {id}. Look at the list of edits.").format(id=edit_id))
    return row


def _edit(row: BulkEditRow) -> BulkEdit:
    return BulkEdit(row.id, row.at, row.actor, Change(**json.loads(row.what)), row.people, row.undone_at)
