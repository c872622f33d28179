"""A request from a till, done once: its nonce, what is shown with it, and the waiting after many refusals."""

from __future__ import annotations

import hashlib
import json
import uuid
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import insert

from shopdesk.cards import finding, publishing
from shopdesk.cards.book import Act, Book
from shopdesk.cards.records import Counted, Reached
from shopdesk.cards.refusals import CardRefusedError, LimitError, NonceReusedError
from shopdesk.cards.tables import CardNonceRow, CardRefusalRow, CardRow
from shopdesk.database import Statement, milliseconds, moment
from shopdesk.errors import InvalidInputError
from shopdesk.i18n import _
from shopdesk.scancodes import Trace

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.cards.finding import Wanted
    from shopdesk.cards.office import Office
    from shopdesk.cards.rules import Rules

T = TypeVar("T")
MOST_BAD = 20
BAD_WITHIN = timedelta(minutes=1)


_CLAIM = Statement(
    "INSERT INTO card_nonces (nonce, asked, answer, at) VALUES (:nonce, :asked, '', :at) "
    "ON CONFLICT DO NOTHING RETURNING nonce"
)
_KEEP = Statement("UPDATE card_nonces SET answer = :answer WHERE nonce = :nonce")
_RECENT_BAD = Statement(
    "SELECT count(*) FROM card_refusals WHERE till = :till AND at > :since AND code IN ('not_ours', 'expired', 'revoked')"
)


@dataclass(frozen=True, slots=True)
class Request:
    """What a till asks for: by which code or number, the till's name, its nonce, and everything else that it says.

    `at` is when it was asked, by a till that could not reach the data then.
    """

    wanted: Wanted
    till: str
    nonce: str
    said: tuple[Any, ...]
    at: datetime | None = None

    @classmethod
    def of(cls, typed: str, till: str, nonce: str | None, *said: Any, at: datetime | None = None) -> Request:
        """Make a request of what was typed; without a nonce it is one of its own. Raises InvalidInputError."""
        try:
            once = str(uuid.UUID(nonce)) if nonce else str(uuid.uuid4())
        except ValueError as error:
            raise InvalidInputError(_("“{nonce}” is no nonce: it must be a UUID.").format(nonce=nonce)) from error
        return cls(finding.wanted(typed), till, once, said, at)

    @property
    def asked(self) -> str:
        """What identifies the request beside its nonce: the same whether it was made at once or noted and made later."""
        by = self.wanted.hashed if isinstance(self.wanted, Trace) else self.wanted
        return hashlib.sha256(json.dumps([by, self.till, *self.said]).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Desk:
    """An open card at a till: the rules of now, and who gives coupons."""

    book: Book
    rules: Rules
    office: Office


class Tills:
    """Does what tills ask for."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def do(self, request: Request, what: str, act: Callable[[Session, datetime], Counted]) -> Counted:
        """Do a request in one transaction and keep its answer; a request that was done is answered again and changes nothing.

        Raises:
            NonceReusedError: another request had this nonce.
            CardRefusedError: what is asked is not taken.
        """
        office = self._office
        try:
            with office.database.write() as session:
                now = office.now(session)
                done = self.once(session, now, request, what, act)
        except CardRefusedError as refused:
            if request.at is None:
                self._note(request.till, refused)
            raise
        if not done.repeated:
            office.tell()
        return done

    def once(
        self, session: Session, now: datetime, request: Request, what: str, act: Callable[[Session, datetime], Counted]
    ) -> Counted:
        """Do a request in a transaction that is open, as `do` does."""
        answered = self._begun(session, request, now)
        if answered is not None:
            return answered
        done = act(session, now)
        self._keep(session, request, done)
        self._office.staff.record(session, what, "card", [done.card_id, done.entry_id])
        return done

    def look(self, till: str, read: Callable[[Session, datetime], T]) -> T:
        """Look something up by what was shown, changing nothing but the note of a refusal.

        Raises:
            LimitError: this till was refused too many codes within a minute.
            CardRefusedError: what was shown is not taken.
        """
        office = self._office
        try:
            with office.database.read() as session:
                now = office.now(session)
                self._require_patience(session, till, now)
                return read(session, now)
        except CardRefusedError as refused:
            self._note(till, refused)
            raise

    def desk(self, session: Session, request: Request, now: datetime) -> Desk:
        """Open the card that was shown with a request: now, or when it was asked.

        Raises:
            LimitError: this till was refused too many codes within a minute.
            NotOursError, RevokedError, ExpiredCodeError: the code is not taken.
        """
        if request.at is None:
            self._require_patience(session, request.till, now)
            found = finding.shown(session, request.wanted, now)
        else:
            found = finding.noted(session, request.wanted, request.at)
        act, rules = self.act(session, request, request.at or now)
        shown = replace(act, proof=found.proof, proof_hash=found.proof_hash)
        return Desk(Book.open(session, found.card_id, shown), rules, self._office)

    def act(self, session: Session, request: Request, now: datetime) -> tuple[Act, Rules]:
        """Return how entries of a request are written, and the rules of now."""
        rules_id, rules = publishing.current(session)
        return Act(now, self._office.staff.actor.name, request.till, rules_id, nonce=request.nonce), rules

    @staticmethod
    def _begun(session: Session, request: Request, now: datetime) -> Counted | None:
        """Take the nonce, waiting for another till that has it; return the answer that was given under it, None where it is new."""
        new = _CLAIM.run(session, nonce=request.nonce, asked=request.asked, at=milliseconds(now))
        if new.first() is not None:
            return None
        row = session.get_one(CardNonceRow, request.nonce)
        if row.asked != request.asked:
            raise NonceReusedError(
                _(
                    "This request was made before with something else in it, and that was done. Scan again for another one."
                )
            )
        return replace(_answered(row.answer), repeated=True)

    @staticmethod
    def _keep(session: Session, request: Request, done: Counted) -> None:
        _KEEP.run(session, nonce=request.nonce, answer=_answer(done))

    @staticmethod
    def _require_patience(session: Session, till: str, now: datetime) -> None:
        """Refuse a till that tries one code after the other. What is counted lies in the database: all programs at it count together."""
        if (_RECENT_BAD.value(session, till=till, since=milliseconds(now - BAD_WITHIN)) or 0) >= MOST_BAD:
            raise LimitError(
                _("Too many codes that are none of ours were read at this till. Wait a minute, then scan again.")
            )

    def _note(self, till: str, refused: CardRefusedError) -> None:
        office = self._office
        with office.database.write() as session:
            known = refused.card_id is not None and session.get(CardRow, refused.card_id) is not None
            card_id = refused.card_id if known else None
            by = {"at": office.now(session), "till": till, "actor": office.staff.actor.name}
            session.execute(insert(CardRefusalRow).values(card_id=card_id, code=refused.noted or refused.code, **by))


def _answer(done: Counted) -> str:
    times = {"at": milliseconds(done.at)}
    rewards = [{**asdict(one), "until": one.until and milliseconds(one.until)} for one in done.rewards]
    return json.dumps({**asdict(done), **times, "rewards": rewards})


def _answered(kept: str) -> Counted:
    said = json.loads(kept)
    rewards = tuple(Reached(**{**one, "until": one["until"] and moment(one["until"])}) for one in said["rewards"])
    return Counted(**{**said, "at": moment(said["at"]), "rewards": rewards})
