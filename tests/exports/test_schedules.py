"""Regular exports and watched folders: due once, each failure kept for a person, nothing in quarantine."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from shopdesk.cli.program import main
from shopdesk.clock import JAPAN, FixedClock
from shopdesk.due import run_due
from shopdesk.errors import InvalidInputError
from shopdesk.exports import NewSchedule, Timing
from shopdesk.exports.tables import ExportRunRow
from shopdesk.imports import watching
from shopdesk.quarantine import QuarantinedError
from shopdesk.spreadsheets import open_table

DATA = Path(__file__).parents[1] / "data" / "carts"


@pytest.fixture(autouse=True)
def _settles_at_once(monkeypatch):
    monkeypatch.setattr(watching, "SETTLES_SECONDS", 0.01)


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "out"
    made.mkdir()
    return made


def japan(*parts):
    return datetime(*parts, tzinfo=JAPAN)


@pytest.mark.parametrize(
    ("timing", "now", "due"),
    [
        (Timing("daily", time(3)), japan(2026, 11, 22, 14, 32), japan(2026, 11, 23, 3)),
        (Timing("daily", time(15)), japan(2026, 11, 22, 14, 32), japan(2026, 11, 22, 15)),
        (Timing("daily", time(3)), japan(2026, 11, 23, 3), japan(2026, 11, 24, 3)),
        (Timing("weekly", time(9), weekday=0), japan(2026, 11, 22, 14, 32), japan(2026, 11, 23, 9)),
        (Timing("weekly", time(9), weekday=6), japan(2026, 11, 22, 14, 32), japan(2026, 11, 29, 9)),
        (Timing("monthly", time(9), day=31), japan(2026, 11, 22, 14, 32), japan(2026, 11, 30, 9)),
        (Timing("monthly", time(9), day=31), japan(2027, 2, 1, 0, 0), japan(2027, 2, 28, 9)),
        (Timing("monthly", time(9), day=29), japan(2028, 2, 1, 0, 0), japan(2028, 2, 29, 9)),
    ],
)
def test_the_next_time(timing, now, due):
    assert timing.after(now) == due
    assert timing.after(now).tzinfo is UTC


def test_missed_runs_are_made_up_for_once(shop, clock: FixedClock, folder):
    shop.imports.run([DATA / "shopify-orders.csv"])
    shop.exports.schedules.save(NewSchedule("顧客", "customers", str(folder), Timing("daily", time(3))))
    assert run_due(shop) == []
    clock.move(timedelta(days=5))
    ran = run_due(shop)
    assert [(one.name, one.state, one.rows) for one in ran] == [("顧客", "written", 4)]
    assert [file.name for file in folder.iterdir()] == ["顧客_2026-11-27.xlsx"]
    assert len(list(open_table(folder / "顧客_2026-11-27.xlsx").rows())) == 5
    assert run_due(shop) == []
    kept = shop.exports.schedules.all()[0]
    assert kept.next_at == japan(2026, 11, 28, 3)
    assert kept.last is not None
    assert kept.last.message == ""


def test_a_failure_is_kept_as_its_sentence_and_the_next_run_clears_it(shop, clock, folder):
    shop.exports.schedules.save(NewSchedule("orders", "orders", str(folder), Timing("daily", time(3)), kind="csv"))
    folder.rmdir()
    clock.move(timedelta(days=1))
    assert [one.state for one in run_due(shop)] == ["failed"]
    assert "not there" in shop.exports.schedules.all()[0].last.message
    clock.move(timedelta(minutes=1))
    assert [one.state for one in run_due(shop)] == ["failed"]
    with shop.database.read() as session:
        assert session.scalar(select(func.count()).select_from(ExportRunRow)) == 1
    folder.mkdir()
    assert [one.state for one in run_due(shop)] == ["written"]
    assert run_due(shop) == []
    assert shop.exports.schedules.all()[0].last.message == ""
    shop.exports.schedules.remove("orders")
    assert shop.exports.schedules.all() == []


def test_nothing_due_runs_in_quarantine(sqlite_shop, clock, folder):
    sqlite_shop.exports.schedules.save(NewSchedule("a", "customers", str(folder), Timing("daily", time(3))))
    clock.move(timedelta(days=2))
    sqlite_shop.installation.restored()
    with pytest.raises(QuarantinedError):
        run_due(sqlite_shop)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("name", ["", "a/b", "a:b"])
def test_a_name_that_no_file_can_have_is_refused(sqlite_shop, folder, name):
    with pytest.raises(InvalidInputError):
        sqlite_shop.exports.schedules.save(NewSchedule(name, "customers", str(folder), Timing()))


def test_a_file_that_appears_is_offered_once(shop, folder):
    shop.imports.watching.watch(folder)
    shutil.copy(DATA / "shopify-orders.csv", folder / "orders.csv")
    (folder / "~$orders.xlsx").write_bytes(b"x")
    (folder / "half.csv.crdownload").write_bytes(b"x")
    (folder / ".hidden.csv").write_bytes(b"x")
    assert [(one.name, one.state) for one in run_due(shop)] == [("orders.csv", "offered")]
    assert run_due(shop) == []
    shutil.copy(DATA / "shopify-orders.csv", folder / "the same again.csv")
    assert run_due(shop) == []
    assert shop.orders.totals().ever.orders == 0
    report = shop.imports.run([folder / "orders.csv"])
    assert shop.imports.watching.files("offered") == []
    assert [one.import_id for one in shop.imports.watching.files("imported")] == [report.import_id]


def test_by_rule_it_is_imported_and_can_be_undone(shop, folder):
    shop.imports.watching.watch(folder, "import")
    shutil.copy(DATA / "shopify-orders.csv", folder / "orders.csv")
    (folder / "unclear.csv").write_text("日付,番号,金額1,金額2\n2026-11-01,1,100,200\n", encoding="utf-8")
    ran = {one.name: one for one in run_due(shop)}
    assert ran["orders.csv"].state == "imported"
    assert ran["unclear.csv"].state == "unsure"
    assert ran["unclear.csv"].message
    shop.imports.undo(ran["orders.csv"].import_id)
    assert shop.orders.totals().ever.orders == 0
    assert run_due(shop) == []


def test_what_the_shop_wrote_itself_is_not_offered(sqlite_shop, folder):
    sqlite_shop.imports.run([DATA / "shopify-orders.csv"])
    sqlite_shop.imports.watching.watch(folder, "import")
    sqlite_shop.exports.schedules.save(NewSchedule("a", "orders", str(folder), Timing()))
    sqlite_shop.exports.schedules.run_now("a")
    assert len(list(folder.iterdir())) == 1
    assert run_due(sqlite_shop) == []


def test_a_folder_that_is_gone_says_so(shop, folder):
    shop.imports.watching.watch(folder)
    folder.rmdir()
    assert run_due(shop) == []
    assert "Connect the drive" in shop.imports.watching.folders()[0].message
    folder.mkdir()
    run_due(shop)
    assert shop.imports.watching.folders()[0].message == ""
    shop.imports.watching.unwatch(folder)
    assert shop.imports.watching.folders() == []


def test_by_the_command_line(tmp_path, folder, capsys):
    def said(*words):
        status = main(["--home", str(tmp_path / "home"), "--json", *map(str, words)])
        return status, json.loads(capsys.readouterr().out)

    assert said("import", DATA / "shopify-orders.csv")[0] == 0
    status, report = said("export", "customers", tmp_path / "c.xlsx")
    assert (status, report["rows"], report["lost_characters"]) == (0, 4, [])
    assert said("export", "orders", tmp_path / "o.csv", "--encoding", "cp932")[1]["lost_characters"]
    assert said("export", "customers", tmp_path / "c.doc")[1]["error"]["code"] == "invalid"
    assert said("export", "customers", tmp_path / "c.csv", "--cart", "nobody")[1]["error"]["code"] == "not_found"
    assert said("exports", "add", "a", "orders", folder, "--every", "monthly", "--day", "31")[0] == 0
    status, ran = said("automations", "run", "--until", "2099-12-31T09:00")
    assert (status, [one["state"] for one in ran["ran"]]) == (0, ["written"])
    assert said("automations", "run")[1] == {"ran": []}
    assert said("imports", "watch", folder, "--rule", "import")[0] == 0
    assert len(said("imports", "watched")[1]["folders"]) == 1
    assert len(said("automations", "list")[1]["exports"]) == 1
    folder.rename(tmp_path / "elsewhere")
    status, ran = said("automations", "run", "--until", "2199-12-31T09:00")
    assert (status, ran["error"]["code"], [one["state"] for one in ran["ran"]]) == (1, "failed", ["failed"])
    folder.mkdir()
    assert said("automations", "run", "--until", "2199-12-31T09:00")[0] == 0
    assert said("exports", "remove", "a")[0] == 0
    assert said("imports", "unwatch", folder)[0] == 0
