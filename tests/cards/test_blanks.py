"""Cards that are printed before they are anybody's, on both databases."""

from __future__ import annotations

import threading
from datetime import timedelta

from shopdesk import scancodes
from shopdesk.cards import Replayed
from shopdesk.errors import ShopDeskError
from shopdesk.staff import Actor
from tests.cards.test_cards import refused, whole


def test_a_blank_card_becomes_somebodys_at_its_first_scan_and_never_two_peoples(shop, clock):
    first, other, never = shop.cards.blanks.make(3)
    ryo = Actor("Ryo", "counter", 3)
    with refused("invalid"):
        shop.cards.blanks.make(1_001)
    with shop.staff.acting(ryo):
        for look in (shop.cards.find, shop.cards.scan):
            with refused("blank_card"):
                look(first.digits)
        with refused("not_allowed"):
            shop.cards.blanks.make(1)
    assert shop.cards.suspicions(clock.now() - timedelta(days=1)) == []

    start, results = threading.Barrier(2), []

    def give(name):
        start.wait()
        with shop.staff.acting(ryo):
            try:
                results.append(shop.cards.blanks.give(first.digits, name).card.name)
            except ShopDeskError as error:
                results.append(error.code)

    tills = [threading.Thread(target=give, args=(name,)) for name in ("花子", "太郎")]
    for one in tills:
        one.start()
    for one in tills:
        one.join()
    assert sorted(results, key=lambda one: one == "blank_taken")[1] == "blank_taken"
    (found,) = shop.cards.find(first.digits)
    assert found.name in results
    assert shop.cards.scan(first.digits).points == 1
    assert shop.customers.count() == 1
    with refused("blank_taken"):
        shop.cards.blanks.give(first.digits)
    with refused("blank_taken"):  # one of another shop
        shop.cards.blanks.give(scancodes.new("card").digits)
    shop.cards.offline.note(other.digits, till="2")
    assert shop.cards.offline.replay() == Replayed(0, 1)
    assert shop.cards.uncounted.list()[0].code == "blank_card"
    shop.cards.replace(found.id)
    with refused("revoked"):
        shop.cards.find(first.digits)
    with refused("blank_card"):
        shop.cards.find(never.digits)
    whole(shop)
