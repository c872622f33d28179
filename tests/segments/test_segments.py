"""Segments are counted, sampled, kept and understood."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import event

from shopdesk.clock import japan_day
from shopdesk.errors import InvalidInputError, NotFoundError
from shopdesk.segments import (
    EVERYBODY,
    AllOf,
    Condition,
    Except,
    InvalidRuleError,
    Overlap,
    Reach,
    dump,
    explain,
    fields,
    parse,
)
from tests.people import order, person, product

TWICE_NOT_LATELY = {
    "all": [
        {"field": "orders.count", "is": "at_least", "value": 2},
        {"field": "orders.last", "is": "before_days", "value": 30},
    ]
}
OTHERWISE = {
    "all": [
        {"field": "orders.count", "is": "at_least", "value": 2},
        {"not": {"field": "orders.count", "is": "at_least", "value": 1, "within_days": 30}},
    ]
}


@pytest.fixture
def people(shop, clock):
    """Six regulars of long ago, one of each standing on LINE, and one who came yesterday."""
    standing = [
        ("friend", True),
        ("friend", False),
        ("none", True),
        ("none", False),
        ("blocked", True),
        ("blocked", False),
    ]
    ids = [person(shop, f"見本 {n}", line_state=state, consent_line=on) for n, (state, on) in enumerate(standing)]
    lately = person(shop, "例示 太郎", line_state="friend")
    for one in [*ids, lately]:
        order(shop, one, clock.now() - timedelta(days=200))
        order(shop, one, clock.now() - timedelta(days=100))
    order(shop, lately, clock.now() - timedelta(days=1))
    return ids


def test_bought_twice_but_not_in_the_last_thirty_days(shop, people):
    for said in (TWICE_NOT_LATELY, OTHERWISE):
        assert sorted(shop.segments.members(parse(said))) == people


def test_everybody_is_counted_in_exactly_one_place_by_one_query(shop, people):
    asked = []
    engine = shop.database._reader
    event.listen(engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    reach = shop.segments.count(parse(TWICE_NOT_LATELY))
    assert reach == Reach(count=6, reachable_on_line=1, not_linked=1, opted_out=3, blocked=1)
    assert len([one for one in asked if "consent_line" in one]) == 1  # the others only look how large a part is
    assert shop.segments.count(EVERYBODY).count == 7
    assert shop.segments.count(parse({"any": []})) == Reach(0, 0, 0, 0, 0)


def test_why_somebody_is_in_it_or_not(shop, people):
    reasons = shop.segments.why(parse(OTHERWISE), people[0])
    assert [(one.holds, one.answer) for one in reasons] == [(True, "ordered 2 times"), (False, "ordered 0 times")]
    assert reasons[0].sentence == "People who bought 2 times or more."
    with pytest.raises(NotFoundError):
        shop.segments.why(EVERYBODY, 10**6)


@pytest.mark.parametrize(
    ("field", "comparison", "value", "answer"),
    [
        ("orders.average_yen", "at_least", 1, " yen"),
        ("orders.sale_count", "at_least", 1, "0 of 2 orders at a discount"),
        ("orders.cancelled", "at_least", 1, "0 cancelled orders"),
    ],
)
def test_an_answer_says_what_it_counts(shop, people, field, comparison, value, answer):
    (reason,) = shop.segments.why(Condition(field, comparison, value), people[0])
    assert reason.answer.endswith(answer)


def test_an_answer_about_habits_and_links(shop, people, clock):
    who, other, third = people[:3]
    cakes = [product(shop, name) for name in ("タルト", "プリン")]
    order(shop, who, clock.now() - timedelta(days=50), 2000, (cakes[0],))
    order(shop, who, clock.now(), 2000, tuple(cakes))
    shop.customers.pairs.relate(who, other, "family")
    shop.customers.pairs.relate(third, who, "company")
    answers = {
        "orders.favourite": (("プリン",), False, "タルト"),
        "orders.rhythm": (66, True, "every 66 days"),
        "customer.relation": (("family",), True, "family: 1, company: 1"),
        "customer.relations": (2, True, "family: 1, company: 1"),
    }
    for field, (value, holds, answer) in answers.items():
        asks = "is" if isinstance(value, tuple) else "equals"
        (reason,) = shop.segments.why(Condition(field, asks, value), who)
        assert (reason.holds, reason.answer) == (holds, answer)


def test_every_field_answers_for_a_person(shop, people):
    examples = {"number": 1, "flag": True, "date": 3, "text": "箱"}
    for field in fields():
        value = examples.get(field.kind, (next((key for key, _ in field.choices), "東京都"),))
        said = Condition(
            field.key, field.comparisons[0], date(2026, 1, 1) if field.comparisons[0] == "before" else value
        )
        assert [one.answer for one in shop.segments.why(said, people[0])] != [""]


def test_two_rules_are_laid_over_each_other(shop, people):
    friends = parse({"field": "line.state", "is": "is", "value": "friend"})
    assert shop.segments.overlap(parse(TWICE_NOT_LATELY), friends) == Overlap(first=4, both=2, second=1)


def test_each_part_is_counted_by_its_place(shop, people):
    assert shop.segments.counts(parse(OTHERWISE)) == {(): 6, (0,): 7, (1,): 6, (1, 0): 1}


def test_a_sample_turns(shop, people):
    rule = parse(TWICE_NOT_LATELY)
    seen = {one.id for turn in range(20) for one in shop.segments.sample(rule, 2, turn)}
    assert seen == set(people)
    assert len(shop.segments.sample(rule, 2)) == 2
    assert {one.id for one in shop.segments.sample(rule, 50, 3)} == set(people)
    assert shop.segments.has(rule, people[0])
    assert not shop.segments.has(rule, people[-1] + 1)


def test_segments_are_kept_by_name(shop, clock):
    rule = parse(TWICE_NOT_LATELY)
    saved = shop.segments.save(" ごぶさた ", rule)
    assert (saved.name, saved.rule) == ("ごぶさた", rule)
    assert shop.segments.get("ごぶさた") == saved
    clock.move(timedelta(hours=1))
    again = shop.segments.save("ごぶさた", EVERYBODY)
    assert (again.id, again.rule, again.created_at) == (saved.id, EVERYBODY, saved.created_at)
    assert again.changed_at == clock.now()
    shop.segments.save("あ", rule)
    assert [one.name for one in shop.segments.list()] == ["あ", "ごぶさた"]
    shop.segments.delete("あ")
    with pytest.raises(NotFoundError):
        shop.segments.delete("あ")
    with pytest.raises(NotFoundError):
        shop.segments.get("あ")
    with pytest.raises(InvalidInputError):
        shop.segments.save(" ", rule)
    assert [one.action for one in shop.staff.entries()] == ["delete", "save", "save", "save"]


def test_ready_made_ones_work(shop, people):
    found = {one.key: shop.segments.count(one.rule).count for one in shop.segments.ready()}
    assert {key: count for key, count in found.items() if count} == {"regulars": 1, "lapsing": 6}
    assert all(parse(dump(one.rule)) == one.rule for one in shop.segments.ready() if not one.asks)
    assert [one.key for one in shop.segments.ready() if one.asks] == ["bought_then_not"]


COUNT = {"field": "orders.count", "is": "at_least", "value": 2}


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("{", "not JSON"),
        ([], "cannot be understood: a condition"),
        ({}, "field"),
        ({"all": COUNT}, "at all: a list"),
        (
            {"all": [COUNT, {"any": [{"field": "orders.cuont"}]}]},
            r"at all\[1\]\.any\[0\]\.field: there is no field “orders\.cuont”",
        ),
        ({"all": [COUNT | {"is": "more"}]}, r"at all\[0\]\.is: orders\.count takes at_least"),
        ({"not": COUNT | {"value": "2"}}, r"at not\.value: a whole number"),
        (COUNT | {"value": True}, "at value: a whole number"),
        (COUNT | {"value": -1}, "at value: a whole number"),
        (COUNT | {"is": "between", "value": [1]}, "two ends"),
        (COUNT | {"is": "between", "value": [5, 1]}, "smaller end"),
        (COUNT | {"within_days": 1.5}, "at within_days: a number of days"),
        (COUNT | {"within_days": 10**9}, "at within_days"),
        (COUNT | {"product": []}, "at product: a name"),
        (COUNT | {"within": 3}, "“within” is not a word"),
        ({"all": [], "any": []}, "“all” stands alone"),
        ({"field": "tags", "is": "is", "value": "常連", "product": "タルト"}, "at product: tags cannot"),
        ({"field": "orders.last", "is": "before", "value": "22/11/2026"}, "a day like"),
        ({"field": "customer.prefecture", "is": "is", "value": "どこか"}, "is not a prefecture"),
        ({"field": "customer.birth_month", "is": "is", "value": 13}, "one of 1, 2"),
        ({"field": "consent.line", "is": "is", "value": "maybe"}, "true or false"),
        ({"field": "orders.product", "is": "then_not", "value": "A"}, "at product: a name"),
        ({"field": "own.", "is": "is", "value": "A"}, "there is no field"),
        ({"field": "customer.birthday", "is": "in_days", "value": -1}, "a number of days"),
        ({"field": "orders.nth", "is": "equals", "value": 0}, "at value: a whole number, 1 or more"),
        ({"all": [COUNT] * 201}, "more than 200"),
        (json.loads('{"not":' * 30 + json.dumps(COUNT) + "}" * 30), "20 deep"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(said, place):
    with pytest.raises(InvalidRuleError, match=place) as refused:
        parse(said)
    assert refused.value.code == "invalid_rule"


def test_other_ways_to_write_a_condition():
    assert parse({"field": "orders.last", "is": "more_than_days_ago", "value": 30}) == Condition(
        "orders.last", "before_days", 30
    )
    assert parse({"field": "line.state", "value": "not_linked"}) == Condition("line.state", "is", ("none",))
    assert parse({"field": "customer.prefecture", "is": "is", "value": ["東京", "Osaka"]}).value == ("東京都", "大阪府")
    assert parse({"field": "customer.birth_month", "is": "is", "value": 11}).value == ("11",)
    packed = parse({"field": "orders.product", "is": "bought", "product": "タルト", "within_days": 30})
    assert packed == Condition("orders.product", "bought", ("タルト",), 30)
    assert parse(json.dumps({"not": {"all": []}})) == Except(AllOf())


def test_a_birthday_within_no_days_is_today(shop, clock):
    today = japan_day(clock.now())
    born = [today.replace(year=1990), (today + timedelta(days=1)).replace(year=1990), None]
    first, *_others = [person(shop, f"例示 {n}", birth_date=one) for n, one in enumerate(born)]
    rule = parse({"field": "customer.birthday", "is": "in_days", "value": 0})
    assert shop.segments.members(rule) == [first]
    assert "".join(run.text for run in explain(rule)).endswith("whose birthday is today.")


OWN = {"field": "own.肌質", "is": "is_not", "value": "乾燥肌"}


def test_a_field_of_the_shops_own_that_is_not_there_is_said(shop, people):
    rule = parse({"any": [COUNT, OWN]})
    asks = (
        shop.segments.count,
        shop.segments.counts,
        shop.segments.members,
        shop.segments.sample,
        lambda one: shop.segments.has(one, people[0]),
        lambda one: shop.segments.why(one, people[0]),
        lambda one: shop.segments.overlap(parse(COUNT), one),
        lambda one: shop.segments.save("乾燥肌でない", one),
    )
    for ask in asks:
        with pytest.raises(InvalidRuleError, match=r"no field of its own called “肌質”\. Make it"):
            ask(rule)
    made = shop.customers.fields.make("肌質", "text")
    shop.segments.save("乾燥肌でない", rule)
    assert shop.segments.rule_now("乾燥肌でない") == rule
    assert shop.segments.count(rule).count == len(people) + 1
    shop.customers.fields.make("家族", "text")
    shop.customers.fields.delete(made.id)
    with pytest.raises(InvalidRuleError, match="It has: 家族"):
        shop.segments.rule_now("乾燥肌でない")
