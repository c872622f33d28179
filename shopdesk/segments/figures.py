"""The figures that are kept beside each customer, as rules ask for them: by a pass over the index that holds them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_

from shopdesk.customers.tables import CustomerRow
from shopdesk.segments.comparing import cutoff
from shopdesk.segments.forms import Unindexed

if TYPE_CHECKING:
    from datetime import datetime

    from shopdesk.segments.forms import Test
    from shopdesk.segments.rules import Condition

KEPT = CustomerRow.__table__.c
orders_ever, spent_ever = Unindexed(KEPT.orders), Unindexed(KEPT.spent_yen)
first_at, last_at = Unindexed(KEPT.first_order_at), Unindexed(KEPT.last_order_at)


def came(condition: Condition, now: datetime) -> Test | None:
    """Whether there was any order in the condition's time; None where it has none."""
    if condition.within_days is None:
        return None
    return and_(last_at.is_not(None), last_at >= cutoff(now, condition.within_days))
