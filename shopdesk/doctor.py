"""Is everything here that ShopDesk needs: versions, home, keys, database, LINE, a public address."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopdesk import reach
from shopdesk.clock import in_japan
from shopdesk.database import OLDEST_SQLITE, SQLITE_VERSION
from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _
from shopdesk.line import webhook_setting
from shopdesk.secrets import usable_key_ring
from shopdesk.supervisor import glance

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.shop import Shop


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at, whether it is well, and what to do if not."""

    name: str
    ok: bool
    message: str


def examine(shop: Shop) -> list[Check]:
    """Look at everything; a thing that is not well never keeps the others from being looked at."""
    checks: tuple[tuple[str, Callable[[Shop], tuple[bool, str]]], ...] = (
        ("python", _python),
        ("sqlite", _sqlite),
        ("home", _home),
        ("database", _database),
        ("key ring", _key_ring),
        ("quarantine", _quarantine),
        ("line token", _line_token),
        ("webhook", _webhook),
        ("public address", _public_address),
        ("messages left", lambda shop: (True, reach.quota(shop))),
    )
    if shop.settings.get("reach"):
        checks += (("gateway", _gateway), ("messages arrive", lambda shop: (True, reach.heard(shop))))
    return [_looked(name, look, shop) for name, look in checks]


def _looked(name: str, look: Callable[[Shop], tuple[bool, str]], shop: Shop) -> Check:
    try:
        return Check(name, *look(shop))
    except ShopDeskError as error:
        return Check(name, ok=False, message=error.message)


def _python(_shop: Shop) -> tuple[bool, str]:
    return sys.version_info >= (3, 11), ".".join(map(str, sys.version_info[:3]))


def _sqlite(_shop: Shop) -> tuple[bool, str]:
    return SQLITE_VERSION >= OLDEST_SQLITE, ".".join(map(str, SQLITE_VERSION))


def _home(shop: Shop) -> tuple[bool, str]:
    writable = os.access(shop.home.path, os.W_OK)
    return writable, str(shop.home.path) if writable else _("{folder} cannot be written.").format(folder=shop.home.path)


def _database(shop: Shop) -> tuple[bool, str]:
    kind = "SQLite" if shop.database.on_sqlite else "PostgreSQL"
    return True, _("{kind}, with a key").format(kind=kind) if shop.database.key else kind


def _key_ring(shop: Shop) -> tuple[bool, str]:
    if usable_key_ring():
        return True, _("ready")
    return shop.line.tokens.has_keys, _("This computer has no key ring; keys come from a file or the environment.")


def _quarantine(shop: Shop) -> tuple[bool, str]:
    held = shop.installation.quarantine()
    return not held.quarantined, held.reason or _("not in quarantine")


def _line_token(shop: Shop) -> tuple[bool, str]:
    bot = shop.line.bot()
    return True, f"{bot.name} ({bot.basic_id})"


def _webhook(shop: Shop) -> tuple[bool, str]:
    setting = webhook_setting(shop.line)
    if not setting.url:
        return False, _("Messages from LINE cannot be received yet. Sending and importing work without it.")
    if not setting.active:
        return False, _("“Use webhook” is off. Turn it on in LINE Developers, tab Messaging API.")
    wanted = shop.settings.fixed_address()
    if shop.settings.get("reach") and wanted and setting.url != f"{wanted}/webhook":
        return False, _("LINE delivers to {url}. Let it deliver here.").format(url=setting.url)
    last = shop.events.last_at()
    if last is None:
        return True, _("LINE delivers to {url}; nothing has come yet.").format(url=setting.url)
    return True, _("LINE delivers to {url}; last at {when}.").format(
        url=setting.url, when=f"{in_japan(last):%Y/%m/%d %H:%M}"
    )


def _gateway(shop: Shop) -> tuple[bool, str]:
    return True, reach.gateway(shop, glance(shop.home))


def _public_address(shop: Shop) -> tuple[bool, str]:
    address = shop.messages.public_url()
    if address:
        return True, address
    return False, _("There is no public address. Sending, importing and counting work without one.")
