"""Every rule takes the same people in SQL, on both databases, as by a second evaluator over plain lists."""

from __future__ import annotations

import random
from calendar import isleap
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from sqlalchemy import insert

from shopdesk.cards import Rank, Rules
from shopdesk.clock import JAPAN
from shopdesk.customers.tables import CustomerRelationRow, OwnFieldRow, OwnValueRow
from shopdesk.orders.tables import SubscriptionRow
from shopdesk.segments import counting, dump, explain, parse, queries
from tests.people import order, person, product

PRODUCTS = (("いちごのショートケーキ", "C-1"), ("季節のタルト", "C-2"), ("プリン", ""))
CATEGORIES = ("生菓子", "生菓子", "焼き菓子")
PAYMENTS = ("代金引換", "クレジットカード", "")
SOURCES = ("shopify", "rakuten", "shop")
BORN = (None, date(1990, 1, 1), date(1984, 2, 29), date(1996, 11, 22), date(1996, 11, 23), date(2001, 12, 31))
SEASONS = {"spring": (3, 4, 5), "summer": (6, 7, 8), "autumn": (9, 10, 11), "winter": (12, 1, 2)}
OWN = {
    "好きな味": ("text", ("抹茶", "いちご")),
    "来店": ("number", ("3", "12")),
    "見学": ("date", ("2026-10-23", "2026-12-01")),
}
NOTES = ("", "Gift の箱、100%", "ギフト_箱", "gİft Ä")
TEXTS = ("GIFT", "箱", "0%", "t_", "ギフト", "ä", "i")
KINDS = ("family", "company")
TAGS = ("常連", "卸", "猫")
RANKS = (Rank(name="ブロンズ", least=1, percent=100), Rank(name="ゴールド", least=4, percent=150))
PREFECTURES = ("東京都", "北海道", "")


@pytest.fixture
def world(shop, clock):
    """Thirty people in the shop, and the same as plain values."""
    chance = random.Random(11)
    products = [
        product(shop, name, code, category=category)
        for (name, code), category in zip(PRODUCTS, CATEGORIES, strict=True)
    ]
    own = own_fields(shop)
    people = []
    people += [somebody(shop, clock, chance, products, people) for _ in range(30)]
    for one in people:
        one["own"] = {name: chance.choice(values) for name, (_, values) in OWN.items() if chance.random() < 0.5}
        one["subscriptions"] = [subscription(chance) for _ in range(chance.choice([0, 0, 1, 2]))]
        with shop.database.write() as session:
            for name, value in one["own"].items():
                session.execute(insert(OwnValueRow).values(field_id=own[name], customer_id=one["id"], value=value))
            for kept in one["subscriptions"]:
                values = {**kept, "product_id": products[kept["product_id"]], "customer_id": one["id"]}
                values |= {"cart": "shop", "number": str(next(_number)), "digest": "", "started_on": None}
                session.execute(insert(SubscriptionRow).values(values))
    relate(shop, chance, people)
    carry_cards(shop, clock, people)
    order(shop, None, clock.now(), 5000, (products[0],))  # a buyer with a name only: nobody's order
    return people


_number = iter(range(1_000_000))


def relate(shop, chance, people):
    """Link people in pairs."""
    for one in people:
        one["relations"] = []
    with shop.database.write() as session:
        for n, one in enumerate(people):
            for other in chance.sample(people[n + 1 :], min(len(people) - n - 1, chance.choice([0, 0, 0, 1, 2]))):
                kind = chance.choice(KINDS)
                session.execute(insert(CustomerRelationRow).values(one_id=one["id"], other_id=other["id"], kind=kind))
                one["relations"].append(kind)
                other["relations"].append(kind)


def carry_cards(shop, clock, people):
    """Give half of the people a card with visits: of long ago, of today, and taken back."""
    shop.cards.design.publish(Rules(ranks=RANKS, goal=20, once_a_day=False))
    chance = random.Random(7)
    for one in people:
        one["rank"] = None
        if chance.random() < 0.5:
            continue
        card, points = str(shop.cards.issue(one["id"]).card.id), 0
        for days, visits in ((400, chance.choice([0, 9])), (0, chance.choice([0, 1, 2])), (0, chance.choice([0, 4]))):
            if visits:
                clock.move(timedelta(days=-days))
                counted = shop.cards.scan(card, visits=visits)
                clock.move(timedelta(days=days))
                taken_back = not days and chance.random() < 0.3
                points += visits if not days and not taken_back else 0
                if taken_back:
                    shop.cards.void(counted.entry_id, "押しまちがい")
        one["rank"] = next((rank.name for rank in reversed(RANKS) if points >= rank.least), None)


def own_fields(shop):
    with shop.database.write() as session:
        return {
            name: session.execute(
                insert(OwnFieldRow).values(name=name, kind=kind).returning(OwnFieldRow.id)
            ).scalar_one()
            for name, (kind, _values) in OWN.items()
        }


def subscription(chance):
    days = chance.choice([0, 29, 30, 31, 90])
    state = chance.choice(["active", "paused", "stopped"])
    return {
        "product_id": chance.randrange(3),
        "state": state,
        "nth": chance.choice([None, 1, 3]),
        "next_on": None if state == "stopped" else date(2026, 11, 22) + timedelta(days=days),
        "stopped_on": date(2026, 11, 22) - timedelta(days=days) if state == "stopped" else None,
    }


def somebody(shop, clock, chance, products, world):
    born = chance.choice(BORN)
    row = {
        "prefecture": chance.choice(PREFECTURES),
        "birth_month": born.month if born else None,
        "birth_date": born,
        "sex": chance.choice(["", "female", "male"]),
        "line_state": chance.choice(["none", "friend", "blocked"]),
        "consent_line": chance.random() < 0.7,
        "consent_mail": chance.random() < 0.5,
        "source": chance.choice(SOURCES),
        "note": chance.choice(NOTES),
    }
    who = person(shop, "見本", **row)
    carried = [tag for tag in TAGS if chance.random() < 0.3]
    for tag in carried:
        shop.customers.tag([who], tag)
    orders = [bought(shop, clock, chance, products, who) for _ in range(chance.choice([0, 0, 1, 1, 2, 5]))]
    orders.sort(key=lambda one: (one["at"], one["id"]))
    return {"id": who, **row, "tags": carried, "all_orders": orders, "world": world}


def bought(shop, clock, chance, products, who):
    """One order in the shop, and as plain values."""
    at = clock.now() - timedelta(days=chance.choice([0, 1, 29, 30, 31, 90, 400]), hours=chance.randrange(24))
    held = chance.sample(range(3), chance.choice([0, 1, 1, 2]))
    yen, refunded = chance.choice([None, 0, 1000, 3000]), chance.choice([0, 0, 500])
    more = {
        "cancelled": chance.random() < 0.2,
        "discount_yen": chance.choice([0, 0, 100]),
        "payment": chance.choice(PAYMENTS),
    }
    made = order(shop, who, at, yen, tuple(products[one] for one in held), refunded_yen=refunded, **more)
    each = 0 if yen is None or not held else yen // len(held)
    return {"id": made, "at": at, "yen": (yen or 0) - refunded, "lines": dict.fromkeys(held, each), **more}


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
    orders = every = [each for each in one["all_orders"] if not each["cancelled"]]
    if rule.get("within_days") is not None:
        orders = [each for each in orders if (today - each["at"].astimezone(JAPAN).date()).days <= rule["within_days"]]
    if "product" in rule and field in {"orders.count", "orders.spent_yen", "orders.last", "orders.first"}:
        orders = [each for each in orders if indexes & each["lines"].keys()]
    subscribed = [each for each in one["subscriptions"] if "product" not in rule or each["product_id"] in indexes]
    active = [each for each in subscribed if each["state"] == "active"]
    match field:
        case "orders.count":
            return compared(len(orders), asks, value)
        case "orders.spent_yen" if "product" in rule:
            return compared(
                sum(each["lines"][i] for each in orders for i in indexes & each["lines"].keys()), asks, value
            )
        case "orders.spent_yen":
            return compared(sum(each["yen"] for each in orders), asks, value)
        case "orders.average_yen":
            return bool(every) and compared(sum(each["yen"] for each in every) // len(every), asks, value)
        case "orders.rhythm":
            moments = [each["at"] for each in every]
            known = len(every) > 2 and max(moments) > min(moments)
            return known and compared(((max(moments) - min(moments)) / (len(every) - 1)).days, asks, value)
        case "customer.note":
            latin = str.maketrans(dict(zip(map(chr, range(65, 91)), map(chr, range(97, 123)), strict=True)))
            return (value.translate(latin) in one["note"].translate(latin)) == (asks == "contains")
        case "customer.relations":
            return compared(len(one["relations"]), asks, value)
        case "orders.cancelled":
            return compared(sum(each["cancelled"] for each in one["all_orders"]), asks, value)
        case "orders.sale_count":
            return compared(sum(each["discount_yen"] > 0 for each in every), asks, value)
        case "orders.sale_only":
            return (bool(every) and all(each["discount_yen"] > 0 for each in every)) == value
        case "orders.last" | "orders.first":
            days = [each["at"].astimezone(JAPAN).date() for each in orders]
            return bool(days) and dated(max(days) if field == "orders.last" else min(days), asks, value, today)
        case "rfm.recency" | "rfm.frequency" | "rfm.money":
            rank = ranked(one, field.removeprefix("rfm."))
            return rank is not None and compared(rank, asks, value)
        case "orders.nth":
            nth = every[value - 1] if len(every) >= value else None
            return nth in orders and (not rule.get("product") or bool(indexes & nth["lines"].keys()))
        case "orders.product" if asks == "then_not":
            first = {i for i, names in enumerate(PRODUCTS) if any(name and name in values for name in names)}
            held = [each["at"].astimezone(JAPAN).date() for each in every if first & each["lines"].keys()]
            since = [each["at"].astimezone(JAPAN).date() for each in every if indexes & each["lines"].keys()]
            recent = rule.get("within_days") is None or (held and (today - max(held)).days <= rule["within_days"])
            return bool(held and recent and not any(day > max(held) for day in since))
        case "orders.product":
            return any(indexes & each["lines"].keys() for each in orders) == (asks == "bought")
        case "orders.category":
            wanted = {i for i, name in enumerate(CATEGORIES) if name in values}
            return any(wanted & each["lines"].keys() for each in orders) == (asks == "bought")
        case "orders.months":
            wanted = {int(m) for each in values for m in SEASONS.get(each, (each,))}
            made = {each["at"].astimezone(JAPAN).month for each in every}
            return made <= wanted and bool(made) if asks == "only" else bool(made & wanted) == (asks == "is")
        case "subscription.nth":
            return any(each["nth"] is not None and compared(each["nth"], asks, value) for each in active)
        case "subscription.stopped":
            stopped = [each["stopped_on"] for each in subscribed if each["state"] == "stopped"]
            return any(dated(day, asks, value, today) for day in stopped)
        case "subscription.next":
            return any(dated(each["next_on"], asks, value, today) for each in active)
        case "consent.line" | "consent.mail":
            return one[field.replace(".", "_")] is value
        case "customer.age":
            born = one["birth_date"]
            return born is not None and compared(
                today.year - born.year - ((today.month, today.day) < (born.month, born.day)), asks, value
            )
        case "customer.birthday":
            return one["birth_date"] is not None and any(
                celebrates(one["birth_date"], today + timedelta(days=n)) for n in range(value + 1)
            )
        case _ if field.startswith("own.") and asks not in {"is", "is_not"}:
            return own_compared(field.removeprefix("own."), one, asks, value, today)
        case _ if field.startswith("own."):
            found = one["own"].get(field.removeprefix("own.")) in values
        case "customer.relation":
            found = bool(set(one["relations"]) & set(values))
        case "orders.favourite":
            times = {i: sum(i in each["lines"] for each in every) for i in range(len(PRODUCTS))}
            best = [i for i, n in times.items() if n and n == max(times.values())]
            found = any(name and name in values for i in best for name in PRODUCTS[i])
        case "orders.payment":
            found = any(each["payment"] in values for each in orders)
        case "subscription.state":
            found = any(each["state"] in values for each in subscribed)
        case "subscription.product":
            wanted = {i for i, names in enumerate(PRODUCTS) if any(name and name in values for name in names)}
            found = any(each["product_id"] in wanted for each in active)
        case "tags":
            found = bool(set(one["tags"]) & set(values))
        case "customer.birth_month":
            names = {"this_month": today.month, "next_month": today.month % 12 + 1}
            found = one["birth_month"] in [names.get(each) or int(each) for each in values]
        case "customer.sex":
            found = (one["sex"] or "unknown") in values
        case "customer.source" | "customer.prefecture":
            found = one[field.removeprefix("customer.")] in values
        case "card.rank":
            found = one["rank"] in values
        case "line.state":
            found = one["line_state"] in values
        case _:
            raise AssertionError(field)
    return found == (asks == "is")


def ranked(one, what):
    """1 to 5: how many of the four bounds between the fifths of the buyers are reached; a bound is what the first beyond it has."""

    def figure(who):
        counted = [each for each in who["all_orders"] if not each["cancelled"]]
        figures = {"recency": max, "frequency": len, "money": sum}
        return figures[what]([each["yen"] if what == "money" else each["at"] for each in counted]) if counted else None

    buyers = [figure(who) for who in one["world"] if figure(who) is not None]
    able = sorted(each for each in buyers if what != "money" or each > 0)
    places = [len(buyers) * fifth // 5 for fifth in (1, 2, 3, 4)]
    own = figure(one)
    return None if own is None else 1 + sum(place < len(able) and own >= able[place] for place in places)


def celebrates(born, day):
    if (born.month, born.day) == (2, 29) and not isleap(day.year):
        return (day.month, day.day) == (2, 28)
    return (born.month, born.day) == (day.month, day.day)


def own_compared(name, one, asks, value, today):
    kind, kept = OWN[name][0], one["own"].get(name)
    first = value[0] if isinstance(value, list) else value
    as_date = asks in {"within_days", "before_days"} or isinstance(first, str)
    if kept is None or kind != ("date" if as_date else "number"):
        return False
    return dated(date.fromisoformat(kept), asks, value, today) if as_date else compared(int(kept), asks, value)


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
    if asks == "within_days":
        return 0 <= (today - day).days <= value
    return (today - day).days > value


def some(values):
    return st.one_of(st.sampled_from(values), st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True))


NAMES = some([name for pair in PRODUCTS for name in pair if name] + ["知らない商品"])
NUMBERS = st.one_of(
    st.builds(
        lambda asks, n: {"is": asks, "value": n}, st.sampled_from(["at_least", "at_most", "equals"]), st.integers(0, 4)
    ),
    st.builds(lambda a, b: {"is": "between", "value": sorted((a, b))}, st.integers(0, 3), st.integers(0, 4)),
)
YEN = NUMBERS.map(
    lambda said: (
        said | {"value": [n * 1000 for n in said["value"]] if said["is"] == "between" else said["value"] * 1000}
    )
)
INTERVALS = NUMBERS.map(
    lambda said: said | {"value": [n * 30 for n in said["value"]] if said["is"] == "between" else said["value"] * 30}
)
DAYS = st.sampled_from([0, 1, 29, 30, 31, 90, 400])
DAY = DAYS.map(lambda days: (date(2026, 11, 22) - timedelta(days=days)).isoformat())
TIMES = st.one_of(
    st.builds(lambda asks, n: {"is": asks, "value": n}, st.sampled_from(["within_days", "before_days"]), DAYS),
    st.builds(lambda asks, day: {"is": asks, "value": day}, st.sampled_from(["before", "after"]), DAY),
    st.builds(lambda a, b: {"is": "between", "value": sorted((a, b))}, DAY, DAY),
)
AHEAD = st.one_of(
    st.builds(
        lambda asks, n: {"is": asks, "value": (date(2026, 11, 22) + timedelta(days=n)).isoformat()},
        st.sampled_from(["before", "after"]),
        DAYS,
    ),
    st.just({"is": "between", "value": ["2026-11-22", "2026-12-22"]}),
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
    joined("orders.nth", st.integers(1, 4).map(lambda n: {"is": "equals", "value": n}), WINDOW, PRODUCT),
    joined("orders.average_yen", YEN),
    joined("orders.cancelled", NUMBERS),
    joined("orders.rhythm", INTERVALS),
    choice("orders.favourite", ["いちごのショートケーキ", "C-2", "プリン", "知らない商品"]),
    choice("customer.relation", KINDS),
    joined("customer.relations", NUMBERS),
    st.builds(
        lambda asks, text: {"field": "customer.note", "is": asks, "value": text},
        st.sampled_from(["contains", "contains_not"]),
        st.sampled_from(TEXTS),
    ),
    *(joined(f"rfm.{what}", NUMBERS) for what in ("recency", "frequency", "money")),
    joined("orders.sale_count", NUMBERS),
    joined("orders.sale_only", st.booleans().map(lambda value: {"is": "is", "value": value})),
    joined(
        "orders.product",
        st.builds(lambda one, other: {"is": "then_not", "value": one, "product": other}, NAMES, NAMES),
        WINDOW,
    ),
    joined(
        "orders.category",
        st.builds(
            lambda a, v: {"is": a, "value": v}, st.sampled_from(["bought", "not_bought"]), some([*CATEGORIES[1:], "茶"])
        ),
        WINDOW,
    ),
    joined(
        "orders.months",
        st.builds(
            lambda a, v: {"is": a, "value": v},
            st.sampled_from(["is", "is_not", "only"]),
            some(["autumn", "winter", "summer", "8", "10", "11"]),
        ),
    ),
    joined("orders.payment", choice("orders.payment", PAYMENTS[:2]), WINDOW),
    joined("subscription.state", choice("subscription.state", ["active", "paused", "stopped"]), PRODUCT),
    choice("subscription.product", [PRODUCTS[0][0], "C-2"]),
    joined("subscription.nth", NUMBERS, PRODUCT),
    joined("subscription.stopped", TIMES, PRODUCT),
    joined("subscription.next", AHEAD, PRODUCT),
    joined(
        "customer.age",
        st.sampled_from(
            [
                {"is": "at_least", "value": 30},
                {"is": "at_most", "value": 29},
                {"is": "equals", "value": 42},
                {"is": "between", "value": [25, 36]},
            ]
        ),
    ),
    joined("customer.birthday", DAYS.map(lambda n: {"is": "in_days", "value": n})),
    choice("customer.source", SOURCES),
    choice("own.好きな味", ["抹茶", "いちご", "栗"]),
    joined("own.来店", NUMBERS),
    joined("own.見学", st.one_of(TIMES, AHEAD)),
    choice("tags", [*TAGS, "だれも"]),
    choice("customer.prefecture", ["東京都", "北海道"]),
    choice("customer.birth_month", ["1", "11", "12", "this_month", "next_month"]),
    choice("customer.sex", ["male", "female", "unknown"]),
    choice("line.state", ["friend", "blocked", "none"]),
    choice("card.rank", [*(one.name for one in RANKS), "ない"]),
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


def property_of(tries: int):
    """Let a check hold for so many rules, the same ones each time."""
    every = settings(
        max_examples=tries, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    return lambda check: every(given(RULES)(check))


def test_both_take_the_same_people_and_count_them_in_stretches_too(shop, world, clock, monkeypatch):
    @property_of(400)
    def agree(said):
        rule = parse(said)
        assert parse(dump(rule)) == rule
        taken = [one["id"] for one in world if evaluated(said, one, clock.now())]
        assert sorted(shop.segments.members(rule)) == taken
        assert explain(rule)[-1].text.endswith(".")
        assert shop.segments.count(rule).count == len(taken)

    @property_of(100)
    def agree_in_stretches(said):
        """As of many people: whoever is at the edge of a stretch is counted in exactly one."""
        rule = parse(said)
        monkeypatch.setattr(counting, "MANY", len(world) + 1)
        whole = shop.segments.count(rule)
        monkeypatch.setattr(counting, "MANY", 0)
        monkeypatch.setattr(queries, "FEW", -1)
        assert shop.segments.count(rule) == whole

    agree()
    agree_in_stretches()
