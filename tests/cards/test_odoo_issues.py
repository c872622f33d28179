"""What went wrong with loyalty cards elsewhere, each by the number of its report, cannot happen here."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from shopdesk.cards import Rules
from shopdesk.coupons import AlreadyUsedError
from shopdesk.verify import verify
from tests.people import person

DAY = timedelta(days=1)


@pytest.fixture
def by_yen(shop):
    """A card with a point for each 100 yen, which live two months."""
    shop.cards.design.publish(Rules(per_visit=0, per_yen=100, expiry="earning", expiry_months=2))
    return shop.cards.issue(person(shop))


def balance(shop, issued) -> int:
    assert [one for one in verify(shop) if not one.ok] == []
    return shop.cards.get(issued.card.id).balance


def test_odoo_213831_and_245874_a_scanned_card_finds_its_customer_whoever_else_is_there(shop):
    """The code of a card was “invalid”, or found only people whom the till had loaded before."""
    first = shop.cards.issue(person(shop, phone="+819000001111"))
    for _nth in range(2):
        shop.cards.issue(person(shop, phone="+818000001111"))
    for typed in (first.code.digits, shop.cards.passing_code(first.card.id).digits):
        assert [one.customer_id for one in shop.cards.find(typed)] == [first.card.customer_id]
    shop.cards.scan(first.code.digits)
    found = shop.cards.find("1111")
    assert (found[0].id, len(found)) == (first.card.id, 3)


def test_odoo_270532_and_oca_pos_185_a_till_that_was_offline_counts_once_however_often_it_retries(shop, clock):
    """Each retry of an order that was made offline doubled its points."""
    made = shop.cards.walk_in("a")
    journal = [(str(uuid.uuid4()), clock.now() + n * timedelta(minutes=1)) for n in range(3)]
    clock.move(DAY)
    for _retry in range(3):
        for nonce, at in journal:
            shop.cards.scan(made.code.digits, nonce=nonce, at=at, till="2")
    assert balance(shop, made) == 3
    assert [one.at for one in shop.cards.history(made.card.customer_id)[::-1]] == [at for _nonce, at in journal]


def test_odoo_257854_and_238806_a_refund_takes_its_points_back_once(shop, by_yen):
    """Bought, refunded, and the points stayed: free points for whoever repeats that."""
    bought = shop.cards.scan(by_yen.code.digits, yen=1_000)
    back = shop.cards.reverse(bought.entry_id, "返金")
    assert (back.points, balance(shop, by_yen)) == (-10, 0)
    shop.cards.scan(by_yen.code.digits, yen=500)
    assert shop.cards.reverse(bought.entry_id, "返金").repeated
    assert shop.cards.refund(bought.entry_id, 100).repeated
    with pytest.raises(Exception, match="follows from another"):
        shop.cards.reverse(back.entry_id, "返金の返金")
    assert balance(shop, by_yen) == 5


def test_odoo_212922_a_refund_of_what_points_paid_gives_them_back_and_takes_none_again(shop, by_yen):
    """The points that had paid for a purchase were taken a second time when it was refunded."""
    shop.cards.scan(by_yen.code.digits, yen=1_000)
    used = shop.cards.use(shop.cards.passing_code(by_yen.card.id).digits, 8)
    assert balance(shop, by_yen) == 2
    assert shop.cards.reverse(used.entry_id, "返品").points == 8
    assert shop.cards.reverse(used.entry_id, "返品").repeated
    assert balance(shop, by_yen) == 10


def test_odoo_221928_refunds_in_parts_take_every_point_once_and_no_more(shop, by_yen):
    """A refund in part took points for the whole, or for what was not refunded."""
    shop.cards.scan(by_yen.code.digits, yen=300)
    bought = shop.cards.scan(by_yen.code.digits, yen=1_050)
    taken = [shop.cards.refund(bought.entry_id, yen).points for yen in (333, 333, 384)]
    assert (sum(taken), balance(shop, by_yen)) == (-10, 3)
    with pytest.raises(Exception, match="0 yen can be paid back"):
        shop.cards.refund(bought.entry_id, 1)
    assert (shop.cards.reverse(bought.entry_id, "x").points, balance(shop, by_yen)) == (0, 3)


def test_odoo_206048_what_expires_first_is_used_first(shop, clock, by_yen):
    """Points expired that should have been used before others: here the later ones are the first to expire."""
    shop.cards.scan(by_yen.code.digits, yen=500)
    shop.cards.design.publish(Rules(per_visit=0, per_yen=100, expiry="earning", expiry_months=1))
    shop.cards.scan(by_yen.code.digits, yen=500)
    shop.cards.use(shop.cards.passing_code(by_yen.card.id).digits, 5)
    clock.move(45 * DAY)
    assert (shop.cards.expire_due(), balance(shop, by_yen)) == (0, 5)
    clock.move(30 * DAY)
    assert (shop.cards.expire_due(), balance(shop, by_yen)) == (1, 0)


def test_odoo_62767_and_posnext_194_a_reward_is_used_once_and_not_opened_again(shop, ten_stamps):
    """A one-time coupon worked twice, or again after the order it came from was cancelled."""
    made = shop.cards.walk_in("a")
    full = shop.cards.scan(made.code.digits, visits=10)
    half, whole = full.rewards
    shop.coupons.redeem_ticket(whole.ticket_id, proof="passing", till="1")
    for _nth in range(2):
        with pytest.raises(AlreadyUsedError):
            shop.coupons.redeem_ticket(whole.ticket_id, proof="passing", till="2")
        assert shop.cards.reverse(full.entry_id, "x").missing in {0, 10}
    with pytest.raises(Exception, match=r"(?i)expired|ended|over"):
        shop.coupons.redeem_ticket(half.ticket_id, proof="passing", till="2")
    assert balance(shop, made) == 0
