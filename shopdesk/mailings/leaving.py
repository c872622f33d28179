"""Mails stopped by whoever got one: the address of its page stands in every mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from sqlalchemy import select

from shopdesk.changes import Topic
from shopdesk.customers import note_consent
from shopdesk.customers.tables import CustomerRow
from shopdesk.errors import NotFoundError
from shopdesk.i18n import N_, _, for_customers
from shopdesk.mailings.tables import LetterRow
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from shopdesk.changes import Changes
    from shopdesk.clock import Clock
    from shopdesk.database import Database
    from shopdesk.staff import Staff

WORDING = N_("Stop the mails of the shop")
"""What stands on the button: it is kept as the proof of what was said."""


class Mailed(NamedTuple):
    """Whose mails a letter's page stops: their address with most of its name hidden, '' of who was forgotten; whether they get any."""

    address: str
    wants: bool


class Leaving:
    """Stops the mails of a person by the key of a letter they got."""

    def __init__(self, database: Database, clock: Clock, staff: Staff, changes: Changes) -> None:
        self._database, self._clock, self._staff, self._changes = database, clock, staff, changes

    @needs(Act.SERVE_PAGE)
    def look(self, key: str) -> Mailed:
        """Return whose mails the page of a letter stops, changing nothing. Raises NotFoundError: there is no such letter."""
        with self._database.read() as session:
            person = _person(session, key)
            return Mailed("", wants=False) if person is None else Mailed(_hidden(person.email), person.consent_mail)

    @needs(Act.SERVE_PAGE)
    def stop(self, key: str) -> None:
        """Send them no mails any more; said twice, it is so already. Raises NotFoundError."""
        with self._database.write() as session:
            person = _person(session, key)
            if person is None or not person.consent_mail:
                return
            number, at, wording = person.id, self._clock.now(), for_customers(WORDING)
            by = self._staff.actor.name
            note_consent(session, number, "mail", on=False, how="page", at=at, actor=by, wording=wording)
            self._staff.record(session, "consent off", "customer", [number], ["consent_mail"])
        self._changes.tell(Topic.CUSTOMERS)


def _person(session: Session, key: str) -> CustomerRow | None:
    """Return whom a letter went to, None where they are gone. Raises NotFoundError: no letter went out under this key."""
    letter = session.scalar(select(LetterRow).where(LetterRow.key == _read(key), LetterRow.state != "waiting"))
    if letter is None:
        raise NotFoundError(_("There is no such mail."))
    return None if letter.customer_id is None else session.get(CustomerRow, letter.customer_id)


def _read(key: str) -> str:
    try:
        return str(UUID(key))
    except ValueError:
        return ""


def _hidden(address: str) -> str:
    name, _at, domain = address.rpartition("@")
    return f"{name[:1]}…@{domain}" if name else ""
