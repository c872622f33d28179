"""Orders, their lines, and the products in them."""

from shopdesk.orders import staged, undoing

__all__ = ["staged", "undoing"]
