"""One change to many people at once, remembered person by person so that it can be taken back."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal, cast

from sqlalchemy import delete, insert, select, update

from shopdesk import japanese
from shopdesk.customers import own_fields, tagging
from shopdesk.customers.consents import COLUMN_OF, prove
from shopdesk.customers.tables import BulkEditRow, BulkImageRow, ConsentRow, CustomerRow
from shopdesk.errors import InvalidInputError
from shopdesk.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.customers.records import Channel, FieldKind

Kind = Literal["tag", "untag", "own", "prefecture", "consent off"]
HOW, HOW_UNDONE = "bulk edit", "bulk edit undone"


@dataclass(frozen=True, slots=True)
class Change:
    """What is done to each person.

    `value` is the tag's name, the prefecture, the channel, or what is written into the own field `field_id` (empty:
    nothing).
    """

    kind: Kind
    value: str
    field_id: int = 0


def checked(session: Session, change: Change) -> Change:
    """Return a change with its value made one form.

    Raises:
        InvalidInputError: the value is none.
        NotFoundError: the own field is not there any more.
    """
    if change.kind in {"tag", "untag"}:
        return Change(change.kind, tagging.tag_name(change.value))
    if change.kind == "own":
        kind = cast("FieldKind", own_fields.field_by_id(session, change.field_id).kind)
        return Change("own", own_fields.as_kept(kind, change.value), change.field_id)
    if change.kind == "prefecture":
        known = japanese.prefecture(change.value) if change.value.strip() else ""
        if known is None:
            sentence = _("“{text}” is not a prefecture. Write it like 北海道 or 東京都.")
            raise InvalidInputError(sentence.format(text=change.value))
        return Change("prefecture", known)
    if change.value not in COLUMN_OF:
        raise InvalidInputError(_("Choose one of: {choices}.").format(choices=", ".join(COLUMN_OF)))
    return change


def apply(session: Session, edit: BulkEditRow, ids: Sequence[int], now: datetime) -> list[int]:
    """Change these few hundred people, remember what each had before, and return whom it changed."""
    before = _changed(session, Change(**json.loads(edit.what)), ids, now, edit.actor)
    if before:
        rows = [{"edit_id": edit.id, "customer_id": one, "before": had} for one, had in before.items()]
        session.execute(insert(BulkImageRow), rows)
    return list(before)


def said(change: Change) -> str:
    """Return a change as its row keeps it."""
    return json.dumps(asdict(change), ensure_ascii=False)


def _changed(session: Session, change: Change, ids: Sequence[int], now: datetime, actor: str) -> dict[int, str | None]:
    """Change people and return what each of those who had something else had before."""
    if change.kind == "tag":
        return dict.fromkeys(tagging.put(session, tagging.tag_id(session, change.value), ids))
    if change.kind == "untag":
        return dict.fromkeys(tagging.take(session, change.value, ids), change.value)
    if change.kind == "own":
        had = own_fields.values_of(session, change.field_id, ids)
        wanted = [one for one in ids if had.get(one, "") != change.value]
        own_fields.put(session, change.field_id, dict.fromkeys(wanted, change.value))
        return {one: had.get(one) for one in wanted}
    row = CustomerRow
    if change.kind == "prefecture":
        chosen = select(row.id, row.prefecture).where(row.id.in_(ids), row.prefecture != change.value)
        before = {one: cast("str | None", had) for one, had in session.execute(chosen)}
        moved = update(row).where(row.id.in_(list(before)))
        session.execute(moved.values(prefecture=change.value, changed_at=now))
        return before
    channel = cast("Channel", change.value)
    taking = list(session.scalars(select(row.id).where(row.id.in_(ids), COLUMN_OF[channel].is_(True))))
    prove(session, taking, channel, on=False, how=HOW, at=now, actor=actor)
    return dict.fromkeys(taking, "on")


def take_back(session: Session, edit: BulkEditRow, before: Mapping[int, str | None], now: datetime) -> None:
    """Give these few hundred people back what they had, where it still is as the edit left it."""
    change, ids = Change(**json.loads(edit.what)), list(before)
    if change.kind == "tag":
        tagging.take(session, change.value, ids)
    elif change.kind == "untag":
        tagging.put(session, tagging.tag_id(session, change.value), ids)
    elif change.kind == "own":
        now_held = own_fields.values_of(session, change.field_id, ids)
        still = {one: had or "" for one, had in before.items() if now_held.get(one, "") == change.value}
        own_fields.put(session, change.field_id, still)
    elif change.kind == "prefecture":
        for had in set(before.values()):
            theirs = CustomerRow.id.in_([one for one in ids if before[one] == had])
            mine = update(CustomerRow).where(theirs, CustomerRow.prefecture == change.value)
            session.execute(mine.values(prefecture=had, changed_at=now))
    else:
        _consent_again(session, edit, cast("Channel", change.value), ids, now)


def _consent_again(session: Session, edit: BulkEditRow, channel: Channel, ids: Sequence[int], now: datetime) -> None:
    """Those whose last word on the channel still is the edit's: whoever said no themselves since stays out."""
    row = ConsentRow
    spoken = select(row.customer_id, row.id, row.how, row.at).where(row.customer_id.in_(ids), row.channel == channel)
    last = {one.customer_id: one for one in session.execute(spoken.order_by(row.id))}
    ours = [one for one, word in last.items() if word.how == HOW and word.at >= edit.at]
    prove(session, ours, channel, on=True, how=HOW_UNDONE, at=now, actor=edit.actor)


def images(session: Session, edit_id: int, limit: int) -> dict[int, str | None]:
    """Return what the first `limit` people of an edit had before it."""
    row = BulkImageRow
    chosen = select(row.customer_id, row.before).where(row.edit_id == edit_id).order_by(row.customer_id)
    return dict(session.execute(chosen.limit(limit)).all())


def forget_images(session: Session, edit_id: int, ids: Sequence[int]) -> None:
    """Drop what is remembered of these people."""
    row = BulkImageRow
    session.execute(delete(row).where(row.edit_id == edit_id, row.customer_id.in_(ids)))
