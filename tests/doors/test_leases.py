"""One holder at a time, replaced at once when its process is gone, and fenced off when it comes back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from shopdesk.leases import LASTS, LeaseHeldError, LeaseLostError

HOLDER = """
import sys, time
from pathlib import Path
from shopdesk.shop import open_shop
shop = open_shop(Path(sys.argv[1]), secrets={})
lease = shop.leases.take("sender")
print(lease.fencing, flush=True)
time.sleep(60)
"""


def holder_process(home) -> tuple[subprocess.Popen[str], int]:
    process = subprocess.Popen([sys.executable, "-c", HOLDER, str(home)], stdout=subprocess.PIPE, text=True)
    return process, int(process.stdout.readline())


def test_a_living_holder_keeps_it_and_a_killed_one_is_replaced_at_once(sqlite_shop):
    process, fencing = holder_process(sqlite_shop.home.path)
    with pytest.raises(LeaseHeldError, match="nothing is done twice"):
        sqlite_shop.leases.take("sender")
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    started = time.monotonic()
    lease = sqlite_shop.leases.take("sender")
    assert time.monotonic() - started < 1
    assert lease.fencing == fencing + 1
    lease.release()
    process.stdout.close()


def test_two_windows_of_one_process_do_not_share_it(sqlite_shop):
    first = sqlite_shop.leases.take("sender")
    with pytest.raises(LeaseHeldError):
        sqlite_shop.leases.take("sender")
    first.release()
    sqlite_shop.leases.take("sender").release()


def test_who_was_replaced_cannot_write_any_more(shop, make_shop):
    old = shop.leases.take("sender")
    old._lock.release()  # as if this computer had slept and the other took over
    new = shop.leases.take("sender")
    with pytest.raises(LeaseLostError), shop.database.write() as session:
        old.check(session)
    with shop.database.write() as session:
        new.check(session)
    new.renew()
    new.release()


def test_another_machine_waits_until_the_lease_runs_out(shop, clock, monkeypatch, tmp_path):
    theirs = shop.leases.take("due work")
    monkeypatch.setattr("socket.gethostname", lambda: "till-2")
    monkeypatch.setattr(shop.leases, "_folder", tmp_path)  # its own disk, its own lock files
    with pytest.raises(LeaseHeldError):
        shop.leases.take("due work")
    clock.move(LASTS)
    ours = shop.leases.take("due work")
    assert ours.fencing == theirs.fencing + 1
    ours.release()
