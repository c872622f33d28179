"""Due work without a window: the gateway's process does it; beside another process each thing is done once."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

from shopdesk import due
from shopdesk.clock import FixedClock
from shopdesk.gateway.errands import due_work_of
from shopdesk.leases import LeaseHeldError
from shopdesk.messages import draft
from tests.conftest import PROJECT
from tests.until import until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from shopdesk.rehearsal import Running
    from shopdesk.shop import Shop

HOLDS = """\
import sys, time
from pathlib import Path
from shopdesk.shop import open_shop
shop = open_shop(Path(sys.argv[1]), secrets={})
held = shop.leases.take("due")
print("taken", flush=True)
time.sleep(600)
"""


@pytest.fixture
def clock() -> FixedClock:
    """A minute ago: what is due in half a minute by it is due to a process that lives by the real time."""
    return FixedClock(datetime.now(UTC) - timedelta(minutes=1))


@contextmanager
def process(*command: str, **values: str) -> Iterator[subprocess.Popen[bytes]]:
    """Start a process and wait for the first line that it says."""
    with subprocess.Popen(
        [sys.executable, *command], cwd=PROJECT, env={**os.environ, **values}, stdout=subprocess.PIPE
    ) as found:
        try:
            assert found.stdout is not None
            assert found.stdout.readline()
            yield found
        finally:
            found.kill()


def test_one_that_is_killed_hands_over_and_the_gateway_sends_once(sqlite_shop: Shop, there: Running, clock: FixedClock):
    shop, people = sqlite_shop, there.rehearsal.people
    shop.friends.sync()
    as_window = partial(due.run_due, shop, send=partial(due.start, shop))
    with process("-c", HOLDS, str(shop.home.path)) as holder:
        with pytest.raises(LeaseHeldError):
            as_window()
        holder.kill()
        holder.wait()
        assert as_window() == []

    text = draft([{"type": "text", "text": "秋の新作"}])
    made = shop.broadcasts.draft(text, everyone=True, at=clock.now() + timedelta(seconds=30))
    keys = {"SHOPDESK_LINE_CHANNEL_ID": there.channel_id, "SHOPDESK_LINE_CHANNEL_SECRET": there.channel_secret}
    with process("-m", "shopdesk", "--home", str(shop.home.path), "--json", "serve", **keys):
        until(lambda: shop.broadcasts.status(made).state == "finished", "the gateway has sent", 40)
        clock.move(timedelta(seconds=60))
        assert as_window() == []
    assert [len(person.received()) for person in people] == [1] * len(people)


def test_a_gateway_far_from_the_folders_leaves_them_alone(shop: Shop, tmp_path: Path):
    folder = tmp_path / "watched"
    folder.mkdir()
    shop.imports.watching.watch(folder)
    (folder / "orders.csv").write_text("注文番号,金額\nA-1,1200\n", encoding="utf-8")
    os.utime(folder / "orders.csv", (1, 1))
    work = due_work_of(shop)
    work.start()
    work.stop()
    assert len(shop.imports.watching.files()) == shop.database.on_sqlite
