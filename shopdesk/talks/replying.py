"""Answers to one friend: written down before LINE is called, free while a reply token lives, never twice under two keys.

LINE takes a reply token once: as long as it lives, a reply whose fate nobody knows can be tried again as a push can.
"""

from __future__ import annotations

import asyncio
import json
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select, update

from shopdesk.errors import NotFoundError, ShopDeskError
from shopdesk.friends.tables import FriendRow
from shopdesk.i18n import _
from shopdesk.line import Answer, LineError, Lost, Verdict, judge, said
from shopdesk.talks import reasons
from shopdesk.talks.receiving import words
from shopdesk.talks.records import REPLY_TOKEN_LASTS, Way, token_lives
from shopdesk.talks.searching import INDEX, index
from shopdesk.talks.standing import settle, talk_of
from shopdesk.talks.tables import TalkMessageRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.clock import Clock
    from shopdesk.database import Database
    from shopdesk.line import Line, Message
    from shopdesk.quarantine import Installation
    from shopdesk.talks.tables import TalkRow

KEY_LASTS = timedelta(hours=23)
"""LINE forgets a retry key after 24 hours and would take the same request for a new one."""


class BlockedError(ShopDeskError):
    """The friend has blocked the account: LINE would take the message and deliver it to nobody."""

    code = "blocked"


class Spoken(NamedTuple):
    """One request to LINE: rows that share a key, under which LINE takes it once: the retry key of a push, or the token of a reply.

    `token_at` is of a reply: when its token was given. Once it is accepted, a friend who waits since `settles` waits no more; only
    the machine settles what it answers. `again`: LINE may have taken it already.
    """

    key: str
    token_at: datetime | None = None
    settles: datetime | None = None
    again: bool = False

    @property
    def reply_token(self) -> str:
        """The token it is a reply with, '' for a push."""
        return self.key if self.token_at is not None else ""


class ByMachine(NamedTuple):
    """An automatic answer goes with this reply token, given at that moment, and never otherwise; it may settle what was said.

    `occasion` is a word of `occasions.py`, or `rule` or `question` where the answer has a rule's name.
    """

    reply_token: str
    token_at: datetime
    settles: datetime | None
    occasion: str


class Replies:
    """Sends answers and notes what became of them."""

    def __init__(self, database: Database, clock: Clock, line: Line, installation: Installation) -> None:
        self._database, self._clock, self._line, self._installation = database, clock, line, installation

    def way(self, talk: TalkRow | None) -> Way:
        """Return how an answer would go just now."""
        if talk is None or not talk.reply_token or talk.reply_token_at is None:
            return Way(free=False)
        left = (talk.reply_token_at + REPLY_TOKEN_LASTS - self._clock.now()).total_seconds()
        return Way(left > 0, max(0, int(left)))

    def write_down(
        self,
        session: Session,
        friend_id: int,
        messages: Sequence[Message],
        author: str,
        *,
        by_machine: ByMachine | None = None,
    ) -> Spoken:
        """Put an answer into the talk, about to be sent; the reply token it takes is nobody else's any more.

        Args:
            session: The transaction.
            friend_id: To whom.
            messages: As they go out.
            author: Who of the shop answers, or the rule of the machine; '' where its occasion says enough.
            by_machine: Where the machine answers: with what it does so.

        Raises:
            NotFoundError: there is no such friend.
            BlockedError: the friend has blocked the account.
            QuarantinedError: this home was copied or restored.
        """
        self._installation.require_free(session)
        state = session.scalar(select(FriendRow.state).where(FriendRow.id == friend_id))
        if state is None:
            raise NotFoundError(_("There is no such talk any more."))
        if state == "blocked":
            raise BlockedError(_("This friend has blocked the account; LINE would deliver nothing."))
        talk = talk_of(session, friend_id)
        occasion = by_machine.occasion if by_machine else ""
        if by_machine:
            spoken = Spoken(by_machine.reply_token, by_machine.token_at, by_machine.settles)
        elif self.way(talk).free:
            spoken = Spoken(talk.reply_token, talk.reply_token_at)
        else:
            spoken = Spoken(str(uuid.uuid4()))
        if spoken.reply_token == talk.reply_token:
            talk.reply_token = ""
        self._put(session, [self._row(friend_id, one, author, spoken, occasion) for one in messages])
        settle(session, talk)
        return spoken

    def write_off(self, session: Session, friend_id: int, messages: Sequence[Message], occasion: str) -> None:
        """Put into the talk what the machine cannot say for free any more: a person sees it there, and may send it."""
        together = Spoken(str(uuid.uuid4()))
        rows = [self._row(friend_id, one, "", together, occasion) for one in messages]
        for row in rows:
            row.way, row.state, row.reason = "reply", "refused", "late"
        self._put(session, rows)
        settle(session, talk_of(session, friend_id))

    @staticmethod
    def _put(session: Session, rows: Sequence[TalkMessageRow]) -> None:
        for row in rows:
            session.add(row)
            session.flush()
            index(session, row.id, row.words)

    def _row(self, friend_id: int, message: Message, author: str, spoken: Spoken, occasion: str) -> TalkMessageRow:
        now = self._clock.now()
        return TalkMessageRow(
            friend_id=friend_id,
            line_id=None,
            side="shop",
            author=author,
            by_machine=bool(occasion),
            occasion=occasion,
            kind=str(message.get("type", "")),
            body=_kept(message),
            words=_words(message),
            at=now,
            state="sending",
            reason="",
            way="reply" if spoken.reply_token else "push",
            retry_key=spoken.key,
            tried_at=now,
            read_token="",
            file_state="",
        )

    def rewrite(self, spoken: Spoken, messages: Sequence[Message]) -> None:
        """Put other messages, as many, in the place of those that were written down and wait to be sent."""
        row = TalkMessageRow
        with self._database.write() as session:
            mine = select(row).where(row.retry_key == spoken.key, row.state == "sending").order_by(row.id)
            for kept, message in zip(session.scalars(mine).all(), messages, strict=False):
                kept.body, kept.words = _kept(message), _words(message)
                session.flush()
                INDEX.take_out(session, [kept.id])
                index(session, kept.id, kept.words)

    def send(self, spoken: Spoken) -> None:
        """Send what was written down and note what became of it. Never raises for LINE: the rows say it."""
        with self._database.read() as session:
            row = TalkMessageRow
            chosen = select(row.body, FriendRow.user_id).join(FriendRow, FriendRow.id == row.friend_id)
            found = session.execute(chosen.where(row.retry_key == spoken.key).order_by(row.id)).all()
        if not found:
            return
        body = _request(found[0].user_id, [one.body for one in found], spoken.reply_token)
        try:
            answer = self._post(spoken, body)
            if judge(answer) is Verdict.RETRY and spoken.token_at and token_lives(spoken.token_at, self._clock.now()):
                spoken = spoken._replace(again=True)
                answer = self._post(spoken, body)
        except LineError as refused:  # no keys, or LINE cannot be asked for a token: nothing went out
            self._note(spoken, "refused", reasons.not_asked(refused))
            return
        self._note(spoken, *_outcome(answer, spoken))

    def _post(self, spoken: Spoken, body: bytes) -> Answer | Lost:
        answer = self._once(spoken, body, self._line.token())
        if judge(answer) is Verdict.TOKEN and self._line.tokens.mintable:
            answer = self._once(spoken, body, self._line.token(fresh=True))
        return answer

    def _once(self, spoken: Spoken, body: bytes, token: str) -> Answer | Lost:
        async def post() -> Answer | Lost:
            async with self._line.sending() as sending:
                if spoken.reply_token:
                    return await sending.post("reply", body, "", token)
                return await sending.post("push", body, spoken.key, token)

        return asyncio.run(post())

    def _note(self, spoken: Spoken, state: str, reason: str) -> None:
        with self._database.write() as session:
            row = TalkMessageRow
            mine = update(row).where(row.retry_key == spoken.key, row.state != "accepted")
            friends = set(session.scalars(mine.values(state=state, reason=reason).returning(row.friend_id)))
            for friend_id in friends:
                talk = talk_of(session, friend_id)
                settle(session, talk)
                if state == "accepted" and spoken.settles is not None and talk.waiting_since == spoken.settles:
                    talk.done_until = max(talk.done_until, spoken.settles)
                    settle(session, talk)

    def again(self, session: Session, message_id: int) -> Spoken:
        """Make what was not accepted ready to be sent once more, with all that went with it.

        A push of the last 23 hours keeps its key: LINE takes it once, whatever became of the first try. Everything else gets
        a new one. Raises NotFoundError: there is nothing to send again.
        """
        row = session.get(TalkMessageRow, message_id)
        if row is None or row.state not in {"refused", "unknown"}:
            raise NotFoundError(_("This message needs no second try."))
        self._installation.require_free(session)
        now = self._clock.now()
        keeps = row.way == "push" and _young(row.tried_at, now)
        key = row.retry_key if keeps else str(uuid.uuid4())
        values: dict[str, Any] = {"retry_key": key, "way": "push", "state": "sending", "reason": ""}
        if not keeps:
            values |= {"tried_at": now}
        session.execute(update(TalkMessageRow).where(TalkMessageRow.retry_key == row.retry_key).values(**values))
        return Spoken(key)

    def left_over(self) -> list[Spoken]:
        """Return what a process that was killed had begun to send: pushes whose key still holds.

        What was a reply, or is too old, becomes unknown: a person decides.
        """
        now, row = self._clock.now(), TalkMessageRow
        with self._database.write() as session:
            found = session.execute(
                select(row.retry_key, row.way, row.tried_at).where(row.state == "sending").distinct()
            ).all()
            open_ = [one for one in found if one.tried_at is not None and now - one.tried_at > timedelta(minutes=1)]
            pushes = [one.retry_key for one in open_ if one.way == "push" and _young(one.tried_at, now)]
            lost = [one.retry_key for one in open_ if one.retry_key not in pushes]
            given_up = update(row).where(row.retry_key.in_(lost), row.state == "sending").returning(row.friend_id)
            for friend_id in set(session.scalars(given_up.values(state="unknown", reason="closed"))):
                settle(session, talk_of(session, friend_id))
        return [Spoken(key) for key in pushes]


def _kept(message: Message) -> str:
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))


def _words(message: Message) -> str:
    return words(message) or str(message.get("altText", ""))


def _young(tried_at: datetime | None, now: datetime) -> bool:
    return tried_at is not None and abs(now - tried_at) < KEY_LASTS


def _request(user_id: str, bodies: Sequence[str], reply_token: str) -> bytes:
    to = {"replyToken": reply_token} if reply_token else {"to": user_id}
    request = {**to, "messages": [json.loads(one) for one in bodies], "notificationDisabled": False}
    return json.dumps(request, ensure_ascii=False, separators=(",", ":")).encode()


def _outcome(answer: Answer | Lost, spoken: Spoken) -> tuple[str, str]:
    """Return the state and what is kept of the reason."""
    verdict = judge(answer)
    if verdict is Verdict.ACCEPTED:
        return "accepted", ""
    if verdict is Verdict.RETRY:
        return "unknown", "lost_reply" if spoken.reply_token else "lost_push"
    if verdict in {Verdict.MONTHLY_LIMIT, Verdict.SLOW_DOWN}:
        return "refused", verdict.value
    status, says = (answer.status, said(answer)) if isinstance(answer, Answer) else (None, "")
    if spoken.reply_token and "reply token" in says.lower():
        return ("accepted", "") if spoken.again else ("refused", "late")  # it lives: the first try has used it
    return "refused", reasons.refused(status, says)
