"""The shop's own fields leave with our own file of customers and come back with it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from shopdesk import i18n
from shopdesk.customers import NewCustomer
from shopdesk.customers.tables import OwnFieldRow, OwnValueRow


def own_of(shop):
    with shop.database.read() as session:
        named = select(OwnFieldRow.name, OwnFieldRow.kind, OwnValueRow.value).join(OwnValueRow)
        return sorted(tuple(one) for one in session.execute(named))


@pytest.mark.parametrize("language", ["en", "ja"])
def test_own_fields_come_back_and_an_undo_takes_them_back(shop, make_shop, tmp_path, language):
    i18n.set_language(language)
    made = shop.customers.add(NewCustomer("甲野 一", email="a@example.jp"))
    taste, visits, empty = (
        shop.customers.fields.make(name, kind) for name, kind in (("味", "text"), ("来店", "number"), ("見学", "date"))
    )
    shop.customers.fields.set(made.id, taste.id, "=抹茶")
    shop.customers.fields.set(made.id, visits.id, "-3")
    before = own_of(shop)
    shop.exports.write("customers", tmp_path / "c.xlsx")
    shop.customers.fields.set(made.id, taste.id, "いちご")
    shop.customers.fields.set(made.id, visits.id, "")
    filled = shop.imports.run([tmp_path / "c.xlsx"])
    assert own_of(shop) == [("味", "text", "いちご"), ("来店", "number", "-3")]
    policies = '{"columns": {}, "policies": {"customer.own": "replace"}}'
    replaced = shop.imports.run([tmp_path / "c.xlsx"], mapping=policies)
    assert own_of(shop) == before
    shop.imports.undo(replaced.import_id)
    shop.imports.undo(filled.import_id)
    assert own_of(shop) == [("味", "text", "いちご")]
    again = shop.imports.run([tmp_path / "c.xlsx"])
    shop.customers.fields.set(made.id, visits.id, "4")
    shop.imports.undo(again.import_id)
    assert own_of(shop) == [("味", "text", "いちご"), ("来店", "number", "4")]  # a person's own word stays
    shop.customers.fields.delete(empty.id)
    if shop.database.on_sqlite:
        other = make_shop("second")
        report = other.imports.run([tmp_path / "c.xlsx"])
        assert (own_of(other), report.problems) == (before, ())
        other.imports.undo(report.import_id)
        assert own_of(other) == []


def test_what_does_not_fit_an_own_field_is_said(shop, tmp_path):
    made = shop.customers.add(NewCustomer("甲野 一", email="a@example.jp"))
    shop.customers.fields.make("味", "text")
    shop.customers.fields.make("来店", "number")
    shop.exports.write("customers", tmp_path / "c.csv", encoding="utf-8")
    header, row = (tmp_path / "c.csv").read_text("utf-8-sig").splitlines()
    (tmp_path / "c.csv").write_text(f"{header}\n{row}たびたび\n", "utf-8")
    (problem,) = shop.imports.run([tmp_path / "c.csv"]).problems
    assert (problem.column, problem.value) == ("来店 (own, number)", "たびたび")
    assert (own_of(shop), shop.customers.get(made.id).name) == ([], "甲野 一")
