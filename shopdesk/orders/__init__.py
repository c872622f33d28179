"""Orders, their lines, and the products in them."""

from shopdesk.orders import staged, undoing
from shopdesk.orders.records import Day, Favourite, Figure, Line, Order, Product, Totals
from shopdesk.orders.service import Orders
from shopdesk.orders.sums import counted, refresh_sums, refresh_sums_of

__all__ = [
    "Day",
    "Favourite",
    "Figure",
    "Line",
    "Order",
    "Orders",
    "Product",
    "Totals",
    "counted",
    "refresh_sums",
    "refresh_sums_of",
    "staged",
    "undoing",
]
