"""The twelve points of A1 at which a sender is killed, as places in the program that a forked process wraps."""

from __future__ import annotations

import asyncio
import inspect
import os
import signal
from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple

from aiohttp import ClientRequest, ClientResponse, TCPConnector
from aiosmtplib import SMTP
from sqlalchemy.orm import Session

from shopdesk.broadcasts import audience, claiming, controls, freezing, ledger, sending
from shopdesk.broadcasts.ledger import Ledger
from shopdesk.events import Events
from shopdesk.inbox import Inbox
from shopdesk.leases import Lease
from shopdesk.line import Line
from shopdesk.mail import Mail
from shopdesk.mailings import ledger as letters
from shopdesk.shop import Shop
from shopdesk.staff import Staff
from shopdesk.talks import Talks
from shopdesk.talks.replying import Replies

# Long enough for what was written to have left this computer.
_OUT_S = 0.02


class Place(NamedTuple):
    """Where: when a function is entered or has returned; `counts` picks the calls that matter, by arguments and result."""

    owner: Any
    name: str
    returned: bool
    counts: Callable[[tuple[Any, ...], Any], bool] = lambda _given, _got: True
    waits_s: float = 0


def _settles(given: tuple[Any, ...], _got: Any) -> bool:
    return bool(given[1])


def _both(owner: Any, name: str) -> dict[str, Place]:
    return {"before": Place(owner, name, returned=False), "after": Place(owner, name, returned=True)}


PLACES: dict[str, dict[str, Place]] = {
    "freeze": _both(freezing, "_write"),
    "freeze: people": _both(audience, "write"),
    "freeze: audit": _both(Staff, "record"),
    "rows and keys": _both(claiming, "_bound"),
    "claim": _both(Ledger, "step"),
    "connect": _both(TCPConnector, "connect"),
    "bytes out": {
        "before": Place(ClientRequest, "send", returned=False),
        "after": Place(ClientResponse, "start", returned=False, waits_s=_OUT_S),
    },
    "reply read": {
        "before": Place(ClientResponse, "start", returned=True),
        "after": Place(ClientResponse, "read", returned=True),
    },
    "accepted": {
        "before": Place(ledger, "record", returned=True, counts=_settles),
        "after": Place(Ledger, "step", returned=True, counts=_settles),
    },
    "quota": _both(Line, "quota"),
    "pause": {"before": Place(controls, "_note", returned=True), "after": Place(controls, "ask", returned=True)},
    "cancel": {"before": Place(controls, "_note", returned=True), "after": Place(controls, "ask", returned=True)},
    "resume": _both(sending, "_start"),
    "finish": _both(Ledger, "close"),
    "finish: lease": _both(Lease, "release"),
    "finish: program": _both(Shop, "close"),
}
# Those of a process that mails; `data` is the letter itself, after which nobody knows whether it was taken.
MAIL_PLACES: dict[str, dict[str, Place]] = {
    "freeze": _both(letters, "_freeze"),
    "claim": _both(letters.Ledger, "step"),
    "connect": _both(SMTP, "connect"),
    "address": _both(SMTP, "rcpt"),
    "data": _both(SMTP, "data"),
    "answer": _both(Mail, "post"),
    "write": _both(letters, "_write"),
}
# Those of a process that drafts a follow-up.
FOLLOW_PLACES: dict[str, dict[str, Place]] = {"write": _both(Session, "commit")}
# Those of a gateway.
WEBHOOK_PLACES: dict[str, dict[str, Place]] = {
    "inbox: put": _both(Inbox, "put"),
    "event: take": _both(Events, "take"),
    "talk: settle": _both(Talks, "settle"),
    "events: apply": _both(Events, "apply"),
    "inbox: done": _both(Inbox, "done"),
}


def _is_reply(given: tuple[Any, ...], _got: Any) -> bool:
    return str(given[0].url.path).endswith("/reply")


# Those of a gateway that answers in a talk.
TALK_PLACES: dict[str, dict[str, Place]] = {
    **{name: WEBHOOK_PLACES[name] for name in ("inbox: put", "event: take", "events: apply", "inbox: done")},
    "talk: written": _both(Replies, "write_down"),
    "reply: out": {
        "before": Place(ClientRequest, "send", returned=False, counts=_is_reply),
        "after": Place(ClientResponse, "start", returned=False, counts=_is_reply, waits_s=_OUT_S),
    },
    "reply: read": {
        "before": Place(ClientResponse, "start", returned=True, counts=_is_reply),
        "after": Place(ClientResponse, "read", returned=True, counts=_is_reply),
    },
    "reply: noted": _both(Replies, "_note"),
}
# Those of a process that brings LINE's rich menus to what is published.
MENU_PLACES: dict[str, dict[str, Place]] = {
    "menus: write": _both(Session, "commit"),
    "menus: call": _both(Line, "answered"),
}


def arm(point: str, when: str, nth: int) -> None:
    """Die by SIGKILL when this process comes to that point for the nth time from now."""
    _arm(PLACES[point][when], nth)


def arm_mail(point: str, when: str, nth: int) -> None:
    """Die by SIGKILL when this process, which mails, comes to that point for the nth time from now."""
    _arm(MAIL_PLACES[point][when], nth)


def arm_follow_up(point: str, when: str, nth: int) -> None:
    """Die by SIGKILL when this process, which drafts a follow-up, comes to that point for the nth time from now."""
    _arm(FOLLOW_PLACES[point][when], nth)


def arm_webhooks(point: str, when: str, nth: int) -> None:
    """Die by SIGKILL when this process, a gateway, comes to that point for the nth time from now."""
    _arm(WEBHOOK_PLACES[point][when], nth)


def arm_talk(point: str, when: str) -> None:
    """Die by SIGKILL when this process, a gateway that answers in a talk, comes to that point."""
    _arm(TALK_PLACES[point][when], 1)


def arm_menus(point: str, when: str, nth: int) -> None:
    """Die by SIGKILL when this process, which settles the rich menus, comes to that point for the nth time from now."""
    _arm(MENU_PLACES[point][when], nth)


def count_menus() -> dict[str, int]:
    """Count from now how often this process comes to each of those points."""
    met = dict.fromkeys(MENU_PLACES, 0)

    def counts(point: str) -> Callable[[tuple[Any, ...], Any], bool]:
        def one_more(_given: tuple[Any, ...], _got: Any) -> bool:
            met[point] += 1
            return False

        return one_more

    for point, when in MENU_PLACES.items():
        place = when["after"]
        run_at((place.owner, place.name), 0, _die, place._replace(counts=counts(point)))
    return met


def _arm(place: Place, nth: int) -> None:
    run_at((place.owner, place.name), nth, _die, place)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def run_at(where: tuple[Any, str], nth: int, act: Callable[[], object], place: Place | None = None) -> None:
    """Do something when a function is entered, or has returned, for the nth time from now."""
    owner, name = where
    looked = place or Place(owner, name, returned=False)
    whole, met = getattr(owner, name), iter(range(1, 1_000_000))

    def reached(given: tuple[Any, ...], got: Any) -> bool:
        return looked.counts(given, got) and next(met) == nth

    @wraps(whole)
    def called(*given: Any, **named: Any) -> Any:
        if not looked.returned and reached(given, None):
            act()
        got = whole(*given, **named)
        if looked.returned and reached(given, got):
            act()
        return got

    @wraps(whole)
    async def awaited(*given: Any, **named: Any) -> Any:
        if not looked.returned and reached(given, None):
            await asyncio.sleep(looked.waits_s)
            act()
        got = await whole(*given, **named)
        if looked.returned and reached(given, got):
            act()
        return got

    setattr(owner, name, awaited if inspect.iscoroutinefunction(whole) else called)
