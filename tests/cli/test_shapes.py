"""What each command prints: the keys of the contract for machines, sentences in the reader's language for people."""

from __future__ import annotations

import json
import re
from datetime import datetime

import click
import pytest

from shopdesk import i18n
from shopdesk.cli.program import shopdesk
from shopdesk.segments import parse, sentence
from tests.cli.conftest import SAMPLES

TRUTH = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))["files"]
CUSTOMER = {
    "id",
    "name",
    "kana",
    "phone",
    "email",
    "orders",
    "spent_yen",
    "line",
    "consent_line",
    "consent_mail",
    "tags",
}
RULE = {"all": [{"field": "orders.count", "is": "at_least", "value": 1}]}


def commands(group=shopdesk, path=()):
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


def wanted(found, keys):
    assert set(found) >= keys
    return found


def test_an_import_and_its_list_and_its_undo(run):
    done = run("import", SAMPLES / "yahoo-orders.csv", SAMPLES / "yahoo-items.csv").json
    wanted(done, {"import_id", "files", "orders", "lines", "customers", "gross_yen", "problems"})
    for file in done["files"]:
        wanted(file, {"file", "cart", "kind", "encoding", "sheet", "header_row", "rows"})
    assert [one["header_row"] for one in done["files"]] == [1, 1]
    assert set(done["orders"]) == {"new", "updated", "unchanged", "cancelled"}
    assert set(done["customers"]) == {"new", "matched"}
    listed = run("imports").json["imports"]
    assert [one["id"] for one in listed] == [done["import_id"]]
    assert datetime.fromisoformat(listed[0]["at"]).utcoffset().total_seconds() == 9 * 3600
    assert run("imports", "undo", done["import_id"]).json["undone"]["orders"] == 4
    assert run("imports", "undo", done["import_id"]).error["code"] == "already_undone"
    assert run("imports").json["imports"][0]["undone_at"]


def test_a_dry_run_shows_problems_and_columns_and_writes_nothing(run, tmp_path):
    said = (
        (SAMPLES / "shopify-orders.csv").read_text(encoding="utf-8").replace("reiko.takahashi@example.jp", "reiko at")
    )
    (tmp_path / "orders.csv").write_text(said, encoding="utf-8")
    shown = run("import", tmp_path / "orders.csv", "--dry-run", "--cart", "shopify").json
    assert shown["import_id"] is None
    for one in shown["columns"]:
        wanted(one, {"index", "column", "field", "confidence", "asked"})
    assert [one["index"] for one in shown["columns"]] == list(range(len(shown["columns"])))
    assert shown["problems"]
    for one in shown["problems"]:
        wanted(one, {"file", "row", "column", "message"})
    assert run("imports").json == {"imports": []}


def test_carts_and_fields(run):
    for one in run("carts").json["carts"]:
        wanted(one, {"name", "title", "columns"})
    words = {one["name"] for one in run("carts", "--fields").json["fields"]}
    assert words >= {"order.number", "order.total_yen", "line.quantity", "customer.name", "customer.phone", "points"}


def test_people(run, tmp_path):
    run("import", SAMPLES / "shopify-orders.csv")
    truth = {one["email"]: one for one in TRUTH["shopify-orders.csv"]["customers"]}
    found = run("customers", "search", "example.jp").json["customers"]
    assert {one["email"]: one["phone"] for one in found} == {mail: one["phone"] for mail, one in truth.items()}
    first, second = wanted(found[0], CUSTOMER)["id"], found[1]["id"]
    assert wanted(run("customers", "show", first).json, {"customer"})["customer"] == found[0]
    assert found[0]["consent_line"] is True
    assert run("customers", "tag", first, "常連").json["customers"][0]["tags"] == ["常連"]
    assert run("customers", "tag", first, "常連", "--off").json["customers"][0]["tags"] == []
    assert run("customers", "consent", first, "line", "off").json["customers"][0]["consent_line"] is False
    assert run("customers", "consent", first, "mail", "on").json["customers"][0]["consent_mail"] is True
    merged = run("customers", "merge", first, second).json["customers"][0]
    assert (merged["id"], merged["orders"]) == (first, found[0]["orders"] + found[1]["orders"])
    file = tmp_path / "person.json"
    assert run("customers", "disclose", first, file).json == {"file": str(file)}
    assert json.loads(file.read_text(encoding="utf-8"))["customer"]["name"] == merged["name"]
    assert run("customers", "disclose", first, tmp_path / "no" / "folder.json").error["code"] == "invalid"
    assert run("customers", "forget", first).status == 0
    assert run("customers", "show", first).error["code"] == "not_found"
    assert run("verify").status == 0


def test_segments(run, tmp_path):
    run("import", SAMPLES / "shopify-orders.csv")
    rule = tmp_path / "rule.json"
    rule.write_text(json.dumps(RULE), encoding="utf-8-sig")
    run("segments", "save", "買った方", rule)
    for said in (("買った方",), ("--rule", rule)):
        counted = run("segments", "count", *said).json
        wanted(counted, {"count", "reachable_on_line", "not_linked", "opted_out"})
        assert counted["count"] == counted["not_linked"] == 2
        assert run("segments", "explain", *said).json["sentence"]
    assert [one["name"] for one in run("segments", "list").json["segments"]] == ["買った方"]
    run("settings", "set", "language", "ja")
    for which in (("買った方",), ("--rule", rule)):
        said = run("segments", "explain", *which).json["sentence"]
        assert i18n.language() == "ja"
        assert said == sentence(parse(RULE))


def test_settings(run):
    listed = run("settings", "list").json["settings"]
    assert listed["plan"] == "communication"
    assert run("settings", "set", "plan", "light").json == {"settings": {"plan": "light"}}
    assert run("settings", "get", "plan").json == {"settings": {"plan": "light"}}
    assert run("settings", "list").json["settings"] == {**listed, "plan": "light"}


def test_doctor_looks_at_everything_and_meets_no_line_without_keys(run, monkeypatch):
    found = run("doctor").json["checks"]
    for one in found:
        wanted(one, {"name", "ok", "message"})
    named = {one["name"] for one in found}
    assert named >= {"sqlite", "home", "key ring", "database", "line token", "webhook", "public address"}
    monkeypatch.setenv("SHOPDESK_LINE_HOST", "http://127.0.0.1:9")
    monkeypatch.setenv("SHOPDESK_LINE_ACCESS_TOKEN", "x")
    assert run("friends", "sync").error["code"] == "line_unreachable"  # not: this home belongs to the real LINE


def test_backup_verify_quarantine(run, tmp_path):
    kept = run("backup").json
    assert set(kept) == {"file", "rows"}
    assert run("backup", tmp_path / "kept.db").json["rows"] > 0
    assert run("quarantine").json == {"quarantined": False, "since": None, "reason": None}
    found = run("verify").json["invariants"]
    assert {one["name"].split()[0] for one in found} >= {"I1", "I3", "I10", "I12"}
    for one in found:
        wanted(one, {"name", "ok", "detail"})
    assert run("restore", kept["file"]).json == kept
    held = run("quarantine").json
    assert held["quarantined"] is True
    assert held["since"].endswith("+09:00")
    assert held["reason"]


def test_verify_fails_aloud(run, monkeypatch):
    monkeypatch.setattr("shopdesk.verify._integrity", lambda _shop: "page 7")
    broken = run("verify")
    assert "I10 integrity" in broken.error["message"]
    assert [one["detail"] for one in broken.json["invariants"] if not one["ok"]] == ["page 7"]
    assert "✗ I10 integrity  page 7" in run("verify", text=True).out


def test_the_version_of_a_checkout(run):
    assert re.fullmatch(r"ShopDesk \d+\.\d+\.\d+\n", run("--version", text=True).out)


@pytest.mark.parametrize("path", [(), *commands()], ids=" ".join)
def test_every_help_speaks_japanese(run, monkeypatch, path):
    monkeypatch.setenv("SHOPDESK_LANGUAGE", "ja")
    said = run(*path, "--help", text=True)
    assert said.status == 0
    if i18n._("Usage: ") == "Usage: ":
        pytest.skip("the catalog does not hold the command line yet")
    spoken = said.out.partition("\n  {")[0]  # an example of a file has keys of its own
    assert not re.search(r"\[OPTIONS|ARGS|TEXT|PATH|INTEGER|DIRECTORY|required|default", spoken)
    _usage, _blank, described = spoken.partition("\n\n")
    lines = [line for line in described.splitlines() if re.search("[A-Za-z]{3}", line)]
    assert [line for line in lines if not re.search("[ぁ-んァ-ヶ一-龠]", line) and "--" not in line] == []


def test_an_import_in_japanese_words(run, monkeypatch):
    monkeypatch.setenv("SHOPDESK_LANGUAGE", "ja")
    said = run("import", SAMPLES / "shopify-orders.csv", text=True)
    if i18n._("Nothing was written.") == "Nothing was written.":
        pytest.skip("the catalog does not hold the command line yet")
    assert "25,600 円" in said.out
    assert "imports undo 1" in said.out
    for more in (("customers", "search", "例"), ("customers", "show", 1), ("imports",), ("carts",), ("doctor",)):
        assert re.search("[ぁ-んァ-ヶ一-龠]", run(*more, text=True).out)


def test_every_text_has_its_parts(run, tmp_path):
    """Each command for people, once: nothing breaks on the way to the words."""
    message, rule = tmp_path / "message.json", tmp_path / "rule.json"
    message.write_text(json.dumps([{"type": "text", "text": "お知らせ"}]), encoding="utf-8")
    rule.write_text(json.dumps(RULE), encoding="utf-8")
    for said in (
        ("import", SAMPLES / "shopify-orders.csv"),
        ("imports",),
        ("imports", "undo", 1),
        ("imports",),
        ("carts",),
        ("carts", "--fields"),
        ("customers", "search", "x"),
        ("segments", "save", "s", rule),
        ("segments", "count", "s"),
        ("segments", "list"),
        ("segments", "explain", "s"),
        ("settings", "list"),
        ("settings", "get", "plan"),
        ("broadcasts", "draft", "--segment", "s", "--message", message),
        ("broadcasts", "preview", 1),
        ("broadcasts", "status", 1),
        ("broadcasts", "list"),
        ("broadcasts", "cancel", 1),
        ("doctor",),
        ("backup",),
        ("verify",),
        ("quarantine",),
    ):
        spoken = run(*said, text=True)
        assert (spoken.status, spoken.err) == (0, ""), said
        assert spoken.out


def test_entries_put_together_are_parted_again_and_told_apart(run):
    run("import", SAMPLES / "yahoo-orders.csv", SAMPLES / "yahoo-items.csv")
    one, other = (found["id"] for found in run("customers", "search", "@").json["customers"][:2])
    made = run("customers", "merge", one, other).json
    wanted(made["customer"], CUSTOMER)
    assert run("customers", "merges").json["merges"][0]["id"] == made["merge_id"]
    assert run("customers", "unmerge", made["merge_id"]).json["customer"]["id"] == other
    assert run("customers", "unmerge", made["merge_id"]).error["code"] == "already_undone"
    assert run("customers", "distinct", one, other).json["distinct"] is True
    assert run("customers", "distinct", one, other, "--off").json["distinct"] is False
    for pair in run("customers", "duplicates", "--limit", 5).json["pairs"]:
        wanted(pair, {"one", "other", "score", "alike"})


def test_a_stop_of_use_and_a_page_to_hand_over(run, tmp_path):
    run("import", SAMPLES / "yahoo-orders.csv", SAMPLES / "yahoo-items.csv")
    one = run("customers", "search", "@").json["customers"][0]["id"]
    run("customers", "consent", one, "mail", "on", "--how", "page", "--wording", "月に1回")
    stopped = run("customers", "stop-use", one).json["customer"]
    assert (stopped["consent_line"], stopped["consent_mail"]) == (False, False)
    assert run("customers", "consent", one, "mail", "on").error["code"] == "stopped"
    assert run("customers", "stop-use", one, "--off").json["customer"]["stopped_at"] is None
    page = tmp_path / "held.html"
    run("customers", "disclose", one, page)
    assert "月に1回" in page.read_text(encoding="utf-8")
