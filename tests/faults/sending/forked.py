"""Senders in processes of their own, which the tests kill and freeze.

Everything is imported once; then each line of standard input, a JSON object, forks a process that starts from nothing
but that (its id is printed), or waits for one (what it said at its end is printed).
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import aiohttp  # noqa: F401 - so that no sender pays for it again
import linebot.v3.messaging
import linebot.v3.oauth  # noqa: F401
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from shopdesk import channels, inbox
from shopdesk.automations.tables import TurnRow
from shopdesk.broadcasts import Made, People, Steps, following, follows
from shopdesk.broadcasts.claiming import HANDS, Hand
from shopdesk.broadcasts.delivery import Delivery
from shopdesk.due import run_due
from shopdesk.errors import ShopDeskError
from shopdesk.friends.tables import FriendRow
from shopdesk.gateway.draining import Drainer
from shopdesk.leases import Lease
from shopdesk.line import delete_menu, give_menu, limits
from shopdesk.mailings import ledger as letters
from shopdesk.mailings.tables import LetterRow
from shopdesk.menus.giving import Giving
from shopdesk.menus.settling import _Round
from shopdesk.menus.tables import CopyRow
from shopdesk.shop import Shop, open_shop
from tests.faults.sending import points

HAND = Hand(1, 2)


class Ahead:
    """The computer's clock, set wrong by so much."""

    def __init__(self, seconds: float) -> None:
        self._by = timedelta(seconds=seconds)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._by


def work(order: dict[str, Any]) -> str:
    """Do what is ordered and return what the last step said: a state, or the code of what refused it."""
    os.environ.update(order["environment"])
    HANDS.update(dict.fromkeys(HANDS, HAND))
    limits.MULTICAST_PEOPLE = order.get("people", limits.MULTICAST_PEOPLE)
    shop = open_shop(Path(order["home"]), secrets=order["keys"], clock=Ahead(order.get("ahead_s", 0)))
    if "machine" in order:  # another computer: its own name, its own locks
        shop.leases._folder = shop.home.locks / order["machine"]
        shop.leases._folder.mkdir(exist_ok=True)
        mock.patch("socket.gethostname", return_value=order["machine"]).start()
    for guard in order["without"]:
        _LIFTED[guard]()
    said = ""
    for name, *arguments in order["steps"]:
        said = _STEPS[name](shop, *arguments)
    shop.close()
    return said


def _send(shop: Shop, made: int) -> str:
    try:
        return shop.broadcasts.send(made).state
    except ShopDeskError as refused:
        return refused.code


async def _at_once(_seconds: float) -> None:
    await asyncio.sleep(0)


def _mail(shop: Shop, made: int) -> str:
    return shop.mailings.send(made, sleep=_at_once).state


def _follow(shop: Shop, first: int, days: int) -> str:
    made = channels.follow(shop, first, "mail")
    return shop.broadcasts.schedule(made, shop.clock.now() + timedelta(days=days)).state


def _due(shop: Shop) -> str:
    return ", ".join(f"{one.kind} {one.state}" for one in run_due(shop)) or "nothing"


def _arm_follow_up(_shop: Shop, point: str, when: str, nth: int) -> str:
    points.arm_follow_up(point, when, nth)
    return ""


def _asked_at(shop: Shop, control: str, made: int, nth: int) -> str:
    points.run_at((Delivery, "deliver"), nth, lambda: getattr(shop.broadcasts, control)(made))
    return ""


def _control(shop: Shop, control: str, made: int) -> str:
    return getattr(shop.broadcasts, control)(made).state


def _freeze(shop: Shop, made: int) -> str:
    return shop.broadcasts.freeze(made).state


def _arm(_shop: Shop, point: str, when: str, nth: int) -> str:
    points.arm(point, when, nth)
    return ""


def _arm_mail(_shop: Shop, point: str, when: str, nth: int) -> str:
    points.arm_mail(point, when, nth)
    return ""


def _arm_webhooks(_shop: Shop, point: str, when: str, nth: int) -> str:
    points.arm_webhooks(point, when, nth)
    return ""


def _keep(shop: Shop, sent: str) -> str:
    with inbox.opened(shop.home.inbox, None) as found:
        found.put([sent.encode()], shop.clock.now())
    return ""


def _drain(shop: Shop, _sent: str) -> str:
    with inbox.opened(shop.home.inbox, None) as found:
        Drainer(shop, found).drain()
    return ""


def _arm_talk(_shop: Shop, point: str, when: str) -> str:
    points.arm_talk(point, when)
    return ""


def _speak(shop: Shop) -> str:
    return f"{shop.talks.machine.speak()} said"


def _arm_menus(_shop: Shop, point: str, when: str, nth: int) -> str:
    points.arm_menus(point, when, nth)
    return ""


def _settle_menus(shop: Shop) -> str:
    return f"{shop.menus.settle().up} up"


_counts: dict[str, int] = {}


def _count_menus(_shop: Shop) -> str:
    global _counts  # noqa: PLW0603 - one process, one count
    _counts = points.count_menus()
    return ""


def _counted_menus(_shop: Shop) -> str:
    return " ".join(str(one) for one in _counts.values())


def _full(shop: Shop, room: int) -> str:
    """Let no file of this process grow by more than so many bytes from now: the disk is full."""
    size = max(file.stat().st_size for file in shop.home.database.parent.glob(f"{shop.home.database.name}*"))
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + room, size + room))
    return ""


def _no_fencing() -> None:
    Lease.check = lambda *_given: None  # type: ignore[method-assign,assignment]


def _letters_again() -> None:
    """What a process does that does not know what SMTP cannot tell: a letter that was in hand waits again."""

    def again(session: Session, broadcast_id: int, _now: datetime) -> None:
        mine = update(LetterRow).where(LetterRow.broadcast_id == broadcast_id, LetterRow.state == "claimed")
        session.execute(mine.values(state="waiting", body=b"", sha256=""))

    letters.settle_claimed = again


def _answers_first() -> None:
    """What a gateway does that notes a body as worked off before it is."""

    def drain(drainer: Drainer) -> int:
        bodies = drainer._inbox.waiting(100)
        drainer._inbox.done({one.id: "" for one in bodies})
        drainer._worked_off(bodies)
        return len(bodies)

    Drainer.drain = drain  # type: ignore[method-assign]


def _gives_first() -> None:
    """What a process does that writes down who was given a menu only after LINE has been asked."""
    whole = Giving._give

    def give(giving: Giving, copy: int, lot: Sequence[int]) -> None:
        with giving._office.database.read() as session:
            line_id = session.scalar(select(CopyRow.line_id).where(CopyRow.id == copy))
            people = session.scalars(select(FriendRow.user_id).where(FriendRow.id.in_(lot))).all()
        give_menu(giving._office.line, line_id or "", people)
        whole(giving, copy, lot)

    Giving._give = give  # type: ignore[method-assign]


def _old_first() -> None:
    """What a process does that deletes what is on LINE before it makes what is to be there."""
    whole = _Round._bring_up

    def bring_up(one_round: _Round) -> None:
        for one in one_round._wanted().copies:
            if one.step == "pictured":
                delete_menu(one_round._line, one.line_id)
        whole(one_round)

    _Round._bring_up = bring_up  # type: ignore[method-assign]


def _follow_ups_again() -> None:
    """Each time somebody asks there is another follow-up, and who had one gets it too."""
    mock.patch.object(following, "_there", return_value=None).start()
    mock.patch.object(follows, "followed", return_value=[]).start()


def _turns_forgotten() -> None:
    """What a process does that keeps nowhere who has had their turn with a step."""
    whole = Steps.make

    def make(steps: Steps, session: Session, made: Made, take: Callable[[int], People]) -> int:
        got = whole(steps, session, made, take)
        session.execute(delete(TurnRow))
        return got

    Steps.make = make  # type: ignore[method-assign]
    mock.patch.object(Steps, "_barred", return_value=[]).start()


_LIFTED = {
    "one turn": _turns_forgotten,
    "new first": _old_first,
    "gives first": _gives_first,
    "answers first": _answers_first,
    "fencing": _no_fencing,
    "unknown letters": _letters_again,
    "one follow-up": _follow_ups_again,
}
_STEPS: dict[str, Callable[..., str]] = {
    "send": _send,
    "mail": _mail,
    "arm mail": _arm_mail,
    "follow": _follow,
    "due": _due,
    "arm follow-up": _arm_follow_up,
    "asked at": _asked_at,
    "control": _control,
    "freeze": _freeze,
    "arm": _arm,
    "arm webhooks": _arm_webhooks,
    "keep": _keep,
    "drain": _drain,
    "arm talk": _arm_talk,
    "speak": _speak,
    "full": _full,
    "arm menus": _arm_menus,
    "settle menus": _settle_menus,
    "count menus": _count_menus,
    "counted menus": _counted_menus,
}


def main() -> None:
    pipes: dict[int, int] = {}
    print("ready", flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        if "wait" in order:
            process = order["wait"]
            os.waitpid(process, 0)
            print(os.read(pipes[process], 1000).decode() or "killed", flush=True)
            os.close(pipes.pop(process))
            continue
        told, tells = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                os.write(tells, work(order).encode())
            except BaseException as error:  # noqa: BLE001 - said to whoever waits
                os.write(tells, f"broken: {error!r}".encode())
            os._exit(0)
        os.close(tells)
        pipes[child] = told
        print(child, flush=True)


if __name__ == "__main__":
    main()
