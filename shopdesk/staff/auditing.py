"""Reading the record of who did what, a page at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, func, select

from shopdesk.staff.records import AuditEntry
from shopdesk.staff.tables import AuditRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def page(session: Session, by: str, before: int | None, most: int) -> list[AuditEntry]:
    """Return the newest entries that are older than `before`."""
    wanted = _of(select(AuditRow), by).order_by(AuditRow.id.desc()).limit(most)
    rows = session.scalars(wanted if before is None else wanted.where(AuditRow.id < before))
    return [AuditEntry(r.id, r.at, r.actor, r.role, r.action, r.object, r.ids, r.fields) for r in rows]


def count(session: Session, by: str) -> int:
    """Return how many entries there are."""
    return session.scalar(_of(select(func.count()).select_from(AuditRow), by)) or 0


def anchors(session: Session, by: str, every: int) -> list[int]:
    """Return the id of the last entry of each full page of `every`, newest first."""
    number = func.row_number().over(order_by=AuditRow.id.desc()).label("number")
    numbered = _of(select(AuditRow.id, number), by).subquery()
    return list(
        session.scalars(select(numbered.c.id).where(numbered.c.number % every == 0).order_by(numbered.c.number))
    )


def names(session: Session) -> list[str]:
    """Return whose entries there are."""
    return sorted(filter(None, session.scalars(select(AuditRow.actor).distinct())))


def _of(wanted: Select[Any], by: str) -> Select[Any]:
    return wanted.where(AuditRow.actor == by) if by else wanted
