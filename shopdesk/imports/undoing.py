"""Taking a whole import back: what it made goes, what it changed returns where it is still this import's."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from shopdesk import customers, orders
from shopdesk.imports.records import UndoReport
from shopdesk.imports.tables import ImportChangeRow, ImportRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def undo(session: Session, row: ImportRow) -> UndoReport:
    """Take back one import inside the caller's transaction.

    A value returns only where it is still the one this import wrote. Where a later import changed it again, that import's own
    memory of it is corrected instead, so that undoing both ends the same in either order. People with anything of their own
    since – an edit, a tag, a friend, an order – stay.
    """
    made = {kind: _made(session, row.id, kind) for kind in ("order", "customer")}
    changed = {kind: _changed(session, row.id, kind) for kind in ("order", "customer")}
    touched = orders.undoing.buyers(session, [*made["order"], *(one.object_id for one in changed["order"])])
    gone = orders.undoing.remove(session, [one for one in made["order"] if not _later(session, row.id, "order", one)])
    restored = sum(_restore_order(session, change) for change in changed["order"])
    for kind, scope, value in _added_keys(session, row.id):
        customers.undoing.remove_key(session, kind, scope, value)
    for change in changed["customer"]:
        _restore_customer(session, change)
    orders.refresh_sums(session, sorted(touched))
    people, kept = customers.undoing.remove_untouched(session, made["customer"], row.at)
    return UndoReport(row.id, gone, restored, people, kept)


def _made(session: Session, import_id: int, kind: str) -> list[int]:
    wanted = select(ImportChangeRow.object_id).where(
        ImportChangeRow.import_id == import_id, ImportChangeRow.object == kind
    )
    return list(session.scalars(wanted.where(ImportChangeRow.before.is_(None))))


def _changed(session: Session, import_id: int, kind: str) -> list[ImportChangeRow]:
    wanted = select(ImportChangeRow).where(ImportChangeRow.import_id == import_id, ImportChangeRow.object == kind)
    return list(session.scalars(wanted.where(ImportChangeRow.before.is_not(None))))


def _added_keys(session: Session, import_id: int) -> list[tuple[str, str, str]]:
    keys = select(ImportChangeRow.object).where(
        ImportChangeRow.import_id == import_id, ImportChangeRow.object.startswith("key:")
    )
    found = (name.split(":", 3) for name in session.scalars(keys))
    return [(kind, scope, value) for _key, kind, scope, value in found]


def _later(session: Session, import_id: int, kind: str, object_id: int) -> list[ImportChangeRow]:
    """The same row's changes by later imports that still stand, oldest first."""
    standing = select(ImportRow.id).where(ImportRow.undone_at.is_(None), ImportRow.id > import_id)
    wanted = select(ImportChangeRow).where(
        ImportChangeRow.object == kind, ImportChangeRow.object_id == object_id, ImportChangeRow.import_id.in_(standing)
    )
    return list(session.scalars(wanted.where(ImportChangeRow.before.is_not(None)).order_by(ImportChangeRow.import_id)))


def _restore_order(session: Session, change: ImportChangeRow) -> bool:
    image = json.loads(change.before or "{}")
    if orders.undoing.restore(session, change.object_id, image):
        return True
    for later in _later(session, change.import_id, "order", change.object_id):
        theirs = json.loads(later.before or "{}")
        if theirs["digest"][0] == image["digest"][1]:
            mended = {name: [image[name][0], pair[1]] for name, pair in theirs.items() if name != "lines"}
            later.before = json.dumps({**mended, "lines": image["lines"]}, ensure_ascii=False)
            break
    return False


def _restore_customer(session: Session, change: ImportChangeRow) -> None:
    image: dict[str, list[Any]] = json.loads(change.before or "{}")
    kept = customers.undoing.restore(session, change.object_id, image)
    for later in _later(session, change.import_id, "customer", change.object_id) if kept else ():
        theirs: dict[str, list[Any]] = json.loads(later.before or "{}")
        mended = [name for name in kept if name in theirs and theirs[name][0] == image[name][1]]
        for name in mended:
            theirs[name][0] = image[name][0]
            kept.discard(name)
        if mended:
            later.before = json.dumps(theirs, ensure_ascii=False)
