"""A merge taken back: both people are there again, each with what is theirs and still as it was merged."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from shopdesk.customers import bulk
from shopdesk.customers.images import as_kept, as_written, values_of
from shopdesk.customers.keys import as_key, owners
from shopdesk.customers.merging import PAIRS, keys_condition, merge
from shopdesk.customers.searching import reindex
from shopdesk.customers.tables import (
    BulkEditRow,
    BulkImageRow,
    ConsentRow,
    CustomerKeyRow,
    CustomerRelationRow,
    CustomerRow,
    CustomerTagRow,
    FormerCustomerRow,
    MergeRow,
    OwnFieldRow,
    OwnValueRow,
    StoppedCustomerRow,
)
from shopdesk.customers.views import stored
from shopdesk.database import moment
from shopdesk.errors import NotFoundError, ShopDeskError
from shopdesk.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.customers.pairs import PairRow
    from shopdesk.customers.records import PersonPart


class UndoneError(ShopDeskError):
    """The merge was taken back already."""

    code = "already_undone"


def standing(session: Session, merge_id: int) -> MergeRow:
    """Return a merge that can be taken back.

    Raises:
        NotFoundError: there is none of this number, or one of its people was erased.
        UndoneError: it was taken back already.
    """
    row = session.get(MergeRow, merge_id)
    if row is None:
        raise NotFoundError(
            _("There is no merge {id}. One of the two may have been erased; look at the list of merges.").format(
                id=merge_id
            )
        )
    if row.undone_at is not None:
        raise UndoneError(_("This merge was taken back already. Nothing was changed."))
    return row


def part(session: Session, row: MergeRow, parts: Sequence[PersonPart], now: datetime) -> None:
    """Take a merge back, in the caller's transaction.

    Where the one who was kept has become part of somebody else since, and that one of a third, those later merges are taken back
    first, the last one first, and made again after, with the same choices.
    """
    later = _later(session, row)
    again = [(one.keep_id, one.other_id, json.loads(one.image)["choices"], one.actor) for one in later]
    for one in reversed(later):
        _part(session, one, parts, now)
    _part(session, row, parts, now)
    for keep_id, other_id, choices, actor in again:
        session.flush()
        session.expire_all()
        rows = stored(session, keep_id), stored(session, other_id)
        for person in rows:
            session.expunge(person)
        merge(session, *rows, choices, parts=parts, now=now, actor=actor)


def _later(session: Session, row: MergeRow) -> list[MergeRow]:
    """Return the merges by which the one who was kept became part of somebody else, and that one of the next; in their order."""
    found: list[MergeRow] = []
    keep_id = row.keep_id
    while True:
        chosen = select(MergeRow).where(MergeRow.other_id == keep_id, MergeRow.undone_at.is_(None))
        one = session.scalar(chosen)
        if one is None:
            return found
        found.append(one)
        keep_id = one.keep_id


def _part(session: Session, row: MergeRow, parts: Sequence[PersonPart], now: datetime) -> None:
    image: dict[str, Any] = json.loads(row.image)
    keep, other = row.keep_id, row.other_id
    session.execute(insert(CustomerRow).values(**values_of(image["other"])))
    _return_keys(session, keep, other, image["keys"])
    _return_tags(session, keep, other, image["tags"])
    _return_values(session, keep, other, image["own"])
    mine = ConsentRow.id.in_(image["consents"])
    session.execute(update(ConsentRow).where(mine, ConsentRow.customer_id == keep).values(customer_id=other))
    _return_stop(session, keep, other, image["stopped"])
    for name, table in PAIRS.items():
        _return_pairs(session, table, keep, other, image[name])
    for one in parts:
        one.move_back(session, keep, other, image["parts"].get(one.name, []))
    _return_fields(session, row, image["keep"])
    _return_former(session, other, image)
    _return_bulk(session, other, image["bulk"], now)
    session.execute(update(MergeRow).where(MergeRow.id == row.id).values(undone_at=now, image="{}"))
    session.expire_all()
    reindex(session, [keep, other])


def _return_keys(session: Session, keep: int, other: int, keys: list[list[str]]) -> None:
    """Those that `keep` still has; and those nobody has any more, since they are on the other's row."""
    row = CustomerKeyRow
    for some in keys:
        session.execute(update(row).where(keys_condition([some]), row.customer_id == keep).values(customer_id=other))
    wanted = [as_key(*some) for some in keys]
    lost = [key for key in wanted if key not in owners(session, wanted)]
    if lost:
        session.execute(insert(row), [{**key._asdict(), "customer_id": other} for key in lost])


def _return_tags(session: Session, keep: int, other: int, tags: list[list[Any]]) -> None:
    row = CustomerTagRow
    fresh = [one for one, given in tags if given]
    session.execute(delete(row).where(row.customer_id == keep, row.tag_id.in_(fresh)))
    if tags:
        session.execute(insert(row), [{"tag_id": one, "customer_id": other} for one, _given in tags])


def _return_values(session: Session, keep: int, other: int, own: list[list[Any]]) -> None:
    """Of fields that are still there; `keep` loses what it got and nobody changed since."""
    row = OwnValueRow
    fields = set(session.scalars(select(OwnFieldRow.id)))
    for field, value, given in own:
        if given:
            mine = (row.customer_id == keep, row.field_id == field, row.value == value)
            session.execute(delete(row).where(*mine))
        if field in fields:
            session.execute(insert(row).values(field_id=field, customer_id=other, value=value))


def _return_stop(session: Session, keep: int, other: int, stopped: list[Any]) -> None:
    row = StoppedCustomerRow
    if stopped:
        since, fresh = moment(stopped[0]), stopped[1]
        if fresh:
            session.execute(delete(row).where(row.customer_id == keep, row.at == since))
        session.execute(insert(row).values(customer_id=other, at=since))


def _return_pairs(session: Session, row: PairRow, keep: int, other: int, pairs: list[list[Any]]) -> None:
    for who, said, fresh in pairs:
        more = {"kind": said} if row is CustomerRelationRow else {}
        if fresh:
            mine = (row.one_id == min(keep, who), row.other_id == max(keep, who))
            session.execute(delete(row).where(*mine))
        if session.get(CustomerRow, who) is not None:  # not merged or erased since
            session.execute(insert(row).values(one_id=min(other, who), other_id=max(other, who), **more))


def _return_fields(session: Session, row: MergeRow, changed: dict[str, list[Any]]) -> None:
    """Give `keep` its old values where they still are the merge's; a later merge that took one over remembers the old one."""
    session.expire_all()
    keep = stored(session, row.keep_id)
    for name, (before, after) in changed.items():
        if as_written(getattr(keep, name)) == after:
            setattr(keep, name, as_kept(name, before))
        else:
            _mend(session, row, name, before, after)
    keep.sort_key = keep.kana_fold or keep.name_fold
    session.flush()


def _mend(session: Session, row: MergeRow, name: str, before: Any, after: Any) -> None:
    later = select(MergeRow).where(MergeRow.keep_id == row.keep_id, MergeRow.undone_at.is_(None), MergeRow.id > row.id)
    for one in session.scalars(later.order_by(MergeRow.id)):
        theirs = json.loads(one.image)
        pair = theirs["keep"].get(name)
        if pair is not None and pair[0] == after:
            pair[0] = before
            one.image = json.dumps(theirs, ensure_ascii=False)
            return


def _return_former(session: Session, other: int, image: dict[str, Any]) -> None:
    row = FormerCustomerRow
    created = moment(image["other"]["created_at"])
    session.execute(delete(row).where(row.customer_id == other, row.created_at == created))
    for one, at in image["former"]:
        same = (row.customer_id == one, row.created_at == moment(at), row.became.is_not(None))
        session.execute(update(row).where(*same).values(became=other))


def _return_bulk(session: Session, other: int, images: list[list[Any]], now: datetime) -> None:
    """What bulk edits remember of the other; those taken back meanwhile are taken back for the other now."""
    for edit_id, before in images:
        edit = session.get(BulkEditRow, edit_id)
        if edit is None:
            continue
        if edit.undone_at is None:
            session.execute(insert(BulkImageRow).values(edit_id=edit_id, customer_id=other, before=before))
        else:
            bulk.take_back(session, edit, {other: before}, now)
