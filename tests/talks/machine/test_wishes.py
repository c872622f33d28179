"""What a friend asks for and gets at once: the shop card by a word or a button, the coupon of a page; for free, and only what is theirs."""

from __future__ import annotations

import pytest

from shopdesk.cards import POSTBACK, Rules
from shopdesk.coupons import Offer, key_asked, key_in, postback, typed
from shopdesk.customers import NewCustomer
from shopdesk.friends import NoFixedAddressError
from shopdesk.links import Wanted, typed as said_by
from shopdesk.messages import draft, text
from shopdesk.verify import verify
from tests.menus.menus import tabbed
from tests.talks.machine.conftest import rule

BASE = "https://shop.example.jp"


def opens(message: dict) -> str:
    """The address behind the one button of an answer."""
    return message["template"]["actions"][0]["uri"]


def test_a_card_is_asked_for(line, there, friend):
    shop = line.shop
    shop.settings.set("shop_name", "みほん洋菓子店")
    shop.talks.machine.rules.add(rule("カード", "exact", "カード", says="カードはありません"))
    assert friend.says("カード") == ["カードはありません"]  # a shop without cards: a word like others
    shop.cards.design.publish(Rules(welcome=2))
    (link,) = friend.says("ショップカード")
    assert "「連携」" in link
    hana = shop.customers.add(NewCustomer(name="見本 花子")).id
    shop.friends.link(friend.user_id, hana)
    assert friend.says("ｶｰﾄﾞ") == [
        "みほん洋菓子店のカードは No. 00001-95 です。お会計のときにこの番号をお伝えください。ポイントがたまります。"
    ]
    with pytest.raises(NoFixedAddressError):
        shop.cards.pages.address(1)
    shop.settings.set("public_url", BASE)
    friend.does(postback=POSTBACK)
    address = opens(friend.received()[-1])
    assert address == shop.cards.pages.address(1)
    shown = shop.cards.pages.show(address.removeprefix(f"{BASE}/card/"))
    assert (shown.card.customer_id, shown.card.balance) == (hana, 2)
    # A person has taken the talk over: the card still comes, and nothing else does.
    shop.talks.reply(friend.id, draft([text("はい")]))
    assert friend.says("こんにちは") == []
    friend.says("カード")
    assert opens(friend.received()[-1]) == address
    mine = [(one.author, one.way) for one in friend.talk() if one.by_machine]
    assert mine[1:] == [("Shop card", "reply")] * 4
    assert shop.cards.totals().holders == 1
    assert [one.detail for one in verify(shop) if not one.ok] == []


def test_a_coupon_of_a_page_is_asked_for(line, there, friend):
    shop = line.shop
    shop.settings.set("public_url", BASE)
    made = shop.coupons.create(Offer("コーヒー 1 杯", "free_item", by_link=True))
    key = shop.coupons.publish(made.id).page_key
    assert "「連携」" in friend.says(typed(key))[0]
    shop.friends.link(friend.user_id, shop.customers.add(NewCustomer(name="見本 花子")).id)

    def code() -> str:
        friend.says(f"クーポン　{key}")
        button = friend.received()[-1]["contents"]["footer"]["contents"][0]
        return button["action"]["uri"].removeprefix(f"{BASE}/coupon/")

    first, second = code(), code()
    friend.does(postback=postback(key))  # the same by a rich menu's button
    assert "/coupon/" in friend.received()[-1]["contents"]["footer"]["contents"][0]["action"]["uri"]
    assert shop.coupons.show(first).ticket_id == shop.coupons.show(second).ticket_id  # one person, one coupon
    shop.coupons.redeem(first, till="レジ 1")
    assert friend.says(typed(key)) == ["このクーポンは、お一人さまの回数まで使われたか、なくなりました。"]
    shop.coupons.close(made.id)
    assert friend.says(typed(key)) == ["このクーポンは、もうお渡ししていません。"]
    assert key_asked(postback(key)) == key
    assert key_asked(postback("no key")) == key_asked(None) == key_asked(key) == ""
    assert key_in("クーポンはありますか") == key_in(f"クーポン {key}!") == ""


def test_turning_to_another_tab_of_a_rich_menu_stands_in_no_talk(line, there, friend):
    menus = line.shop.menus
    menus.publish(menus.create(tabbed()).id)
    menus.settle()
    (turn,) = {area["action"]["richMenuAliasId"] for area in _default(there)["areas"]}
    friend.does(tap={"action": {"type": "richmenuswitch", "richMenuAliasId": turn, "data": "shopdesk=tab"}})
    person = there.rehearsal.people.get(friend.user_id)
    assert there.rehearsal.rich_menus.shown_to(person).rich_menu_id == there.rehearsal.rich_menus.aliases[turn]
    assert friend.talk() == []


def _default(there):
    return there.rehearsal.rich_menus.by_id[there.rehearsal.rich_menus.default].wanted


def test_who_comes_by_a_qr_code_is_thanked(line, there, friend):
    shop = line.shop
    shop.settings.set("shop_name", "みほん洋菓子店")
    flyer, till = (
        shop.links.sources.add(Wanted(name, offer=offer))
        for name, offer in (("ちらし", "コーヒー\n1 杯"), ("レジ", ""))
    )
    assert friend.says(said_by(flyer.key)) == [
        "みほん洋菓子店を友だちに追加してくださり、ありがとうございます。お店でこの画面をお見せください：コーヒー 1 杯"
    ]
    assert friend.says(said_by(till.key)) == [
        "みほん洋菓子店を友だちに追加してくださり、ありがとうございます。これからお知らせをお届けします。"
    ]
    assert [one.author for one in friend.talk() if one.by_machine] == ["Friend-add QR"] * 2
    assert friend.says("友だち追加 ABCDEF") == []
    assert [one.source for one in shop.links.sources.arrivals()] == ["ちらし"]
