"""Orders, their lines, and the products in them."""

from shopdesk.orders import staged, staged_products, staged_subscriptions, undoing
from shopdesk.orders.records import Day, Favourite, Figure, Line, Order, Product, Subscription, Totals
from shopdesk.orders.service import Orders
from shopdesk.orders.subscribing import MADE_UP
from shopdesk.orders.sums import counted, refresh_sums, refresh_sums_of

__all__ = [
    "MADE_UP",
    "Day",
    "Favourite",
    "Figure",
    "Line",
    "Order",
    "Orders",
    "Product",
    "Subscription",
    "Totals",
    "counted",
    "refresh_sums",
    "refresh_sums_of",
    "staged",
    "staged_products",
    "staged_subscriptions",
    "undoing",
]
