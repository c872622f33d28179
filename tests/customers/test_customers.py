"""Adding, correcting, tagging, merging and forgetting people."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import insert, inspect, text

from shopdesk.changes import Topic
from shopdesk.customers import AlreadyKnownError, Condition, Filter, NewCustomer, Tag, wrong
from shopdesk.errors import InvalidInputError, NotFoundError
from shopdesk.imports.tables import ImportChangeRow, ImportRow
from tests.people import order, person, product

HANA = NewCustomer(
    "見本　花子 様",
    "みほん はなこ",
    "Hanako@Example.JP",
    "０９０-0000-0218",
    "〒060-0001",
    "",
    "北海道札幌市中央区 1-1",
    date(1990, 12, 3),
    "女性",
)


def test_what_is_typed_becomes_one_form(shop):
    told = []
    shop.changes.listen(told.append)
    made = shop.customers.add(HANA)
    assert (made.name, made.kana, made.email, made.phone) == (
        "見本 花子",
        "ミホン ハナコ",
        "hanako@example.jp",
        "+819000000218",
    )
    assert (made.postal, made.prefecture, made.sex, made.line) == ("0600001", "北海道", "female", "none")
    assert (made.consent_line, made.consent_mail) == (True, False)
    assert shop.customers.get(made.id) == made == shop.customers.search("みほん")[0]
    assert told == [frozenset({Topic.CUSTOMERS})]
    entry = shop.staff.entries()[0]
    assert (entry.action, entry.object, entry.ids, entry.fields) == ("add", "customer", str(made.id), "")


@pytest.mark.parametrize(
    "wrong", [{"email": "hanako"}, {"phone": "12"}, {"postal": "1"}, {"prefecture": "どこか"}, {"name": " "}]
)
def test_what_is_not_right_is_refused(sqlite_shop, wrong):
    with pytest.raises(InvalidInputError):
        sqlite_shop.customers.add(NewCustomer(**{"name": "見本", **wrong}))
    assert sqlite_shop.customers.count() == 0


def test_nobody_is_added_twice_but_a_name_alone_is_nobody(shop):
    made = shop.customers.add(HANA)
    with pytest.raises(AlreadyKnownError) as refused:
        shop.customers.add(NewCustomer("別の名", email="HANAKO@example.jp"))
    assert refused.value.customer_id == made.id
    with pytest.raises(AlreadyKnownError):
        shop.customers.add(NewCustomer("見本花子", phone="090-0000-0218"))
    assert shop.customers.add(NewCustomer("見本花子")).id != made.id
    assert [one.alike for one in shop.customers.doubles.of(made.id)] == [("name",)]


def test_duplicates_are_ranked(shop):
    made = shop.customers.add(HANA)
    family = person(shop, "見本 太郎", phone="+819000000218")
    both = person(shop, "見本 花子", phone="+819000000218", email="old@example.jp")
    reading = person(shop, "三本 はな子", "ミホン ハナコ")
    assert [(one.customer.id, one.alike) for one in shop.customers.doubles.of(made.id)] == [
        (both, ("phone", "name")),
        (family, ("phone",)),
        (reading, ("kana",)),
    ]
    with pytest.raises(NotFoundError):
        shop.customers.doubles.of(999)


def test_correcting_keeps_keys_and_index_right(shop):
    made = shop.customers.add(HANA)
    other = shop.customers.add(NewCustomer("例示 太郎", email="taro@example.jp"))
    with pytest.raises(AlreadyKnownError):
        shop.customers.correct(made.id, NewCustomer("見本 花子", email="taro@example.jp"))
    changed = shop.customers.correct(made.id, NewCustomer("見本 花", email="new@example.jp"))
    assert (changed.name, changed.phone, changed.birth_date) == ("見本 花", "", None)
    assert shop.staff.entries()[0].fields == "name,kana,email,phone,postal,prefecture,address,birth_date,sex"
    assert shop.customers.add(NewCustomer("だれか", email="hanako@example.jp")).id not in {made.id, other.id}
    with pytest.raises(AlreadyKnownError):
        shop.customers.add(NewCustomer("だれか", email="new@example.jp"))
    with pytest.raises(NotFoundError):
        shop.customers.correct(999, NewCustomer("見本"))


def test_tags_and_consents(shop):
    one, two = person(shop), person(shop, "例示 太郎")
    shop.customers.tag([one, two], " 常連 ")
    shop.customers.tag([one], "常連")
    shop.customers.tag([one], "いちご")
    assert shop.customers.tags() == [Tag("いちご", 1), Tag("常連", 2)]
    shop.customers.untag([one, two], "いちご")
    assert shop.customers.get(one).tags == ("常連",)
    assert shop.customers.tags() == [Tag("いちご", 0), Tag("常連", 2)]
    with pytest.raises(InvalidInputError):
        shop.customers.tag([one], " ")
    with pytest.raises(NotFoundError):
        shop.customers.tag([one, 999], "新しい")
    assert len(shop.customers.tags()) == 2
    shop.customers.consents.set(one, "line", on=False)
    shop.customers.consents.set(one, "mail", on=True)
    assert (shop.customers.get(one).consent_line, shop.customers.get(one).consent_mail) == (False, True)
    assert shop.staff.entries()[0].action == "consent on"


def test_line_state_is_set_in_the_callers_transaction(shop):
    one = person(shop)

    def fail():
        with shop.database.write() as session:
            shop.customers.set_line_state(session, one, "friend")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert shop.customers.get(one).line == "none"
    with shop.database.write() as session:
        shop.customers.set_line_state(session, one, "friend")
    assert shop.customers.get(one).line == "friend"


def test_merging_moves_everything_and_leaves_one(shop, clock):
    keep = person(shop, "見本 花子", email="a@example.jp", note="卵が苦手", consent_mail=True)
    other = person(
        shop, "見本花子", "ミホン ハナコ", email="b@example.jp", phone="+819000000001", note="猫", consent_line=False
    )
    shop.customers.tag([keep, other], "常連")
    shop.customers.tag([other], "猫")
    order(shop, keep, clock.now() - timedelta(days=3), 1000)
    order(shop, other, clock.now(), 500)
    order(shop, other, clock.now() - timedelta(days=9), 300, cancelled=True)
    shop.customers.merges.make(keep, other)
    merged = shop.customers.get(keep)
    assert (merged.id, merged.name, merged.kana, merged.phone) == (keep, "見本 花子", "ミホン ハナコ", "+819000000001")
    assert (merged.orders, merged.spent_yen, merged.last_order_at) == (2, 1500, clock.now())
    assert (merged.tags, merged.note) == (("常連", "猫"), "卵が苦手\n猫")
    assert (merged.consent_line, merged.consent_mail) == (False, False)
    assert [one.id for one in shop.customers.search("はなこ")] == [keep]
    with pytest.raises(NotFoundError):
        shop.customers.get(other)
    with pytest.raises(AlreadyKnownError) as known:
        shop.customers.add(NewCustomer("だれか", email="b@example.jp"))
    assert known.value.customer_id == keep
    with pytest.raises(InvalidInputError):
        shop.customers.merges.make(keep, keep)


def test_disclosure_and_timeline_tell_everything(shop, clock):
    made = shop.customers.add(HANA)
    shop.customers.tag([made.id], "常連")
    cake = product(shop, "いちごのショートケーキ", "C-1")
    order(shop, made.id, clock.now(), 1200, (cake, product(shop, "タルト")))
    order(shop, made.id, clock.now() - timedelta(days=1), None, cancelled=True, number="#9")
    held = json.loads(json.dumps(shop.customers.disclose(made.id)))
    assert held["customer"]["birth_date"] == "1990-12-03"
    assert held["customer"]["phone"] == "090-0000-0218"
    assert {one["ordered_at"][-6:] for one in held["orders"]} == {"+09:00"}
    assert held["keys"] == [{"kind": "mail", "scope": "", "value": "hanako@example.jp"}]
    assert [one["lines"][0]["name"] for one in held["orders"] if one["lines"]] == ["いちごのショートケーキ"]
    newest, entered, cancelled = shop.customers.timeline(made.id)
    assert (newest.title, newest.detail) == ("いちごのショートケーキ and 1 more", "1,200 yen")
    assert (cancelled.title, cancelled.detail) == ("Order #9", "Cancelled")
    assert entered.kind == "added"
    assert shop.staff.entries()[0].action == "disclose"


CANARIES = ("忘却", "ボウキャク", "canary77", "5550777", "M-CANARY")


@pytest.fixture
def forgettable(shop, clock):
    """A person in every table, merged from two, and an import that made both."""
    names = {"name": "忘却 桃", "kana": "ボウキャク モモ"}
    keep = person(
        shop, **names, email="canary77@example.jp", phone="+819055507770", member_id="M-CANARY", note="忘却 note"
    )
    other = person(shop, **names, email="canary77@example.com", address="忘却町 1")
    mine = order(shop, keep, clock.now(), 900, (product(shop, "タルト"),), buyer_name="忘却 桃")
    with shop.database.write() as session:
        session.execute(
            insert(ImportRow).values(
                id=1, at=clock.now(), actor="owner", cart="shopify", files="[]", counts="{}", undone_at=None
            )
        )
        for kind, number, before in (
            ("customer", keep, {"name": ["忘却 桃", "忘却 もも"]}),
            ("customer", other, None),
            ("order", mine, {"buyer_name": ["忘却 桃", "x"], "total_yen": [1, 2]}),
        ):
            said = None if before is None else json.dumps(before, ensure_ascii=False)
            session.execute(insert(ImportChangeRow).values(import_id=1, object=kind, object_id=number, before=said))
    shop.customers.merges.make(keep, other)
    shop.customers.tag([keep], "常連")
    return keep, other, mine


def everything(shop) -> str:
    with shop.database.read() as session:
        tables = inspect(session.get_bind()).get_table_names()
        rows = [tuple(row) for one in tables for row in session.execute(text(f'SELECT * FROM "{one}"'))]
    held = "\n".join(
        "".join(part.decode("utf-8", "replace") if isinstance(part, bytes) else str(part) for part in row)
        for row in rows
    )
    if shop.database.on_sqlite:
        paths = (shop.database.path, shop.database.path.with_name(shop.database.path.name + "-wal"))
        held += "".join(path.read_bytes().decode("utf-8", "replace") for path in paths if path.exists())
    return held


def test_the_forgotten_leave_no_trace_but_figures(shop, forgettable, clock):
    keep, other, mine = forgettable
    stays = person(shop, "見本 花子", email="stays@example.jp")
    assert all(canary in everything(shop) for canary in CANARIES)
    shop.customers.forget(keep)
    held = everything(shop)
    assert [canary for canary in CANARIES if canary in held] == []
    assert "忘" not in held  # nor in the grams of the index
    kept = shop.orders.get(mine)
    assert (kept.customer_id, kept.buyer_name, kept.total_yen) == (None, "", 900)
    assert shop.orders.totals().today.yen == 900
    assert [one.customer_id for one in shop.customers.erased.list()] == [keep, other]
    assert shop.customers.search("花子")[0].id == stays
    with shop.database.read() as session:
        assert json.loads(session.scalar(text("SELECT before FROM import_changes WHERE object = 'order'"))) == {
            "total_yen": [1, 2]
        }
    with pytest.raises(NotFoundError):
        shop.customers.forget(keep)
    assert shop.staff.entries()[0].action == "forget"


def test_a_restore_forgets_again_but_never_somebody_new(shop, clock):
    gone = person(shop, "忘却 桃", email="canary77@example.jp")
    created = shop.clock.now()
    shop.customers.forget(gone)
    list_before = shop.customers.erased.list()
    clock.move(timedelta(days=1))
    newcomer = person(shop, "例示 太郎", id=gone)
    assert shop.customers.erased.erase_again(list_before) == 0
    assert shop.customers.get(newcomer).name == "例示 太郎"
    with shop.database.write() as session:
        session.execute(text("DELETE FROM former_customers"))
        session.execute(text(f"UPDATE customers SET created_at = {int(created.timestamp() * 1000)}"))
    assert shop.customers.erased.erase_again(list_before) == 1
    assert shop.customers.count() == 0
    assert shop.customers.erased.list() == list_before


def test_tagging_says_who_got_the_tag_and_untagging_who_lost_it(shop):
    one, two, three = person(shop, "見本 一"), person(shop, "見本 二"), person(shop, "見本 三")
    assert shop.customers.tag([two], "常連") == [two]
    assert shop.customers.tag([one, two, three, one], "常連") == [one, three]
    assert sorted(shop.customers.untag([one, three], "常連")) == [one, three]
    assert shop.customers.untag([one], "常連") == []
    with pytest.raises(NotFoundError):
        shop.customers.tag([one, 999], "常連")
    assert shop.customers.get(one).tags == ()
    assert shop.customers.ids(Filter(conditions=(Condition("tag", "equal", "常連"),))) == [two]


def test_each_wrong_field_has_its_own_sentence():
    found = wrong(NewCustomer("見本", email="x@", phone="12", postal="1", prefecture="東京"))
    assert set(found) <= {"email", "phone", "postal", "prefecture"}
    assert "x@" in found["email"]
    assert set(wrong(NewCustomer(" "))) == {"name"}
    assert wrong(HANA) == {}


def test_orders_by_day_are_japans_days(shop, clock):
    hana = person(shop)
    order(shop, hana, clock.now(), 900)
    order(shop, hana, clock.now() - timedelta(hours=15), 500)
    order(shop, hana, clock.now() - timedelta(days=3), 700, cancelled=True)
    days = shop.orders.by_day(4)
    assert [day.figure.yen for day in days] == [0, 0, 500, 900]
    assert days[-1].day == date(2026, 11, 22)
