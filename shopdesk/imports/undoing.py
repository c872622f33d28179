"""Taking a whole import back: what it made goes, what it changed returns where it is still this import's."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, exists, or_, select
from sqlalchemy.orm import aliased

from shopdesk import customers, orders
from shopdesk.database import portions
from shopdesk.imports.records import UndoReport
from shopdesk.imports.tables import ImportChangeRow, ImportRow

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy.orm import Session


def undo(session: Session, row: ImportRow) -> UndoReport:
    """Take back one import inside the caller's transaction.

    What imports made goes with the last of them that names it, in whichever order they are undone. A value returns only
    where it is still the one this import wrote; where a later import built on it or said it again, that import's memory of what was before is
    corrected instead. People with anything of their own since – an edit, a tag, a friend, an order – stay.
    """
    changed = {kind: _changed(session, row.id, kind) for kind in ("order", "customer", "subscription", "product")}
    gone = {kind: _unnamed(session, row.id, kind) for kind in ("order", "subscription", "key:", "customer")}
    orders_gone, subscriptions_gone = ([one.object_id for one in gone[kind]] for kind in ("order", "subscription"))
    touched = orders.undoing.buyers(session, [*orders_gone, *(one.object_id for one in changed["order"])])
    count = orders.undoing.remove(session, orders_gone)
    restored = sum(_restore_order(session, change) for change in changed["order"])
    customers.staged_tags.undo(session, row.id)
    customers.staged_consents.undo(session, row.id)
    for change in _changed_own(session, row.id):
        field_id = int(change.object.removeprefix("own:"))
        _restore(session, change, partial(customers.staged_own.restore, field_id=field_id))
    for change in changed["customer"]:
        _restore(session, change, customers.undoing.restore)
    for change in changed["subscription"]:
        _restore(session, change, orders.undoing.restore_subscription)
    for change in changed["product"]:
        _restore(session, change, orders.undoing.restore_product)
    orders.undoing.remove_subscriptions(session, subscriptions_gone)
    for key in gone["key:"]:
        _prefix, kind, scope, value = key.object.split(":", 3)
        customers.undoing.remove_key(session, key.object_id, kind, scope, value)
    orders.refresh_sums(session, sorted(touched))
    people, kept = _remove_people(session, row, gone["customer"])
    _remove_products(session, row.id)
    return UndoReport(row.id, count, restored, people, kept)


def _unnamed(session: Session, import_id: int, kind: str) -> list[ImportChangeRow]:
    """Return how this and earlier undone imports made the things that this one names and no import that stands does.

    `kind` is order, customer, subscription, or `key:` for all keys.
    """
    made, named, other = ImportChangeRow, aliased(ImportChangeRow), aliased(ImportChangeRow)
    undone = select(ImportRow.id).where(or_(ImportRow.undone_at.is_not(None), ImportRow.id == import_id))
    mine = (named.import_id == import_id, named.object == made.object, named.object_id == made.object_id)
    theirs = (
        other.import_id.in_(select(ImportRow.id).where(ImportRow.undone_at.is_(None), ImportRow.id != import_id)),
        other.object == made.object,
        other.object_id == made.object_id,
    )
    of_kind = made.object.startswith(kind) if kind.endswith(":") else made.object == kind
    wanted = select(made).where(of_kind, made.before.is_(None), made.import_id.in_(undone))
    return list(session.scalars(wanted.where(exists().where(*mine), ~exists().where(*theirs))))


def _remove_people(session: Session, row: ImportRow, made: list[ImportChangeRow]) -> tuple[int, int]:
    """Delete people that no import names any more; return how many went, and how many of those this import made stay."""
    times = {one.id: one.at for one in session.execute(select(ImportRow.id, ImportRow.at))}
    by_import: dict[int, list[int]] = {row.id: []}
    for one in made:
        by_import.setdefault(one.import_id, []).append(one.object_id)
    gone = 0
    for import_id, ids in by_import.items():
        subscribing = orders.undoing.subscribers(session, ids)
        leaving = [one for one in ids if one not in subscribing]
        gone += customers.undoing.remove_untouched(session, leaving, times[import_id])
    return gone, customers.undoing.count(session, _made(session, row.id, "customer"))


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
    row = ImportChangeRow
    wanted = select(row).where(row.import_id == import_id, row.object == kind, row.before.is_not(None))
    return list(session.scalars(wanted.where(row.before != "{}")))


def _changed_own(session: Session, import_id: int) -> list[ImportChangeRow]:
    row = ImportChangeRow
    return list(session.scalars(select(row).where(row.import_id == import_id, row.object.startswith("own:"))))


def _later(session: Session, import_id: int, kind: str, object_id: int) -> list[ImportChangeRow]:
    """The same row's changes by later imports that still stand, oldest first."""
    standing = select(ImportRow.id).where(ImportRow.undone_at.is_(None), ImportRow.id > import_id)
    wanted = select(ImportChangeRow).where(
        ImportChangeRow.object == kind, ImportChangeRow.object_id == object_id, ImportChangeRow.import_id.in_(standing)
    )
    return list(session.scalars(wanted.where(ImportChangeRow.before.is_not(None)).order_by(ImportChangeRow.import_id)))


def _restore_order(session: Session, change: ImportChangeRow) -> bool:
    """Give an order back what it was, or a later import that found it as this one left it the memory of that."""
    image = json.loads(change.before or "{}")
    if "lines" not in image:  # it found the order as it is and changed nothing
        return False
    for later in _later(session, change.import_id, "order", change.object_id):
        theirs = json.loads(later.before or "{}")
        if theirs.get("digest", ("",))[0] == image["digest"][1]:
            mended = {name: [pair[0], theirs.get(name, pair)[1]] for name, pair in image.items() if name != "lines"}
            later.before = json.dumps({**theirs, **mended, "lines": image["lines"]}, ensure_ascii=False)
            return False
    return orders.undoing.restore(session, change.object_id, image)


def _restore(
    session: Session, change: ImportChangeRow, restore: Callable[[Session, int, Mapping[str, Any]], None]
) -> None:
    """Give a row back its values, but for those that a later import built on or said again: it gets the memory of what was before."""
    image = _image(change)
    for later in _later(session, change.import_id, change.object, change.object_id):
        theirs = _image(later)
        mended = [name for name in image if name in theirs and theirs[name][0] == image[name][1]]
        for name in mended:
            theirs[name][0] = image.pop(name)[0]
        if mended:
            later.before = json.dumps(theirs, ensure_ascii=False)
    restore(session, change.object_id, image)


def _image(change: ImportChangeRow) -> dict[str, list[Any]]:
    """Of each field that an import changed or said again the value before and after; lists note every field, said or not."""
    read: dict[str, list[Any] | None] = json.loads(change.before or "{}")
    whole = change.object in {"product", "subscription"}
    return {name: pair for name, pair in read.items() if pair and not (whole and pair[0] == pair[1])}
