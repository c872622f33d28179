"""The coupon that LINE keeps beside ours. LINE changes none: another form means making a new one and closing the old."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from shopdesk.coupons import reading
from shopdesk.coupons.line_form import form_of, request_of
from shopdesk.coupons.refusals import NotPublishedError
from shopdesk.coupons.tables import CouponRow
from shopdesk.i18n import _
from shopdesk.line import LineError, close_coupon, create_coupon, limits, list_coupons
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    from shopdesk.coupons.addresses import Addresses
    from shopdesk.coupons.office import Office
    from shopdesk.coupons.records import Coupon
    from shopdesk.line import Line, LineCoupon

logger = logging.getLogger(__name__)


class OnLine:
    """Makes and closes coupons on LINE.

    What LINE's coupon is used for only LINE Official Account Manager shows: it is counted neither there nor here as a use of ours.
    """

    def __init__(self, office: Office, line: Line, addresses: Addresses) -> None:
        self._office, self._line, self._addresses = office, line, addresses
        self._staff = office.staff

    @needs(Act.DESIGN)
    def put(self, coupon_id: int) -> Coupon:
        """Make the coupon on LINE, so that it can be sent as LINE's own; one that is there and has changed here is made anew and closed.

        Where LINE does not close that one now, it is `line_left` of what is returned, and `close_left` closes it later.

        Raises:
            NotFoundError, NotPublishedError: there is no such coupon, or it is not published.
            NotForLineError: LINE has none like it.
            NoFixedAddressError: there is nowhere LINE could fetch its picture.
            LineError: LINE does not make it, or one left from before could not be closed; nothing has changed.
        """
        with self._office.database.read() as session:
            found = reading.coupon(reading.stored(session, coupon_id))
        if found.state != "published":
            raise NotPublishedError(_("Only a published coupon can be put on LINE. Publish it first."))
        if found.line_id and not found.line_differs:
            return found
        if found.line_left:
            self._close_left(found)
        picture = found.offer.picture
        address = self._addresses.of_picture(picture, limits.IMAGEMAP_WIDTH) if picture else ""
        request = request_of(found.offer, self._office.clock.now(), address)
        made = create_coupon(self._line, request)
        kept = self._keep(coupon_id, made, form_of(found.offer), left=found.line_id)
        try:
            return self._close_left(kept) if kept.line_left else kept
        except LineError as trouble:
            logger.info("the coupon on LINE before this one waits to be closed: %s", trouble.code)
            return kept

    @needs(Act.DESIGN)
    def close(self, coupon_id: int) -> Coupon:
        """Close it on LINE for good, also for people who have it there; ours stays. Raises NotFoundError, LineError."""
        with self._office.database.read() as session:
            found = reading.coupon(reading.stored(session, coupon_id))
        there = [*filter(None, (found.line_left, found.line_id))]
        for one in there:
            close_coupon(self._line, one)
        return self._keep(coupon_id, "", "") if there else found

    def close_left(self) -> int:
        """Close what a change has left open on LINE; return of how many coupons. Raises LineError."""
        with self._office.database.read() as session:
            rows = session.scalars(select(CouponRow).where(CouponRow.line_left != "").order_by(CouponRow.id))
            left = [reading.coupon(row) for row in rows]
        for one in left:
            self._close_left(one)
        return len(left)

    def _close_left(self, found: Coupon) -> Coupon:
        close_coupon(self._line, found.line_left)
        return self._write("close on line", found.id, line_left="")

    @needs(Act.DESIGN)
    def list(self) -> list[LineCoupon]:
        """Return LINE's coupons that run or are yet to begin, those made elsewhere too. Raises LineError."""
        return [*list_coupons(self._line)]

    def _keep(self, coupon_id: int, line_id: str, form: str, *, left: str = "") -> Coupon:
        done = "put on line" if line_id else "close on line"
        return self._write(done, coupon_id, line_id=line_id, line_form=form, line_left=left)

    def _write(self, done: str, coupon_id: int, **values: str) -> Coupon:
        with self._office.database.write() as session:
            session.execute(update(CouponRow).where(CouponRow.id == coupon_id).values(**values))
            self._office.staff.record(session, done, "coupon", [coupon_id])
            found = reading.coupon(reading.stored(session, coupon_id))
        self._office.tell()
        return found
