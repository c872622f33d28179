"""The machine while events have their effect: what it answers is written down in their transaction, and sent after it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from sqlalchemy import select

from shopdesk.errors import ShopDeskError
from shopdesk.japanese import fold
from shopdesk.messages import for_person
from shopdesk.surveys import asks_which
from shopdesk.talks import reading
from shopdesk.talks.machine.asking import asks
from shopdesk.talks.machine.assisting import Asked
from shopdesk.talks.machine.deciding import decide, is_named, is_open
from shopdesk.talks.machine.questions import with_way_on
from shopdesk.talks.machine.records import OFFERED_AGAIN_AFTER, TOLD_AGAIN_AFTER, Decision
from shopdesk.talks.machine.speaking import Saying
from shopdesk.talks.occasions import LEAVE_WAITING
from shopdesk.talks.records import token_lives
from shopdesk.talks.replying import ByMachine
from shopdesk.talks.standing import talk_of
from shopdesk.talks.tables import TalkMessageRow, TalkRow

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from sqlalchemy.orm import Session

    from shopdesk.clock import Clock
    from shopdesk.friends import Met
    from shopdesk.line import LineEvent
    from shopdesk.staff import Staff
    from shopdesk.surveys import Progress
    from shopdesk.talks.machine.records import Setup
    from shopdesk.talks.machine.surveying import Surveying
    from shopdesk.talks.machine.wishes import Granted, Wishes
    from shopdesk.talks.machine.wording import Wording
    from shopdesk.talks.replying import Replies

logger = logging.getLogger(__name__)

_SAID = frozenset({"message", "postback"})
_LOOSE = frozenset({"name", "address"})
"""Questions to which every text is an answer, but which no word of the shop's answers."""


class Hearing:
    """The machine during one group of events; `spoken` and `asked` are for after the commit."""

    def __init__(
        self,
        setup: Setup,
        replies: Replies,
        wording: Wording,
        staff: Staff,
        clock: Clock,
        *,
        wishes: Wishes,
        surveying: Surveying,
    ) -> None:
        self._setup, self._replies, self._wording, self._staff = setup, replies, wording, staff
        self._clock, self._wishes, self._surveying = clock, wishes, surveying
        self.spoken: list[Saying] = []
        self.asked: list[Asked] = []
        self.granted = False

    def hear(self, session: Session, event: LineEvent, friend: Met) -> bool:
        """Answer an event that the talk has taken, or keep still; say whether something was written into the talk.

        Only with the event's own reply token, while it lives: it never costs, and what LINE delivers late stays for a person.
        What answers a survey is kept however late it comes.
        """
        talk = session.get(TalkRow, friend.friend_id)
        if talk is not None and talk.silenced and friend.returned:
            self._hand_back(session, event, talk)
        if event.standby or not event.reply_token or friend.linking:
            return False
        silenced = talk is not None and talk.silenced
        open_ = self._asked(session, event, friend, silenced=silenced)
        if not token_lives(event.at, self._clock.now()):
            return self._take_late(session, event, friend, open_)
        if self._grant(session, event, friend, open_, silenced=silenced):
            return True
        if silenced:
            return False
        if event.kind == "follow":
            return friend.turned and self._say(session, event, friend.friend_id, _greeting(friend))
        return event.kind == "message" and self._answer(session, event, friend.friend_id, open_)

    def _asked(self, session: Session, event: LineEvent, friend: Met, *, silenced: bool) -> Progress | None:
        """Return what a survey asks a friend just now, None also where what they write is said to a person."""
        if event.kind not in _SAID or self._wants_person(event):
            return None
        if silenced and not asks(session, friend.friend_id):
            return None
        return self._surveying.asked(session, friend)

    def _grant(
        self, session: Session, event: LineEvent, friend: Met, open_: Progress | None, *, silenced: bool
    ) -> bool:
        """Give a friend the card or coupon they ask for, or the next question of a survey, if the event is such a wish."""
        try:
            granted = self._granted(session, event, friend, open_, silenced=silenced)
            if granted is None:
                return False
            way = ByMachine(event.reply_token, event.at, event.at, granted.occasion)
            messages = for_person(granted.written, "")
            spoken = self._replies.write_down(session, friend.friend_id, messages, "", by_machine=way)
        except ShopDeskError as wrong:
            logger.warning("a wish is not granted: %s", wrong.code)
            return False
        self._staff.record(session, "answer by wish", "talk", [friend.friend_id])
        self.spoken.append(Saying(spoken, event.user_id))
        self.granted = True
        return True

    def _granted(
        self, session: Session, event: LineEvent, friend: Met, open_: Progress | None, *, silenced: bool
    ) -> Granted | None:
        """Return the answer to a wish or to a survey; within a survey what plainly means something else is that.

        The question stays open then, and a button leads on with it. What can only be its answer, as all that is written to a
        free question, is its answer before it is anything else.
        """
        said, surveying = _text_of(event), self._surveying
        if open_ is not None and self._is_plain(session, friend, open_, said):
            typed = self._wishes.grant_typed(session, event, friend)
            return typed or surveying.said(session, said, friend, open_)
        wish = self._wishes.grant(session, event, friend)
        if wish is not None:
            return wish if open_ is None else wish._replace(written=with_way_on(wish.written, open_))
        found = surveying.tapped(session, event, friend)
        if found is not None or not said:
            return found
        if (begun := surveying.begun(session, said, friend)) is not None:
            return begun
        if (open_ is not None or asks_which(said)) and not silenced and is_named(self._setup, said, event.at):
            return None
        offered = surveying.offered(session, friend) if asks_which(said) else None
        return offered or (surveying.said(session, said, friend, open_) if open_ is not None else None)

    def _is_plain(self, session: Session, friend: Met, open_: Progress, said: str) -> bool:
        """Say whether a text is an answer and nothing else: a name or an address may be anything, so a known word is none."""
        loose = open_.asked is not None and open_.asked.kind in _LOOSE
        return bool(said) and not loose and self._surveying.fits(session, friend, open_, said)

    def _take_late(self, session: Session, event: LineEvent, friend: Met, open_: Progress | None) -> bool:
        """Keep what answers a survey although nothing can be said for free any more; what comes next stands in the talk, not sent."""
        said = _text_of(event)
        try:
            granted = self._surveying.tapped(session, event, friend, begins=False)
            if open_ is not None and said and self._surveying.fits(session, friend, open_, said):
                granted = self._surveying.said(session, said, friend, open_)
            if granted is None:
                return False
            self._replies.write_off(session, friend.friend_id, for_person(granted.written, ""), granted.occasion)
        except ShopDeskError as wrong:
            logger.warning("a late answer is not taken: %s", wrong.code)
            return False
        self._staff.record(session, "answer by wish", "talk", [friend.friend_id])
        self.granted = True
        return True

    def _wants_person(self, event: LineEvent) -> bool:
        """Say whether somebody wrote that they want to speak with a person: that is no answer to a question."""
        button = fold(self._setup.ask_button)
        return bool(button) and fold(_text_of(event)) == button

    def _hand_back(self, session: Session, event: LineEvent, talk: TalkRow) -> None:
        """Let the machine speak again in the talk of somebody who comes back after having blocked the shop.

        Whoever blocks has ended the conversation that a person had taken over, and nobody could answer it since: coming back
        begins a new one, with its greeting. Where a person has spoken after they came back – LINE told us late – the talk is
        that person's already.
        """
        row = TalkMessageRow
        by_person = (row.friend_id == talk.friend_id, row.side == "shop", row.by_machine.is_(False), row.at > event.at)
        if session.scalar(select(row.id).where(*by_person).limit(1)) is None:
            talk.silenced = False
            self._staff.record(session, "hand back", "talk", [talk.friend_id])

    def _answer(self, session: Session, event: LineEvent, friend_id: int, open_: Progress | None) -> bool:
        row = session.scalar(select(TalkMessageRow).where(TalkMessageRow.line_id == event.part("message").get("id")))
        if row is None or row.state != "received":  # taken back before it came
            return False
        said = row.words if row.kind == "text" else ""
        talk, now = talk_of(session, friend_id), self._clock.now()
        told = _lately(talk.told_closed_at, now, TOLD_AGAIN_AFTER)
        offered = _lately(talk.offered_at, now, OFFERED_AGAIN_AFTER)
        decision = decide(self._setup, said, event.at, told=told, offered=offered)
        if decision is None:
            return False
        if decision.kind == "assistant":
            self.asked.append(Asked(friend_id, row.id, event.reply_token, event.at))
            return False
        if decision.kind == "person":
            talk.silenced = True
        if not self._say(session, event, friend_id, decision, open_):
            return decision.kind == "person"
        if decision.kind == "closed":
            talk.told_closed_at = now
        elif decision.kind == "offer":
            talk.offered_at = now
        return True

    def _say(
        self, session: Session, event: LineEvent, friend_id: int, decision: Decision, asked: Progress | None = None
    ) -> bool:
        """Write an answer down; what is set wrongly, or a home that may not send, only keeps the machine still."""
        try:
            written = self._wording.of(self._setup, decision, open_=is_open(self._setup, event.at))
            if written is None:
                return False
            if asked is not None and decision.rule is not None:
                written = with_way_on(written, asked)
            name = reading.name_of(session, friend_id)
            own = self._wishes.own_of(session, written, friend_id)
            messages = for_person(written, name, own)
            settles = None if decision.kind in LEAVE_WAITING else event.at
            way = ByMachine(event.reply_token, event.at, settles, decision.kind)
            rule = decision.rule.name if decision.rule is not None else ""
            spoken = self._replies.write_down(session, friend_id, messages, rule, by_machine=way)
        except ShopDeskError as wrong:
            logger.warning("the machine keeps still: %s", wrong.code)
            return False
        about = f"answer by {decision.kind}"
        self._staff.record(session, about, "talk", [friend_id, *([decision.rule.id] if decision.rule else [])])
        self.granted = self.granted or bool(written.coupons)
        self.spoken.append(Saying(spoken, event.user_id, written if written.personal and not name else None, own))
        return True


def _text_of(event: LineEvent) -> str:
    return str(event.part("message").get("text") or "").strip()


def _greeting(friend: Met) -> Decision:
    return Decision("greeting_again" if friend.returned else "greeting")


def _lately(at: datetime | None, now: datetime, within: timedelta) -> bool:
    """Whether something was within a time; a moment that lies far ahead is of a clock that was wrong."""
    return at is not None and abs(now - at) < within
