"""An import can be stopped even where its reader no longer listens, and says which fields a file lacks."""

from __future__ import annotations

import os
import signal
import sys
import threading

import pytest

from shopdesk.imports import running

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="stops a process by signal")


def test_a_reader_that_hangs_is_ended(sqlite_shop, tmp_path, monkeypatch):
    monkeypatch.setattr(running, "_STOP_SECONDS", 0.3)
    file = tmp_path / "orders.csv"
    file.write_text("受注番号,受注日,合計金額\n1,2026-11-01,100\n", encoding="utf-8")
    found = sqlite_shop.imports.start([file])
    os.kill(found.process_id, signal.SIGSTOP)
    raised = []

    def read():
        try:
            found.preview()
        except running.StoppedError as error:
            raised.append(error.code)

    reader = threading.Thread(target=read)
    reader.start()
    found.stop()
    reader.join(5)
    found.close()
    assert raised == ["stopped"]
    assert list(sqlite_shop.home.staging.iterdir()) == []


def test_what_a_file_lacks_is_told(sqlite_shop, tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("注文番号,お名前,電話番号,支払金\n1,見本 花子,090-1234-5678,100\n", encoding="utf-8")
    with sqlite_shop.imports.start([file]) as running:
        report = running.preview()
    assert "order.date" in sqlite_shop.imports.lacking(report)["a.csv"]
