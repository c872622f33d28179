"""Automations: written, started, changed, paused, ended; and the round in which whose turn it is get their message."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import delete, exists, func, select

from shopdesk import japanese
from shopdesk.automations import answered, invariants, reading, turns, writing
from shopdesk.automations.checking import checked
from shopdesk.automations.office import Office
from shopdesk.automations.records import Estimate
from shopdesk.automations.tables import AutomationRow
from shopdesk.broadcasts import StateError
from shopdesk.database import id_in
from shopdesk.errors import InvalidInputError
from shopdesk.friends.tables import FriendRow
from shopdesk.i18n import _
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    import builtins
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.automations.records import Automation, NewAutomation, State
    from shopdesk.broadcasts import Steps
    from shopdesk.changes import Changes
    from shopdesk.clock import Clock
    from shopdesk.database import Database
    from shopdesk.staff import Staff
    from shopdesk.surveys import Survey, Surveys


class Automations:
    """The automations of one shop."""

    def __init__(
        self, database: Database, clock: Clock, staff: Staff, changes: Changes, *, surveys: Surveys, steps: Steps
    ) -> None:
        self._office = Office(database, clock, staff, changes, steps)
        self._staff, self._surveys = staff, surveys

    # Reading

    @needs(Act.DRAFT)
    def list(self) -> builtins.list[Automation]:
        """Return every automation, the newest first."""
        return self._read()

    @needs(Act.DRAFT)
    def get(self, automation_id: int) -> Automation:
        """Return an automation. Raises NotFoundError."""
        with self._office.database.one_moment(), self._office.database.read() as session:
            row = reading.stored(session, automation_id)
            survey = self._surveys.get(row.survey_id)
            return reading.automation(session, row, {survey.id: survey}, self._office.steps)

    @needs(Act.DRAFT)
    def find(self, said: str) -> Automation:
        """Return the automation of that name or number. Raises NotFoundError."""
        row = AutomationRow
        with self._office.database.read() as session:
            found = session.scalar(select(row.id).where(row.name == japanese.tidy(said)))
        found = id_in(said) if found is None else found
        if found is None:
            raise reading.missing(said)
        return self.get(found)

    @needs(Act.DRAFT)
    def troubled(self) -> builtins.list[Automation]:
        """Return those that run and that nobody comes into any more."""
        return self._read(reading.trouble)

    @needs(Act.DRAFT)
    def estimate(self, survey_id: int, question: str = "", options: tuple[str, ...] = ()) -> Estimate:
        """Return how many have given such an answer so far, whenever that was."""
        row = AutomationRow(survey_id=survey_id, question=question, options=json.dumps(options))
        who = answered.people(row, None).subquery()
        friend = FriendRow
        on_line = exists().where(
            friend.state == "friend", (friend.id == who.c.friend_id) | (friend.customer_id == who.c.customer_id)
        )
        both = select(func.count(), func.count().filter(on_line)).select_from(who)
        with self._office.database.read() as session:
            return Estimate(*session.execute(both).one())

    def _read(self, wanted: Callable[[AutomationRow, Survey], object] | None = None) -> builtins.list[Automation]:
        with self._office.database.one_moment(), self._office.database.read() as session:
            surveys = {one.id: one for one in self._surveys.list()}
            rows = session.scalars(select(AutomationRow).order_by(AutomationRow.id.desc())).all()
            found = [row for row in rows if wanted is None or wanted(row, surveys[row.survey_id])]
            return [reading.automation(session, row, surveys, self._office.steps) for row in found]

    # Writing

    @needs(Act.DRAFT)
    def create(self, wanted: NewAutomation) -> Automation:
        """Make a draft.

        Raises:
            InvalidInputError: it cannot be as it is, its name is taken, or its survey is anonymous or was never published.
            NotFoundError: there is no such survey.
        """
        wanted = checked(wanted)
        writing.require_known(self._surveys.get(wanted.survey_id))
        with self._office.database.write() as session:
            writing.require_free_name(session, wanted.name, 0)
            now = self._office.now(session)
            row = AutomationRow(
                name=wanted.name,
                state="draft",
                survey_id=wanted.survey_id,
                question="",
                options="[]",
                since=None,
                created_at=now,
                changed_at=now,
            )
            session.add(row)
            session.flush()
            writing.write(session, row, wanted, now)
            self._staff.record(session, "make", "automation", [row.id])
            made = row.id
        self._office.tell()
        return self.get(made)

    @needs(Act.SEND)
    def change(self, automation_id: int, wanted: NewAutomation) -> Automation:
        """Write an automation anew; what was sent stays.

        Where it was started, another survey or answer counts from now on, and a new step is for those whose turn comes later. Who
        waits for a step whose time has changed has it at the new time.

        Raises:
            NotFoundError: there is none, or no such survey.
            StateError: it was ended.
            InvalidInputError: it cannot be as it is.
            ShopDeskError: it runs, and a message in it could be sent to nobody.
        """
        wanted = checked(wanted)
        survey = self._surveys.get(wanted.survey_id)
        with self._office.database.write() as session:
            row = reading.stored(session, automation_id, locked=True)
            if row.state == "ended":
                raise _ended()
            writing.require_known(survey)
            writing.require_free_name(session, wanted.name, automation_id)
            gone = writing.write(session, row, wanted, self._office.now(session))
            stopped = self._office.steps.cancel(session, automation_id, gone)
            if row.state != "draft":
                writing.require_ready(session, self._office, row, survey)
            self._staff.record(session, "change", "automation", [automation_id])
        self._office.steps.settle(stopped)
        self._office.tell()
        return self.get(automation_id)

    @needs(Act.SEND)
    def start(self, automation_id: int) -> Automation:
        """Let it begin for whoever answers from now on, or go on after a pause; who answered meanwhile comes in, and late ones go out.

        Raises:
            NotFoundError: there is none.
            StateError: it was ended.
            InvalidInputError: its survey takes no answers, or does not ask this.
            ShopDeskError: a message in it could be sent to nobody.
        """
        survey = self._surveys.get(self.get(automation_id).survey_id)
        with self._office.database.write() as session:
            row = reading.stored(session, automation_id, locked=True)
            if row.state == "ended":
                raise _ended()
            if row.survey_id != survey.id:
                raise StateError(_("The automation was changed meanwhile. Look at it and start it then."))
            if row.since is None and survey.standing in {"closed", "over", "full"}:
                raise InvalidInputError(_("The survey takes no answers just now. Publish it first."))
            writing.require_ready(session, self._office, row, survey)
            row.since = self._office.now(session) if row.since is None else row.since
            self._set(session, row, "running", "start")
            self._office.steps.go_on(session, automation_id)
        self._office.tell()
        return self.get(automation_id)

    @needs(Act.SEND)
    def pause(self, automation_id: int) -> Automation:
        """Let nothing go out until it is started again; what is on its way arrives. Raises NotFoundError; StateError: it does not run."""
        with self._office.database.write() as session:
            row = reading.stored(session, automation_id, locked=True)
            if row.state not in {"running", "paused"}:
                raise StateError(_("This automation does not run, so there is nothing to pause."))
            self._set(session, row, "paused", "pause")
            self._office.steps.pause(session, automation_id)
        self._office.tell()
        return self.get(automation_id)

    @needs(Act.SEND)
    def end(self, automation_id: int) -> Automation:
        """End it for good: nobody in it gets another message. Raises NotFoundError."""
        with self._office.database.write() as session:
            row = reading.stored(session, automation_id, locked=True)
            self._set(session, row, "ended", "cancel")
            stopped = self._office.steps.cancel(session, automation_id)
        self._office.steps.settle(stopped)
        self._office.tell()
        return self.get(automation_id)

    @needs(Act.DRAFT)
    def remove(self, automation_id: int) -> None:
        """Remove one that is a draft or was ended; what was sent stays with the people. Raises NotFoundError, StateError."""
        with self._office.database.write() as session:
            row = reading.stored(session, automation_id, locked=True)
            if row.state in {"running", "paused"}:
                raise StateError(_("End this automation before you remove it."))
            session.execute(delete(AutomationRow).where(AutomationRow.id == automation_id))
            self._staff.record(session, "remove", "automation", [automation_id])
        self._office.tell()

    def _set(self, session: Session, row: AutomationRow, state: State, word: str) -> None:
        row.state, row.changed_at = state, self._office.now(session)
        session.flush()
        self._staff.record(session, word, "automation", [row.id])

    # What is due

    @needs(Act.SEND)
    def run(self, until: datetime) -> int:
        """Let in who has answered, and make the broadcasts of those whose turn it is by `until`, which are due at once.

        Returns how many came in. Safe to repeat, and after a crash in the middle.
        """
        return turns.run(self._office, until)

    # What must be true

    def broken(self) -> builtins.list[int]:
        """Return the steps that somebody had twice, or whose turns are not those of their broadcasts."""
        with self._office.database.read() as session:
            return invariants.broken(session, self._office.steps)


def _ended() -> StateError:
    return StateError(_("This automation was ended. Make a new one."))
