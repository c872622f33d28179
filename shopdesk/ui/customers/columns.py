"""What a line of the customer list shows, and how a person is called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from shopdesk.i18n import _, _n
from shopdesk.japanese import phone_local
from shopdesk.ui.amounts import yen
from shopdesk.ui.days import short_day
from shopdesk.ui.widgets import RIGHT, Cell, Column, Mark

if TYPE_CHECKING:
    from shopdesk.clock import Clock
    from shopdesk.customers import Customer, CustomerRowView, LineState


class Named(Protocol):
    """Whoever has a name and its reading."""

    @property
    def name(self) -> str: ...
    @property
    def kana(self) -> str: ...


def called(person: Named) -> str:
    """Return how a person is called in a list; somebody without any name still has a line."""
    return person.name or person.kana or _("(no name)")


def called_in_full(customer: Customer) -> str:
    """Return how a person is called where there is nothing else: without a name by mail or phone."""
    return customer.name or customer.kana or customer.email or phone_local(customer.phone) or _("(no name)")


def mark(state: LineState) -> Mark | None:
    """Return the badge of how somebody stands on LINE."""
    if state == "friend":
        return Mark(_("Friend"), dot=True)
    return Mark(_("Blocked"), "danger") if state == "blocked" else None


def times(orders: int) -> str:
    """Return how often somebody ordered."""
    return _n("{n} time", "{n} times", orders).format(n=f"{orders:,}")


def columns(clock: Clock) -> list[Column[CustomerRowView]]:
    """Return the columns: name with kana, LINE, orders, yen, last order."""

    def name(row: CustomerRowView) -> Cell:
        return Cell(called(row), bold=True, second=row.kana if row.name else "")

    def line(row: CustomerRowView) -> Cell:
        badge = mark(row.line)
        return Cell(badge=badge) if badge else Cell("—", tone="text_3")

    def last(row: CustomerRowView) -> Cell:
        at = row.last_order_at
        return Cell(short_day(at, clock.now())) if at else Cell("—", tone="text_3")

    return [
        Column(_("Customer"), name),
        Column(_("LINE"), line, 100),
        Column(_("Orders"), lambda row: times(row.orders), 92, RIGHT),
        Column(_("Spent"), lambda row: yen(row.spent_yen), 116, RIGHT),
        Column(_("Last order"), last, 106, RIGHT),
    ]
