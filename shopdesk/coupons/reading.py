"""Coupons and who holds them, read from their rows."""

from __future__ import annotations

from datetime import time
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, select

from shopdesk import japanese, scancodes
from shopdesk.coupons import rules
from shopdesk.coupons.line_form import form_of
from shopdesk.coupons.records import EARNED, Coupon, Held, Offer, Standing, Use
from shopdesk.coupons.refusals import AlreadyUsedError, CouponError, already_used, not_ours, not_won
from shopdesk.coupons.tables import CodeRow, CouponRow, TicketRow, UseRow
from shopdesk.database import Statement
from shopdesk.errors import NotFoundError
from shopdesk.i18n import _

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy.orm import Session

# Fields of an offer that a row has under another name or in another form.
_OTHERWISE = {"starts", "ends", "weekdays", "opens", "closes"}
_AS_THEY_ARE = tuple(name for name in Offer.__dataclass_fields__ if name not in _OTHERWISE)
# What a card's page shows whenever it is opened.
_ISSUED = Statement(
    select(TicketRow)
    .where(TicketRow.customer_id == bindparam("customer_id"), TicketRow.state == "issued")
    .order_by(TicketRow.id)
)


@lru_cache
def _several(many: int) -> Statement:
    return Statement(select(CouponRow).where(CouponRow.id.in_([bindparam(f"id_{place}") for place in range(many)])))


def columns(offer: Offer) -> dict[str, Any]:
    """Return what the row of a coupon holds of its offer."""
    return {
        **{name: getattr(offer, name) for name in _AS_THEY_ARE},
        "starts_at": offer.starts,
        "ends_at": offer.ends,
        "weekdays": "".join(map(str, offer.weekdays)),
        "opens": _minutes(offer.opens),
        "closes": _minutes(offer.closes),
    }


def coupon(row: CouponRow) -> Coupon:
    """Return a coupon from its row."""
    said: dict[str, Any] = {name: getattr(row, name) for name in _AS_THEY_ARE}
    offer = Offer(
        **said,
        starts=row.starts_at,
        ends=row.ends_at,
        weekdays=tuple(map(int, row.weekdays)),
        opens=_clock(row.opens),
        closes=_clock(row.closes),
    )
    differs = bool(row.line_id) and row.line_form != form_of(offer)
    line = row.line_id, row.line_left, differs
    return Coupon(row.id, offer, row.state, row.page_key, row.used, *line, row.created_at)


def stored(session: Session, coupon_id: int, *, locked: bool = False) -> CouponRow:
    """Return the row of a coupon; `locked` until the transaction ends, so that all who use it come one by one.

    Raises:
        NotFoundError: there is none.
    """
    row = session.get(CouponRow, coupon_id, with_for_update=True if locked else None)
    if row is None:
        raise NotFoundError(_("There is no coupon {id}. `coupons list` shows all.").format(id=coupon_id))
    return row


def several(session: Session, ids: Collection[int]) -> dict[int, Coupon]:
    """Return coupons by their ids, those that are there."""
    if not ids:
        return {}
    wanted = {f"id_{place}": one for place, one in enumerate(ids)}
    return {row.id: coupon(row) for row in _several(len(ids)).all(session, **wanted)}


def held_by(session: Session, customer_id: int, now: datetime) -> list[Held]:
    """Return everything somebody was given and has not used, the earliest first."""
    tickets = _ISSUED.all(session, customer_id=customer_id)
    coupons = several(session, {one.coupon_id for one in tickets})
    return [held(session, one, coupons[one.coupon_id], now) for one in tickets]


def ticket_of(session: Session, scanned: str) -> TicketRow:
    """Return the ticket that a scanned or typed code opens. Raises NotOursError."""
    code = scancodes.read(scanned)
    row = None
    if code is not None and code.kind == "coupon":
        opened = select(TicketRow).join(CodeRow, CodeRow.ticket_id == TicketRow.id)
        row = session.scalar(opened.where(CodeRow.code_hash == code.hashed))
    if row is None:
        raise not_ours()
    return row


def standing(row: TicketRow, offer: Offer, now: datetime) -> Standing:
    """Return where somebody's coupon is at this moment. That it lost is not told before the person has drawn."""
    if row.state == "used":
        return "used"
    if _lost(row):
        return "lost"
    ends = rules.end_of(offer, row.until)
    if ends is not None and now >= ends:
        return "expired"
    return "opened" if row.opened_at is not None else "issued"


def unusable(session: Session, row: TicketRow, found: Coupon, now: datetime) -> CouponError | None:
    """Return why a ticket cannot be used now, None where it can or is not drawn yet; the size of the sale and the limits are not asked."""
    if row.state == "used":
        return used_error(session, row, now)
    if _lost(row):
        return not_won()
    return rules.refusal(found.offer, found.state, row.until, now)


def _lost(row: TicketRow) -> bool:
    return row.won is False and row.opened_at is not None


def used_error(session: Session, row: TicketRow, now: datetime) -> AlreadyUsedError:
    """Return the refusal of a ticket that was used: when, at which till and by whom."""
    return already_used(*_standing_use(session, row), now)


def _standing_use(session: Session, row: TicketRow) -> tuple[datetime, str, str]:
    """Return when, at which till and by whom a used ticket was used."""
    use = UseRow
    found = select(use.at, use.till, use.staff).where(use.ticket_id == row.id, use.undone_at.is_(None))
    at, till, staff = session.execute(found).one()
    return at, till, staff


def held(session: Session, row: TicketRow, found: Coupon, now: datetime) -> Held:
    """Return a ticket as a page or a till shows it."""
    refused = unusable(session, row, found, now)
    said = ("", "") if refused is None else (refused.code, refused.message)
    used_at, till, staff = _standing_use(session, row) if row.state == "used" else (None, "", "")
    return Held(
        row.id,
        found,
        row.customer_id,
        standing(row, found.offer, now),
        rules.end_of(found.offer, row.until),
        said,
        row.opened_at is not None,
        used_at,
        till,
        staff,
    )


def use_of(session: Session, row: UseRow, *, again: bool = False) -> Use:
    """Return a use from its row."""
    customer_id, name = session.execute(
        select(TicketRow.customer_id, CouponRow.name)
        .join(CouponRow, CouponRow.id == TicketRow.coupon_id)
        .where(TicketRow.id == row.ticket_id)
    ).one()
    return Use(
        row.id,
        row.coupon_id,
        row.ticket_id,
        customer_id,
        name,
        row.at,
        row.till,
        row.staff,
        row.proof,
        row.sale_yen,
        row.off_yen,
        row.undone_at,
        again,
    )


def uses_at(session: Session, till: str, since: datetime, limit: int) -> list[Use]:
    """Return the uses at a till since a moment, the newest first."""
    here = (UseRow.at >= since, UseRow.till == japanese.tidy(till))  # as it is kept
    chosen = select(UseRow).where(*here).order_by(UseRow.id.desc()).limit(limit)
    return [use_of(session, row) for row in session.scalars(chosen)]


def uses_of_person(session: Session, ticket: TicketRow) -> int:
    """Return how often the person of a ticket has used its coupon; what they earned as a reward is not counted."""
    use, row = UseRow, TicketRow
    chosen = select(func.count()).select_from(use).join(row, row.id == use.ticket_id)
    mine = (row.coupon_id == ticket.coupon_id, row.customer_id == ticket.customer_id, row.why.not_in(EARNED))
    return session.scalar(chosen.where(*mine, use.undone_at.is_(None))) or 0


def _minutes(at: time | None) -> int | None:
    return None if at is None else at.hour * 60 + at.minute


def _clock(minutes: int | None) -> time | None:
    return None if minutes is None else time(*divmod(minutes, 60))
