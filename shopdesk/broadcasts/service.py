"""Broadcasts: drafted, previewed, frozen, sent, settled."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Select, select

from shopdesk.broadcasts import audience, controls, drafting, reading
from shopdesk.broadcasts.ledger import Ledger, settle_open
from shopdesk.broadcasts.previews import Dry, dry_run
from shopdesk.broadcasts.records import Drafted
from shopdesk.broadcasts.refusals import LATE, LateError, StateError, cancelled, refuse_hopeless
from shopdesk.broadcasts.sender import Sender
from shopdesk.broadcasts.stopping import run
from shopdesk.broadcasts.tables import BatchRow, BroadcastRow
from shopdesk.changes import Changes, Topic
from shopdesk.clock import in_japan
from shopdesk.errors import InvalidInputError
from shopdesk.i18n import _
from shopdesk.leases import LeaseHeldError
from shopdesk.messages import Draft, restored
from shopdesk.segments import compile_rule

if TYPE_CHECKING:
    import builtins
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.broadcasts.records import PersonState, Preview, Recipient, Status, Why
    from shopdesk.clock import Clock
    from shopdesk.database import Database
    from shopdesk.leases import Leases
    from shopdesk.line import Line
    from shopdesk.quarantine import Installation
    from shopdesk.segments import Segments
    from shopdesk.settings import Settings
    from shopdesk.staff import Staff

LEASE = "sender"


class Broadcasts:
    """The broadcasts of one shop."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        staff: Staff,
        changes: Changes,
        *,
        line: Line,
        leases: Leases,
        installation: Installation,
        settings: Settings,
        segments: Segments,
    ) -> None:
        self._database = database
        self._clock = clock
        self._staff = staff
        self._changes = changes
        self._line = line
        self._leases = leases
        self._installation = installation
        self._settings = settings
        self._segments = segments

    # Reading

    def status(self, broadcast_id: int) -> Status:
        """Return how far a broadcast is. Raises NotFoundError."""
        with self._database.read() as session:
            return reading.status(session, reading.stored(session, broadcast_id))

    def list(self, limit: int = 100, after: int | None = None) -> list[Status]:
        """Return broadcasts, the latest first; `after` is the id of the last one of the page before."""
        chosen = select(BroadcastRow).order_by(BroadcastRow.id.desc()).limit(limit)
        if after is not None:
            chosen = chosen.where(BroadcastRow.id < after)
        with self._database.read() as session:
            return reading.statuses(session, session.scalars(chosen))

    def under_way(self) -> builtins.list[Status]:
        """Return those that wait, are being sent or are paused, the latest first."""
        with self._database.read() as session:
            return reading.under_way(session)

    def people(
        self, broadcast_id: int, state: PersonState | None = None, *, after: int | None = None, limit: int = 200
    ) -> builtins.list[Recipient]:
        """Return the people of a frozen broadcast, with reasons; `after` is the id of the last one of the page before."""
        with self._database.read() as session:
            return reading.people(session, broadcast_id, state, after, limit)

    def preview(self, broadcast_id: int) -> Preview:
        """Return the dry run: who, who not and why, messages, quota, yen, and what some people would read.

        Raises:
            NotFoundError: there is no such broadcast, or its segment is gone.
        """
        with self._database.read() as session:
            dry = self._dry(session, reading.stored(session, broadcast_id))
        return dry_run(dry, self._line, self._settings.plan())

    def reasons(self, broadcast_id: int) -> builtins.list[Why]:
        """Return why people of a frozen broadcast were left out, failed or are unclear, with how many of each."""
        with self._database.read() as session:
            return reading.reasons(session, broadcast_id)

    def sender_lives(self) -> bool:
        """Tell whether a process holds the sender's lease; up to 15 s after it was killed this still says so."""
        return self._leases.held(LEASE)

    def broken_sums(self) -> builtins.list[int]:
        """Return the broadcasts whose people and requests contradict each other (I1); none when all is sound."""
        with self._database.read() as session:
            return reading.broken_sums(session)

    def broken_hashes(self) -> builtins.list[int]:
        """Return the requests that do not match their hash, or whose key was used too late (I3)."""
        with self._database.read() as session:
            return reading.broken_hashes(session)

    # Drafting

    def draft(
        self,
        messages: Draft,
        *,
        segment: str | None = None,
        everyone: bool = False,
        each: bool = False,
        name: str = "",
        at: datetime | None = None,
    ) -> int:
        """Keep a draft and return its id; nobody is chosen yet.

        Args:
            messages: What is said.
            segment: The name of a saved segment, or
            everyone: all friends: by LINE's broadcast where that is right, with `each` only those we know.
            each: One by one also where LINE's broadcast would do.
            name: What the shop calls it; by default who it is for.
            at: When to send, aware and in the future; None for when somebody says so.

        Raises:
            InvalidInputError: neither or both of segment and everyone, or a past time.
            NotFoundError: there is no such segment.
        """
        self._require_audience(segment, everyone=everyone)
        if at is not None and at <= self._clock.now():
            raise InvalidInputError(
                _("{time} is over. Choose a later time.").format(time=f"{in_japan(at):%Y-%m-%d %H:%M}")
            )
        wanted = Drafted(messages, segment, everyone=everyone, each=each, name=name)
        row = drafting.row(wanted, at, self._clock.now(), self._staff.actor.name)
        with self._database.write() as session:
            session.add(row)
            session.flush()
            self._staff.record(session, "draft", "broadcast", [row.id])
        self._changes.tell(Topic.BROADCASTS)
        return row.id

    def _require_audience(self, segment: str | None, *, everyone: bool) -> None:
        if everyone == (segment is not None):
            raise InvalidInputError(_("Say who gets it: a segment, or everyone."))
        if segment is not None:
            self._segments.get(segment)

    def drafted(self, broadcast_id: int) -> Drafted:
        """Return what was drafted: what is said and to whom. Raises NotFoundError."""
        with self._database.read() as session:
            return drafting.drafted(reading.stored(session, broadcast_id))

    def revise(self, broadcast_id: int, wanted: Drafted) -> None:
        """Write a draft anew.

        Raises:
            StateError: who gets it has been decided already, or it was cancelled.
            InvalidInputError, NotFoundError: as for a new draft.
        """
        self._require_audience(wanted.segment, everyone=wanted.everyone)
        with self._database.write() as session:
            row = reading.stored(session, broadcast_id, locked=True)
            if row.frozen_at is not None or row.control == "cancel":
                raise StateError(_("This broadcast has been started and cannot be changed. Make a new one."))
            drafting.write(row, wanted)
            self._staff.record(session, "revise", "broadcast", [broadcast_id])
        self._changes.tell(Topic.BROADCASTS)

    def freeze(self, broadcast_id: int) -> Status:
        """Decide for good who gets it: one row for each person, with a reason for those left out. Safe to repeat.

        Raises:
            EmptyAudienceError: nobody would get it.
            QuotaError: the month's messages do not suffice.
            LineError: LINE cannot be asked, or refuses the messages.
        """
        with self._database.read() as session:
            row = reading.stored(session, broadcast_id)
            begun = session.scalar(select(BatchRow.id).where(BatchRow.broadcast_id == broadcast_id).limit(1))
            dry = self._dry(session, row)
        if row.control == "cancel":
            raise cancelled()
        if begun is None:
            refuse_hopeless(dry, self._line)
        if row.frozen_at is None:
            with self._database.write() as session:
                row = reading.stored(session, broadcast_id, locked=True)
                if row.frozen_at is None:
                    row.frozen_people = audience.freeze(session, broadcast_id, self._audience(row))
                    row.frozen_at, row.way = self._clock.now(), dry.way
                    self._staff.record(session, "freeze", "broadcast", [broadcast_id])
            self._changes.tell(Topic.BROADCASTS)
        return self.status(broadcast_id)

    # Sending

    def send(
        self,
        broadcast_id: int,
        *,
        late_ok: bool = False,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> Status:
        """Send, or go on sending, in the foreground until finished, paused or stopped. Safe to repeat.

        Args:
            broadcast_id: Which one.
            late_ok: Send although its scheduled time was more than an hour ago.
            sleep: How back-off waits; tests give one that does not.

        Raises:
            StateError: it was cancelled.
            LateError: its time is long over.
            LeaseHeldError: another process is sending.
            LineError: LINE cannot be reached, or does not know the keys.
            QuotaError, EmptyAudienceError, MessageError: it cannot work, and nothing was sent.
        """
        now = self.status(broadcast_id)
        if now.state == "finished":
            return now
        if now.scheduled_at and not now.started_at and not late_ok and self._clock.now() - now.scheduled_at > LATE:
            raise LateError(
                _("This was to go out at {time}. Look whether it still makes sense, then send it all the same.").format(
                    time=f"{in_japan(now.scheduled_at):%Y-%m-%d %H:%M}"
                )
            )
        lease = self._leases.take(LEASE)
        try:
            self.freeze(broadcast_id)
            self._line.quota()  # also shows LINE's clock, before an old key could be used
            self._start(broadcast_id)
            ledger = Ledger(self._database, self._installation, lease, self._clock, broadcast_id)
            asyncio.run(run(lambda: Sender(self._line, ledger, lease, self._clock, sleep)))
        finally:
            lease.release()
            self._changes.tell(Topic.BROADCASTS)
        return self.status(broadcast_id)

    def _start(self, broadcast_id: int) -> None:
        with self._database.write() as session:
            self._installation.require_free(session)
            row = reading.stored(session, broadcast_id, locked=True)
            if row.control == "pause":
                row.control = "none"
            row.paused_reason = ""
            self._staff.record(session, "send", "broadcast", [broadcast_id])
        self._changes.tell(Topic.BROADCASTS)

    def pause(self, broadcast_id: int) -> Status:
        """Ask the sender to stop after what is on its way."""
        return self._ask(broadcast_id, "pause")

    def cancel(self, broadcast_id: int) -> Status:
        """Send it to nobody else. Who is on the way already is finished by the sender, or unknown where none runs."""
        return self._ask(broadcast_id, "cancel")

    def _ask(self, broadcast_id: int, control: Literal["pause", "cancel"]) -> Status:
        with self._database.write() as session:
            controls.ask(session, reading.stored(session, broadcast_id, locked=True), control)
            self._staff.record(session, control, "broadcast", [broadcast_id])
        if control == "cancel":
            self._settle_if_nobody_sends(broadcast_id)
        self._changes.tell(Topic.BROADCASTS)
        return self.status(broadcast_id)

    def _settle_if_nobody_sends(self, broadcast_id: int) -> None:
        try:
            lease = self._leases.take(LEASE)
        except LeaseHeldError:
            return  # the sender finishes what it has in hand
        try:
            with self._database.write() as session:
                lease.check(session)
                settle_open(session, broadcast_id, "cancelled", self._clock.now())
        finally:
            lease.release()

    def settle(self, broadcast_id: int, as_: Literal["accepted", "failed"]) -> Status:
        """Say of everybody whose outcome is not known what it was.

        Raises:
            NotFoundError: there is no such broadcast.
        """
        with self._database.write() as session:
            reading.stored(session, broadcast_id, locked=True)
            controls.settle(session, broadcast_id, as_, self._clock.now())
            self._staff.record(session, "settle", "broadcast", [broadcast_id], [as_])
        self._changes.tell(Topic.BROADCASTS)
        return self.status(broadcast_id)

    # Who

    def _audience(self, row: BroadcastRow) -> Select[Any]:
        if row.audience == "everyone":
            return audience.of_everyone()
        rule = self._segments.get(row.segment_name).rule
        return audience.of_segment(compile_rule(rule, self._clock.now()))

    def _dry(self, session: Session, row: BroadcastRow) -> Dry:
        """What can be said of a broadcast without LINE: from its people once frozen, else from who would be chosen."""
        draft = restored(row.messages)
        if row.frozen_at is not None:
            return Dry.frozen(session, row, draft)
        return Dry.live(session, row, draft, self._audience(row))
