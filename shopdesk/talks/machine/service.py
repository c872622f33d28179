"""The answering machine as the gateway, the window and the command line speak of it."""

from __future__ import annotations

import queue
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

from shopdesk.changes import Topic
from shopdesk.settings import OpeningHours
from shopdesk.staff import PROGRAM, Act, Staff, needs
from shopdesk.talks.machine.answered import answered
from shopdesk.talks.machine.assisting import Asked, Assisting
from shopdesk.talks.machine.deciding import decide, is_open
from shopdesk.talks.machine.hearing import Hearing
from shopdesk.talks.machine.records import Decision, Setup, Trial
from shopdesk.talks.machine.rules import Rules
from shopdesk.talks.machine.speaking import Saying, Speaking
from shopdesk.talks.machine.wording import Wording, as_setting
from shopdesk.talks.unsaid import unsaid

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from shopdesk.assistant import Assistant
    from shopdesk.changes import Changes
    from shopdesk.clock import Clock
    from shopdesk.database import Database
    from shopdesk.line import Line, Message
    from shopdesk.messages import Messages
    from shopdesk.settings import Settings
    from shopdesk.talks.machine.records import Answered, Kept, Occasion
    from shopdesk.talks.machine.surveying import Surveying
    from shopdesk.talks.machine.wishes import Wishes
    from shopdesk.talks.replying import Replies

_AT_ONCE = 8
T = TypeVar("T")


class Machine:
    """The machine of one shop. It answers in three steps: `listen`, events heard in their transaction, `speak` after it."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        staff: Staff,
        changes: Changes,
        *,
        settings: Settings,
        messages: Messages,
        line: Line,
        replies: Replies,
        wishes: Wishes,
        surveying: Surveying,
        assistant: Callable[[], Assistant | None],
    ) -> None:
        self.rules = Rules(database, staff, changes, messages)
        self._database, self._messages = database, messages
        self._clock, self._changes, self._settings, self._replies = clock, changes, settings, replies
        self._wording, self.wishes, self._surveying = Wording(messages), wishes, surveying
        self._staff, self._itself = staff, Staff(database, clock, PROGRAM, changes)
        self._assisting = Assisting(database, clock, self._itself, changes, replies=replies, door=assistant)
        self._to_ask: queue.SimpleQueue[Asked] = queue.SimpleQueue()
        self._speaking = Speaking(line, replies)
        self._to_say: queue.SimpleQueue[Saying] = queue.SimpleQueue()

    def setup(self) -> Setup:
        """Return everything the machine goes by."""
        found = self._settings.all()
        return Setup(
            tuple(one for one in self.rules.all() if one.active),
            OpeningHours.parse(str(found["opening_hours"])),
            greeting=str(found["greeting"]),
            greeting_again=str(found["greeting_again"]),
            closed_message=str(found["closed_message"]),
            ask_button=str(found["ask_button"]),
            ask_offer=str(found["ask_offer"]),
            ask_message=str(found["ask_message"]),
            likeness=int(found["likeness_percent"]) / 100,
            assistant=bool(found["assistant_url"]),
        )

    @needs(Act.TALK)
    def kept(self, occasion: Occasion) -> Kept:
        """Return what is said on an occasion, as it is written. Raises MessageError, NotFoundError: it is set wrongly."""
        return self._wording.kept(str(self._settings.get(occasion)))

    @needs(Act.DRAFT)
    def keep(self, occasion: Occasion, messages: Sequence[Message]) -> None:
        """Say this on an occasion from now on; no messages for nothing.

        Raises MessageError, RefusedByLineError: LINE would not take it.
        """
        if messages:
            self._messages.draft(messages)
        self._settings.set(occasion, as_setting(messages))

    @needs(Act.TALK)
    def answered(self, limit: int = 100) -> list[Answered]:
        """Return what the machine has answered lately, the newest first."""
        with self._database.read() as session:
            return answered(session, limit)

    @needs(Act.DRAFT)
    def would_assist(self, said: str, door: Assistant) -> str:
        """Return what an assistant would answer to a text, '' where it leaves it to a person. Raises AssistantError."""
        return self._assisting.would_answer(self.setup(), door, said)

    def would_say(self, said: str, at: datetime | None = None) -> Trial:
        """Return what a friend to whom nothing was said lately would be told. Raises MessageError: it is set wrongly."""
        setup, when = self.setup(), at or self._clock.now()
        return self._trial(setup, decide(setup, said, when), when)

    def would_greet(self, *, returned: bool = False, at: datetime | None = None) -> Trial:
        """Return how a friend would be greeted. Raises MessageError, NotFoundError: it is set wrongly."""
        decision = Decision("greeting_again" if returned else "greeting")
        return self._trial(self.setup(), decision, at or self._clock.now())

    def _trial(self, setup: Setup, decision: Decision | None, at: datetime) -> Trial:
        open_ = is_open(setup, at)
        written = self._wording.of(setup, decision, open_=open_) if decision is not None else None
        return Trial(decision, open_, written)

    def listen(self) -> Hearing:
        """Begin to hear a group of events."""
        return Hearing(
            self.setup(),
            self._replies,
            self._wording,
            self._itself,
            self._clock,
            wishes=self.wishes,
            surveying=self._surveying,
        )

    def heard(self, hearing: Hearing) -> None:
        """Take what is to be said after a commit; `speak` says it. Nothing is left of it where the process is killed before."""
        if hearing.granted:
            self._changes.tell(Topic.CARDS, Topic.COUPONS, Topic.SURVEYS)
        for said in hearing.spoken:
            self._to_say.put(said)
        for asked in hearing.asked:
            self._to_ask.put(asked)

    def speak(self) -> int:
        """Send what waits and return how many answers that were. Never raises for LINE: the talks say what became of them."""
        said = _each(_taken(self._to_say), attrgetter("user_id"), self._speaking.send)
        if said:
            self._changes.tell(Topic.TALKS)
        return said

    def go_on(self) -> None:
        """Send what a process that was killed had written down and LINE may not have, before anything new is heard.

        As `speak`: whoever then answers a question has been asked it.
        """
        with self._database.write() as session:
            left = unsaid(session, self._clock.now())
        if _each(left, attrgetter("friend_id"), lambda one: self._replies.send(one.spoken)):
            self._changes.tell(Topic.TALKS)

    def assist(self) -> int:
        """Put what waits for it to the assistant, and return how much that was; takes as long as the assistant does."""
        if self._to_ask.empty():
            return 0
        return _each(_taken(self._to_ask), attrgetter("friend_id"), partial(self._assisting.answer, self.setup()))


def _taken(waiting: queue.SimpleQueue[T]) -> list[T]:
    return [waiting.get_nowait() for _ in range(waiting.qsize())]


def _each(taken: Sequence[T], whose: Callable[[T], object], work: Callable[[T], object]) -> int:
    """Do everything, for several people at once and for each of them in order, and return how much that was."""
    theirs: dict[object, list[T]] = {}
    for one in taken:
        theirs.setdefault(whose(one), []).append(one)
    if theirs:
        with ThreadPoolExecutor(min(_AT_ONCE, len(theirs)), thread_name_prefix="answer") as several:
            list(several.map(lambda some: [work(one) for one in some], theirs.values()))
    return len(taken)
