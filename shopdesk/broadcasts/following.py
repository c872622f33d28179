"""A follow-up as it is drafted (`follows` says who gets it): one for each broadcast and way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from shopdesk.broadcasts import drafting, follows, reading
from shopdesk.broadcasts.records import Drafted
from shopdesk.broadcasts.refusals import StateError
from shopdesk.broadcasts.tables import BroadcastRow
from shopdesk.i18n import _
from shopdesk.links.tables import LinkRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from shopdesk.broadcasts.office import Office
    from shopdesk.messages import Draft


def make(office: Office, first_id: int, said: Draft, *, by_mail: bool) -> int:
    """Draft the follow-up of a broadcast, or return the one that is there; nobody is chosen yet.

    Raises:
        NotFoundError: there is no such broadcast.
        StateError: nobody got it that way, its links were not counted, or it is a follow-up itself.
    """
    with office.database.write() as session:
        first = reading.stored(session, first_id, locked=True)
        _require_followed(session, office, first, by_mail=by_mail)
        made = _there(session, first_id, by_mail=by_mail)
        if made is not None:
            return made
        name = (
            _("{name}: by mail, to those who opened nothing")
            if by_mail
            else _("{name}: on LINE, to those who opened nothing")
        ).format(name=first.name)
        wanted = Drafted(said, None, name=name, counts=not by_mail, mail_only=by_mail, follows=first_id)
        kept = drafting.row_of(wanted, None, office)
        session.add(kept)
        session.flush()
        office.staff.record(session, "draft", "broadcast", [kept.id])
        made = kept.id
    office.tell()
    return made


def there(office: Office, first_id: int, *, by_mail: bool) -> int | None:
    """Return the follow-up that a broadcast has by that way, None for none."""
    with office.database.read() as session:
        return _there(session, first_id, by_mail=by_mail)


def _there(session: Session, first_id: int, *, by_mail: bool) -> int | None:
    row = BroadcastRow
    there = select(row.id).where(row.follows_id == first_id, row.mail_only.is_(by_mail), row.control != "cancel")
    return session.scalar(there.limit(1))


def _require_followed(session: Session, office: Office, first: BroadcastRow, *, by_mail: bool) -> None:
    """Refuse a follow-up of which nobody could say whom it is for. Raises StateError."""
    if first.follows_id is not None:
        raise StateError(_("This is a follow-up itself; nobody gets two."))
    got = follows.on_line(first.id) if by_mail else office.mailed(first.id)
    if session.scalar(got.limit(1)) is None:
        raise StateError(
            _("Nobody has got it on LINE yet. Send it first.")
            if by_mail
            else _("Nobody has got it by mail yet. Send it first.")
        )
    link = LinkRow
    counted = select(link.id).where(link.broadcast_id == first.id, link.mailed.is_(not by_mail))
    if session.scalar(counted.limit(1)) is None:
        raise StateError(
            _("Its links were not counted, so nobody knows who opened it. Let the links be counted next time.")
        )
