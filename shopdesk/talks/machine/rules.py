"""The rules of the answering machine, kept in their order."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from sqlalchemy import delete, func, select, update

from shopdesk.changes import Topic
from shopdesk.errors import InvalidInputError, NotFoundError
from shopdesk.i18n import _
from shopdesk.japanese import fold, tidy
from shopdesk.messages import restored, stored
from shopdesk.staff import Act, needs
from shopdesk.talks.machine.records import DURING, MATCHES, NewRule, Rule
from shopdesk.talks.machine.tables import AnswerRuleRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from shopdesk.changes import Changes
    from shopdesk.database import Database
    from shopdesk.messages import Messages
    from shopdesk.staff import Staff

_written = lru_cache(maxsize=1024)(restored)  # the gateway reads all rules with every group of events
_LONGEST_NAME, _LONGEST_WORD = 60, 300


class RuleError(InvalidInputError):
    """A rule that cannot be kept as it is; `part` says what of it is wrong."""

    def __init__(self, part: Literal["name", "words"], message: str) -> None:
        super().__init__(message)
        self.part = part


class Rules:
    """The rules of one shop. The first active one that fits a text answers it."""

    def __init__(self, database: Database, staff: Staff, changes: Changes, messages: Messages) -> None:
        self._database, self._staff, self._changes, self._messages = database, staff, changes, messages

    @needs(Act.TALK)
    def all(self) -> list[Rule]:
        """Return every rule in the order in which they are tried."""
        row = AnswerRuleRow
        with self._database.read() as session:
            return [_rule(one) for one in session.scalars(select(row).order_by(row.position, row.id))]

    @needs(Act.DRAFT)
    def add(self, new: NewRule) -> Rule:
        """Keep a rule, as the last one.

        Raises:
            RuleError: the name is taken, or something is missing.
            MessageError, RefusedByLineError: LINE would not take what it says.
        """
        sound, row = self._checked(new), AnswerRuleRow
        with self._database.write() as session:
            if session.scalar(select(row.id).where(row.name == sound.name)) is not None:
                raise _taken(sound.name)
            last = session.scalar(select(func.max(row.position))) or 0
            kept = AnswerRuleRow(position=last + 1, active=True, **_values(sound))
            session.add(kept)
            session.flush()
            self._staff.record(session, "add", "answer rule", [kept.id])
            rule = _rule(kept)
        self._changes.tell(Topic.TALKS)
        return rule

    @needs(Act.DRAFT)
    def change(self, rule_id: int, new: NewRule) -> Rule:
        """Put another rule in the place of one. Raises NotFoundError, RuleError as `add` does."""
        sound, row = self._checked(new), AnswerRuleRow
        with self._database.write() as session:
            kept = _kept(session, rule_id)
            if session.scalar(select(row.id).where(row.name == sound.name, row.id != rule_id)) is not None:
                raise _taken(sound.name)
            values = _values(sound)
            changed = [name for name, value in values.items() if getattr(kept, name) != value]
            for name in changed:
                setattr(kept, name, values[name])
            session.flush()
            self._staff.record(session, "change", "answer rule", [rule_id], changed)
            rule = _rule(kept)
        self._changes.tell(Topic.TALKS)
        return rule

    @needs(Act.DRAFT)
    def switch(self, rule_id: int, *, on: bool) -> None:
        """Let a rule answer, or rest. Raises NotFoundError."""
        with self._database.write() as session:
            _kept(session, rule_id).active = on
            session.flush()
            self._staff.record(session, "switch on" if on else "switch off", "answer rule", [rule_id])
        self._changes.tell(Topic.TALKS)

    @needs(Act.DRAFT)
    def move(self, rule_id: int, place: int) -> None:
        """Let a rule be tried as the `place`-th, from 1; past the end it is the last. Raises NotFoundError."""
        row = AnswerRuleRow
        with self._database.write() as session:
            _kept(session, rule_id)
            order = list(session.scalars(select(row.id).where(row.id != rule_id).order_by(row.position, row.id)))
            order.insert(max(0, place - 1), rule_id)
            for position, one in enumerate(order, 1):
                session.execute(update(row).where(row.id == one).values(position=position))
            self._staff.record(session, "move", "answer rule", [rule_id])
        self._changes.tell(Topic.TALKS)

    @needs(Act.DRAFT)
    def remove(self, rule_id: int) -> None:
        """Delete a rule; what it has answered stays. Raises NotFoundError."""
        with self._database.write() as session:
            _kept(session, rule_id)
            session.execute(delete(AnswerRuleRow).where(AnswerRuleRow.id == rule_id))
            self._staff.record(session, "remove", "answer rule", [rule_id])
        self._changes.tell(Topic.TALKS)

    def _checked(self, new: NewRule) -> NewRule:
        self._messages.draft(new.written.messages)
        return _sound(new)


def _sound(new: NewRule) -> NewRule:
    name = tidy(new.name)
    words = tuple(dict.fromkeys(tidied for one in new.words if (tidied := tidy(one))))
    if not 0 < len(name) <= _LONGEST_NAME:
        raise RuleError("name", _("A rule has a name of 1 to 60 characters."))
    if new.match not in MATCHES:
        raise InvalidInputError(_("Choose one of: {choices}.").format(choices=", ".join(MATCHES)))
    if new.during not in DURING:
        raise InvalidInputError(_("Choose one of: {choices}.").format(choices=", ".join(DURING)))
    if not words or not all(map(fold, words)):
        raise RuleError("words", _("Give the rule at least one word or question to answer to."))
    if max(map(len, words)) > _LONGEST_WORD:
        raise RuleError("words", _("A word or question of a rule has at most 300 characters."))
    return NewRule(name, new.match, words, new.written, new.during)


def _values(new: NewRule) -> dict[str, str]:
    return {
        "name": new.name,
        "match": new.match,
        "words": json.dumps(new.words, ensure_ascii=False),
        "during": new.during,
        "messages": stored(new.written),
    }


def _rule(row: AnswerRuleRow) -> Rule:
    return Rule(
        row.name,
        row.match,  # type: ignore[arg-type]
        tuple(json.loads(row.words)),
        _written(row.messages),
        row.during,  # type: ignore[arg-type]
        row.id,
        row.active,
    )


def _kept(session: Session, rule_id: int) -> AnswerRuleRow:
    row = session.get(AnswerRuleRow, rule_id, with_for_update=True)
    if row is None:
        raise NotFoundError(_("There is no rule {id}. “answers list” shows them.").format(id=rule_id))
    return row


def _taken(name: str) -> RuleError:
    return RuleError("name", _("There is a rule “{name}” already. Choose another name.").format(name=name))
