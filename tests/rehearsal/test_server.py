"""The rehearsal as a process: its one line, its files, its end."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import urllib3

from shopdesk.errors import InvalidInputError
from shopdesk.rehearsal import PortTakenError, friend_id, running, serve
from shopdesk.rehearsal.server import _listener

ROOT = Path(__file__).resolve().parent.parent.parent
CALL = "import sys, json, pathlib; from shopdesk.rehearsal import serve; serve({})"


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_one_line_then_it_stays_until_told_to_stop(tmp_path, end):
    journal, faults = tmp_path / "journal", tmp_path / "faults"
    faults.write_text('{"endpoint": "info", "nth": 2, "answer": 500}\n\n')
    arguments = (
        f"friends=1, quota=7, journal_file=pathlib.Path({str(journal)!r}), fault_file=pathlib.Path({str(faults)!r})"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", CALL.format(arguments)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        said = json.loads(process.stdout.readline())
        assert list(said) == ["url", "channel_id", "channel_secret", "access_token", "bot_user_id"]
        http = urllib3.PoolManager(retries=False, headers={"Authorization": f"Bearer {said['access_token']}"})
        quota, _info, broken, followers = (
            http.request("GET", f"{said['url']}/v2/bot/{path}")
            for path in ["message/quota", "info", "info", "followers/ids"]
        )
        assert quota.json()["value"] == 7
        assert broken.status == 500
        assert followers.json() == {"userIds": [friend_id(0)]}
        written = [json.loads(line) for line in journal.read_text().splitlines()]
        assert [entry["endpoint"] for entry in written] == ["quota", "info", "info", "followers/ids"]
        assert written == http.request("GET", f"{said['url']}/rehearsal/journal").json()["requests"]
    finally:
        process.send_signal(end)
        rest, errors = process.communicate(timeout=10)
    assert (process.returncode, rest, errors) == (0, b"", b"")


def test_a_taken_port_is_said():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortTakenError, match=str(port)):
            serve(port=port)


@pytest.mark.parametrize("line", ["x", "[]", '{"answer": 1}'])
def test_a_fault_file_must_mean_something(tmp_path, line):
    file = tmp_path / "faults"
    file.write_text(line)
    with pytest.raises(InvalidInputError):
        serve(fault_file=file)
    with pytest.raises(InvalidInputError):
        serve(fault_file=tmp_path / "nowhere")


def test_it_ends_at_once_though_an_answer_is_held_back():
    with running() as line:
        line.rehearsal.faults.add({"delay_s": 60})
        http = urllib3.PoolManager(retries=False)
        with pytest.raises(urllib3.exceptions.ReadTimeoutError):
            http.request("GET", line.url + "/v2/bot/info", timeout=0.1)
    assert len(line.rehearsal.journal.entries) == 1


def test_it_can_start_again_at_once_where_it_ended():
    with running() as line:
        where = urlsplit(line.url)
        left_open = socket.create_connection((where.hostname, where.port))
        left_open.sendall(b"GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n")
        assert left_open.recv(4096)
    left_open.close()
    again = _listener(where.port)
    again.close()
