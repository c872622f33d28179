"""Broadcasts: drafted, previewed, frozen, sent, settled."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import select

from shopdesk.broadcasts import (
    controls,
    drafting,
    following,
    freezing,
    invariants,
    reading,
    schedules,
    sending,
    telling,
)
from shopdesk.broadcasts.lookalikes import look_alikes
from shopdesk.broadcasts.office import LEASE, Office
from shopdesk.broadcasts.previews import dry_run
from shopdesk.broadcasts.records import Drafted
from shopdesk.broadcasts.steps import Steps
from shopdesk.broadcasts.tables import BroadcastRow
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    import builtins
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from sqlalchemy import Select

    from shopdesk.broadcasts.records import PersonState, Preview, Recipient, Status, Taken, Why
    from shopdesk.broadcasts.schedules import Due
    from shopdesk.changes import Changes
    from shopdesk.clock import Clock
    from shopdesk.coupons import Coupons
    from shopdesk.database import Database
    from shopdesk.leases import Leases
    from shopdesk.line import Line
    from shopdesk.links import Links
    from shopdesk.messages import Draft
    from shopdesk.quarantine import Installation
    from shopdesk.segments import Segments
    from shopdesk.settings import Settings
    from shopdesk.staff import Staff


class Broadcasts:
    """The broadcasts of one shop. `steps` makes those of automations."""

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
        coupons: Coupons,
        links: Links,
        mailed: Callable[[int], Select[Any]],
    ) -> None:
        self._office = Office(
            database, clock, staff, changes, line, leases, installation, settings, segments, coupons, links, mailed
        )
        self._staff = staff
        self.steps = Steps(self._office)

    # Reading

    def status(self, broadcast_id: int) -> Status:
        """Return how far a broadcast is. Raises NotFoundError."""
        at = self._office.moment()
        with self._office.database.read() as session:
            return reading.statuses(session, [reading.stored(session, broadcast_id)], at)[0]

    def list(self, limit: int = 100, after: int | None = None) -> list[Status]:
        """Return broadcasts, the latest first; `after` is the id of the last one of the page before.

        Those of automations are in it only while somebody in them waits, or while it is not known what became of somebody.
        """
        chosen = select(BroadcastRow).where(reading.listed()).order_by(BroadcastRow.id.desc()).limit(limit)
        if after is not None:
            chosen = chosen.where(BroadcastRow.id < after)
        at = self._office.moment()
        with self._office.database.read() as session:
            return reading.statuses(session, session.scalars(chosen), at)

    def under_way(self) -> builtins.list[Status]:
        """Return those that wait, are being sent or are paused, the latest first."""
        at = self._office.moment()
        with self._office.database.read() as session:
            return reading.under_way(session, at)

    @needs(Act.DRAFT)
    def people(
        self, broadcast_id: int, state: PersonState | None = None, *, after: int | None = None, limit: int = 200
    ) -> builtins.list[Recipient]:
        """Return the people of a frozen broadcast, with reasons; `after` is the id of the last one of the page before."""
        with self._office.database.read() as session:
            return reading.people(session, broadcast_id, state, after, limit)

    @needs(Act.DRAFT)
    def last_before(self, user_id: str, at: datetime) -> Taken | None:
        """Return the last broadcast that LINE took for a friend before a moment, None where there was none."""
        with self._office.database.read() as session:
            return reading.last_before(session, user_id, at)

    @needs(Act.DRAFT)
    def preview(self, broadcast_id: int) -> Preview:
        """Return the dry run: who, who not and why, messages, quota, yen, and what some people would read.

        Raises:
            NotFoundError: there is no such broadcast, or its segment is gone.
        """
        with self._office.database.read() as session:
            row = reading.stored(session, broadcast_id)
            dry = freezing.look(self._office, session, row)
            alike = look_alikes(session, row, freezing.who(self._office, session, row), self._office.clock.now())
        return dry_run(dry, alike, self._office)

    @needs(Act.DRAFT)
    def reasons(self, broadcast_id: int) -> builtins.list[Why]:
        """Return why people of a frozen broadcast were left out, failed or are unclear, with how many of each."""
        with self._office.database.read() as session:
            return reading.reasons(session, broadcast_id)

    def sender_lives(self) -> bool:
        """Tell whether a process holds the sender's lease; up to 15 s after it was killed this still says so."""
        return self._office.leases.held(LEASE)

    def due(self, until: datetime) -> builtins.list[Due]:
        """Return what is to begin or go on by itself at `until`; where it `asks`, it is too late for that."""
        return schedules.due(self._office, until)

    def broken_sums(self) -> builtins.list[int]:
        """Return the broadcasts whose people and requests contradict each other (I1); none when all is sound."""
        with self._office.database.read() as session:
            return invariants.broken_sums(session)

    def broken_hashes(self) -> builtins.list[int]:
        """Return the requests that do not match their hash, or whose key was used too late (I3)."""
        with self._office.database.read() as session:
            return invariants.broken_hashes(session)

    # Drafting

    @needs(Act.DRAFT)
    def draft(
        self,
        messages: Draft,
        *,
        segment: str | None = None,
        everyone: bool = False,
        each: bool = False,
        name: str = "",
        at: datetime | None = None,
        messages_b: Draft | None = None,
        split: int = 0,
        holdout: int = 0,
        counts: bool = False,
        mail_only: bool = False,
    ) -> int:
        """Keep a draft and return its id; nobody is chosen yet.

        Args:
            messages: What is said.
            segment: The name of a saved segment, or
            everyone: all friends: by LINE's broadcast where that is right, with `each` only those we know.
            each: One by one also where LINE's broadcast would do.
            name: What the shop calls it; by default who it is for.
            at: When to send, aware and in the future; None for when somebody says so.
            messages_b: What `split` per cent (1–99) of the people read instead, chosen at random.
            split: As said.
            holdout: How many per cent (0–90), chosen at random, get nothing, to compare with.
            counts: Let the addresses in it be each reader's own, and tell who opened them.
            mail_only: Say nothing on LINE; the mail beside it goes to everybody in it who agreed to mail.

        Raises:
            InvalidInputError: neither or both of segment and everyone, a past time, or a share that is none.
            NotFoundError: there is no such segment.
        """
        wanted = Drafted(
            messages,
            segment,
            everyone=everyone,
            each=each,
            name=name,
            messages_b=messages_b,
            split=split,
            holdout=holdout,
            counts=counts,
            mail_only=mail_only,
        )
        return drafting.add(self._office, wanted, at)

    @needs(Act.DRAFT)
    def follow_up(self, broadcast_id: int, messages: Draft, *, by_mail: bool) -> int:
        """Draft what whoever opened no link of a broadcast gets by the other way; where that is drafted already, return its id.

        Who it is for is decided when it is sent; each person gets at most one.

        Raises:
            NotFoundError: there is no such broadcast.
            StateError: nobody got it that way, its links were not counted, or it is a follow-up itself.
        """
        return following.make(self._office, broadcast_id, messages, by_mail=by_mail)

    def follow_up_of(self, broadcast_id: int, *, by_mail: bool) -> int | None:
        """Return the follow-up of a broadcast that is drafted or sent by that way, None for none."""
        return following.there(self._office, broadcast_id, by_mail=by_mail)

    @needs(Act.DRAFT)
    def drafted(self, broadcast_id: int) -> Drafted:
        """Return what was drafted: what is said and to whom. Raises NotFoundError."""
        return drafting.drafted(self._office, broadcast_id)

    @needs(Act.DRAFT)
    def revise(self, broadcast_id: int, wanted: Drafted) -> None:
        """Write a draft anew.

        Raises:
            StateError: who gets it has been decided already, or it was cancelled.
            InvalidInputError, NotFoundError: as for a new draft.
        """
        drafting.revise(self._office, broadcast_id, wanted)

    @needs(Act.SEND)
    def freeze(self, broadcast_id: int) -> Status:
        """Decide for good who gets it: one row for each person, with a reason for those left out. Safe to repeat.

        Raises:
            EmptyAudienceError: nobody would get it.
            QuotaError: the month's messages do not suffice.
            LineError: LINE cannot be asked, or refuses the messages.
        """
        freezing.freeze(self._office, broadcast_id)
        return self.status(broadcast_id)

    # Sending

    @needs(Act.SEND)
    def tell_of_expiry(self) -> int | None:
        """Make the broadcast to those whose points expire soon, where the card says so and this is the time; return its id.

        It is due at once. A person is told once of one date.
        """
        return telling.make(self._office)

    @needs(Act.SEND)
    def schedule(self, broadcast_id: int, at: datetime | None) -> Status:
        """Let it begin by itself at this time, or with None only when somebody says so.

        Raises:
            InvalidInputError: the time is over.
            StateError: it has begun, or it was cancelled.
        """
        schedules.schedule(self._office, broadcast_id, at)
        return self.status(broadcast_id)

    @needs(Act.SEND)
    def start(self, broadcast_id: int) -> Status:
        """Freeze it and let the shop's cooling time begin, in which `cancel` leaves everybody unsent.

        Afterwards `send` waits for the rest of that time; where nobody calls it, what is due is begun by itself.

        Raises:
            StateError, EmptyAudienceError, QuotaError, MessageError, LineError: as `send`.
        """
        self.freeze(broadcast_id)
        cooling = self._office.settings.cooling()
        if cooling and not self.status(broadcast_id).mail_only:
            schedules.cool(self._office, broadcast_id, cooling)
        return self.status(broadcast_id)

    @needs(Act.SEND)
    def send(
        self,
        broadcast_id: int,
        *,
        late_ok: bool = False,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        cooling: Callable[[datetime], None] = lambda _until: None,
    ) -> Status:
        """Send, or go on sending, in the foreground until finished, paused or stopped. Safe to repeat.

        Args:
            broadcast_id: Which one.
            late_ok: Send although its scheduled time was more than an hour ago.
            sleep: How back-off waits; tests give one that does not.
            cooling: Is told once until when the cooling time is waited for, where there is one.

        Raises:
            StateError: it was cancelled.
            LateError: its time is long over.
            QuarantinedError: the home was copied or restored.
            LeaseHeldError: another process is sending.
            LineError: LINE cannot be reached, or does not know the keys.
            QuotaError, EmptyAudienceError, MessageError: it cannot work, and nothing was sent.
        """
        now = self.status(broadcast_id)
        if now.state == "finished":
            return now
        sending.send(self._office, broadcast_id, late_ok=late_ok, sleep=sleep, cooling=cooling)
        return self.status(broadcast_id)

    @needs(Act.SEND)
    def pause(self, broadcast_id: int) -> Status:
        """Ask the sender to stop after what is on its way. Raises StateError, NotFoundError."""
        controls.ask(self._office, broadcast_id, "pause")
        return self.status(broadcast_id)

    @needs(Act.SEND)
    def cancel(self, broadcast_id: int) -> Status:
        """Send it to nobody else. Who is on the way already is finished by the sender, or unknown where none runs."""
        controls.ask(self._office, broadcast_id, "cancel")
        return self.status(broadcast_id)

    @needs(Act.SEND)
    def settle(self, broadcast_id: int, as_: Literal["accepted", "failed"]) -> Status:
        """Say of everybody whose outcome is not known what it was. Raises NotFoundError, StateError where there is nobody."""
        controls.settle(self._office, broadcast_id, as_)
        return self.status(broadcast_id)
