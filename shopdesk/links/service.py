"""Tracked links: addresses of ours that lead on, and tell how often and, where each person got their own, by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Select, func, insert, select

from shopdesk.database import Statement, portions
from shopdesk.errors import InvalidInputError, NotFoundError
from shopdesk.friends import NoFixedAddressError
from shopdesk.friends.tables import FriendRow
from shopdesk.i18n import _
from shopdesk.japanese import tidy
from shopdesk.links import clicking, invariants, keys
from shopdesk.links.destinations import UnsafeAddressError, sound
from shopdesk.links.office import Office
from shopdesk.links.records import Lead, Link, Report
from shopdesk.links.sources import Sources
from shopdesk.links.tables import LinkRow, ReceiverRow
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    import builtins
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from shopdesk.changes import Changes
    from shopdesk.clock import Clock
    from shopdesk.database import Database
    from shopdesk.line import Line
    from shopdesk.links.clicking import Click
    from shopdesk.links.records import Clicked, Clicker, Hour
    from shopdesk.settings import Settings
    from shopdesk.staff import Staff

_PATH = "/l/"
_LONGEST_NAME = 40
_EVERYBODYS = Statement("SELECT destination, id AS link_id, NULL AS receiver_id FROM links WHERE key = :key")
_OWN = Statement(
    "SELECT links.destination, links.id AS link_id, link_receivers.id AS receiver_id FROM link_receivers "
    "JOIN links ON links.id = link_receivers.link_id "
    "WHERE link_receivers.token = :key"
)


class Links:
    """The links of one shop; `sources` are the places where people find it on LINE."""

    def __init__(
        self, database: Database, clock: Clock, staff: Staff, changes: Changes, *, line: Line, settings: Settings
    ) -> None:
        self._office = Office(database, clock, staff, changes, line, settings)
        self._staff = staff
        self.sources = Sources(self._office)

    # Making

    @needs(Act.DESIGN)
    def add(self, destination: str, name: str) -> Link:
        """Make a link for everybody: for a profile, a flyer, a mail. `name` says where it stands.

        Raises:
            UnsafeAddressError: it may not lead there.
            InvalidInputError: it has no name, or one that is too long.
        """
        to, name = self._outside(destination), tidy(name)
        if not 0 < len(name) <= _LONGEST_NAME:
            raise InvalidInputError(_("Say in up to {n} letters where the link stands.").format(n=_LONGEST_NAME))
        with self._office.database.write() as session:
            made = self.made(session, to, name)
            self._staff.record(session, "make", "link", [made.id])
        self._office.tell()
        return made

    def made(
        self, session: Session, destination: str, name: str, broadcast_id: int | None = None, *, mailed: bool = False
    ) -> Link:
        """Make a link in the caller's transaction; `mailed`: for the mail of the broadcast. Raises UnsafeAddressError."""
        values = {
            "key": keys.new_link(),
            "destination": self._outside(destination),
            "name": name,
            "broadcast_id": broadcast_id,
            "mailed": mailed,
            "made_at": self._office.clock.now(),
        }
        made = session.execute(insert(LinkRow).values(**values).returning(LinkRow.id)).scalar_one()
        return _link(session.get_one(LinkRow, made))

    def for_people(self, session: Session, link_id: int, friends: Sequence[int]) -> dict[int, str]:
        """Give each friend their own address of a link; return its token by friend. In the caller's transaction."""
        made = {one: keys.new_token() for one in friends}
        rows = [
            {"link_id": link_id, "friend_id": one, "customer_id": None, "token": token} for one, token in made.items()
        ]
        if rows:
            session.execute(insert(ReceiverRow), rows)
        return made

    def of_customer(self, session: Session, broadcast_id: int, customer_id: int) -> dict[str, str]:
        """Return a customer's token for each link in the mail of a broadcast, by destination; made where there is none.

        In the caller's transaction. They get the same one however often it is asked.
        """
        row, made = ReceiverRow, dict[str, str]()
        for link, destination in session.execute(_carried(broadcast_id, mailed=True)).all():
            kept = session.scalar(select(row.token).where(row.link_id == link, row.customer_id == customer_id).limit(1))
            made[destination] = kept or keys.new_token()
            if kept is None:
                theirs = {"link_id": link, "friend_id": None, "customer_id": customer_id}
                session.execute(insert(row).values(**theirs, token=made[destination]))
        return made

    def of_people(self, session: Session, broadcast_id: int, user_ids: Sequence[str]) -> dict[tuple[str, str], str]:
        """Return the token of each of these friends for each link of a broadcast, by destination and LINE's id; made where there is none.

        In the caller's transaction. Somebody gets the same one however often it is asked.
        """
        rows = session.execute(_carried(broadcast_id, mailed=False)).all()
        known: dict[int, str] = {}
        for some in portions(user_ids):
            found = select(FriendRow.id, FriendRow.user_id).where(FriendRow.user_id.in_(some))
            known |= dict(session.execute(found).all())
        made: dict[tuple[str, str], str] = {}
        for link, destination in rows:
            tokens = self._kept(session, link, list(known))
            tokens |= self.for_people(session, link, [one for one in known if one not in tokens])
            made |= {(destination, known[one]): token for one, token in tokens.items()}
        return made

    @staticmethod
    def _kept(session: Session, link_id: int, friends: Sequence[int]) -> dict[int, str]:
        row, kept = ReceiverRow, dict[int, str]()
        for some in portions(friends):
            theirs = select(row.friend_id, row.token).where(row.link_id == link_id, row.friend_id.in_(some))
            kept |= {friend: token for friend, token in session.execute(theirs) if friend is not None}
        return kept

    def address(self, key: str) -> str:
        """Return where a link's key, or a person's token, is opened. Raises NoFixedAddressError."""
        return f"{self._base()}{_PATH}{key}"

    def _base(self) -> str:
        found = self._office.settings.fixed_address()
        if not found:
            raise NoFixedAddressError(
                _(
                    "A tracked link needs a fixed public address; a temporary one would soon lead nowhere. Set public_url in the settings first."
                )
            )
        return found

    def _outside(self, destination: str) -> str:
        """Return a sound destination that is no tracked link itself. Raises UnsafeAddressError."""
        to, base = sound(destination), self._office.settings.fixed_address()
        if base and to.startswith(f"{base}{_PATH}"):
            raise UnsafeAddressError(_("This is a tracked link already. Give the page that it leads to."))
        return to

    # Opening

    @needs(Act.SERVE_PAGE)
    def lead(self, key: str) -> Lead:
        """Return where an address leads. Nothing is counted. Raises NotFoundError."""
        with self._office.database.read() as session:
            found = (_OWN if keys.TOKEN.fullmatch(key) else _EVERYBODYS).first(session, key=key)
        if found is None:
            raise NotFoundError(_("This link leads nowhere."))
        return Lead(found.destination, found.link_id, found.receiver_id)

    @needs(Act.SERVE_PAGE)
    def count(self, clicks: Mapping[Click, int]) -> None:
        """Keep that people opened links, so often in each hour."""
        with self._office.database.write() as session:
            clicking.keep(session, clicks)
        self._office.tell()

    # Reading

    @needs(Act.DESIGN)
    def list(self) -> builtins.list[Report]:
        """Return the links for everybody, the newest first."""
        chosen = select(LinkRow).where(LinkRow.broadcast_id.is_(None)).order_by(LinkRow.id.desc())
        with self._office.database.read() as session:
            return [self._report(session, row) for row in session.scalars(chosen)]

    @needs(Act.DESIGN)
    def report(self, link_id: int) -> Report:
        """Return a link with its figures. Raises NotFoundError."""
        with self._office.database.read() as session:
            return self._report(session, _stored(session, link_id))

    @needs(Act.DRAFT)
    def of_broadcast(self, broadcast_id: int, *, mailed: bool = False) -> tuple[Clicked, builtins.list[Report]]:
        """Return how often the links of a broadcast, or of its mail, were opened, and by how many people, together and each."""
        row = LinkRow
        where = (row.broadcast_id == broadcast_id, row.mailed.is_(mailed))
        with self._office.database.read() as session:
            rows = session.scalars(select(row).where(*where).order_by(row.id)).all()
            together = clicking.clicked(session, *where)
            return together, [self._report(session, one) for one in rows]

    @needs(Act.DESIGN)
    def hours(self, link_id: int) -> builtins.list[Hour]:
        """Return the hours in which a link was opened, the earliest first."""
        with self._office.database.read() as session:
            return clicking.hours(session, link_id)

    @needs(Act.SEE_PEOPLE)
    def clickers(self, link_id: int, limit: int = 200) -> builtins.list[Clicker]:
        """Return who opened a link that was sent to them, the latest first."""
        with self._office.database.read() as session:
            return clicking.clickers(session, link_id, limit)

    @staticmethod
    def _report(session: Session, row: LinkRow) -> Report:
        sent = select(func.count()).where(ReceiverRow.link_id == row.id)
        of_link: ColumnElement[bool] = LinkRow.id == row.id
        return Report(_link(row), session.scalar(sent) or 0, clicking.clicked(session, of_link))

    # What must be true

    def broken(self) -> builtins.list[int]:
        """Return links that lead where none may, or whose clicks are another link's."""
        with self._office.database.read() as session:
            return invariants.broken(session)


def _carried(broadcast_id: int, *, mailed: bool) -> Select[int, str]:
    """The links of a broadcast, or of its mail: number and destination."""
    return select(LinkRow.id, LinkRow.destination).where(
        LinkRow.broadcast_id == broadcast_id, LinkRow.mailed.is_(mailed)
    )


def _stored(session: Session, link_id: int) -> LinkRow:
    row = session.get(LinkRow, link_id)
    if row is None:
        raise NotFoundError(_("There is no link {id}. `links list` shows all.").format(id=link_id))
    return row


def _link(row: LinkRow) -> Link:
    return Link(row.id, row.key, row.destination, row.name, row.broadcast_id, row.mailed, row.made_at)
