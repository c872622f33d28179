"""What LINE would refuse in messages, found while they are written: one table of its objects and their limits."""

from shopdesk.messages.checking.looking import look

__all__ = ["look"]
