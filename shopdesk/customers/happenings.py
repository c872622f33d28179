"""What the customers' own tables tell of a person's time with the shop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from shopdesk.customers.consents import history
from shopdesk.customers.records import Event
from shopdesk.customers.tables import CustomerRow, MergeRow, StoppedCustomerRow
from shopdesk.i18n import _

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def happenings(session: Session, customer_id: int) -> list[Event]:
    """Return when a person was entered, what they consented to, their merges, and a stop of use."""
    row = session.get(CustomerRow, customer_id)
    if row is None:
        return []
    words = {
        ("line", True): _("Takes messages on LINE"),
        ("line", False): _("No more messages on LINE"),
        ("mail", True): _("Takes messages by mail"),
        ("mail", False): _("No more messages by mail"),
    }
    events = [
        Event(one.at, "consent", words[one.channel, one.given], one.wording) for one in history(session, customer_id)
    ]
    merge = MergeRow
    mine = or_(merge.keep_id == customer_id, merge.other_id == customer_id)
    for one in session.execute(select(merge.id, merge.at, merge.other_id, merge.undone_at).where(mine)):
        ids = (one.id,)
        events.append(Event(one.at, "merge", _("Two entries put together"), _("No. {id}").format(id=one.other_id), ids))
        if one.undone_at is not None:
            events.append(Event(one.undone_at, "unmerge", _("Two entries parted again"), "", ids))
    stopped = session.get(StoppedCustomerRow, customer_id)
    if stopped is not None:
        events.append(Event(stopped.at, "stopped", _("Use of the data stopped")))
    return [*events, Event(row.created_at, "added", _("First noted here"))]
