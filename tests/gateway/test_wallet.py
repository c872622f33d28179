"""The pages of cards and coupons over HTTP: what only a button changes, what is nobody else's, and who guesses."""

from __future__ import annotations

import http.client
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import pytest
from PIL import Image

from shopdesk.cards import Rules
from shopdesk.coupons import Offer
from shopdesk.customers import NewCustomer
from shopdesk.gateway import limiting

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Visit = Callable[..., tuple[int, dict[str, str], str]]

BASE = "https://shop.example.jp"


@pytest.fixture
def visit(sqlite_line) -> Visit:
    """Ask for a page; return the status, the headers and the text. A browser may say more in `headers`."""
    parts = urlsplit(sqlite_line.gateway.url)

    def ask(
        path: str, method: str = "GET", headers: Mapping[str, str] | None = None, **form: object
    ) -> tuple[int, dict[str, str], str]:
        line = http.client.HTTPConnection(parts.hostname, parts.port, timeout=20)
        body = urlencode(form) if method == "POST" else None
        sort = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        line.request(method, path, body, {**sort, **(headers or {})})
        answer = line.getresponse()
        said = answer.read().decode("utf-8", "replace")
        line.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, said

    return ask


@pytest.fixture
def shop(sqlite_shop):
    sqlite_shop.settings.set("public_url", BASE)
    sqlite_shop.cards.design.publish(Rules(goal=60, picture="", ranks=()))
    return sqlite_shop


def page_of(shop, name: str, coupon: int) -> tuple[str, int, int]:
    """A customer with a card and a coupon; return the path of the card's page, the customer and the ticket."""
    customer = shop.customers.add(NewCustomer(name=name)).id
    (token,) = shop.coupons.issue(coupon, [customer]).tokens
    return shop.cards.pages.address(shop.cards.issue(customer).card.id).removeprefix(BASE), customer, token.ticket_id


def test_only_what_is_theirs_and_only_by_a_button(shop, visit):
    gift = shop.coupons.publish(shop.coupons.create(Offer("焼き<菓子>", "gift")).id).id
    hana, customer, ticket = page_of(shop, "<b>花子</b>", gift)
    taro, _other, other_ticket = page_of(shop, "例示 太郎", gift)
    status, headers, said = visit(hana)
    assert (status, headers["cache-control"], headers["referrer-policy"]) == (200, "no-store", "no-referrer")
    assert "script-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert "&lt;b&gt;花子&lt;/b&gt;" in said
    assert "焼き&lt;菓子&gt;" in said
    assert "0 / 60" in said  # sixty stamps are no picture any more
    assert visit(f"{hana}/coupon", "POST", ticket=other_ticket)[0] == 404
    assert {visit(f"{hana}/coupon", "POST", ticket=said)[0] for said in ("", "x", "９", "9" * 30, -1)} == {404}
    status, headers, _said = visit(f"{hana}/coupon", "POST", ticket=ticket)
    assert status == 303
    coupon = headers["location"]
    assert visit(coupon)[0] == 200
    assert (shop.coupons.report(gift).opened, shop.coupons.report(gift).redeemed) == (0, 0)
    assert visit(f"{coupon}/opened", "POST")[0] == 204
    assert shop.coupons.report(gift).opened == 1
    assert "レジで見せてください" in visit(f"{coupon}/use", "POST")[2]
    assert visit(f"{coupon}/take", "POST")[0] == 404
    assert shop.coupons.report(gift).redeemed == 0
    assert {visit(f"{hana}{path}")[0] for path in ("/code", "/coupon")} == {405}
    assert visit(f"{hana}/code", "POST", filler="x" * 5000)[0] == 413
    # Whoever is forgotten leaves no page behind; what is not there looks like what never was.
    shop.customers.forget(customer)
    gone = visit(hana)
    assert gone[0] == 404
    assert gone[2] == visit(f"/card/{'0' * 32}")[2] == visit("/coupon/1")[2]
    assert visit(taro)[0] == 200


def test_a_page_says_that_its_coupon_is_used_up_or_has_ended(shop, visit, clock):
    free = Offer("焼き菓子", "gift", per_person=None, most=1, by_link=True)
    ends = replace(free, most=None, ends=clock.now() + limiting.WITHIN)
    gone, over, closed = (shop.coupons.publish(shop.coupons.create(one).id) for one in (free, ends, ends))
    token = shop.coupons.claim(gone.page_key)
    shop.coupons.redeem(token.code, till="レジ 1")
    clock.move(limiting.WITHIN)
    shop.coupons.close(closed.id)
    for one, said in ((gone, "なくなりました"), (over, "期限が過ぎました"), (closed, "終了しました")):
        for page in (visit(f"/coupon/{one.page_key}"), visit(f"/coupon/{one.page_key}/take", "POST")):
            assert (page[0], said in page[2], "<button" in page[2]) == (200, True, False), page[2]
            assert "プレゼント" in page[2]  # customers read Japanese, whatever language the program speaks


def test_who_guesses_is_told_to_wait_and_what_is_right_is_shown_all_the_same(shop, visit, clock):
    gift = shop.coupons.publish(shop.coupons.create(Offer("焼き菓子", "gift")).id).id
    hana, _customer, _ticket = page_of(shop, "見本 花子", gift)
    tries = [visit(f"/card/{number:032x}")[0] for number in range(limiting.EACH + 2)]
    assert tries == [404] * limiting.EACH + [429] * 2
    assert visit(f"/coupon/{'3' * 42}")[0] == 404  # cards and coupons are counted apart
    assert visit(hana)[0] == visit(f"{hana}/code", "POST")[0] == 200
    clock.move(limiting.WITHIN)
    assert visit(f"/card/{'0' * 32}")[0] == 404


def test_stamps_of_the_shops_own_picture(shop, visit):
    drawn = BytesIO()
    Image.new("RGB", (64, 64), "orange").save(drawn, "PNG")
    name = shop.cards.design.keep_picture(drawn.getvalue())
    shop.cards.design.publish(Rules(goal=20, stamp="picture", picture=name, welcome=1))
    made = shop.cards.walk_in("")
    said = visit(shop.cards.pages.address(made.card.id).removeprefix(BASE))[2]
    assert f'<img src="/card/picture/{name}" alt="">' in said
    assert "ショップカード" in said
    status, headers, _bytes = visit(f"/card/picture/{name}")
    assert (status, headers["content-type"].startswith("image/")) == (200, True)
    assert visit("/card/picture/nothing")[0] == 404
