"""A rule is said back as one sentence."""

from __future__ import annotations

import pytest

from shopdesk import i18n
from shopdesk.segments import Run, explain, parse, sentence

TWICE = {"field": "orders.count", "is": "at_least", "value": 2}
LONG_AGO = {"field": "orders.last", "is": "before_days", "value": 60}
CAKE = {"field": "orders.product", "is": "bought", "value": "いちごのショートケーキ"}
TART = {"field": "orders.product", "is": "bought", "value": "季節のタルト"}
REFUSED = {"field": "consent.line", "is": "is", "value": False}
LATELY = {"field": "orders.count", "is": "at_least", "value": 1, "within_days": 30}
SAID = (
    ({"all": []}, "Everybody.", "すべてのお客さま。"),
    (
        {"all": [TWICE, LONG_AGO]},
        "People who bought 2 times or more and whose last order was more than 60 days ago.",
        "2回以上買っていて、さいごの注文が 60日より前の方。",
    ),
    (
        {"all": [TWICE, LONG_AGO, {"any": [CAKE, TART]}, {"not": REFUSED}]},
        (
            "People who bought 2 times or more and whose last order was more than 60 days ago and who have bought "
            "いちごのショートケーキ or 季節のタルト, except those who opted out of messages on LINE."
        ),
        (
            "2回以上買っていて、さいごの注文が 60日より前で、いちごのショートケーキか季節のタルトを買ったことがある方。"
            "ただし、LINE のお知らせを断った方はのぞく。"
        ),
    ),
    (
        {"all": [TWICE, {"not": LATELY}]},
        "People who bought 2 times or more, except those who bought 1 time or more in the last 30 days.",
        "2回以上買っている方。ただし、この 30日に1回以上買っている方はのぞく。",
    ),
    (
        {
            "any": [
                {"field": "tags", "is": "is", "value": "常連"},
                {"all": [TWICE, {"field": "line.state", "is": "is", "value": "friend"}]},
            ]
        },
        "People tagged 常連, or (who bought 2 times or more and who are friends on LINE).",
        "タグ「常連」がついているか、（2回以上買っていて、LINE の友だち）の方。",
    ),
    (
        {
            "field": "orders.spent_yen",
            "is": "between",
            "value": [1000, 20000],
            "product": ["A|B", "**{x}**"],
            "within_days": 90,
        },
        "People who spent 1,000 to 20,000 yen on A|B or **{x}** in the last 90 days.",
        "この 90日にA|Bか**{x}**を1,000円から20,000円買っている方。",
    ),
    (
        {"field": "customer.birth_month", "is": "is", "value": "next_month"},
        "People whose birthday month is next month.",
        "誕生日が来月の方。",
    ),
    (
        {"all": [TWICE, {"any": [LONG_AGO, {"not": REFUSED}, {"any": []}]}]},
        (
            "People who bought 2 times or more and (either whose last order was more than 60 days ago, or who are not among "
            "those who opted out of messages on LINE)."
        ),
        "2回以上買っていて、（さいごの注文が 60日より前か、LINE のお知らせを断った方ではない）のどちらかの方。",
    ),
    ({"not": {"field": "tags", "is": "is_not", "value": "猫"}}, "People tagged 猫.", "タグ「猫」がついている方。"),
    ({"field": "orders.count", "is": "equals", "value": 0}, "People who did not buy.", "買っていない方。"),
    ({"field": "customer.sex", "is": "is", "value": "female"}, "People who are women.", "女性の方。"),
    (
        {"field": "orders.product", "is": "then_not", "value": "タルト", "product": "プリン", "within_days": 90},
        "People who bought タルト in the last 90 days and have not bought プリン since.",
        "この 90日にタルトを買い、そのあとプリンを買っていない方。",
    ),
    (
        {"all": [{"field": "orders.months", "is": "only", "value": "autumn"}, TWICE]},
        "People who bought only in autumn and who bought 2 times or more.",
        "秋にだけ買っていて、2回以上買っている方。",
    ),
    (
        {"field": "subscription.stopped", "is": "within_days", "value": 30, "product": "豆"},
        "People who stopped a subscription of 豆 within 30 days.",
        "豆の定期購入をやめたのが 30日以内の方。",
    ),
    (
        {
            "all": [
                {"field": "customer.birthday", "is": "in_days", "value": 7},
                {"field": "own.味", "is": "is", "value": "茶"},
            ]
        },
        "People whose birthday is within the next 7 days and whose “味” is 茶.",
        "誕生日がこれから 7日以内で、「味」が茶の方。",
    ),
    (
        {
            "all": [
                {"field": "orders.favourite", "is": "is", "value": ["プリン", "茶"]},
                {"field": "orders.rhythm", "is": "at_most", "value": 30},
            ]
        },
        "People whose favourite product is プリン or 茶 and who buy every 30 days or more often.",
        "いちばん好きな商品がプリンか茶で、買う間隔が平均 30日以下の方。",
    ),
    (
        {"not": {"field": "customer.note", "is": "contains_not", "value": "ギフト"}},
        "People whose note says “ギフト”.",
        "メモに「ギフト」をふくむ方。",
    ),
    (
        {
            "all": [
                {"field": "customer.relation", "is": "is", "value": "family"},
                {"field": "customer.relations", "is": "at_least", "value": 2},
            ]
        },
        "People who are linked with somebody as family and who are linked with 2 people or more.",
        "家族のつながりがあって、家族や会社のつながりが 2人以上の方。",
    ),
)


@pytest.mark.parametrize(("rule", "english", "japanese"), SAID)
def test_in_both_languages(rule, english, japanese):
    assert sentence(parse(rule)) == english
    i18n.set_language("ja")
    assert sentence(parse(rule)) == japanese


def test_what_decides_is_bold():
    assert explain(parse({"all": [TWICE, CAKE]})) == [
        Run("People who bought ", bold=False),
        Run("2 times or more", bold=True),
        Run(" and who have bought ", bold=False),
        Run("いちごのショートケーキ", bold=True),
        Run(".", bold=False),
    ]
