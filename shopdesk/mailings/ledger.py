"""The mailing's transactions: what became of a letter in, the next letter out, under the lease's fencing number."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, literal, select, update

from shopdesk.links import sound
from shopdesk.mailings import recipients
from shopdesk.mailings.capping import Capped
from shopdesk.mailings.records import Became, Claimed
from shopdesk.mailings.tables import LeftOutRow, LetterRow, MailingRow
from shopdesk.messages import Letter, Own, Sender, asked, card_values, composed, countable, sound_address

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from shopdesk.clock import Clock
    from shopdesk.database import Database
    from shopdesk.leases import Lease
    from shopdesk.links import Links
    from shopdesk.quarantine import Installation
    from shopdesk.settings import Cap, QuietHours


@dataclass(frozen=True)
class Ledger:
    """What one process may write about one mailing. Cap and quiet hours are those of its beginning."""

    database: Database
    clock: Clock
    installation: Installation
    lease: Lease
    links: Links
    broadcast_id: int
    sender: Sender
    cap: Cap | None
    quiet: QuietHours | None

    def begin(self, people: Select[Any]) -> None:
        """Freeze who gets a letter, once; letters that an earlier process had in hand become unknown.

        Raises:
            LeaseLostError: another process mails now.
            QuarantinedError: the home is held back.
        """
        with self.database.write() as session:
            self.lease.check(session)
            self.installation.require_free(session)
            row = session.get_one(MailingRow, self.broadcast_id)
            if row.frozen_at is None:
                _freeze(session, self.broadcast_id, people, self._capped)
                self._make_links(session, row)
                row.frozen_at = self.clock.now()
            row.paused_reason = ""
            row.control = "none" if row.control == "pause" else row.control
            settle_claimed(session, self.broadcast_id, self.clock.now())

    def step(self, became: Became | None) -> Claimed | None:
        """Write what became of a letter and commit the next one's bytes; None when nobody is left or somebody stopped it.

        Raises:
            LeaseLostError: another process mails now; nothing was written.
            QuarantinedError: the home is held back; what had happened was written before.
        """
        with self.database.write() as session:
            self.lease.check(session)
            if became is not None:
                _write(session, became)
        with self.database.write() as session:
            self.lease.check(session)
            self.installation.require_free(session)
            row = session.get_one(MailingRow, self.broadcast_id)
            if row.control == "cancel":
                cancel_waiting(session, self.broadcast_id)
            elif row.control == "none" and self.quiet and self.quiet.over_at(self.clock.now()):
                row.paused_reason = "quiet_hours"
            elif row.control == "none":
                return self._next(session, row)
        return None

    def pause(self, became: Became, reason: str) -> None:
        """Write what became of the letter in hand, and why nothing more is mailed for now. Raises LeaseLostError."""
        with self.database.write() as session:
            self.lease.check(session)
            _write(session, became)
            session.get_one(MailingRow, self.broadcast_id).paused_reason = reason

    def _make_links(self, session: Session, row: MailingRow) -> None:
        for to in sorted({sound(one) for one in self._counted(row)}):
            self.links.made(session, to, row.subject, row.broadcast_id, mailed=True)

    def _counted(self, row: MailingRow) -> frozenset[str]:
        """The addresses in the mail that become each reader's own."""
        return countable(row.text, self.sender.pages) if row.counts else frozenset()

    def _own(self, session: Session, row: MailingRow, customer_id: int) -> Own:
        """What is one reader's own: values from their shop card, and addresses that tell whether they open them."""
        values = card_values(session, asked(Letter(row.subject, row.text)), [customer_id])
        counted = self._counted(row)
        made = self.links.of_customer(session, row.broadcast_id, customer_id) if counted else {}
        theirs = {one: self.links.address(made[sound(one)]) for one in counted if sound(one) in made}
        return Own(values.get(customer_id, {}), links=theirs)

    @property
    def _capped(self) -> Capped | None:
        return Capped.at(self.cap, self.clock.now(), self.broadcast_id)

    def _next(self, session: Session, row: MailingRow) -> Claimed | None:
        waits = select(LetterRow).where(LetterRow.broadcast_id == row.broadcast_id, LetterRow.state == "waiting")
        while (letter := session.scalar(waits.order_by(LetterRow.id).limit(1))) is not None:
            why_not, to, name = _person(session, letter.customer_id, self._capped)
            if why_not or letter.customer_id is None:
                letter.state, letter.reason = "excluded", why_not
                session.flush()
                continue
            said = Letter(row.subject, row.text)
            own = self._own(session, row, letter.customer_id)
            body = composed(said, self.sender, to, name, own, key=letter.key, at=self.clock.now())
            letter.state, letter.body, letter.sha256 = "claimed", body, hashlib.sha256(body).hexdigest()
            session.flush()
            return Claimed(letter.id, to, body)
        return None


def _person(session: Session, customer_id: int | None, capped: Capped | None) -> tuple[str, str, str]:
    """Why they must not get it any more (empty: they may), their address and their name."""
    customer = recipients.CUSTOMER
    found = session.execute(select(customer.email, customer.name).where(customer.id == customer_id)).one_or_none()
    if customer_id is None or found is None:
        return "no_address", "", ""
    why_not = recipients.why_not(session, customer_id, capped)
    return why_not or ("" if sound_address(found.email) else "no_address"), found.email, found.name


def _freeze(session: Session, broadcast_id: int, people: Select[Any], capped: Capped | None) -> None:
    """Write one row for each person who gets it, and how many do not and why: who they are is nothing to keep."""
    who = recipients.chosen(session, people, capped)
    rows = [
        {"broadcast_id": broadcast_id, "customer_id": one, "state": "waiting", "key": str(uuid.uuid4())}
        for one in who.customers
    ]
    empty = {"reason": "", "body": b"", "sha256": "", "code": None, "said": "", "settled_at": None}
    if rows:
        session.execute(insert(LetterRow), [one | empty for one in rows])
    session.add_all(LeftOutRow(broadcast_id=broadcast_id, reason=why, people=n) for why, n in who.left_out.items())


def _write(session: Session, became: Became) -> None:
    values: dict[str, Any] = {"state": became.state, "reason": became.reason, "code": became.code, "said": became.said}
    if became.state == "waiting":
        values |= {"body": b"", "sha256": ""}
    else:
        values["settled_at"] = became.at
    mine = update(LetterRow).where(LetterRow.id == became.id, LetterRow.state == "claimed")
    session.execute(mine.values(**values))
    _forget_bytes(session, became.id)


def _forget_bytes(session: Session, letter_id: int) -> None:
    """Drop the bytes of a letter to somebody who was forgotten while it was on its way."""
    nobodys = update(LetterRow).where(LetterRow.id == letter_id, LetterRow.customer_id.is_(None))
    session.execute(nobodys.values(body=b""))


def settle_claimed(session: Session, broadcast_id: int, now: datetime) -> None:
    """Say of every letter that was in hand that nobody knows whether it went out."""
    mine = update(LetterRow).where(LetterRow.broadcast_id == broadcast_id, LetterRow.state == "claimed")
    session.execute(mine.values(state="unknown", reason="unsure", settled_at=now))


def cancel_waiting(session: Session, broadcast_id: int) -> None:
    """Send the rest to nobody."""
    mine = update(LetterRow).where(LetterRow.broadcast_id == broadcast_id, LetterRow.state == "waiting")
    session.execute(mine.values(state="cancelled"))


def broken(session: Session) -> list[int]:
    """Return the letters whose stored bytes do not match their hash, or whose state is none (I1, I3)."""
    known = ("waiting", "claimed", "accepted", "failed", "unknown", "cancelled", "excluded")
    odd = list(session.scalars(select(LetterRow.id).where(LetterRow.state.not_in(known))))
    sent = select(LetterRow.id, LetterRow.body, LetterRow.sha256).where(func.length(LetterRow.body) > literal(0))
    stored = session.execute(sent.execution_options(yield_per=500))
    return sorted(odd + [one for one, body, sha256 in stored if hashlib.sha256(body).hexdigest() != sha256])
