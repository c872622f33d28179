"""A member signs in: the site's request is read, LINE says who it is, the two are linked, the site is answered."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, exists, insert, select

from shopdesk.changes import Topic
from shopdesk.errors import NotFoundError
from shopdesk.friends import require_same_provider
from shopdesk.i18n import _
from shopdesk.member_sites import answers, keys, requests
from shopdesk.member_sites.addresses import issuer, returns_of
from shopdesk.member_sites.records import Asked
from shopdesk.member_sites.requests import RefusedRequestError
from shopdesk.member_sites.tables import MemberSignInRow, MemberSiteRow
from shopdesk.secrets import SIGN_IN_KEY
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.changes import Changes
    from shopdesk.clock import Clock
    from shopdesk.database import Database
    from shopdesk.line import Line, SignedIn
    from shopdesk.member_sites.linking import Linking
    from shopdesk.member_sites.records import Result
    from shopdesk.secrets import Secrets
    from shopdesk.settings import Settings
    from shopdesk.staff import Staff

KEPT = timedelta(days=60)
"""So long it is kept that a request was answered, and what contradicted what was known."""


@dataclass(frozen=True)
class Desk:
    """What a sign-in works with."""

    database: Database
    clock: Clock
    staff: Staff
    changes: Changes
    line: Line
    secrets: Secrets
    settings: Settings
    linking: Linking


class SigningIn:
    """Reads requests and answers them. The gateway leads people through LINE in between."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._staff = desk, desk.staff

    @needs(Act.SERVE_PAGE)
    def read(self, key: str, asked: Mapping[str, str]) -> Asked:
        """Return what a site asks. Nothing is written.

        Args:
            key: Of the site, as it stands in the address.
            asked: The rest of the address: `member`, `state`, `return`, `at` (seconds since 1970) and `sig`.

        Raises:
            NotFoundError: there is no such site.
            RefusedRequestError: this is no request of the site's, or it cannot be used any more.
        """
        with self._desk.database.read() as session:
            row = _of_key(session, key)
            now = self._desk.database.now(session, self._desk.clock)
            requests.require_whole(asked)
            generation = self._generation(row, asked, now)
            if asked.get("return") not in returns_of(row):
                raise RefusedRequestError("return")
            requests.require_timely(asked, now)
            self._require_fresh(session, row.id, asked["state"])
        member, state, back = (asked.get(one, "") for one in ("member", "state", "return"))
        return Asked(row.id, row.key, row.name, member, state, back, generation)

    def _generation(self, row: MemberSiteRow, asked: Mapping[str, str], now: datetime) -> int:
        """Return with which secret a request was signed. Raises RefusedRequestError."""
        root = self._root(row)
        for generation in _in_force(row, now):
            if requests.is_signed(asked, row.key, keys.secret_of(root, row.key, generation)):
                return generation
        raise RefusedRequestError("signature")

    def _root(self, row: MemberSiteRow) -> str:
        root = self._desk.secrets.get(SIGN_IN_KEY) or ""
        if not root or keys.mark_of(root) != row.mark:
            raise RefusedRequestError("key")
        return root

    @staticmethod
    def _require_fresh(session: Session, site_id: int, state: str) -> None:
        used = exists().where(MemberSignInRow.site_id == site_id, MemberSignInRow.state_hash == _hashed(state))
        if session.scalar(select(used)):
            raise RefusedRequestError("used")

    @needs(Act.SERVE_PAGE)
    def is_linked(self, asked: Asked, who: SignedIn) -> bool:
        """Say whether nothing new would be linked: no member is named, or it is the one whom this LINE belongs to already."""
        if not asked.member:
            return True
        with self._desk.database.read() as session:
            row = session.get(MemberSiteRow, asked.site_id)
            return row is not None and self._desk.linking.known(session, row, who.user_id) == asked.member

    @needs(Act.SERVE_PAGE)
    def answer(self, asked: Asked, who: SignedIn | None) -> str:
        """Link the member with whoever signed in, None for nobody, and return where the browser takes the answer, once.

        Raises:
            RefusedRequestError: the request was answered already, its secret has ended, or the site is gone.
            OtherProviderError: the account does not know who signed in: the Login channel belongs to somebody else.
            LineError: LINE cannot be asked.
        """
        if who is not None and who.is_friend:
            require_same_provider(self._desk.line, who.user_id)
        with self._desk.database.write() as session:
            now = self._desk.database.now(session, self._desk.clock)
            row = session.get(MemberSiteRow, asked.site_id, with_for_update=True)
            if row is None or asked.back not in returns_of(row) or asked.generation not in _in_force(row, now):
                raise RefusedRequestError("request")
            self._require_fresh(session, row.id, asked.state)
            result, member, friend_id = self._settle(session, row, asked, who, now)
            self._note(session, asked, result, friend_id, now)
        if result in {"linked", "conflict"}:
            self._desk.changes.tell(Topic.FRIENDS, Topic.CUSTOMERS, Topic.MEMBER_SITES)
        said = answers.token(
            keys.secret_of(self._root(row), row.key, asked.generation),
            issuer(self._desk.settings.fixed_address(), row.key),
            asked,
            result,
            now,
            member=member,
            friend=who.is_friend if who else None,
            user_id=who.user_id if who and row.tells_user_id and result == "linked" else "",
        )
        return answers.address(asked, said)

    def _settle(
        self, session: Session, row: MemberSiteRow, asked: Asked, who: SignedIn | None, now: datetime
    ) -> tuple[Result, str, int | None]:
        """Return the result, whom the site is told it is, and the friend where they contradict what is known."""
        if who is None:
            return "not_signed_in", "", None
        known = self._desk.linking.known(session, row, who.user_id)
        if known and asked.member in {"", known}:
            return "linked", known, None
        if not asked.member:
            return "unknown", "", None
        if not who.is_friend:
            return "not_friend", "", None
        linked, friend = self._desk.linking.link(session, row, asked.member, who, now)
        return ("linked", asked.member, None) if linked else ("conflict", "", friend.friend_id)

    @staticmethod
    def _note(session: Session, asked: Asked, result: Result, friend_id: int | None, now: datetime) -> None:
        row = MemberSignInRow
        session.execute(delete(row).where(row.at < now - KEPT))
        values = {"site_id": asked.site_id, "state_hash": _hashed(asked.state), "at": now, "result": result}
        contradicts = {"member": asked.member if friend_id else "", "friend_id": friend_id}
        session.execute(insert(row).values(**values, **contradicts))


def _of_key(session: Session, key: str) -> MemberSiteRow:
    chosen = select(MemberSiteRow).where(MemberSiteRow.key == key)
    row = session.scalar(chosen) if keys.SITE.fullmatch(key) else None
    if row is None:
        raise NotFoundError(_("There is no such site (any more)."))
    return row


def _in_force(row: MemberSiteRow, now: datetime) -> tuple[int, ...]:
    """Return the generations of the secret that hold: the newest, and for a while the one before."""
    before = row.previous_until is not None and now < row.previous_until
    return (row.generation, row.generation - 1) if before else (row.generation,)


def _hashed(state: str) -> str:
    return hashlib.sha256(state.encode()).hexdigest()
