"""What a person said about a file's columns holds for the next file with such a header, in whatever order."""

from __future__ import annotations

import csv
import json

import pytest
from sqlalchemy import text

from shopdesk.errors import ShopDeskError

NAMES = ["注文番号", "注文日", "金額", "お名前", "メール", "x1"]
ANSWER = json.dumps({"columns": {"金額": "order.total_yen"}, "policies": {"customer.email": "keep"}})


def written(path, *numbers, order=range(6)):
    rows = [NAMES, *([n, "2026/11/20", "500", "見本 太郎", "a@example.jp", "z"] for n in numbers)]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([row[at] for at in order] for row in rows)
    return path


def refused(shop, path):
    with pytest.raises(ShopDeskError) as error:
        shop.imports.run([path])
    return error.value.code


def test_the_second_such_file_needs_no_answer(shop, tmp_path):
    first = written(tmp_path / "first.csv", "1001")
    assert refused(shop, first) == "needs_mapping"
    report = shop.imports.run([first], mapping=ANSWER)
    assert not report.files[0].remembered
    again = shop.imports.run([written(tmp_path / "second.csv", "1002", order=[5, 2, 0, 4, 1, 3])])
    assert (again.orders.new, again.gross_yen, again.files[0].remembered) == (1, 500, True)
    shop.imports.undo(report.import_id)
    shop.imports.undo(again.import_id)
    assert shop.imports.run([written(tmp_path / "third.csv", "1003")]).orders.new == 1


def test_a_file_of_other_columns_is_asked_again(shop, tmp_path):
    shop.imports.run([written(tmp_path / "first.csv", "1001")], mapping=ANSWER)
    assert refused(shop, written(tmp_path / "second.csv", "1002", order=range(5))) == "needs_mapping"


def test_a_later_answer_takes_the_place_of_an_earlier_one(shop, tmp_path):
    shop.imports.run([written(tmp_path / "first.csv", "1001")], mapping=ANSWER)
    other = json.dumps({"columns": {"金額": "order.total_yen", "メール": None}})
    shop.imports.run([written(tmp_path / "second.csv", "1002")], mapping=other)
    report = shop.imports.run([written(tmp_path / "third.csv", "1003")])
    assert {each.column: each.field for each in report.columns}["メール"] is None


def test_a_preview_and_a_refused_import_remember_nothing(shop, tmp_path):
    file = written(tmp_path / "first.csv", "1001")
    with shop.imports.start([file], mapping=ANSWER) as running:
        running.preview()
    assert refused(shop, file) == "needs_mapping"


def test_headings_and_fields_are_kept_and_never_a_cell(shop, tmp_path):
    shop.imports.run([written(tmp_path / "first.csv", "1001")], mapping=ANSWER)
    with shop.database.read() as session:
        kept = " ".join(map(str, session.execute(text("SELECT columns, policies FROM import_mappings")).one()))
    assert "customer.email" in kept
    assert not any(cell in kept for cell in ("見本", "example", "500", "1001"))


def test_what_was_said_is_forgotten_by_a_file_with_its_header(shop, tmp_path):
    file = written(tmp_path / "first.csv", "1001")
    shop.imports.run([file], mapping=ANSWER)
    assert not shop.imports.forget_mapping(written(tmp_path / "other.csv", "1002", order=range(5)))
    assert shop.imports.forget_mapping(written(tmp_path / "second.csv", "1002", order=[5, 2, 0, 4, 1, 3]))
    assert refused(shop, file) == "needs_mapping"
    assert not shop.imports.forget_mapping(file)


def test_a_file_without_header_is_asked_every_time(shop, tmp_path):
    rows = [[str(1001 + n), "2026/11/20", "見本 太郎", f"p{n}@example.jp", str(500 + n)] for n in range(4)]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(map(",".join, rows)), encoding="utf-8")
    fields = ["order.number", "order.date", "customer.name", "customer.email", "order.total_yen"]
    answer = json.dumps({"columns": {f"#{at}": field for at, field in enumerate(fields)}})
    assert shop.imports.run([path], mapping=answer).orders.new == 4
    assert refused(shop, path) == "needs_mapping"
