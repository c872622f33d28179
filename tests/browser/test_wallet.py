"""The card and the coupons on a customer's phone, in a real browser; their codes are read off the screen as a till's camera does."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from shopdesk import qr
from shopdesk.cards import Reward, Rules
from shopdesk.clock import JAPAN
from shopdesk.coupons import Offer
from shopdesk.customers import NewCustomer
from tests.browser.conftest import CHROMIUM, fits
from tests.until import until

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from shopdesk.shop import Shop

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this computer"),
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
SLOT = timedelta(seconds=30)
BASE = "https://shop.example.jp"


@pytest.fixture
def phone(page: Page) -> Page:
    """A phone of the size that the pages are drawn for, whose time the test turns."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.clock.install()
    return page


def read(page: Page) -> str:
    """The digits of the QR code on the screen, by the reader of the till's camera."""
    from playwright.sync_api import Error  # noqa: PLC0415 - only where there is a browser

    try:
        picture = page.screenshot()
    except Error:  # a browser on a computer with much to do draws nothing now and then
        picture = page.screenshot()
    grey = Image.open(BytesIO(picture)).convert("L")
    found = qr.read(grey.tobytes(), *grey.size, grey.width)
    assert found is not None
    return found


def stamped(shop: Shop) -> tuple[int, str]:
    """A card of ten with seven stamps and a reward at five; return the customer's id and the page's path."""
    biscuit, off = (
        shop.coupons.publish(shop.coupons.create(offer).id).id
        for offer in (Offer("焼き菓子 1 つ", "gift"), Offer("500 円引き", "yen_off", 500))
    )
    rewards = (Reward(points=5, coupon_id=biscuit, days=24), Reward(points=10, coupon_id=off))
    shop.cards.design.publish(Rules(rewards=rewards, expiry="visit", stamp="cake"))
    hana = shop.customers.add(NewCustomer(name="見本 花子")).id
    made = shop.cards.issue(hana, "はなこ")
    shop.cards.scan(made.code.digits, visits=7)
    return hana, shop.cards.pages.address(made.card.id).removeprefix(BASE)


def test_a_card_is_shown_scanned_and_changes(world, phone, clock):
    shop, url = world
    hana, path = stamped(shop)
    phone.goto(url + path)
    fits(phone)
    words = phone.inner_text("main")
    for said in ("はなこ さん", "No. 00001", "あと 3 個 で 500 円引き", "有効期限", "焼き菓子 1 つ"):
        assert said in words
    assert phone.locator(".stamps .full").count() == 7
    first = read(phone)
    assert shop.cards.scan(first).balance == 8
    # Half a minute on, the phone has the next code by itself; the one before is still taken once more, then it is worth nothing.
    clock.move(SLOT)
    phone.clock.run_for(31_000)
    phone.get_by_text("あと 30 秒で新しくなります").wait_for()
    second = read(phone)
    assert second != first
    assert shop.cards.use(second, 1).balance == 7
    # Without a network it says so, and takes the old code away when no till would take it.
    phone.context.set_offline(True)
    phone.clock.run_for(35_000)
    phone.get_by_text("電波をたしかめてください").wait_for()
    assert float(phone.locator(".qr").evaluate("one => getComputedStyle(one).opacity")) < 0.5
    phone.clock.run_for(60_000)
    assert phone.locator(".qr").is_hidden()
    clock.move(3 * SLOT)
    phone.context.set_offline(False)
    phone.clock.run_for(5_000)
    phone.get_by_text("秒で新しくなります").wait_for()
    assert shop.cards.use(read(phone), 1).balance == 6
    phone.get_by_text("来店の記録").click()
    assert phone.locator("details li").all_inner_texts()[-1].split() == ["11月22日", "ご来店", "+7"]
    # A card whose code was replaced has another page.
    shop.cards.replace(shop.cards.card_of(hana).id)
    phone.clock.run_for(31_000)
    phone.get_by_text("このページは使えなくなりました").wait_for()


def test_a_reward_is_taken_from_the_card_and_used(world, phone, clock):
    shop, url = world
    _hana, path = stamped(shop)
    phone.goto(url + path)
    phone.get_by_role("button", name="開く").click()
    phone.get_by_role("heading", name="焼き菓子 1 つ").wait_for()
    fits(phone)
    reward = shop.coupons.find("焼き菓子 1 つ").id
    until(lambda: shop.coupons.report(reward).opened == 1, "the page said that it was opened")
    phone.get_by_role("button", name="お店で使う").click()
    assert "使えるのは 1 回" in phone.inner_text("main")
    fits(phone)
    shop.coupons.redeem(read(phone), till="レジ 2")
    phone.goto(phone.url.removesuffix("/use"))
    said = phone.inner_text("main")
    assert "使用ずみ" in said
    assert "に レジ 2 で使われました" in said
    assert phone.get_by_role("button").count() == 0


def test_coupons_for_everybody_and_lotteries(world, phone, clock):
    shop, url = world
    shop.settings.set("shop_address", "〒000-0000 見本県見本市見本町 1-2-3")
    shop.settings.set("shop_contact", "電話 00-0000-0000")
    picture = BytesIO()
    Image.new("RGB", (1040, 640), "#EDE6DC").save(picture, "PNG")
    offer = Offer(
        "コーヒー 1 杯サービス",
        "free_item",
        terms="店内でお召し上がりの方にかぎります。ほかのクーポンとは一緒に使えません。",
        picture=shop.messages.pictures.add(picture.getvalue(), "コーヒー").id,
        starts=datetime(2026, 11, 23, tzinfo=JAPAN),
        ends=datetime(2026, 12, 1, tzinfo=JAPAN),
        weekdays=(1, 3, 4),
        by_link=True,
    )
    coffee = shop.coupons.publish(shop.coupons.create(offer).id)
    phone.goto(shop.coupons.addresses.of_page(coffee).replace(BASE, url))
    fits(phone)
    link = phone.get_by_role("link", name="LINE で受け取る").get_attribute("href") or ""
    assert link.startswith("https://line.me/R/oaMessage/%40mihon/?")
    assert "11月23日（月）〜11月30日（月）" in phone.inner_text("main")
    assert shop.coupons.report(coffee.id).issued == 0
    # One without a limit for each is taken without saying who one is.
    free = shop.coupons.publish(
        shop.coupons.create(Offer("10% 引き", "percent_off", 10, per_person=None, by_link=True)).id
    )
    phone.goto(shop.coupons.addresses.of_page(free).replace(BASE, url))
    phone.get_by_role("button", name="クーポンを受け取る").click()
    phone.get_by_role("button", name="お店で使う").click()
    assert shop.coupons.redeem(read(phone), till="レジ 1").sale_yen is None
    # A lottery shows nothing until it is drawn, and that is when it was opened.
    lots = shop.coupons.publish(shop.coupons.create(Offer("福引", "gift", odds=50)).id)
    people = [shop.customers.add(NewCustomer(name=f"見本 {one}")).id for one in range(12)]
    for token in shop.coupons.issue(lots.id, people).tokens:
        phone.goto(f"{url}/coupon/{token.code}")
        assert shop.coupons.look(token.code).opened is False
        phone.get_by_role("button", name="くじを引く").click()
        phone.wait_for_load_state()
        won = shop.coupons.look(token.code).standing != "lost"
        phone.get_by_text("お店で使う" if won else "はずれ").first.wait_for()
    fits(phone)
    assert shop.coupons.report(lots.id).opened == 12
