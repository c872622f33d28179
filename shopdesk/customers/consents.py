"""Who takes messages on which channel, with proof of every yes and no; and stop-use, which no file lifts."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sqlalchemy import delete, exists, insert, or_, select, update

from shopdesk.changes import Topic
from shopdesk.customers.records import Channel, Consent
from shopdesk.customers.tables import ConsentRow, CustomerRow, StoppedCustomerRow
from shopdesk.customers.views import stored
from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from shopdesk.customers.office import Office

CHANNELS: tuple[Channel, ...] = ("line", "mail")
COLUMN_OF = {"line": CustomerRow.consent_line, "mail": CustomerRow.consent_mail}
BY_HAND, BY_IMPORT, BY_STOP = "shop", "import", "stop-use"


class StoppedError(ShopDeskError):
    """The person's data is not to be used."""

    code = "stopped"


def in_use() -> ColumnElement[bool]:
    """Return the condition on `customers` that a person's data may be used; nearly free while nobody's use is stopped."""
    stopped = select(StoppedCustomerRow.customer_id)
    return or_(~exists(stopped), CustomerRow.id.not_in(stopped))


def anybody_stopped(session: Session) -> bool:
    """Tell whether the use of anybody's data is stopped: where it is nobody's, a query of a million people need not ask for each."""
    return session.scalar(select(exists().where(StoppedCustomerRow.customer_id.is_not(None)))) is True


def is_stopped(session: Session, customer_id: int) -> bool:
    """Tell whether a person's data is not to be used."""
    return session.scalar(select(exists().where(StoppedCustomerRow.customer_id == customer_id))) is True


def opted_out(session: Session, customer_id: int, channel: Channel) -> bool:
    """Tell whether the last that was said about a channel is no; nothing said is no opt-out."""
    row = ConsentRow
    said = select(row.given).where(row.customer_id == customer_id, row.channel == channel).order_by(row.id.desc())
    return session.scalar(said.limit(1)) is False


def note_consent(
    session: Session,
    customer_id: int,
    channel: Channel,
    *,
    on: bool,
    how: str,
    at: datetime,
    actor: str,
    wording: str = "",
) -> bool:
    """Note in the caller's transaction what a person said about a channel; the caller records and tells it.

    A file (`how` is `import`) never lifts an opt-out, and nothing lifts a stop of use. Returns whether it was noted.
    """
    if on and (is_stopped(session, customer_id) or (how == BY_IMPORT and opted_out(session, customer_id, channel))):
        return False
    prove(session, [customer_id], channel, on=on, how=how, at=at, actor=actor, wording=wording)
    return True


def prove(
    session: Session,
    ids: Sequence[int],
    channel: Channel,
    *,
    on: bool,
    how: str,
    at: datetime,
    actor: str,
    wording: str = "",
) -> None:
    """Write a yes or no of these few hundred people, with its proof."""
    if not ids:
        return
    values = {COLUMN_OF[channel].key: on, "changed_at": at}
    session.execute(update(CustomerRow).where(CustomerRow.id.in_(ids)).values(**values))
    said = {"channel": channel, "given": on, "at": at, "how": how, "wording": wording, "actor": actor}
    session.execute(insert(ConsentRow), [{"customer_id": one, **said} for one in ids])


def history(session: Session, customer_id: int) -> list[Consent]:
    """Return everything a person said, newest first."""
    row = ConsentRow
    chosen = select(row).where(row.customer_id == customer_id).order_by(row.at.desc(), row.id.desc())
    return [
        Consent(cast("Channel", one.channel), one.given, one.at, one.how, one.wording, one.actor)
        for one in session.scalars(chosen)
    ]


class Consents:
    """What people said about messages, and whose data is not to be used."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._staff = office.staff

    @needs(Act.EDIT_PEOPLE)
    def set(self, customer_id: int, channel: Channel, *, on: bool, how: str = BY_HAND, wording: str = "") -> None:
        """Note whether a person takes messages on a channel.

        Raises:
            NotFoundError: there is no such customer.
            StoppedError: the person's data is not to be used.
        """
        office = self._office
        with office.database.write() as session:
            stored(session, customer_id)
            actor, at = office.staff.actor.name, office.clock.now()
            if not note_consent(
                session, customer_id, channel, on=on, how=how, at=at, actor=actor, wording=wording.strip()
            ):
                raise StoppedError(
                    _("The use of this person's data is stopped. Allow it again first, if that is what they want.")
                )
            field = COLUMN_OF[channel].key
            office.staff.record(session, "consent on" if on else "consent off", "customer", [customer_id], [field])
        office.changes.tell(Topic.CUSTOMERS)

    @needs(Act.SEE_PEOPLE)
    def history(self, customer_id: int) -> list[Consent]:
        """Return every yes and no of a person with its proof, newest first."""
        with self._office.database.read() as session:
            return history(session, customer_id)

    @needs(Act.EDIT_PEOPLE)
    def stop_use(self, customer_id: int) -> None:
        """Use a person's data no more: nothing is sent, no segment counts them, no file changes that.

        Raises:
            NotFoundError: there is no such customer.
        """
        office = self._office
        with office.database.write() as session:
            row = stored(session, customer_id)
            now, actor = office.clock.now(), office.staff.actor.name
            for channel in CHANNELS:
                if getattr(row, COLUMN_OF[channel].key):
                    prove(session, [customer_id], channel, on=False, how=BY_STOP, at=now, actor=actor)
            if not is_stopped(session, customer_id):
                session.execute(insert(StoppedCustomerRow).values(customer_id=customer_id, at=now))
            office.staff.record(session, "stop use", "customer", [customer_id])
        office.changes.tell(Topic.CUSTOMERS)

    @needs(Act.EDIT_PEOPLE)
    def allow_use(self, customer_id: int) -> None:
        """Use a person's data again. What they want to receive stays off until they say so.

        Raises:
            NotFoundError: there is no such customer.
        """
        office = self._office
        with office.database.write() as session:
            stored(session, customer_id)
            session.execute(delete(StoppedCustomerRow).where(StoppedCustomerRow.customer_id == customer_id))
            office.staff.record(session, "allow use", "customer", [customer_id])
        office.changes.tell(Topic.CUSTOMERS)
