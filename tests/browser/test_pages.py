"""Every public page of the gateway in a real browser, at a phone's size: nothing on the console, nothing too wide or too small."""

from __future__ import annotations

import re
import shutil
from email import message_from_bytes, policy
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest

from shopdesk import gateway
from shopdesk.customers import NewCustomer
from shopdesk.rehearsal import Rehearsal, running
from shopdesk.secrets import LINE_CHANNEL_ID, LINE_CHANNEL_SECRET
from tests import mail_provider
from tests.until import until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this computer"),
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
MAIL = "hana@example.jp"


@pytest.fixture
def there(clock, monkeypatch):
    with running(Rehearsal(3, clock=clock)) as found:
        monkeypatch.setenv("SHOPDESK_LINE_HOST", found.url)
        yield found


@pytest.fixture
def world(make_shop, there):
    shop = make_shop(secrets={LINE_CHANNEL_ID: there.channel_id, LINE_CHANNEL_SECRET: there.channel_secret})
    for key, value in {"shop_name": "みほん洋菓子店", "public_url": "https://shop.example.jp"}.items():
        shop.settings.set(key, value)
    shop.settings.set("line_basic_id", "@mihon")
    with gateway.running(shop) as found:
        there.rehearsal.webhook_url = f"{found.url}/webhook"
        yield shop, found.url


@pytest.fixture
def page(there) -> Iterator[Page]:
    """A phone, in Japanese; whatever our pages say on its console fails the test, not what LINE's own page does."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where there is a browser

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        made = browser.new_page(viewport={"width": 360, "height": 740}, locale="ja-JP", has_touch=True)
        said: list[str] = []
        made.on("console", lambda one: one.location["url"].startswith(there.url) or said.append(one.text))
        made.on("pageerror", lambda error: said.append(str(error)))
        yield made
        browser.close()
    assert said == []


def fits(page: Page) -> None:
    """Nothing is wider than the phone, and what is to be touched is large enough for a thumb."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for touched in page.locator("a.button, button, input:visible").all():
        box = touched.bounding_box()
        assert box is not None
        assert box["height"] >= 44
    assert page.locator("html").get_attribute("lang") == "ja"
    assert page.evaluate("getComputedStyle(document.querySelector('main')).borderRadius") != "0px"  # the style is there


def test_a_card(world, page: Page):
    shop, url = world
    hana = shop.customers.add(NewCustomer(name="見本 花子")).id
    card = shop.friends.proofs.make_card(hana)
    page.goto(url + urlsplit(card.url).path)
    fits(page)
    assert card.code in page.inner_text("main")
    ready = page.get_by_role("link", name="LINE のトークを開く").get_attribute("href") or ""
    assert unquote(urlsplit(ready).query) == card.code


def test_from_the_talk_to_the_linked_account(world, page: Page, there):
    """The whole way: the link, the address, the mailed code, LINE's own page; at the end the friend is the customer."""
    shop, url = world
    person = next(iter(there.rehearsal.people))
    with mail_provider.running() as (provider, account):
        mail_provider.prepared(shop, account)
        hana = shop.customers.add(NewCustomer(name="見本 花子", email=MAIL)).id
        shop.friends.sync()
        path = urlsplit(shop.friends.proofs.invite(person.user_id))
        page.goto(f"{url}{path.path}?{path.query}")
        fits(page)
        page.get_by_label("メールアドレス").fill(MAIL)
        page.get_by_role("button", name="コードを送る").click()
        page.get_by_label("6 けたのコード").wait_for()
        fits(page)
        until(lambda: provider.taken, "the code is mailed")
        page.get_by_label("6 けたのコード").fill(code_in(provider))
        page.get_by_role("button", name="つづける").click()
        page.wait_for_url(re.compile(r"/dialog/bot/accountLink"))
        until(lambda: shop.friends.get(person.user_id).customer_id == hana, "the accounts are linked")


def code_in(provider) -> str:
    letter = message_from_bytes(bytes(provider.taken[-1].content), policy=policy.default)
    return re.findall(r"\d{6}", letter.get_content())[0]
