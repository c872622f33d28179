"""A round: whose turn it is becomes a broadcast, in one transaction, so that nobody has it twice and nobody is forgotten.

Late ones (the computer was off) go out with the next round, by day; the earlier step first, and one step a day to each person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import and_, exists, insert, not_, select

from shopdesk.automations import timing
from shopdesk.automations.entering import enter, somebody_new
from shopdesk.automations.reading import steps_of, to_come, when
from shopdesk.automations.tables import AutomationRow, EntryRow, TurnRow
from shopdesk.broadcasts import LATE, OVERDUE, Made, People, by_day
from shopdesk.clock import japan_day, start_of_japan_day
from shopdesk.i18n import _
from shopdesk.messages import restored

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from shopdesk.automations.office import Office
    from shopdesk.automations.tables import StepRow


def run(office: Office, until: datetime) -> int:
    """Let in who has answered, and make the broadcasts of those whose turn it is by `until`; return how many came in."""
    with office.database.read() as session:
        running = select(AutomationRow.id).where(AutomationRow.state == "running").order_by(AutomationRow.id)
        ids = session.scalars(running).all()
    entered = made = 0
    for one in ids:
        new, begun = _round(office, one, until)
        entered, made = entered + new, made + begun
    if entered or made:
        office.tell()
    return entered


def _round(office: Office, automation_id: int, until: datetime) -> tuple[int, int]:
    """Do one automation's round; return how many came in, and how many broadcasts were made."""
    with office.database.read() as session:  # mostly there is nothing to do, and whoever writes meanwhile need not wait
        row = session.get(AutomationRow, automation_id)
        if row is None or not (somebody_new(session, row) or any(_due_steps(session, office, automation_id, until))):
            return 0, 0
    with office.database.write() as session:
        row = session.get(AutomationRow, automation_id, with_for_update=True)
        if row is None or row.state != "running":
            return 0, 0
        entered, made = enter(session, row), 0
        if entered:
            office.staff.record(session, "enter", "automation", [automation_id])
        for step in _due_steps(session, office, automation_id, until):
            _make(session, office, row, step, until)
            made += 1
        return entered, made


class _DueStep(NamedTuple):
    """A step, its number, and the condition that it is somebody's turn with it."""

    step: StepRow
    number: int
    theirs: ColumnElement[bool]


def _due_steps(session: Session, office: Office, automation_id: int, until: datetime) -> Iterator[_DueStep]:
    """Yield, one after the other, the steps with which it is anybody's turn."""
    if office.steps.quiet(until):
        return
    steps = steps_of(session, automation_id)
    under_way = office.steps.open_of(session, [one.id for one in steps])
    for number, step in enumerate(steps, 1):
        # One broadcast of a step at a time: where one stands still, the others wait for it rather than pile up behind it.
        if step.id in under_way:
            continue
        theirs = and_(*_turn(step, steps[: number - 1], until), EntryRow.automation_id == automation_id)
        if session.scalar(select(EntryRow.id).where(theirs).limit(1)) is not None:
            yield _DueStep(step, number, theirs)


def _make(session: Session, office: Office, row: AutomationRow, due: _DueStep, until: datetime) -> None:
    """Make the broadcast of those whose turn it is."""
    entry, turn, now = EntryRow, TurnRow, office.clock.now()

    def take(broadcast_id: int) -> People:
        # Read whole before the first is written: PostgreSQL would look through what it has just written for each of them.
        ids = session.scalars(select(entry.id).where(due.theirs)).all()
        had = {"step_id": due.step.id, "broadcast_id": broadcast_id, "at": now}
        session.execute(insert(turn), [{"entry_id": one, **had} for one in ids])
        chosen = select(entry.customer_id).join(turn, turn.entry_id == entry.id)
        friends = select(entry.friend_id).join(turn, turn.entry_id == entry.id)
        mine = turn.broadcast_id == broadcast_id
        return People(
            chosen.where(mine, entry.customer_id.is_not(None)), friends.where(mine, entry.friend_id.is_not(None))
        )

    name = _("{name}: message {number}").format(name=row.name, number=due.number)
    office.steps.make(session, Made(row.id, due.step.id, name, restored(due.step.messages), until), take)


def _turn(step: StepRow, before: Sequence[StepRow], now: datetime) -> list[ColumnElement[bool]]:
    """Whose turn it is with a step after those `before` it."""
    entry, turn = EntryRow, TurnRow
    today = exists().where(turn.entry_id == entry.id, turn.at >= start_of_japan_day(japan_day(now)))
    wanted = [_pending(step, now), not_(today)]
    if not by_day(now):
        in_time = entry.at > timing.answered_by(now - LATE, when(step))
        wanted.append(in_time | (entry.at <= timing.answered_by(now - OVERDUE, when(step))))
    return [*wanted, *(not_(_pending(one, now)) for one in before)]


def _pending(step: StepRow, now: datetime) -> ColumnElement[bool]:
    """The condition that somebody's time with a step has come, and they have not had their turn."""
    return and_(EntryRow.at <= timing.answered_by(now, when(step)), *to_come(step))
