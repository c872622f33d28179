"""What is printed is read back, whatever a keyboard made of it; what was misread, forged or is somebody else's is none of ours."""

from __future__ import annotations

import secrets

import pytest
from hypothesis import given, strategies as st

from shopdesk import scancodes

KINDS = ("card", "coupon", "staff")


@pytest.mark.parametrize("kind", KINDS)
def test_a_code_is_read_back_as_scanners_and_people_give_it(kind: scancodes.Kind) -> None:
    code = scancodes.new(kind)
    assert len(code.digits) == scancodes.LENGTH
    groups = " ".join(code.digits[place : place + 6] for place in range(0, scancodes.LENGTH, 6))
    wide = code.digits.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    for typed in (code.digits, f"{code.digits}\r\n", groups, groups.replace(" ", "-"), wide, wide + "\n"):
        assert scancodes.read(typed) == code


@given(place=st.integers(0, scancodes.LENGTH - 1), other=st.integers(1, 9))
def test_one_wrong_digit_is_found(place: int, other: int) -> None:
    digits = scancodes.new("card").digits
    wrong = str((int(digits[place]) + other) % 10)
    assert scancodes.read(digits[:place] + wrong + digits[place + 1 :]) is None


@given(place=st.integers(0, scancodes.LENGTH - 2))
def test_two_digits_that_changed_places_are_found(place: int) -> None:
    digits = scancodes.new("coupon").digits
    swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
    assert swapped == digits or scancodes.read(swapped) is None


@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    assert scancodes.read(text) is None


@pytest.mark.parametrize(
    "text", ["", "4901234567894", "https://example.jp/c/1", "1" * 4096, "O" * 42, "一" * 42, "٣" * 42]
)
def test_other_codes_are_none_of_ours(text: str) -> None:
    assert scancodes.read(text) is None


def test_a_passing_code_holds_in_its_slot_and_beside_it_for_its_own_card() -> None:
    mine, theirs = secrets.token_bytes(32), secrets.token_bytes(32)
    slot = scancodes.slot_at(1_764_000_000)
    code = scancodes.passing(218, mine, slot)
    assert scancodes.read(code.digits) == code
    assert code.card_number == 218
    assert [scancodes.is_passing(code.trace, mine, slot + away) for away in (-2, -1, 0, 1, 2)] == [
        False,
        True,
        True,
        True,
        False,
    ]
    assert not scancodes.is_passing(code.trace, theirs, slot)
    assert not scancodes.is_passing(scancodes.passing(219, mine, slot).trace, theirs, slot)


def test_what_is_kept_does_not_hold_the_code() -> None:
    code = scancodes.new("card")
    assert code.digits not in code.hashed
    assert scancodes.new("card").hashed != code.hashed


@given(number=st.integers(1, 999_999_999), place=st.integers(0, 10), other=st.integers(1, 9))
def test_a_cards_number_is_read_with_its_check_digits_and_never_with_a_wrong_one(number, place, other) -> None:
    printed = scancodes.printed_number(number)
    for typed in (printed, f"No. {printed}", printed.replace("-", ""), printed.replace("-", "ー")):
        assert scancodes.read_number(typed) == number
    digits = printed.replace("-", "")
    at = place % len(digits)
    wrong = digits[:at] + str((int(digits[at]) + other) % 10) + digits[at + 1 :]
    assert scancodes.read_number(wrong) is None
    assert scancodes.read_number(str(number)) != number


@pytest.mark.parametrize("phone", ["5678", "12345", "09012345678", "0312345678", "090-1234-5678"])
def test_the_end_of_a_phone_number_is_no_cards_number(phone: str) -> None:
    assert scancodes.read_number(phone) is None
