"""Who works here: PINs, badges, the last owner, wrong tries that slow down, an owner's and a second person's word."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from shopdesk.errors import InvalidInputError, NotFoundError
from shopdesk.staff import (
    NOBODY,
    OWNER,
    Act,
    LastOwnerError,
    NeedsOwnerError,
    NeedsSecondError,
    NotAllowedError,
    PinWaitsError,
    WrongPinError,
)

if TYPE_CHECKING:
    from shopdesk.clock import FixedClock
    from shopdesk.shop import Shop


def test_without_staff_the_computer_is_the_owners(shop: Shop) -> None:
    assert shop.staff.members.all() == []
    shop.staff.sign_out()
    assert shop.staff.actor == OWNER


def test_signing_in_and_out(shop: Shop) -> None:
    sakura = shop.staff.members.add("店長 さくら", "owner", "4071")
    ryo = shop.staff.members.add("りょう", "counter", "2580", answers=True)
    assert [one.name for one in shop.staff.members.all()] == ["店長 さくら", "りょう"]
    shop.staff.sign_out()
    assert shop.staff.actor == NOBODY
    with pytest.raises(NotAllowedError):
        shop.customers.count()
    assert shop.staff.sign_in(ryo.id, "2580") == ryo
    assert (shop.staff.actor.name, shop.staff.actor.role, shop.staff.actor.grants) == ("りょう", "counter", {Act.TALK})
    with pytest.raises(NotAllowedError):
        shop.staff.members.remove(sakura.id)
    shop.staff.sign_out()
    shop.staff.sign_in(sakura.id, "4071")
    acts = [(one.actor, one.action) for one in reversed(shop.staff.entries()) if one.object == "staff"]
    assert acts[-3:] == [("りょう", "sign in"), ("りょう", "sign out"), ("店長 さくら", "sign in")]
    assert shop.staff.broken_entries() == []


def test_wrong_pins_wait_longer_and_longer(shop: Shop, clock: FixedClock) -> None:
    owner = shop.staff.members.add("さくら", "owner", "4071")
    for _ in range(2):
        with pytest.raises(WrongPinError):
            shop.staff.sign_in(owner.id, "1111")
    waits = []
    for _ in range(3):
        with pytest.raises(PinWaitsError) as caught:
            shop.staff.sign_in(owner.id, "1111")
        waits.append(caught.value.until - clock.now())
        with pytest.raises(PinWaitsError):
            shop.staff.sign_in(owner.id, "4071")  # even the right one
        clock.move(waits[-1])
    assert waits == [timedelta(seconds=30), timedelta(seconds=60), timedelta(seconds=120)]
    shop.staff.sign_in(owner.id, "4071")
    with pytest.raises(WrongPinError):
        shop.staff.sign_in(owner.id, "1111")  # counted from the start again


@pytest.mark.parametrize("pin", ["", "123", "1234", "4321", "0000", "123456789", "12a4", "１２３４", "²³⁴⁵"])
def test_pins_that_do_not_do(shop: Shop, pin: str) -> None:
    with pytest.raises(InvalidInputError):
        shop.staff.members.add("さくら", "owner", pin)


def test_pins_and_badges_are_not_kept_readable(sqlite_shop: Shop) -> None:
    owner = sqlite_shop.staff.members.add("さくら", "owner", "40719263")
    code = sqlite_shop.staff.members.make_code(owner.id)
    sqlite_shop.database.checkpoint()
    kept = sqlite_shop.home.database.read_bytes()
    assert b"40719263" not in kept
    assert code.digits.encode() not in kept
    found = sqlite_shop.staff.members.by_code(code.digits)
    assert found is not None
    assert found.id == owner.id
    fresh = sqlite_shop.staff.members.make_code(owner.id)
    assert sqlite_shop.staff.members.by_code(code.digits) is None, "the old badge is worth nothing"
    assert sqlite_shop.staff.members.by_code(fresh.digits) is not None


def test_there_is_always_an_owner(shop: Shop) -> None:
    members = shop.staff.members
    with pytest.raises(LastOwnerError):
        members.add("りょう", "counter", "2580")
    sakura = members.add("さくら", "owner", "4071")
    ryo = members.add("りょう", "counter", "2580")
    with pytest.raises(LastOwnerError):
        members.remove(sakura.id)
    with pytest.raises(LastOwnerError):
        members.change(sakura.id, "さくら", "manager", answers=False, exports=False)
    with pytest.raises(InvalidInputError):
        members.change(ryo.id, "さくら", "counter", answers=False, exports=False)
    members.change(ryo.id, "りょう", "owner", answers=False, exports=False)
    members.remove(sakura.id)
    with pytest.raises(NotFoundError):
        shop.staff.sign_in(sakura.id, "4071")
    members.remove(ryo.id)
    assert members.all() == []


def test_an_owners_word_lets_a_manager_join_people(shop: Shop) -> None:
    owner = shop.staff.members.add("さくら", "owner", "4071")
    mika = shop.staff.members.add("みか", "manager", "2580")
    shop.staff.sign_in(mika.id, "2580")
    with pytest.raises(NeedsOwnerError):
        shop.customers.forget(1)
    with shop.staff.confirmed_by(owner.id, "4071"), pytest.raises(NotFoundError):
        shop.customers.forget(1)
    with shop.staff.confirmed_by(mika.id, "2580"), pytest.raises(NeedsOwnerError):
        shop.customers.forget(1)
    with pytest.raises(NeedsOwnerError):
        shop.customers.forget(1)


def test_a_second_person_is_not_oneself(shop: Shop) -> None:
    owner = shop.staff.members.add("さくら", "owner", "4071")
    mika = shop.staff.members.add("みか", "manager", "2580")
    shop.staff.sign_in(owner.id, "4071")
    with pytest.raises(NeedsSecondError):
        shop.staff.require_second()
    with shop.staff.confirmed_by(owner.id, "4071"), pytest.raises(NeedsSecondError):
        shop.staff.require_second()
    with shop.staff.confirmed_by(mika.id, "2580"):
        shop.staff.require_second()


def test_a_manager_adjusts_a_thousand_points_a_day(shop: Shop) -> None:
    owner = shop.staff.members.add("さくら", "owner", "4071")
    mika = shop.staff.members.add("みか", "manager", "2580")
    card = shop.cards.walk_in("はな").card.id
    shop.staff.sign_in(mika.id, "2580")
    shop.cards.adjust(card, 600, "開店のお祝い")
    shop.cards.adjust(card, -400, "入れすぎ")
    with pytest.raises(NeedsOwnerError):
        shop.cards.adjust(card, 1, "もう 1 つ")
    with shop.staff.confirmed_by(owner.id, "4071"):
        assert shop.cards.adjust(card, 1, "もう 1 つ").balance == 201
