"""Talks leave the shop: written to a file with what friends sent, and deleted once they are older than the shop wants."""

from __future__ import annotations

import csv
import json
import time
from datetime import datetime, timedelta
from zipfile import ZipFile

import pytest

from shopdesk.cli.program import main
from shopdesk.clock import JAPAN, FixedClock
from shopdesk.due import run_due
from shopdesk.errors import InvalidInputError
from shopdesk.leases import LeaseHeldError
from shopdesk.line import read_webhook
from shopdesk.messages import draft, text
from shopdesk.spreadsheets import FileNotWrittenError, open_table
from shopdesk.talks.searching import candidates
from shopdesk.verify import verify
from tests.gateway.conftest import Caller, event, text as said


@pytest.fixture
def friend(there) -> str:
    return next(iter(there.rehearsal.people)).user_id


def table(file):
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.reader(lines))


def due_work(shop):
    """What is due, done once the gateway's own round, which it begins with, is over."""
    while True:
        try:
            return run_due(shop)
        except LeaseHeldError:
            time.sleep(0.02)


def test_what_is_old_goes_with_its_files_and_from_the_search(line: Caller, clock, there, friend):
    """A year is kept: what was said before goes by itself, the talk stands by what is left, nothing else is touched."""
    shop, talks = line.shop, line.shop.talks
    line.says(there, friend, {"image": True})
    line.says(there, friend, {"text": "去年のモンブラン"})
    line.tell(said("一度だけ", "77", clock, user="U" + "7" * 32))
    talks.files.fetch()
    one, other = talks.find(friend), talks.find("U" + "7" * 32)
    (picture, old) = talks.messages(one)
    assert due_work(shop) == []
    clock.move(timedelta(days=364))
    line.says(there, friend, {"text": "今年のモンブラン"})
    assert talks.keeping.old(1)[:3] == (0, 0, 0)
    clock.move(timedelta(days=2))
    assert talks.keeping.old(1)[:3] == (3, 2, 1)
    assert due_work(shop) == []
    assert len(talks.messages(one)) == 3
    shop.settings.set("talk_years", "1")
    assert [(ran.kind, ran.rows) for ran in due_work(shop)] == [("talks", 3)]
    assert due_work(shop) == []
    assert [each.words for each in talks.messages(one)] == ["今年のモンブラン"]
    assert talks.file(picture.id) is None
    assert [talk.friend_id for talk in talks.page()] == [one]
    assert (talks.get(one).unread, talks.get(other).unread, talks.counts().waiting) == (1, 0, 1)
    assert [talk.friend_id for talk in talks.page(words="去年")] == []
    with shop.database.read() as session:
        assert old.id not in session.scalars(candidates(session, "モンブラン")).all()
    (entry,) = [each for each in shop.staff.entries() if each.action == "delete old"]
    assert (entry.actor, entry.ids) == ("shopdesk", ",".join(map(str, sorted({picture.id, old.id, old.id + 1}))))
    assert [each.detail for each in verify(shop) if not each.ok] == []


def test_many_old_messages_go_in_bounded_steps_and_an_answer_under_way_stays(sqlite_line: Caller, clock, monkeypatch):
    monkeypatch.setattr("shopdesk.talks.keeping._AT_ONCE", 4)
    monkeypatch.setattr("shopdesk.talks.keeping._BATCHES", 2)
    shop = sqlite_line.shop
    sqlite_line.tell(*(said(f"{number}", f"{number}", clock) for number in range(9)))
    friend = shop.talks.page()[0].friend_id
    with shop.database.write() as session:
        shop.talks._replies.write_down(session, friend, [text("送信中")], "owner")
    shop.settings.set("talk_years", "2")
    clock.move(timedelta(days=800))
    beats = []
    assert shop.talks.keeping.prune(lambda: beats.append(1)) == 8
    assert len(beats) == 2
    assert shop.talks.keeping.prune() == 1
    assert [(one.words, one.state) for one in shop.talks.messages(friend)] == [("送信中", "sending")]


def test_a_talk_becomes_a_file_in_which_nothing_is_a_formula(line: Caller, clock, there, friend, tmp_path):
    talks = line.shop.talks
    line.says(there, friend, {"text": "=HYPERLINK(1)"})
    sent = line.says(there, friend, {"text": "取り消し"})
    line.says(there, friend, {"unsend": sent["event"]["message"]["id"]})
    line.says(there, friend, {"image": True})
    body = {"type": "file", "id": "901", "fileName": "../../見積:書.pdf"}
    there.rehearsal.holds_picture("901")  # before the gateway comes for it by itself
    line.tell(event("message", clock, message=body, user=friend), said("別の人", "902", clock))
    talks.files.fetch()
    mine = talks.find(friend)
    talks.desk.note(mine, "@常連")
    talks.reply(mine, draft([text("はい")]))
    with pytest.raises(InvalidInputError, match="xlsx"):
        talks.exporting.write(tmp_path / "a.txt")
    report = talks.exporting.write(tmp_path / "a.csv", friends=[mine])
    header, *rows = table(tmp_path / "a.csv")
    assert (report.rows, report.files, len(rows)) == (6, 0, 6)
    assert header == [
        "Date and time",
        "Friend",
        "LINE user ID",
        "Said by",
        "Staff or rule",
        "Kind of message",
        "Text",
        "State",
        "File",
    ]
    assert [row[6] for row in rows if row[6]] == ["'=HYPERLINK(1)", "../../見積:書.pdf", "'@常連", "はい"]
    assert [row[7] for row in rows] == ["", "taken back by the friend", "", "", "", ""]
    assert rows[1][5] == ""
    assert not any("/" in row[8] for row in rows), "no file lies beside a .csv"
    assert {row[2] for row in rows} == {friend}
    assert rows[0][0] == "2026-11-22 14:32:00"
    report = talks.exporting.write(tmp_path / "all.zip")
    assert (report.rows, report.files) == (7, 2)
    with ZipFile(tmp_path / "all.zip") as archive:
        first, *files = archive.namelist()
        assert first == "talks.xlsx"
        assert all(one.startswith("files/20261122-") and one.count("/") == 1 for one in files)
        assert {one.rpartition(".")[2] for one in files} == {"png", "pdf"}
        assert archive.read(files[0]).startswith(b"\x89PNG")
        archive.extract("talks.xlsx", tmp_path)
    cells = [row for _number, row in open_table(tmp_path / "talks.xlsx").rows()]
    assert "=HYPERLINK(1)" in {str(cell) for row in cells for cell in row}
    assert set(files) <= {str(row[8]) for row in cells if len(row) > 8}
    with pytest.raises(FileNotWrittenError):
        talks.exporting.write(tmp_path / "nowhere" / "a.zip")
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


def test_by_the_command_line(tmp_path, capsys, make_shop):
    """What a setting would delete is said before it is kept."""
    long_ago = FixedClock(datetime(2015, 1, 1, tzinfo=JAPAN))
    body = json.dumps({"events": [said("昔", "1", long_ago)]}).encode()
    shop = make_shop(clock=long_ago)
    assert shop.apply(read_webhook(body).events) == {}

    def told(*words):
        status = main(["--home", str(tmp_path / "home"), "--json", *map(str, words)])
        return status, json.loads(capsys.readouterr().out)

    status, report = told("export", "talks", tmp_path / "t.zip")
    assert (status, report["rows"], report["files"]) == (0, 1, 0)
    assert "deletes 1 message" in told("settings", "set", "talk_years", "5")[1]["error"]["message"]
    assert told("settings", "get", "talk_years")[1]["settings"] == {"talk_years": ""}
    assert told("settings", "set", "talk_years", "5", "--yes")[1]["settings"] == {"talk_years": "5"}
    assert told("export", "talks", tmp_path / "t.csv", "--friend", "5")[1]["error"]["code"] == "not_found"
    assert told("export", "talks", tmp_path / "t.doc")[1]["error"]["code"] == "invalid"
    assert told("settings", "set", "talk_years", "4")[1]["error"]["code"] == "invalid"
