"""Shop cards on both databases: given, scanned, used, corrected, merged, expired – and what a till is refused."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import text

from shopdesk.cards import CardRefusedError, Rank, Reward, Rules
from shopdesk.customers import undoing
from shopdesk.due import run_due
from shopdesk.errors import InvalidInputError, NotFoundError, ShopDeskError
from shopdesk.staff import Actor
from shopdesk.verify import verify
from tests.people import person

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def refused(code: str):
    """What is refused with this code."""
    return pytest.raises(ShopDeskError, check=lambda error: error.code == code)


def whole(shop) -> None:
    assert [one for one in verify(shop) if not one.ok] == []


def points(shop, customer: int) -> list[tuple[str, int]]:
    return [(one.kind, one.points) for one in shop.cards.history(customer)[::-1]]


def test_a_card_counts_visits_and_a_nonce_counts_once(shop, clock):
    who = person(shop, phone="+81900000218")
    made = shop.cards.issue(who, "はなちゃん")
    nonce = str(uuid.uuid4())
    first = shop.cards.scan(made.code.digits, nonce=nonce, till="1")
    clock.move(DAY)
    again = shop.cards.scan(made.code.digits, nonce=nonce.upper(), till="1")
    assert (again.entry_id, again.at, again.balance, again.repeated) == (first.entry_id, first.at, 1, True)
    with refused("nonce_reused"):
        shop.cards.scan(made.code.digits, visits=2, nonce=nonce, till="1")
    for typed in (str(made.card.id), f"No. {made.card.id:05}", "０" + str(made.card.id), made.code.digits + "\r\n"):
        shop.cards.scan(typed)
    assert (shop.cards.card_of(who).balance, shop.cards.card_of(who).name) == (5, "はなちゃん")
    shop.cards.issue(person(shop, phone="+81900001218"))
    for typed in ("0218", "0900000218"):
        assert [one.id for one in shop.cards.find(typed)] == [made.card.id], typed
    assert shop.customers.search(f"{made.card.id:05}")[0].id == who
    with refused("already_issued"):
        shop.cards.issue(who)
    with refused("not_found"):
        shop.cards.issue(who + 99)
    for wrong in ({"visits": 0}, {"visits": -1}, {"yen": -5}, {"nonce": "1"}, {"visits": 101}):
        with pytest.raises(InvalidInputError):
            shop.cards.scan(made.code.digits, **wrong)
    with refused("invalid"):
        shop.cards.use(made.code.digits, 0)
    whole(shop)


def test_points_are_used_with_the_code_of_now_and_each_code_once(shop, clock):
    made = shop.cards.walk_in("")
    shop.cards.scan(made.code.digits, visits=9, till="1")
    for printed in (made.code.digits, str(made.card.id)):
        with refused("needs_passing_code"):
            shop.cards.use(printed, 1)
    code = shop.cards.passing_code(made.card.id).digits
    assert shop.cards.scan(code, till="1").balance == 10
    with refused("already_counted"):
        shop.cards.scan(code, till="2")
    assert shop.cards.use(code, 4, till="1").balance == 6
    with refused("needs_passing_code"):
        shop.cards.use(code, 4, till="2")
    clock.move(MINUTE)
    with refused("expired"):
        shop.cards.use(code, 4)
    fresh = shop.cards.passing_code(made.card.id).digits
    with refused("limit"):
        shop.cards.use(fresh, 7)
    clock.move(-timedelta(seconds=30))
    assert shop.cards.use(fresh, 6, till="1").balance == 0
    assert [one.proof for one in shop.cards.history(made.card.customer_id)] == [
        "passing",
        "passing",
        "passing",
        "static",
    ]
    assert [one.kind for one in shop.cards.suspicions(clock.now() - DAY)] == ["replayed", "replayed"]
    shop.cards.design.publish(Rules(paper_rewards=True))
    shop.cards.scan(made.code.digits, till="1")
    shop.cards.use(made.code.digits, 1, till="2")
    assert {one.kind for one in shop.cards.suspicions(clock.now() - DAY)} == {"replayed", "paper_use", "two_tills"}
    voided = [shop.cards.scan(made.code.digits, till="1").entry_id for _nth in range(5)]
    for one in voided:
        shop.cards.void(one, "x", till="1")
    found = {one.kind: one.count for one in shop.cards.suspicions(clock.now() - DAY)}
    assert (found["many_scans"], found["voids"]) == (8, 5)


def test_codes_that_are_none_of_ours_are_refused_and_many_make_the_till_wait(shop, clock):
    made, gone = shop.cards.walk_in("a"), shop.cards.walk_in("b")
    fresh = shop.cards.replace(made.card.id)
    shop.customers.forget(gone.card.customer_id)
    other = shop.cards.passing_code(made.card.id).digits
    forged = other[:10] + ("1" if other[10] != "1" else "2") + other[11:]
    for typed, code in (
        (made.code.digits, "revoked"),
        (gone.code.digits, "revoked"),
        (str(gone.card.id), "revoked"),
        (forged, "not_ours"),
        ("9999", "not_ours"),
        ("", "not_ours"),
        ("https://example.jp/", "not_ours"),
        ("1" * 5000, "not_ours"),
    ):
        for ask in (shop.cards.scan, shop.cards.find):
            with refused(code):
                ask(typed, till="1")
    for _nth in range(4):
        with pytest.raises(CardRefusedError):
            shop.cards.scan("9999", till="1")
    with refused("limit"):
        shop.cards.scan(fresh.code.digits, till="1")
    assert shop.cards.scan(fresh.code.digits, till="2").balance == 1
    clock.move(MINUTE)
    assert shop.cards.scan(fresh.code.digits, till="1").balance == 2
    for change in ("UPDATE card_entries SET points = 100", "DELETE FROM card_entries"):
        with pytest.raises(Exception, match="append-only"), shop.database.write() as session:
            session.execute(text(change))
    whole(shop)


def test_a_full_card_begins_anew_and_what_is_taken_back_takes_its_rewards(shop, clock, ten_stamps):
    made = shop.cards.walk_in("a")
    who, code = made.card.customer_id, made.code.digits
    reached = shop.cards.scan(code, visits=9).rewards
    assert [one.points for one in reached] == [5]
    assert reached[0].until - clock.now() > 30 * DAY
    full = shop.cards.scan(code, visits=7)
    assert ([one.points for one in full.rewards], full.balance, full.points) == ([10, 5], 6, 7)
    assert points(shop, who) == [("earn", 9), ("earn", 7), ("use", -10)]
    assert len(shop.coupons.held_by(who)) == 3
    assert shop.cards.totals().owed_yen == 300
    back = shop.cards.void(full.entry_id, "押しまちがい")
    assert (back.points, back.balance, back.missing) == (-7, 9, 0)
    assert [one.ticket_id for one in shop.coupons.held_by(who)] == [reached[0].ticket_id]
    assert shop.cards.reverse(full.entry_id, "もう一度").repeated
    assert shop.cards.card_of(who).balance == 9
    use = next(one for one in shop.cards.history(who) if one.kind == "use")
    with refused("invalid"):
        shop.cards.reverse(use.id, "x")
    full = shop.cards.scan(code)
    assert ([one.points for one in full.rewards], full.balance) == ([10], 0)
    ticket, somebody = full.rewards[0].ticket_id, shop.cards.walk_in("b").card.id
    with refused("needs_passing_code"):
        shop.cards.hand_over(code, ticket)
    with refused("not_ours"):
        shop.cards.hand_over(shop.cards.passing_code(somebody).digits, ticket)
    assert shop.cards.hand_over(shop.cards.passing_code(made.card.id).digits, ticket).proof == "passing"
    with refused("already_used"):
        shop.cards.hand_over(shop.cards.passing_code(made.card.id).digits, ticket)
    back = shop.cards.void(full.entry_id, "特典は使われた")
    assert (back.points, back.missing, back.balance) == (0, 1, 0)
    shop.coupons.close(ten_stamps.rewards[1].coupon_id)
    assert shop.cards.scan(code, visits=12).balance == 12
    with refused("invalid"):
        shop.cards.design.publish(ten_stamps)
    whole(shop)


def test_staff_take_back_their_own_for_ten_minutes_and_say_why(shop, clock):
    made = shop.cards.walk_in("a")
    done = shop.cards.scan(made.code.digits, visits=3)
    with refused("invalid"):
        shop.cards.void(done.entry_id, " ")
    with refused("not_found"):
        shop.cards.void(done.entry_id + 9, "x")
    with shop.staff.acting(Actor("さとう", "counter")), refused("too_late"):
        shop.cards.void(done.entry_id, "x")
    clock.move(11 * MINUTE)
    with refused("too_late"):
        shop.cards.void(done.entry_id, "x")
    assert shop.cards.reverse(done.entry_id, "鈴木さまの返品").balance == 0
    more = shop.cards.adjust(made.card.id, 5, "おわび")
    assert more.balance == 5
    with refused("limit"):
        shop.cards.adjust(made.card.id, -6, "x")
    assert shop.cards.adjust(made.card.id, -5, "x").balance == 0
    back = shop.cards.reverse(more.entry_id, "使われたあと")
    assert (back.points, back.missing) == (0, 5)
    assert {one.reason for one in shop.cards.history(made.card.customer_id)} >= {"鈴木さまの返品", "おわび"}
    shop.customers.forget(made.card.customer_id)
    with shop.database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM card_reasons")) == 0
        assert session.scalar(text("SELECT count(*) FROM card_entries")) == 5
    whole(shop)


def test_a_visit_is_counted_anew_with_another_amount_or_nothing_is_done(shop, clock, ten_stamps):
    hana = shop.cards.walk_in("花子").card
    rules = replace(ten_stamps, per_visit=0, per_yen=100, once_a_day=True, card_day_limit=8)
    shop.cards.design.publish(rules)
    first, nonce = shop.cards.scan(str(hana.id), yen=500, till="レジ 1"), str(uuid.uuid4())
    assert [one.points for one in first.rewards] == [5]
    before = shop.cards.visits(hana.customer_id)
    assert (before.total, before.today.id, before.today.till) == (1, first.entry_id, "レジ 1")
    with refused("limit"):
        shop.cards.recount(first.entry_id, 900, "金額のまちがい")
    assert shop.cards.get(hana.id).balance == 5
    shop.coupons.redeem_ticket(first.rewards[0].ticket_id, proof="static", till="レジ 1")
    done = shop.cards.recount(first.entry_id, 700, "金額のまちがい", till="レジ 1", nonce=nonce)
    again = shop.cards.recount(first.entry_id, 700, "金額のまちがい", till="レジ 1", nonce=nonce)
    assert (done.points, done.balance, done.rewards, again) == (7, 7, (), replace(done, repeated=True))
    after = shop.cards.visits(hana.customer_id)
    assert (after.total, after.today.id, after.today.yen) == (1, done.entry_id, 700)
    assert [one.kind for one in shop.cards.suspicions(clock.now() - DAY)] == []  # nothing was kept by it
    taken = shop.cards.void(first.entry_id, "もう一度")
    assert (taken.repeated, shop.cards.get(hana.id).balance) == (True, 7)
    with shop.staff.acting(Actor("さとう", "counter")), refused("too_late"):
        shop.cards.recount(done.entry_id, 600, "金額のまちがい")
    clock.move(11 * MINUTE)
    with refused("too_late"):
        shop.cards.recount(done.entry_id, 600, "金額のまちがい")
    whole(shop)


def test_what_a_day_allows(shop, clock):
    shop.cards.design.publish(Rules(once_a_day=True, per_yen=100, card_day_limit=12, staff_day_limit=20))
    one, other = shop.cards.walk_in("a"), shop.cards.walk_in("b")
    visit = shop.cards.scan(one.code.digits, till="2")
    with pytest.raises(CardRefusedError, match="14:32 at till 2") as error:
        shop.cards.scan(one.code.digits)
    assert error.value.code == "already_counted"
    assert shop.cards.scan(one.code.digits, visits=0, yen=1_199).points == 11
    with refused("limit"):
        shop.cards.scan(one.code.digits, visits=0, yen=100)
    with refused("limit"):
        shop.cards.scan(other.code.digits, yen=800)
    shop.cards.void(visit.entry_id, "まちがい")
    assert shop.cards.scan(one.code.digits).points == 1
    clock.move(10 * 60 * MINUTE)
    assert shop.cards.scan(one.code.digits).points == 1
    # A till that was away brings its scan of yesterday: it is counted as of then, and not twice.
    with refused("already_counted"):
        shop.cards.scan(one.code.digits, at=clock.now() - 11 * 60 * MINUTE)
    assert shop.cards.scan(other.code.digits, at=clock.now() - 11 * 60 * MINUTE).points == 1
    for never in (clock.now() + MINUTE, clock.now() - 15 * DAY):
        with refused("invalid"):
            shop.cards.scan(other.code.digits, at=never)
    whole(shop)


def test_ranks_earn_more_by_what_a_year_brought(shop, clock):
    ranks = (Rank(name="銀", least=10, percent=150), Rank(name="金", least=100, percent=300))
    shop.cards.design.publish(Rules(per_visit=0, per_yen=100, ranks=ranks))
    made = shop.cards.walk_in("a")
    assert [shop.cards.scan(made.code.digits, yen=1_000).points for _nth in range(2)] == [10, 15]
    assert shop.cards.get(made.card.id).rank == "銀"
    clock.move(366 * DAY)
    assert shop.cards.get(made.card.id).rank == ""
    assert shop.cards.scan(made.code.digits, yen=1_000).points == 10
    shop.cards.design.publish(Rules(rank_by="visits", ranks=(Rank(name="常連", least=1, percent=200),)))
    assert shop.cards.scan(made.code.digits).points == 2


def test_a_rank_is_worth_its_rate_on_a_stamp_card_and_what_is_taken_back_takes_its_part(shop, clock):
    gold = (Rank(name="ゴールド", least=0, percent=150),)
    shop.cards.design.publish(Rules(ranks=gold))
    keep, other = person(shop), person(shop, "例示 太郎")
    mine, theirs = shop.cards.issue(keep).card.id, shop.cards.issue(other).card.id

    def visits(card: int, count: int) -> list[int]:
        clock.move(MINUTE)
        return [shop.cards.scan(str(card)).points for _nth in range(count)]

    assert visits(mine, 6) == [1, 2, 1, 2, 1, 2]
    # The first of two that made up a point together is taken back: the half that is short is made up by the next half, by no visit.
    first = shop.cards.history(keep)[-1]
    shop.cards.reverse(first.id, "返品")
    assert (shop.cards.get(mine).balance, visits(mine, 3)) == (8, [1, 1, 2])
    # Halves of two cards make a point when these become one; parted, each has its own again, and a visit more than before.
    assert (visits(theirs, 1), visits(mine, 1)) == ([1], [1])
    merged = shop.customers.merges.make(keep, other)
    assert visits(mine, 1) == [2]
    shop.customers.merges.undo(merged.id)
    whole(shop)
    assert (visits(mine, 2), visits(theirs, 1)) == ([1, 2], [2])
    # Paid back in three parts, or taken back whole after one: nothing of the purchase is left, of its fraction neither.
    shop.cards.design.publish(Rules(per_visit=0, per_yen=100, ranks=gold))
    for parts in ((33, 33, 34), (50,)):
        entry = shop.cards.scan(str(theirs), visits=0, yen=100).entry_id
        for yen in parts:
            shop.cards.refund(entry, yen)
        shop.cards.reverse(entry, "返品")
    assert [shop.cards.scan(str(theirs), visits=0, yen=100).points for _nth in range(2)] == [1, 2]
    whole(shop)


def test_points_expire_after_the_last_visit_or_their_own_time(shop, clock):
    shop.cards.design.publish(Rules(expiry="visit", expiry_months=1, welcome=2))
    made = shop.cards.walk_in("a")
    clock.move(20 * DAY)
    shop.cards.scan(made.code.digits)
    clock.move(25 * DAY)
    expires_at = shop.cards.get(made.card.id).expires_at
    # New rules take nothing: what was earned keeps its expiry, the next visit counts by the new ones.
    preview = shop.cards.design.preview(Rules(expiry="earning", expiry_months=2))
    assert (preview.holders, preview.with_points, preview.dated, preview.full) == (1, 1, 1, 0)
    shop.cards.design.publish(Rules(expiry="earning", expiry_months=2))
    shop.cards.scan(made.code.digits, visits=4)
    assert shop.cards.get(made.card.id).expires_at == expires_at
    clock.move(8 * DAY)
    (ran,) = run_due(shop)
    assert (ran.kind, ran.rows, run_due(shop)) == ("cards", 1, [])
    assert points(shop, made.card.customer_id)[-1] == ("expire", -3)
    assert shop.cards.get(made.card.id).balance == 4
    clock.move(60 * DAY)
    assert shop.cards.scan(made.code.digits).balance == 1
    whole(shop)


def test_two_cards_become_one_and_part_again(shop, clock):
    shop.cards.design.publish(Rules(expiry="earning", expiry_months=1))
    keep, other = person(shop), person(shop, "例示 太郎")
    mine, theirs = shop.cards.issue(keep), shop.cards.issue(other)
    shop.cards.scan(theirs.code.digits, visits=5)
    clock.move(DAY)
    late = shop.cards.scan(theirs.code.digits, visits=2)
    clock.move(DAY)
    shop.cards.scan(mine.code.digits, visits=3)
    shop.settings.set("public_url", "https://shop.example.jp")
    page = shop.cards.pages.address(theirs.card.id).removeprefix("https://shop.example.jp/card/")
    passing = shop.cards.passing_code(theirs.card.id).digits
    merged = shop.customers.merges.make(keep, other)
    assert shop.cards.card_of(keep).balance == 10
    assert shop.cards.pages.show(page).card.id == mine.card.id
    assert shop.cards.use(passing, 6).card_id == mine.card.id  # 5 of the first visit, 1 of the second
    assert shop.cards.reverse(late.entry_id, "返品").points == -2
    whole(shop)
    shop.customers.merges.undo(merged.id)
    assert (shop.cards.card_of(keep).balance, shop.cards.card_of(other).balance) == (2, 0)
    whole(shop)
    with refused("not_found"):
        shop.cards.pages.show("0" * 32)
    # Where only one has a card it goes along, and back.
    lone = person(shop, "見本 一郎")
    merged = shop.customers.merges.make(lone, keep)
    assert shop.cards.scan(mine.code.digits).balance == 3
    assert shop.cards.card_of(lone).balance == 3
    shop.customers.merges.undo(merged.id)
    assert shop.cards.card_of(keep).balance == 3
    held = shop.customers.disclose(keep)
    assert held["cards"][0]["points"] == 3
    assert {one.kind for one in shop.customers.timeline(keep)} >= {"card", "merge"}


def test_what_was_paid_back_while_two_were_one_is_not_taken_back_again(shop, clock):
    shop.cards.design.publish(Rules(per_visit=0, per_yen=100))
    keep, other = person(shop), person(shop, "例示 太郎")
    theirs = shop.cards.issue(other).card.id
    shop.cards.issue(keep)
    bought = shop.cards.scan(shop.cards.passing_code(theirs).digits, visits=0, yen=1_000)
    merged = shop.customers.merges.make(keep, other)
    assert shop.cards.refund(bought.entry_id, 400).points == -4
    shop.customers.merges.undo(merged.id)
    clock.move(DAY)
    shop.cards.adjust(theirs, 5, "お詫び")
    assert shop.cards.refund(bought.entry_id, 100).points == -1
    back = shop.cards.reverse(bought.entry_id, "返品")
    assert (back.points, back.missing, shop.cards.get(theirs).balance) == (-5, 0, 5)
    whole(shop)


def test_an_import_taken_back_leaves_whoever_has_a_card(shop):
    when = shop.clock.now()
    with_card, without = person(shop), person(shop, "例示 太郎")
    shop.cards.issue(with_card)
    with shop.database.write() as session:
        assert undoing.remove_untouched(session, [with_card, without], when) == 1
    assert shop.cards.card_of(with_card).customer_id == with_card
    with pytest.raises(NotFoundError):
        shop.customers.get(without)


def test_the_sheet_for_the_day_when_nothing_works(shop, tmp_path):
    shop.cards.design.publish(Rules(expiry="visit", welcome=1))
    for name in ("いとう", "あべ", ""):
        shop.cards.walk_in(name)
    assert [(one.name, one.balance) for one in shop.cards.sheet()] == [("あべ", 1), ("いとう", 1), ("", 1)]
    assert (shop.cards.totals().holders, shop.cards.totals().points) == (3, 3)
    assert shop.exports.write("cards", tmp_path / "cards.csv").rows == 3
    assert "2027-11-22" in (tmp_path / "cards.csv").read_text("utf-8")


def test_a_card_of_ones_own_picture(shop):
    drawn = BytesIO()
    Image.new("RGB", (300, 300), "teal").save(drawn, "PNG")
    name = shop.cards.design.keep_picture(drawn.getvalue())
    shop.cards.design.publish(Rules(stamp="picture", picture=name))
    assert shop.cards.design.picture(name)[0] in {"image/png", "image/jpeg"}
    with refused("invalid"):
        shop.cards.design.publish(Rules(stamp="picture", picture="gone"))
    with refused("not_found"):
        shop.cards.design.publish(Rules(rewards=(Reward(points=1, coupon_id=99),)))
