"""What a finished survey leads to: tags, the customers' columns and own fields, and the gift, once for each person."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, cast

from sqlalchemy import func, insert, select

from shopdesk.coupons.tables import TicketRow
from shopdesk.errors import ShopDeskError
from shopdesk.friends import NoFixedAddressError
from shopdesk.i18n import N_, for_customers
from shopdesk.surveys.reading import live_form
from shopdesk.surveys.refusals import GOT_COUPON, GOT_POINTS
from shopdesk.surveys.tables import SurveyFillRow, SurveyGiftRow, SurveyResponseRow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from shopdesk.customers import Filled
    from shopdesk.surveys.office import Office
    from shopdesk.surveys.records import Given, Question
    from shopdesk.surveys.tables import SurveyRow

logger = logging.getLogger(__name__)
_BETWEEN = "、"


class Giving:
    """Gives and writes in the transaction of the last answer. Nothing here keeps somebody from finishing."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def give(
        self,
        session: Session,
        row: SurveyRow,
        response: SurveyResponseRow,
        way: Sequence[Question],
        said: Mapping[str, Given],
    ) -> None:
        """Do what answers lead to, for a customer who is known; of an anonymous survey nobody is."""
        customer_id = response.customer_id
        if customer_id is None:
            return
        tags = [
            option.tag for one in way for option in one.options if option.tag and option.label in said[one.name].picked
        ]
        fields = {one.sets: _BETWEEN.join(said[one.name].words) for one in way if one.sets and not said[one.name].empty}
        self._office.customers.mark(session, customer_id, tags, fields)
        self._fill(
            session, response.id, customer_id, [one for one in way if one.fills and not said[one.name].empty], said
        )
        self._present(session, row, response, customer_id)

    def thanks(self, friend_id: int) -> list[str]:
        """Return what a friend is told of the gifts that are theirs since they are known as a customer, sentence by sentence."""
        gift, row = SurveyGiftRow, SurveyResponseRow
        theirs = (gift.survey_id == row.survey_id) & (gift.customer_id == row.customer_id)
        chosen = select(gift.ticket_id, gift.points).join(row, theirs).where(row.friend_id == friend_id, row.newest)
        unused = chosen.outerjoin(TicketRow, TicketRow.id == gift.ticket_id).where(
            func.coalesce(TicketRow.state, "") != "used"
        )
        with self._office.database.write() as session:
            found = session.execute(unused.order_by(gift.at)).all()
            return [self._said_of(session, ticket_id, points) for ticket_id, points in found]

    def _said_of(self, session: Session, ticket_id: int | None, points: int | None) -> str:
        if ticket_id is None:
            return for_customers(GOT_POINTS).format(points=points)
        try:
            token, _coupon = self._office.coupons.code_again_in(session, ticket_id)
            address = self._office.coupons.addresses.of_token(token)
        except NoFixedAddressError:
            return for_customers(GOT_COUPON)
        return for_customers(N_("A coupon is yours as a thank-you for your answers:\n{url}")).format(url=address)

    def _fill(
        self, session: Session, response_id: int, customer_id: int, asked: Sequence[Question], said: Mapping[str, Given]
    ) -> None:
        """Let names, phones and addresses become the customer's own, and keep what was there before."""
        fill = SurveyFillRow
        if not asked or session.scalar(select(fill.field).where(fill.response_id == response_id).limit(1)):
            return
        texts = {cast("Filled", one.kind): said[one.name].text for one in asked}
        over = {cast("Filled", one.kind) for one in asked if one.fills == "always"}
        written = self._office.customers.filling.fill(session, customer_id, texts, over)
        rows = [
            {"response_id": response_id, "field": field, "before": before, "after": after}
            for field, (before, after) in written.items()
        ]
        if rows:
            session.execute(insert(fill), rows)

    def _present(self, session: Session, row: SurveyRow, response: SurveyResponseRow, customer_id: int) -> None:
        form = live_form(row)
        if form.gift_coupon is None and form.gift_points is None:
            return
        if session.get(SurveyGiftRow, (row.id, customer_id)) is not None:
            return
        ticket, points = None, form.gift_points
        try:
            if form.gift_coupon is not None:
                ticket = self._office.coupons.grant(session, form.gift_coupon, customer_id, why="survey").ticket_id
            elif points is not None:
                self._office.cards.present(session, customer_id, points, form.name)
        except ShopDeskError as wrong:  # the coupon has ended: the answer counts all the same
            logger.warning("a survey's gift is not given: %s", wrong.code)
            return
        values = {
            "survey_id": row.id,
            "customer_id": customer_id,
            "ticket_id": ticket,
            "points": points,
            "at": response.changed_at,
        }
        session.execute(insert(SurveyGiftRow).values(**values))
