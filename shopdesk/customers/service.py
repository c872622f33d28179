"""Adding, finding, changing, merging and forgetting customers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from shopdesk import japanese
from shopdesk.changes import Changes, Topic
from shopdesk.customers import entering, leaving, marking, rfm, tagging
from shopdesk.customers.consents import Consents
from shopdesk.customers.disclosing import everything
from shopdesk.customers.duplicates import Doubles
from shopdesk.customers.edits import Edits
from shopdesk.customers.entering import BY_HAND
from shopdesk.customers.erased import Erased
from shopdesk.customers.filling import Filling
from shopdesk.customers.filters import Filter
from shopdesk.customers.happenings import happenings
from shopdesk.customers.identity import Claim, Key
from shopdesk.customers.keys import AlreadyKnownError, find, give, owners, replace_mail
from shopdesk.customers.listing import Listing
from shopdesk.customers.merges import Merges
from shopdesk.customers.office import Office
from shopdesk.customers.own_fields import OwnFields
from shopdesk.customers.pairs import Pairs
from shopdesk.customers.searching import reindex
from shopdesk.customers.tables import CustomerRow
from shopdesk.customers.typed import EDITED, columns
from shopdesk.customers.views import customers, require, stored, whole
from shopdesk.database import portions
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from shopdesk.clock import Clock
    from shopdesk.customers.filters import Anchor, CustomerRowView
    from shopdesk.customers.records import (
        Customer,
        Event,
        FieldKind,
        LineState,
        NewCustomer,
        PersonPart,
        Tag,
    )
    from shopdesk.database import Database
    from shopdesk.staff import Staff


class Customers:
    """The customers of one shop.

    `merges`, `edits` (of many at once), `fields` (the shop's own), `filling` (what people say of themselves), `consents`, `pairs`
    (who is not who, who belongs together), `doubles` (who may be one person) and `erased` each have their own verbs.
    """

    def __init__(self, database: Database, staff: Staff, changes: Changes, clock: Clock) -> None:
        office = Office(database, staff, changes, clock)
        self.merges, self.edits, self.fields = Merges(office), Edits(office), OwnFields(office)
        self.consents, self.pairs, self.filling = Consents(office), Pairs(office), Filling(office)
        self.doubles, self.erased = Doubles(office), Erased(office, self.merges)
        self._database = database
        self._staff = staff
        self._changes = changes
        self._clock = clock

    @property
    def parts(self) -> tuple[PersonPart, ...]:
        """The later features that hold something about a person, in their order; the shop gives them when all are made."""
        return self.merges.parts

    @parts.setter
    def parts(self, parts: tuple[PersonPart, ...]) -> None:
        self.merges.parts = parts

    # Reading

    @needs(Act.SEE_PEOPLE)
    def get(self, customer_id: int) -> Customer:
        """Return one customer.

        Raises:
            NotFoundError: there is none with this number.
        """
        with self._database.read() as session:
            return whole(session, customer_id)

    @needs(Act.SEE_PEOPLE)
    def search(self, text: str, limit: int = 50) -> list[Customer]:
        """Return customers whose name, kana, phone, mail or member id contains every word, latest order first.

        Those whom a later feature knows by that text (an order number) come first.
        """
        text = japanese.clean(text)
        with self._database.read() as session:
            named = [one for part in self.parts for one in part.find(session, text, limit)] if text.strip() else []
            listed = Listing(session, Filter(text=text)).page(None, limit, backwards=False)
            ids = list(dict.fromkeys([*named, *(view.id for view in listed)]))
            return customers(session, ids[:limit])

    @needs(Act.SEE_PEOPLE)
    def page(
        self, chosen: Filter, after: Anchor | None, limit: int, *, backwards: bool = False
    ) -> list[CustomerRowView]:
        """Return up to `limit` rows of the list after an anchor (None: from its start), or before it when `backwards`."""
        with self._database.read() as session:
            return Listing(session, chosen).page(after, limit, backwards=backwards)

    @needs(Act.SEE_PEOPLE)
    def anchors(self, chosen: Filter, every: int) -> list[Anchor]:
        """Return the last row of each full page: `page(chosen, anchors[i], every)` is page i + 1, without reading those before."""
        with self._database.read() as session:
            return Listing(session, chosen).anchors(every)

    @needs(Act.SEE_PEOPLE)
    def count(self, chosen: Filter | None = None) -> int:
        """Return how many customers a list has; all of them by default."""
        with self._database.read() as session:
            return Listing(session, chosen or Filter()).count()

    @needs(Act.SEE_PEOPLE)
    def ids(self, chosen: Filter) -> list[int]:
        """Return the ids of everybody in a list, in no particular order."""
        with self._database.read() as session:
            return Listing(session, chosen).ids()

    @needs(Act.SEE_PEOPLE)
    def tags(self) -> list[Tag]:
        """Return every tag with the number of people who carry it, by name."""
        with self._database.read() as session:
            return tagging.counted(session)

    @needs(Act.SEE_PEOPLE)
    def sources(self) -> list[str]:
        """Return where the shop's people come from: carts, `shop`, `line`."""
        with self._database.read() as session:
            return sorted(filter(None, session.scalars(select(CustomerRow.source).distinct())))

    @needs(Act.SEE_PEOPLE)
    def timeline(self, customer_id: int, limit: int = 50) -> list[Event]:
        """Return what happened with a person, newest first, over all features."""
        with self._database.read() as session:
            events = [event for part in self.parts for event in part.timeline(session, customer_id, limit)]
            events += happenings(session, customer_id)
        return sorted(events, key=lambda event: event.at, reverse=True)[:limit]

    @needs(Act.SEE_PEOPLE)
    def quintiles(self) -> rfm.Quintiles:
        """Return the bounds between the fifths of the shop's buyers, for `score`."""
        with self._database.read() as session:
            return rfm.quintiles(session)

    @needs(Act.DISCLOSE)
    def disclose(self, customer_id: int) -> dict[str, Any]:
        """Return everything held about a person, JSON-able, times as in Japan with their offset.

        Raises:
            NotFoundError: there is no such customer.
        """
        with self._database.write() as session:
            shown = everything(session, customer_id, self.parts)
            self._staff.record(session, "disclose", "customer", [customer_id])
        return shown

    # Changing

    @needs(Act.EDIT_PEOPLE)
    def add(self, typed: NewCustomer) -> Customer:
        """Add a customer by hand. LINE is consented to by adding the shop as a friend; mail has to be asked for.

        Raises:
            InvalidInputError: a field is not what it should be.
            AlreadyKnownError: somebody with this mail, or this phone and name, is here.
        """
        values = columns(typed)
        claim = Claim.of(
            cart=BY_HAND, email=values["email"], phone=values["phone"], name=values["name"], kana=values["kana"]
        )
        with self._database.write() as session:
            found = find(session, claim)
            if found.id is not None:
                raise AlreadyKnownError(found.id)
            made = entering.put(session, values, self._clock.now())
            give(session, made, claim.keys)
            reindex(session, [made])
            self._staff.record(session, "add", "customer", [made])
            made_whole = whole(session, made)
        self._changes.tell(Topic.CUSTOMERS)
        return made_whole

    def enter(self, session: Session, name: str) -> int:
        """Enter in the caller's transaction somebody of whom no more is known than a name, or nothing; return their id.

        They are looked for nowhere: a walk-in with a frequent name is not the customer who has it. The caller records and tells it.
        """
        return entering.named(session, name, self._clock.now())

    def member(self, session: Session, cart: str, member_id: str) -> int | None:
        """Return in the caller's transaction who has this member number of a cart, None for nobody we know."""
        key = Key("member", cart, member_id)
        return owners(session, [key]).get(key)

    def note_member(self, session: Session, customer_id: int, cart: str, member_id: str) -> None:
        """Note in the caller's transaction, who tells it, that a person has a member number that nobody has."""
        give(session, customer_id, [Key("member", cart, member_id)])
        self.touch(session, customer_id)
        self._staff.record(session, "note", "customer", [customer_id], ["member_id"])

    def touch(self, session: Session, customer_id: int) -> None:
        """Note in the caller's transaction that a person has something of their own now: no import that is undone takes them.

        Raises:
            NotFoundError: there is no such customer.
        """
        entering.touch(stored(session, customer_id), self._clock.now())
        session.flush()

    @needs(Act.EDIT_PEOPLE)
    def correct(self, customer_id: int, typed: NewCustomer) -> Customer:
        """Replace what is written about a customer.

        Raises:
            NotFoundError: there is no such customer.
            InvalidInputError: a field is not what it should be.
            AlreadyKnownError: the new mail belongs to somebody else.
        """
        values = columns(typed)
        with self._database.write() as session:
            before = stored(session, customer_id)
            changed = [name for name in EDITED if getattr(before, name) != values[name]]
            if "email" in changed:
                replace_mail(session, before, Claim.of(cart=BY_HAND, email=values["email"]).keys)
            values["changed_at"] = self._clock.now()
            session.execute(update(CustomerRow).where(CustomerRow.id == customer_id).values(**values))
            reindex(session, [customer_id])
            self._staff.record(session, "correct", "customer", [customer_id], changed)
            session.expire_all()
            corrected = whole(session, customer_id)
        self._changes.tell(Topic.CUSTOMERS)
        return corrected

    @needs(Act.EDIT_PEOPLE)
    def tag(self, ids: Sequence[int], name: str) -> list[int]:
        """Put a tag on customers; a new name makes a new tag. Return those who did not carry it before.

        Raises:
            InvalidInputError: the name is empty.
            NotFoundError: one of the customers does not exist.
        """
        name = tagging.tag_name(name)
        fresh: list[int] = []
        with self._database.write() as session:
            require(session, ids)
            tag_id = tagging.tag_id(session, name)
            for some in portions(ids):
                fresh += tagging.put(session, tag_id, some)
            self._staff.record(session, "tag", "customer", ids, ["tags"])
        self._changes.tell(Topic.CUSTOMERS)
        return fresh

    @needs(Act.EDIT_PEOPLE)
    def untag(self, ids: Sequence[int], name: str) -> list[int]:
        """Take a tag off customers; those without it stay as they are. Return those who carried it."""
        name = tagging.tag_name(name)
        carried: list[int] = []
        with self._database.write() as session:
            for some in portions(ids):
                carried += tagging.take(session, name, some)
            self._staff.record(session, "untag", "customer", ids, ["tags"])
        self._changes.tell(Topic.CUSTOMERS)
        return carried

    def mark(self, session: Session, customer_id: int, tags: Iterable[str], fields: Mapping[str, str]) -> None:
        """Put tags on a person, and values into own fields by their names, in the caller's transaction, who tells it."""
        written = marking.mark(session, customer_id, tags, fields)
        if written:
            self._staff.record(session, "mark", "customer", [customer_id], written)

    def require_field(self, session: Session, name: str, kind: FieldKind) -> None:
        """Be sure in the caller's transaction that there is an own field; one that is not there is made. Raises InvalidInputError."""
        made = marking.require_field(session, name, kind)
        if made is not None:
            self._staff.record(session, "make", "own field", [made])

    def set_line_state(self, session: Session, customer_id: int, state: LineState) -> None:
        """Note in the caller's transaction how a customer stands on LINE; the caller records and tells it."""
        session.execute(update(CustomerRow).where(CustomerRow.id == customer_id).values(line_state=state))

    # Leaving

    @needs(Act.JOIN_PEOPLE)
    def forget(self, customer_id: int) -> None:
        """Erase a person everywhere; what was bought stays as figures without a name.

        Raises:
            NotFoundError: there is no such customer.
        """
        with self._database.write() as session:
            row = stored(session, customer_id)
            session.expunge_all()
            leaving.erase(session, row, self.parts[::-1], self._clock.now())
            self._staff.record(session, "forget", "customer", [customer_id])
        self.erased.leave_no_trace()
