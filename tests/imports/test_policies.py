"""What an import does to people the shop knows: fill, replace or keep; and consents, which it can only take away."""

from __future__ import annotations

import csv
import json

import pytest
from sqlalchemy import select

from shopdesk.customers import NewCustomer
from shopdesk.customers.tables import OwnValueRow
from shopdesk.errors import InvalidInputError
from shopdesk.imports.mapping import Mapping
from shopdesk.verify import verify
from tests.imports.contents import everything

NAMES = ["会員番号", "氏名", "フリガナ", "電話番号", "生年月日", "メルマガ", "LINE"]
WORDS = {"メルマガ": "consent.mail", "LINE": "consent.line"}


def people(path, *rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([NAMES, *rows])
    return [path]


def mapping(**policies):
    return json.dumps({"columns": WORDS, "policies": {f"customer.{name}": policy for name, policy in policies.items()}})


BEFORE = ["7", "見本 太郎", "", "090-0000-0001", "1980/1/2", "", ""]
AFTER = ["7", "見本 次郎", "ミホン ジロウ", "090-0000-0002", "1980/1/3", "", ""]


def known(shop, path, text, **policies):
    shop.imports.run(people(path, BEFORE), mapping=mapping())
    state = everything(shop)
    shop.imports.run(people(path, AFTER), mapping=mapping(**policies))
    (person,) = shop.customers.search(text)
    return person, state


@pytest.mark.parametrize(
    ("policies", "expected"),
    [
        ({}, ("見本 太郎", "ミホン ジロウ", "+819000000001", "1980-01-02")),
        ({"name": "replace", "phone": "replace", "birth_date": "replace"}, ("見本 次郎", "ミホン ジロウ", "+819000000002", "1980-01-03")),
        ({"kana": "keep", "phone": "keep"}, ("見本 太郎", "", "+819000000001", "1980-01-02")),
    ],
)  # fmt: skip
def test_each_column_has_its_policy_and_an_undo_returns_what_was(shop, tmp_path, policies, expected):
    person, before = known(shop, tmp_path / "a.csv", "見本", **policies)
    assert (person.name, person.kana, person.phone, str(shop.customers.get(person.id).birth_date)) == expected
    assert shop.customers.search(expected[2].replace("+81", "0"))[0].id == person.id
    if "kana" not in policies:
        shop.imports.undo(2)
    assert everything(shop) == before
    assert all(one.ok for one in verify(shop))


def test_an_opt_out_in_a_file_opts_out_and_an_opt_in_lifts_none(shop, tmp_path):
    path = tmp_path / "a.csv"
    shop.imports.run(
        people(path, ["1", "見本 太郎", "", "", "", "はい", ""], ["2", "見本 次郎", "", "", "", "いいえ", "×"]),
        mapping=mapping(),
    )
    first, second = (shop.customers.search(name)[0] for name in ("太郎", "次郎"))
    assert [(one.consent_mail, one.consent_line) for one in (first, second)] == [(True, True), (False, False)]
    shop.imports.run(
        people(path, ["1", "見本 太郎", "", "", "", "0", "拒否"], ["2", "見本 次郎", "", "", "", "希望する", "yes"]),
        mapping=mapping(),
    )
    after = [shop.customers.get(one.id) for one in (first, second)]
    assert [(one.consent_mail, one.consent_line) for one in after] == [(False, False), (False, False)]
    shop.imports.undo(2)
    after = [shop.customers.get(one.id) for one in (first, second)]
    assert [(one.consent_mail, one.consent_line) for one in after] == [(True, True), (False, False)]


def test_a_yes_to_mail_of_somebody_who_never_answered_is_taken_with_its_proof(shop, tmp_path):
    taro = shop.customers.add(NewCustomer(name="見本 太郎", email="taro@example.com"))
    before = everything(shop)
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [["氏名", "メールアドレス", "メルマガ"], ["見本 太郎", "taro@example.com", "希望する"]]
        )
    told = json.dumps({"columns": {"メルマガ": "consent.mail"}})
    for _again in range(2):
        shop.imports.run([path], mapping=told)
        assert shop.customers.get(taro.id).consent_mail
        assert [(one.channel, one.given, one.how) for one in shop.customers.consents.history(taro.id)] == [
            ("mail", True, "import")
        ]
    for made in (1, 2):
        shop.imports.undo(made)
    assert everything(shop) == before
    assert shop.customers.consents.history(taro.id) == []


def test_a_consent_that_says_neither_is_named(sqlite_shop, tmp_path):
    report = sqlite_shop.imports.run(
        people(tmp_path / "a.csv", ["1", "見本 太郎", "", "", "", "たぶん", ""]), mapping=mapping()
    )
    assert [(one.column, one.value, one.row_lost) for one in report.problems] == [("メルマガ", "たぶん", False)]


@pytest.mark.parametrize("policies", [{"order.total_yen": "replace"}, {"customer.phone": "overwrite"}, ["keep"]])
def test_a_policy_that_cannot_be_is_refused(sqlite_shop, tmp_path, policies):
    said = json.dumps({"columns": {}, "policies": policies})
    with pytest.raises(Exception, match="policies") as refused:
        sqlite_shop.imports.run(people(tmp_path / "a.csv", BEFORE), mapping=said)
    assert refused.value.code == InvalidInputError.code


@pytest.mark.parametrize("refuse", ["by hand", "stop"])
def test_an_undo_lifts_no_opt_out_that_was_confirmed_since(shop, tmp_path, refuse):
    path = tmp_path / "a.csv"
    shop.imports.run(people(path, ["1", "見本 太郎", "", "", "", "はい", ""]), mapping=mapping())
    (taro,) = shop.customers.search("太郎")
    shop.imports.run(people(path, ["1", "見本 太郎", "", "", "", "いいえ", "拒否"]), mapping=mapping())
    if refuse == "stop":
        shop.customers.consents.stop_use(taro.id)
    else:
        shop.customers.consents.set(taro.id, "mail", on=False)
    shop.imports.undo(2)
    after = shop.customers.get(taro.id)
    assert (after.consent_mail, after.consent_line) == (False, refuse != "stop")


def test_a_word_that_means_nothing_in_a_mapping_file_is_named():
    with pytest.raises(InvalidInputError, match=r"“rules, sheets”.*policies"):
        Mapping.from_json('{"columns": {}, "rules": {}, "sheets": "a"}')


SAID = ["7", "見本 太郎", "ミホン タロウ", "090-0000-0001", "1980/1/2", "いいえ", ""]


@pytest.mark.parametrize("policies", [{}, {"kana": "replace", "birth_date": "replace"}])
def test_what_a_later_import_says_again_stays_until_that_is_undone(shop, tmp_path, policies):
    file, known = tmp_path / "a.csv", ["7", "見本 太郎", "", "", "", "はい", ""]
    told = mapping(**policies)
    shop.imports.run(people(file, known), mapping=told)
    before = everything(shop)
    for rows in (SAID, SAID, [*SAID[:2], "", "", *SAID[4:]]):
        shop.imports.run(people(file, rows), mapping=told)

    def facts():
        (one,) = shop.customers.search("見本")
        born = shop.customers.get(one.id).birth_date
        return one.kana, one.phone, born and str(born), one.consent_mail

    whole = ("ミホン タロウ", "+819000000001", "1980-01-02", False)
    assert facts() == whole
    for undone, left in ((2, whole), (3, ("", "", "1980-01-02", False)), (4, ("", "", None, True))):
        shop.imports.undo(undone)
        assert facts() == left
    assert everything(shop) == before
    assert all(one.ok for one in verify(shop))


def own_values(shop):
    with shop.database.read() as session:
        return list(session.scalars(select(OwnValueRow.value)))


def test_an_own_field_that_a_later_import_says_again_stays_until_that_is_undone(shop, tmp_path):
    file, told = tmp_path / "a.csv", json.dumps({"columns": WORDS | {"LINE": "customer.own"}})
    for said in ("", "乾燥肌", "乾燥肌"):
        shop.imports.run(people(file, [*BEFORE[:6], said]), mapping=told)
    shop.imports.undo(2)
    assert own_values(shop) == ["乾燥肌"]
    shop.imports.undo(3)
    assert own_values(shop) == []
