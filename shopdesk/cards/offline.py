"""A till that cannot reach the shop's data: visits are noted on this computer, and counted once the data is back.

Only earning is noted. Whether points or a coupon were used before cannot be known here, so nothing is used until the data is back.
"""

from __future__ import annotations

import json
import threading
import uuid
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from shopdesk.cards import earning, finding, reversing
from shopdesk.cards.records import Noted, Replayed
from shopdesk.cards.refusals import CardRefusedError, NonceReusedError, TooLateError
from shopdesk.cards.tills import Request
from shopdesk.database import BusyError, DatabaseError
from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _
from shopdesk.journal import Back, Journal, Note
from shopdesk.scancodes import Trace
from shopdesk.staff import Act, Actor, needs

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy.orm import Session

    from shopdesk.cards.finding import Wanted
    from shopdesk.cards.office import Office
    from shopdesk.cards.records import Counted
    from shopdesk.cards.tills import Tills
    from shopdesk.cards.uncounted import UncountedVisits

_AT_ONCE = 200


class Offline:
    """Notes visits, counts them later, and puts on a list those that could not be counted."""

    def __init__(self, office: Office, tills: Tills, uncounted: UncountedVisits, file: Path) -> None:
        self._office, self._tills, self._uncounted = office, tills, uncounted
        self._staff = office.staff
        self._journal = Journal(file)
        self._counting = threading.Lock()

    @needs(Act.SCAN)
    def note(
        self, typed: str, *, visits: int = 1, yen: int | None = None, till: str = "", nonce: str | None = None
    ) -> Noted:
        """Note a visit, a purchase or both for a card that cannot be looked up now; on the disk when this returns.

        What is given is given as to `Cards.scan`, but that a number has its check digits: nobody sees a name by which a wrong one would
        be told. A visit whose counting was begun, and of which no answer came, is noted under the same nonce: it is counted once.

        Raises:
            NeedsCardNumberError: it is a number without them.
            NotOursError: it is neither a code of a card nor a number.
            NonceReusedError: something else was noted under this nonce, or it was taken back.
            InvalidInputError: nothing is to be counted, or too much.
        """
        earning.require_possible(visits, yen)
        request = replace(Request.of(typed, till, nonce, "scan", visits, yen), wanted=finding.surely(typed))
        new = Note(request.nonce, self._office.clock.now(), _body(request, self._staff.actor))
        kept = self._journal.put(new)
        found, _by = _read(kept)
        if found.asked != request.asked or kept.back is not None:
            raise NonceReusedError(_("Something else was noted under this number. Scan again for another visit."))
        return _noted(kept)

    @needs(Act.SCAN)
    def take_back(self, nonce: str, reason: str, *, till: str = "") -> None:
        """Take back a visit that this till noted within ten minutes, on the disk when this returns: what it brings, it brings never.

        Where it was counted after all, of which no answer came, it is taken back when the data is there. Taken back twice it stays so.

        Raises:
            InvalidInputError: no reason is given.
            TooLateError: it is older, another till's, or counted by now.
        """
        why, now = reversing.reason_of(reason), self._office.clock.now()
        found = self._journal.get(nonce)
        if found is None:
            raise _counted_by_now()
        if found.back is not None:
            return
        request, _by = _read(found)
        if request.till != till or not timedelta() <= now - found.at <= reversing.VOIDABLE:
            raise TooLateError(
                _(
                    "What was noted can be taken back at the same till, for ten minutes. Ask the owner or the manager to do it later."
                )
            )
        if not self._journal.take_back(nonce, Back(now, _back_body(why, till, self._staff.actor))):
            raise _counted_by_now()

    @needs(Act.SCAN)
    def noted(self, till: str, since: datetime, limit: int = 20) -> list[Noted]:
        """Return what a till of this computer noted since a moment and is not counted yet, the newest first."""
        return [_noted(one) for one in self._journal.last(since, limit) if _read(one)[0].till == till]

    @staticmethod
    def require_sure(typed: str) -> None:
        """Refuse what is not surely a card. Raises NeedsCardNumberError, NotOursError."""
        finding.surely(typed)

    def waiting(self) -> int:
        """Return how many visits were noted on this computer and are not counted yet, without those that were taken back."""
        return self._journal.count()

    def replay(self, between: Callable[[], object] = lambda: None) -> Replayed:
        """Count what was noted, each visit in the name of who noted it, as of when it was; what is refused is kept for the owner.

        However often it is begun, and wherever it is cut off, each visit is counted once, and one that was taken back does not count.
        `between` is called after each.

        Raises:
            OfflineError, DatabaseError, BusyError: the data cannot be written (any more); the rest waits.
        """
        counted = refused = 0
        with self._counting:
            while notes := self._journal.waiting(_AT_ONCE):
                late = self._lateness()
                for one in notes:
                    if one.back is not None:
                        self._undo(one, one.back, late)
                    else:
                        done = self._count(replace(one, at=one.at + late))
                        counted, refused = counted + done, refused + (not done)
                    self._journal.done(one)
                    between()
        return Replayed(counted, refused)

    def _lateness(self) -> timedelta:
        """Return by how much this computer's clock is late: by the one that decides, notes are that much younger."""
        with self._office.database.read() as session:
            return self._office.now(session) - self._office.clock.now()

    def _count(self, note: Note) -> bool:
        """Count a visit that was noted, or keep why not; return whether it counts."""
        request, by = _read(note)
        if self._uncounted.knows(note.nonce):
            return False
        with self._staff.acting(by):
            try:
                earning.earn(self._tills, request)
            except (DatabaseError, BusyError):
                raise
            except ShopDeskError as refused:
                self._keep(request, by, refused)
                return False
        return True

    def _undo(self, note: Note, back: Back, late: timedelta) -> None:
        """Count a visit and take it back in one transaction, so that it brings nothing and its card's history says why.

        It may have been counted before: its answer was lost, or this was cut off. Then it is taken back alone.
        """
        (request, by), said = _read(replace(note, at=note.at + late)), json.loads(back.body)
        undo = Request(None, said["till"], said["nonce"], ("take back noted", note.nonce), back.at + late)

        def act(session: Session, now: datetime) -> Counted:
            with self._staff.acting(by):
                visit = partial(earning.visit, self._tills, _without_code(request))
                done = self._tills.once(session, now, request, "scan", visit)
            on, _rules = self._tills.act(session, undo, back.at + late)
            entry = reversing.entry(session, done.entry_id)
            return reversing.reverse(session, entry, on, self._office.coupons, said["why"])

        with self._staff.acting(Actor(*said["by"])):
            try:
                self._tills.do(undo, "reverse", act)
            except (DatabaseError, BusyError):
                raise
            except ShopDeskError:  # it would not have counted anyway
                self._uncounted.withdraw(note.nonce)

    def _keep(self, request: Request, by: Actor, refused: ShopDeskError) -> None:
        _what, visits, yen = request.said
        known = refused.card_id if isinstance(refused, CardRefusedError) else None
        said = {"code": refused.code, "why": refused.message, "card_number": known or _number(request.wanted)}
        values = {"at": request.at, "till": request.till, "actor": by.name, "visits": visits, "yen": yen, **said}
        self._uncounted.keep(request.nonce, values)

    def close(self) -> None:
        """Close the journal's file."""
        self._journal.close()


def _number(wanted: Wanted) -> int | None:
    return wanted.card_number if isinstance(wanted, Trace) else wanted


def _noted(note: Note) -> Noted:
    request, _by = _read(note)
    _what, visits, yen = request.said
    return Noted(note.nonce, note.at, _number(request.wanted), visits, yen, note.back is not None)


def _without_code(request: Request) -> Request:
    """Return a request by the card's number where a passing code was shown: a code counts once, and this visit is not to be the one."""
    wanted = request.wanted
    passing = isinstance(wanted, Trace) and wanted.kind == "passing"
    return replace(request, wanted=_number(wanted)) if passing else request


def _counted_by_now() -> TooLateError:
    return TooLateError(_("This visit has been counted meanwhile. Take it back under “Just now”."))


def _back_body(why: str, till: str, by: Actor) -> str:
    said = {"nonce": str(uuid.uuid4()), "why": why, "till": till}
    return json.dumps(said | {"by": [by.name, by.role, by.member_id]})


def _body(request: Request, by: Actor) -> str:
    wanted: Any = request.wanted
    shown = [wanted.kind, wanted.hashed, wanted.card_number] if isinstance(wanted, Trace) else wanted
    return json.dumps(
        {"shown": shown, "till": request.till, "said": request.said, "by": [by.name, by.role, by.member_id]}
    )


def _read(note: Note) -> tuple[Request, Actor]:
    kept = json.loads(note.body)
    shown = kept["shown"]
    wanted = Trace(*shown) if isinstance(shown, list) else shown
    return Request(wanted, kept["till"], note.nonce, tuple(kept["said"]), note.at), Actor(*kept["by"])
