"""Orders, their lines, and the products in them."""

from shopdesk.orders.records import Figure, Line, Order, Product, Totals
from shopdesk.orders.service import Orders
from shopdesk.orders.sums import refresh_sums

__all__ = ["Figure", "Line", "Order", "Orders", "Product", "Totals", "refresh_sums"]
