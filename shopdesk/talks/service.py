"""Talks with friends, as the window, the gateway and the command line speak of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from shopdesk.changes import Changes, Topic
from shopdesk.errors import NotFoundError
from shopdesk.friends.tables import FriendRow
from shopdesk.i18n import _
from shopdesk.line import USER_ID
from shopdesk.messages import Own, card_values, for_person, own_of
from shopdesk.staff import Act, needs
from shopdesk.talks import reading
from shopdesk.talks.desk import Desk, show_read, taken_read_token
from shopdesk.talks.exporting import Exporting
from shopdesk.talks.fetching import Fetching
from shopdesk.talks.keeping import Keeping
from shopdesk.talks.machine import Machine, Surveying, Wishes
from shopdesk.talks.receiving import receive
from shopdesk.talks.records import Counts, File, News, Said, Talk, Way, Which
from shopdesk.talks.replying import BlockedError, ByMachine, Replies
from shopdesk.talks.requests import Requests
from shopdesk.talks.searching import INDEX
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
        self.desk = Desk(database, clock, staff, changes, line)
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
    def news(self, limit: int = 20) -> list[News]:
        """Return what each friend who waits has said last, the newest first; nothing of talks that the machine answers just now."""
        with self._database.read() as session:
            return reading.news(session, limit)

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
            unread = taken_read_token(session, friend_id)
            settle(session, talk)
            self._staff.record(session, "reply", "talk", [friend_id])
        self._changes.tell(Topic.TALKS, *([Topic.COUPONS] if written.coupons else []))
        show_read(self._line, unread)
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
