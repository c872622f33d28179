"""A phone before the pages of a running gateway: whatever they say on the browser's console fails the test."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from shopdesk import gateway
from shopdesk.rehearsal import Rehearsal, running
from shopdesk.secrets import LINE_CHANNEL_ID, LINE_CHANNEL_SECRET

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, ConsoleMessage, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


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


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One browser for all tests here; its loop runs in the tests' own thread until they are over."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where there is a browser

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield made
        made.close()


@pytest.fixture
def page(browser: Browser, there) -> Iterator[Page]:
    """A phone that knows nothing yet, in Japanese; whatever our pages say on its console fails the test, not what LINE's own page does."""
    made = browser.new_page(viewport={"width": 360, "height": 740}, locale="ja-JP", has_touch=True)
    said: list[str] = []
    made.on("console", lambda one: _expected(one, there.url) or said.append(one.text))
    made.on("pageerror", lambda error: said.append(str(error)))
    yield made
    made.close()
    assert said == []


def _expected(one: ConsoleMessage, line: str) -> bool:
    """What LINE's own page says is not ours; that there is no network, no such card any more, no such page or no database is what the test did."""
    url = one.location["url"]
    if one.page is not None and one.page.url == url and re.search("responded with a status of (4|503)", one.text):
        return True
    return url.startswith(line) or "net::ERR_INTERNET_DISCONNECTED" in one.text or url.endswith("/code")


def fits(page: Page) -> None:
    """Nothing is wider than the phone, and what is to be touched is large enough for a thumb."""
    assert page.viewport_size is not None
    page.wait_for_load_state()  # a click is over as soon as the next page begins to arrive
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    for touched in page.locator("a.button, button, summary, input:visible:not([type=radio], [type=checkbox])").all():
        box = touched.bounding_box()
        assert box is not None
        assert box["height"] >= 44
    assert page.locator("html").get_attribute("lang") == "ja"
    styled = "getComputedStyle(document.querySelector('.panel, button') ?? document.querySelector('main')).borderRadius"
    assert page.evaluate(styled) != "0px"
