"""What only a process of its own can show: environment, encodings, Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

import pytest

from tests.cli.conftest import PROJECT, SAMPLES


def test_the_home_from_the_environment_and_a_terminal_without_japanese(process, run, home):
    run("import", SAMPLES / "shopify-orders.csv")
    plain = {"SHOPDESK_HOME": str(home), "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    found = process("customers", "search", "見本", at=None, **plain)
    assert found.json["customers"][0]["name"] == "見本 太郎"


def test_a_file_that_takes_its_reader_down(process, tmp_path):
    broken = tmp_path / "注文.xlsx"
    broken.write_bytes((SAMPLES / "shopify-orders-excel.xlsx").read_bytes()[:-700])
    refused = process("import", broken, SHOPDESK_LANGUAGE="ja")
    assert refused.error["message"]
    assert refused.err == ""


@pytest.fixture
def heard():
    """Tests that run in the background of a shell ignore Ctrl-C, and so would what they start."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.skipif(sys.platform == "win32", reason="process groups of Unix")
@pytest.mark.usefixtures("heard")
def test_ctrl_c_in_an_import_says_one_word_and_leaves_nothing(home, tmp_path):
    large = tmp_path / "large.csv"
    head, first = (SAMPLES / "shopify-orders.csv").read_text(encoding="utf-8").splitlines()[:2]
    with large.open("w", encoding="utf-8") as file:
        file.write(head + "\n")
        file.writelines(first.replace("#1001", f"#{number}") + "\n" for number in range(200_000))
    command = [sys.executable, "-m", "shopdesk", "--home", str(home), "--json", "import", str(large)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "encoding": "utf-8"}
    with subprocess.Popen(command, cwd=PROJECT, start_new_session=True, **pipes) as running:
        # Rows are counted: the command is past the start of its child and waits for it.
        said = running.stderr.readline()
        os.killpg(running.pid, signal.SIGINT)
        out, err = running.communicate(timeout=60)
    assert said.endswith("rows read\n")
    assert running.returncode == 1
    assert json.loads(out)["error"]["code"] == "stopped"
    assert [line for line in err.split("\n") if line.strip() and not line.endswith("rows read")] == []
    assert list((home / "staging").iterdir()) == []
