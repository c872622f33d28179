"""A survey on a customer's phone, in a real browser: chosen by a thumb, left and found again, with the gift at the end."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from shopdesk.coupons import Offer
from shopdesk.customers import NewCustomer
from tests.browser.conftest import CHROMIUM, fits
from tests.browser.test_wallet import BASE, phone
from tests.surveys.conftest import SKIN, published

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["phone"]
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this computer"),
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
_MOST_BYTES = 50_000


def seen(page: Page, name: str) -> None:
    """The page fits, is small without its pictures, and is drawn to a file where somebody wants to look at it."""
    fits(page)
    for box in page.locator("label.option, .scale label, textarea").all():
        size = box.bounding_box()
        assert size is not None
        assert size["height"] >= 44
    assert len(page.content()) < _MOST_BYTES
    if folder := os.environ.get("SEEN"):
        page.screenshot(path=Path(folder) / f"{name}.png")


def test_a_known_person_answers_by_thumb_and_gets_the_gift(world, phone):
    shop, url = world
    pictures = []
    for colour in ("#F8E9DF", "#F3EADF", "#EFE7DA"):
        made = BytesIO()
        Image.new("RGB", (480, 330), colour).save(made, "PNG")
        pictures.append(shop.messages.pictures.add(made.getvalue(), "ケーキ").id)
    labels = ("いちごの生クリーム", "栗のモンブラン", "季節のタルト")
    cakes = [{"label": label, "picture": one} for label, one in zip(labels, pictures, strict=True)]
    cake = {
        "name": "ケーキ",
        "title": "冬に食べたいケーキを、\nひとつ選んでください。",
        "kind": "picture",
        "options": cakes,
    }
    phone_number = {
        "name": "電話",
        "title": "お電話番号",
        "kind": "phone",
        "consent": "お届けの連絡に使います",
        "required": False,
    }
    shop.coupons.publish(shop.coupons.create(Offer("お礼", "yen_off", 100)).id)
    survey = published(
        shop,
        title="冬のケーキについて",
        intro="これからの商品づくりの参考にします。",
        questions=[cake, *SKIN["questions"][1:], phone_number],
        gift={"coupon": "お礼"},
        poll=True,
    )
    hana = shop.customers.add(NewCustomer(name="見本 花子")).id
    phone.goto(shop.surveys.addresses.of_person(survey.id, hana).replace(BASE, url))
    seen(phone, "start")
    assert "最後にお礼があります" in phone.inner_text("main")
    phone.get_by_role("button", name="はじめる").click()
    phone.get_by_role("button", name="次へ").click()
    phone.get_by_role("alert").get_by_text("この質問にはお答えが必要です。").wait_for()
    phone.get_by_text("いちごの生クリーム").click()
    seen(phone, "picture")
    phone.get_by_role("button", name="次へ").click()
    for label in ("ほほ", "目"):
        phone.get_by_text(label, exact=True).click()
    seen(phone, "several")
    phone.get_by_role("button", name="次へ").click()
    phone.get_by_role("textbox").fill("朝と夜 <3")
    phone.get_by_role("button", name="もどる").click()
    assert phone.locator("input:checked").count() == 2
    phone.get_by_role("button", name="次へ").click()
    phone.get_by_role("textbox").fill("朝と夜 <3")
    seen(phone, "text")
    phone.get_by_role("button", name="次へ").click()
    phone.get_by_text("4", exact=True).click()
    phone.emulate_media(color_scheme="dark")
    seen(phone, "scale")
    phone.get_by_role("button", name="次へ").click()
    phone.get_by_role("textbox").fill("090-1234-5678")
    phone.get_by_role("button", name="回答を送る").click()
    phone.get_by_role("alert").get_by_text("同意いただいてから").wait_for()
    assert phone.get_by_role("textbox").input_value() == "090-1234-5678"
    phone.get_by_text("同意して答えます").click()
    phone.get_by_role("textbox").fill("12")
    phone.get_by_role("button", name="回答を送る").click()
    phone.get_by_role("alert").get_by_text("090-1234-5678 のように").wait_for()
    assert phone.get_by_role("checkbox").is_checked()
    seen(phone, "consent")
    phone.get_by_role("textbox").fill("090-1234-5678")
    phone.get_by_role("button", name="回答を送る").click()
    phone.emulate_media(color_scheme="light")
    seen(phone, "thanks")
    phone.get_by_role("button", name="クーポンを開く").click()
    phone.get_by_role("heading", name="お礼").wait_for()
    assert shop.surveys.outcome.of(survey.id).answers == 1


def test_a_phone_that_nobody_knows_is_found_again(world, phone):
    shop, url = world
    two = [SKIN["questions"][3], {**SKIN["questions"][3], "name": "二"}]
    survey = published(shop, anonymous=True, questions=two, poll=True, limit=1)
    page = f"{url}/survey/{survey.page_key}"
    phone.goto(page)
    seen(phone, "everybody")
    phone.get_by_role("button", name="はじめる").dblclick()
    phone.get_by_text("2", exact=True).click()
    phone.get_by_role("button", name="次へ").click()
    phone.get_by_text("2 問中 2 問目").wait_for()
    phone.goto(page)
    phone.get_by_text("2 問中 2 問目").wait_for()
    phone.get_by_text("5", exact=True).click()
    phone.get_by_role("button", name="回答を送る").click()
    phone.get_by_text("ありがとうございました。").wait_for()
    counted = shop.surveys.get(survey.id)
    assert (counted.answers, counted.begun) == (1, 0)
    phone.goto(page)  # it is full by now: who has voted sees what came of it, everybody else that it is over
    phone.get_by_text("1 人が答えました").first.wait_for()
    phone.evaluate("localStorage.clear()")
    phone.goto(page)
    phone.get_by_text("予定の数に達しました").wait_for()
    seen(phone, "over")
