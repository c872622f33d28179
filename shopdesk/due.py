"""What is due now, done once: one round for the window's timer, the gateway's, and the system's scheduler by the command line.

Whoever takes the lease does it; another one that comes meanwhile stands back until its next round.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopdesk import channels
from shopdesk.broadcasts import start_sending
from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _, _n
from shopdesk.leases import RENEW_EVERY, LeaseHeldError
from shopdesk.line import UnreachableError
from shopdesk.staff import PROGRAM

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from shopdesk.broadcasts import Due
    from shopdesk.cards import Replayed
    from shopdesk.exports import ExportRun
    from shopdesk.imports import SeenFile
    from shopdesk.leases import Lease
    from shopdesk.mailings import MailDue
    from shopdesk.shop import Shop

logger = logging.getLogger(__name__)

LEASE = "due"
EVERY_S = 60.0
"""So often who stays open does a round."""


@dataclass(frozen=True, slots=True)
class Ran:
    """One thing that was done.

    `kind` is visits (noted without the data), cards (points that expired), export, import, talks (old messages deleted), automations
    (people who came in), broadcast, mail, menus (put up, given or taken away on LINE).

    `message` says why it needs a person, '' when it does not.
    """

    kind: str
    name: str
    file: str
    state: str
    rows: int | None = None
    import_id: int | None = None
    message: str = ""
    broadcast_id: int | None = None


def run_due(
    shop: Shop,
    until: datetime | None = None,
    send: Callable[[int], object] | None = None,
    *,
    folders: bool = True,
) -> list[Ran]:
    """Count the visits that this computer noted without the data, write off expired points, write the regular exports that are due, look
    into the watched folders, let old talks go, tell whose points expire soon, let automations go on, send, close coupons that a change
    left open on LINE, and bring the rich menus there to what is published.

    All of it is the program's own work, whoever sits at this computer: somebody who might has set it going.

    Args:
        shop: Whose.
        until: Do what is due by this time.
        send: How a broadcast that is due is sent; here and now by default, one after the other.
        folders: Whether the folders of exports and imports are this computer's; else it only sends.

    Raises:
        QuarantinedError: this home was copied or restored; nothing due runs.
        LeaseHeldError: another ShopDesk does it just now.
    """
    with shop.staff.acting(PROGRAM):
        return _run(shop, until or shop.clock.now(), send or (lambda one: channels.send(shop, one)), folders=folders)


def _run(shop: Shop, until: datetime, send: Callable[[int], object], *, folders: bool) -> list[Ran]:
    with shop.database.read() as session:
        shop.installation.require_free(session)
    noted = shop.cards.offline.replay()  # this computer's own, whoever does the rest
    lease = shop.leases.take(LEASE)
    beat = _Beat(lease)
    names = {one.id: one.name for one in shop.exports.schedules.all()}
    try:
        expired = shop.cards.expire_due(beat)
        exports = shop.exports.schedules.run_due(until, beat.every_row) if folders else []
        files = shop.imports.watching.look(beat, shop.exports.schedules.files()) if folders else []
        old = shop.talks.keeping.prune(beat)
        shop.broadcasts.tell_of_expiry()  # it is sent below, with all that is due
        entered = shop.automations.run(until)  # what they make, too
    finally:
        lease.release()
    visits = [_counted(noted)] if noted.counted or noted.refused else []
    cards = [Ran("cards", _("Expired points"), "", "written off", rows=expired)] if expired else []
    began = [Ran("automations", _("Automations"), "", "entered", rows=entered)] if entered else []
    deleted = [Ran("talks", _("Old messages"), "", "deleted", rows=old)] if old else []
    _close_left_on_line(shop)
    sent = _send_due(shop, until, send)
    return [
        *visits,
        *cards,
        *(_exported(names[one.schedule_id], one) for one in exports),
        *map(_seen, files),
        *deleted,
        *began,
        *sent,
        *_menus(shop),
    ]


def _close_left_on_line(shop: Shop) -> None:
    """Close coupons that a change left open on LINE. Where LINE does not answer, the next round tries again: nobody need be told."""
    try:
        shop.coupons.close_left_on_line()
    except ShopDeskError as trouble:
        logger.info("a coupon on LINE waits to be closed: %s", trouble.code)


def _counted(noted: Replayed) -> Ran:
    said = ""
    if noted.refused:
        said = _n(
            "{n} visit noted without the shop's data could not be counted. Look at it under the cards.",
            "{n} visits noted without the shop's data could not be counted. Look at them under the cards.",
            noted.refused,
        ).format(n=noted.refused)
    return Ran("visits", _("Noted visits"), "", "counted", rows=noted.counted, message=said)


def start(shop: Shop, broadcast_id: int) -> None:
    """Send in a process of its own what can be sent; what cannot says so here, where somebody sees it.

    Raises:
        ShopDeskError: why it cannot be sent.
    """
    channels.prepare(shop, broadcast_id, shop.broadcasts.freeze)
    start_sending(shop.home.path, shop.home.logs, broadcast_id, shop.secrets.for_child())


def _send_due(shop: Shop, until: datetime, send: Callable[[int], object]) -> list[Ran]:
    """Send what is due on LINE, then go on with the mails that are due and not sent with it."""
    sent = [_sent(shop, one, send) for one in shop.broadcasts.due(until)]
    tried = {one.broadcast_id for one in sent}
    mails = [one for one in shop.mailings.due(until) if one.broadcast_id not in tried]
    return sent + [_mailed(shop, one, send) for one in mails]


def _sent(shop: Shop, one: Due, send: Callable[[int], object]) -> Ran:
    """Send what is due, unless that is for a person to decide; what cannot be sent says why."""
    status = one.status
    if one.asks:
        return Ran("broadcast", status.name, "", status.reason, message=status.sentence, broadcast_id=status.id)
    try:
        send(status.id)
    except ShopDeskError as error:
        return Ran("broadcast", status.name, "", "failed", message=error.message, broadcast_id=status.id)
    now = shop.broadcasts.status(status.id)
    return Ran("broadcast", now.name, "", now.state, message=now.sentence, broadcast_id=now.id)


def _mailed(shop: Shop, one: MailDue, send: Callable[[int], object]) -> Ran:
    """Go on with a mail, unless it stood still for so long that a person decides."""
    name, id_ = shop.broadcasts.status(one.broadcast_id).name, one.broadcast_id
    if not one.asks:
        try:
            send(id_)
        except ShopDeskError as error:
            return Ran("mail", name, "", "failed", message=error.message, broadcast_id=id_)
    now = shop.mailings.status(id_)
    return Ran("mail", name, "", now.state, message=now.sentence if one.asks else "", broadcast_id=id_)


def _menus(shop: Shop) -> list[Ran]:
    """Put up menus whose time has come, take away those whose time is over, and give people the ones of their segments."""
    try:
        done = shop.menus.settle()
    except (UnreachableError, LeaseHeldError):
        return []  # the next round goes on
    except ShopDeskError as error:
        return [Ran("menus", _("Rich menus"), "", "failed", message=error.message)]
    if done.nothing:
        return []
    said = _("LINE did not take these rich menus: {names}. Open them and see why.") if done.refused else ""
    rows = done.up + done.away + done.people
    return [Ran("menus", _("Rich menus"), "", "settled", rows=rows, message=said.format(names=", ".join(done.refused)))]


class _Beat:
    """Renews a lease as long as there is work, every five seconds."""

    def __init__(self, lease: Lease) -> None:
        self._lease = lease
        self._last = time.monotonic()

    def __call__(self) -> None:
        if time.monotonic() - self._last >= RENEW_EVERY.total_seconds():
            self._lease.renew()
            self._last = time.monotonic()

    def every_row(self, _rows: int) -> None:
        """Renew while a long file is written."""
        self()


def _exported(name: str, one: ExportRun) -> Ran:
    state = "failed" if one.message else "written"
    return Ran("export", name, str(one.file), state, rows=one.rows, message=one.message)


def _seen(one: SeenFile) -> Ran:
    return Ran("import", one.path.name, str(one.path), one.state, import_id=one.import_id, message=one.message)
