"""Talks over a real gateway: the fixtures of its tests."""

from tests.gateway.conftest import keys, line, shop, sqlite_line, sqlite_shop, there

__all__ = ["keys", "line", "shop", "sqlite_line", "sqlite_shop", "there"]
