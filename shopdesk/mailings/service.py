"""Mailings: written beside a broadcast, previewed, sent, settled."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Select, func, select, update

from shopdesk.broadcasts import tables as broadcasts
from shopdesk.changes import Topic
from shopdesk.errors import NotFoundError, ShopDeskError
from shopdesk.i18n import _
from shopdesk.leases import LeaseHeldError
from shopdesk.mailings import recipients
from shopdesk.mailings.ledger import Ledger, broken, cancel_waiting, settle_claimed
from shopdesk.mailings.posting import Posting
from shopdesk.mailings.records import Mailing, MailPlan, MailSums
from shopdesk.mailings.states import sentence
from shopdesk.mailings.tables import LetterRow, MailingRow
from shopdesk.messages import Letter, Sender, check_letter, missing, worded
from shopdesk.segments import compile_rule

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sqlalchemy.orm import Session

    from shopdesk.changes import Changes
    from shopdesk.clock import Clock
    from shopdesk.database import Database
    from shopdesk.leases import Leases
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
        self._account = account

    # Writing

    def write(self, broadcast_id: int, letter: Letter | None) -> None:
        """Put a mail beside a broadcast to a segment, or with None take it away.

        Raises:
            NotFoundError: there is no such broadcast.
            MessageError: the letter cannot be sent.
            MailingError: it has begun, or the broadcast is for everyone.
        """
        if letter is not None:
            check_letter(letter)
        with self._database.write() as session:
            broadcast = _broadcast(session, broadcast_id)
            row = session.get(MailingRow, broadcast_id)
            if row is not None and row.frozen_at is not None:
                raise MailingError(_("This mail has been started and cannot be changed. Make a new broadcast."))
            if letter is None:
                if row is not None:
                    session.delete(row)
            elif broadcast.audience != "segment":
                raise MailingError(_("A mail goes to a segment. Choose a segment instead of everyone."))
            else:
                made = row or MailingRow(broadcast_id=broadcast_id, control="none", paused_reason="", frozen_at=None)
                made.subject, made.text = letter.subject, letter.text
                session.add(made)
            self._staff.record(session, "write mail", "broadcast", [broadcast_id])
        self._changes.tell(Topic.BROADCASTS)

    def get(self, broadcast_id: int) -> Mailing | None:
        """Return the mail of a broadcast, None where it has none."""
        with self._database.read() as session:
            row = session.get(MailingRow, broadcast_id)
        return None if row is None else Mailing(broadcast_id, Letter(row.subject, row.text))

    def preview(self, broadcast_id: int) -> MailPlan:
        """Return the dry run. Raises NotFoundError."""
        sender = self.sender()
        with self._database.read() as session:
            row = _mailing(session, broadcast_id)
            who = recipients.with_reasons(self._people(session, broadcast_id)).subquery()
            counted = select(who.c.reason, func.count()).group_by(who.c.reason)
            counts: dict[str, int] = dict(session.execute(counted).all())
            first = select(who.c.customer_id).where(who.c.reason == "").order_by(who.c.customer_id).limit(1)
            name = session.scalar(select(recipients.CUSTOMER.name).where(recipients.CUSTOMER.id.in_(first))) or ""
        planned = counts.pop("", 0)
        left_out = sorted(((code, sentence(code), n) for code, n in counts.items()), key=lambda one: -one[2])
        read = worded(Letter(row.subject, row.text), sender, name)
        return MailPlan(planned, tuple(left_out), f"{read.subject}\n\n{read.text}", tuple(self._problems(sender)))

    def sender(self) -> Sender:
        """Return who the shop is in its mails, as it is set."""
        found = self._settings.all()
        keys = ("shop_name", "mail_address", "shop_address", "shop_contact")
        return Sender(*(str(found[key]) for key in keys))

    def _problems(self, sender: Sender) -> list[str]:
        lacks = missing(sender)
        found = []
        if lacks:
            said = _("The law asks for this in every mail: {what}. Enter it in the mail settings.")
            found.append(said.format(what="、".join(lacks)))
        if not self._account().host:
            found.append(_("There is no mail server yet. Enter it in the mail settings."))
        return found

    # Sending

    def send(self, broadcast_id: int, *, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> MailSums:
        """Mail, or go on mailing, in the foreground until finished, paused or stopped. Safe to repeat.

        Raises:
            NotFoundError: this broadcast has no mail.
            MailingError: what the law asks for is missing, there is no server, or it was cancelled.
            LeaseHeldError: another process is mailing.
            QuarantinedError: the home was copied or restored.
        """
        sender = self.require_ready()
        with self._database.read() as session:
            row = _mailing(session, broadcast_id)
            if row.control == "cancel":
                raise MailingError(_("This mail was cancelled. Make a new broadcast to send it after all."))
            people = self._people(session, broadcast_id)
        lease = self._leases.take(LEASE)
        try:
            ledger = Ledger(self._database, self._clock, self._installation, lease, broadcast_id, sender)
            ledger.begin(people)
            asyncio.run(Posting(self._account(), ledger, lease, self._clock, sleep).run())
        finally:
            lease.release()
            self._changes.tell(Topic.BROADCASTS)
        return self.status(broadcast_id)

    def require_ready(self) -> Sender:
        """Return who the shop is in its mails. Raises MailingError: what the law asks for is missing, or the server."""
        sender = self.sender()
        problems = self._problems(sender)
        if problems:
            raise MailingError(" ".join(problems))
        return sender

    def _people(self, session: Session, broadcast_id: int) -> Select[Any]:
        """Those of the broadcast whom LINE does not reach: of its frozen people where there are some, else of its segment."""
        broadcast = _broadcast(session, broadcast_id)
        if broadcast.frozen_at is not None:
            return recipients.of_frozen(broadcast_id)
        rule = self._segments.rule_now(broadcast.segment_name)
        return recipients.of_segment(compile_rule(rule, self._clock.now()))

    def ask(self, broadcast_id: int, control: Literal["pause", "cancel"]) -> MailSums:
        """Stop after the letter in hand, for now or for good.

        Raises:
            NotFoundError: this broadcast has no mail.
        """
        with self._database.write() as session:
            row = _mailing(session, broadcast_id)
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

    def settle(self, broadcast_id: int, as_: Literal["accepted", "failed"]) -> MailSums:
        """Say of every letter whose outcome is not known what it was. Raises NotFoundError."""
        with self._database.write() as session:
            _mailing(session, broadcast_id)
            mine = update(LetterRow).where(LetterRow.broadcast_id == broadcast_id, LetterRow.state == "unknown")
            session.execute(mine.values(state=as_, reason="by_hand"))
            self._staff.record(session, "settle", "mail", [broadcast_id], [as_])
        self._changes.tell(Topic.BROADCASTS)
        return self.status(broadcast_id)

    # Reading

    def status(self, broadcast_id: int) -> MailSums:
        """Return how far it is. Raises NotFoundError."""
        with self._database.read() as session:
            row = _mailing(session, broadcast_id)
            counted = select(LetterRow.state, func.count()).where(LetterRow.broadcast_id == broadcast_id)
            by_state: dict[str, int] = dict(session.execute(counted.group_by(LetterRow.state)).all())
        remaining = by_state.get("waiting", 0) + by_state.get("claimed", 0)
        reason = "asked" if row.control == "pause" else row.paused_reason
        return MailSums(
            state=_state(row, remaining),
            planned=sum(by_state.values()) - by_state.get("excluded", 0),
            remaining=remaining,
            **{kind: by_state.get(kind, 0) for kind in ("accepted", "failed", "unknown", "cancelled", "excluded")},
            reason=reason,
            sentence=sentence(reason),
        )

    def broken(self) -> list[int]:
        """Return the letters whose stored bytes or state cannot be (I1, I3); none when all is sound."""
        with self._database.read() as session:
            return broken(session)


def _state(row: MailingRow, remaining: int) -> Literal["draft", "waiting", "paused", "finished", "cancelled"]:
    if row.control == "cancel":
        return "cancelled"
    if row.frozen_at is None:
        return "draft"
    if not remaining:
        return "finished"
    return "paused" if row.paused_reason or row.control == "pause" else "waiting"


def _broadcast(session: Session, broadcast_id: int) -> broadcasts.BroadcastRow:
    row = session.get(broadcasts.BroadcastRow, broadcast_id)
    if row is None:
        raise NotFoundError(
            _("There is no broadcast {id}. Look in the list which ones there are.").format(id=broadcast_id)
        )
    return row


def _mailing(session: Session, broadcast_id: int) -> MailingRow:
    row = session.get(MailingRow, broadcast_id)
    if row is None:
        raise NotFoundError(_("Broadcast {id} has no mail.").format(id=broadcast_id))
    return row
