"""Likeness of questions in Japanese: two shops' questions as people ask them, and what is none of them."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from shopdesk.settings import SETTINGS
from shopdesk.talks.machine.likeness import likeness

ENOUGH = next(one.default for one in SETTINGS if one.key == "likeness_percent") / 100

SWEETS = {
    "hours": ("営業時間を教えてください", "何時まで開いていますか", "何時に開店しますか"),
    "parking": ("駐車場はありますか", "車で行けますか"),
    "closed days": ("定休日はいつですか", "日曜日は営業していますか"),
    "postage": ("送料はいくらですか", "送料無料になりますか"),
    "delivery": ("いつ届きますか", "発送までどのくらいかかりますか"),
    "paying": ("支払い方法を教えてください", "クレジットカードは使えますか"),
    "returns": ("返品できますか", "交換したいのですが"),
    "booking": ("予約はできますか", "ケーキの予約をしたい"),
}
SALON = {
    "price": ("カットの料金はいくらですか", "メニューの値段を知りたい"),
    "length": ("施術時間はどのくらいですか", "何分かかりますか"),
    "cancel": ("予約のキャンセルはできますか", "予約を変更したい"),
    "stylist": ("担当者の指名はできますか", "スタイリストを指名したい"),
    "children": ("子どもを連れて行けますか", "キッズスペースはありますか"),
    "paying": ("カードは使えますか", "PayPayで払えますか"),
}


def best(shop, said):
    found = {name: max(likeness(said, one) for one in ways) for name, ways in shop.items()}
    return max(found.items(), key=lambda pair: pair[1])


@pytest.mark.parametrize(
    ("shop", "said", "meant"),
    [
        (SWEETS, "営業時間は？", "hours"),
        (SWEETS, "こんにちは。営業時間について教えてください。", "hours"),
        (SWEETS, "今日は何時まで開いてますか？", "hours"),
        (SWEETS, "駐車場ある?", "parking"),
        (SWEETS, "すみません、駐車場はありますでしょうか", "parking"),
        (SWEETS, "定休日っていつですか？", "closed days"),
        (SWEETS, "日曜も営業してますか", "closed days"),
        (SWEETS, "送料いくら？", "postage"),
        (SWEETS, "いつごろ届きますか", "delivery"),
        (SWEETS, "支払方法は何がありますか", "paying"),
        (SWEETS, "ｸﾚｼﾞｯﾄｶｰﾄﾞ使えますか", "paying"),
        (SWEETS, "返品は可能ですか", "returns"),
        (SWEETS, "ケーキの予約はできますか", "booking"),
        (SALON, "カットはいくらですか", "price"),
        (SALON, "カット料金を教えて下さい", "price"),
        (SALON, "施術時間は？", "length"),
        (SALON, "予約の変更は可能でしょうか", "cancel"),
        (SALON, "はじめまして！スタイリストの指名はできますか？", "stylist"),
        (SALON, "ＰａｙＰａｙで支払えますか", "paying"),
        (SALON, "ペイペイじゃなくてカード使えますか", "paying"),
        (SALON, "キッズスペースありますか", "children"),
    ],
)
def test_a_question_in_other_words_is_found(shop, said, meant):
    name, value = best(shop, said)
    assert (name, value >= ENOUGH) == (meant, True), value


@pytest.mark.parametrize("shop", [SWEETS, SALON])
@pytest.mark.parametrize(
    "said",
    [
        "ありがとうございます",
        "よろしくお願いします",
        "はい",
        "了解しました",
        "昨日届いた商品が壊れていました",
        "まだ届きません",
        "領収書を発行してもらえますか",
        "電話番号を変更したいです",
        "スタッフ募集していますか",
        "在庫はありますか",
        "子供用の椅子はありますか",
        "明日の14時に伺います",
        "😀",
        "。。。",
        "",
    ],
)
def test_what_is_asked_nowhere_is_not_answered(shop, said):
    assert best(shop, said)[1] < ENOUGH


TEXTS = st.text(st.sampled_from("営業時間カットはがいくらですか予約ｱAａ。?？ \n"), max_size=30)


@given(TEXTS, TEXTS)
def test_likeness_lies_between_nothing_and_all(one, other):
    assert 0 <= likeness(one, other) <= 1 + 1e-9


@given(TEXTS.filter(lambda text: any(one.isalnum() for one in text)))
def test_a_question_is_like_itself_whatever_its_width(text):
    assert likeness(text, text) > 1 - 1e-9
    assert likeness(text.replace("A", "ａ").replace("カ", "ｶ"), text) > 1 - 1e-9
