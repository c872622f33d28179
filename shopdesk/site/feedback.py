"""What people say to news: that they like it, and comments, of which nothing is shown before somebody of the shop decides so."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, update

from shopdesk import japanese
from shopdesk.errors import NotFoundError
from shopdesk.i18n import N_, _, for_customers
from shopdesk.site import reading
from shopdesk.site.records import NOBODY, Article, Comment, CommentState, Guest
from shopdesk.site.refusals import FormError, TooManyError
from shopdesk.site.tables import CommentRow, LikeRow
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from shopdesk.site.office import Office
    from shopdesk.site.records import Page

NONCE = re.compile(r"[A-Za-z0-9_-]{22}")
"""What a form carries: sent twice, it is one; of a browser it is what it keeps to be told apart by."""
LONGEST_NAME, LONGEST_COMMENT = 20, 500
MOST_WAITING = 300
MOST_SHOWN = 100
"""So many comments stand below news, the newest."""


class Feedback:
    """Likes and comments."""

    def __init__(self, office: Office) -> None:
        self._office, self._staff = office, office.staff

    @needs(Act.SERVE_PAGE)
    def article(self, key: str, guest: Guest = NOBODY) -> Article:
        """Return news as a guest sees it. Raises NotFoundError."""
        with self._office.database.read() as session:
            page = reading.live(session, "news", key)
            row = CommentRow
            said = reading.comments(session, row.page_id == page.id, row.state == "shown", limit=MOST_SHOWN)
            mine = select(LikeRow.id).where(LikeRow.page_id == page.id, LikeRow.friend_id == guest.friend_id)
            liked = guest.friend_id is not None and session.scalar(mine) is not None
        return Article(page, tuple(reversed(said)), liked)

    @needs(Act.SERVE_PAGE)
    def like(self, key: str, guest: Guest, browser: str, *, on: bool = True) -> None:
        """Note that somebody likes news, once, or that they do no more.

        Args:
            key: The key of the news.
            guest: Who they are.
            browser: What tells apart who is not known: what their browser keeps.
            on: Whether they like it.

        Raises:
            NotFoundError: there is no such news, or nobody can like it.
            FormError: nothing tells who it is.
        """
        mark = _mark(guest, browser)
        with self._office.database.write() as session:
            page = _answerable(session, key)
            mine = (LikeRow.page_id == page.id, LikeRow.mark == mark)
            there = session.scalar(select(LikeRow.id).where(*mine)) is not None
            if on and not there:
                values = {"page_id": page.id, "friend_id": guest.friend_id, "mark": mark}
                session.execute(insert(LikeRow).values(**values, at=self._office.clock.now()))
            elif there and not on:
                session.execute(delete(LikeRow).where(*mine))
            if there != on:
                self._staff.record(session, "like" if on else "unlike", "page", [page.id])
        self._office.tell()

    @needs(Act.SERVE_PAGE)
    def comment(self, key: str, guest: Guest, *, name: str, text: str, nonce: str) -> None:
        """Keep a comment until somebody of the shop decides; the same form sent again keeps nothing more.

        Raises:
            NotFoundError: there is no such news, or nobody can comment on it.
            FormError: it says nothing, or too much.
            TooManyError: so many wait that no more is taken.
        """
        name, text = japanese.tidy(name), japanese.clean(text).strip()
        if not text or len(text) > LONGEST_COMMENT or len(name) > LONGEST_NAME or not NONCE.fullmatch(nonce):
            said = N_("Write 1 to {n} characters, and a name of at most {name}.")
            raise FormError(for_customers(said).format(n=LONGEST_COMMENT, name=LONGEST_NAME))
        with self._office.database.write() as session:
            page = _answerable(session, key)
            if session.scalar(select(CommentRow.id).where(CommentRow.nonce == nonce)) is not None:
                return
            if self.waiting(session) >= MOST_WAITING:
                raise TooManyError(for_customers(N_("So many comments wait just now. Come back later.")))
            values = {"page_id": page.id, "friend_id": guest.friend_id, "name": name, "text": text}
            made = {**values, "state": "waiting", "nonce": nonce, "at": self._office.clock.now()}
            number = session.execute(insert(CommentRow).values(**made).returning(CommentRow.id)).scalar_one()
            self._staff.record(session, "comment", "page", [page.id, number])
        self._office.tell()

    def waiting(self, session: Session) -> int:
        """Return how many comments nobody has decided about."""
        return session.scalar(select(func.count()).where(CommentRow.state == "waiting")) or 0

    @needs(Act.DRAFT)
    def comments(self, state: CommentState | None = None, *, limit: int = 200) -> Sequence[Comment]:
        """Return comments, the newest first; of one state, or of all."""
        with self._office.database.read() as session:
            which = [CommentRow.state == state] if state else []
            return reading.comments(session, *which, limit=limit)

    @needs(Act.DRAFT)
    def decide(self, comment_id: int, *, show: bool) -> None:
        """Let everybody see a comment, or nobody; either can be changed later. Raises NotFoundError."""
        row = CommentRow
        decided = update(row).where(row.id == comment_id).values(state="shown" if show else "hidden")
        with self._office.database.write() as session:
            if session.execute(decided.returning(row.id)).first() is None:
                raise NotFoundError(_("There is no such comment (any more)."))
            self._staff.record(session, "show" if show else "hide", "comment", [comment_id])
        self._office.tell()


def _answerable(session: Session, key: str) -> Page:
    """Return news that can be liked, and commented on; nobody else writes about it until the transaction ends."""
    page = reading.live(session, "news", key)
    reading.stored(session, page.id)
    if not page.content.answers:
        raise NotFoundError(_("This page is not to be seen (any more)."))
    return page


def _mark(guest: Guest, browser: str) -> str:
    if guest.friend_id is not None:
        return f"friend {guest.friend_id}"
    if not NONCE.fullmatch(browser):
        raise FormError(for_customers(N_("Load the page again, then try once more.")))
    return hashlib.sha256(browser.encode()).hexdigest()
