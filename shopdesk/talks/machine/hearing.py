"""The machine while events have their effect: what it answers is written down in their transaction, and sent after it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from sqlalchemy import select

from shopdesk.errors import ShopDeskError
from shopdesk.japanese import fold
from shopdesk.messages import for_person
from shopdesk.talks import reading
from shopdesk.talks.machine.assisting import Asked
from shopdesk.talks.machine.deciding import decide, is_open
from shopdesk.talks.machine.records import OFFERED_AGAIN_AFTER, TOLD_AGAIN_AFTER, Decision
from shopdesk.talks.machine.speaking import Saying
from shopdesk.talks.occasions import SURVEY
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
    from shopdesk.talks.machine.records import Setup
    from shopdesk.talks.machine.surveying import Surveying
    from shopdesk.talks.machine.wishes import Wishes
    from shopdesk.talks.machine.wording import Wording
    from shopdesk.talks.replying import Replies

logger = logging.getLogger(__name__)

_SETTLING = frozenset({"rule", "question"})
"""After these nobody else has to answer; a greeting, an offer, or the assistant's guess leaves the friend waiting."""


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
        """
        talk = session.get(TalkRow, friend.friend_id)
        if talk is not None and talk.silenced and friend.returned:
            self._hand_back(session, event, talk)
        mute = event.standby or not event.reply_token or friend.linking
        if mute or not token_lives(event.at, self._clock.now()):
            return False
        silenced = talk is not None and talk.silenced
        if self._grant(session, event, friend, texts=not silenced or self._asks(session, friend.friend_id)):
            return True
        if silenced:
            return False
        if event.kind == "follow":
            return friend.turned and self._say(session, event, friend.friend_id, _greeting(friend))
        return event.kind == "message" and self._answer(session, event, friend.friend_id)

    @staticmethod
    def _asks(session: Session, friend_id: int) -> bool:
        """Say whether the last words of the shop are a survey's: what is written now is said to them, not to a person."""
        row = TalkMessageRow
        last = select(row.occasion).where(row.friend_id == friend_id, row.side == "shop")
        return session.scalar(last.order_by(row.at.desc(), row.id.desc()).limit(1)) == SURVEY

    def _grant(self, session: Session, event: LineEvent, friend: Met, *, texts: bool) -> bool:
        """Give a friend the card or coupon they ask for, or the next question of a survey, if the event is such a wish."""
        try:
            granted = self._wishes.grant(session, event, friend)
            if granted is None:
                wanted = texts and not self._wants_person(event)
                granted = self._surveying.answer(session, event, friend, texts=wanted)
            if granted is None:
                return False
            way = ByMachine(event.reply_token, event.at, granted.occasion)
            messages = for_person(granted.written, "")
            spoken = self._replies.write_down(session, friend.friend_id, messages, "", by_machine=way)
        except ShopDeskError as wrong:
            logger.warning("a wish is not granted: %s", wrong.code)
            return False
        self._staff.record(session, "answer by wish", "talk", [friend.friend_id])
        self.spoken.append(Saying(spoken, event.user_id))
        self.granted = True
        return True

    def _wants_person(self, event: LineEvent) -> bool:
        """Say whether somebody wrote that they want to speak with a person: that is no answer to a question."""
        button = fold(self._setup.ask_button)
        return bool(button) and fold(str(event.part("message").get("text") or "")) == button

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

    def _answer(self, session: Session, event: LineEvent, friend_id: int) -> bool:
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
        if not self._say(session, event, friend_id, decision):
            return decision.kind == "person"
        if decision.kind == "closed":
            talk.told_closed_at = now
        elif decision.kind == "offer":
            talk.offered_at = now
        return True

    def _say(self, session: Session, event: LineEvent, friend_id: int, decision: Decision) -> bool:
        """Write an answer down; what is set wrongly, or a home that may not send, only keeps the machine still."""
        try:
            written = self._wording.of(self._setup, decision, open_=is_open(self._setup, event.at))
            if written is None:
                return False
            name = reading.name_of(session, friend_id)
            own = self._wishes.own_of(session, written, friend_id)
            messages = for_person(written, name, own)
            way = ByMachine(event.reply_token, event.at if decision.kind in _SETTLING else None, decision.kind)
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


def _greeting(friend: Met) -> Decision:
    return Decision("greeting_again" if friend.returned else "greeting")


def _lately(at: datetime | None, now: datetime, within: timedelta) -> bool:
    """Whether something was within a time; a moment that lies far ahead is of a clock that was wrong."""
    return at is not None and abs(now - at) < within
