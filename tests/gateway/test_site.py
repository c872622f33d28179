"""The shop's own pages over HTTP: what a form says that is none of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.gateway.test_wallet import BASE, visit
from tests.site.conftest import news, nonce

if TYPE_CHECKING:
    from tests.gateway.test_wallet import Visit

__all__ = ["visit"]


def test_a_like_of_a_browser_that_says_nothing_of_itself_is_none(sqlite_shop, visit: Visit):
    sqlite_shop.settings.set("public_url", BASE)
    page = news(sqlite_shop)
    path = f"/news/{page.key}/like"
    for wrong in ("", "x"):
        status, _headers, said = visit(path, "POST", nonce=wrong, on="1")
        assert (status, "読み込み" in said) == (200, True)
    assert visit(path, "POST", nonce=nonce(1), on="1")[0] == 303
    assert sqlite_shop.site.get(page.id).likes == 1
