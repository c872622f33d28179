"""Orders, their lines, and the products in them."""

from shopdesk.orders import staged, undoing
from shopdesk.orders.records import Figure, Line, Order, Product, Totals
from shopdesk.orders.service import Orders
from shopdesk.orders.sums import refresh_sums, refresh_sums_of

__all__ = ["Figure", "Line", "Order", "Orders", "Product", "Totals", "refresh_sums", "refresh_sums_of", "staged", "undoing"]
