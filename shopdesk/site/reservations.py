"""Requests for reservations: taken from a page, shown in the friend's talk, answered once. Nothing is reserved before the shop says so."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from shopdesk.changes import Topic
from shopdesk.errors import InvalidInputError, NotFoundError
from shopdesk.i18n import N_, _, for_customers
from shopdesk.messages import draft
from shopdesk.site import asking, reading
from shopdesk.site.feedback import NONCE
from shopdesk.site.refusals import DecidedError, FormError, TooManyError
from shopdesk.site.tables import ReservationRow
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.line import Message
    from shopdesk.site.office import Office
    from shopdesk.site.records import Guest, Reservation, ReservationState, Wanted
    from shopdesk.talks import Talks

FARTHEST = timedelta(days=366)
MOST_OF_ONE, MOST_OF_STRANGERS = 3, 100
"""So many requests wait at the same time: of one friend, and of all who are not known."""
WAITS: tuple[ReservationState, ...] = ("open", "offered")


class Reservations:
    """The requests of one shop."""

    def __init__(self, office: Office, talks: Talks) -> None:
        self._office, self._staff, self._talks = office, office.staff, talks

    # From a page

    @needs(Act.SERVE_PAGE)
    def ask(self, guest: Guest, wanted: Wanted, nonce: str) -> None:
        """Take a request; the same form sent again asks for nothing more.

        Raises:
            NotFoundError: the shop takes none.
            FormError: it cannot be, with what to change, for the guest.
            TooManyError: so many wait that no more is taken.
        """
        wanted = self._checked(guest, wanted, nonce)
        with self._office.database.write() as session:
            page = reading.live(session, "shop")
            reading.stored(session, page.id)  # one at a time: the limits are counted
            if not page.content.reserves:
                raise NotFoundError(_("The shop takes no reservations here."))
            if session.scalar(select(ReservationRow.id).where(ReservationRow.nonce == nonce)) is not None:
                return
            self._require_room(session, guest.friend_id)
            self._keep(session, guest, wanted, nonce)
        self._tell()

    def _checked(self, guest: Guest, wanted: Wanted, nonce: str) -> Wanted:
        office = self._office
        tidied = asking.tidied(wanted, guest.name)
        hours = office.settings.opening_hours()
        said = asking.wrong(tidied, office.clock.now(), hours, FARTHEST, known=guest.friend_id is not None)
        if not NONCE.fullmatch(nonce):
            said = N_("Load the page again, then try once more.")
        if said:
            raise FormError(for_customers(said))
        return tidied

    def _require_room(self, session: Session, friend_id: int | None) -> None:
        row = ReservationRow
        whose = row.friend_id.is_(None) if friend_id is None else row.friend_id == friend_id
        waiting = session.scalar(select(func.count()).where(whose, row.state.in_(WAITS), row.at > self._now)) or 0
        if waiting >= (MOST_OF_STRANGERS if friend_id is None else MOST_OF_ONE):
            raise TooManyError(for_customers(N_("The shop has not answered yet. Wait for it, or call the shop.")))

    @property
    def _now(self) -> datetime:
        return self._office.clock.now()

    def _keep(self, session: Session, guest: Guest, wanted: Wanted, nonce: str) -> None:
        row = ReservationRow(
            friend_id=guest.friend_id,
            message_id=None,
            at=wanted.at,
            people=wanted.people,
            name=wanted.name,
            phone=wanted.phone,
            mail=wanted.mail,
            note=wanted.note,
            state="open",
            offered_at=None,
            nonce=nonce,
            made_at=self._now,
            decided_at=None,
            decided_by="",
        )
        session.add(row)
        session.flush()
        if guest.friend_id is not None:
            words = asking.words_of(wanted)
            row.message_id = self._talks.requests.place(session, guest.friend_id, _card(row), words)
        self._staff.record(session, "ask for a reservation", "reservation", [row.id])

    # Of the shop

    @needs(Act.TALK)
    def list(self, *, waiting: bool = False, limit: int = 200) -> Sequence[Reservation]:
        """Return requests, those that wait for an answer first; only those, where asked so."""
        which = [ReservationRow.state == "open"] if waiting else []
        with self._office.database.read() as session:
            return reading.reservations(session, *which, limit=limit)

    @needs(Act.TALK)
    def get(self, reservation_id: int) -> Reservation:
        """Return a request. Raises NotFoundError."""
        with self._office.database.read() as session:
            return reading.reservation(_found(session.get(ReservationRow, reservation_id), reservation_id))

    def waiting(self, session: Session) -> int:
        """Return how many requests nobody has answered."""
        return session.scalar(select(func.count()).where(ReservationRow.state == "open")) or 0

    @needs(Act.TALK)
    def accept(self, reservation_id: int, words: str = "") -> Reservation:
        """Reserve it for them and tell them so in the talk, with some words more; who is not on LINE is told by the shop itself.

        Raises:
            NotFoundError: there is no such request.
            DecidedError: it has been answered.
            BlockedError, QuarantinedError: they cannot be told; nothing is decided.
        """
        return self._answer(reservation_id, "accepted", words)

    @needs(Act.TALK)
    def offer(self, reservation_id: int, at: datetime, words: str = "") -> Reservation:
        """Offer another time: a friend takes it with a button in the talk.

        Raises:
            InvalidInputError: that time is over, or it is the one they asked for.
            NotFoundError, DecidedError, BlockedError, QuarantinedError: as for `accept`.
        """
        if at <= self._now:
            raise InvalidInputError(_("This time is over. Choose a later one."))
        return self._answer(reservation_id, "offered", words, at)

    @needs(Act.TALK)
    def decline(self, reservation_id: int, words: str = "") -> Reservation:
        """Say that it is not possible. Raises NotFoundError, DecidedError, BlockedError, QuarantinedError: as for `accept`."""
        return self._answer(reservation_id, "declined", words)

    @needs(Act.TALK)
    def call_off(self, reservation_id: int) -> Reservation:
        """Note that an accepted reservation is not needed any more; nobody is told. Raises NotFoundError, DecidedError: it is not accepted."""
        with self._office.database.write() as session:
            found = self._decide(session, reservation_id, "called_off", ("accepted",))
        self._tell()
        return found

    def _answer(
        self, reservation_id: int, state: ReservationState, words: str, at: datetime | None = None
    ) -> Reservation:
        before = self.get(reservation_id)
        if at == before.wanted.at:
            raise InvalidInputError(_("They asked for this time. Accept the request, or offer another time."))
        decided: list[Reservation] = []

        def decide(session: Session) -> None:
            decided.append(self._decide(session, reservation_id, state, WAITS, at))

        if before.friend_id is None:
            with self._office.database.write() as session:
                decide(session)
        else:
            said = draft(asking.answer(before, state, words, at))
            self._talks.reply(before.friend_id, said, also=decide, takes_over=False)
        self._tell()
        return decided[0]

    def _decide(
        self,
        session: Session,
        reservation_id: int,
        state: ReservationState,
        among: Sequence[ReservationState],
        at: datetime | None = None,
    ) -> Reservation:
        row = _stored(session, reservation_id)
        if row.state not in among:
            raise DecidedError(_("Somebody has answered this request already. Look at what was said."))
        if state == "accepted" and row.offered_at is not None:
            row.at = row.offered_at
        row.state, row.offered_at = state, at
        row.decided_at, row.decided_by = self._now, self._staff.actor.name
        self._renew(session, row)
        self._staff.record(session, _VERBS[state], "reservation", [row.id])
        return reading.reservation(row)

    # What the friend answers

    def agree(self, session: Session, friend_id: int, data: str) -> bool:
        """Let a friend take the time they were offered, in the transaction of the event; say whether the button was for that.

        A button pressed twice, or after the shop has said something else or offered yet another time, changes nothing.
        """
        pressed = asking.taken(data)
        if pressed is None:
            return False
        number, at = pressed
        row = session.scalar(
            select(ReservationRow)
            .where(ReservationRow.id == number, ReservationRow.friend_id == friend_id)
            .with_for_update()
        )
        if row is not None and row.state == "offered" and row.offered_at == at and at > self._now:
            row.state, row.at, row.offered_at, row.decided_at = "accepted", at, None, self._now
            self._renew(session, row)
            self._staff.record(session, "take the other time", "reservation", [row.id])
            self._office.changes.tell(Topic.SITE)
        return True

    def agreed(self, session: Session, friend_id: int, data: str) -> Message | None:
        """Return what is answered to that button; None where it is none of ours."""
        pressed = asking.taken(data)
        if pressed is None:
            return None
        number, at = pressed
        mine = (ReservationRow.id == number, ReservationRow.friend_id == friend_id)
        row = session.scalar(select(ReservationRow).where(*mine))
        return asking.confirmed(None if row is None else reading.reservation(row), at)

    def _renew(self, session: Session, row: ReservationRow) -> None:
        session.flush()
        if row.message_id is not None:
            self._talks.requests.renew(session, row.message_id, _card(row))

    def _tell(self) -> None:
        self._office.tell()
        self._office.changes.tell(Topic.TALKS)


def _stored(session: Session, reservation_id: int) -> ReservationRow:
    """Return the row of a request, until the transaction ends nobody else's. Raises NotFoundError."""
    chosen = select(ReservationRow).where(ReservationRow.id == reservation_id)
    return _found(session.scalar(chosen.with_for_update()), reservation_id)


def _found(row: ReservationRow | None, reservation_id: int) -> ReservationRow:
    if row is None:
        raise NotFoundError(_("There is no request {id}.").format(id=reservation_id))
    return row


def _card(row: ReservationRow) -> dict[str, Any]:
    return asking.card(reading.reservation(row))


_VERBS = {"accepted": "accept", "offered": "offer", "declined": "decline", "called_off": "call off"}
