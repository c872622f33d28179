"""Taking a whole import back: what it made goes, what it changed returns where it is still this import's."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, or_, select

from shopdesk import customers, orders
from shopdesk.database import portions
from shopdesk.imports.records import UndoReport
from shopdesk.imports.tables import ImportChangeRow, ImportRow

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy.orm import Session


def undo(session: Session, row: ImportRow) -> UndoReport:
    """Take back one import inside the caller's transaction.

    A value returns only where it is still the one this import wrote. Where a later import changed it again, that import's own
    memory of it is corrected instead, so that undoing both ends the same in either order. People with anything of their own
    since – an edit, a tag, a friend, an order – stay.
    """
    kinds = ("order", "customer", "subscription", "product")
    made = {kind: _made(session, row.id, kind) for kind in kinds}
    changed = {kind: _changed(session, row.id, kind) for kind in kinds}
    touched = orders.undoing.buyers(session, [*made["order"], *(one.object_id for one in changed["order"])])
    gone = orders.undoing.remove(session, [one for one in made["order"] if not _later(session, row.id, "order", one)])
    restored = sum(_restore_order(session, change) for change in changed["order"])
    for kind, scope, value in _added_keys(session, row.id):
        customers.undoing.remove_key(session, kind, scope, value)
    customers.staged_tags.undo(session, row.id)
    for change in _changed_own(session, row.id):
        field_id = int(change.object.removeprefix("own:"))
        _restore(session, change, partial(customers.staged_own.restore, field_id=field_id))
    for change in changed["customer"]:
        _restore(session, change, customers.undoing.restore)
    for change in changed["subscription"]:
        _restore(session, change, orders.undoing.restore_subscription)
    for change in changed["product"]:
        _restore(session, change, orders.undoing.restore_product)
    ours = [one for one in made["subscription"] if not _later(session, row.id, "subscription", one)]
    about = touched | orders.undoing.owners(session, [*ours, *(one.object_id for one in changed["subscription"])])
    about |= {one.object_id for one in changed["customer"]} | _key_owners(session, row.id)
    orders.undoing.remove_subscriptions(session, ours)
    orders.refresh_sums(session, sorted(touched))
    people, kept = _remove_people(session, row, made["customer"], about)
    _remove_products(session, row.id)
    return UndoReport(row.id, gone, restored, people, kept)


def _remove_people(session: Session, row: ImportRow, made: list[int], about: set[int]) -> tuple[int, int]:
    """Delete those the import made, and those it was about whom an import undone earlier had made and left for its sake.

    Returns how many went, and how many of those it made stay.
    """
    change, imported = ImportChangeRow, ImportRow
    earlier = (
        select(imported.at, change.object_id)
        .join(change, change.import_id == imported.id)
        .where(imported.undone_at.is_not(None), change.object == "customer", change.before.is_(None))
    )
    by_time = {row.at: made}
    for ids in portions(sorted(about.difference(made))):
        for at, one in session.execute(earlier.where(change.object_id.in_(ids))):
            by_time.setdefault(at, []).append(one)
    gone = kept = 0
    for at, ids in by_time.items():
        subscribing = orders.undoing.subscribers(session, ids)
        went, _stayed = customers.undoing.remove_untouched(session, [one for one in ids if one not in subscribing], at)
        gone += went
        kept += len(ids) - went if ids is made else 0
    return gone, kept


def _remove_products(session: Session, import_id: int) -> None:
    """Delete the products that undone imports made and nothing holds any more: no order, no memory of one, no later list."""
    change, imported = ImportChangeRow, ImportRow
    of_product = change.object == "product"
    undone = select(imported.id).where(or_(imported.undone_at.is_not(None), imported.id == import_id))
    made = set(
        session.scalars(
            select(change.object_id).where(of_product, change.before.is_(None), change.import_id.in_(undone))
        )
    )
    if not made:
        return
    standing = change.import_id.not_in(undone)
    told = set(session.scalars(select(change.object_id).where(of_product, standing)))
    images = session.scalars(
        select(change.before).where(change.object == "order", standing, change.before.is_not(None))
    )
    remembered = {line[1] for image in images for line in json.loads(image or "{}").get("lines") or ()}
    gone = orders.undoing.remove_unused_products(session, made - told - remembered)
    for ids in portions(gone):  # a number may be given out again
        session.execute(delete(change).where(of_product, change.object_id.in_(ids)))


def _made(session: Session, import_id: int, kind: str) -> list[int]:
    wanted = select(ImportChangeRow.object_id).where(
        ImportChangeRow.import_id == import_id, ImportChangeRow.object == kind
    )
    return list(session.scalars(wanted.where(ImportChangeRow.before.is_(None))))


def _changed(session: Session, import_id: int, kind: str) -> list[ImportChangeRow]:
    wanted = select(ImportChangeRow).where(ImportChangeRow.import_id == import_id, ImportChangeRow.object == kind)
    return list(session.scalars(wanted.where(ImportChangeRow.before.is_not(None))))


def _changed_own(session: Session, import_id: int) -> list[ImportChangeRow]:
    row = ImportChangeRow
    return list(session.scalars(select(row).where(row.import_id == import_id, row.object.startswith("own:"))))


def _added_keys(session: Session, import_id: int) -> list[tuple[str, str, str]]:
    keys = select(ImportChangeRow.object).where(
        ImportChangeRow.import_id == import_id, ImportChangeRow.object.startswith("key:")
    )
    found = (name.split(":", 3) for name in session.scalars(keys))
    return [(kind, scope, value) for _key, kind, scope, value in found]


def _key_owners(session: Session, import_id: int) -> set[int]:
    row = ImportChangeRow
    return set(session.scalars(select(row.object_id).where(row.import_id == import_id, row.object.startswith("key:"))))


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
            mended = {name: [image.get(name, pair)[0], pair[1]] for name, pair in theirs.items() if name != "lines"}
            later.before = json.dumps({**mended, "lines": image["lines"]}, ensure_ascii=False)
            break
    return False


def _restore(
    session: Session, change: ImportChangeRow, restore: Callable[[Session, int, Mapping[str, Any]], set[str]]
) -> None:
    image: dict[str, list[Any]] = json.loads(change.before or "{}")
    kept = restore(session, change.object_id, image)
    for later in _later(session, change.import_id, change.object, change.object_id) if kept else ():
        theirs: dict[str, list[Any]] = json.loads(later.before or "{}")
        mended = [name for name in kept if name in theirs and theirs[name][0] == image[name][1]]
        for name in mended:
            theirs[name][0] = image[name][0]
            kept.discard(name)
        if mended:
            later.before = json.dumps(theirs, ensure_ascii=False)
