"""The record of who did what."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from sqlalchemy import select, text

from shopdesk.database import milliseconds
from shopdesk.staff.records import AuditEntry
from shopdesk.staff.tables import AuditRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

    from shopdesk.clock import Clock
    from shopdesk.database import Database
    from shopdesk.staff.records import Actor

MOST_IDS = 200


class Staff:
    """Knows who is acting, and writes down every act in the transaction that does it."""

    def __init__(self, database: Database, clock: Clock, actor: Actor) -> None:
        self.actor = actor
        self._database = database
        self._clock = clock

    def record(
        self, session: Session, action: str, kind: str, ids: Sequence[int | str] = (), fields: Iterable[str] = ()
    ) -> None:
        """Append one act to the audit table.

        Args:
            session: The transaction of the act itself: both are kept, or neither.
            action: What was done: `import`, `tag`, `send`, …
            kind: To what: `customer`, `broadcast`, …
            ids: Which ones; of more than 200 the number is kept instead.
            fields: Names of the fields that changed. Never values.
        """
        if not self._database.on_sqlite:
            session.execute(text("SELECT pg_advisory_xact_lock(7411)"))  # one writer at a time, or the chain would fork
        shown = ",".join(map(str, ids)) if len(ids) <= MOST_IDS else f"({len(ids)})"
        before = session.scalar(select(AuditRow.hash).order_by(AuditRow.id.desc()).limit(1)) or ""
        row = AuditRow(
            at=self._clock.now(),
            actor=self.actor.name,
            role=self.actor.role,
            action=action,
            object=kind,
            ids=shown,
            fields=",".join(fields),
            hash="",
        )
        row.hash = _chained(before, row)
        session.add(row)
        session.flush()

    def entries(self, most: int = 200) -> list[AuditEntry]:
        """Return the newest entries, newest first."""
        with self._database.read() as session:
            rows = session.scalars(select(AuditRow).order_by(AuditRow.id.desc()).limit(most))
            return [AuditEntry(r.id, r.at, r.actor, r.role, r.action, r.object, r.ids, r.fields) for r in rows]

    def broken_entries(self) -> list[int]:
        """Return the ids of the entries whose hash does not follow from the one before."""
        broken, before = [], ""
        with self._database.read() as session:
            for row in session.scalars(select(AuditRow).order_by(AuditRow.id).execution_options(yield_per=1000)):
                if row.hash != _chained(before, row):
                    broken.append(row.id)
                before = row.hash
        return broken


def _chained(before: str, row: AuditRow) -> str:
    said = json.dumps([before, milliseconds(row.at), row.actor, row.role, row.action, row.object, row.ids, row.fields])
    return hashlib.sha256(said.encode()).hexdigest()
