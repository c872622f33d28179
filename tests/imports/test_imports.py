"""Whole imports in their child process: samples to their truth, the same file again, stop, undo, broken files."""

from __future__ import annotations

import json
import os
import signal
import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from shopdesk.errors import ShopDeskError
from shopdesk.imports import child
from shopdesk.imports.service import AlreadyUndoneError
from shopdesk.verify import verify

DATA = Path(__file__).parent.parent / "data" / "carts"
TRUTH = json.loads((DATA / "expected.json").read_text(encoding="utf-8"))["files"]
SAMPLES = [
    ("shopify-orders.csv", ["shopify-orders.csv"]),
    ("shopify-orders-excel.xlsx", ["shopify-orders-excel.xlsx"]),
    ("rakuten-orders.csv", ["rakuten-orders.csv"]),
    ("yahoo-orders.csv", ["yahoo-orders.csv", "yahoo-items.csv"]),
    ("yahoo-orders.csv", ["yahoo-orders.csv"]),
]
PERSON = "id, name, kana, email, phone, postal, prefecture, address, note, orders, spent_yen, changed_at, sort_key"
TABLES = ("customers", "customer_keys", "customer_search", "orders", "order_lines", "import_changes", "imports")


def files(*names: str) -> list[Path]:
    return [DATA / name for name in names]


def counted(shop, *tables: str) -> dict[str, int]:
    with shop.database.read() as session:
        return {table: session.scalar(text(f"SELECT count(*) FROM {table}")) for table in tables or TABLES}


def content(shop) -> list[object]:
    """Everything an import can change, to compare before and after."""
    with shop.database.read() as session:
        people = session.execute(text(f"SELECT {PERSON} FROM customers ORDER BY id"))
        orders = session.execute(
            text("SELECT id, cart, number, customer_id, total_yen, cancelled, status, digest FROM orders ORDER BY id")
        )
        lines = session.execute(
            text("SELECT order_id, position, product_id, quantity FROM order_lines ORDER BY order_id, position")
        )
        keys = session.execute(
            text("SELECT kind, scope, value, customer_id FROM customer_keys ORDER BY kind, scope, value")
        )
        return [[tuple(row) for row in rows] for rows in (people, orders, lines, keys)]


@pytest.mark.parametrize(("truth", "names"), SAMPLES, ids=["+".join(names) for _, names in SAMPLES])
def test_a_sample_imports_to_its_truth(shop, truth, names):
    expected = TRUTH[truth]
    report = shop.imports.run(files(*names))
    assert report.orders.new == expected["orders"]
    assert report.orders.cancelled == expected["cancelled_orders"]
    assert report.lines == expected["line_items"]
    assert report.gross_yen == expected["gross_total_yen"]
    assert (report.new_customers, report.matched_customers) == (expected["distinct_customers"], 0)
    assert counted(shop, "customers", "orders", "order_lines", "customer_search") == {
        "customers": expected["distinct_customers"],
        "orders": expected["orders"],
        "order_lines": expected["line_items"],
        "customer_search": expected["distinct_customers"],
    }
    for person in expected["customers"]:
        found = shop.customers.search(person["email"])
        assert [(one.name, one.postal) for one in found] == [(person["name"], person["postal"])]


def test_the_same_file_again_changes_nothing(shop):
    shop.imports.run(files("shopify-orders.csv"))
    before = content(shop)
    again = shop.imports.run(files("shopify-orders-excel.xlsx"))
    assert (again.orders.new, again.orders.updated, again.orders.unchanged) == (0, 0, 5)
    assert (again.new_customers, again.matched_customers) == (0, 4)
    assert content(shop) == before


def test_people_of_several_carts_are_one_person_and_every_undo_restores_what_was(shop):
    states = [content(shop)]
    for names in (
        ["shopify-orders.csv"],
        ["rakuten-orders.csv"],
        ["yahoo-orders.csv", "yahoo-items.csv"],
        ["shopify-customers.csv"],
    ):
        shop.imports.run(files(*names))
        states.append(content(shop))
    taro = shop.customers.search("taro.mihon@example.jp")
    assert [(one.orders, one.spent_yen, one.kana) for one in taro] == [(6, 35_900, "ミホン タロウ")]
    assert [one.ok for one in verify(shop)] == [True] * len(verify(shop))
    for imported, before in zip(shop.imports.past(), reversed(states[:-1]), strict=True):
        preview = shop.imports.undo_preview(imported.id)
        assert shop.imports.undo(imported.id) == preview
        assert content(shop) == before
    with pytest.raises(AlreadyUndoneError):
        shop.imports.undo(1)


def test_undoing_the_first_of_two_imports_leaves_the_second_whole(shop):
    shop.imports.run(files("shopify-orders.csv"))
    shop.imports.run(files("yahoo-orders.csv", "yahoo-items.csv"))
    shop.imports.undo(1)
    assert counted(shop, "orders") == {"orders": 4}
    assert [one.orders for one in shop.customers.search("taro.mihon@example.jp")] == [2]
    assert shop.customers.search("jiro@example.jp") == []
    shop.imports.undo(2)
    assert counted(shop, "orders") == {"orders": 0}
    assert [one.name for one in verify(shop) if not one.ok] == []


def test_people_left_for_a_later_imports_sake_go_with_it(shop):
    before = content(shop)
    shop.imports.run(files("yahoo-orders.csv", "yahoo-items.csv"))
    shop.imports.run(files("futureshop-orders.csv"))
    assert shop.imports.undo(1).kept_customers == 2
    shop.imports.undo(2)
    assert content(shop) == before
    assert [one.name for one in verify(shop) if not one.ok] == []


def test_people_with_facts_of_their_own_stay_when_their_import_is_undone(shop):
    shop.imports.run(files("shopify-orders.csv"))
    jiro, reiko = shop.customers.search("jiro@")[0], shop.customers.search("reiko")[0]
    shop.customers.tag([jiro.id], "regular")
    report = shop.imports.undo(1)
    assert (report.customers, report.kept_customers) == (3, 1)
    assert [one.name for one in shop.customers.search("jiro@")] == ["架空 次郎"]
    assert shop.customers.search("reiko") == []
    assert reiko.id != jiro.id


def test_a_changed_order_is_updated_and_goes_back(shop, tmp_path):
    shop.imports.run(files("shopify-orders.csv"))
    before = content(shop)
    later = tmp_path / "later.csv"
    said = (DATA / "shopify-orders.csv").read_text(encoding="utf-8")
    later.write_text(
        said.replace("#1002,reiko.takahashi@example.jp,pending", "#1002,reiko.takahashi@example.jp,paid"),
        encoding="utf-8",
    )
    report = shop.imports.run([later])
    assert (report.orders.new, report.orders.updated, report.orders.unchanged) == (0, 1, 4)
    assert content(shop) != before
    assert shop.imports.undo(2).restored == 1
    assert content(shop) == before


def test_an_import_never_lifts_an_opt_out(shop):
    shop.imports.run(files("shopify-orders.csv"))
    reiko = shop.customers.search("reiko")[0]
    shop.customers.consents.set(reiko.id, "line", on=False)
    shop.imports.run(files("shopify-customers.csv"))
    shop.imports.run(files("yahoo-orders.csv", "yahoo-items.csv"))
    assert shop.customers.get(reiko.id).consent_line is False


def test_a_preview_writes_nothing_and_shows_the_columns(shop):
    with shop.imports.start(files("rakuten-orders.csv")) as running:
        report = running.preview()
    assert report.import_id is None
    assert report.orders.new == 5
    assert [(one.index, one.field) for one in report.columns if one.column == "注文番号"] == [(0, "order.number")]
    assert report.columns[30].column == "合計金額"
    assert [one.state for one in report.samples] == ["new"] * 5
    assert set(counted(shop).values()) == {0}


def test_a_stopped_import_leaves_nothing_behind(shop, tmp_path):
    large = tmp_path / "large.csv"
    head, *rows = (DATA / "shopify-orders.csv").read_text(encoding="utf-8").split("\n#1002", 1)[0].splitlines()
    with large.open("w", encoding="utf-8") as file:
        file.write(head + "\n")
        for number in range(20_000):
            file.write(rows[0].replace("#1001", f"#{number}") + "\n")
    read = threading.Event()
    with shop.imports.start([large], on_progress=lambda _rows: read.set()) as running:
        threading.Thread(target=lambda: read.wait(20) and running.stop()).start()
        with pytest.raises(child.StoppedError):
            running.preview()
    assert set(counted(shop).values()) == {0}
    assert list(shop.home.staging.iterdir()) == []


def test_a_reader_that_dies_is_one_sentence_and_nothing_is_written(sqlite_shop):
    with sqlite_shop.imports.start(files("shopify-orders.csv")) as running:
        running.preview()
        os.kill(running.process_id, signal.SIGKILL)
        with pytest.raises(ShopDeskError, match="damaged inside") as error:
            running.merge()
    assert error.value.code == "broken_file"
    assert set(counted(sqlite_shop).values()) == {0}
    assert list(sqlite_shop.home.staging.iterdir()) == []


def test_a_file_that_aborts_the_reader_does_not_take_the_shop_down(sqlite_shop, tmp_path):
    broken = tmp_path / "orders.xlsx"
    broken.write_bytes((DATA / "shopify-orders-excel.xlsx").read_bytes()[:-700])
    with pytest.raises(ShopDeskError) as error:
        sqlite_shop.imports.run([broken])
    assert "\n" not in error.value.message
    assert sqlite_shop.imports.run(files("shopify-orders.csv")).orders.new == 5


def test_staging_has_the_key_of_the_database_and_leftovers_go_at_the_next_start(make_shop, tmp_path):
    key = "11" * 32
    shop = make_shop("locked", secrets={"database_key": key}, fresh=True)
    with shop.imports.start(files("rakuten-orders.csv")) as running:
        running.preview()
        (staged,) = shop.home.staging.glob("*.staging")
        raw = staged.read_bytes()
        assert "髙橋".encode() not in raw
        assert not raw.startswith(b"SQLite format 3")
        report = shop.imports.merge(running)
    assert report.orders.new == 5
    assert not shop.home.database.read_bytes().startswith(b"SQLite format 3")
    leftover = shop.home.staging / "999999999-gone.staging"
    leftover.write_bytes(b"half")
    make_shop("locked", secrets={"database_key": key}, fresh=True)
    assert not leftover.exists()
