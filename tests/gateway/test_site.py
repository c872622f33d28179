"""The shop's own pages over HTTP: what a browser has to say with a post."""

from __future__ import annotations

from urllib.parse import urlsplit

from shopdesk.site import NOBODY, Content
from tests.gateway.test_wallet import BASE, visit
from tests.site.conftest import news, nonce

__all__ = ["visit"]


def test_a_like_comes_from_our_own_page_and_from_a_browser_that_can_be_told_apart(sqlite_line, visit):
    shop = sqlite_line.shop
    shop.settings.set("public_url", BASE)
    page = news(shop)
    path, number = f"/news/{page.key}/like", iter(range(100))
    for sent in ({}, {"nonce": "<b>"}, {"on": "0", "nonce": ""}):
        status, _headers, said = visit(path, "POST", **sent)
        assert (status, "ページを読み込み直して" in said, f'href="/news/{page.key}"' in said) == (400, True, True)
    here = urlsplit(sqlite_line.gateway.url).netloc
    elsewhere = {"Origin": "https://evil.example"}
    for headers in (
        elsewhere,
        {**elsewhere, "Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": f"{BASE}.evil.example"},
    ):
        assert visit(path, "POST", headers, nonce=nonce(next(number)))[0] == 403, headers
    assert shop.site.feedback.article(page.key, NOBODY).page.likes == 0
    ours = (
        {"Origin": "null"},
        {"Origin": f"http://{here}"},
        {"Origin": BASE},
        {"Origin": "https://way.example", "X-Forwarded-Host": "way.example"},
        {**elsewhere, "Sec-Fetch-Site": "same-origin"},
        {},
    )
    for headers in ours:
        assert visit(path, "POST", headers, nonce=nonce(next(number)))[0] == 303, headers
    assert shop.site.feedback.article(page.key, NOBODY).page.likes == len(ours)


def test_a_number_in_any_writing_can_be_called(sqlite_shop, visit):
    sqlite_shop.settings.set("public_url", BASE)
    sqlite_shop.site.publish(sqlite_shop.site.write("shop", Content("毎朝焼きます", ())).id)
    for contact, dialled in (
        ("０３－００００－０００１", "tel:0300000001"),
        ("+81 3 0000 0001", "tel:0300000001"),
        ("受付まで", None),
    ):
        sqlite_shop.settings.set("shop_contact", contact)
        said = visit("/shop", "GET")[2]
        assert ("tel:" in said, dialled is None or dialled in said) == (dialled is not None, True)
