"""The shop's own pages: written, published, hidden, read."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, cast

from sqlalchemy import delete, insert, select, update

from shopdesk.broadcasts.tables import BroadcastRow
from shopdesk.errors import InvalidInputError, NotFoundError
from shopdesk.friends import NoFixedAddressError
from shopdesk.i18n import _
from shopdesk.messages import draft
from shopdesk.site import invariants, parts, reading
from shopdesk.site.feedback import Feedback
from shopdesk.site.office import Office
from shopdesk.site.records import KINDS, SINGLE, Content, Kind, Waiting
from shopdesk.site.reservations import Reservations
from shopdesk.site.tables import PageRow
from shopdesk.site.visitors import POSTBACK, Visitors, asks_for_pages
from shopdesk.staff import Act, needs
from shopdesk.talks import Granted

if TYPE_CHECKING:
    import builtins

    from sqlalchemy.orm import Session

    from shopdesk.changes import Changes
    from shopdesk.clock import Clock
    from shopdesk.database import Database
    from shopdesk.friends import Met
    from shopdesk.line import LineEvent
    from shopdesk.settings import Settings
    from shopdesk.site.records import Page, State
    from shopdesk.staff import Staff
    from shopdesk.talks import Talks

_KEY_BYTES = 16
_PATHS: dict[Kind, str] = {"shop": "/shop", "privacy": "/privacy", "announcement": "/page/{key}", "news": "/news/{key}"}
FEED = 10
"""So much news stands on one page of the feed."""


class Site:
    """The pages of one shop."""

    def __init__(
        self, database: Database, clock: Clock, staff: Staff, changes: Changes, *, settings: Settings, talks: Talks
    ) -> None:
        self._office = Office(database, clock, staff, changes, settings)
        self._staff = staff
        self.visitors = Visitors(self._office)
        self.feedback = Feedback(self._office)
        self.reservations = Reservations(self._office, talks)

    # What everybody reads

    @needs(Act.SERVE_PAGE)
    def live(self, kind: Kind, key: str = "") -> Page:
        """Return the page of that kind, or with that key, which everybody may see. Raises NotFoundError."""
        with self._office.database.read() as session:
            return reading.live(session, kind, key)

    @needs(Act.SERVE_PAGE)
    def news(self, before: str = "", limit: int = FEED) -> builtins.list[Page]:
        """Return news that everybody may see, the newest first; `before` is the key of the last one of the page before."""
        with self._office.database.read() as session:
            return reading.news(session, before, limit)

    @needs(Act.SERVE_PAGE)
    def saw(self, kind: Kind, key: str = "") -> None:
        """Count that somebody has a page on their screen, which its script says. Raises NotFoundError."""
        with self._office.database.write() as session:
            found = reading.live(session, kind, key)
            session.execute(update(PageRow).where(PageRow.id == found.id).values(seen=PageRow.seen + 1))

    # What the shop reads

    @needs(Act.DRAFT)
    def list(self, *kinds: Kind) -> builtins.list[Page]:
        """Return the pages of these kinds, of all by default, the newest first; what is not to be seen yet before all."""
        with self._office.database.read() as session:
            return reading.pages(session, *(kinds or KINDS))

    @needs(Act.DRAFT)
    def get(self, page_id: int) -> Page:
        """Return a page. Raises NotFoundError."""
        with self._office.database.read() as session:
            return reading.page(session, page_id)

    def address(self, page: Page) -> str:
        """Return where a page is. Raises NoFixedAddressError: the shop has no address that stays."""
        base = self._office.settings.fixed_address()
        if not base:
            raise NoFixedAddressError(
                _(
                    "The shop's pages need a fixed public address; a temporary one would soon lead nowhere. Set public_url in the settings first."
                )
            )
        return base + _PATHS[page.kind].format(key=page.key)

    @needs(Act.DRAFT)
    def waiting(self) -> Waiting:
        """Return how much waits for the owner."""
        with self._office.database.read() as session:
            return Waiting(self.feedback.waiting(session), self.reservations.waiting(session))

    # Writing

    @needs(Act.DRAFT)
    def write(self, kind: Kind, content: Content, page_id: int | None = None) -> Page:
        """Keep what a page says; a new one is a draft. News that followed a broadcast says its own from now on.

        Args:
            kind: Of which kind it is.
            content: What it says.
            page_id: Which page is written anew; None for a new one. Of the shop and privacy page there is one: it is that.

        Raises:
            NotFoundError: there is no such page.
            InvalidInputError: it cannot be as it is, or is of another kind.
        """
        if kind not in KINDS:
            raise InvalidInputError(_("A page is shop, privacy, announcement or news. Write one of these."))
        content, now = parts.checked(content, named=kind != "shop"), self._office.clock.now()
        with self._office.database.write() as session:
            if page_id is None and kind in SINGLE:
                page_id = session.scalar(select(PageRow.id).where(PageRow.kind == kind))
            if page_id is None:
                blank = {"kind": kind, "state": "draft", "key": secrets.token_urlsafe(_KEY_BYTES), "seen": 0}
                values = {**reading.columns(content), **blank, "changed_at": now}
                page_id = session.execute(insert(PageRow).values(**values).returning(PageRow.id)).scalar_one()
                self._staff.record(session, "create", "page", [page_id])
            else:
                self._rewrite(session, page_id, kind, content)
            found = reading.page(session, page_id)
        self._office.tell()
        return found

    def _rewrite(self, session: Session, page_id: int, kind: Kind, content: Content) -> None:
        row = reading.stored(session, page_id)
        if row.kind != kind:
            raise InvalidInputError(_("This page is of another kind. Make a new one."))
        if row.state == "follows":
            row.published_at = reading.page(session, page_id).at
            row.state = "published" if row.published_at is not None else "draft"
        for name, value in reading.columns(content).items():
            setattr(row, name, value)
        row.changed_at = self._office.clock.now()
        session.flush()
        self._staff.record(session, "change", "page", [page_id])

    @needs(Act.DRAFT)
    def publish(self, page_id: int) -> Page:
        """Let everybody see a page; one that was hidden stands where it stood. Raises NotFoundError."""
        return self._turn(page_id, "published", "publish")

    @needs(Act.DRAFT)
    def hide(self, page_id: int) -> Page:
        """Let nobody see a page; what it says, who liked it and what was written stays. Raises NotFoundError."""
        return self._turn(page_id, "hidden", "hide")

    def _turn(self, page_id: int, state: State, verb: str) -> Page:
        with self._office.database.write() as session:
            before, row = reading.page(session, page_id), reading.stored(session, page_id)
            if row.state != state:
                if row.state == "follows":  # it keeps what it says, whatever becomes of the broadcast
                    for name, value in reading.columns(before.content).items():
                        setattr(row, name, value)
                row.published_at = row.published_at or before.at or self._office.clock.now()
                row.state = state
                session.flush()
                self._staff.record(session, verb, "page", [page_id])
            found = reading.page(session, page_id)
        self._office.tell()
        return found

    @needs(Act.DRAFT)
    def delete(self, page_id: int) -> None:
        """Remove a page for good, with its likes and comments. Raises NotFoundError."""
        with self._office.database.write() as session:
            reading.stored(session, page_id)
            session.expunge_all()
            session.execute(delete(PageRow).where(PageRow.id == page_id))
            self._staff.record(session, "delete", "page", [page_id])
        self._office.tell()

    # News with a broadcast

    @needs(Act.DRAFT)
    def follow(self, broadcast_id: int, *, on: bool) -> None:
        """Let what a broadcast says be news as soon as it begins to go out, or not; once it has begun, nothing changes here.

        Raises:
            NotFoundError: there is no such broadcast.
        """
        with self._office.database.write() as session:
            broadcast = session.get(BroadcastRow, broadcast_id)
            if broadcast is None:
                raise NotFoundError(_("There is no broadcast {id}.").format(id=broadcast_id))
            there = session.scalar(select(PageRow).where(PageRow.broadcast_id == broadcast_id))
            if on and there is None:
                self._begin_following(session, broadcast_id)
            elif not on and there is not None and there.state == "follows" and broadcast.started_at is None:
                session.delete(there)
                self._staff.record(session, "delete", "page", [there.id])
        self._office.tell()

    def _begin_following(self, session: Session, broadcast_id: int) -> None:
        row = PageRow(
            **reading.columns(Content("")),
            kind="news",
            state="follows",
            key=secrets.token_urlsafe(_KEY_BYTES),
            broadcast_id=broadcast_id,
            published_at=None,
            changed_at=self._office.clock.now(),
            seen=0,
        )
        session.add(row)
        session.flush()
        self._staff.record(session, "create", "page", [row.id])

    @needs(Act.DRAFT)
    def follows(self, broadcast_id: int) -> bool:
        """Say whether what a broadcast says is, or becomes, news."""
        with self._office.database.read() as session:
            return session.scalar(select(PageRow.id).where(PageRow.broadcast_id == broadcast_id)) is not None

    # What others ask

    def shows(self, session: Session, picture: str) -> str:
        """Return the title of a page that shows a kept picture, '' where none does."""
        row = PageRow
        shown = row.parts.contains(f'"target":"{picture}"', autoescape=True)
        found = session.execute(select(row.title, row.kind).where(shown, row.state != "hidden").limit(1)).first()
        return "" if found is None else cast("str", found.title) or _("Shop page")

    def unsound(self) -> builtins.list[int]:
        """Return requests whose card in the talk says something else than they are."""
        with self._office.database.read() as session:
            return invariants.unsound(session)

    def take(self, session: Session, event: LineEvent, friend_id: int) -> None:
        """Let an event of LINE have its effect on the pages: a friend takes the time that the shop offered."""
        self.reservations.agree(session, friend_id, _pressed(event))

    def grant(self, session: Session, event: LineEvent, friend: Met) -> Granted | None:
        """Return the answer to a friend who asks for the pages, or takes a time; None where the event is neither."""
        said = str(event.part("message").get("text") or "")
        if _pressed(event) == POSTBACK or asks_for_pages(said):
            written = self.visitors.invite(session, friend.friend_id)
        else:
            answer = self.reservations.agreed(session, friend.friend_id, _pressed(event))
            written = draft([answer]) if answer is not None else None
        return Granted(written, "pages") if written is not None else None


def _pressed(event: LineEvent) -> str:
    return str(event.part("postback").get("data") or "")
