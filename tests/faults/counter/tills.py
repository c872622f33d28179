"""Tills in processes of their own, forked from one that has imported everything.

Each line of standard input, a JSON object, lets several tills do something at the same instant, or one die in the middle; what they
said comes back as one line. A till keeps its shop open from one order to the next, as a till does.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO
from unittest import mock

from sqlalchemy import insert, select, update

from shopdesk.coupons import redeeming
from shopdesk.coupons.redeeming import Redeeming
from shopdesk.coupons.tables import CouponRow, TicketRow, UseRow
from shopdesk.errors import ShopDeskError
from shopdesk.shop import Shop, open_shop
from shopdesk.staff import Staff

AHEAD_S = 0.002
"""So long after the order the tills begin: all of them have read it by then."""


def till(shop: Shop, order: dict[str, Any]) -> dict[str, Any]:
    """Do what one till is asked for; return what it says to who stands before it."""
    guard = order.get("without")
    dies = order.get("dies")
    time.sleep(max(0.0, order["at"] - time.monotonic()))
    begun = time.monotonic()
    try:
        with _LIFTED[guard]() if guard else _as_it_is(), _dying(dies):
            use = shop.coupons.redeem(order["code"], till=order["till"], nonce=order["nonce"], sale_yen=order["yen"])
    except ShopDeskError as refused:
        said = {"code": refused.code, "message": refused.message, "again": False}
    except Exception as error:  # noqa: BLE001 - said to whoever asked
        said = {"code": "broken", "message": repr(error), "again": False}
    else:
        if dies == "after":
            _die()
        said = {"code": "", "use": use.id, "again": use.again}
    return said | {"seconds": time.monotonic() - begun}


def _as_it_is() -> Any:
    return mock.patch.dict({})


def _dying(when: str | None) -> Any:
    """Kill the process where everything is written and nothing committed."""
    if when != "before":
        return _as_it_is()
    return mock.patch.object(Staff, "record", _die)


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


def _without_nonces(_session: Any, _known: Any, _asked: str) -> Any:
    raise redeeming.NonceReusedError("it is not looked at")


_LIFTED: dict[str, Callable[[], Any]] = {
    "guarded write": lambda: mock.patch.object(Redeeming, "_once", _naive),
    "nonces": lambda: mock.patch.object(redeeming, "_answered", _without_nonces),
}


class Till:
    """A forked process with an open shop, and the two pipes to it."""

    def __init__(self, home: str, url: str) -> None:
        mine, theirs = os.pipe(), os.pipe()
        self.process = os.fork()
        if self.process == 0:
            os.close(mine[1])
            os.close(theirs[0])
            _serve(home, url, os.fdopen(mine[0], "rb"), theirs[1])
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


def _serve(home: str, url: str, orders: BinaryIO, tells: int) -> None:
    try:
        os.environ.pop("SHOPDESK_DATABASE_URL", None)
        if url:
            os.environ["SHOPDESK_DATABASE_URL"] = url
        shop = open_shop(Path(home), secrets={})
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
                tills[place] = Till(order["home"], order["url"])
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
