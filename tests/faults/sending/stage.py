"""The rig of tables A and E: a pretend LINE over real HTTP, and a shop made anew for every case."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from datetime import datetime, timedelta
from functools import cached_property
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any
from unittest import mock

from sqlalchemy import func, insert, select

from shopdesk import migrate
from shopdesk.broadcasts import Status
from shopdesk.clock import JAPAN, Clock, FixedClock
from shopdesk.coupons import Offer
from shopdesk.coupons.tables import TicketRow
from shopdesk.database import Database
from shopdesk.errors import ShopDeskError
from shopdesk.friends.tables import FriendRow
from shopdesk.messages import addresses, draft
from shopdesk.paths import Home
from shopdesk.rehearsal import Rehearsal, Running, running
from shopdesk.secrets import LINE_CHANNEL_ID, LINE_CHANNEL_SECRET
from shopdesk.shop import Shop, open_shop
from shopdesk.verify import verify

NOW = datetime(2026, 11, 22, 14, 32, tzinfo=JAPAN)
WAYS = ("push", "multicast", "broadcast")
_SENDS = set(WAYS)
_COUPONS = re.compile(r"https://shop\.example\.com/coupon/(\d{42})")


def refused(error: type[ShopDeskError], act: Callable[[], object]) -> None:
    """Check that something is refused in this way."""
    try:
        act()
    except error:
        return
    raise AssertionError(f"it was not refused as {error.code}")


class Scene:
    """One case: a shop with its computer's clock (`pc`), the pretend LINE with its own (`line`), and what came of it."""

    def __init__(self, shop: Shop, there: Running, pc: FixedClock, line: FixedClock) -> None:
        self.shop, self.there, self.pc, self.line = shop, there, pc, line
        self.naps: list[float] = []

    def befriend(self) -> None:
        """Let the shop know all friends that LINE has, as a fetch would."""
        known = {"display_name": "友", "picture_url": "", "state": "friend", "since": self.shop.clock.now()}
        rows = [{"user_id": person.user_id, **known} for person in self.there.rehearsal.people]
        if rows:
            with self.shop.database.write() as session:
                session.execute(insert(FriendRow), rows)

    def close(self) -> None:
        self.shop.close()

    def restart(self, stage: Stage) -> None:
        """Close the shop and open it again."""
        home = self.shop.home.path
        self.shop.close()
        self.shop = stage.opened(home, self.pc)

    async def nap(self, seconds: float) -> None:
        """Sleep by moving both clocks."""
        self.naps.append(seconds)
        self.later(timedelta(seconds=seconds))

    def later(self, by: timedelta) -> None:
        """Let so much time go by, everywhere."""
        self.pc.move(by)
        self.line.move(by)

    def draft(self, way: str, said: str = "秋の新作", **more: Any) -> int:
        """Draft a broadcast to everybody that takes this way."""
        text = f"{{name}}さん、{said}" if way == "push" else said
        made = draft([{"type": "text", "text": text}])
        return self.shop.broadcasts.draft(made, everyone=True, each=way != "broadcast", **more)

    def gift(self) -> int:
        """Draft a broadcast that brings every friend a coupon of their own; it takes the way of pushes."""
        self.shop.settings.set("public_url", "https://shop.example.com")
        made = self.shop.coupons.publish(self.shop.coupons.create(Offer("コーヒー", "free_item")).id)
        card = self.shop.messages.coupon_card(made.offer, addresses.coupon(made.id))
        return self.shop.broadcasts.draft(self.shop.messages.draft([card]), everyone=True, each=True)

    def gifted(self) -> None:
        """Check that whoever got the message can open a coupon of their own, and that nobody was given two."""
        got = [set(_COUPONS.findall(json.dumps(person.received()))) for person in self.there.rehearsal.people]
        assert [len(codes) for codes in got] == self.received(), f"received: {got}"
        opened = [self.shop.coupons.show(code).ticket_id for codes in got for code in codes]
        assert len(set(opened)) == len(opened), "two share a ticket"
        with self.shop.database.read() as session:
            given = session.scalar(select(func.count()).select_from(TicketRow)) or 0
        assert len(opened) <= given <= len(got), f"{given} tickets for {len(got)} friends"

    def send(self, made: int, **more: Any) -> Status:
        """Send in this process; waits only turn the clocks."""
        return self.shop.broadcasts.send(made, sleep=self.nap, **more)

    def fault(self, **said: object) -> None:
        """Let something go wrong at the pretend LINE."""
        self.there.rehearsal.faults.add(said)

    def mended(self) -> None:
        """Let nothing go wrong any more."""
        self.there.rehearsal.faults.clear()

    def received(self) -> list[int]:
        """How many messages each friend got."""
        return [len(person.received()) for person in self.there.rehearsal.people]

    def sends(self) -> list[Any]:
        """Every request to send that LINE got."""
        return [one for one in self.there.rehearsal.journal.entries if one["endpoint"] in _SENDS]

    def sound(self, most: int = 1, but: Collection[str] = ()) -> None:
        """Check I1, I3, I4, I10 at rest, and I2: nobody got more than `most` messages, no key counted twice."""
        broken = [f"{one.name}: {one.detail}" for one in verify(self.shop) if not one.ok and one.name not in but]
        assert not broken, broken
        assert max(self.received(), default=0) <= most, f"received: {Counter(self.received())}"
        taken = Counter(one["retry_key"] for one in self.sends() if one["accepted"] and one["status"] != 409)
        assert max(taken.values(), default=0) <= 1, "a retry key was taken twice"

    def finished(self, status: Status, people: int, each: int = 1, but: Collection[str] = ()) -> None:
        """Check that everybody of it was accepted and has what was sent, once."""
        assert (status.state, status.accepted) == ("finished", people), status
        assert self.received() == [each] * people, f"received: {Counter(self.received())}"
        self.sound(each, but)


class Stage:
    """One pretend LINE and one empty shop, lent to case after case."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="shopdesk-stage-"))
        self._open = ExitStack()
        self._there = self._open.enter_context(running(Rehearsal(0)))
        self._end = Finalize(self, self._clear, exitpriority=1)
        home = Home(self.folder / "empty")
        home.make()
        self._empty = home.database
        with closing(Database.in_file(self._empty)) as database:
            migrate.upgrade(database, home, FixedClock(NOW))
            database.checkpoint()

    @contextmanager
    def scene(
        self, folder: Path, friends: int = 6, *, at: datetime = NOW, clock: Clock | None = None, **values: str
    ) -> Iterator[Scene]:
        """Set a case up in an empty folder: `friends` known to the shop and to LINE; `clock` where processes share a real one."""
        pc, line = FixedClock(at), FixedClock(at)
        self._there.rehearsal.__init__(friends, clock=clock or line)  # type: ignore[misc]  # it is as new
        home = self.home(folder / "home")
        environment = {
            "SHOPDESK_LINE_HOST": self._there.url,
            "SHOPDESK_INSTANCE_FILE": str(folder / "instance"),
            "SHOPDESK_LANGUAGE": "en",
            **values,
        }
        with (
            mock.patch.dict(os.environ, environment),
            closing(Scene(self.opened(home, clock or pc), self._there, pc, line)) as scene,
        ):
            scene.befriend()
            try:
                yield scene
            finally:
                if "processes" in self.__dict__:
                    self.processes.end_all()

    def home(self, folder: Path) -> Path:
        """Make a home with an empty shop in it that nobody has opened yet."""
        home = Home(folder)
        home.make()
        shutil.copyfile(self._empty, home.database)
        return folder

    def opened(self, home: Path, clock: Clock) -> Shop:
        """Open the shop of a home with the keys of the pretend LINE."""
        return open_shop(home, clock=clock, secrets=self.keys)

    @property
    def keys(self) -> dict[str, str]:
        """What the pretend LINE takes."""
        return {LINE_CHANNEL_ID: self._there.channel_id, LINE_CHANNEL_SECRET: self._there.channel_secret}

    @cached_property
    def processes(self) -> Processes:
        """Senders in processes of their own."""
        return self._open.enter_context(closing(Processes(self)))

    def close(self) -> None:
        self._end()

    def _clear(self) -> None:
        self._open.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class Processes:
    """Forks of a warm process (`forked.py`), each a sender that knows nothing but its order.

    `without`: guards that are taken out of them, for the controls.
    """

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._left: set[int] = set()
        self.without: Sequence[str] = ()
        root = str(Path(__file__).resolve().parents[3])
        self._program = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.sending.forked"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=root,
            env={**os.environ, "PYTHONPATH": root},
        )
        assert self._heard() == "ready"

    def start(self, home: Path, steps: Sequence[Sequence[Any]], **more: Any) -> int:
        """Fork a process that opens this home and does these steps; return its process id."""
        environment = {name: value for name, value in os.environ.items() if name.startswith("SHOPDESK_")}
        order = {
            "home": str(home),
            "keys": self._stage.keys,
            "environment": environment,
            "steps": steps,
            "without": self.without,
            **more,
        }
        process = int(self._asked(order))
        self._left.add(process)
        return process

    def ended(self, process: int) -> str:
        """Wait for one; return what it said at its end, `killed` where it could say nothing."""
        self._left.discard(process)
        return self._asked({"wait": process})

    def end_all(self) -> None:
        """Kill what a failed case left: it would go on sending in the next."""
        for process in list(self._left):
            os.kill(process, signal.SIGKILL)
            self.ended(process)

    def close(self) -> None:
        assert self._program.stdin is not None
        assert self._program.stdout is not None
        self._program.stdin.close()
        self._program.wait()
        self._program.stdout.close()

    def _asked(self, order: dict[str, Any]) -> str:
        assert self._program.stdin is not None
        self._program.stdin.write(json.dumps(order) + "\n")
        self._program.stdin.flush()
        return self._heard()

    def _heard(self) -> str:
        assert self._program.stdout is not None
        return self._program.stdout.readline().strip()


Lent = Callable[[], Stage]
