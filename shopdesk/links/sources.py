"""Where people find the shop on LINE: one QR code for each place, and who came by it.

LINE tells nobody by which code a friend came. So the code of a place types a word into the talk for whoever scans it, or opens
our page, whose button does; once that word is sent, friend and place are known. LINE's own plain code tells nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, insert, select, update

from shopdesk.clock import japan_day, start_of_japan_day
from shopdesk.database import Statement, milliseconds
from shopdesk.errors import NotFoundError, ShopDeskError
from shopdesk.friends import NoFixedAddressError
from shopdesk.i18n import _
from shopdesk.japanese import tidy
from shopdesk.line import add_friend, typed_for_them
from shopdesk.links import coming, keys
from shopdesk.links.tables import ArrivalRow, SourceRow
from shopdesk.links.wanting import checked
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    import builtins
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.friends import Met
    from shopdesk.line import LineEvent
    from shopdesk.links.office import Office
    from shopdesk.links.records import Arrival, Day, How, Source, Wanted

_PATH = "/add/"
_SEEN = Statement(
    "INSERT INTO friend_source_visits (source_id, day, visits) VALUES (:source, :day, 1) "
    "ON CONFLICT (source_id, day) DO UPDATE SET visits = friend_source_visits.visits + 1"
)


class NameTakenError(ShopDeskError):
    """Two sources of one name could not be told apart."""

    code = "name_taken"


class Sources:
    """The sources of one shop."""

    def __init__(self, office: Office) -> None:
        self._office, self._staff = office, office.staff

    # Making

    @needs(Act.DESIGN)
    def add(self, wanted: Wanted) -> Source:
        """Make a source. Raises InvalidInputError, NameTakenError."""
        wanted = checked(wanted)
        with self._office.database.write() as session:
            _require_free(session, wanted.name)
            blank = {"key": _free_key(session), "made_at": self._office.clock.now(), "ended_at": None}
            values = {**coming.columns(wanted), **blank}
            made = session.execute(insert(SourceRow).values(**values).returning(SourceRow.id)).scalar_one()
            self._staff.record(session, "make", "friend source", [made])
            found = coming.source(session, _stored(session, made))
        self._office.tell()
        return found

    @needs(Act.DESIGN)
    def change(self, source_id: int, wanted: Wanted) -> Source:
        """Say it anew. What is printed already stays good: its code never changes. Raises NotFoundError, InvalidInputError, NameTakenError."""
        wanted = checked(wanted)
        with self._office.database.write() as session:
            before = coming.columns(coming.wanted(_stored(session, source_id)))
            _require_free(session, wanted.name, but=source_id)
            after = coming.columns(wanted)
            session.execute(update(SourceRow).where(SourceRow.id == source_id).values(**after))
            changed = [name for name, value in after.items() if before[name] != value]
            self._staff.record(session, "change", "friend source", [source_id], changed)
            session.expire_all()
            found = coming.source(session, _stored(session, source_id))
        self._office.tell()
        return found

    @needs(Act.DESIGN)
    def end(self, source_id: int) -> Source:
        """Put it away. What is printed still leads to the shop, and still counts. Raises NotFoundError."""
        return self._turn(source_id, self._office.clock.now())

    @needs(Act.DESIGN)
    def take_out(self, source_id: int) -> Source:
        """Take it out again. Raises NotFoundError."""
        return self._turn(source_id, None)

    def _turn(self, source_id: int, ended_at: datetime | None) -> Source:
        with self._office.database.write() as session:
            row = _stored(session, source_id)
            row.ended_at = ended_at
            session.flush()
            self._staff.record(session, "end" if ended_at else "take out", "friend source", [source_id], ["ended_at"])
            found = coming.source(session, row)
        self._office.tell()
        return found

    # Reading

    @needs(Act.DESIGN)
    def list(self) -> builtins.list[Source]:
        """Return every source with its figures: those in use first, of these the one that brought most."""
        with self._office.database.read() as session:
            found = coming.sources(session)
        return sorted(found, key=lambda one: (one.ended_at is not None, -one.friends, one.id))

    @needs(Act.DESIGN)
    def get(self, source_id: int) -> Source:
        """Return a source with its figures. Raises NotFoundError."""
        with self._office.database.read() as session:
            return coming.source(session, _stored(session, source_id))

    @needs(Act.DESIGN)
    def find(self, name: str) -> Source | None:
        """Return the source of this name, None for none."""
        with self._office.database.read() as session:
            row = session.scalar(select(SourceRow).where(SourceRow.name == tidy(name)))
            return coming.source(session, row) if row is not None else None

    @needs(Act.DESIGN)
    def days(self, source_id: int, days: int) -> builtins.list[Day]:
        """Return what each of the last `days` days in Japan brought by a source, the oldest first, today last."""
        with self._office.database.read() as session:
            return coming.days(session, source_id, self._office.clock.now(), days)

    @needs(Act.SEE_PEOPLE)
    def arrivals(self, source_id: int | None = None, limit: int = 200) -> builtins.list[Arrival]:
        """Return who came by a source, or by any, the latest first."""
        with self._office.database.read() as session:
            return coming.arrivals(session, source_id, limit)

    # Its code

    @needs(Act.DESIGN)
    def address(self, source: Source) -> str:
        """Return what the QR code of a source holds.

        Raises:
            NoFixedAddressError: it is our page, which needs an address that stays.
            LineError: LINE is asked who the account is, and cannot be.
        """
        if source.wanted.way == "page":
            found = self._office.settings.fixed_address()
            if not found:
                raise NoFixedAddressError(
                    _(
                        "The page of this code needs a fixed public address. Set one first, or let the code open the talk on LINE."
                    )
                )
            return f"{found}{_PATH}{source.key}"
        if source.wanted.way == "talk":
            return typed_for_them(self._basic_id(), keys.typed(source.key))
        return self.plain_address()

    @needs(Act.DESIGN)
    def plain_address(self) -> str:
        """Return LINE's own address that adds the shop: nobody can tell who came by it. Raises LineError."""
        return add_friend(self._basic_id())

    def _basic_id(self) -> str:
        return str(self._office.settings.get("line_basic_id")) or self._office.line.bot().basic_id

    # Its page

    @needs(Act.SERVE_PAGE)
    def on_page(self, key: str) -> Wanted:
        """Return what the page of a source shows, also of one that was put away: what is printed is printed. Raises NotFoundError."""
        with self._office.database.read() as session:
            return coming.wanted(_of_key(session, key))

    @needs(Act.SERVE_PAGE)
    def seen(self, key: str) -> None:
        """Note that somebody sees the page. Raises NotFoundError."""
        day = start_of_japan_day(japan_day(self._office.clock.now()))
        with self._office.database.write() as session:
            _SEEN.run(session, source=_of_key(session, key).id, day=milliseconds(day))
        self._office.tell()

    # Who came

    def arrive(self, session: Session, event: LineEvent, friend: Met) -> None:
        """Note by which source a friend came, where the event says so; in the transaction of the event.

        Of several the first said counts, in whichever order they arrive.
        """
        key = keys.source_in(str(event.part("message").get("text") or ""))
        source = session.scalar(select(SourceRow.id).where(SourceRow.key == key)) if key else None
        if source is not None:
            self._came(session, friend.friend_id, source, event.at, "said")

    def signed_in(self, session: Session, key: str, friend: Met, at: datetime) -> None:
        """Note that somebody signed in on the page of a source, in the caller's transaction. Raises NotFoundError."""
        self._came(session, friend.friend_id, _of_key(session, key).id, at, "signed in")

    def _came(self, session: Session, friend_id: int, source_id: int, at: datetime, how: How) -> None:
        row = session.scalar(select(ArrivalRow).where(ArrivalRow.friend_id == friend_id))
        if row is None:
            session.add(ArrivalRow(friend_id=friend_id, source_id=source_id, at=at, how=how))
        elif (at, source_id) < (row.at, row.source_id):
            row.source_id, row.at, row.how = source_id, at, how
        session.flush()

    def welcome(self, session: Session, said: str) -> Wanted | None:
        """Return the source whose word a friend sent, None where it is none."""
        key = keys.source_in(said)
        row = session.scalar(select(SourceRow).where(SourceRow.key == key)) if key else None
        return coming.wanted(row) if row is not None else None


def _stored(session: Session, source_id: int) -> SourceRow:
    row = session.scalar(select(SourceRow).where(SourceRow.id == source_id))
    if row is None:
        raise NotFoundError(_("There is no such place for QR codes (any more). Choose another one."))
    return row


def _of_key(session: Session, key: str) -> SourceRow:
    row = session.scalar(select(SourceRow).where(SourceRow.key == key)) if keys.SOURCE.fullmatch(key) else None
    if row is None:
        raise NotFoundError(_("There is no such page."))
    return row


def _require_free(session: Session, name: str, but: int | None = None) -> None:
    taken = select(SourceRow.id).where(SourceRow.name == name, SourceRow.id != (but or 0))
    if session.scalar(taken) is not None:
        raise NameTakenError(_("There is a place “{name}” already. Give this one another name.").format(name=name))


def _free_key(session: Session) -> str:
    def taken(key: str) -> Any:
        return session.scalar(select(exists(select(SourceRow.id).where(SourceRow.key == key))))

    key = keys.new_source()
    while taken(key):
        key = keys.new_source()
    return key
