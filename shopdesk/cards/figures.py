"""What the shop owes on its cards, and the sheet for the day when nothing works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from shopdesk.cards.records import SheetRow, Totals
from shopdesk.cards.tables import LIVE, CardRow
from shopdesk.customers.tables import CustomerRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from shopdesk.cards.rules import Rules


def totals(session: Session, rules: Rules) -> Totals:
    """Return the holders, their points, and these in yen as parts of the reward for a full card, rounded down."""
    counted = select(func.count(), func.coalesce(func.sum(CardRow.balance), 0)).where(CardRow.state == LIVE)
    holders, points = session.execute(counted).one()
    full = rules.goal_reward
    return Totals(int(holders), int(points), 0 if full is None else int(points) * full.worth_yen // full.points)


def sheet(session: Session) -> Iterator[SheetRow]:
    """Yield every live card by name as a list of names sorts it; cards without a name come last, by number."""
    name = func.coalesce(func.nullif(CardRow.nickname, ""), CustomerRow.name)
    chosen = (
        select(name, CardRow.id, CardRow.balance, CardRow.expires_at)
        .join(CustomerRow, CustomerRow.id == CardRow.customer_id)
        .where(CardRow.state == LIVE)
        .order_by(name == "", CustomerRow.sort_key, CardRow.id)
    )
    return (SheetRow(*one) for one in session.execute(chosen.execution_options(yield_per=1_000)))
