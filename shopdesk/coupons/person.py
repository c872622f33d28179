"""What happens to the coupons of a person who is merged, forgotten or disclosed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select, update

from shopdesk import scancodes
from shopdesk.clock import in_japan
from shopdesk.coupons.tables import CodeRow, CouponRow, TicketRow, UseRow
from shopdesk.customers import Event
from shopdesk.database import portions
from shopdesk.i18n import _

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


class CouponPart:
    """Coupons' part in a person's life."""

    name = "coupons"

    def move(self, session: Session, keep: int, other: int) -> list[Any]:
        """Give `keep` the coupons of `other`; return their tickets."""
        theirs = update(TicketRow).where(TicketRow.customer_id == other).values(customer_id=keep)
        return sorted(session.scalars(theirs.returning(TicketRow.id)))

    def move_back(self, session: Session, keep: int, other: int, moved: list[Any]) -> None:
        """Give `other` its coupons again."""
        for some in portions(moved):
            still = (TicketRow.id.in_(some), TicketRow.customer_id == keep)
            session.execute(update(TicketRow).where(*still).values(customer_id=other))

    def erase(self, session: Session, customer_id: int) -> None:
        """Let no code open anything any more; how many there were and what was sold stays, without a person."""
        mine = select(TicketRow.id).where(TicketRow.customer_id == customer_id)
        session.execute(delete(CodeRow).where(CodeRow.ticket_id.in_(mine)))
        session.execute(update(UseRow).where(UseRow.ticket_id.in_(mine)).values(undone_why=""))
        session.execute(update(TicketRow).where(TicketRow.customer_id == customer_id).values(customer_id=None))

    def disclose(self, session: Session, customer_id: int) -> dict[str, Any]:
        """Return the person's coupons and their uses."""
        ticket, use = TicketRow, UseRow
        given = select(ticket, CouponRow.name).join(CouponRow, CouponRow.id == ticket.coupon_id)
        used = select(use, CouponRow.name).join(CouponRow, CouponRow.id == use.coupon_id)
        used = used.join(ticket, ticket.id == use.ticket_id)
        mine = ticket.customer_id == customer_id
        return {
            "coupons": [
                {"coupon": name, "why": row.why, "issued_at": _said(row.issued_at), "opened_at": _said(row.opened_at)}
                for row, name in session.execute(given.where(mine).order_by(ticket.id))
            ],
            "coupon_uses": [
                {
                    "coupon": name,
                    "at": _said(row.at),
                    "till": row.till,
                    "sale_yen": row.sale_yen,
                    "off_yen": row.off_yen,
                    "undone_at": _said(row.undone_at),
                    "undone_why": row.undone_why,
                }
                for row, name in session.execute(used.where(mine).order_by(use.id))
            ],
        }

    def timeline(self, session: Session, customer_id: int, limit: int) -> list[Event]:
        """Return which coupons the person got and used."""
        ticket, use = TicketRow, UseRow
        mine = ticket.customer_id == customer_id
        given = select(ticket.issued_at, CouponRow.name).join(CouponRow, CouponRow.id == ticket.coupon_id).where(mine)
        used = select(use.at, CouponRow.name).join(ticket, ticket.id == use.ticket_id)
        used = used.join(CouponRow, CouponRow.id == use.coupon_id).where(mine, use.undone_at.is_(None))
        events = [
            Event(at, "coupon", said, name)
            for said, chosen in (
                (_("Coupon given"), given.order_by(ticket.id.desc())),
                (_("Coupon used"), used.order_by(use.id.desc())),
            )
            for at, name in session.execute(chosen.limit(limit))
        ]
        return sorted(events, key=lambda event: event.at, reverse=True)[:limit]

    def find(self, session: Session, text: str, limit: int) -> list[int]:
        """Return whose coupon's code was scanned."""
        code = scancodes.read(text)
        if code is None:
            return []
        opened = select(TicketRow.customer_id).join(CodeRow, CodeRow.ticket_id == TicketRow.id)
        known = opened.where(CodeRow.code_hash == code.hashed, TicketRow.customer_id.is_not(None)).limit(limit)
        return [one for one in session.scalars(known) if one is not None]


def _said(at: datetime | None) -> str | None:
    return in_japan(at).isoformat() if at else None
