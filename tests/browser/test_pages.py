"""Every public page of the gateway in a real browser, at a phone's size: nothing on the console, nothing too wide or too small."""

from __future__ import annotations

import json
import re
from email import message_from_bytes, policy
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlencode, urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from shopdesk import gateway, member_sites
from shopdesk.customers import NewCustomer
from shopdesk.links import Wanted, typed
from shopdesk.member_sites.requests import signature
from shopdesk.secrets import LINE_CHANNEL_ID, LINE_CHANNEL_SECRET, LINE_LOGIN_ID, LINE_LOGIN_SECRET
from shopdesk.settings.tables import SettingRow
from tests import mail_provider
from tests.browser.conftest import CHROMIUM, fits
from tests.browser.test_every_page import axe
from tests.until import until

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this computer"),
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
MAIL = "hana@example.jp"


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


def test_from_a_qr_code_to_the_talk(world, page: Page):
    """The page before the talk, with the word that is typed there; that it was seen its script says."""
    shop, url = world
    source = shop.links.sources.add(Wanted("レジ横", headline="LINE で\n焼きたてをお知らせ", offer="コーヒー 1 杯"))
    path = urlsplit(shop.links.sources.address(source)).path
    page.goto(url + path)
    fits(page)
    ready = page.get_by_role("link", name="LINE で友だち追加").get_attribute("href") or ""
    assert unquote(urlsplit(ready).query) == typed(source.key)
    until(lambda: shop.links.sources.get(source.id).visits == 1, "the visit is counted")


@pytest.fixture
def signing_in(make_shop, there):
    """A shop with LINE Login; the world reaches it at its own loopback address, which browsers trust as they trust https."""
    logins = there.rehearsal.logins
    keys = {LINE_CHANNEL_ID: there.channel_id, LINE_CHANNEL_SECRET: there.channel_secret}
    shop = make_shop(secrets=keys | {LINE_LOGIN_ID: logins.channel_id, LINE_LOGIN_SECRET: logins.channel_secret})
    with gateway.running(shop) as found:
        shop.settings.set("line_basic_id", "@mihon")
        with shop.database.write() as session:
            session.merge(SettingRow(key="public_url", value=json.dumps(found.url)))
        yield shop, found.url


def test_a_visitor_signs_in_with_line(signing_in, page: Page, there):
    shop, url = signing_in
    source = shop.links.sources.add(Wanted("レジ横"))
    page.goto(f"{url}/add/{source.key}")
    fits(page)
    person = next(iter(there.rehearsal.people))
    page.get_by_role("button", name="LINE でつづける").click()
    page.get_by_role("link", name=person.display_name).click()
    page.wait_for_url(re.compile(r"/sign-in/done"))
    fits(page)
    assert "LINE でお店とつながりました" in page.inner_text("main")
    assert [one.how for one in shop.links.sources.arrivals(source.id)] == ["signed in"]


def test_a_member_of_a_site_signs_in_with_line(signing_in, page: Page, there):
    """From the site's signed address over LINE's own page and our question back to the site, which the page's policy lets it reach."""
    shop, url = signing_in
    back = f"{url.replace('127.0.0.1', 'localhost')}/privacy"
    site, secret = shop.member_sites.add(member_sites.Wanted("本店", "eccube", (back,)))
    asked = {"member": "M-100", "state": "s" * 32, "return": back, "at": str(int(shop.clock.now().timestamp()))}
    asked["sig"] = signature(secret, site.key, asked)
    page.add_init_script(AXE_SCRIPT)
    page.goto(f"{url}/signin/{site.key}?{urlencode(asked)}")
    page.get_by_role("link", name=next(iter(there.rehearsal.people)).display_name).click()
    page.get_by_text("M-100").wait_for()
    fits(page)
    assert axe(page, "signin-question") == []
    page.get_by_role("button", name="連携する").click()
    page.wait_for_url(re.compile(r"localhost:\d+/privacy\?answer="))
    assert shop.member_sites.find("本店").members == 1
