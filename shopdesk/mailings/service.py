"""Mailings: written beside a broadcast, previewed, sent, settled."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Select, select, update

from shopdesk.broadcasts import by_mail_after, tables as broadcasts
from shopdesk.changes import Topic
from shopdesk.errors import NotFoundError, ShopDeskError
from shopdesk.i18n import _
from shopdesk.leases import LeaseHeldError
from shopdesk.mailings import planning, reading, recipients
from shopdesk.mailings.capping import Capped
from shopdesk.mailings.leaving import Leaving
from shopdesk.mailings.ledger import Ledger, broken, cancel_waiting, settle_claimed
from shopdesk.mailings.posting import Posting
from shopdesk.mailings.records import MailDue, Mailing, MailPlan, MailSums
from shopdesk.mailings.tables import LetterRow, MailingRow
from shopdesk.messages import Letter, Sender
from shopdesk.segments import compile_rule
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.changes import Changes
    from shopdesk.clock import Clock
    from shopdesk.database import Database
    from shopdesk.leases import Leases
    from shopdesk.links import Links
    from shopdesk.mail import Account
    from shopdesk.quarantine import Installation
    from shopdesk.segments import Segments
    from shopdesk.settings import Settings
    from shopdesk.staff import Staff

LEASE = "mailer"


class MailingError(ShopDeskError):
    """The mail cannot go out as things are."""

    code = "mailing"


class Mailings:
    """The mails of one shop. `account` gives its account with the mail provider."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        staff: Staff,
        changes: Changes,
        *,
        leases: Leases,
        installation: Installation,
        settings: Settings,
        segments: Segments,
        links: Links,
        account: Callable[[], Account],
    ) -> None:
        self._database = database
        self._clock = clock
        self._staff = staff
        self._changes = changes
        self._leases = leases
        self._installation = installation
        self._settings = settings
        self._segments = segments
        self._links = links
        self._account = account
        self.leaving = Leaving(database, clock, staff, changes)

    # Writing

    @needs(Act.DRAFT)
    def write(self, broadcast_id: int, letter: Letter | None, *, counts: bool = False) -> None:
        """Put a mail beside a broadcast to a segment, or with None take it away; a draft may be wrong, the dry run says so.

        With `counts` the addresses in it become each reader's own, and tell who opened them.

        Raises:
            NotFoundError: there is no such broadcast.
            MailingError: it has begun, or the broadcast is for everyone.
        """
        with self._database.write() as session:
            broadcast = _broadcast(session, broadcast_id)
            row = session.get(MailingRow, broadcast_id)
            if (letter, letter is not None and counts) == _written(row):
                return
            if row is not None and row.frozen_at is not None:
                raise MailingError(_("This mail has been started and cannot be changed. Make a new broadcast."))
            if letter is None:
                session.delete(row)
            elif broadcast.audience == "follow" and not broadcast.mail_only:
                raise MailingError(_("Who gets this has had the mail already, so no mail goes with it."))
            elif broadcast.audience not in {"segment", "follow"}:
                raise MailingError(_("A mail goes to a segment. Choose a segment instead of everyone."))
            else:
                made = row or MailingRow(broadcast_id=broadcast_id, control="none", paused_reason="", frozen_at=None)
                made.subject, made.text, made.counts = letter.subject, letter.text, counts
                session.add(made)
            self._staff.record(session, "write mail", "broadcast", [broadcast_id])
        self._changes.tell(Topic.BROADCASTS)

    @needs(Act.DRAFT)
    def get(self, broadcast_id: int) -> Mailing | None:
        """Return the mail of a broadcast, None where it has none."""
        with self._database.read() as session:
            row = session.get(MailingRow, broadcast_id)
        return None if row is None else Mailing(broadcast_id, Letter(row.subject, row.text), row.counts)

    @needs(Act.DRAFT)
    def preview(self, broadcast_id: int) -> MailPlan:
        """Return the dry run; once it has begun, of those who were chosen then. Raises NotFoundError."""
        with self._database.read() as session:
            row = reading.stored(session, broadcast_id)
            terms = self._terms(broadcast_id, counts=row.counts)
            people = self._people(session, broadcast_id)
            plan = planning.plan(session, people, Letter(row.subject, row.text), terms)
            if row.frozen_at is None:
                return plan
            sums = reading.sums(session, [row], alive=False)[broadcast_id]
        return replace(plan, planned=sums.planned, left_out=sums.left_out)

    @needs(Act.DRAFT)
    def look(
        self,
        segment: str,
        letter: Letter,
        but: int | None = None,
        *,
        counts: bool = False,
        mail_only: bool = False,
        follows: int | None = None,
    ) -> MailPlan:
        """Return the dry run of a letter that is still being written, for broadcast `but`.

        With `mail_only` it goes to everybody in the segment, not only to those whom LINE does not reach; a follow-up goes to
        whoever opened nothing of the broadcast that it `follows`. Raises NotFoundError.
        """
        terms = self._terms(but, counts=counts)
        with self._database.read() as session:
            people = self._of_segment(segment, alone=mail_only) if follows is None else by_mail_after(follows, but)
            return planning.plan(session, people, letter, terms)

    def sender(self) -> Sender:
        """Return who the shop is in its mails, as it is set."""
        found = self._settings.all()
        shop, mail, place, contact = (
            str(found[key]) for key in ("shop_name", "mail_address", "shop_address", "shop_contact")
        )
        return Sender(shop, mail, place, contact, self._settings.fixed_address())

    def _terms(self, broadcast_id: int | None, *, counts: bool) -> planning.Terms:
        now, quiet = self._clock.now(), self._settings.quiet_hours()
        capped = Capped.at(self._settings.cap(), now, broadcast_id)
        return planning.Terms(
            self.sender(), bool(self._account().host), counts, capped, quiet.over_at(now) if quiet is not None else None
        )

    # Sending

    @needs(Act.SEND)
    def send(self, broadcast_id: int, *, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> MailSums:
        """Mail, or go on mailing, in the foreground until finished, paused or stopped. Safe to repeat.

        Raises:
            NotFoundError: this broadcast has no mail.
            MailingError: the mail cannot be sent as it is written, the law asks for more, there is no server, or it was cancelled.
            LeaseHeldError: another process is mailing.
            QuarantinedError: the home was copied or restored.
        """
        sender = self.require_ready(broadcast_id)
        with self._database.read() as session:
            if reading.stored(session, broadcast_id).control == "cancel":
                raise MailingError(_("This mail was cancelled. Make a new broadcast to send it after all."))
            people = self._people(session, broadcast_id)
        lease = self._leases.take(LEASE)
        try:
            ledger = Ledger(
                self._database,
                self._clock,
                self._installation,
                lease,
                self._links,
                broadcast_id,
                sender,
                self._settings.cap(),
                self._settings.quiet_hours(),
            )
            ledger.begin(people)
            asyncio.run(Posting(self._account(), ledger, lease, self._clock, sleep).run())
        finally:
            lease.release()
            self._changes.tell(Topic.BROADCASTS)
        return self.status(broadcast_id)

    def require_ready(self, broadcast_id: int) -> Sender:
        """Return who the shop is in its mails.

        Raises:
            NotFoundError: this broadcast has no mail.
            MailingError: what is wrong with the letter, what the law asks for and is missing, or the server.
        """
        with self._database.read() as session:
            row = reading.stored(session, broadcast_id)
        terms = self._terms(broadcast_id, counts=row.counts)
        wrong = planning.wrong_letter(Letter(row.subject, row.text))
        problems = (*wrong, *planning.uncountable(terms), *planning.lacking(terms))
        if problems:
            raise MailingError(" ".join(problems))
        return terms.sender

    def due(self, until: datetime) -> list[MailDue]:
        """Return what goes on by itself at `until`: after quiet hours, and after a process that died."""
        quiet = self._settings.quiet_hours()
        if quiet is not None and quiet.over_at(until) is not None:
            return []
        alive = self._leases.held(LEASE)
        with self._database.read() as session:
            return list(reading.due(session, until, alive=alive))

    def _people(self, session: Session, broadcast_id: int) -> Select[Any]:
        """Those of the broadcast whom its mail is to reach, with its reason: its frozen people where there are some, else those it is for."""
        broadcast = _broadcast(session, broadcast_id)
        if broadcast.frozen_at is not None:
            return recipients.of_frozen(broadcast_id)
        if broadcast.follows_id is not None:
            return by_mail_after(broadcast.follows_id, broadcast_id)
        return self._of_segment(broadcast.segment_name, alone=broadcast.mail_only)

    def _of_segment(self, name: str, *, alone: bool) -> Select[Any]:
        return recipients.of_segment(compile_rule(self._segments.rule_now(name), self._clock.now()), alone=alone)

    @needs(Act.SEND)
    def ask(self, broadcast_id: int, control: Literal["pause", "cancel"]) -> MailSums:
        """Stop after the letter in hand, for now or for good.

        Raises:
            NotFoundError: this broadcast has no mail.
        """
        with self._database.write() as session:
            row = reading.stored(session, broadcast_id)
            if row.control != "cancel":
                row.control = control
            if control == "cancel":
                cancel_waiting(session, broadcast_id)
            self._staff.record(session, control, "mail", [broadcast_id])
        if control == "cancel":
            self._settle_if_nobody_mails(broadcast_id)
        self._changes.tell(Topic.BROADCASTS)
        return self.status(broadcast_id)

    def _settle_if_nobody_mails(self, broadcast_id: int) -> None:
        try:
            lease = self._leases.take(LEASE)
        except LeaseHeldError:
            return  # the process that mails finishes the letter in hand
        try:
            with self._database.write() as session:
                lease.check(session)
                settle_claimed(session, broadcast_id, self._clock.now())
        finally:
            lease.release()

    @needs(Act.SEND)
    def settle(self, broadcast_id: int, as_: Literal["accepted", "failed"]) -> MailSums:
        """Say of every letter whose outcome is not known what it was. Raises NotFoundError."""
        with self._database.write() as session:
            reading.stored(session, broadcast_id)
            mine = update(LetterRow).where(LetterRow.broadcast_id == broadcast_id, LetterRow.state == "unknown")
            session.execute(mine.values(state=as_, reason="by_hand"))
            self._staff.record(session, "settle", "mail", [broadcast_id], [as_])
        self._changes.tell(Topic.BROADCASTS)
        return self.status(broadcast_id)

    # Reading

    def status(self, broadcast_id: int) -> MailSums:
        """Return how far it is; before it has begun, whom it would go to now. Raises NotFoundError."""
        alive, cap, now = self._leases.held(LEASE), self._settings.cap(), self._clock.now()
        with self._database.read() as session:
            row = reading.stored(session, broadcast_id)
            sums = reading.sums(session, [row], alive=alive)[broadcast_id]
            if sums.state != "draft":
                return sums
            try:
                people = self._people(session, broadcast_id)
            except ShopDeskError:  # its segment is gone: the dry run says so
                return sums
            return reading.expected(sums, recipients.chosen(session, people, Capped.at(cap, now, broadcast_id)))

    def statuses(self, broadcast_ids: Iterable[int]) -> dict[int, MailSums]:
        """Return how far the mails of these broadcasts are; those without one are not in it, of drafts nobody is counted."""
        alive = self._leases.held(LEASE)
        with self._database.read() as session:
            rows = session.scalars(select(MailingRow).where(MailingRow.broadcast_id.in_(list(broadcast_ids)))).all()
            return reading.sums(session, rows, alive=alive)

    def broken(self) -> list[int]:
        """Return the letters whose stored bytes or state cannot be (I1, I3); none when all is sound."""
        with self._database.read() as session:
            return broken(session)


def _written(row: MailingRow | None) -> tuple[Letter | None, bool]:
    return (None, False) if row is None else (Letter(row.subject, row.text), row.counts)


def _broadcast(session: Session, broadcast_id: int) -> broadcasts.BroadcastRow:
    row = session.get(broadcasts.BroadcastRow, broadcast_id)
    if row is None:
        raise NotFoundError(
            _("There is no broadcast {id}. Look in the list which ones there are.").format(id=broadcast_id)
        )
    return row
