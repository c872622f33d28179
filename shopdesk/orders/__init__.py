"""Orders, their lines, and the products in them."""

from shopdesk.orders import bought, staged, staged_products, staged_subscriptions, undoing
from shopdesk.orders.favourites import favourites
from shopdesk.orders.records import Day, Favourite, Figure, Line, Order, Product, Subscription, Totals
from shopdesk.orders.service import Orders
from shopdesk.orders.subscribing import MADE_UP
from shopdesk.orders.sums import add_staged_sums, counted, refresh_sums

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
    "add_staged_sums",
    "bought",
    "counted",
    "favourites",
    "refresh_sums",
    "staged",
    "staged_products",
    "staged_subscriptions",
    "undoing",
]
