"""Segments by shop card and coupon: who is taken, and how it is said."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shopdesk import i18n
from shopdesk.cards import Rank, Rules
from shopdesk.coupons import Offer
from shopdesk.segments import Condition, dump, parse, sentence
from shopdesk.segments.fields import field_of
from tests.people import person

RANKS = tuple(
    Rank(name=name, least=least, percent=100) for name, least in (("ブロンズ", 0), ("シルバー", 3), ("ゴールド", 8))
)


@pytest.fixture
def four(shop, clock):
    """Nobody's card, one that expires in 30 days, one that was shown 40 days ago, one of a person with a used coupon."""
    shop.cards.design.publish(Rules(expiry="visit", expiry_months=1, once_a_day=False, ranks=RANKS))
    people = [person(shop, name) for name in ("見本 花子", "例示 太郎", "試用 次郎", "山田 桃子")]
    cards = [shop.cards.issue(one).card.id for one in people[1:]]
    coffee = shop.coupons.publish(shop.coupons.create(Offer("コーヒー", "free_item", per_person=2)).id).id
    given = shop.coupons.issue(coffee, people[1:]).tokens
    shop.coupons.issue(coffee, [people[3]])
    clock.move(timedelta(days=-40))
    shop.cards.scan(str(cards[1]), visits=1)
    clock.move(timedelta(days=40))
    shop.cards.expire_due()
    shop.cards.scan(str(cards[0]), visits=3)
    shop.cards.scan(str(cards[2]), visits=8)
    shop.coupons.redeem(given[2].code, till="レジ 1")
    shop.coupons.redeem(given[0].code, till="レジ 1")
    return people


CASES = (
    (Condition("card.held", "is", True), (1, 2, 3), "ショップカードを持っている方"),
    (Condition("card.held", "is", False), (0,), "ショップカードを持っていない方"),
    (Condition("card.stamps", "at_least", 3), (1, 3), "ショップカードが 3 個以上の方"),
    (Condition("card.stamps", "at_most", 0), (2,), "ショップカードが 0 個までの方"),
    (Condition("card.stamps", "between", (1, 7)), (1,), "ショップカードが 1〜7 個の方"),
    (Condition("card.expiring", "in_days", 29), (), "スタンプの期限が これから 29 日のうちの方"),
    (Condition("card.expiring", "in_days", 30), (1, 3), "スタンプの期限が これから 30 日のうちの方"),
    (Condition("card.last_visit", "within_days", 7), (1, 3), "カードのさいごの来店が 7 日以内の方"),
    (Condition("card.last_visit", "before_days", 30), (2,), "カードのさいごの来店が 30 日より前の方"),
    (Condition("card.rank", "is", ("シルバー",)), (1,), "カードのランクがシルバーの方"),
    (Condition("card.rank", "is", ("ブロンズ", "ゴールド")), (2, 3), "カードのランクがブロンズかゴールドの方"),
    (Condition("card.rank", "is_not", ("シルバー",)), (0, 2, 3), "カードのランクがシルバーではない方"),
    (Condition("coupon.held", "is", ("コーヒー",)), (2, 3), "コーヒーのクーポンを使わずに持っている方"),
    (Condition("coupon.held", "is_not", ("コーヒー",)), (0, 1), "コーヒーのクーポンを持っていない方"),
    (Condition("coupon.used", "is", ("コーヒー", "ない")), (1, 3), "コーヒーかないのクーポンを使った方"),
    (Condition("coupon.used", "is_not", ("コーヒー",)), (0, 2), "コーヒーのクーポンを使っていない方"),
)


def test_each_condition_takes_who_it_says(shop, four):
    answers = set()
    for condition, wanted, _said in CASES:
        rule = parse(dump(condition))
        assert rule == condition
        assert (condition, sorted(shop.segments.members(rule))) == (condition, [four[one] for one in wanted])
        for n, one in enumerate(four):
            (reason,) = shop.segments.why(rule, one)
            assert reason.holds == (n in wanted)
            answers.add(reason.answer)
    assert {"3 stamps", "card No. 00002", "2026-12-22", "given 2, used 1", "ゴールド", "–"} <= answers
    by_till = [shop.cards.card_of(one).rank for one in four[1:]]
    assert by_till == [
        "シルバー",
        "ブロンズ",
        "ゴールド",
    ]  # the till counts one person at a time, the segment all at once
    assert "コーヒー" in shop.segments.offered(field_of("coupon.used"))
    shop.cards.design.publish(Rules(ranks=(Rank(name="常連", least=1, percent=100),), rank_by="visits"))
    assert shop.segments.offered(field_of("card.rank")) == ["常連"]
    assert sorted(shop.segments.members(Condition("card.rank", "is", ("常連",)))) == four[1:]
    assert shop.segments.members(Condition("card.rank", "is", ("シルバー",))) == []


def test_the_sentences_read_as_japanese():
    i18n.set_language("ja")
    for condition, _wanted, said in CASES:
        assert sentence(condition) == f"{said}。"
