"""How LINE reaches the shop, looked at point by point: each is well, waits for the one before, or says in a sentence what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from shopdesk import web
from shopdesk.errors import ShopDeskError
from shopdesk.i18n import N_, _
from shopdesk.line import set_webhook, try_webhook, webhook_setting

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.line import WebhookTest
    from shopdesk.shop import Shop
    from shopdesk.supervisor import Seen

Key = Literal["keys", "gateway", "address", "told", "tried"]
KEYS: tuple[Key, ...] = ("keys", "gateway", "address", "told", "tried")
_WELL = 200
_UNSIGNED = 401
_TRIED = {
    "COULD_NOT_CONNECT": N_("LINE cannot connect to the address. Look whether the proxy or tunnel leads to this port."),
    "REQUEST_TIMEOUT": N_(
        "The address did not answer LINE within two seconds. Look at the connection of this computer."
    ),
    "ERROR_STATUS_CODE": N_("Something else than ShopDesk answers at this address. Look where the proxy leads to."),
}


class Point(NamedTuple):
    """One point: whether it is well, None while it waits for the one before or is not tried; and what to say of it."""

    key: Key
    ok: bool | None
    message: str


class _WrongError(ShopDeskError):
    """A point that is not well."""

    code = "reach"


def look(shop: Shop, seen: Seen, *, try_it: bool) -> list[Point]:
    """Look at each point in order; what follows one that is not well waits for it.

    Args:
        shop: Whose.
        seen: How the gateway beside the window does.
        try_it: Whether LINE is to send something: it does so 60 times an hour at most.
    """
    checks: dict[Key, Callable[[], str]] = {
        "keys": lambda: _keys(shop),
        "gateway": lambda: _gateway(shop, seen),
        "address": lambda: _address(shop, seen),
        "told": lambda: _told(shop, seen),
        "tried": lambda: _tried(shop) if try_it else "",
    }
    points: list[Point] = []
    for key, check in checks.items():
        if points and points[-1].ok is not True:
            points.append(Point(key, None, ""))
            continue
        try:
            said = check()
            points.append(Point(key, True if said else None, said))
        except ShopDeskError as wrong:
            points.append(Point(key, False, wrong.message))
    return points


def tell_line(shop: Shop, seen: Seen) -> None:
    """Tell LINE to deliver here. Raises LineError."""
    set_webhook(shop.line, _webhook(shop, seen))


def public(shop: Shop, seen: Seen) -> str:
    """Return the public address in use, fixed or temporary, '' for none."""
    if shop.settings.get("reach") == "tunnel":
        return seen.standing.temporary if seen.standing else ""
    return str(shop.settings.get("public_url"))


def _webhook(shop: Shop, seen: Seen) -> str:
    return f"{public(shop, seen)}/webhook"


def _keys(shop: Shop) -> str:
    bot = shop.line.bot()
    if shop.settings.get("line_bot") not in {"", bot.user_id}:
        raise _WrongError(
            _("These keys belong to another account than before: {name}. Enter the keys of your own account.").format(
                name=bot.name
            )
        )
    return f"{bot.name} ({bot.basic_id})"


def _gateway(shop: Shop, seen: Seen) -> str:
    if shop.settings.get("reach") == "host":
        if shop.database.on_sqlite:
            raise _WrongError(
                _(
                    "A gateway on a host needs PostgreSQL, so that both see the same data. This shop has it all on this PC."
                )
            )
        return _("It runs on your host, over the same PostgreSQL.")
    if seen.state == "running":
        return _("It runs on this computer.")
    raise _WrongError(seen.why or _("It is being started. This takes a few seconds."))


def _address(shop: Shop, seen: Seen) -> str:
    address = public(shop, seen)
    if not address and shop.settings.get("reach") == "tunnel":
        raise _WrongError(_("The tunnel has not given an address yet. This takes some seconds."))
    if not address:
        raise _WrongError(_("Enter the address under which the world reaches the gateway."))
    (looked,) = web.look([f"{address}/healthz"], loopback=shop.line.is_rehearsal)
    if looked.verdict != "answers" or looked.status != _WELL:
        raise _WrongError(_("{address} does not lead to the gateway yet.").format(address=address))
    return address


def _told(shop: Shop, seen: Seen) -> str:
    setting = webhook_setting(shop.line)
    if setting.url != _webhook(shop, seen):
        raise _WrongError(
            _("LINE delivers to {url}. Let it deliver here.").format(url=setting.url)
            if setting.url
            else _("LINE does not know the address yet. Tell it.")
        )
    if not setting.active:
        raise _WrongError(_("“Use webhook” is off. Turn it on in LINE Developers, tab Messaging API."))
    return _("LINE delivers here.")


def _tried(shop: Shop) -> str:
    tried = try_webhook(shop.line)
    if not tried.success:
        raise _WrongError(untried(tried))
    return _("LINE sent something to try, and it arrived.")


def untried(tried: WebhookTest) -> str:
    """Say why LINE's try did not arrive, and what to do."""
    if tried.status == _UNSIGNED:
        return _("LINE signs with another channel secret than the one kept here. Enter the channel secret again.")
    known = _TRIED.get(tried.reason)
    return _(known) if known else _("LINE says: {reason}. Look at the address.").format(reason=tried.reason)
