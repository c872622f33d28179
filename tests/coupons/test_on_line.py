"""The same coupon on LINE, against the rehearsal over HTTP; what LINE gets and answers is held against its OpenAPI files."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import time, timedelta
from io import BytesIO

import pytest
from PIL import Image

from shopdesk.clock import FixedClock
from shopdesk.coupons import NotForLineError, NotPublishedError, Offer
from shopdesk.due import run_due
from shopdesk.errors import InvalidInputError
from shopdesk.friends import NoFixedAddressError
from shopdesk.line import NotAllowedError, UnreachableError
from shopdesk.messages import draft, line_coupon, read_cards
from shopdesk.rehearsal import Rehearsal, Running, running
from shopdesk.secrets import LINE_CHANNEL_ID, LINE_CHANNEL_SECRET
from shopdesk.shop import Shop
from tests.conftest import NOW
from tests.openapi import check_request

FULL = Offer(
    "焼き菓子 10% 引き",
    "percent_off",
    10,
    text="店内の焼き菓子に。",
    terms="他の券とは併用できません。",
    ends=NOW + timedelta(days=7),
    weekdays=(0, 4),
    opens=time(10),
    closes=time(15),
    minimum_yen=1_000,
    by_link=True,
)


@pytest.fixture
def there(clock: FixedClock):
    with running(Rehearsal(1, clock=clock)) as found:
        yield found


@pytest.fixture
def shop(make_shop, there: Running, monkeypatch) -> Shop:
    monkeypatch.setenv("SHOPDESK_LINE_HOST", there.url)
    return make_shop(secrets={LINE_CHANNEL_ID: there.channel_id, LINE_CHANNEL_SECRET: there.channel_secret})


@contextmanager
def address(shop: Shop, url: str = "https://shop.example"):
    shop.settings.set("public_url", url)
    yield url
    shop.settings.set("public_url", "")


def kept_there(there: Running) -> list[tuple[str, bool]]:
    return [(one.coupon_id, one.closed) for one in there.rehearsal.coupons.newest_first()]


def test_it_is_made_there_and_made_anew_when_it_changed(shop: Shop, there: Running):
    coupon = shop.coupons.create(FULL).id
    with pytest.raises(NotPublishedError):
        shop.coupons.put_on_line(coupon)
    shop.coupons.publish(coupon)
    first = shop.coupons.put_on_line(coupon)
    assert shop.coupons.put_on_line(coupon) == first
    wanted = there.rehearsal.coupons.get(first.line_id).wanted
    check_request("POST", "/v2/bot/coupon", wanted)
    assert wanted["reward"] == {"type": "discount", "priceInfo": {"type": "percentage", "percentage": 10}}
    assert wanted["description"].splitlines()[1:] == [
        "ご利用いただける曜日: 月・金",
        "ご利用いただける時間: 10:00〜15:00",
        "1,000円以上のお買い上げで",
    ]
    assert [one.coupon_id for one in shop.coupons.list_on_line()] == [first.line_id]
    assert shop.coupons.change(coupon, replace(FULL, by_link=False)).line_differs is False
    assert shop.coupons.change(coupon, replace(FULL, text="焼き菓子すべてに。")).line_differs
    second = shop.coupons.put_on_line(coupon)
    assert kept_there(there) == [(second.line_id, False), (first.line_id, True)]
    draft([line_coupon(second.line_id)])
    there.rehearsal.coupons.get(second.line_id).closed = True  # LINE answers 410: it is as it should be
    assert shop.coupons.close_on_line(coupon).line_id == ""
    assert shop.coupons.close_on_line(coupon).state == "published"


def test_where_line_does_not_close_the_old_one_it_is_closed_later(shop: Shop, there: Running):
    coupon = shop.coupons.publish(shop.coupons.create(FULL).id).id
    old = shop.coupons.put_on_line(coupon).line_id
    shop.coupons.change(coupon, replace(FULL, text="焼き菓子すべてに。"))
    there.rehearsal.faults.add({"endpoint": "coupon/close", "answer": 500, "times": 2})
    new = shop.coupons.put_on_line(coupon)
    assert (new.line_left, kept_there(there)) == (old, [(new.line_id, False), (old, False)])
    assert run_due(shop) == []  # LINE is still away, which is nothing for a person to see to
    assert shop.coupons.get(coupon).line_left == old
    assert run_due(shop) == []
    assert (shop.coupons.get(coupon), kept_there(there)) == (
        replace(new, line_left=""),
        [(new.line_id, False), (old, True)],
    )


def test_more_than_a_page_of_them(shop: Shop, there: Running, clock: FixedClock):
    coupon = shop.coupons.publish(shop.coupons.create(replace(FULL, odds=5, most=9)).id)
    shop.coupons.put_on_line(coupon.id)
    wanted = there.rehearsal.coupons.newest_first()[0].wanted
    assert wanted["acquisitionCondition"] == {"type": "lottery", "lotteryProbability": 5, "maxAcquireCount": 9}
    for _ in range(100):
        there.rehearsal.coupons.create(wanted, clock.now())
    assert len(shop.coupons.list_on_line()) == 101


@pytest.mark.parametrize(
    ("kind", "value", "reward"),
    [
        ("yen_off", 500, {"type": "discount", "priceInfo": {"type": "fixed", "fixedAmount": 500}}),
        ("free_item", None, {"type": "free"}),
        ("gift", None, {"type": "gift"}),
    ],
)
def test_every_kind(shop: Shop, there: Running, kind, value, reward):
    made = shop.coupons.publish(shop.coupons.create(replace(FULL, kind=kind, value=value)).id)
    shop.coupons.put_on_line(made.id)
    assert there.rehearsal.coupons.newest_first()[0].wanted["reward"] == reward


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"ends": None}, "need an end"),
        ({"name": "🍰" * 31}, "60 characters; it has 62"),
        ({"terms": "あ" * 101}, "100 characters"),
        ({"text": "あ" * 1_000}, "1000 characters"),
    ],
)
def test_what_line_has_no_coupon_for(shop: Shop, there: Running, more, said):
    made = shop.coupons.publish(shop.coupons.create(replace(FULL, **more)).id)
    with pytest.raises(NotForLineError, match=said):
        shop.coupons.put_on_line(made.id)
    assert kept_there(there) == []


def test_an_account_that_may_not_and_a_line_that_is_away(shop: Shop, there: Running):
    made = shop.coupons.publish(shop.coupons.create(FULL).id)
    there.rehearsal.faults.add({"endpoint": "coupon", "answer": 403})
    with pytest.raises(NotAllowedError, match="ShopDesk's own coupon"):
        shop.coupons.put_on_line(made.id)
    there.rehearsal.faults.add({"endpoint": "coupon", "answer": 500})
    with pytest.raises(UnreachableError):
        shop.coupons.put_on_line(made.id)
    assert shop.coupons.get(made.id).line_id == ""


def test_its_picture_and_its_card_need_an_address_that_stays(shop: Shop, there: Running):
    drawn = BytesIO()
    Image.new("RGB", (200, 130), "teal").save(drawn, "PNG")
    picture = shop.messages.pictures.add(drawn.getvalue(), "菓子")
    found = shop.coupons.publish(shop.coupons.create(replace(FULL, name="{春}の券", picture=picture.id)).id)
    with pytest.raises(NoFixedAddressError):
        shop.coupons.put_on_line(found.id)
    with pytest.raises(NoFixedAddressError):
        shop.coupons.addresses.of_page(found)
    with address(shop) as url:
        shop.coupons.put_on_line(found.id)
        assert there.rehearsal.coupons.newest_first()[0].wanted["imageUrl"] == f"{url}/media/{picture.id}/1040"
        page = shop.coupons.addresses.of_page(found)
        assert page == f"{url}/coupon/{found.page_key}"
        written = shop.messages.draft([shop.messages.coupon_card(found.offer, page)])
        assert not written.personal
        (card,) = read_cards(written.messages[0])
        assert (card.values["code"], card.values["until"]) == ("10%引き", "2026年11月29日 14:31")
        assert card.picture == f"{url}/media/{picture.id}/700"
        with pytest.raises(InvalidInputError, match="shows this picture"):
            shop.messages.pictures.delete(picture.id)
        assert card.buttons[0]["uri"] == page
        shop.settings.set("reach", "tunnel")
        with pytest.raises(NoFixedAddressError):
            shop.coupons.addresses.of_page(found)
