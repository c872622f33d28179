"""Merges that come apart, who is not who, proof of consents, own fields, edits of many, what a person is worth."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError

from shopdesk.customers import (
    Change,
    Condition,
    Filter,
    NewCustomer,
    StoppedError,
    UndoneError,
    expected_next,
    note_consent,
    score,
    written,
)
from shopdesk.errors import InvalidInputError, NotFoundError
from shopdesk.friends.tables import FriendRow
from shopdesk.orders import undoing
from shopdesk.orders.tables import OrderRow
from shopdesk.segments.parsing import parse
from shopdesk.verify import verify
from tests.people import order, person, product


def befriend(shop, customer, user_id="U" + "1" * 32):
    with shop.database.write() as session:
        values = {"display_name": "はな", "picture_url": "", "state": "friend", "since": shop.clock.now()}
        session.execute(
            insert(FriendRow).values(
                user_id=user_id, customer_id=customer, blocked_at=None, refreshed_at=None, **values
            )
        )
        shop.customers.set_line_state(session, customer, "friend")


@pytest.fixture
def two(shop, clock):
    """One person entered twice, the second with everything."""
    keep = person(shop, "見本 花子", phone="+819000000001", note="卵")
    other = person(shop, "見本花子", "ミホン ハナコ", email="b@example.jp", member_id="M-2", note="猫")
    color = shop.customers.fields.make("色", "text")
    shop.customers.fields.set(other, color.id, "あか")
    shop.customers.tag([other], "常連")
    shop.customers.consents.set(other, "mail", on=True, how="page", wording="新しい品のお知らせ")
    befriend(shop, other)
    order(shop, keep, clock.now(), 1000)
    order(shop, other, clock.now() - timedelta(days=3), 500)
    return keep, other


def test_fields_are_chosen_one_by_one_and_come_back(shop, two, clock):
    keep, other = two
    before = shop.customers.get(keep), shop.customers.get(other)
    made = shop.customers.merges.make(keep, other, {"name": "other", "note": "keep"})
    one = shop.customers.get(keep)
    assert (one.name, one.kana, one.note, one.email) == ("見本花子", "ミホン ハナコ", "卵", "b@example.jp")
    assert (one.orders, one.line, one.tags, one.member_ids) == (2, "friend", ("常連",), ("M-2",))
    assert [value.value for value in one.own] == ["あか"]
    assert [said.wording for said in shop.customers.consents.history(keep)] == ["新しい品のお知らせ"]
    clock.move(timedelta(days=400))
    assert shop.customers.merges.undo(made.id).id == other
    assert (shop.customers.get(keep), shop.customers.get(other)) == before
    assert shop.friends.of_customer(other) is not None
    assert shop.customers.consents.history(keep) == []
    with pytest.raises(UndoneError):
        shop.customers.merges.undo(made.id)
    with pytest.raises(InvalidInputError):
        shop.customers.merges.make(keep, other, {"nose": "keep"})
    assert all(one.ok for one in verify(shop))


def test_what_was_changed_since_stays_and_a_later_merge_is_mended(shop):
    first, second, third = person(shop, "見本"), person(shop, "見本", note="猫"), person(shop, "見本", note="犬")
    one = shop.customers.merges.make(first, second)
    two = shop.customers.merges.make(first, third)
    assert shop.customers.get(first).note == "猫\n犬"
    shop.customers.merges.undo(one.id)
    assert shop.customers.get(first).note == "猫\n犬"
    shop.customers.merges.undo(two.id)
    assert [shop.customers.get(who).note for who in (first, second, third)] == ["", "猫", "犬"]
    again = shop.customers.merges.make(first, second)
    shop.customers.correct(first, NewCustomer("見本", note="書き直し"))
    shop.customers.merges.undo(again.id)
    assert shop.customers.get(first).note == "書き直し"


def test_an_inner_merge_comes_apart_inside_an_outer_one(shop, clock):
    inner, part, outer = person(shop, "見本"), person(shop, "見本", note="猫"), person(shop, "見本")
    mine = order(shop, part, clock.now(), 700)
    first = shop.customers.merges.make(inner, part)
    shop.customers.merges.make(outer, inner)
    shop.customers.merges.undo(first.id)
    assert shop.orders.get(mine).customer_id == part
    assert (shop.customers.get(part).note, shop.customers.get(outer).note) == ("猫", "")
    with pytest.raises(NotFoundError):
        shop.customers.get(inner)
    standing = [one for one in shop.customers.merges.latest() if one.undone_at is None]
    assert [(one.keep_id, one.other_id) for one in standing] == [(outer, inner)]
    shop.customers.merges.undo(standing[0].id)
    assert shop.customers.get(inner).note == ""


def test_an_inner_merge_comes_apart_however_often_who_was_kept_was_merged_again(shop, clock):
    people = [person(shop, "見本", note=note) for note in ("", "猫", "犬", "鳥")]
    mine = order(shop, people[1], clock.now(), 700)
    first = shop.customers.merges.make(people[0], people[1])
    shop.customers.merges.make(people[2], people[0])
    shop.customers.merges.make(people[3], people[2])
    shop.customers.merges.undo(first.id)
    assert shop.orders.get(mine).customer_id == people[1]
    assert (shop.customers.get(people[1]).note, shop.customers.get(people[3]).note) == ("猫", "鳥\n犬")
    standing = [one for one in shop.customers.merges.latest() if one.undone_at is None]
    assert [(one.keep_id, one.other_id) for one in standing] == [(people[3], people[2]), (people[2], people[0])]
    assert all(one.ok for one in verify(shop))


def test_orders_made_after_a_merge_stay_with_who_was_kept(shop, two, clock):
    keep, other = two
    made = shop.customers.merges.make(keep, other)
    late = order(shop, keep, clock.now(), 9000)
    shop.customers.merges.undo(made.id)
    assert shop.orders.get(late).customer_id == keep
    assert (shop.customers.get(keep).spent_yen, shop.customers.get(other).spent_yen) == (10_000, 500)


def test_the_forgotten_are_in_no_merge_and_in_no_edit(shop, two):
    keep, other = two
    made = shop.customers.merges.make(keep, other)
    shop.customers.edits.make(Change("prefecture", "北海道"), [keep])
    shop.customers.forget(keep)
    with pytest.raises(NotFoundError):
        shop.customers.merges.undo(made.id)
    with shop.database.read() as session:
        for table in ("merges", "bulk_images", "consents", "own_values", "customer_keys"):
            assert session.scalar(text(f"SELECT count(*) FROM {table}")) == 0


def test_the_likeliest_pairs_of_the_shop_come_first(shop):
    sure = [person(shop, "見本 花子", phone="+819000000001"), person(shop, "見本 花子", phone="+819000000001")]
    near = [person(shop, "例示 太郎", postal="0600001"), person(shop, "例示 太郎", postal="0600001")]
    person(shop, "例示 太郎", postal="1000001")
    for _i in range(12):
        person(shop, "名無し", phone="+81300000000")  # nobody's own phone
    found = shop.customers.doubles.to_decide()
    assert [(one.one.id, one.other.id, one.alike) for one in found] == [
        (*sure, ("phone", "name")),
        (*near, ("name", "postal")),
    ]
    shop.customers.pairs.distinct(sure[1], sure[0])
    assert [one.one.id for one in shop.customers.doubles.to_decide()] == [near[0]]
    assert shop.customers.doubles.of(sure[0]) == []
    shop.customers.pairs.maybe_same(*sure)
    assert len(shop.customers.doubles.to_decide(1)) == 1
    with pytest.raises(InvalidInputError):
        shop.customers.pairs.distinct(1, 1)


def test_consents_carry_their_proof_and_are_never_rewritten(shop, clock):
    one = person(shop)
    shop.customers.consents.set(one, "mail", on=True, how="page", wording=" 月1回のお知らせ ")
    clock.move(timedelta(days=1))
    shop.customers.consents.set(one, "mail", on=False)
    newest, first = shop.customers.consents.history(one)
    assert (first.given, first.how, first.wording, first.actor) == (True, "page", "月1回のお知らせ", "owner")
    assert (newest.given, newest.how, newest.at) == (False, "shop", clock.now())
    assert [event.kind for event in shop.customers.timeline(one)] == ["consent", "consent", "added"]
    with pytest.raises(DBAPIError), shop.database.write() as session:
        session.execute(text("UPDATE consents SET given = (1 = 1)"))


def test_a_file_lifts_no_opt_out_and_nothing_a_stop_of_use(shop, clock):
    one = person(shop)
    shop.customers.consents.set(one, "mail", on=False)
    said = {"on": True, "at": clock.now(), "actor": "owner"}
    with shop.database.write() as session:
        assert not note_consent(session, one, "mail", how="import", **said)
        assert note_consent(session, one, "mail", how="page", **said)
    everybody = parse({"all": []})
    assert shop.segments.count(everybody).count == 1
    shop.customers.consents.stop_use(one)
    stopped = shop.customers.get(one)
    assert (stopped.consent_line, stopped.consent_mail, stopped.stopped_at) == (False, False, clock.now())
    assert shop.segments.count(everybody).count == 0
    assert shop.segments.members(everybody) == []
    with pytest.raises(StoppedError):
        shop.customers.consents.set(one, "line", on=True)
    with shop.database.write() as session:
        assert not note_consent(session, one, "line", how="page", **said)
    shop.customers.consents.allow_use(one)
    shop.customers.consents.set(one, "line", on=True)
    assert shop.customers.get(one).consent_line


def test_own_fields_are_made_named_and_filled(shop):
    one = person(shop)
    size = shop.customers.fields.make("足の大きさ", "number")
    shop.customers.fields.set(one, size.id, "２４")
    assert [(value.field, value.value) for value in shop.customers.get(one).own] == [("足の大きさ", "24")]
    shop.customers.fields.rename(size.id, "くつ")
    assert [(field.name, field.people) for field in shop.customers.fields.all()] == [("くつ", 1)]
    for kind, typed in (("number", "大"), ("date", "いつか")):
        field = shop.customers.fields.make(kind, kind)
        with pytest.raises(InvalidInputError):
            shop.customers.fields.set(one, field.id, typed)
    with pytest.raises(InvalidInputError):
        shop.customers.fields.make("くつ", "text")
    chosen = Filter(conditions=(Condition(f"own:{size.id}", "at_least", 24),), sort=f"own:{size.id}")
    assert [view.own for view in shop.customers.page(chosen, None, 9)] == [((size.id, "24"),)]
    shop.customers.fields.delete(size.id)
    with pytest.raises(InvalidInputError):
        shop.customers.page(chosen, None, 9)


@pytest.mark.parametrize(
    ("change", "reads", "before", "after"),
    [
        (Change("tag", " 常連 "), "tags", (), ("常連",)),
        (Change("prefecture", "東京"), "prefecture", "北海道", "東京都"),
        (Change("consent off", "line"), "consent_line", True, False),
    ],
)
def test_an_edit_of_many_is_taken_back_where_it_still_stands(shop, change, reads, before, after):
    one, two, has = (person(shop, prefecture="北海道") for _i in range(3))
    shop.customers.edits.make(change, [has])
    edit = shop.customers.edits.make(change, [one, two, has, 999])
    assert edit.people == 2
    assert {getattr(shop.customers.get(who), reads) for who in (one, two, has)} == {after}
    shop.customers.edits.undo(edit.id)
    assert [getattr(shop.customers.get(who), reads) for who in (one, two, has)] == [before, before, after]
    assert [found.undone_at is not None for found in shop.customers.edits.latest()] == [True, False]
    with pytest.raises(UndoneError):
        shop.customers.edits.undo(edit.id)


def test_who_said_no_since_an_edit_stays_out_after_its_undo(shop, clock):
    one, two = person(shop), person(shop)
    edit = shop.customers.edits.make(Change("consent off", "line"), [one, two])
    clock.move(timedelta(days=1))
    shop.customers.consents.set(one, "line", on=False)
    shop.customers.edits.undo(edit.id)
    assert (shop.customers.get(one).consent_line, shop.customers.get(two).consent_line) == (False, True)


def test_an_own_field_of_many_and_a_wrong_value(shop):
    one, two = person(shop), person(shop)
    field = shop.customers.fields.make("色", "text")
    shop.customers.fields.set(one, field.id, "あお")
    edit = shop.customers.edits.make(Change("own", "あか", field.id), [one, two])
    shop.customers.fields.set(two, field.id, "きいろ")
    shop.customers.edits.undo(edit.id)
    assert [[value.value for value in shop.customers.get(who).own] for who in (one, two)] == [["あお"], ["きいろ"]]
    for wrong in (Change("tag", " "), Change("prefecture", "どこか"), Change("consent off", "fax")):
        with pytest.raises(InvalidInputError):
            shop.customers.edits.make(wrong, [one])


def test_recency_frequency_and_money_beside_the_others(shop, clock):
    people = [person(shop, f"見本 {n}") for n in range(10)]
    for n, who in enumerate(people, 1):
        for turn in range(n):
            order(shop, who, clock.now() - timedelta(days=100 - n * 5 - turn), 100)
    shop_bounds = shop.customers.quintiles()
    scores = [score(shop.customers.get(who), shop_bounds) for who in people]
    assert [(one.recency, one.frequency, one.money) for one in (scores[0], scores[9])] == [(1, 1, 1), (5, 5, 5)]
    assert [one.frequency for one in scores] == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert score(shop.customers.get(person(shop)), shop_bounds) is None
    last = shop.customers.get(people[2])
    assert expected_next(last) == last.last_order_at + timedelta(days=1)
    assert shop.customers.get(people[0]).orders == 1
    assert expected_next(shop.customers.get(people[0])) is None


def test_favourites_families_and_an_undone_import_find_who_is_who_today(shop, clock, two):
    keep, other = two
    cake, tart = product(shop, "ケーキ"), product(shop, "タルト")
    order(shop, keep, clock.now(), 100, (cake, tart))
    order(shop, keep, clock.now(), 100, (cake,))
    order(shop, keep, clock.now(), 100, (tart, tart), cancelled=True)
    assert [(one.name, one.orders) for one in shop.orders.favourites(keep)] == [("ケーキ", 2), ("タルト", 1)]
    child = person(shop, "見本 一")
    shop.customers.pairs.relate(child, other, "family")
    made = shop.customers.merges.make(keep, other)
    assert [(one.customer_id, one.kind) for one in shop.customers.pairs.relations(keep)] == [(child, "family")]
    shop.customers.merges.undo(made.id)
    assert shop.customers.pairs.relations(keep) == []
    assert [one.customer_id for one in shop.customers.pairs.relations(child)] == [other]


def test_a_disclosure_reads_as_a_page_and_as_text(shop, two):
    hostile = shop.customers.get(two[1])
    shop.customers.correct(two[1], NewCustomer("<script>alert(1)</script>", email=hostile.email))
    held = json.loads(json.dumps(shop.customers.disclose(two[1])))
    page, plain = written(held, ".html"), written(held, ".txt")
    assert json.loads(written(held, ".json")) == held
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "新しい品のお知らせ" in page
    assert "新しい品のお知らせ" in plain
    assert "  Name: <script>alert(1)</script>" in plain.splitlines()


COLUMNS = (
    "kana",
    "phone",
    "email",
    "prefecture",
    "birth_month",
    "sex",
    "source",
    "consent_mail",
    "first_order_at",
    "id",
)


def test_any_column_sorts_and_reads_on(shop, clock):
    for n in range(23):
        more = {
            "email": f"p{n * 7 % 23}@example.jp" if n % 3 else "",
            "phone": f"+81900000{n * 5 % 23:04}" if n % 4 else "",
            "prefecture": ["", "東京都", "北海道"][n % 3],
            "birth_month": n % 5 or None,
            "first_order_at": clock.now() - timedelta(days=n % 4) if n % 2 else None,
            "consent_mail": n % 2 == 0,
            "source": ["shop", "shopify"][n % 2],
        }
        person(shop, f"見本 {n}", ["", "ミホン", "レイジ"][n % 3], **more)
    for sort in COLUMNS:
        for descending in (True, False):
            chosen = Filter(sort=sort, descending=descending)
            whole = [view.id for view in shop.customers.page(chosen, None, 100)]
            assert sorted(whole) == list(range(1, 24))
            read, after = [], None
            while page := shop.customers.page(chosen, after, 4):
                read += [view.id for view in page]
                after = page[-1].anchor
            assert read == whole
            assert [anchor.id for anchor in shop.customers.anchors(chosen, 5)] == whole[4::5]
    by_month = [view.birth_month for view in shop.customers.page(Filter(sort="birth_month"), None, 100)]
    assert by_month == sorted((m for m in by_month if m), reverse=True) + [None] * by_month.count(None)


@pytest.mark.parametrize(
    ("condition", "names"),
    [
        (Condition("name", "contains", "花"), {"見本 花子"}),
        (Condition("kana", "contains", "れいじ"), {"例示 太郎"}),
        (Condition("phone", "contains", "090-0000"), {"見本 花子"}),
        (Condition("email", "blank"), {"例示 太郎"}),
        (Condition("email", "filled"), {"見本 花子"}),
        (Condition("birth_month", "equal", 12), {"見本 花子"}),
        (Condition("birth_month", "at_most", 12), {"見本 花子"}),
        (Condition("consent_mail", "equal", 1), {"例示 太郎"}),
        (Condition("tag", "blank"), {"例示 太郎"}),
        (Condition("last_order_at", "before", "2026-11-22"), {"例示 太郎"}),
        (Condition("last_order_at", "since", "2026-11-22"), {"見本 花子"}),
        (Condition("source", "equal", "shop"), set()),
    ],
)
def test_any_column_narrows(shop, clock, condition, names):
    one = person(
        shop, "見本 花子", phone="+819000001234", email="a@example.jp", birth_month=12, last_order_at=clock.now()
    )
    yesterday = clock.now() - timedelta(days=1)
    person(shop, "例示 太郎", "レイジ タロウ", consent_mail=True, last_order_at=yesterday)
    shop.customers.tag([one], "常連")
    found = shop.customers.page(Filter(conditions=(condition,)), None, 10)
    assert {view.name for view in found} == names
    assert shop.customers.count(Filter(conditions=(condition,))) == len(names)


def test_a_condition_that_makes_no_sense_is_refused(sqlite_shop):
    for condition in (
        Condition("nose", "equal", 1),
        Condition("orders", "contains", "x"),
        Condition("orders", "at_least", "many"),
        Condition("last_order_at", "since", "someday"),
    ):
        with pytest.raises(InvalidInputError):
            sqlite_shop.customers.count(Filter(conditions=(condition,)))


def test_an_order_given_back_goes_to_who_its_buyer_is_today(shop, clock):
    """An import's image names a buyer by number; after a merge that number is somebody else's redirect."""
    keep, other = person(shop), person(shop)
    mine = order(shop, other, clock.now(), 100, digest="new")
    shop.customers.merges.make(keep, other)
    image = {"digest": ["old", "new"], "customer_id": [other, other], "lines": []}
    with shop.database.write() as session:
        assert undoing.restore(session, mine, image)
        assert session.scalar(select(OrderRow.customer_id).where(OrderRow.id == mine)) == keep
