"""The broadcasts of automations: who gets one is decided by the automation, in the transaction that makes it.

What follows is as with every other: retry keys, caps, quiet hours, the month's messages, and going on after a crash.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import aliased

from shopdesk.broadcasts import audience, drafting, reading
from shopdesk.broadcasts.controls import settle_if_nobody_sends
from shopdesk.broadcasts.outcomes import cancel_unclaimed
from shopdesk.broadcasts.personal import coupons_of, hindrance
from shopdesk.broadcasts.records import Drafted
from shopdesk.broadcasts.tables import BroadcastRow, RecipientRow
from shopdesk.coupons import had_enough
from shopdesk.messages import check_lengths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

    from shopdesk.broadcasts.audience import Barred
    from shopdesk.broadcasts.office import Office
    from shopdesk.messages import Draft

# Whoever is in one of these had the message, or will have it.
_HAD = ("waiting", "accepted", "unknown")


class People(NamedTuple):
    """Whose turn it is: ids of customers, and of friends who are nobody's customer."""

    customers: Select[Any]
    friends: Select[Any]


class Made(NamedTuple):
    """Of which automation and step a broadcast is, what it is called, what it says, and since when it is due."""

    automation_id: int
    step_id: int
    name: str
    said: Draft
    due: datetime


class Steps:
    """Makes, stops and counts the broadcasts of automations, in the caller's transaction."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def require_sound(self, session: Session, said: Draft) -> None:
        """Refuse messages that could be sent to nobody as things are.

        Raises:
            MessageError: LINE would refuse them.
            ShopDeskError: a coupon in them is not given out, or its page has no address.
        """
        check_lengths(said, "", public=bool(self._office.settings.fixed_address()))
        wrong = hindrance(session, self._office, (said,))
        if wrong is not None:
            raise wrong

    def make(self, session: Session, made: Made, take: Callable[[int], People]) -> int:
        """Make a broadcast whose people are decided; return its id.

        Args:
            session: The caller's transaction.
            made: What it is.
            take: Is given its id, notes who has their turn with it, and returns them.
        """
        now = self._office.clock.now()
        row = drafting.row_of(Drafted(made.said, None, name=made.name), made.due, self._office)
        row.audience, row.automation_id, row.step_id = audience.STEP, made.automation_id, made.step_id
        row.way = "push" if made.said.personal else "multicast"
        session.add(row)
        session.flush()
        people, barred = take(row.id), self._barred(row, made.said, now)
        audience.write(session, row.id, audience.of_segment(people.customers, *barred))
        row.frozen_people = audience.write(session, row.id, audience.of_friends(people.friends, *barred))
        row.frozen_at = now
        self._office.staff.record(session, "freeze", "broadcast", [row.id])
        return row.id

    def _barred(self, row: BroadcastRow, said: Draft, now: datetime) -> list[Barred]:
        """Who is left out: had it already under another name, has had enough broadcasts, or enough of a coupon in it."""
        other, person = aliased(BroadcastRow), aliased(RecipientRow)
        had = exists().where(
            person.user_id == audience.FRIEND.user_id,
            person.broadcast_id == other.id,
            other.step_id == row.step_id,
            other.id != row.id,
            person.state.in_(_HAD),
        )
        coupons = ((had_enough(one, audience.FRIEND.customer_id, now), "had_coupon") for one in coupons_of((said,)))
        return [(had, "had_step"), *self._office.barred(now, row.id), *coupons]

    def quiet(self, now: datetime) -> bool:
        """Tell whether the shop's quiet hours are at that moment."""
        hours = self._office.settings.quiet_hours()
        return hours is not None and hours.over_at(now) is not None

    def open_of(self, session: Session, steps: Iterable[int]) -> dict[int, int]:
        """Return, by step, the broadcast in which somebody still waits."""
        row = BroadcastRow
        chosen = select(row.step_id, row.id).where(row.step_id.in_(list(steps)), _open()).order_by(row.id.desc())
        return {step: one for step, one in session.execute(chosen) if step is not None}

    def standing(self, session: Session, broadcasts: Iterable[int]) -> str:
        """Return why one of these stands still and what to do, '' where all go their way."""
        rows = session.scalars(select(BroadcastRow).where(BroadcastRow.id.in_(list(broadcasts))))
        found = reading.statuses(session, rows, self._office.moment(self._office.clock.now()))
        return next((one.sentence for one in found if one.reason), "")

    def sums(self, session: Session, automation_id: int) -> dict[int, Counter[str]]:
        """Return, by step, how many people are in which state."""
        row, person = BroadcastRow, RecipientRow
        kinds = (row.step_id, person.state)
        chosen = select(*kinds, func.count()).join(person, person.broadcast_id == row.id)
        found: defaultdict[int, Counter[str]] = defaultdict(Counter)
        for step, state, number in session.execute(chosen.where(row.automation_id == automation_id).group_by(*kinds)):
            found[step or 0][state] = number
        return found

    def pause(self, session: Session, automation_id: int) -> None:
        """Let nothing more of an automation go out."""
        session.execute(_those(automation_id).where(BroadcastRow.control == "none").values(control="pause"))

    def go_on(self, session: Session, automation_id: int) -> None:
        """Let what was paused go on with the next round."""
        begins = {"control": "none", "scheduled_at": self._office.clock.now()}
        session.execute(_those(automation_id).where(BroadcastRow.control == "pause").values(**begins))

    def cancel(self, session: Session, automation_id: int, steps: Iterable[int] | None = None) -> list[int]:
        """Let nobody else get what an automation, or some of its steps, have begun; return those, for `settle` after the commit."""
        stopped = _those(automation_id).values(control="cancel").returning(BroadcastRow.id)
        if steps is not None:
            stopped = stopped.where(BroadcastRow.step_id.in_(list(steps)))
        ids = sorted(session.scalars(stopped))
        for one in ids:
            cancel_unclaimed(session, one)
        return ids

    def settle(self, ids: Iterable[int]) -> None:
        """Settle what was on its way in cancelled ones, where no sender is there to do it, and say that broadcasts have changed."""
        for one in ids:
            settle_if_nobody_sends(self._office, one)
        self._office.tell()

    def twice(self, session: Session) -> list[int]:
        """Return the steps whose message went to somebody twice; none when all is sound."""
        row, person = BroadcastRow, RecipientRow
        sent = (
            select(row.step_id)
            .join(person, person.broadcast_id == row.id)
            .where(row.step_id.is_not(None), person.user_id.is_not(None), person.state.in_(_HAD))
            .group_by(row.step_id, person.user_id)
            .having(func.count() > 1)
        )
        return sorted({one for one in session.scalars(sent) if one is not None})


def _open() -> ColumnElement[bool]:
    waits = exists().where(RecipientRow.broadcast_id == BroadcastRow.id, RecipientRow.state == "waiting")
    return (BroadcastRow.control != "cancel") & waits


def _those(automation_id: int) -> Any:
    return update(BroadcastRow).where(BroadcastRow.automation_id == automation_id, _open())
