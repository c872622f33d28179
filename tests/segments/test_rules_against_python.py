"""Every rule takes the same people in SQL, on both databases, as by a second evaluator over plain lists."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from shopdesk.clock import JAPAN
from shopdesk.segments import dump, explain, parse
from tests.people import order, person, product

PRODUCTS = (("いちごのショートケーキ", "C-1"), ("季節のタルト", "C-2"), ("プリン", ""))
TAGS = ("常連", "卸", "猫")
PREFECTURES = ("東京都", "北海道", "")


@pytest.fixture
def world(shop, clock):
    """Thirty people in the shop, and the same as plain values."""
    chance = random.Random(11)
    products = [product(shop, name, code) for name, code in PRODUCTS]
    people = []
    for number in range(30):
        month = chance.choice([None, 1, 11, 12])
        row = {
            "prefecture": chance.choice(PREFECTURES),
            "birth_month": month,
            "birth_date": date(1990, month, 1) if month else None,
            "sex": chance.choice(["", "female", "male"]),
            "line_state": chance.choice(["none", "friend", "blocked"]),
            "consent_line": chance.random() < 0.7,
            "consent_mail": chance.random() < 0.5,
        }
        who = person(shop, f"見本 {number}", **row)
        carried = [tag for tag in TAGS if chance.random() < 0.3]
        for tag in carried:
            shop.customers.tag([who], tag)
        orders = []
        for _ in range(chance.choice([0, 0, 1, 1, 2, 5])):
            at = clock.now() - timedelta(days=chance.choice([0, 1, 29, 30, 31, 90, 400]), hours=chance.randrange(24))
            bought = chance.sample(range(3), chance.choice([0, 1, 1, 2]))
            yen, refunded = chance.choice([None, 0, 1000, 3000]), chance.choice([0, 0, 500])
            cancelled = chance.random() < 0.2
            order(
                shop, who, at, yen, tuple(products[one] for one in bought), refunded_yen=refunded, cancelled=cancelled
            )
            each = 0 if yen is None or not bought else yen // len(bought)
            orders.append(
                {"at": at, "yen": (yen or 0) - refunded, "lines": dict.fromkeys(bought, each), "cancelled": cancelled}
            )
        people.append({"id": who, **row, "tags": carried, "orders": [one for one in orders if not one["cancelled"]]})
    order(shop, None, clock.now(), 5000, (products[0],))  # a buyer with a name only: nobody's order
    return people


def evaluated(rule: dict, one: dict, now: datetime) -> bool:  # noqa: PLR0911, PLR0912 - one line a word
    """The rule's JSON as a person reads it; shares nothing with the compiler."""
    if "all" in rule:
        return all(evaluated(part, one, now) for part in rule["all"])
    if "any" in rule:
        return any(evaluated(part, one, now) for part in rule["any"])
    if "not" in rule:
        return not evaluated(rule["not"], one, now)
    field, asks, value = rule["field"], rule["is"], rule["value"]
    today = now.astimezone(JAPAN).date()
    values = value if isinstance(value, list) else [value]
    wanted = rule.get("product", value if field == "orders.product" else None)
    wanted = wanted if isinstance(wanted, list) else [wanted]
    indexes = {number for number, names in enumerate(PRODUCTS) if any(name and name in wanted for name in names)}
    orders = one["orders"]
    if rule.get("within_days") is not None:
        orders = [each for each in orders if (today - each["at"].astimezone(JAPAN).date()).days <= rule["within_days"]]
    if "product" in rule or field == "orders.product":
        orders = [each for each in orders if indexes & each["lines"].keys()]
    match field:
        case "orders.count":
            return compared(len(orders), asks, value)
        case "orders.spent_yen" if "product" in rule:
            return compared(
                sum(each["lines"][i] for each in orders for i in indexes & each["lines"].keys()), asks, value
            )
        case "orders.spent_yen":
            return compared(sum(each["yen"] for each in orders), asks, value)
        case "orders.last" | "orders.first":
            days = [each["at"].astimezone(JAPAN).date() for each in orders]
            return bool(days) and dated(max(days) if field == "orders.last" else min(days), asks, value, today)
        case "orders.product":
            return bool(orders) == (asks == "bought")
        case "consent.line" | "consent.mail":
            return one[field.replace(".", "_")] is value
        case "tags":
            found = bool(set(one["tags"]) & set(values))
        case "customer.birth_month":
            names = {"this_month": today.month, "next_month": today.month % 12 + 1}
            found = one["birth_month"] in [names.get(each) or int(each) for each in values]
        case "customer.sex":
            found = (one["sex"] or "unknown") in values
        case "line.state":
            found = one["line_state"] in values
        case _:
            found = one["prefecture"] in values
    return found == (asks == "is")


def compared(figure, asks, value):
    if asks == "between":
        return value[0] <= figure <= value[1]
    return {"at_least": figure >= value, "at_most": figure <= value, "equals": figure == value}[asks] if asks else None


def dated(day, asks, value, today):
    if asks == "between":
        return date.fromisoformat(value[0]) <= day <= date.fromisoformat(value[1])
    if asks in {"before", "after"}:
        bound = date.fromisoformat(value)
        return day < bound if asks == "before" else day > bound
    return ((today - day).days <= value) == (asks == "within_days")


def some(values):
    return st.one_of(st.sampled_from(values), st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True))


NAMES = some([name for pair in PRODUCTS for name in pair if name] + ["知らない商品"])
NUMBERS = st.one_of(
    st.builds(
        lambda asks, n: {"is": asks, "value": n}, st.sampled_from(["at_least", "at_most", "equals"]), st.integers(0, 4)
    ),
    st.builds(lambda a, b: {"is": "between", "value": [a, b]}, st.integers(0, 3), st.integers(0, 4)),
)
YEN = NUMBERS.map(
    lambda said: (
        said | {"value": [n * 1000 for n in said["value"]] if said["is"] == "between" else said["value"] * 1000}
    )
)
DAYS = st.sampled_from([0, 1, 29, 30, 31, 90, 400])
DAY = DAYS.map(lambda days: (date(2026, 11, 22) - timedelta(days=days)).isoformat())
TIMES = st.one_of(
    st.builds(lambda asks, n: {"is": asks, "value": n}, st.sampled_from(["within_days", "before_days"]), DAYS),
    st.builds(lambda asks, day: {"is": asks, "value": day}, st.sampled_from(["before", "after"]), DAY),
    st.builds(lambda a, b: {"is": "between", "value": [a, b]}, DAY, DAY),
)
WINDOW = st.one_of(st.just({}), DAYS.map(lambda days: {"within_days": days}))
PRODUCT = st.one_of(st.just({}), NAMES.map(lambda names: {"product": names}))


def joined(field, *strategies):
    return st.tuples(*strategies).map(lambda said: {"field": field} | {k: v for one in said for k, v in one.items()})


def choice(field, values):
    return st.builds(
        lambda asks, value: {"field": field, "is": asks, "value": value},
        st.sampled_from(["is", "is_not"]),
        some(values),
    )


CONDITIONS = st.one_of(
    joined("orders.count", NUMBERS, WINDOW, PRODUCT),
    joined("orders.spent_yen", YEN, WINDOW, PRODUCT),
    joined("orders.last", TIMES, PRODUCT),
    joined("orders.first", TIMES, PRODUCT),
    joined(
        "orders.product",
        st.builds(lambda a, v: {"is": a, "value": v}, st.sampled_from(["bought", "not_bought"]), NAMES),
        WINDOW,
    ),
    choice("tags", [*TAGS, "だれも"]),
    choice("customer.prefecture", ["東京都", "北海道"]),
    choice("customer.birth_month", ["1", "11", "12", "this_month", "next_month"]),
    choice("customer.sex", ["male", "female", "unknown"]),
    choice("line.state", ["friend", "blocked", "none"]),
    st.builds(
        lambda f, v: {"field": f, "is": "is", "value": v},
        st.sampled_from(["consent.line", "consent.mail"]),
        st.booleans(),
    ),
)
RULES = st.recursive(
    CONDITIONS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: {"all": parts}),
        st.lists(inner, max_size=3).map(lambda parts: {"any": parts}),
        inner.map(lambda part: {"not": part}),
    ),
    max_leaves=5,
)


def test_both_take_the_same_people(shop, world, clock):
    @settings(max_examples=300, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(RULES)
    def agree(said):
        rule = parse(said)
        assert parse(dump(rule)) == rule
        taken = [one["id"] for one in world if evaluated(said, one, clock.now())]
        assert sorted(shop.segments.members(rule)) == taken
        assert explain(rule)[-1].text.endswith(".")

    agree()
