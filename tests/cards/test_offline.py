"""A till that loses PostgreSQL: it notes visits, uses nothing, and counts each visit once when the data is back (M4)."""

from __future__ import annotations

import shutil
import uuid
from collections import Counter
from datetime import timedelta
from random import Random

import pytest

from shopdesk import scancodes
from shopdesk.cards import CardRefusedError, Replayed, Reward, Rules
from shopdesk.cards.refusals import NonceReusedError, TooLateError
from shopdesk.cards.tables import CardRow
from shopdesk.clock import SystemClock
from shopdesk.coupons import Offer
from shopdesk.database import OfflineError
from shopdesk.due import run_due
from shopdesk.errors import InvalidInputError, NotFoundError, ShopDeskError
from shopdesk.journal import Journal
from shopdesk.staff import Actor, NotAllowedError
from shopdesk.verify import verify
from tests.links import Link


@pytest.fixture
def link(fresh_postgresql):
    made = Link(fresh_postgresql)
    yield made
    made.close()


@pytest.fixture
def till(make_shop, link):
    """A till whose line to the data can be cut."""
    return make_shop("till", link.url)


@pytest.fixture
def office(make_shop, fresh_postgresql):
    """The owner's computer, which keeps its line."""
    return make_shop("office", fresh_postgresql)


@pytest.mark.parametrize("scans", [60, pytest.param(1_000, marks=pytest.mark.full)])
def test_visits_noted_without_the_data_are_counted_once_each_however_often_it_is_tried(till, link, clock, scans):
    cards, random, tally = [till.cards.walk_in(f"見本 {number}") for number in range(12)], Random(4), Counter()
    begun, offline = clock.now(), till.cards.offline
    link.down()
    for number in range(scans):
        one, visits, nonce = random.choice(cards), random.randint(1, 3), str(uuid.uuid4())
        typed = one.code.digits if number % 2 else f"No. {scancodes.printed_number(one.card.id)}"
        for _enter in range(1 + (number % 7 == 0)):
            offline.note(typed, visits=visits, till="レジ 2", nonce=nonce)
        tally[one.card.id] += visits
        clock.move(timedelta(minutes=2))
    with pytest.raises(OfflineError):
        offline.replay()
    assert offline.waiting() == scans
    kept = till.home.path / "kept"
    shutil.copyfile(till.home.journal, kept)
    shutil.copyfile(f"{till.home.journal}-wal", f"{kept}-wal")

    link.up((scans * 3, "after"))  # it is lost once more, in the middle
    with pytest.raises(OfflineError):
        offline.replay()
    assert 0 < (left := offline.waiting()) < scans
    link.up()
    assert [one.rows for one in run_due(till) if one.kind == "visits"] == [left]
    for again in range(2):
        assert {one.card.id: till.cards.get(one.card.id).balance for one in cards} == {**tally}
        offline.close()
        till.home.journal.unlink()
        shutil.copyfile(kept, till.home.journal)
        shutil.copyfile(f"{kept}-wal", f"{till.home.journal}-wal")
        assert offline.replay() == Replayed(scans, 0), again
    entries = till.cards.history(cards[0].card.customer_id)
    assert {one.till for one in entries} == {"レジ 2"}
    assert all(begun <= one.at < clock.now() for one in entries)
    assert [one for one in verify(till) if not one.ok] == []


def test_nothing_is_used_that_cannot_be_checked(till, office, link):
    made = office.cards.walk_in("a")
    office.cards.scan(made.code.digits, visits=5)
    code = office.cards.passing_code(made.card.id).digits
    till.cards.find(code)
    link.down()
    for use in (
        lambda: till.cards.use(code, 5),
        lambda: till.cards.hand_over(code, 1),
        lambda: till.coupons.redeem(scancodes.new("coupon").digits, till="2"),
    ):
        with pytest.raises(OfflineError, match="nothing can be used just now") as refused:
            use()
        assert refused.value.code == "offline"
    with pytest.raises(OfflineError):
        till.database.changed_elsewhere()
    link.up()
    assert till.cards.use(code, 5).balance == 0
    assert till.database.changed_elsewhere()  # what happened meanwhile is not known
    assert not till.database.changed_elsewhere()


def test_a_lost_answer_is_noted_under_the_same_nonce_and_counts_once(till, link):
    made, nonce = till.cards.walk_in("a"), str(uuid.uuid4())
    asked = {"visits": 2, "yen": 1_200, "till": "2", "nonce": nonce}
    till.cards.find("1")
    at, lost = 0, True
    while lost:  # at the next statement, until none is left
        at, lost = at + 1, False
        link.up((at, "after"))
        try:
            till.cards.scan(made.code.digits, **asked)
        except OfflineError:
            lost = True
            till.cards.offline.note(f"  {made.code.digits}\r", **asked)
        link.up()
        assert till.cards.offline.replay() == Replayed(int(lost), 0)
        assert till.cards.get(made.card.id).balance == 2
    assert at > 3
    with pytest.raises(ShopDeskError, match="something else"):
        till.cards.scan(made.code.digits, **asked | {"visits": 3})


def test_what_is_refused_afterwards_waits_for_the_owner(till, office, link, clock):
    office.cards.design.publish(Rules(once_a_day=True))
    good, gone = office.cards.walk_in("a"), office.cards.walk_in("b")
    till.cards.find("1")
    link.down()
    ryo = Actor("Ryo", "counter", 3)
    with till.staff.acting(ryo):
        numbers = [scancodes.printed_number(one) for one in (good.card.id, 999_999, *([777_777] * 25))]
        for typed in (good.code.digits, gone.code.digits, *numbers):
            till.cards.offline.note(typed, till="2")
    misread = scancodes.printed_number(good.card.id)[::-1].replace("-", "")
    for typed, code in {
        "x": "not_ours",
        scancodes.new("coupon").digits: "not_ours",
        good.code.digits[:-1]: "not_ours",
        str(good.card.id): "needs_card_number",
        "0001": "needs_card_number",  # the end of a phone number
        "09012345678": "needs_card_number",
        "No. 00001": "needs_card_number",
        misread: "needs_card_number",
    }.items():
        with pytest.raises(CardRefusedError) as refused:
            till.cards.offline.note(typed, till="2")
        assert refused.value.code == code, typed
    with pytest.raises(InvalidInputError):
        till.cards.offline.note(good.code.digits, visits=0)
    office.cards.replace(gone.card.id)
    clock.move(timedelta(days=1))
    link.up()
    assert till.cards.offline.replay() == Replayed(1, 28)
    assert till.cards.scan(good.code.digits, till="2").points == 1  # nobody waits for what was noted
    found = office.cards.uncounted.list()
    assert Counter(one.code for one in found) == {"already_counted": 1, "revoked": 1, "not_ours": 26}
    assert {one.card_number for one in found} == {good.card.id, gone.card.id, 999_999, 777_777}
    assert {(one.actor, one.till, one.visits) for one in found} == {("Ryo", "2", 1)}
    office.cards.uncounted.settle([found[0].nonce])
    with pytest.raises(NotFoundError):
        office.cards.uncounted.settle([found[0].nonce])
    assert len(office.cards.uncounted.list()) == len(found) - 1


class Late(SystemClock):
    """A computer's clock that is ten minutes late."""

    def now(self):
        return super().now() - timedelta(minutes=10)


def test_a_passing_code_is_judged_by_when_it_was_shown_and_one_that_does_not_hold_is_told(make_shop, link):
    till = make_shop("till", link.url, clock=Late())
    made = till.cards.walk_in("a")
    code = till.cards.passing_code(made.card.id).digits
    old = scancodes.passing(made.card.id, bytes(32), 1).digits
    link.down()
    for typed in (code, code, old):
        till.cards.offline.note(typed, till="2")
    link.up()
    assert till.cards.offline.replay() == Replayed(1, 2)
    assert {one.code for one in till.cards.uncounted.list()} == {
        "not_ours",
        "already_counted",
    }  # at one moment: in no order
    entry = till.cards.history(made.card.customer_id)[0]
    assert entry.proof == "passing"


def test_a_visit_that_could_not_be_counted_is_given_to_whoever_it_was_once(shop, clock):
    shop.cards.design.publish(Rules(per_visit=2))
    hana, nobody = shop.cards.walk_in("花子").card, scancodes.printed_number(4_711)
    ryo, mika = Actor("Ryo", "counter", 3), Actor("Mika", "manager", 2)
    with shop.staff.acting(ryo):
        for visits in (1, 3, 1):
            shop.cards.offline.note(nobody, visits=visits, till="2")
            clock.move(timedelta(minutes=1))
    assert shop.cards.offline.replay() == Replayed(0, 3)
    last, three, first = shop.cards.uncounted.list()
    with shop.staff.acting(ryo), pytest.raises(NotAllowedError):
        shop.cards.uncounted.count_for(three.nonce, hana.id, "花子さんでした")
    with shop.staff.acting(mika):
        for wrong, reason, error in ((three, " ", InvalidInputError), (three, "x", NotFoundError)):
            with pytest.raises(error):
                shop.cards.uncounted.count_for(wrong.nonce, hana.id if reason == " " else 999, reason)
        assert shop.cards.uncounted.count() == 3  # with the points it stays undone
        done = shop.cards.uncounted.count_for(three.nonce, hana.id, "花子さんでした")
        assert (done.points, done.balance) == (6, 6)
        with pytest.raises(NotFoundError, match="not on the list"):
            shop.cards.uncounted.count_for(three.nonce, hana.id, "もう一度")
        assert shop.cards.uncounted.settle([first.nonce, last.nonce, three.nonce]) == 2
        shop.cards.uncounted.put_back([last.nonce])
    assert [one.nonce for one in shop.cards.uncounted.list()] == [last.nonce]
    entry = shop.cards.history(hana.customer_id)[0]
    assert (entry.kind, entry.points, entry.actor, entry.reason) == ("adjust", 6, "Mika", "花子さんでした")
    assert shop.cards.offline.replay() == Replayed(0, 0)
    assert [one for one in verify(shop) if not one.ok] == []


def taken_back_meanwhile(shop):
    """Note a visit, and take it back in the moment when it has been counted and is still in the journal."""
    made, nonce = shop.cards.walk_in("花子"), str(uuid.uuid4())
    offline = shop.cards.offline
    offline.note(made.code.digits, visits=10, till="2", nonce=nonce)
    stop = shop.changes.listen(lambda _topics: offline.take_back(nonce, "2 回", till="2"))
    offline.replay()
    stop()
    offline.replay()
    return shop.cards.get(made.card.id).balance


def test_a_noted_visit_is_taken_back_for_ten_minutes_at_its_till_and_brings_nothing(till, office, link, clock):
    sweet = office.coupons.publish(office.coupons.create(Offer("焼き菓子", "free_item", per_person=None)).id).id
    office.cards.design.publish(Rules(goal=5, rewards=(Reward(points=5, coupon_id=sweet),), once_a_day=True))
    made, offline, ryo = office.cards.walk_in("花子"), till.cards.offline, Actor("Ryo", "counter", 3)
    till.cards.find("1")
    begun = clock.now()
    link.down()
    nonces = [str(uuid.uuid4()) for _ in range(4)]
    old, wrong, nobody, right = nonces
    offline.note("No. " + scancodes.printed_number(424_242), till="2", nonce=old)
    clock.move(timedelta(minutes=11))
    code = scancodes.passing(made.card.id, _secret(office, made.card.id), scancodes.slot_at(clock.now().timestamp()))
    offline.note(code.digits, visits=5, till="2", nonce=wrong)
    offline.note("No. " + scancodes.printed_number(777_777), till="2", nonce=nobody)
    for nonce, reason, at, error in (
        (old, "x", "2", TooLateError),
        (wrong, "x", "3", TooLateError),
        (wrong, " ", "2", InvalidInputError),
        (str(uuid.uuid4()), "x", "2", TooLateError),
    ):
        with pytest.raises(error):
            offline.take_back(nonce, reason, till=at)
    with till.staff.acting(ryo):
        for nonce in (wrong, nobody, wrong):
            offline.take_back(nonce, "回数ちがい", till="2")
    with pytest.raises(NonceReusedError):
        offline.note(code.digits, visits=5, till="2", nonce=wrong)
    offline.note(code.digits, visits=1, till="2", nonce=right)  # the same code on the phone, a moment later
    assert [(one.nonce, one.taken_back) for one in offline.noted("2", begun)] == [
        (right, False),
        (nobody, True),
        (wrong, True),
        (old, False),
    ]
    assert (offline.waiting(), offline.noted("3", begun)) == (2, [])
    link.up()
    assert offline.replay() == Replayed(1, 1)
    assert (offline.noted("2", begun), office.cards.get(made.card.id).balance) == ([], 1)
    entries = office.cards.history(made.card.customer_id)[::-1]
    assert [(one.kind, one.points, one.reversed) for one in entries if one.kind == "earn"] == [
        ("earn", 5, True),
        ("earn", 1, False),
    ]
    assert [(one.actor, one.reason) for one in entries if one.kind == "reverse" and one.reason] == [
        ("Ryo", "回数ちがい")
    ]
    assert office.coupons.held_by(made.card.customer_id) == []
    assert [one.card_number for one in office.cards.uncounted.list()] == [424_242]
    assert [one for one in verify(till) if not one.ok] == []


def test_a_visit_taken_back_stays_so_wherever_its_counting_is_cut_off(till, office, link, clock):
    made, offline = office.cards.walk_in("花子"), till.cards.offline
    till.cards.find("1")
    at, rounds, lost = -2, 0, True
    while lost:  # at every third statement, until none is left
        at, rounds, lost = at + 3, rounds + 1, False
        asked = {"visits": 2, "till": "2", "nonce": str(uuid.uuid4())}
        if rounds % 3 == 0:
            office.cards.scan(made.code.digits, **asked)  # its answer was lost: it has been counted
        offline.note(made.code.digits, **asked)
        offline.take_back(asked["nonce"], "回数ちがい", till="2")
        link.up((at, "after" if at % 2 else "before"))
        try:
            offline.replay()
        except OfflineError:
            lost = True
        link.up()
        offline.replay()
        assert (offline.noted("2", clock.now()), office.cards.get(made.card.id).balance) == ([], 0), at
    assert at > 10
    assert len(office.cards.history(made.card.customer_id)) == 2 * rounds
    assert [one for one in verify(till) if not one.ok] == []


def test_a_visit_that_is_counted_while_it_is_taken_back_is_taken_back(sqlite_shop, monkeypatch):
    assert taken_back_meanwhile(sqlite_shop) == 0
    unguarded = lambda self, note: self._open().execute("DELETE FROM notes WHERE nonce = ?", (note.nonce,))  # noqa: E731
    monkeypatch.setattr(Journal, "done", unguarded)
    assert taken_back_meanwhile(sqlite_shop) == 10  # the control: without the guard it stays


def _secret(shop, card_id):
    with shop.database.read() as session:
        return session.get(CardRow, card_id).secret
