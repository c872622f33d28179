"""The rig of table C: one shop on SQLite and one on PostgreSQL, and tills in processes of their own before each."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable
from contextlib import ExitStack
from functools import cached_property
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any
from unittest import mock

from shopdesk.coupons import Offer
from shopdesk.customers import NewCustomer
from shopdesk.shop import Shop, open_shop
from tests import postgresql
from tests.links import Link

TILLS = "レジ 1", "レジ 2", "レジ 3", "レジ 4", "レジ 5", "レジ 6", "レジ 7", "レジ 8"
MOST = {"sqlite": 4, "postgresql": 8}
"""So many tills stand before each database at most."""


class Counter:
    """Shops and tills, lent to case after case; each case has coupons of its own."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="shopdesk-counter-"))
        self.slowest_s = 0.0
        self._open = ExitStack()
        self._shops: dict[str, Shop] = {}
        self._people: dict[str, list[int]] = {}
        self._urls = {"sqlite": ""}
        self._end = Finalize(self, self._clear, exitpriority=2)

    def shop(self, database: str) -> Shop:
        """Return the shop on this database, opened when it is asked for first."""
        if database not in self._shops:
            self._urls.setdefault(database, "" if database == "sqlite" else postgresql.fresh())
            environment = {"SHOPDESK_INSTANCE_FILE": str(self.folder / "instance"), "SHOPDESK_LANGUAGE": "en"}
            with mock.patch.dict(os.environ, environment):
                os.environ.pop("SHOPDESK_DATABASE_URL", None)
                if self._urls[database]:
                    os.environ["SHOPDESK_DATABASE_URL"] = self._urls[database]
                shop = self._shops[database] = open_shop(self._home(database), secrets={})
            self._open.callback(shop.close)
            self._people[database] = [shop.customers.add(NewCustomer(name=f"見本 {one}")).id for one in range(2)]
        return self._shops[database]

    def codes(self, database: str, count: int = 1, **more: Any) -> tuple[int, list[str]]:
        """Make a coupon and give one to so many people (two at most); return its id and the codes."""
        shop = self.shop(database)
        coupon = shop.coupons.publish(shop.coupons.create(Offer("500 円引き", "yen_off", 500, **more)).id).id
        return coupon, [one.code for one in shop.coupons.issue(coupon, self._people[database][:count]).tokens]

    def of_one_merged(self, database: str) -> tuple[int, list[str]]:
        """Make a coupon of which one person gets one, and give it to two who turn out to be one; return its id and both codes."""
        shop = self.shop(database)
        both = [shop.customers.add(NewCustomer(name="見本 花子")).id for _ in range(2)]
        coupon = shop.coupons.publish(shop.coupons.create(Offer("500 円引き", "yen_off", 500)).id).id
        codes = [one.code for one in shop.coupons.issue(coupon, both).tokens]
        shop.customers.merges.make(*both)
        return coupon, codes

    def ask(self, database: str, *asked: dict[str, Any]) -> list[dict[str, Any]]:
        """Let as many tills as there are questions redeem at the same instant; return what each said."""
        self.shop(database)
        where: dict[str, Any] = {"home": str(self._home(database)), "url": self._urls[database]}
        usual = [{"till": TILLS[number], "nonce": str(uuid.uuid4()), "yen": 1_000} for number in range(len(asked))]
        orders = [{**where, **one, **said} for one, said in zip(usual, asked, strict=True)]
        program = self._program
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write(json.dumps(orders) + "\n")
        program.stdin.flush()
        answers: list[dict[str, Any]] = json.loads(program.stdout.readline())
        self.slowest_s = max(self.slowest_s, *(one.get("seconds", 0.0) for one in answers))
        return answers

    @cached_property
    def link(self) -> Link:
        """The line of a till to PostgreSQL, which can be cut; `far` is such a till."""
        self.shop("postgresql")
        made = Link(self._urls["postgresql"])
        self._open.callback(made.close)
        return made

    def far(self, minutes: int = 0) -> dict[str, Any]:
        """Return where a till at the end of the line is, with a clock so many minutes off."""
        return {"home": str(self.folder / f"far{minutes:+}"), "url": self.link.url, "minutes": minutes}

    def counted(self, database: str, coupon: int, uses: int) -> None:
        """Check that a coupon was used so often, I6 and I7."""
        shop = self.shop(database)
        found = shop.coupons.report(coupon).redeemed, shop.coupons.get(coupon).used
        assert found == (uses, uses), f"{found} uses instead of {uses}"
        assert shop.coupons.overused() == [], "I6"
        assert shop.coupons.strange_requests() == [], "I7"

    def _home(self, database: str) -> Path:
        return self.folder / database

    @cached_property
    def _program(self) -> subprocess.Popen[str]:
        root = str(Path(__file__).resolve().parents[3])
        started = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.counter.tills"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=root,
            env={
                **os.environ,
                "PYTHONPATH": root,
                "SHOPDESK_LANGUAGE": "en",
                "SHOPDESK_INSTANCE_FILE": str(self.folder / "instance"),
            },
        )
        self._open.callback(started.wait)
        assert started.stdout is not None
        self._open.callback(started.stdout.close)
        assert started.stdin is not None
        self._open.callback(started.stdin.close)
        return started

    def close(self) -> None:
        self._end()

    def _clear(self) -> None:
        self._open.close()
        shutil.rmtree(self.folder, ignore_errors=True)


Lent = Callable[[], Counter]
