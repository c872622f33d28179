"""Tills in processes of their own, forked from one that has imported everything.

Each line of standard input, a JSON object, lets several tills do something at the same instant, or one die in the middle; what they
said comes back as one line. A till keeps its shop open from one order to the next, as a till does.
"""

from __future__ import annotations

import itertools
import json
import os
import signal
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO
from unittest import mock

from sqlalchemy import event, insert, select, update

from shopdesk.cards import finding
from shopdesk.cards.tills import Request
from shopdesk.clock import SystemClock
from shopdesk.coupons import redeeming
from shopdesk.coupons.redeeming import Redeeming
from shopdesk.coupons.tables import CouponRow, TicketRow, UseRow
from shopdesk.database import Database
from shopdesk.errors import ShopDeskError
from shopdesk.shop import Shop, open_shop
from tests.faults.counter.acts import ACTS

AHEAD_S = 0.002
"""So long after the order the tills begin: all of them have read it by then."""


def till(shop: Shop, order: dict[str, Any]) -> dict[str, Any]:
    """Do what one till is asked for; return what it says to who stands before it."""
    guard = order.get("without")
    dies = order.get("dies")
    time.sleep(max(0.0, order["at"] - time.monotonic()))
    begun = time.monotonic()
    try:
        with _LIFTED[guard](shop) if guard else _as_it_is(), _dying(shop, dies):
            said = ACTS[order.get("act", "redeem")](shop, order)
    except ShopDeskError as refused:
        said = {"code": refused.code, "message": refused.message, "again": False}
    except Exception as error:  # noqa: BLE001 - said to whoever asked
        said = {"code": "broken", "message": repr(error), "again": False}
    else:
        if dies == "after":
            _die()
        said |= {"code": ""}
    return said | {"seconds": time.monotonic() - begun}


def _as_it_is() -> Any:
    return mock.patch.dict({})


@contextmanager
def _dying(shop: Shop, when: str | int | None) -> Iterator[None]:
    """Kill the process when its transaction has begun, after so many of its writes, or just before it is committed."""
    if when in {None, "after"}:
        yield
        return
    writes = itertools.count(1)

    def written(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.startswith(("INSERT", "UPDATE", "DELETE")) and next(writes) == when:
            _die()

    place = {"begun": "begin", "before": "commit"}.get(str(when), "after_cursor_execute")
    with _listening(shop, place, written if isinstance(when, int) else _die):
        yield


def _die(*_given: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _naive(self: Redeeming, find: Any, asking: Any) -> Any:
    """What a till does that looks first and writes then, as many do."""
    with self._office.database.read() as session:
        ticket = find(session)
        if ticket.state == "used":
            raise redeeming.reading.used_error(session, ticket, self._office.clock.now())
    with self._office.database.write() as session:
        session.execute(update(TicketRow).where(TicketRow.id == ticket.id).values(state="used"))
        session.execute(update(CouponRow).where(CouponRow.id == ticket.coupon_id).values(used=CouponRow.used + 1))
        words = dict.fromkeys(("staff", "undone_till", "undone_by", "undone_why"), "")
        more = {
            "proof": asking.proof,
            "nonce": asking.nonce,
            "asked": asking.hashed(ticket.id),
            "sale_yen": asking.sale_yen,
        }
        row = {
            "coupon_id": ticket.coupon_id,
            "ticket_id": ticket.id,
            "at": self._office.clock.now(),
            "till": asking.till,
        }
        session.execute(insert(UseRow).values(**row, **words, **more))
        made = session.scalars(select(UseRow).where(UseRow.nonce == asking.nonce)).one()
        return redeeming.reading.use_of(session, made)


@contextmanager
def _piecemeal(shop: Shop) -> Iterator[None]:
    """What a program without transactions does: each write is kept by itself."""

    def written(connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.startswith(("INSERT", "UPDATE", "DELETE")):
            connection.connection.driver_connection.commit()

    with _listening(shop, "after_cursor_execute", written):
        yield


@contextmanager
def _half_synced(shop: Shop) -> Iterator[None]:
    """What many programs set to be quicker: a commit is on the disk some time later."""
    with _listening(shop, "checkout", lambda raw, *_more: raw.execute("PRAGMA synchronous = NORMAL")):
        yield
    shop.database._writer.dispose()


@contextmanager
def _listening(shop: Shop, place: str, does: Callable[..., object]) -> Iterator[None]:
    engine = shop.database._writer
    event.listen(engine, place, does)
    try:
        yield
    finally:
        event.remove(engine, place, does)


def _with_a_nonce_of_its_own(
    typed: str, till: str, _nonce: str | None, *said: Any, at: datetime | None = None
) -> Request:
    return Request(finding.wanted(typed), till, str(uuid.uuid4()), said, at)


def _without_nonces(_session: Any, _known: Any, _asked: str) -> Any:
    raise redeeming.NonceReusedError("it is not looked at")


_LIFTED: dict[str, Callable[[Shop], Any]] = {
    "guarded write": lambda _shop: mock.patch.object(Redeeming, "_once", _naive),
    "nonces": lambda _shop: mock.patch.object(redeeming, "_answered", _without_nonces),
    "own nonce": lambda _shop: mock.patch.object(Request, "of", _with_a_nonce_of_its_own),
    "one clock": lambda _shop: mock.patch.object(Database, "now", lambda _self, _session, clock: clock.now()),
    "transaction": _piecemeal,
    "full sync": _half_synced,
}


class Till:
    """A forked process with an open shop, and the two pipes to it."""

    def __init__(self, home: str, url: str, minutes: int) -> None:
        mine, theirs = os.pipe(), os.pipe()
        self.process = os.fork()
        if self.process == 0:
            os.close(mine[1])
            os.close(theirs[0])
            _serve(home, url, minutes, os.fdopen(mine[0], "rb"), theirs[1])
        os.close(mine[0])
        os.close(theirs[1])
        self._tells, self._hears = mine[1], os.fdopen(theirs[0], "rb")

    def tell(self, order: dict[str, Any]) -> None:
        os.write(self._tells, json.dumps(order).encode() + b"\n")

    def hear(self) -> dict[str, Any]:
        """What it said; that it was killed where it said nothing."""
        line = self._hears.readline()
        if line:
            return dict(json.loads(line))
        self.close()
        return {"code": "killed", "message": ""}

    def close(self) -> None:
        """End it: those forked later hold its pipe too, so it would not see that it is closed."""
        os.kill(self.process, signal.SIGKILL)
        os.close(self._tells)
        self._hears.close()
        os.waitpid(self.process, 0)


class _Off(SystemClock):
    """A computer's clock that is some minutes off."""

    def __init__(self, minutes: int) -> None:
        self._off = timedelta(minutes=minutes)

    def now(self) -> datetime:
        return super().now() + self._off


def _serve(home: str, url: str, minutes: int, orders: BinaryIO, tells: int) -> None:
    try:
        os.environ.pop("SHOPDESK_DATABASE_URL", None)
        if url:
            os.environ["SHOPDESK_DATABASE_URL"] = url
        shop = open_shop(Path(home), clock=_Off(minutes), secrets={})
        os.write(tells, b'{"code": "ready"}\n')
        for line in orders:
            os.write(tells, json.dumps(till(shop, json.loads(line))).encode() + b"\n")
        shop.close()
    finally:
        os._exit(0)


def main() -> None:
    tills: dict[tuple[str, int], Till] = {}
    for line in sys.stdin:
        orders = json.loads(line)
        asked: list[Till] = []
        for number, order in enumerate(orders):
            place = (order["home"], number)
            if place not in tills:
                tills[place] = Till(order["home"], order["url"], order.get("minutes", 0))
                tills[place].hear()
            asked.append(tills[place])
        at = time.monotonic() + AHEAD_S
        for one, order in zip(asked, orders, strict=True):
            one.tell({**order, "at": at})
        said = [one.hear() for one in asked]
        for number, one in enumerate(said):
            if one["code"] == "killed":
                del tills[orders[number]["home"], number]
        print(json.dumps(said), flush=True)
    for one in tills.values():
        one.close()


if __name__ == "__main__":
    main()
