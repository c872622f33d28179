"""The shop's own pages on a phone: read, liked, commented on, a reservation asked for, mails stopped; light and enough by keyboard."""

from __future__ import annotations

import uuid
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from PIL import Image

from shopdesk.customers import NewCustomer
from shopdesk.mailings.tables import LetterRow
from shopdesk.messages import Letter, draft, text
from shopdesk.segments import parse
from shopdesk.site import Content, Part
from tests.browser.conftest import CHROMIUM, fits
from tests.until import until

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this computer"),
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
HOSTILE = "<img src=x onerror=alert(1)><b>花</b>&amp; https://safe.example/a?b=1&c=2 javascript:alert(1)"
MOST = 50_000


@pytest.fixture
def site(world):
    shop, url = world
    for key, value in {
        "shop_address": "東京都見本区駅前 1-2-3",
        "shop_contact": "03-0000-0001",
        "opening_hours": "tue-fri 10:00-19:00; sat,sun 10:00-18:00; holiday 10:00-17:00; 2026-12-31 10:00-15:00",
    }.items():
        shop.settings.set(key, value)
    photo = BytesIO()
    Image.linear_gradient("L").resize((1200, 700)).convert("RGB").save(photo, "JPEG")
    picture = shop.messages.pictures.add(photo.getvalue(), "モンブラン").id
    said = (
        Part("picture", "栗のモンブラン", picture),
        Part("text", "駅前の小さな洋菓子店です。\n季節の果物でひとつずつ手づくりしています。"),
    )
    publish(shop, "shop", Content("毎朝 10 時に焼き上がります", said, "https://menu.example.jp/", reserves=True))
    publish(
        shop,
        "privacy",
        Content("個人情報の取り扱い", (Part("text", "お預かりした情報は予約のご返事だけに使います。"),)),
    )
    publish(shop, "news", Content("年末年始の営業日", (Part("text", "12 月 31 日は 15 時までです。"),)))
    newest = publish(
        shop, "news", Content("秋の栗のモンブラン", (Part("picture", "栗", picture), Part("text", HOSTILE)))
    )
    return shop, url, newest


def publish(shop, kind, content):
    return shop.site.publish(shop.site.write(kind, content).id)


def light(page: Page) -> None:
    """No page weighs more than 50 KB without its pictures, loads anything from elsewhere, or misses a label."""
    page.wait_for_load_state()
    timing = page.evaluate(
        "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
        ".filter((one) => !one.name.includes('/media/')).map((one) => [one.name, one.encodedBodySize])"
    )
    assert sum(size for _name, size in timing) < MOST, timing
    host = urlsplit(page.url).netloc
    assert {urlsplit(name).netloc for name, _size in timing} == {host}
    unnamed = page.evaluate(
        "[...document.querySelectorAll('input:not([type=hidden]), textarea')].filter((one) => !one.labels.length).length"
    )
    assert unnamed == 0
    assert page.evaluate("[...document.images].every((one) => one.hasAttribute('alt'))")
    assert page.locator("h1").count() == 1


def test_from_the_shop_page_to_a_comment_and_a_like(site, page: Page):
    shop, url, newest = site
    page.goto(f"{url}/shop")
    fits(page)
    light(page)
    words = page.inner_text("main")
    for said in (
        "みほん洋菓子店",
        "毎朝 10 時に焼き上がります",
        "火〜金",
        "土・日",
        "10:00〜19:00",
        "祝日",
        "12/31（木） 10:00〜15:00",
        "営業中",
    ):
        assert said in words, said
    assert "map" in (page.get_by_role("link", name="地図で見る").get_attribute("href") or "")
    until(lambda: shop.site.list("shop")[0].seen == 1, "it is counted as seen")
    page.reload()
    page.get_by_role("link", name="秋の栗のモンブラン").click()
    fits(page)
    light(page)
    assert page.locator("article b").count() == 0
    assert "<img src=x onerror=alert(1)>" in page.inner_text("article")
    assert page.locator("article p a").get_attribute("href") == "https://safe.example/a?b=1&c=2"
    page.get_by_role("button", name="いいね").click()
    page.get_by_role("button", name="いいねしました").wait_for()
    page.reload()
    assert page.get_by_role("button", name="いいねしました").get_attribute("aria-pressed") == "true"
    assert shop.site.get(newest.id).likes == 1
    page.get_by_role("button", name="いいねしました").click()
    until(lambda: shop.site.get(newest.id).likes == 0, "it is taken back")
    page.get_by_label("コメント", exact=True).fill(HOSTILE)
    page.get_by_role("button", name="コメントを送る").click()
    page.get_by_role("heading", name="コメントを受け取りました").wait_for()
    fits(page)
    (comment,) = shop.site.feedback.comments("waiting")
    page.get_by_role("link", name="お知らせにもどる").click()
    assert page.locator("blockquote").count() == 0
    shop.site.feedback.decide(comment.id, show=True)
    page.reload()
    assert page.locator("blockquote p").inner_text() == HOSTILE
    page.get_by_role("link", name="お知らせをすべて見る").click()
    fits(page)
    light(page)
    page.get_by_role("link", name="個人情報の取り扱い").click()
    light(page)
    assert shop.site.list("shop")[0].seen == 1  # one visit


def test_a_reservation_is_asked_for(site, page: Page):
    shop, url, _newest = site
    page.goto(f"{url}/shop")
    page.get_by_role("link", name="予約をリクエスト").click()
    fits(page)
    light(page)
    day = (shop.clock.now() + timedelta(days=3)).date().isoformat()
    typed = {"日付": day, "時刻": "03:30", "人数": "2", "お名前": "見本 花子", "電話番号": "090-0000-0001"}
    for label, value in typed.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_role("button", name="リクエストを送る").click()
    assert "営業時間外" in page.get_by_role("alert").inner_text()
    fits(page)
    assert page.get_by_label("お名前").input_value() == "見本 花子"  # what was typed stays
    page.get_by_label("時刻").fill("11:30")
    page.get_by_role("button", name="リクエストを送る").click()
    page.get_by_role("heading", name="予約リクエストを送りました").wait_for()
    (request,) = shop.site.reservations.list(waiting=True)
    assert (request.wanted.people, request.wanted.phone) == (2, "+819000000001")


def test_without_a_script_all_of_it_works(site, page: Page):
    shop, url, newest = site
    assert page.context.browser is not None
    plain = page.context.browser.new_context(java_script_enabled=False, locale="ja-JP").new_page()
    plain.goto(f"{url}/news/{newest.key}")
    plain.get_by_role("button", name="いいね").click()
    assert plain.url == f"{url}/news/{newest.key}"
    assert shop.site.get(newest.id).likes == 1


def test_mails_are_stopped_by_a_button(site, page: Page):
    shop, url, _newest = site
    hana = shop.customers.add(NewCustomer(name="見本 花子", email="hana@example.jp")).id
    shop.customers.consents.set(hana, "mail", on=True)
    shop.segments.save("みんな", parse({"all": []}))
    made = shop.broadcasts.draft(draft([text("栗")]), segment="みんな")
    shop.mailings.write(made, Letter("栗", "栗です"))
    key = str(uuid.uuid4())
    with shop.database.write() as session:
        empty = {"reason": "", "body": b"", "sha256": "", "said": ""}
        session.add(LetterRow(broadcast_id=made, customer_id=hana, state="accepted", key=key, **empty))
    page.goto(f"{url}/stop/{key}")
    fits(page)
    light(page)
    assert "h…@example.jp" in page.inner_text("main")
    assert shop.customers.get(hana).consent_mail  # opening it stops nothing
    page.get_by_role("button", name="お店からのメールを停止する").click()
    page.get_by_role("heading", name="メールの配信を停止しました").wait_for()
    assert not shop.customers.get(hana).consent_mail
