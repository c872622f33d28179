"""Orders, their lines, and the products in them."""

from shopdesk.orders import bought, staged, undoing
from shopdesk.orders.records import Day, Figure, Line, Order, Product, Totals
from shopdesk.orders.service import Orders
from shopdesk.orders.sums import add_staged_sums, counted, refresh_sums

__all__ = [
    "Day",
    "Figure",
    "Line",
    "Order",
    "Orders",
    "Product",
    "Totals",
    "add_staged_sums",
    "bought",
    "counted",
    "refresh_sums",
    "staged",
    "undoing",
]
