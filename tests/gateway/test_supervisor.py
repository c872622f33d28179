"""The gateway beside the window, and its tunnel: real processes, started, watched, killed, and a program on the PATH."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING

import psutil
import pytest

from shopdesk.secrets import LINE_CHANNEL_SECRET
from shopdesk.supervisor import Supervisor, answers, pause_s, read_standing
from tests.conftest import PROJECT
from tests.until import until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from shopdesk.rehearsal import Running
    from shopdesk.shop import Shop
    from shopdesk.supervisor import Standing

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the stand-in program is a script")


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that speaks like cloudflared: a new address each time it is started, then it stays. Notes its starts."""
    starts = tmp_path / "starts"
    file = tmp_path / "bin" / "cloudflared"
    file.parent.mkdir()
    file.write_text(
        textwrap.dedent(f"""\
        #!{sys.executable}
        import os, sys, time
        with open({str(starts)!r}, "a") as out:
            print(os.getpid(), *sys.argv[1:], file=out)
        number = len(open({str(starts)!r}).readlines())
        print("INF Requesting new quick Tunnel on trycloudflare.com...", file=sys.stderr, flush=True)
        print(f"INF |  https://mihon-{{number}}.trycloudflare.com  |", file=sys.stderr, flush=True)
        time.sleep(600)
        """)
    )
    file.chmod(0o755)
    monkeypatch.setenv("PATH", str(file.parent), prepend=os.pathsep)
    return starts


@pytest.fixture
def supervisor(sqlite_shop: Shop) -> Iterator[Supervisor]:
    made = Supervisor(sqlite_shop)
    yield made
    made.close()


def standing(shop: Shop) -> Standing | None:
    return read_standing(shop.home.gateway)


def running(supervisor: Supervisor, other_than: int = 0) -> Standing:
    def well() -> bool:
        seen = supervisor.look()
        return seen.state == "running" and seen.standing is not None and seen.standing.pid != other_than

    until(well, "the gateway runs", 40)
    found = supervisor.look().standing
    assert found is not None
    return found


def test_without_a_wish_nothing_is_started(supervisor: Supervisor, sqlite_shop: Shop):
    assert supervisor.look().state == "off"
    sqlite_shop.settings.set("reach", "host")
    assert supervisor.look().state == "off"


def test_a_new_channel_secret_is_in_use_at_once(supervisor: Supervisor, sqlite_shop: Shop):
    """A gateway that went on with the old one would refuse whatever LINE signs with the new one."""
    sqlite_shop.settings.set("gateway_port", "18792")
    sqlite_shop.settings.set("reach", "own")
    first = running(supervisor)
    assert running(supervisor).pid == first.pid
    sqlite_shop.secrets.set(LINE_CHANNEL_SECRET, "a" * 32)
    assert running(supervisor, first.pid).url == first.url
    assert not psutil.pid_exists(first.pid)


def test_it_is_started_and_again_when_it_is_killed_and_ends_with_us(
    supervisor: Supervisor, sqlite_shop: Shop, program: Path, there: Running
):
    sqlite_shop.settings.set("reach", "tunnel")
    first = running(supervisor)
    told = "https://mihon-1.trycloudflare.com"
    until(lambda: there.rehearsal.webhook_url == f"{told}/webhook", "LINE is told the address")
    assert (standing(sqlite_shop) or first).temporary == told
    (started,) = program.read_text().splitlines()
    assert started.split()[1:] == ["tunnel", "--no-autoupdate", "--url", first.url]

    os.kill(int(started.split()[0]), signal.SIGKILL)
    until(lambda: there.rehearsal.webhook_url == "https://mihon-2.trycloudflare.com/webhook", "the tunnel is new")

    os.kill(first.pid, signal.SIGKILL)
    left = int(program.read_text().splitlines()[-1].split()[0])
    second = running(supervisor, other_than=first.pid)
    assert second.pid != first.pid
    until(lambda: not psutil.pid_exists(left), "the tunnel of the killed gateway is ended")
    until(lambda: len(program.read_text().splitlines()) == 3, "a third tunnel")
    sqlite_shop.settings.set("reach", "")
    assert supervisor.look().state == "off"
    assert not psutil.pid_exists(second.pid)
    assert standing(sqlite_shop) is None
    tunnel = int(program.read_text().splitlines()[-1].split()[0])
    until(lambda: not psutil.pid_exists(tunnel), "the tunnel ended with the gateway")


def test_a_program_that_is_not_there_is_named(supervisor: Supervisor, sqlite_shop: Shop, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    sqlite_shop.settings.set("reach", "tunnel")
    sqlite_shop.settings.set("tunnel", "ngrok")
    until(lambda: supervisor.look().state == "refused", "it refuses", 40)
    assert "ngrok" in supervisor.look().why


def test_one_that_stays_is_found_by_the_next_window(sqlite_shop: Shop):
    sqlite_shop.settings.set("reach", "own")
    sqlite_shop.settings.set("gateway_port", "18787")
    sqlite_shop.settings.set("gateway_stays", "on")
    first = Supervisor(sqlite_shop)
    there = running(first)
    first.close()
    assert answers(there.url)
    second = Supervisor(sqlite_shop)
    assert running(second).pid == there.pid
    sqlite_shop.settings.set("gateway_stays", "off")
    mine = running(second, other_than=there.pid)
    second.close()
    assert not psutil.pid_exists(mine.pid)


def test_it_ends_with_a_window_that_was_killed(sqlite_shop: Shop):
    """The window is a process of its own here: it starts the gateway and is killed."""
    sqlite_shop.settings.set("reach", "own")
    sqlite_shop.settings.set("gateway_port", "18788")
    window = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, time\nfrom pathlib import Path\nfrom shopdesk.shop import open_shop\n"
            "from shopdesk.supervisor import Supervisor\n"
            "s = Supervisor(open_shop(Path(sys.argv[1]), secrets={'line_channel_secret': '0' * 32}))\n"
            "while s.look().state != 'running': time.sleep(0.1)\n"
            "time.sleep(600)",
            str(sqlite_shop.home.path),
        ],
        cwd=PROJECT,
    )
    try:
        until(lambda: (at := standing(sqlite_shop)) is not None and answers(at.url), "the gateway runs", 40)
    finally:
        window.kill()
        window.wait()
    until(lambda: standing(sqlite_shop) is None, "the gateway ended with its window")


def test_pauses_grow_up_to_a_minute():
    assert [pause_s(n) for n in (0, 1, 2, 6, 7, 100)] == [1, 2, 4, 60, 60, 60]
