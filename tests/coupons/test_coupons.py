"""Coupons: given, opened, used once, taken back, ended; on both databases."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from shopdesk.clock import FixedClock, SystemClock
from shopdesk.coupons import (
    AlreadyUsedError,
    BelowMinimumError,
    ClosedError,
    ExpiredError,
    LimitReachedError,
    NonceReusedError,
    NotOursError,
    NotPublishedError,
    NotWonError,
    NotYetError,
    Offer,
    PromisedError,
    TooLateError,
    WrongDayError,
    WrongHourError,
)
from shopdesk.customers.tables import CustomerRow
from shopdesk.errors import InvalidInputError, NotFoundError
from shopdesk.shop import Shop
from shopdesk.staff import Actor, NotAllowedError
from shopdesk.verify import verify
from tests.conftest import NOW
from tests.people import person

COFFEE = Offer("コーヒー 1 杯", "free_item")
YEN = Offer("500 円引き", "yen_off", 500, minimum_yen=1_000)
TILL = "レジ 2"


def published(shop: Shop, offer: Offer = COFFEE, **more) -> int:
    made = shop.coupons.create(replace(offer, **more)).id
    return shop.coupons.publish(made).id


def code(shop: Shop, coupon: int, customer: int | None = None) -> str:
    given = shop.coupons.issue(coupon, [customer or person(shop)])
    return given.tokens[0].code


def changed_at(shop: Shop, customer: int) -> datetime:
    with shop.database.read() as session:
        return session.get_one(CustomerRow, customer).changed_at


def sound(shop: Shop) -> None:
    assert [one for one in verify(shop) if not one.ok] == []


def test_one_is_given_opened_used_and_the_second_try_is_told_when_and_where(shop: Shop, clock: FixedClock):
    coupon = published(shop, YEN)
    hanako, taro = person(shop), person(shop, "例示 太郎")
    given = shop.coupons.issue(coupon, [hanako, taro, hanako])
    assert [one.customer_id for one in given.tokens] == [hanako, taro]
    first, second = (one.code for one in given.tokens)
    assert len(first) == 42
    held = shop.coupons.look(first)
    assert (held.standing, held.refusal, held.customer_id) == ("issued", ("", ""), hanako)
    shop.coupons.opened(first)
    shop.coupons.opened(first)
    assert shop.coupons.look(first).standing == "opened"
    with pytest.raises(BelowMinimumError, match="Enter the amount"):
        shop.coupons.redeem(first, till=TILL)
    with pytest.raises(BelowMinimumError, match="999"):
        shop.coupons.redeem(first, till=TILL, sale_yen=999)
    use = shop.coupons.redeem(f" {first[:20]} {first[20:]}\n", till=TILL, sale_yen=1_000)
    assert (use.till, use.staff, use.sale_yen, use.off_yen, use.again) == (TILL, "owner", 1_000, 500, False)
    clock.move(timedelta(minutes=3))
    with pytest.raises(AlreadyUsedError, match=f"14:32 at {TILL}") as refused:
        shop.coupons.redeem(first, till="レジ 1", sale_yen=1_000)
    assert refused.value.code == "already_used"
    clock.move(timedelta(days=1))
    with pytest.raises(AlreadyUsedError, match="2026/11/22 at 14:32"):
        shop.coupons.redeem(first, till="レジ 1", sale_yen=1_000)
    report = shop.coupons.report(coupon)
    assert (report.issued, report.opened, report.redeemed, report.sale_yen, report.off_yen) == (2, 1, 1, 1_000, 500)
    latest, earliest = shop.coupons.holders(coupon)
    assert (latest.name, latest.standing, latest.used_at) == ("例示 太郎", "issued", None)
    assert (earliest.standing, earliest.till, earliest.staff, earliest.off_yen) == ("used", TILL, "owner", 500)
    assert [one.ticket_id for one in shop.coupons.holders(coupon, after=latest.ticket_id)] == [earliest.ticket_id]
    assert [one.ticket_id for one in shop.coupons.held_by(taro)] == [latest.ticket_id]
    assert shop.coupons.held_by(hanako) == []
    assert shop.coupons.get(coupon).used == 1
    with pytest.raises(NotOursError):
        shop.coupons.look(second[:-1] + ("0" if second[-1] != "0" else "1"))
    sound(shop)


def test_a_nonce_is_answered_once_and_refused_for_anything_else(shop: Shop):
    coupon = published(shop)
    first, second = code(shop, coupon), code(shop, coupon)
    nonce = str(uuid.uuid4())
    use = shop.coupons.redeem(first, till=TILL, nonce=nonce, sale_yen=800)
    again = shop.coupons.redeem(first, till=TILL, nonce=nonce.upper(), sale_yen=800)
    assert again == replace(use, again=True)
    for scanned, till, yen in ((second, TILL, 800), (first, "レジ 1", 800), (first, TILL, 801)):
        with pytest.raises(NonceReusedError):
            shop.coupons.redeem(scanned, till=till, nonce=nonce, sale_yen=yen)
    with pytest.raises(InvalidInputError, match="UUID"):
        shop.coupons.redeem(second, till=TILL, nonce="1")
    assert shop.coupons.report(coupon).redeemed == 1
    sound(shop)


def test_a_use_is_taken_back_within_ten_minutes_with_a_reason(shop: Shop, clock: FixedClock):
    coupon = published(shop, most=1)
    scanned, other = code(shop, coupon), code(shop, coupon)
    use = shop.coupons.redeem(scanned, till=TILL)
    with pytest.raises(LimitReachedError, match="in all"):
        shop.coupons.redeem(other, till=TILL)
    with pytest.raises(InvalidInputError, match="why"):
        shop.coupons.undo(use.id, why=" ", till=TILL)
    clock.move(timedelta(minutes=10))
    undone = shop.coupons.undo(use.id, why="打ち間違い", till="レジ 1")
    assert undone.undone_at == clock.now()
    assert shop.coupons.undo(use.id, why="もう一度", till="レジ 1").again
    assert shop.coupons.report(coupon).redeemed == 0
    second = shop.coupons.redeem(scanned, till=TILL)
    clock.move(timedelta(minutes=10, seconds=1))
    with pytest.raises(TooLateError):
        shop.coupons.undo(second.id, why="遅い", till=TILL)
    with pytest.raises(NotFoundError):
        shop.coupons.undo(999, why="x", till=TILL)
    sound(shop)


def test_an_owner_or_a_manager_takes_any_use_back_and_whose_it_is_stays_when_the_import_goes(
    shop: Shop, clock: FixedClock
):
    coupon = published(shop, most=1)
    mika = Actor("Mika", "manager", 2)
    hana = person(shop)
    shop.coupons.issue(coupon, [hana])
    ticket, before = shop.coupons.held_by(hana)[0].ticket_id, changed_at(shop, hana)
    use = shop.coupons.redeem_ticket(ticket, proof="static", till=TILL)
    assert changed_at(shop, hana) > before
    clock.move(timedelta(days=40))
    with shop.staff.acting(Actor("Ryo", "counter", 3)), pytest.raises(NotAllowedError):
        shop.coupons.reverse(use.id, why="お返し", till=TILL)
    (holder,) = shop.coupons.holders(coupon)
    assert (holder.use_id, holder.standing) == (use.id, "used")
    with shop.staff.acting(mika):
        with pytest.raises(InvalidInputError):
            shop.coupons.reverse(use.id, why=" ")
        assert not shop.coupons.reverse(use.id, why="お返し").again
        assert shop.coupons.reverse(use.id, why="お返し").again
    (holder,) = shop.coupons.holders(coupon)
    assert (holder.use_id, holder.standing) == (None, "issued")
    assert shop.coupons.get(coupon).used == 0
    last = shop.staff.entries(1)[0]
    assert (last.actor, last.action, last.object) == ("Mika", "undo", "coupon")
    sound(shop)


# 22 November 2026, 14:32, is a Sunday.
@pytest.mark.parametrize(
    ("offer", "after", "refused"),
    [
        ({"starts": NOW + timedelta(hours=1)}, timedelta(), NotYetError),
        ({"starts": NOW + timedelta(hours=1)}, timedelta(hours=1), None),
        ({"ends": NOW + timedelta(hours=1)}, timedelta(hours=1, seconds=-1), None),
        ({"ends": NOW + timedelta(hours=1)}, timedelta(hours=1), ExpiredError),
        ({"lasts_days": 2}, timedelta(days=2), ExpiredError),
        ({"lasts_days": 2, "ends": NOW + timedelta(days=1)}, timedelta(days=1), ExpiredError),
        ({"weekdays": (0, 1)}, timedelta(), WrongDayError),
        ({"weekdays": (0, 1)}, timedelta(days=1), None),
        ({"opens": time(15), "closes": time(18)}, timedelta(), WrongHourError),
        ({"opens": time(15), "closes": time(18)}, timedelta(minutes=28), None),
        ({"opens": time(15), "closes": time(18)}, timedelta(hours=3, minutes=28), WrongHourError),
        # Past midnight it is still the evening of Sunday.
        ({"opens": time(22), "closes": time(2), "weekdays": (6,)}, timedelta(hours=10), None),
        ({"opens": time(22), "closes": time(2), "weekdays": (0,)}, timedelta(hours=10), WrongDayError),
        ({"opens": time(22), "closes": time(2)}, timedelta(hours=12), WrongHourError),
    ],
)
def test_its_time(sqlite_shop: Shop, clock: FixedClock, offer, after, refused):
    scanned = code(sqlite_shop, published(sqlite_shop, **offer))
    clock.move(after)
    if refused is None:
        assert sqlite_shop.coupons.look(scanned).refusal == ("", "")
        sqlite_shop.coupons.redeem(scanned, till=TILL)
        return
    assert sqlite_shop.coupons.look(scanned).refusal[0] == refused.code
    with pytest.raises(refused):
        sqlite_shop.coupons.redeem(scanned, till=TILL)


def test_what_is_not_published_or_is_ended_is_neither_given_nor_taken(shop: Shop, clock: FixedClock):
    draft = shop.coupons.create(replace(COFFEE, ends=NOW + timedelta(days=1))).id
    with pytest.raises(NotPublishedError):
        shop.coupons.issue(draft, [person(shop)])
    shop.coupons.publish(draft)
    with pytest.raises(NotFoundError, match="999"):
        shop.coupons.issue(draft, [999])
    scanned = code(shop, draft)
    clock.move(timedelta(days=1))
    with pytest.raises(ExpiredError):
        shop.coupons.issue(draft, [person(shop)])
    report = shop.coupons.report(draft)
    assert (report.issued, report.expired) == (1, 1)
    shop.coupons.change(draft, replace(COFFEE, ends=None))
    assert shop.coupons.report(draft).expired == 0
    assert shop.coupons.close(draft).state == "closed"
    with pytest.raises(ClosedError):
        shop.coupons.redeem(scanned, till=TILL)
    with pytest.raises(ClosedError):
        shop.coupons.publish(draft)
    with pytest.raises(ClosedError):
        shop.coupons.change(draft, COFFEE)


def test_a_person_gets_as_many_as_one_may_and_rewards_are_not_counted(shop: Shop):
    coupon, hanako = published(shop, per_person=2), person(shop)
    codes = [code(shop, coupon, hanako) for _ in range(2)]
    assert shop.coupons.issue(coupon, [hanako]).left_out == 1
    for one in codes:
        shop.coupons.redeem(one, till=TILL)
    with shop.database.write() as session:
        earned = shop.coupons.grant(session, coupon, hanako, until=NOW + timedelta(days=7))
    assert shop.coupons.held_by(hanako)[0].until == NOW + timedelta(days=7)
    assert shop.coupons.redeem_ticket(earned.ticket_id, proof="passing", till=TILL).proof == "passing"
    assert shop.coupons.report(coupon).redeemed == 3
    sound(shop)


def test_a_merged_person_does_not_use_what_one_may_not(shop: Shop):
    coupon, hanako, other = published(shop), person(shop), person(shop, "見本 花")
    first, second = code(shop, coupon, hanako), code(shop, coupon, other)
    shop.coupons.redeem(second, till=TILL)
    merge = shop.customers.merges.make(hanako, other)
    with pytest.raises(LimitReachedError, match="one person"):
        shop.coupons.redeem(first, till=TILL)
    assert [one.title for one in shop.customers.timeline(hanako)].count("Coupon given") == 2
    shop.customers.merges.undo(merge.id)
    shop.coupons.redeem(first, till=TILL)
    told = shop.customers.disclose(other)
    assert [one["coupon"] for one in told["coupon_uses"]] == [COFFEE.name]
    assert [one.id for one in shop.customers.search(first)] == [hanako]
    shop.customers.forget(hanako)
    with pytest.raises(NotOursError):
        shop.coupons.look(first)
    assert shop.coupons.report(coupon).redeemed == 2
    sound(shop)


def test_by_link_and_at_an_event(shop: Shop):
    coupon, hanako = published(shop, by_link=True, event="follow"), person(shop)
    newcomer = person(shop)
    key = shop.coupons.get(coupon).page_key
    assert (shop.coupons.on_page(key).coupon.id, shop.coupons.on_page(key).gone) == (coupon, "")
    mine = shop.coupons.claim(key, hanako)
    again = shop.coupons.claim(key, hanako)
    assert (again.ticket_id, again.code != mine.code) == (mine.ticket_id, True)
    assert shop.coupons.claim(key).customer_id is None
    with shop.database.write() as session:
        assert shop.coupons.at_event(session, "follow", hanako) == []
        assert len(shop.coupons.at_event(session, "follow", newcomer)) == 1
        assert shop.coupons.at_event(session, "birthday", hanako) == []
    shop.coupons.redeem(mine.code, till=TILL)
    with pytest.raises(AlreadyUsedError):
        shop.coupons.redeem(again.code, till=TILL)
    with pytest.raises(LimitReachedError):
        shop.coupons.claim(key, hanako)
    with pytest.raises(NotFoundError):
        shop.coupons.code_again(mine.ticket_id)
    shop.coupons.change(coupon, replace(COFFEE, by_link=False))
    for ask in (shop.coupons.claim, shop.coupons.on_page):
        with pytest.raises(NotOursError):
            ask(key)


def test_what_is_used_up_is_given_at_no_event_and_a_till_finds_its_uses_however_its_name_was_typed(sqlite_shop: Shop):
    coupons, hanako, newcomer = sqlite_shop.coupons, person(sqlite_shop), person(sqlite_shop)
    coupon = published(sqlite_shop, event="follow", most=1)
    use = coupons.redeem(code(sqlite_shop, coupon, hanako), till="レジ　２")
    with sqlite_shop.database.write() as session:
        assert coupons.at_event(session, "follow", newcomer) == []
    assert [one.id for one in coupons.uses_at("レジ　２", NOW)] == [use.id]


def test_a_lottery_is_drawn_once_and_kept(sqlite_shop: Shop):
    shop = sqlite_shop
    coupon = published(shop, odds=50, per_person=None)
    people = [person(shop) for _ in range(40)]
    tokens = shop.coupons.issue(coupon, people).tokens
    assert shop.coupons.issue(coupon, people).left_out == 40
    # Nobody is told before it is drawn: half of them on their phones, the others by wanting to use it.
    told = {(held.standing, held.refusal) for held in (shop.coupons.look(one.code) for one in tokens)}
    assert (told, [len(shop.coupons.held_by(one)) for one in people]) == ({("issued", ("", ""))}, [1] * 40)
    assert (shop.coupons.report(coupon).lost, {one.standing for one in shop.coupons.holders(coupon)}) == (0, {"issued"})
    for one in tokens[:20]:
        shop.coupons.opened(one.code)
    lost = {one.code for one in tokens[:20] if shop.coupons.look(one.code).standing == "lost"}
    for one in tokens:
        try:
            shop.coupons.redeem(one.code, till=TILL)
            assert one.code not in lost
        except NotWonError:
            lost.add(one.code)
            assert shop.coupons.look(one.code).refusal[0] == "not_won"
    assert 0 < len(lost) < 40
    assert sum(len(shop.coupons.held_by(one)) for one in people) == 0
    report = shop.coupons.report(coupon)
    assert (report.lost, report.redeemed) == (len(lost), 40 - len(lost))


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"value": 300}, "value"),
        ({"minimum_yen": 1_001}, "least purchase"),
        ({"ends": NOW + timedelta(days=9)}, "end"),
        ({"most": 99}, "limit in all"),
        ({"per_person": 1}, "limit for one person"),
        ({"weekdays": (0, 1)}, "days of the week"),
        ({"starts": NOW + timedelta(days=1)}, "begin"),
        ({"opens": time(10), "closes": time(12)}, "hours"),
        ({"terms": "他の券と併用できません"}, "terms"),
        ({"odds": 10}, "odds"),
    ],
)
def test_what_people_hold_is_not_made_worse(sqlite_shop: Shop, more, field):
    held = replace(
        YEN,
        ends=NOW + timedelta(days=10),
        per_person=2,
        most=100,
        weekdays=(0, 1, 2),
        starts=NOW,
        opens=time(9),
        closes=time(18),
    )
    coupon = published(sqlite_shop, held)
    with pytest.raises(PromisedError, match=field):
        sqlite_shop.coupons.change(coupon, replace(held, **more))
    kinder = replace(
        held,
        name="新しい名前",
        ends=None,
        per_person=3,
        most=200,
        weekdays=(),
        starts=None,
        opens=None,
        closes=None,
        minimum_yen=0,
    )
    assert sqlite_shop.coupons.change(coupon, kinder).offer == kinder
    two = published(sqlite_shop, name="コーヒー2杯")
    with pytest.raises(PromisedError, match="name"):  # of a thing, the name is the promise
        sqlite_shop.coupons.change(two, replace(COFFEE, name="コーヒー半杯"))
    assert sqlite_shop.coupons.change(two, replace(COFFEE, name="コーヒー ２ 杯")).offer.name == "コーヒー 2 杯"


@pytest.mark.parametrize(
    "more",
    [
        {"name": " "},
        {"kind": "cash"},
        {"value": None},
        {"value": 0},
        {"kind": "percent_off", "value": 100},
        {"kind": "gift"},
        {"starts": NOW, "ends": NOW},
        {"opens": time(10)},
        {"opens": time(10), "closes": time(10)},
        {"odds": 100},
        {"per_person": 0},
        {"most": 0},
        {"weekdays": (7,)},
        {"event": "wedding"},
    ],
)
def test_what_cannot_be(sqlite_shop: Shop, more):
    with pytest.raises(InvalidInputError):
        sqlite_shop.coupons.create(replace(YEN, **more))
    assert sqlite_shop.coupons.list() == []


class AheadClock(SystemClock):
    """A computer whose clock is ten minutes ahead."""

    def now(self):
        return super().now() + timedelta(minutes=10)


def test_where_tills_share_a_database_its_clock_decides(make_shop, fresh_postgresql, monkeypatch):
    ends = SystemClock().now() + timedelta(minutes=5)
    shared = make_shop(url=fresh_postgresql, clock=AheadClock())
    scanned = code(shared, published(shared, ends=ends))
    assert shared.coupons.redeem(scanned, till=TILL).at < ends
    monkeypatch.delenv("SHOPDESK_DATABASE_URL")
    alone = make_shop("alone", clock=AheadClock())
    with pytest.raises(ExpiredError):
        code(alone, published(alone, ends=ends))
