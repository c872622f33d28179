"""What a till in a process of its own can be asked to do: each takes an order and gives what the till says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import text

from shopdesk.cards import Counted
from shopdesk.coupons import Use
from shopdesk.database import milliseconds
from shopdesk.shop import Shop

FULL = 2
"""What SQLite calls `synchronous` where a commit is on the disk when it returns."""


def _redeem(shop: Shop, order: dict[str, Any]) -> dict[str, Any]:
    return _used(shop.coupons.redeem(order["code"], till=order["till"], nonce=order["nonce"], sale_yen=order["yen"]))


def _hand_over(shop: Shop, order: dict[str, Any]) -> dict[str, Any]:
    more = {"till": order["till"], "nonce": order["nonce"], "sale_yen": order["yen"]}
    return _used(shop.cards.hand_over(order["code"], order["ticket"], **more))


def _visit(shop: Shop, order: dict[str, Any]) -> dict[str, Any]:
    return _counted(shop.cards.scan(order["code"], yen=order["yen"], till=order["till"], nonce=order["nonce"]))


def _use(shop: Shop, order: dict[str, Any]) -> dict[str, Any]:
    return _counted(shop.cards.use(order["code"], order["points"], till=order["till"], nonce=order["nonce"]))


def _void(shop: Shop, order: dict[str, Any]) -> dict[str, Any]:
    return _counted(shop.cards.void(order["entry"], "打ち間違い", till=order["till"], nonce=order["nonce"]))


def _note(shop: Shop, order: dict[str, Any]) -> dict[str, Any]:
    shop.cards.offline.note(order["code"], yen=order["yen"], till=order["till"], nonce=order["nonce"])
    return {"again": False}


def _replay(shop: Shop, _order: dict[str, Any]) -> dict[str, Any]:
    done = shop.cards.offline.replay()
    return {"again": False, "counted": done.counted, "refused": done.refused}


def _synced(shop: Shop, _order: dict[str, Any]) -> dict[str, Any]:
    """Tell whether this till's commits are on the disk when they return."""
    with shop.database.write() as session:
        return {"again": False, "synced": session.scalar(text("PRAGMA synchronous")) == FULL}


def _used(use: Use) -> dict[str, Any]:
    return {"use": use.id, "again": use.again, "at": milliseconds(use.at)}


def _counted(done: Counted) -> dict[str, Any]:
    return {"use": done.entry_id, "again": done.repeated, "at": milliseconds(done.at)}


def _stand_by(_shop: Shop, _order: dict[str, Any]) -> dict[str, Any]:
    return {"again": False}


ACTS: dict[str, Callable[[Shop, dict[str, Any]], dict[str, Any]]] = {
    "redeem": _redeem,
    "hand over": _hand_over,
    "visit": _visit,
    "use": _use,
    "void": _void,
    "note": _note,
    "replay": _replay,
    "synced": _synced,
    "stand by": _stand_by,
}
