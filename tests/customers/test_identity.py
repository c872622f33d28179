"""Who is the same person."""

from __future__ import annotations

import pytest

from shopdesk.customers import Claim, Key, Known, find, folds, keys_of, same_person
from shopdesk.customers.identity import decide
from tests.people import person

HANA = {"name": "見本 花子", "kana": "ミホン ハナコ"}
PHONE = "+819000000001"


def known(*keys: Key, phone: str = PHONE, name: str = "見本 花子", kana: str = "ミホン ハナコ") -> Known:
    folded = folds(name, kana)
    return Known(7, frozenset(keys), phone, folded.name_fold, folded.kana_fold)


REAL = Key("mail", "", "hanako@example.jp")


@pytest.mark.parametrize(
    ("claim", "stored", "same"),
    [
        ({"phone": PHONE, **HANA}, known(), True),
        ({"phone": PHONE, "name": "見本花子"}, known(kana=""), True),
        ({"phone": PHONE, "name": "ミホンハナコ", "kana": "みほん　はなこ"}, known(), True),
        ({"phone": PHONE, "name": "見本 太郎"}, known(), False),
        ({"phone": PHONE}, known(name="", kana=""), False),
        ({"phone": "+819000000002", **HANA}, known(), False),
        ({"phone": "", **HANA}, known(phone=""), False),
        ({"phone": PHONE, "email": "hanako@example.jp", **HANA}, known(REAL), True),
        ({"phone": PHONE, "email": "other@example.jp", **HANA}, known(REAL), False),
        ({"phone": PHONE, "email": "a1@fw.rakuten.ne.jp", "cart": "rakuten", **HANA}, known(REAL), True),
        ({"phone": PHONE, "name": "髙島 花子"}, known(name="高島 花子", kana=""), True),
    ],
)
def test_a_phone_counts_only_when_the_name_agrees_and_the_mails_do_not_conflict(claim, stored, same):
    assert same_person(Claim.of(**claim), stored) is same


def test_member_id_goes_before_mail_and_mail_before_phone():
    claim = Claim.of(cart="shopify", member_id=" 12 ", email="HANAKO@Example.jp", phone=PHONE, **HANA)
    assert claim.keys == (Key("member", "shopify", "12"), REAL)
    assert decide(claim, {REAL: 2, Key("member", "shopify", "12"): 1}, [known()]) == (1, "member")
    assert decide(claim, {REAL: 2}, [known()]) == (2, "mail")
    assert decide(claim, {}, [known()]) == (7, "phone")
    assert decide(claim, {}, [known(name="別人", kana="")]) is None


def test_a_masked_mail_is_one_malls_only():
    address = "abc@fw.rakuten.ne.jp"
    assert keys_of("rakuten", "", address) == (Key("mail", "rakuten", address),)
    assert keys_of("yahoo", "", address) != keys_of("rakuten", "", address)
    assert keys_of("shopify", "", "no mail at all") == ()


def test_stored_people_are_found_by_key_and_a_name_alone_finds_nobody(shop):
    first = person(shop, "見本 花子", member_id="12", email="hanako@example.jp", phone=PHONE)
    second = person(shop, "例示 太郎", phone=PHONE)
    with shop.database.read() as session:
        assert find(session, Claim.of(cart="shopify", member_id="12")).id == first
        assert find(session, Claim.of(cart="yahoo", member_id="12")).id is None
        assert find(session, Claim.of(email="Hanako@EXAMPLE.jp")).how == "mail"
        assert find(session, Claim.of(name="見本 花子")).id is None
        phoned = find(session, Claim.of(phone=PHONE, name="見本花子"))
        assert (phoned.id, phoned.how, phoned.possible) == (first, "phone", (second,))
        assert find(session, Claim.of(phone=PHONE, name="架空 美咲")).possible == (first, second)
