"""Talks with friends, as the window, the gateway and the command line speak of them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, select, update

from shopdesk.changes import Changes, Topic
from shopdesk.errors import InvalidInputError, NotFoundError
from shopdesk.friends.tables import FriendRow
from shopdesk.i18n import _
from shopdesk.line import USER_ID, LineError, mark_read, show_typing
from shopdesk.messages import Own, card_values, for_person, own_of
from shopdesk.staff import Act, needs
from shopdesk.talks import reading
from shopdesk.talks.exporting import Exporting
from shopdesk.talks.fetching import Fetching
from shopdesk.talks.keeping import Keeping
from shopdesk.talks.machine import Machine, Surveying, Wishes
from shopdesk.talks.receiving import receive
from shopdesk.talks.records import Counts, File, Said, Talk, Way, Which
from shopdesk.talks.replying import BlockedError, ByMachine, Replies
from shopdesk.talks.requests import Requests
from shopdesk.talks.searching import INDEX, index
from shopdesk.talks.standing import settle, talk_of
from shopdesk.talks.tables import TalkFileRow, TalkLabelRow, TalkMessageRow, TalkRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.assistant import Assistant
    from shopdesk.cards import Cards
    from shopdesk.clock import Clock
    from shopdesk.coupons import Coupons
    from shopdesk.database import Database
    from shopdesk.friends import Met
    from shopdesk.line import Line, LineEvent, Message
    from shopdesk.links import Links
    from shopdesk.messages import Draft, Messages
    from shopdesk.quarantine import Installation
    from shopdesk.settings import Settings
    from shopdesk.staff import Staff
    from shopdesk.surveys import Surveys

logger = logging.getLogger(__name__)

_LONGEST_LABEL = 20


class Talks:
    """The talks of one shop. A talk is named by its friend's id."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        staff: Staff,
        changes: Changes,
        *,
        line: Line,
        installation: Installation,
        settings: Settings,
        messages: Messages,
        cards: Cards,
        coupons: Coupons,
        surveys: Surveys,
        links: Links,
        assistant: Callable[[], Assistant | None],
    ) -> None:
        self._database, self._clock, self._staff, self._changes = database, clock, staff, changes
        self._line, self._coupons = line, coupons
        self._replies = Replies(database, clock, line, installation)
        self.machine = Machine(
            database,
            clock,
            staff,
            changes,
            settings=settings,
            messages=messages,
            line=line,
            replies=self._replies,
            wishes=Wishes(cards, coupons, links, messages, settings),
            surveying=Surveying(surveys, coupons, messages),
            assistant=assistant,
        )
        self.requests = Requests(clock)
        self.files = Fetching(database, line)
        self.exporting = Exporting(database, staff)
        self.keeping = Keeping(database, clock, staff, changes, settings)

    # Reading

    @needs(Act.TALK)
    def page(
        self,
        which: Which = "all",
        *,
        words: str = "",
        label: str = "",
        before: datetime | None = None,
        limit: int = 100,
    ) -> list[Talk]:
        """Return talks, the newest first; with `words` those in which, or in whose name, they all stand."""
        with self._database.read() as session:
            among = reading.found(session, words) if words.strip() else None
            mine = self._staff.actor.name
            return reading.talks(session, which, mine=mine, label=label, among=among, before=before, limit=limit)

    @needs(Act.TALK)
    def get(self, friend_id: int) -> Talk | None:
        """Return the talk with a friend, None where nothing was said yet."""
        with self._database.read() as session:
            return reading.talk(session, friend_id)

    @needs(Act.TALK)
    def find(self, named: str) -> int:
        """Return whose talk is meant: by LINE's user id or by our own number of the friend. Raises NotFoundError."""
        by_line = USER_ID.fullmatch(named) is not None
        if not by_line and not named.isdecimal():
            raise NotFoundError(
                _("“{named}” is no friend. Give the user id, or the number of the friend.").format(named=named)
            )
        chosen = FriendRow.user_id == named if by_line else FriendRow.id == int(named[:18])
        with self._database.read() as session:
            friend = session.scalar(select(FriendRow.id).where(chosen))
        if friend is None:
            raise NotFoundError(_("There is no friend {named}. “talks” lists those who wrote.").format(named=named))
        return friend

    @needs(Act.TALK)
    def messages(self, friend_id: int, *, before: int | None = None, limit: int = 100) -> list[Said]:
        """Return the newest messages of a talk, the oldest of them first; `before` is the id of the oldest one known."""
        with self._database.read() as session:
            return reading.messages(session, friend_id, before, limit)

    @needs(Act.TALK)
    def counts(self) -> Counts:
        """Return how many talks have something unread, and how many wait for an answer."""
        row = TalkRow
        figures = (func.count().filter(row.unread > 0), func.count().filter(row.waiting_since.is_not(None)))
        with self._database.read() as session:
            return Counts(*session.execute(select(*figures)).one())

    @needs(Act.TALK)
    def labels(self) -> list[str]:
        """Return all labels in use."""
        with self._database.read() as session:
            return list(session.scalars(select(TalkLabelRow.name).distinct().order_by(TalkLabelRow.name)))

    @needs(Act.TALK)
    def file(self, message_id: int) -> File | None:
        """Return the file of a message, None where it has not been fetched, or is gone."""
        row = TalkFileRow
        with self._database.read() as session:
            found = session.execute(
                select(row.name, row.media_type, row.content).where(row.message_id == message_id)
            ).first()
        return None if found is None else File(*found)

    @needs(Act.TALK)
    def way(self, friend_id: int) -> Way:
        """Return whether an answer would be free just now, and for how long."""
        with self._database.read() as session:
            return self._replies.way(session.get(TalkRow, friend_id))

    # What LINE tells

    def apply(self, session: Session, event: LineEvent, friend: Met) -> bool:
        """Take an event into the friend's talk, in the transaction that takes the event; say whether the talk has changed.

        Whoever gets a true answer calls `settle` for that friend before the end of the transaction.
        """
        return receive(session, friend.friend_id, event)

    def settle(self, session: Session, friends: Iterable[int]) -> None:
        """Work out how the talks with these friends stand."""
        for friend_id in friends:
            settle(session, talk_of(session, friend_id))

    def purge(self) -> None:
        """Rewrite the search index so that what was erased leaves the file."""
        INDEX.purge_all(self._database)

    # Answering

    @needs(Act.TALK)
    def as_read(self, friend_id: int, written: Draft) -> list[Message]:
        """Return what a friend would read of a draft; its coupons are not given by that."""
        with self._database.read() as session:
            customer_id = reading.customer_of(session, friend_id)
            values = card_values(session, written.placeholders, [customer_id] if customer_id is not None else [])
            return for_person(written, reading.name_of(session, friend_id), Own(values.get(customer_id or 0, {})))

    @needs(Act.TALK)
    def reply(
        self,
        friend_id: int,
        written: Draft,
        also: Callable[[Session], object] = lambda _session: None,
        *,
        takes_over: bool = True,
    ) -> list[Said]:
        """Send a draft to a friend, for free where that still goes; return its messages with what became of them.

        The machine is silent in this talk from now on, unless the answer only decides something and so `takes_over` nothing. The
        friend sees what they wrote as read. What the answer decides, `also` writes down in the same transaction: where it
        raises, nothing is sent.

        Raises NotFoundError, BlockedError, QuarantinedError, CouponError, NoFixedAddressError: nothing was sent, no coupon given.
        """
        with self._database.write() as session:
            also(session)
            own = own_of(session, self._coupons, written, reading.customer_of(session, friend_id))
            messages = for_person(written, reading.name_of(session, friend_id), own)
            spoken = self._replies.write_down(session, friend_id, messages, self._staff.actor.name)
            talk = talk_of(session, friend_id)
            talk.silenced = talk.silenced or takes_over
            talk.typing_by, talk.read_until = "", self._clock.now()
            unread = _taken_read_token(session, friend_id)
            settle(session, talk)
            self._staff.record(session, "reply", "talk", [friend_id])
        self._changes.tell(Topic.TALKS, *([Topic.COUPONS] if written.coupons else []))
        self._show_read(unread)
        self._replies.send(spoken)
        self._changes.tell(Topic.TALKS)
        return self._of_key(spoken.key)

    def say(self, friend_id: int, words: str, occasion: str) -> None:
        """Answer by itself, marked as such and with the occasion; nothing where that would cost, or where nobody gets it.

        Raises QuarantinedError: this home was copied or restored.
        """
        try:
            with self._database.write() as session:
                talk = talk_of(session, friend_id)
                if not self._replies.way(talk).free or talk.reply_token_at is None:
                    return
                messages = [{"type": "text", "text": words}]
                free = ByMachine(talk.reply_token, talk.reply_token_at, talk.last_at, occasion)
                spoken = self._replies.write_down(session, friend_id, messages, "", by_machine=free)
        except (BlockedError, NotFoundError):
            return
        self._replies.send(spoken)
        self._changes.tell(Topic.TALKS)

    @needs(Act.TALK)
    def again(self, message_id: int) -> list[Said]:
        """Send once more what was refused, or whose fate nobody knows. Raises NotFoundError: it needs no second try."""
        with self._database.write() as session:
            spoken = self._replies.again(session, message_id)
            self._staff.record(session, "send again", "talk message", [message_id])
        self._replies.send(spoken)
        self._changes.tell(Topic.TALKS)
        return self._of_key(spoken.key)

    def go_on(self) -> None:
        """Bring to an end what a process that was killed had begun to send."""
        for spoken in self._replies.left_over():
            self._replies.send(spoken)

    def _of_key(self, key: str) -> list[Said]:
        with self._database.read() as session:
            rows = session.scalars(
                select(TalkMessageRow).where(TalkMessageRow.retry_key == key).order_by(TalkMessageRow.id)
            )
            return [reading.as_said(one) for one in rows]

    # Keeping order

    @needs(Act.TALK)
    def read(self, friend_id: int) -> None:
        """Note that everything in a talk was read, and show it to the friend where the account may."""
        with self._database.write() as session:
            talk = talk_of(session, friend_id)
            token = _taken_read_token(session, friend_id)
            talk.read_until = max(talk.read_until, talk.last_at)
            settle(session, talk)
        self._changes.tell(Topic.TALKS)
        self._show_read(token)

    def _show_read(self, token: str) -> None:
        if token:
            try:
                mark_read(self._line, token)
            except LineError as refused:
                logger.info("not marked as read: %s", refused.code)

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


def _taken_read_token(session: Session, friend_id: int) -> str:
    """Take the newest token with which LINE is told that a talk was read, '' for none; older ones are worth nothing then."""
    row = TalkMessageRow
    unread = (row.friend_id == friend_id, row.read_token != "")
    token = session.scalar(select(row.read_token).where(*unread).order_by(row.at.desc()).limit(1))
    session.execute(update(row).where(*unread).values(read_token=""))
    return token or ""
