"""Coupons: written, published, changed, ended; what each brought."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from shopdesk.coupons import invariants, reading, reporting, rules
from shopdesk.coupons.addresses import Addresses
from shopdesk.coupons.in_messages import InMessages
from shopdesk.coupons.issuing import Issuing, withheld
from shopdesk.coupons.offers import checked
from shopdesk.coupons.office import Office
from shopdesk.coupons.on_line import OnLine
from shopdesk.coupons.records import OnPage
from shopdesk.coupons.redeeming import Redeeming
from shopdesk.coupons.refusals import ClosedError, ExpiredError, NotOursError, PromisedError
from shopdesk.coupons.tables import CouponRow, TicketRow
from shopdesk.database import id_in
from shopdesk.errors import NotFoundError
from shopdesk.i18n import _
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    import builtins
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.changes import Changes
    from shopdesk.clock import Clock
    from shopdesk.coupons.records import Coupon, Held, Holder, Offer, Report, State, Use
    from shopdesk.customers import Customers
    from shopdesk.database import Database
    from shopdesk.line import Line
    from shopdesk.settings import Settings
    from shopdesk.staff import Staff

_KEY_BYTES = 16


class Coupons:
    """The coupons of one shop. What its parts do – giving, taking, LINE – is called here, and described where it is done."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        staff: Staff,
        changes: Changes,
        *,
        customers: Customers,
        line: Line,
        settings: Settings,
    ) -> None:
        self._office = Office(database, clock, staff, changes, customers)
        self._staff = staff
        issuing, redeeming = Issuing(self._office), Redeeming(self._office)
        self.issue, self.grant, self.at_event = issuing.issue, issuing.grant, issuing.at_event
        self.withdraw = issuing.withdraw
        in_messages = InMessages(self._office, issuing)
        self.require_given_out = in_messages.require_given_out
        self.issue_in, self.codes_in = in_messages.issue_in, in_messages.codes_in
        self.claim, self.claim_in = issuing.claim, issuing.claim_in
        self.code_again, self.code_again_in, self.opened = issuing.code_again, issuing.code_again_in, issuing.opened
        self.redeem, self.redeem_ticket, self.undo = redeeming.redeem, redeeming.redeem_ticket, redeeming.undo
        self.reverse = redeeming.reverse
        self.addresses = Addresses(settings)
        on_line = OnLine(self._office, line, self.addresses)
        self.put_on_line, self.close_on_line, self.list_on_line = on_line.put, on_line.close, on_line.list
        self.close_left_on_line = on_line.close_left

    # Reading

    def get(self, coupon_id: int) -> Coupon:
        """Return a coupon. Raises NotFoundError."""
        with self._office.database.read() as session:
            return reading.coupon(reading.stored(session, coupon_id))

    def several(self, coupon_ids: Collection[int]) -> dict[int, Coupon]:
        """Return coupons by their ids, those that are there."""
        with self._office.database.read() as session:
            return reading.several(session, coupon_ids)

    def find(self, said: str) -> Coupon:
        """Return the coupon of that number, or the newest of that name. Raises NotFoundError."""
        id_ = id_in(said)
        with self._office.database.read() as session:
            row = None if id_ is None else session.get(CouponRow, id_)
            named = select(CouponRow).where(CouponRow.name == said).order_by(CouponRow.id.desc()).limit(1)
            row = row or session.scalar(named)
            if row is None:
                raise NotFoundError(_("There is no coupon “{name}”. `coupons list` shows all.").format(name=said))
            return reading.coupon(row)

    def list(self) -> builtins.list[Coupon]:
        """Return every coupon, the newest first."""
        with self._office.database.read() as session:
            return [reading.coupon(row) for row in session.scalars(select(CouponRow).order_by(CouponRow.id.desc()))]

    @needs(Act.DESIGN)
    def report(self, coupon_id: int) -> Report:
        """Return what became of a coupon. Raises NotFoundError."""
        with self._office.database.read() as session:
            return reporting.report(session, coupon_id, self._office.now(session))

    @needs(Act.DESIGN)
    def holders(self, coupon_id: int, *, after: int = 0, limit: int = 200) -> builtins.list[Holder]:
        """Return who has it, the latest given first; `after` is the ticket of the last one of the page before. Raises NotFoundError."""
        with self._office.database.read() as session:
            return reporting.holders(session, coupon_id, self._office.now(session), after, limit)

    @needs(Act.DESIGN)
    def holder_anchors(self, coupon_id: int, every: int) -> builtins.list[int]:
        """Return the ticket of the last one of each full page of `every` holders, for `after` of `holders`."""
        with self._office.database.read() as session:
            return reporting.holder_anchors(session, coupon_id, every)

    @needs(Act.SEE_CARD)
    def held_by(self, customer_id: int) -> builtins.list[Held]:
        """Return what somebody could use, the soonest to end first: unused, not expired, won; also what is not for this hour."""
        with self._office.database.read() as session:
            now = self._office.now(session)
            found = reading.held_by(session, customer_id, now)
        there = [one for one in found if one.standing in {"issued", "opened"} and one.coupon.state == "published"]
        return sorted(there, key=lambda one: (one.until is None, one.until or now))

    @needs(Act.SEE_CARD)
    def look(self, code: str) -> Held:
        """Return the coupon that a code opens, changing nothing: for a till before it is used. Raises NotOursError: it opens nothing."""
        with self._office.database.read() as session:
            return self._held(session, reading.ticket_of(session, code))

    @needs(Act.SERVE_PAGE)
    def show(self, code: str) -> Held:
        """Return the same for its page, of which whoever has the code may see no more than a till. Raises NotOursError."""
        return self.look(code)

    @needs(Act.SEE_CARD)
    def uses_at(self, till: str, since: datetime, limit: int = 20) -> builtins.list[Use]:
        """Return the coupons used at a till since a moment, the newest first, with those that were taken back."""
        with self._office.database.read() as session:
            return reading.uses_at(session, till, since, limit)

    @needs(Act.SERVE_PAGE)
    def on_page(self, page_key: str) -> OnPage:
        """Return the coupon that is given on this page, or was until it ended or was used up. Raises NotOursError."""
        with self._office.database.read() as session:
            row = session.scalar(select(CouponRow).where(CouponRow.page_key == page_key))
            if row is None or row.state == "draft" or not row.by_link:
                raise NotOursError(_("This page gives no coupon. Ask the shop for the right address."))
            gone = withheld(row, self._office.now(session))
            return OnPage(reading.coupon(row), "" if gone is None else gone.code)

    def _held(self, session: Session, row: TicketRow) -> Held:
        found = reading.coupon(reading.stored(session, row.coupon_id))
        return reading.held(session, row, found, self._office.now(session))

    # Writing

    @needs(Act.DESIGN)
    def create(self, offer: Offer) -> Coupon:
        """Keep a new coupon as a draft. Raises InvalidInputError."""
        offer, now = checked(offer), self._office.clock.now()
        blank = {
            "state": "draft",
            "page_key": secrets.token_urlsafe(_KEY_BYTES),
            "used": 0,
            **dict.fromkeys(("line_id", "line_form", "line_left"), ""),
        }
        with self._office.database.write() as session:
            values = {**reading.columns(offer), **blank, "created_at": now, "changed_at": now}
            made = session.execute(insert(CouponRow).values(**values).returning(CouponRow.id)).scalar_one()
            self._office.staff.record(session, "create", "coupon", [made])
            found = reading.coupon(reading.stored(session, made))
        self._office.tell()
        return found

    @needs(Act.DESIGN)
    def change(self, coupon_id: int, offer: Offer) -> Coupon:
        """Write a coupon anew. A draft may become anything; of a published one only what makes nothing worse for who holds it.

        Its words, picture and how it is given can always be changed, the name of a discount, too; it can end later, begin earlier, be
        for more days, at all hours, more often in all, from a smaller purchase. What LINE keeps of it stays until it is put there again.

        Raises:
            NotFoundError, InvalidInputError: there is no such coupon, or it cannot be like that.
            PromisedError: people hold it as it is.
            ClosedError: it is ended.
        """
        offer = checked(offer)
        with self._office.database.write() as session:
            before = reading.coupon(reading.stored(session, coupon_id, locked=True))
            if before.state == "closed":
                raise ClosedError(_("This coupon is ended and stays as it was. Make a new one."))
            broken = rules.promised(before.offer, offer) if before.state == "published" else []
            if broken:
                sentence = _(
                    "People hold this coupon as it is; this cannot be changed: {fields}. Make a new one instead."
                )
                raise PromisedError(sentence.format(fields=_(", ").join(broken)))
            changed = [
                name for name, value in reading.columns(before.offer).items() if reading.columns(offer)[name] != value
            ]
            written = update(CouponRow).where(CouponRow.id == coupon_id)
            session.execute(written.values(**reading.columns(offer), changed_at=self._office.clock.now()))
            self._office.staff.record(session, "change", "coupon", [coupon_id], changed)
            session.expire_all()
            found = reading.coupon(reading.stored(session, coupon_id))
        self._office.tell()
        return found

    @needs(Act.DESIGN)
    def publish(self, coupon_id: int) -> Coupon:
        """Let it be given to people from now on; one that is published stays so.

        Raises:
            NotFoundError, ClosedError: there is none, or it is ended.
            ExpiredError: its end has passed already.
        """
        return self._turn(coupon_id, "published")

    @needs(Act.DESIGN)
    def close(self, coupon_id: int) -> Coupon:
        """End it for good, also for people who have it: it is neither given nor taken any more. LINE's own by `close_on_line`.

        Raises:
            NotFoundError: there is none.
        """
        return self._turn(coupon_id, "closed")

    def _turn(self, coupon_id: int, state: State) -> Coupon:
        with self._office.database.write() as session:
            row = reading.stored(session, coupon_id, locked=True)
            if row.state == "closed" and state != "closed":
                raise ClosedError(_("This coupon is ended and stays as it was. Make a new one."))
            if row.state != state:
                if state == "published" and row.ends_at is not None and row.ends_at <= self._office.now(session):
                    raise ExpiredError(
                        _("The end of this coupon has passed. It stays a draft: set a later end, then publish it.")
                    )
                row.state, row.changed_at = state, self._office.clock.now()
                session.flush()
                self._office.staff.record(
                    session, "publish" if state == "published" else "close", "coupon", [coupon_id]
                )
            found = reading.coupon(row)
        self._office.tell()
        return found

    # What must be true

    def overused(self) -> builtins.list[int]:
        """Return coupons that were used oftener than they may be, or count wrongly (I6)."""
        with self._office.database.read() as session:
            return invariants.overused(session)

    def strange_requests(self) -> builtins.list[int]:
        """Return uses that are not what their request asked for (I7)."""
        with self._office.database.read() as session:
            return invariants.strange_requests(session)
