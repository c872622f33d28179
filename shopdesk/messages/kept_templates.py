"""Messages kept under a name, to be used again."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from shopdesk import japanese
from shopdesk.changes import Topic
from shopdesk.errors import InvalidInputError, NotFoundError
from shopdesk.i18n import _
from shopdesk.messages import texts
from shopdesk.messages.records import MessageError, MessageTemplate
from shopdesk.messages.tables import MessageTemplateRow
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    import builtins
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.changes import Changes
    from shopdesk.clock import Clock
    from shopdesk.database import Database
    from shopdesk.line import Message
    from shopdesk.staff import Staff

UNDO_DAYS = timedelta(days=30)


class Templates:
    """The kept messages of one shop. They need not be finished: they are checked when they are used."""

    def __init__(self, database: Database, staff: Staff, changes: Changes, clock: Clock) -> None:
        self._database = database
        self._staff = staff
        self._changes = changes
        self._clock = clock

    @needs(Act.DRAFT)
    def save(self, name: str, messages: Sequence[Message]) -> MessageTemplate:
        """Keep messages under a name; those kept under it before are replaced.

        Raises:
            InvalidInputError: the name is empty, or it is a broken character.
            MessageError: there is no message, or it is no JSON.
        """
        name, said, now = _named(name), _written(messages), self._clock.now()
        with self._database.write() as session:
            stored = _id_of(session, name)
            if stored is None:
                values = {"name": name, "messages": said, "created_at": now, "changed_at": now}
                stored = session.execute(
                    insert(MessageTemplateRow).values(**values).returning(MessageTemplateRow.id)
                ).scalar_one()
            else:
                _change(session, stored, messages=said, changed_at=now)
            self._staff.record(session, "save", "template", [stored], ["messages"])
        self._changes.tell(Topic.MESSAGES)
        return self.get(stored)

    @needs(Act.DRAFT)
    def get(self, template: int) -> MessageTemplate:
        """Return a template. Raises NotFoundError."""
        with self._database.read() as session:
            return _template(_kept(session, template))

    @needs(Act.DRAFT)
    def named(self, name: str) -> MessageTemplate:
        """Return the template of that name. Raises NotFoundError."""
        with self._database.read() as session:
            stored = _id_of(session, japanese.tidy(name))
        if stored is None:
            raise NotFoundError(
                _("There is no template “{name}”. “messages templates list” shows them.").format(name=name)
            )
        return self.get(stored)

    @needs(Act.TALK)  # they are the canned replies too
    def list(self, search: str = "") -> builtins.list[MessageTemplate]:
        """Return the templates whose name or texts hold all words of `search`, by name."""
        words = [japanese.fold(word) for word in japanese.clean(search).split()]
        with self._database.read() as session:
            kept = select(MessageTemplateRow).where(MessageTemplateRow.deleted_at.is_(None))
            found = [_template(row) for row in session.scalars(kept)]
        held = ((one, _searched(one)) for one in found)
        return sorted((one for one, text in held if all(word in text for word in words)), key=lambda one: one.name)

    @needs(Act.DRAFT)
    def rename(self, template: int, name: str) -> MessageTemplate:
        """Give a template another name.

        Raises:
            NotFoundError: there is no such template.
            InvalidInputError: the name is empty, or another template has it.
        """
        name = _named(name)
        with self._database.write() as session:
            _require(session, template)
            if _id_of(session, name) not in {None, template}:
                raise InvalidInputError(
                    _("There is a template “{name}” already. Choose another name.").format(name=name)
                )
            _change(session, template, name=name, changed_at=self._clock.now())
            self._staff.record(session, "rename", "template", [template], ["name"])
        self._changes.tell(Topic.MESSAGES)
        return self.get(template)

    @needs(Act.DRAFT)
    def delete(self, template: int) -> None:
        """Take a template away; `restore` brings it back within 30 days. Raises NotFoundError."""
        now = self._clock.now()
        with self._database.write() as session:
            _require(session, template)
            session.execute(delete(MessageTemplateRow).where(MessageTemplateRow.deleted_at < now - UNDO_DAYS))
            _change(session, template, deleted_at=now)
            self._staff.record(session, "delete", "template", [template])
        self._changes.tell(Topic.MESSAGES)

    @needs(Act.DRAFT)
    def restore(self, template: int) -> MessageTemplate:
        """Bring a deleted template back, under another name where its own is taken meanwhile.

        Raises:
            NotFoundError: it is gone for good.
        """
        with self._database.write() as session:
            name = session.scalar(
                select(MessageTemplateRow.name).where(
                    MessageTemplateRow.id == template, MessageTemplateRow.deleted_at.is_not(None)
                )
            )
            if name is None:
                raise _no_template(template)
            _change(session, template, name=_free_name(session, name), deleted_at=None)
            self._staff.record(session, "restore", "template", [template])
        self._changes.tell(Topic.MESSAGES)
        return self.get(template)


def _named(name: str) -> str:
    tidied = japanese.tidy(name)
    if not tidied:
        raise InvalidInputError(_("Write a name for the template."))
    return tidied


def _written(messages: Sequence[Message]) -> str:
    if not messages:
        raise MessageError(_("There is no message to keep. Write one first."))
    try:
        said = json.dumps(list(messages), ensure_ascii=False, separators=(",", ":"))
        said.encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise MessageError(_("The message has a broken character in it. Write that place again.")) from error
    return said


def _searched(template: MessageTemplate) -> str:
    """Name and texts, folded, with a sign between that no word has."""
    said = [text for message in template.messages for _place, text, _own in texts.walk(message)]
    return "\n".join(japanese.fold(one) for one in (template.name, *said))


def _id_of(session: Session, name: str) -> int | None:
    row = MessageTemplateRow
    return session.scalar(select(row.id).where(row.name == name, row.deleted_at.is_(None)))


def _free_name(session: Session, name: str) -> str:
    free, number = name, 1
    while _id_of(session, free) is not None:
        number += 1
        free = f"{name} ({number})"
    return free


def _change(session: Session, template: int, **values: str | datetime | None) -> None:
    session.execute(update(MessageTemplateRow).where(MessageTemplateRow.id == template).values(**values))


def _require(session: Session, template: int) -> None:
    _kept(session, template)
    session.expunge_all()


def _kept(session: Session, template: int) -> MessageTemplateRow:
    row = session.get(MessageTemplateRow, template)
    if row is None or row.deleted_at is not None:
        raise _no_template(template)
    return row


def _no_template(template: int) -> NotFoundError:
    return NotFoundError(_("There is no template {id} (any more).").format(id=template))


def _template(row: MessageTemplateRow) -> MessageTemplate:
    return MessageTemplate(row.id, row.name, tuple(json.loads(row.messages)), row.changed_at)
