"""Two entries made one, field by field, with all that is needed to part them again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import delete, insert, literal, select, tuple_, update

from shopdesk.customers.consents import COLUMN_OF, is_stopped
from shopdesk.customers.former import note_gone
from shopdesk.customers.images import as_written, image_of
from shopdesk.customers.pairs import PairRow, partner, touching
from shopdesk.customers.searching import reindex
from shopdesk.customers.tables import (
    BulkImageRow,
    ConsentRow,
    CustomerKeyRow,
    CustomerRelationRow,
    CustomerRow,
    CustomerTagRow,
    DistinctPeopleRow,
    FormerCustomerRow,
    MergeRow,
    OwnValueRow,
    StoppedCustomerRow,
)
from shopdesk.customers.typed import EDITED
from shopdesk.database import milliseconds, portions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.customers.records import PersonPart

Side = Literal["keep", "other"]
PAIRS: dict[str, PairRow] = {"distinct": DistinctPeopleRow, "relations": CustomerRelationRow}


def merge(
    session: Session,
    keep: CustomerRow,
    other: CustomerRow,
    choices: Mapping[str, Side],
    *,
    parts: Iterable[PersonPart],
    now: datetime,
    actor: str,
) -> int:
    """Give `keep` all that `other` has, remove `other`, and return the merge's id.

    Where `choices` says nothing about a field, what `keep` says stays and its blanks are filled.
    """
    image: dict[str, Any] = {"other": image_of(other), "choices": dict(choices)}
    image["parts"] = {part.name: part.move(session, keep.id, other.id) for part in parts}
    # The other's row goes after what points to it, and keep's values come last: parts write sums and LINE state.
    image |= _belongings(session, keep.id, other.id)
    written = _written(keep, other, choices) | {"changed_at": now}
    image["keep"] = {name: [as_written(getattr(keep, name)), as_written(value)] for name, value in written.items()}
    session.execute(update(CustomerRow).where(CustomerRow.id == keep.id).values(**written))
    image["former"] = _former(session, other.id)
    note_gone(session, other, became=keep.id, now=now)
    session.execute(delete(CustomerRow).where(CustomerRow.id == other.id))
    reindex(session, [keep.id, other.id])
    values = {"keep_id": keep.id, "other_id": other.id, "at": now, "actor": actor, "undone_at": None}
    said = json.dumps(image, ensure_ascii=False)
    return session.execute(insert(MergeRow).values(**values, image=said).returning(MergeRow.id)).scalar_one()


def _written(keep: CustomerRow, other: CustomerRow, choices: Mapping[str, Side]) -> dict[str, Any]:
    """What `keep` says afterwards, of the fields that change; an opt-out of either holds for both."""
    after = {
        name: getattr(other if choices.get(name, _usual(keep, name)) == "other" else keep, name) for name in EDITED
    }
    if "note" not in choices and keep.note and other.note and other.note != keep.note:
        after["note"] = f"{keep.note}\n{other.note}"
    for name, folded in (("name", "name_fold"), ("kana", "kana_fold"), ("birth_date", "birth_month")):
        after[folded] = getattr(other if after[name] != getattr(keep, name) else keep, folded)
    after["sort_key"] = after["kana_fold"] or after["name_fold"]
    for column in COLUMN_OF.values():
        after[column.key] = getattr(keep, column.key) and getattr(other, column.key)
    return {name: value for name, value in after.items() if value != getattr(keep, name)}


def _usual(keep: CustomerRow, name: str) -> Side:
    return "keep" if getattr(keep, name) else "other"


def _belongings(session: Session, keep: int, other: int) -> dict[str, Any]:
    """Give `keep` what the customers' own tables hold of `other`; what goes with the other's row is remembered."""
    images = select(BulkImageRow.edit_id, BulkImageRow.before).where(BulkImageRow.customer_id == other)
    return {
        "keys": _move_keys(session, keep, other),
        "tags": _give_tags(session, keep, other),
        "own": _give_values(session, keep, other),
        "consents": _move_consents(session, keep, other),
        "stopped": _give_stop(session, keep, other),
        "bulk": [list(one) for one in session.execute(images)],
        **{name: _give_pairs(session, row, keep, other) for name, row in PAIRS.items()},
    }


def _move_keys(session: Session, keep: int, other: int) -> list[list[str]]:
    row = CustomerKeyRow
    moved = update(row).where(row.customer_id == other).values(customer_id=keep)
    return [list(one) for one in session.execute(moved.returning(row.kind, row.scope, row.value))]


def _move_consents(session: Session, keep: int, other: int) -> list[int]:
    row = ConsentRow
    moved = update(row).where(row.customer_id == other).values(customer_id=keep)
    return sorted(session.scalars(moved.returning(row.id)))


def _give_tags(session: Session, keep: int, other: int) -> list[list[Any]]:
    """Return each tag of `other` and whether `keep` got it only now."""
    row = CustomerTagRow
    theirs = set(session.scalars(select(row.tag_id).where(row.customer_id == other)))
    mine = set(session.scalars(select(row.tag_id).where(row.customer_id == keep)))
    session.execute(update(row).where(row.customer_id == other, row.tag_id.in_(theirs - mine)).values(customer_id=keep))
    return [[one, one not in mine] for one in sorted(theirs)]


def _give_values(session: Session, keep: int, other: int) -> list[list[Any]]:
    """Return each own value of `other` and whether `keep` got it only now."""
    row = OwnValueRow
    theirs = session.execute(select(row.field_id, row.value).where(row.customer_id == other)).all()
    mine = set(session.scalars(select(row.field_id).where(row.customer_id == keep)))
    fresh = [one.field_id for one in theirs if one.field_id not in mine]
    session.execute(update(row).where(row.customer_id == other, row.field_id.in_(fresh)).values(customer_id=keep))
    return [[one.field_id, one.value, one.field_id in fresh] for one in theirs]


def _give_stop(session: Session, keep: int, other: int) -> list[Any]:
    """Return since when the use of the other's data was stopped, and whether that of `keep` is only now."""
    row = StoppedCustomerRow
    since = session.scalar(select(row.at).where(row.customer_id == other))
    if since is None:
        return []
    fresh = not is_stopped(session, keep)
    if fresh:
        session.execute(insert(row).values(customer_id=keep, at=since))
    return [milliseconds(since), fresh]


def _give_pairs(session: Session, row: PairRow, keep: int, other: int) -> list[list[Any]]:
    """Return each pair of `other` (with whom, of what kind) and whether `keep` is in one with them only now."""
    kind = CustomerRelationRow.kind if row is CustomerRelationRow else literal("")
    theirs = session.execute(select(partner(row, other), kind).where(touching(row, other))).all()
    mine = set(session.scalars(select(partner(row, keep)).where(touching(row, keep))))
    found = []
    for who, said in theirs:
        fresh = who not in mine and who != keep
        found.append([who, said, fresh])
        if fresh:
            more = {"kind": said} if row is CustomerRelationRow else {}
            session.execute(insert(row).values(one_id=min(keep, who), other_id=max(keep, who), **more))
    return found


def _former(session: Session, other: int) -> list[list[int]]:
    """Who had become `other` before: they become `keep` with it."""
    row = FormerCustomerRow
    gone = session.execute(select(row.customer_id, row.created_at).where(row.became == other))
    return [[one, milliseconds(created)] for one, created in gone]


def forget(session: Session, customer_id: int) -> None:
    """Drop what merges remember of a person, and of everybody who became them."""
    gone, found = {customer_id}, {customer_id}
    row = MergeRow
    while found:
        chosen = select(row.other_id).where(row.keep_id.in_(found), row.undone_at.is_(None))
        found = set(session.scalars(chosen)) - gone
        gone |= found
    for some in portions(sorted(gone)):
        session.execute(delete(row).where(row.keep_id.in_(some) | row.other_id.in_(some)))


def keys_condition(keys: Iterable[Iterable[str]]) -> Any:
    """Return the condition that a key is one of these."""
    row = CustomerKeyRow
    return tuple_(row.kind, row.scope, row.value).in_([tuple(one) for one in keys])
