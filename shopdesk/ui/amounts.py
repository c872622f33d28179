"""Counts and amounts as people say them: with commas, each with its unit."""

from __future__ import annotations

from shopdesk.i18n import _, _n


def number(count: int) -> str:
    """Return `1,774`."""
    return f"{count:,}"


def yen(amount: int | None) -> str:
    """Return `64,820 yen`, a dash where it is not known."""
    return "–" if amount is None else _("{yen} yen").format(yen=number(amount))


def people(count: int) -> str:
    """Return `1,774 people`."""
    return _n("{n} person", "{n} people", count).format(n=number(count))


def orders(count: int) -> str:
    """Return `12 orders`."""
    return _n("{n} order", "{n} orders", count).format(n=number(count))


def times(orders: int) -> str:
    """Return `12 times`: how often somebody ordered."""
    return _n("{n} time", "{n} times", orders).format(n=f"{orders:,}")


def messages(count: int) -> str:
    """Return `1,774 messages`."""
    return _n("{n} message", "{n} messages", count).format(n=number(count))
