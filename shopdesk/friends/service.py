"""Friends on LINE: fetched from LINE where the account may, linked with customers by hand or by what they prove."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from shopdesk.changes import Changes, Topic
from shopdesk.database import portions
from shopdesk.errors import NotFoundError
from shopdesk.friends import reading
from shopdesk.friends.following import NEVER, meet, new_friend
from shopdesk.friends.linking import Knot
from shopdesk.friends.profiles import Profiles
from shopdesk.friends.proofs import Proofs
from shopdesk.friends.records import Counts, Friend, FriendState, Gauge, Growth, Met, Suggestion, Synced
from shopdesk.friends.syncing import Found, Known, compare
from shopdesk.friends.tables import FriendRow
from shopdesk.friends.turns import growth, note_turn
from shopdesk.i18n import _
from shopdesk.line import LineError
from shopdesk.staff import Act, needs
from shopdesk.staff.tables import AuditRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.clock import Clock
    from shopdesk.customers import Customers
    from shopdesk.database import Database
    from shopdesk.line import Line, LineEvent, SignedIn
    from shopdesk.mail import Account
    from shopdesk.settings import Settings
    from shopdesk.staff import Staff

REFRESH_AFTER = timedelta(days=7)
_CHUNK = 500


class Friends:
    """The LINE friends of one shop."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        staff: Staff,
        changes: Changes,
        *,
        line: Line,
        customers: Customers,
        settings: Settings,
        account: Callable[[], Account],
    ) -> None:
        self._database = database
        self._clock = clock
        self._staff = staff
        self._changes = changes
        self._line = line
        self._customers = customers
        self.profiles = Profiles(database, clock, changes, line)
        self._knot = Knot(staff, customers)
        self.proofs = Proofs(database, clock, staff, line=line, knot=self._knot, settings=settings, account=account)

    # Reading

    @needs(Act.SEE_PEOPLE)
    def get(self, user_id: str) -> Friend:
        """Return a friend by LINE's user id. Raises NotFoundError."""
        with self._database.read() as session:
            found = reading.friend(session, FriendRow.user_id == user_id)
        if found is None:
            raise _nobody(user_id)
        return found

    @needs(Act.SEE_PEOPLE)
    def page(
        self,
        *,
        state: FriendState | None = None,
        linked: bool | None = None,
        text: str = "",
        after: int | None = None,
        limit: int = 200,
    ) -> list[Friend]:
        """Return friends, the latest first; `after` is the id of the last one of the page before."""
        with self._database.read() as session:
            return reading.page(session, state=state, linked=linked, text=text, after=after, limit=limit)

    @needs(Act.SEE_PEOPLE)
    def all(self) -> Iterator[Friend]:
        """Yield every friend, the latest first, read page by page."""
        after: int | None = None
        while some := self.page(after=after, limit=1000):
            yield from some
            after = some[-1].id

    @needs(Act.SEE_PEOPLE)
    def counts(self) -> Counts:
        """Return how many friends there are of each kind."""
        with self._database.read() as session:
            return reading.counts(session)

    @needs(Act.SEE_PEOPLE)
    def of_customer(self, customer_id: int) -> Friend | None:
        """Return the friend who is linked with this customer, None where there is none."""
        with self._database.read() as session:
            return reading.friend(session, FriendRow.customer_id == customer_id)

    @needs(Act.SEE_PEOPLE)
    def growth(self, days: int) -> list[Growth]:
        """Return what each of the last `days` days in Japan brought, the oldest first, today last.

        Only who was seen to follow counts: whom the very first look at LINE found, or who only wrote, had been a friend before.
        """
        with self._database.read() as session:
            return growth(session, self._clock.now(), days)

    @needs(Act.SEE_PEOPLE)
    def gauge(self) -> Gauge:
        """Return how many of LINE's friends are known here. LINE names nobody by itself: it is asked only for the number."""
        try:
            on_line = self._line.friends(self._clock.now())
        except LineError:
            on_line = None
        return Gauge(self.counts().friends, on_line)

    @needs(Act.SEE_PEOPLE)
    def looked(self) -> bool:
        """Return whether LINE has ever been asked for the list of friends."""
        with self._database.read() as session:
            return self._looked(session)

    @needs(Act.SEE_PEOPLE)
    def suggestions(self, user_id: str, limit: int = 5) -> list[Suggestion]:
        """Return customers without a friend whose name or kana reads like this friend's LINE name. A hint, never a proof."""
        name = self.get(user_id).name
        with self._database.read() as session:
            return reading.alike(session, name, limit)

    # Changing

    @needs(Act.EDIT_PEOPLE)
    def sync(self, progress: Callable[[int, int], None] = lambda _done, _of: None) -> Synced:
        """Take over LINE's list of friends and their names; what was fetched stays when the line breaks half-way.

        Args:
            progress: Told how many of how many profiles have been read.

        Raises:
            NotAllowedError: LINE gives the list to verified accounts only.
            LineError: LINE cannot be reached or refuses.
        """
        started = self._clock.now()
        followers = self._line.followers()
        with self._database.read() as session:
            rows = session.execute(
                select(FriendRow.user_id, FriendRow.state, FriendRow.since, FriendRow.refreshed_at)
            ).all()
        known = {user_id: Known(state, since, seen) for user_id, state, since, seen in rows}
        found = compare(followers, known, started, started - REFRESH_AFTER)
        self._note_states(found, started)
        profiles = self._line.profiles(found.to_ask)
        done = 0
        while chunk := list(islice(profiles, _CHUNK)):
            self.profiles.note(chunk)
            done += len(chunk)
            progress(done, len(found.to_ask))
        self._changes.tell(Topic.FRIENDS, Topic.CUSTOMERS)
        return Synced(len(found.friends), len(found.new), len(found.blocked), len(found.returned))

    def _note_states(self, found: Found, at: datetime) -> None:
        with self._database.write() as session:
            here: set[str] = set()
            for some in portions(sorted(found.new)):
                here.update(session.scalars(select(FriendRow.user_id).where(FriendRow.user_id.in_(some))))
            new = [new_friend(one, at) for one in found.friends if one in found.new and one not in here]
            session.add_all(new)
            session.flush()
            if self._looked(session):
                for row in new:
                    note_turn(session, row.id, "found", at)
            self._set_state(session, found.blocked, "blocked", at)
            self._set_state(session, found.returned, "friend", at)
            self._staff.record(session, "sync", "friend", fields=["state", "display_name"])

    @staticmethod
    def _looked(session: Session) -> bool:
        row = AuditRow
        looks = select(row.id).where(row.action == "sync", row.object == "friend").limit(1)
        return session.scalar(looks) is not None

    def _set_state(self, session: Session, user_ids: Iterable[str], state: FriendState, at: datetime) -> None:
        for some in portions(sorted(user_ids)):
            changed = (
                update(FriendRow)
                .where(FriendRow.user_id.in_(some), FriendRow.state != state, FriendRow.state_at <= at)
                .values(state=state, blocked_at=at if state == "blocked" else None, state_at=at, state_event="")
                .returning(FriendRow.id, FriendRow.customer_id)
            )
            for friend_id, customer_id in session.execute(changed).all():
                note_turn(session, friend_id, "blocked" if state == "blocked" else "returned", at)
                if customer_id is not None:
                    self._customers.set_line_state(session, customer_id, state)

    def apply(self, session: Session, event: LineEvent) -> Met | None:
        """Take over what an event says of a friend, in the transaction that takes the event; None where it is nobody's.

        Whoever writes or presses something is a friend we know from now on; only follow and unfollow change the state.
        """
        if not (event.user_id and event.private):
            return None
        met = meet(session, event)
        if met.turned and met.customer_id is not None:
            self._customers.set_line_state(session, met.customer_id, "blocked" if met.state == "blocked" else "friend")
        return replace(met, linking=True) if self.proofs.apply(session, event, met) else met

    def signed_in(self, session: Session, who: SignedIn, at: datetime) -> Met:
        """Know somebody who signed in with LINE, in the caller's transaction; only follow and unfollow change the state."""
        row = session.scalar(select(FriendRow).where(FriendRow.user_id == who.user_id).with_for_update())
        new = row is None
        if row is None:
            row = new_friend(who.user_id, at)
            row.state_at = NEVER
            session.add(row)
        row.display_name, row.picture_url = who.name or row.display_name, who.picture_url or row.picture_url
        session.flush()
        return Met(row.id, row.customer_id, "blocked" if row.state == "blocked" else "friend", new, turned=False)

    def tie(self, session: Session, friend_id: int, customer_id: int) -> None:
        """Say in the caller's transaction, who tells it, that this friend is this customer. Raises NotFoundError, AlreadyLinkedError."""
        self._knot.tie(session, session.get_one(FriendRow, friend_id), customer_id)

    @needs(Act.EDIT_PEOPLE)
    def link(self, user_id: str, customer_id: int) -> Friend:
        """Say that this friend is this customer.

        Raises:
            NotFoundError: there is no such friend or customer.
            AlreadyLinkedError: one of them is linked with somebody else.
        """
        with self._database.write() as session:
            self._knot.tie(session, _row(session, user_id), customer_id)
        self._changes.tell(Topic.FRIENDS, Topic.CUSTOMERS, Topic.SURVEYS, Topic.COUPONS, Topic.CARDS)
        return self.get(user_id)

    @needs(Act.EDIT_PEOPLE)
    def unlink(self, user_id: str) -> Friend:
        """Take the link away; nothing happens where there is none. Raises NotFoundError for nobody we know."""
        with self._database.write() as session:
            self._knot.untie(session, _row(session, user_id))
        self._changes.tell(Topic.FRIENDS, Topic.CUSTOMERS)
        return self.get(user_id)

    def when_linked(self, then: Callable[[Session, int, int], object]) -> None:
        """Let `then(session, friend_id, customer_id)` act in the transaction of each link, whoever made it and however."""
        self._knot.then = then


def _row(session: Session, user_id: str) -> FriendRow:
    row = session.scalar(select(FriendRow).where(FriendRow.user_id == user_id).with_for_update())
    if row is None:
        raise _nobody(user_id)
    return row


def _nobody(user_id: str) -> NotFoundError:
    return NotFoundError(
        _("There is no LINE friend {user_id}. Fetch the friends from LINE first.").format(user_id=user_id)
    )
