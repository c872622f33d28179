"""Counting, saying back and keeping segments."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from sqlalchemy import delete, func, insert, select, update

from shopdesk import japanese
from shopdesk.changes import Changes, Topic
from shopdesk.customers import in_use, row_views
from shopdesk.customers.tables import CustomerRow, OwnFieldRow
from shopdesk.errors import InvalidInputError, NotFoundError
from shopdesk.i18n import _
from shopdesk.segments.counting import reach, total
from shopdesk.segments.explaining import sentence
from shopdesk.segments.fields import field_of, own_field, survey_field
from shopdesk.segments.own_fields import require_own_fields
from shopdesk.segments.parsing import dump, parse
from shopdesk.segments.queries import compile_rule, condition_of, counted
from shopdesk.segments.ready import ready
from shopdesk.segments.records import Overlap, Reason, Segment
from shopdesk.segments.rules import AllOf, Condition, paths
from shopdesk.segments.sizes import Sizes
from shopdesk.segments.surveys import SURVEY, questions
from shopdesk.segments.tables import SegmentRow
from shopdesk.staff import Act, needs
from shopdesk.surveys import BETWEEN

if TYPE_CHECKING:
    import builtins
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.clock import Clock
    from shopdesk.customers import CustomerRowView
    from shopdesk.database import Database
    from shopdesk.segments.fields import Field
    from shopdesk.segments.records import Reach, ReadyMade
    from shopdesk.segments.rules import Path, Rule
    from shopdesk.staff import Staff


class Segments:
    """The segments of one shop. Counts are live: nothing but the rule is kept.

    Whatever asks a rule raises InvalidRuleError where it is about a field of the shop's own that is not there.
    """

    def __init__(self, database: Database, staff: Staff, changes: Changes, clock: Clock) -> None:
        self._database = database
        self._staff = staff
        self._changes = changes
        self._clock = clock

    @needs(Act.SEE_PEOPLE)
    def count(self, rule: Rule) -> Reach:
        """Return how many people a rule takes now, and how many of them LINE reaches."""
        with self._database.read() as session:
            require_own_fields(session, rule)
        return reach(self._database, rule, self._clock.now())

    @needs(Act.SEE_PEOPLE)
    def counts(self, rule: Rule) -> dict[Path, int]:
        """Return for the rule and every part of it how many people it takes by itself, by its place in the rule."""
        now = self._clock.now()
        parts = paths(rule)
        sums = (total(condition_of(part, now)) for part in parts.values())
        with self._database.read() as session:
            require_own_fields(session, rule)
            found = session.execute(select(*sums).select_from(CustomerRow).where(in_use())).one()
        return {path: int(one or 0) for path, one in zip(parts, found, strict=True)}

    @needs(Act.SEE_PEOPLE)
    def members(self, rule: Rule) -> list[int]:
        """Return the ids of everybody whom a rule takes now, in no particular order."""
        with self._database.read() as session:
            require_own_fields(session, rule)
            result = session.connection().execute(compile_rule(rule, self._clock.now(), Sizes(session)))
            # The driver's own cursor: building a Row for each of half a million ids takes three times as long.
            return [one for (one,) in cast("list[tuple[int]]", result.cursor.fetchall())]

    @needs(Act.SEE_PEOPLE)
    def has(self, rule: Rule, customer_id: int) -> bool:
        """Tell whether a rule takes this customer now."""
        with self._database.read() as session:
            require_own_fields(session, rule)
            return (
                session.scalar(compile_rule(rule, self._clock.now()).where(CustomerRow.id == customer_id)) is not None
            )

    @needs(Act.SEE_PEOPLE)
    def overlap(self, first: Rule, second: Rule) -> Overlap:
        """Return how many people two rules take, each alone and both."""
        in_first, in_second = self._figures(first, second)
        both = self._figures(AllOf((first, second)))[0]
        return Overlap(in_first - both, both, in_second - both)

    def _figures(self, *rules: Rule) -> tuple[int, ...]:
        now = self._clock.now()
        with self._database.read() as session:
            require_own_fields(session, *rules)
            sizes = Sizes(session)
            return tuple(session.scalar(counted(rule, now, sizes)) or 0 for rule in rules)

    @needs(Act.SEE_PEOPLE)
    def why(self, rule: Rule, customer_id: int) -> builtins.list[Reason]:
        """Return each condition of a rule with whether it holds for this customer, and what the customer has there.

        Raises:
            NotFoundError: there is no such customer.
        """
        now, parts = self._clock.now(), paths(rule)
        conditions = {path: part for path, part in parts.items() if isinstance(part, Condition)}
        tests = (condition_of(part, now) for part in conditions.values())
        with self._database.read() as session:
            require_own_fields(session, rule)
            found = session.execute(select(CustomerRow.id, *tests).where(CustomerRow.id == customer_id)).one_or_none()
            if found is None:
                raise NotFoundError(_("There is no customer {id} (any more).").format(id=customer_id))
            return [
                Reason(sentence(part), bool(holds), _answer(session, customer_id, part, now), len(path))
                for (path, part), holds in zip(conditions.items(), found[1:], strict=True)
            ]

    @needs(Act.SEE_PEOPLE)
    def own_fields(self) -> tuple[Field, ...]:
        """Return the fields the shop made for itself: its own of the customers, and each survey with its questions."""
        with self._database.read() as session:
            found = session.execute(select(OwnFieldRow.name, OwnFieldRow.kind).order_by(OwnFieldRow.name)).all()
            asked = questions(session)
        own = [own_field(name, kind) for name, kind in found]
        for survey, its in asked.items():
            own.append(survey_field(f"{SURVEY}{survey}"))
            own += [survey_field(f"{SURVEY}{survey}{BETWEEN}{name}", one) for name, one in its.items()]
        return tuple(own)

    @needs(Act.SEE_PEOPLE)
    def offered(self, field: Field) -> builtins.list[str]:
        """Return the names that a field can hold in this shop, empty where it takes any."""
        if field.offers is None:
            return []
        with self._database.read() as session:
            return sorted(one for one in session.scalars(field.offers()) if one)

    @needs(Act.SEE_PEOPLE)
    def sample(self, rule: Rule, n: int = 3, turn: int = 0) -> list[CustomerRowView]:
        """Return up to `n` of the people whom a rule takes; another `turn` gives others where there are more."""
        with self._database.read() as session:
            require_own_fields(session, rule)
            chosen = compile_rule(rule, self._clock.now(), Sizes(session)).order_by(CustomerRow.id).limit(n)
            last = session.scalar(select(func.max(CustomerRow.id))) or 0
            start = (turn * 2_654_435_761 >> 7) % (last + 1)  # Knuth's multiplier: far from the turn before
            ids = list(session.scalars(chosen.where(CustomerRow.id >= start)))
            if len(ids) < n:
                ids.extend(session.scalars(chosen.where(CustomerRow.id < start).limit(n - len(ids))))
            return row_views(session, ids)

    @needs(Act.SEE_PEOPLE)
    def ready(self) -> list[ReadyMade]:
        """Return the rules that many shops want."""
        return ready()

    @needs(Act.DRAFT)
    def save(self, name: str, rule: Rule) -> Segment:
        """Keep a rule under a name; one kept under it before is replaced.

        Raises:
            InvalidInputError: the name is empty.
            InvalidRuleError: a field of the shop's own is not there.
        """
        name = japanese.tidy(name)
        if not name:
            raise InvalidInputError(_("Write a name for the segment."))
        now, said = self._clock.now(), json.dumps(dump(rule), ensure_ascii=False)
        with self._database.write() as session:
            require_own_fields(session, rule)
            stored = session.scalar(select(SegmentRow.id).where(SegmentRow.name == name))
            if stored is None:
                values = {"name": name, "rule": said, "created_at": now, "changed_at": now}
                stored = session.execute(insert(SegmentRow).values(**values).returning(SegmentRow.id)).scalar_one()
            else:
                session.execute(update(SegmentRow).where(SegmentRow.id == stored).values(rule=said, changed_at=now))
            self._staff.record(session, "save", "segment", [stored], ["rule"])
            saved = _segment(_named(session, name))
        self._changes.tell(Topic.SEGMENTS)
        return saved

    @needs(Act.SEE_PEOPLE)
    def get(self, name: str) -> Segment:
        """Return the segment of this name.

        Raises:
            NotFoundError: there is none.
        """
        with self._database.read() as session:
            return _segment(_named(session, name))

    @needs(Act.SEE_PEOPLE)
    def rule_now(self, name: str) -> Rule:
        """Return the rule of the segment of this name, to choose people by.

        Raises:
            NotFoundError: there is none.
            InvalidRuleError: it is about a field of the shop's own that is not there any more.
        """
        with self._database.read() as session:
            rule = _segment(_named(session, name)).rule
            require_own_fields(session, rule)
        return rule

    @needs(Act.SEE_PEOPLE)
    def list(self) -> list[Segment]:
        """Return every segment by name."""
        with self._database.read() as session:
            found = [_segment(row) for row in session.scalars(select(SegmentRow))]
        return sorted(found, key=lambda segment: segment.name)

    @needs(Act.DRAFT)
    def delete(self, name: str) -> None:
        """Remove a segment; broadcasts that were made with it stay as they are.

        Raises:
            NotFoundError: there is none of this name.
        """
        with self._database.write() as session:
            stored = _named(session, name).id
            session.expunge_all()
            session.execute(delete(SegmentRow).where(SegmentRow.id == stored))
            self._staff.record(session, "delete", "segment", [stored])
        self._changes.tell(Topic.SEGMENTS)


def _answer(session: Session, customer_id: int, condition: Condition, now: datetime) -> str:
    answer = field_of(condition.field).answer
    return answer(session, customer_id, condition, now) if answer else ""


def _named(session: Session, name: str) -> SegmentRow:
    row = session.scalar(select(SegmentRow).where(SegmentRow.name == japanese.tidy(name)))
    if row is None:
        raise NotFoundError(_("There is no segment “{name}”. `segments list` shows all.").format(name=name))
    return row


def _segment(row: SegmentRow) -> Segment:
    return Segment(row.id, row.name, parse(row.rule), row.created_at, row.changed_at)
