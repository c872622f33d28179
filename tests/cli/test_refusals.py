"""Bad input: exit status, one sentence, nothing written, never a traceback."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import zipfile
from pathlib import Path

import pytest

from shopdesk import logs
from tests.cli.conftest import SAMPLES

MESSAGE = [{"type": "text", "text": "お知らせ"}]


@pytest.fixture
def bad(tmp_path):
    """Files nobody can import, by what is wrong with them."""
    good = (SAMPLES / "shopify-orders-excel.xlsx").read_bytes()
    made = {
        "empty.csv": b"",
        "only-a-header.csv": (SAMPLES / "shopify-orders.csv").read_bytes().split(b"\n")[0] + b"\n",
        "truncated.xlsx": good[: len(good) // 2],
        "password.xlsx": bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le"),
        "picture.csv": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
        "unknown.csv": b"zzz,yyy\nqqq,www\n",
    }
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/workbook.xml", b" " * 300_000_000)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("empty.csv", "empty"),
        ("only-a-header.csv", "empty"),
        ("truncated.xlsx", None),
        ("password.xlsx", "password"),
        ("picture.csv", None),
        ("unknown.csv", "not_recognised"),
        ("bomb.xlsx", None),
        ("is-not-there.csv", None),
    ],
)
def test_a_file_that_cannot_be_imported(run, bad, name, code):
    refused = run("import", bad / name)
    assert refused.error["code"] == (code or refused.error["code"])
    assert refused.error["code"] != "unexpected"
    assert run("imports").json == {"imports": []}
    assert run("customers", "search", "a").json == {"customers": []}


def test_an_unsure_file_asks_for_a_mapping_and_takes_it(run, tmp_path):
    file, mapping = tmp_path / "own.csv", tmp_path / "mapping.json"
    file.write_text("番号,お名前,電話,合計,日付\nA-1,見本 花子,090-0000-0001,1200,2026-11-20\n", encoding="utf-8")
    shown = run("import", file, "--dry-run")
    assert shown.status == 0
    assert set(shown.json["columns"][0]) >= {"index", "column", "field", "confidence", "asked"}
    assert any(one["asked"] for one in shown.json["columns"])
    assert run("import", file).error["code"] == "needs_mapping"
    assert run("imports").json == {"imports": []}
    given = {
        "番号": "order.number",
        "お名前": "customer.name",
        "#2": "customer.phone",
        "合計": "order.total_yen",
        "日付": "order.date",
    }
    mapping.write_text(json.dumps({"columns": given}), encoding="utf-8")
    done = run("import", file, "--mapping", mapping).json
    assert (done["orders"]["new"], done["gross_yen"], done["customers"]["new"]) == (1, 1200, 1)
    assert "columns" not in done
    found = run("customers", "search", "花子").json["customers"]
    assert [(one["phone"], one["orders"], one["spent_yen"]) for one in found] == [("09000000001", 1, 1200)]
    assert [run("imports", "forget-mapping", file).json["forgotten"] for _twice in range(2)] == [True, False]
    assert run("import", file).error["code"] == "needs_mapping"


@pytest.mark.parametrize("written", [b"{", b"\xff\xfe\x00", b"[]", b'{"columns": {"a": "no.such.field"}}', None])
def test_a_mapping_that_cannot_be_used(run, tmp_path, written):
    mapping = tmp_path / "mapping.json"
    if written is not None:
        mapping.write_bytes(written)
    assert run("import", SAMPLES / "shopify-orders.csv", "--mapping", mapping).error["code"] == "invalid"


@pytest.mark.parametrize(
    "said",
    [
        ("customers", "show", 7),
        ("customers", "merge", 7, 8),
        ("customers", "tag", 7, "常連"),
        ("customers", "consent", 7, "line", "off"),
        ("customers", "disclose", 7, "person.json"),
        ("customers", "forget", 7),
        ("customers", "show", 2**63 - 1),
        ("imports", "undo", 7),
        ("segments", "count", "none"),
        ("segments", "why", "none", "1"),
        ("segments", "explain", "none"),
        ("broadcasts", "preview", 7),
        ("broadcasts", "send", 7),
        ("broadcasts", "status", 7),
        ("broadcasts", "pause", 7),
        ("broadcasts", "cancel", 7),
        ("broadcasts", "settle", 7, "--as", "failed"),
        ("friends", "link", "U" + "0" * 32, 1),
        ("friends", "unlink", "U" + "0" * 32),
        ("settings", "get", "no_such"),
        ("settings", "set", "no_such", "1"),
    ],
)
def test_what_does_not_exist_is_said(run, said):
    assert run(*said).error["code"] == "not_found"


@pytest.mark.parametrize(
    "said",
    [
        (),
        ("no-such-command",),
        ("customers",),
        ("customers", "show", "seven"),
        ("customers", "show", 2**63),
        ("customers", "consent", 1, "fax", "on"),
        ("import",),
        ("import", "--no-such-option"),
        ("broadcasts", "draft", "--message", "m.json"),
        ("broadcasts", "draft", "--segment", "a", "--everyone", "--message", "m.json"),
        ("broadcasts", "draft", "--segment", "a", "--each", "--message", "m.json"),
        ("broadcasts", "settle", 1),
        ("segments", "count"),
        ("segments", "count", "a", "--rule", "r.json"),
        ("rehearsal", "--port", 70_000),
        ("rehearsal", "--friends", -1),
        ("import", "file.csv", "--json"),
    ],
)
def test_wrong_usage_is_2(run, said):
    if not said:
        said = ("--no-such-option",)
    wrong = run(*said)
    assert wrong.status == 2
    assert wrong.json["error"]["code"] == "usage"
    assert wrong.err
    assert "--json" in said or run(*said, text=True).out == ""


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (("nope",), "「nope」というコマンドはありません。"),
        (("broadcast",), "「broadcast」というコマンドはありません。 broadcasts ではありませんか。"),
        (("import", "--nope"), "「--nope」というオプションはありません。"),
        (("broadcasts", "send"), "BROADCAST がありません。"),
        (("broadcasts", "draft"), "--message FILE か --mail-only を指定してください。"),
        (("coupons", "undo", 1), "--reason がありません。"),
        (("rehearsal", "--port"), "「--port」には値が要ります。"),
        (("demo", "--headless=1"), "「--headless」に値は付けられません。"),
        (("rehearsal", "--port", 70_000), "--port は 0 から 65535 までの整数にしてください。"),
        (("rehearsal", "--friends", "many"), "--friends は 0 以上の整数にしてください。"),
        (("broadcasts", "settle", 1, "--as", "x"), "--as は、次のどれかにしてください: accepted, failed。"),
        (("backup", "FOLDER"), "FILE は、フォルダーではなく、読めるファイルにしてください。"),
        (("carts", "a"), "「a」はここには書けません。"),
    ],
)
def test_wrong_usage_is_said_in_the_readers_language(run, monkeypatch, tmp_path, said, sentence):
    monkeypatch.setenv("SHOPDESK_LANGUAGE", "ja")
    wrong = run(*(tmp_path if one == "FOLDER" else one for one in said))
    assert wrong.status == 2
    assert wrong.json["error"]["message"].startswith(f"コマンドの書き方が違います: {sentence} 「shopdesk")
    assert wrong.err.startswith("使い方: shopdesk ")
    assert not re.search("OPTION|ARGS|Usage", wrong.err)


@pytest.mark.parametrize(
    ("said", "content"),
    [
        (("segments", "save", "a", "FILE"), b"{"),
        (("segments", "save", "a", "FILE"), b"\xff"),
        (("segments", "save", "a", "FILE"), b'{"field": "no.such"}'),
        (("segments", "save", "a", "FILE"), b"[" * 100_000),
        (("segments", "count", "--rule", "FILE"), b"17"),
        (("broadcasts", "draft", "--everyone", "--message", "FILE"), b"{"),
        (("broadcasts", "draft", "--everyone", "--message", "FILE"), b"[]"),
        (("broadcasts", "draft", "--everyone", "--message", "FILE"), b'[{"type": "text", "text": "{nickname}"}]'),
        (("broadcasts", "draft", "--everyone", "--message", "FILE"), None),
        (("segments", "save", "a", "FILE"), None),
        (("restore", "FILE"), b"no backup"),
        (("restore", "FILE"), None),
        (("rehearsal", "--fault", "FILE"), b"{"),
        (("rehearsal", "--fault", "FILE"), None),
    ],
)
def test_files_that_are_no_good(run, tmp_path, said, content):
    file = tmp_path / "file.json"
    if content is not None:
        file.write_bytes(content)
    assert run(*(file if one == "FILE" else one for one in said)).error["code"] != "unexpected"


@pytest.mark.parametrize(
    "said",
    [
        ("restore", "FILE"),
        ("broadcasts", "draft", "--everyone", "--message", "FILE"),
        ("segments", "save", "a", "FILE"),
    ],
)
def test_a_file_that_is_not_there_is_said_to_be_so(run, tmp_path, said):
    file = tmp_path / "no" / "file"
    refused = run(*(file if one == "FILE" else one for one in said)).error
    assert (refused["code"], refused["message"]) == (
        "invalid",
        f"There is no file {file}. Look at its name and folder.",
    )


def test_a_folder_is_said_to_be_one(run, tmp_path):
    refused = run("broadcasts", "draft", "--everyone", "--message", tmp_path).error
    assert refused["message"] == f"{tmp_path} is a folder. Name a file in it."


@pytest.mark.parametrize("said", [("settings", "set", "cap_messages", "-1"), ("broadcasts", "status", "-1")])
def test_a_number_below_nothing_is_said_to_be_one(run, said):
    wrong = run(*said)
    assert wrong.status == 2
    assert "“-1” cannot stand here: a number from 0 is wanted." in wrong.json["error"]["message"]


def test_a_backup_makes_no_folder_but_its_own(run, home, tmp_path):
    refused = run("backup", tmp_path / "nodir" / "kept.db").error
    assert (refused["code"], str(tmp_path / "nodir") in refused["message"]) == ("backup", True)
    assert not (tmp_path / "nodir").exists()
    shutil.rmtree(home / "backups", ignore_errors=True)
    assert Path(run("backup").json["file"]).parent == home / "backups"


def test_a_host_that_is_none_is_named_once(run, process):
    ended = process(
        *("friends", "sync"), SHOPDESK_LINE_HOST="nonsense", SHOPDESK_LINE_ACCESS_TOKEN="x", SHOPDESK_LANGUAGE="en"
    )
    assert ended.error["code"] == "line_host"
    assert "SHOPDESK_LINE_HOST" in ended.error["message"]
    assert ended.err == ""
    assert run("verify").status == 0


def test_times_and_values_that_cannot_be(run, tmp_path):
    message = tmp_path / "message.json"
    message.write_text(json.dumps(MESSAGE), encoding="utf-8")
    draft = ("broadcasts", "draft", "--everyone", "--message", message, "--at")
    assert run(*draft, "tomorrow").error["code"] == "invalid"
    assert run(*draft, "2020-01-01T09:00").error["code"] == "invalid"
    assert run(*draft, "9999-12-31T23:59:59-12:00").error["code"] == "invalid"
    assert run("settings", "set", "plan", "gold").error["code"] == "invalid"
    assert run("import", SAMPLES / "shopify-orders.csv", "--cart", "nowhere").error["code"] == "not_found"


def closed_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.mark.parametrize(("token", "code"), [("", "line_keys"), ("wrong", "line_unreachable")])
def test_without_keys_or_network_nothing_is_marked_as_sent(run, tmp_path, monkeypatch, token, code):
    monkeypatch.setenv("SHOPDESK_LINE_HOST", f"http://127.0.0.1:{closed_port()}")
    monkeypatch.setenv("SHOPDESK_LINE_ACCESS_TOKEN", token)
    message = tmp_path / "message.json"
    message.write_text(json.dumps(MESSAGE), encoding="utf-8")
    made = run("broadcasts", "draft", "--everyone", "--message", message).json["id"]
    assert run("broadcasts", "send", made).error["code"] in {code, "empty_audience"}
    assert run("friends", "sync").error["code"] == code
    shown = run("broadcasts", "preview", made).json
    assert (shown["quota_left"], shown["cost_yen"]) == (None, None)
    assert run("broadcasts", "status", made).json["accepted"] == 0


@pytest.mark.parametrize("folder", ["OneDrive", "Dropbox", "OneDrive - みほん"])
def test_a_synced_folder_is_refused_with_the_hint(run, tmp_path, folder):
    refused = run("customers", "search", "a", at=tmp_path / folder / "shop").error
    assert refused["code"] == "home_refused"
    assert "PostgreSQL" in refused["message"]
    assert not (tmp_path / folder).exists()


def test_a_home_that_cannot_be_made(run, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert run("doctor", at=tmp_path / "file").error["code"] == "home_refused"
    assert run("doctor", at=tmp_path / "file" / "inside").error["code"] == "home_refused"


def test_a_database_that_is_none(run, home):
    (home / "shop.db").write_bytes(b"this is no database at all" * 100)
    assert run("customers", "search", "a").error["code"] not in {"unexpected", "error"}


def test_a_postgresql_that_does_not_answer(run, monkeypatch):
    monkeypatch.setenv("SHOPDESK_DATABASE_URL", f"postgresql://nobody@127.0.0.1:{closed_port()}/none")
    assert run("doctor").error["code"] not in {"unexpected", "error"}
    monkeypatch.setenv("SHOPDESK_DATABASE_URL", "nonsense")
    assert run("doctor").error["code"] not in {"unexpected", "error"}


def test_the_unexpected_goes_to_the_log_which_the_sentence_names(run, home, monkeypatch):
    def broken(_shop):
        raise RuntimeError("secret=abc " + "U" + "a" * 32)

    monkeypatch.setattr("shopdesk.cli.doctor.examine", broken)
    refused = run("doctor")
    file = logs.log_file(home / "logs")
    assert refused.error["code"] == "unexpected"
    assert str(file) in refused.error["message"]
    assert refused.err == ""
    said = file.read_text(encoding="utf-8")
    assert "Traceback" in said
    assert "abc" not in said
    assert "a" * 32 not in said


def test_the_unexpected_before_the_home_is_there(run, tmp_path, monkeypatch):
    monkeypatch.setattr("shopdesk.rehearsal.serve", lambda **_all: 1 / 0)
    at = tmp_path / "new"
    refused = run("rehearsal", at=at)
    assert str(logs.log_file(at / "logs")) in refused.error["message"]
    assert "ZeroDivisionError" in logs.log_file(at / "logs").read_text(encoding="utf-8")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="names that are not UTF-8 exist on Unix")
def test_a_name_that_is_not_utf8_still_gives_json(run, tmp_path):
    refused = run("import", Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.csv")))
    assert refused.error["code"] != "unexpected"


def test_a_backup_never_goes_over_the_shops_own_data(run, home):
    before = (home / "shop.db").stat().st_ino
    assert run("backup", home / "shop.db").error["code"] == "backup"
    assert (home / "shop.db").stat().st_ino == before
