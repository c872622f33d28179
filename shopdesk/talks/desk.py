"""What the shop does with a talk at its own side: read, closed, somebody's, with notes and labels that no friend sees."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select, update

from shopdesk.changes import Topic
from shopdesk.errors import InvalidInputError
from shopdesk.friends.tables import FriendRow
from shopdesk.i18n import _
from shopdesk.line import LineError, mark_read, show_typing
from shopdesk.staff import Act, needs
from shopdesk.talks.searching import index
from shopdesk.talks.standing import settle, talk_of
from shopdesk.talks.tables import TalkLabelRow, TalkMessageRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from shopdesk.changes import Changes
    from shopdesk.clock import Clock
    from shopdesk.database import Database
    from shopdesk.line import Line
    from shopdesk.staff import Staff

logger = logging.getLogger(__name__)

_LONGEST_LABEL = 20


class Desk:
    """Keeps the talks in order. A talk is named by its friend's id."""

    def __init__(self, database: Database, clock: Clock, staff: Staff, changes: Changes, line: Line) -> None:
        self._database, self._clock, self._staff, self._changes, self._line = database, clock, staff, changes, line

    @needs(Act.TALK)
    def read(self, friend_id: int) -> None:
        """Note that everything in a talk was read, and show it to the friend where the account may."""
        with self._database.write() as session:
            talk = talk_of(session, friend_id)
            token = taken_read_token(session, friend_id)
            talk.read_until = max(talk.read_until, talk.last_at)
            settle(session, talk)
        self._changes.tell(Topic.TALKS)
        show_read(self._line, token)

    @needs(Act.TALK)
    def done(self, friend_id: int, *, on: bool = True) -> None:
        """Say that a talk needs no answer any more, or that it does; whatever the friend writes next opens it again."""
        with self._database.write() as session:
            talk = talk_of(session, friend_id)
            talk.done_until = (
                max(talk.last_at, self._clock.now()) if on else talk.last_at.fromtimestamp(0, talk.last_at.tzinfo)
            )
            settle(session, talk)
            self._staff.record(session, "close" if on else "open", "talk", [friend_id])
        self._changes.tell(Topic.TALKS)

    @needs(Act.TALK)
    def assign(self, friend_id: int, to: str) -> None:
        """Say who looks after a talk; '' for nobody."""
        self._set(friend_id, "assign", assigned_to=to)

    @needs(Act.TALK)
    def take_over(self, friend_id: int, *, on: bool = True) -> None:
        """Silence the answering machine in a talk, or hand the talk back to it."""
        self._set(friend_id, "take over" if on else "hand back", silenced=on)

    @needs(Act.TALK)
    def typing(self, friend_id: int, *, on: bool = True) -> None:
        """Let the other computers, and the friend, see that somebody writes."""
        name = self._staff.actor.name if on else ""
        with self._database.write() as session:
            talk = talk_of(session, friend_id)
            talk.typing_by, talk.typing_at = name, self._clock.now()
            user = session.scalar(select(FriendRow.user_id).where(FriendRow.id == friend_id))
        if on and user:
            try:
                show_typing(self._line, user)
            except LineError as refused:
                logger.info("typing is not shown: %s", refused.code)

    @needs(Act.TALK)
    def note(self, friend_id: int, words: str) -> None:
        """Put a note into a talk that only the shop sees. Raises InvalidInputError: it says nothing."""
        if not words.strip():
            raise InvalidInputError(_("Write something into the note."))
        with self._database.write() as session:
            talk = talk_of(session, friend_id)
            row = TalkMessageRow(
                friend_id=friend_id,
                line_id=None,
                side="note",
                author=self._staff.actor.name,
                by_machine=False,
                occasion="",
                kind="note",
                body="{}",
                words=words.strip(),
                at=self._clock.now(),
                state="received",
                reason="",
                way="",
                retry_key="",
                tried_at=None,
                read_token="",
                file_state="",
            )
            session.add(row)
            session.flush()
            index(session, row.id, row.words)
            settle(session, talk)
            self._staff.record(session, "note", "talk", [friend_id])
        self._changes.tell(Topic.TALKS)

    @needs(Act.TALK)
    def label(self, friend_id: int, name: str, *, on: bool = True) -> None:
        """Put a label on a talk or take it off. Raises InvalidInputError: it is empty or longer than 20 characters."""
        name = name.strip()
        if not 0 < len(name) <= _LONGEST_LABEL:
            raise InvalidInputError(_("A label has 1 to 20 characters."))
        row = TalkLabelRow
        with self._database.write() as session:
            session.execute(delete(row).where(row.friend_id == friend_id, row.name == name))
            if on:
                session.add(TalkLabelRow(friend_id=friend_id, name=name))
            self._staff.record(session, "label" if on else "unlabel", "talk", [friend_id])
        self._changes.tell(Topic.TALKS)

    def _set(self, friend_id: int, verb: str, **values: Any) -> None:
        with self._database.write() as session:
            talk = talk_of(session, friend_id)
            for name, value in values.items():
                setattr(talk, name, value)
            self._staff.record(session, verb, "talk", [friend_id])
        self._changes.tell(Topic.TALKS)


def taken_read_token(session: Session, friend_id: int) -> str:
    """Take the newest token with which LINE is told that a talk was read, '' for none; older ones are worth nothing then."""
    row = TalkMessageRow
    unread = (row.friend_id == friend_id, row.read_token != "")
    token = session.scalar(select(row.read_token).where(*unread).order_by(row.at.desc()).limit(1))
    session.execute(update(row).where(*unread).values(read_token=""))
    return token or ""


def show_read(line: Line, token: str) -> None:
    """Show a friend that they were read, by a token that was taken; '' for nothing."""
    if token:
        try:
            mark_read(line, token)
        except LineError as refused:
            logger.info("not marked as read: %s", refused.code)
